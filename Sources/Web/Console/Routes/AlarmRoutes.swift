import Access
import Civil
import HTTPTypes
import Hummingbird
import Population

/// Cảnh báo dò số: the list, and the note that answers one.
struct AlarmRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("alarms") { request, context in try await page(request, context) }
        router.post("alarms/{alarm}") { request, context in try await answer(request, context) }
    }

    private func answer(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let id = try Asking.id("alarm", context, orThrow: AlarmRefusal.unknown)
        let requester = try context.officerOnDuty()
        do {
            try await desk.access.answer(alarm: id, note: form["note"], by: requester)
        } catch let refusal as AlarmRefusal {
            return try await page(request, context, refusal, typed: (id, form["note"]))
        }
        return ConsoleDesk.redirect(to: "/alarms")
    }

    private func page(
        _ request: Request, _ context: WebContext, _ refusal: AlarmRefusal? = nil,
        typed: (alarm: Int64, note: String)? = nil
    ) async throws -> Response {
        let requester = try context.officerOnDuty()
        let alarms = try await desk.access.alarms(after: try Asking.place(request, of: 2), by: requester)
        let frame = desk.frame(AlarmsPage.title, request, context, section: .queues, failed: refusal != nil)
        return try desk.answer(
            AlarmsPage(
                frame: frame, open: alarms.open, answered: alarms.answered, units: desk.register.units,
                problem: refusal?.sentence, typed: typed),
            status: HTTPResponse.Status(code: refusal?.status ?? 200))
    }
}

extension AlarmRefusal: StatusRefusal {
    /// The HTTP status that tells it.
    var status: Int {
        switch self {
        case .unknown: 404
        case .answered: 409
        case .noteMissing: 422
        case .own: 403
        }
    }
}
