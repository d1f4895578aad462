import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Bảo vệ đặc biệt: the list, asking for a seal or its lifting, and the decision on a request.
struct SealRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("seals") { request, context in
            let person = request.uri.queryParameters["person"].map { String($0) } ?? ""
            return try await page(request, context, input: FormInput(["person": person]))
        }
        router.post("seals") { request, context in
            try await change(request, context, about: nil) { form, requester in
                let day = try ConsoleDesk.optionalDay("until", in: form.input, orThrow: SealRefusal.endNotAhead)
                _ = try await desk.register.ask(
                    toSeal: Handle(parsing: form["person"]), until: day, reason: form["reason"], by: requester)
            }
        }
        router.post("seals/{seal}/lift") { request, context in
            let seal = try Asking.id("seal", context, orThrow: SealRefusal.unknown)
            return try await change(request, context, about: seal) { form, requester in
                _ = try await desk.register.ask(toLift: seal, reason: form["reason"], by: requester)
            }
        }
        router.post("seals/requests/{request}") { request, context in
            let id = try Asking.id("request", context, orThrow: ApprovalRefusal.unknown)
            return try await change(request, context, about: id) { form, requester in
                let verdict: Verdict = form["verdict"] == "accept" ? .accept : .reject(reason: form["reason"])
                try await desk.register.decide(seal: id, verdict, by: requester)
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
        return ConsoleDesk.redirect(to: "/seals")
    }

    private func page(
        _ request: Request, _ context: WebContext, _ refusal: (any ExplainedRefusal)? = nil,
        input: FormInput, refused: Int64? = nil
    ) async throws -> Response {
        let answer = try await desk.register.seals(by: try context.officerOnDuty())
        let frame = desk.frame(SealsPage.title, request, context, section: .queues, failed: refusal != nil)
        return try desk.answer(
            SealsPage(
                frame: frame, answer: answer, now: desk.register.surroundings.now(), units: desk.register.units,
                problem: refusal?.sentence, input: input, refused: refused),
            status: ConsoleDesk.status(of: refusal))
    }
}

extension ConsoleDesk {
    /// The day of three fields; nil when all are empty.
    static func optionalDay(
        _ name: String, in input: FormInput, orThrow refusal: some ExplainedRefusal
    ) throws -> CalendarDate? {
        let parts = ["day", "month", "year"].map { input["\(name)-\($0)"] }
        if parts.allSatisfy(\.isEmpty) { return nil }
        guard let date = input.day(name) else { throw refusal }
        return date
    }
}
