import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Xuất danh sách công dân: asking for a list, deciding on it, and taking it.
struct ExportPageRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("exports") { request, context in try await page(request, context) }
        router.post("exports") { request, context in
            try await change(request, context, about: nil) { form, requester in
                _ = try await desk.register.ask(
                    toExport: ExportRoutes.unit(form["unit"], in: desk.register), reason: form["reason"],
                    by: requester)
            }
        }
        router.post("exports/{export}") { request, context in
            let id = try Asking.id("export", context, orThrow: ApprovalRefusal.unknown)
            return try await change(request, context, about: id) { form, requester in
                let verdict: Verdict = form["verdict"] == "accept" ? .accept : .reject(reason: form["reason"])
                try await desk.register.decide(export: id, verdict, by: requester)
            }
        }
        // What is taken is on record each time: it is posted, so that no browser fetches it by itself.
        router.post("exports/{export}/file") { request, context in
            _ = try await FormBody(request, context)
            let id = try Asking.id("export", context, orThrow: PersonExportRefusal.unknown)
            do {
                let list = try await desk.register.take(export: id, by: try context.officerOnDuty())
                for _ in list.persons { desk.server.watch.looked() }
                return ExportRoutes.file(list)
            } catch let refusal as PersonExportRefusal {
                return try await page(request, context, refusal, refused: id)
            }
        }
    }

    private func change(
        _ request: Request, _ context: WebContext, about id: Int64?,
        _ change: (FormBody, Requester) async throws -> Void
    ) async throws -> Response {
        let form = try await FormBody(request, context)
        do {
            try await change(form, try context.officerOnDuty())
        } catch let refusal as any ExplainedRefusal where !(refusal is SignInRefusal) {
            return try await page(request, context, refusal, input: form.input, refused: id)
        }
        return ConsoleDesk.redirect(to: "/exports")
    }

    private func page(
        _ request: Request, _ context: WebContext, _ refusal: (any ExplainedRefusal)? = nil,
        input: FormInput = FormInput(), refused: Int64? = nil
    ) async throws -> Response {
        let answer = try await desk.register.exports(by: try context.officerOnDuty())
        let frame = desk.frame(ExportsPage.title, request, context, section: .queues, failed: refusal != nil)
        return try desk.answer(
            ExportsPage(
                frame: frame, answer: answer, now: desk.register.surroundings.now(), units: desk.register.units,
                problem: refusal?.sentence, input: input, refused: refused),
            status: ConsoleDesk.status(of: refusal))
    }
}
