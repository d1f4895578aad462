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
    let samples: OpenedSamples

    /// How long a browser waits before it looks how far an import is, in seconds.
    private static let refresh = "3"

    func add(to router: Router<WebContext>) {
        router.get("batches") { request, context in try await list(request, context) }
        router.post("batches") { request, context in try await upload(request, context) }
        router.get("batches/{name}") { request, context in try await batch(request, context) }
        for path in ["held", "batches/{name}/held"] {
            router.get(RouterPath(path)) { request, context in
                let cause = Asking.query("cause", request).flatMap { FindingCode(rawValue: $0) }
                return try await rows(cause, request, context)
            }
            router.post(RouterPath(path)) { request, context in try await decideTogether(request, context) }
        }
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
        let before = try Asking.number("before", request, in: 0...Int.max, otherwise: 0)
        let frame = desk.frame(BatchesPage.title, request, context, section: .batches, failed: problem != nil)
        return try desk.answer(
            BatchesPage(
                frame: frame,
                batches: try await desk.register.batches(before: before == 0 ? nil : Int64(before), by: requester),
                uploads: requester.role.may(.importBatch),
                problem: problem, longest: UploadBody.longest, units: desk.register.units),
            status: HTTPResponse.Status(code: status))
    }

    private func upload(_ request: Request, _ context: WebContext) async throws -> Response {
        let requester = try requester(context)
        try AccessPolicy.require(requester, toUse: .importBatch)
        do {
            let upload = try await UploadBody(request, context)
            let name = try await intake.start(upload.fileName, upload.contents, by: requester)
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
        guard let entry = try await desk.register.entry(of: batch, by: requester) else {
            throw WebRefusal.batchNotFound
        }
        let isRunning = intake.isRunning(batch.name)
        let frame = desk.frame(
            Sentence("Lô \(batch.name)", "Batch \(batch.name)"), request, context, section: .batches)
        var response = try desk.answer(
            BatchPage(
                frame: frame, entry: entry,
                causes: try await desk.register.heldCauses(ofBatch: batch, by: requester),
                isRunning: isRunning, mayReview: requester.role.may(.reviewRows), units: desk.register.units))
        if isRunning, let name = HTTPField.Name("Refresh") { response.headers[name] = BatchPageRoutes.refresh }
        return response
    }

    // MARK: Held rows

    /// The rows of the batch that the path names, or of all of them.
    private func rows(
        _ cause: FindingCode?, _ request: Request, _ context: WebContext, reason: String = "", problem: Sentence? = nil,
        status: Int = 200
    ) async throws -> Response {
        let requester = try requester(context)
        let batch = try await namedBatch(context)
        let most = batch == nil ? Int.max : SheetID.maximumRow
        let after = try Asking.number("after", request, in: 0...most, otherwise: 0)
        let rows =
            if let batch {
                try await desk.register.heldRows(ofBatch: batch, cause: cause, after: after, by: requester)
                    .map { HeldRowEntry(batch: batch, row: $0) }
            } else {
                try await desk.register.heldRows(cause: cause, after: Int64(after), by: requester)
            }
        if !rows.isEmpty { desk.server.watch.looked() }
        let frame = desk.frame(HeldRowsPage.title, request, context, section: .batches, failed: problem != nil)
        return try desk.answer(
            HeldRowsPage(
                frame: frame, batch: batch, rows: rows,
                causes: try await desk.register.heldCauses(ofBatch: batch, by: requester), cause: cause,
                opened: samples.rows.opened(in: try context.sessionKey()), decides: decides(requester),
                isFull: rows.count == PopulationRegister.heldRowsPerPage,
                done: Asking.query("done", request).flatMap { Int64($0) }, reason: reason, problem: problem,
                units: desk.register.units),
            status: HTTPResponse.Status(code: status))
    }

    private func namedBatch(_ context: WebContext) async throws -> Batch? {
        context.parameters.get("name") == nil ? nil : try await desk.register.batch(at: context)
    }

    private func decideTogether(_ request: Request, _ context: WebContext) async throws -> Response {
        let requester = try requester(context)
        let form = try await FormBody(request, context)
        let batch = try await namedBatch(context)
        guard let cause = FindingCode(rawValue: form["cause"]) else { throw WebRefusal.formMalformed }
        let sheets = Set(form.ticked("row-").compactMap { Int64($0) })
        do {
            _ = try await desk.register.decide(
                sheets, cause: cause, accepting: form["verdict"] == "accept", reason: form["reason"],
                opened: samples.rows.opened(in: try context.sessionKey()), by: requester)
        } catch let refusal as SheetDecisionRefusal {
            return try await rows(
                cause, request, context, reason: form["reason"], problem: refusal.sentence,
                status: Problem(refusal).status)
        }
        return ConsoleDesk.redirect(to: "\(HeldRowsPage.path(of: batch))?cause=\(cause.rawValue)")
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
        samples.rows.open(SheetID.make(batch: batch.id, row: place), in: try context.sessionKey())
        let next = try await desk.register.nextHeldRow(ofBatch: batch, after: place, by: requester)
        let frame = desk.frame(HeldRowsPage.title, request, context, section: .batches, failed: problem != nil)
        return try desk.answer(
            HeldRowPage(
                frame: frame, answer: answer, decides: decides(requester),
                input: input["step"] == "correct" ? input : FormInput(), reason: input["reason"], problem: problem,
                next: next, done: Asking.query("done", request).flatMap { Int64($0) }, units: desk.register.units),
            status: HTTPResponse.Status(code: status))
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
        // On to the next one, which tells what was decided here.
        let next = try await desk.register.nextHeldRow(ofBatch: batch, after: place, by: requester)
        let list = HeldRowsPage.path(of: batch)
        return ConsoleDesk.redirect(
            to: "\(list)\(next.map { "/\($0)" } ?? "")?done=\(SheetID.make(batch: batch.id, row: place))")
    }

    private func decides(_ requester: Requester) -> Bool {
        AccessPolicy.refusal(of: .sheetDecided, to: requester) == nil
    }
}

/// The forms of a held row's page.
enum HeldRowForm {
    /// What is recorded as the reason where none was typed, so that one key decides; the page says which sentence.
    static let usualReasons = (
        accept: Sentence(
            "Đã đối chiếu: không phải người nào đã có.", "Compared: nobody who is in the register."),
        same: Sentence("Đã đối chiếu: cùng một người.", "Compared: the same person."),
        correct: Sentence("Đã sửa theo giấy tờ của công dân.", "Corrected by the citizen's papers."),
        reject: Sentence(
            "Không đủ thông tin để nhận ra một người.", "Not enough to tell who it is.")
    )

    static func choice(_ form: FormBody) throws -> SheetChoice {
        let stated = form["reason"]
        func reason(_ usual: Sentence) -> String { stated.allSatisfy(\.isWhitespace) ? usual.vietnamese : stated }
        if form["step"] == "correct" {
            let fields = Dictionary(
                uniqueKeysWithValues: SheetColumn.allCases.filter { $0 != .row }.map { ($0, form[$0.rawValue]) })
            return .correct(fields, reason: reason(usualReasons.correct))
        }
        let verdict = form["verdict"]
        switch verdict {
        case "accept": return .accept(reason: reason(usualReasons.accept))
        case "reject": return .reject(reason: reason(usualReasons.reject))
        default:
            guard verdict.hasPrefix("same-"), let handle = Handle(parsing: String(verdict.dropFirst("same-".count)))
            else { throw SheetDecisionRefusal.noCandidate }
            return .same(handle, reason: reason(usualReasons.same))
        }
    }
}
