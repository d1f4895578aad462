import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Truy cập khẩn cấp: asking, approving, what runs, and the queue of reviews.
struct EmergencyRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("emergency") { request, context in
            let person = request.uri.queryParameters["person"].map { String($0) } ?? ""
            return try await page(request, context, input: FormInput(["persons": person, "minutes": "30"]))
        }
        router.post("emergency") { request, context in try await ask(request, context) }
        router.post("emergency/{emergency}") { request, context in
            try await change(request, context) { id, form, requester in
                let verdict: Verdict = form["verdict"] == "accept" ? .accept : .reject(reason: form["reason"])
                try await desk.register.decide(emergency: id, verdict, by: requester)
            }
        }
        router.post("emergency/{emergency}/review") { request, context in
            try await change(request, context) { id, form, requester in
                let day = try ConsoleDesk.optionalDay(
                    "put-off", in: form.input, orThrow: EmergencyRefusal.putOffIncomplete)
                try await desk.register.review(
                    emergency: id, note: form["note"], puttingOffUntil: day, because: form["why"], by: requester)
            }
        }
        router.post("emergency/{emergency}/told") { request, context in
            try await change(request, context) { id, form, requester in
                try await desk.register.tell(
                    emergency: id, Handle(parsing: form["person"]), how: form["how"], by: requester)
            }
        }
    }

    private func ask(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        do {
            let handles = try form["persons"].split(whereSeparator: \.isWhitespace).map { text in
                guard let handle = Handle(parsing: String(text)) else { throw EmergencyRefusal.personUnknown }
                return handle
            }
            _ = try await desk.register.askEmergency(
                persons: handles, reason: form["reason"], minutes: Int(form["minutes"]) ?? 0,
                by: try context.officerOnDuty())
        } catch let refusal as any ExplainedRefusal where !(refusal is SignInRefusal) {
            return try await page(request, context, refusal, input: form.input)
        }
        return ConsoleDesk.redirect(to: "/emergency")
    }

    private func change(
        _ request: Request, _ context: WebContext,
        _ change: (Int64, FormBody, Requester) async throws -> Void
    ) async throws -> Response {
        let form = try await FormBody(request, context)
        let id = try Asking.id("emergency", context, orThrow: EmergencyRefusal.unknown)
        do {
            try await change(id, form, try context.officerOnDuty())
        } catch let refusal as any ExplainedRefusal where !(refusal is SignInRefusal) {
            return try await page(request, context, refusal, input: form.input, refused: id)
        }
        return ConsoleDesk.redirect(to: "/emergency")
    }

    private func page(
        _ request: Request, _ context: WebContext, _ refusal: (any ExplainedRefusal)? = nil,
        input: FormInput, refused: Int64? = nil
    ) async throws -> Response {
        let requester = try context.officerOnDuty()
        let rights = EmergencyPage.Rights(requester.role)
        guard rights.isAny else { throw AccessRefusal.roleMayNotDo }
        let answer = try await desk.register.emergencies(by: requester)
        let reviews = rights.reviews ? try await desk.register.emergencyReviews(by: requester) : nil
        let frame = desk.frame(EmergencyPage.title, request, context, section: .queues, failed: refusal != nil)
        return try desk.answer(
            EmergencyPage(
                frame: frame, rights: rights, answer: answer, reviews: reviews,
                now: desk.register.surroundings.now(), units: desk.register.units, problem: refusal?.sentence,
                input: input, refused: refused),
            status: ConsoleDesk.status(of: refusal))
    }
}
