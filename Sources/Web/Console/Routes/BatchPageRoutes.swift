import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Lô phiếu: the list with its upload, each batch, and the rows that wait for a decision.
struct BatchPageRoutes: Sendable {
    let desk: ConsoleDesk
    let intake: BatchIntake

    /// How long a browser waits before it looks how far an import is, in seconds.
    private static let refresh = "3"

    func add(to router: Router<WebContext>) {
        router.get("batches") { request, context in try await list(request, context) }
        router.post("batches") { request, context in try await upload(request, context) }
        router.get("batches/{name}") { request, context in try await batch(request, context) }
        router.get("batches/{name}/held") { request, context in
            let cause = Asking.query("cause", request).flatMap { FindingCode(rawValue: $0) }
            return try await rows(cause, request, context)
        }
        router.post("batches/{name}/held") { request, context in try await decideTogether(request, context) }
        router.get("batches/{name}/held/{place}") { request, context in try await row(request, context) }
        router.post("batches/{name}/held/{place}") { request, context in try await decide(request, context) }
    }

    private func requester(_ context: WebContext) throws -> Requester {
        let requester = try context.officerOnDuty()
        guard requester.role.may(.reviewRows) || requester.role.may(.importBatch) else {
            throw AccessRefusal.roleMayNotDo
        }
        return requester
    }

    // MARK: Batches

    private func list(
        _ request: Request, _ context: WebContext, problem: Sentence? = nil, status: Int = 200
    ) async throws -> Response {
        let requester = try requester(context)
        let frame = desk.frame(BatchesPage.title, request, context, section: .batches, failed: problem != nil)
        return try desk.answer(
            BatchesPage(
                frame: frame, batches: try await desk.register.batches(), uploads: requester.role.may(.importBatch),
                problem: problem, longest: UploadBody.longest, units: desk.register.units),
            status: HTTPResponse.Status(code: status))
    }

    private func upload(_ request: Request, _ context: WebContext) async throws -> Response {
        let requester = try requester(context)
        try AccessPolicy.require(requester, toUse: .importBatch)
        do {
            let name = try await intake.start(try await UploadBody(request, context), by: requester)
            return ConsoleDesk.redirect(to: "/batches/\(PathText.encoded(name))")
        } catch let refusal as BatchRefusal {
            return try await list(request, context, problem: refusal.sentence, status: 422)
        } catch let refusal as WebRefusal {
            return try await list(request, context, problem: refusal.sentence, status: refusal.status)
        }
    }

    private func batch(_ request: Request, _ context: WebContext) async throws -> Response {
        let requester = try requester(context)
        let batch = try await desk.register.batch(at: context)
        let summary = try await desk.register.summary(ofBatch: batch.id)
        let isRunning = intake.isRunning(batch.name)
        let frame = desk.frame(
            Sentence("Lô \(batch.name)", "Batch \(batch.name)"), request, context, section: .batches)
        var response = try desk.answer(
            BatchPage(
                frame: frame, summary: summary, causes: try await desk.register.heldCauses(ofBatch: batch),
                isRunning: isRunning, mayReview: requester.role.may(.reviewRows), units: desk.register.units))
        if isRunning, let name = HTTPField.Name("Refresh") { response.headers[name] = BatchPageRoutes.refresh }
        return response
    }

    // MARK: Held rows

    private func rows(
        _ cause: FindingCode?, _ request: Request, _ context: WebContext, reason: String = "", problem: Sentence? = nil,
        status: Int = 200
    ) async throws -> Response {
        let requester = try requester(context)
        let batch = try await desk.register.batch(at: context)
        let after = try Asking.number("after", request, in: 0...SheetID.maximumRow, otherwise: 0)
        let rows = try await desk.register.heldRows(ofBatch: batch, cause: cause, after: after, by: requester)
        if !rows.isEmpty { desk.server.watch.looked() }
        let isFull = rows.count == PopulationRegister.heldRowsPerPage
        let frame = desk.frame(HeldRowsPage.title, request, context, section: .batches, failed: problem != nil)
        return try desk.answer(
            HeldRowsPage(
                frame: frame, batch: batch, rows: rows, causes: try await desk.register.heldCauses(ofBatch: batch),
                cause: cause, opened: intake.opened(of: batch.id, in: try context.sessionKey()),
                decides: decides(requester),
                next: isFull ? rows.last?.place : nil, reason: reason, problem: problem, units: desk.register.units),
            status: HTTPResponse.Status(code: status))
    }

    private func decideTogether(_ request: Request, _ context: WebContext) async throws -> Response {
        let requester = try requester(context)
        let form = try await FormBody(request, context)
        let batch = try await desk.register.batch(at: context)
        guard let cause = FindingCode(rawValue: form["cause"]) else { throw WebRefusal.formMalformed }
        let places = form.ticked("row-").compactMap { Int($0) }
        do {
            _ = try await desk.register.decide(
                places, ofBatch: batch, cause: cause, accepting: form["verdict"] == "accept", reason: form["reason"],
                opened: intake.opened(of: batch.id, in: try context.sessionKey()), by: requester)
        } catch let refusal as SheetDecisionRefusal {
            return try await rows(
                cause, request, context, reason: form["reason"], problem: refusal.sentence,
                status: Problem(refusal).status)
        }
        return ConsoleDesk.redirect(to: "\(BatchPage.path(of: batch))/held?cause=\(cause.rawValue)")
    }

    private func row(
        _ request: Request, _ context: WebContext, input: FormInput = FormInput(), problem: Sentence? = nil,
        status: Int = 200
    ) async throws -> Response {
        let requester = try requester(context)
        let batch = try await desk.register.batch(at: context)
        guard let place = Int(Asking.part("place", context)),
            let answer = try await desk.register.heldRow(ofBatch: batch, place: place, by: requester)
        else { throw SheetDecisionRefusal.notHeld }
        for _ in 0...answer.candidates.count { desk.server.watch.looked() }
        intake.open(SheetID.make(batch: batch.id, row: place), in: try context.sessionKey())
        let next = try await desk.register.nextHeldRow(ofBatch: batch, after: place, by: requester)
        let frame = desk.frame(HeldRowsPage.title, request, context, section: .batches, failed: problem != nil)
        return try desk.answer(
            HeldRowPage(
                frame: frame, answer: answer, decides: decides(requester),
                input: input["step"] == "correct" ? input : FormInput(), reason: input["reason"], problem: problem,
                next: next, units: desk.register.units), status: HTTPResponse.Status(code: status))
    }

    private func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        let requester = try requester(context)
        let form = try await FormBody(request, context)
        let batch = try await desk.register.batch(at: context)
        guard let place = Int(Asking.part("place", context)) else { throw SheetDecisionRefusal.notHeld }
        do {
            let choice = try HeldRowForm.choice(form)
            _ = try await desk.register.decide(place, ofBatch: batch, choice, by: requester)
            desk.server.watch.recorded()
        } catch let refusal as SheetDecisionRefusal {
            return try await row(
                request, context, input: form.input, problem: refusal.sentence, status: Problem(refusal).status)
        }
        return ConsoleDesk.redirect(to: "\(BatchPage.path(of: batch))/held/\(place)")
    }

    private func decides(_ requester: Requester) -> Bool {
        AccessPolicy.refusal(of: .sheetDecided, to: requester) == nil
    }
}

/// The forms of a held row's page.
enum HeldRowForm {
    static func choice(_ form: FormBody) throws -> SheetChoice {
        let reason = form["reason"]
        if form["step"] == "correct" {
            let fields = Dictionary(
                uniqueKeysWithValues: SheetColumn.allCases.filter { $0 != .row }.map { ($0, form[$0.rawValue]) })
            return .correct(fields, reason: reason)
        }
        let verdict = form["verdict"]
        switch verdict {
        case "accept": return .accept(reason: reason)
        case "reject": return .reject(reason: reason)
        default:
            guard verdict.hasPrefix("same-"), let handle = Handle(parsing: String(verdict.dropFirst("same-".count)))
            else { throw SheetDecisionRefusal.noCandidate }
            return .same(handle, reason: reason)
        }
    }
}
