import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Nghi trùng: the queue, a pair side by side, and what is decided on it.
struct DuplicatePageRoutes: Sendable {
    let desk: ConsoleDesk
    /// Pairs that a session has opened, by both handles.
    private let sample = OpenedSample<String>()

    init(desk: ConsoleDesk) {
        self.desk = desk
    }

    func add(to router: Router<WebContext>) {
        router.get("duplicates") { request, context in
            let alike = request.uri.queryParameters["alike"].flatMap { Int64($0) }
            return try await list(alike, request, context)
        }
        router.get("duplicates/estimates") { request, context in
            let estimates = try await desk.register.duplicateEstimates(by: try context.officerOnDuty())
            return try desk.answer(
                DuplicateEstimatesPage(
                    frame: desk.frame(DuplicateEstimatesPage.title, request, context, section: .queues),
                    estimates: estimates, units: desk.register.units))
        }
        router.post("duplicates") { request, context in try await decideTogether(request, context) }
        router.get("duplicates/{one}/{other}") { request, context in try await pair(request, context) }
        router.post("duplicates/{one}/{other}") { request, context in try await decide(request, context) }
    }

    private func list(
        _ alike: Int64?, _ request: Request, _ context: WebContext, reason: String = "",
        refusal: DuplicateRefusal? = nil
    ) async throws -> Response {
        let skipped = try Asking.number("skip", request, in: 0...1_000_000, otherwise: 0)
        let queue = try await desk.register.duplicates(
            pattern: alike, skipping: skipped, by: try context.officerOnDuty())
        let frame = desk.frame(DuplicatesPage.title, request, context, section: .queues, failed: refusal != nil)
        return try desk.answer(
            DuplicatesPage(
                frame: frame, queue: queue, pattern: alike, skipped: skipped,
                opened: sample.opened(in: try context.sessionKey()), reason: reason, problem: refusal?.sentence,
                units: desk.register.units),
            status: ConsoleDesk.status(of: refusal))
    }

    private func decideTogether(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        guard let pattern = Int64(form["alike"]), let verdict = DuplicateVerdict(name: form["verdict"]) else {
            throw WebRefusal.formMalformed
        }
        let keys = form.ticked("pair-")
        let chosen = keys.compactMap { key -> (Handle, Handle)? in
            let parts = key.split(separator: "-").compactMap { Handle(parsing: $0) }
            return parts.count == 2 ? (parts[0], parts[1]) : nil
        }
        do {
            _ = try await desk.register.decide(
                duplicates: chosen, pattern: pattern, verdict, reason: form["reason"],
                opened: sample.opened(in: try context.sessionKey()).intersection(keys).count,
                by: try context.officerOnDuty())
        } catch let refusal as DuplicateRefusal {
            return try await list(pattern, request, context, reason: form["reason"], refusal: refusal)
        }
        return ConsoleDesk.redirect(to: DuplicatesPage.path)
    }

    private func pair(
        _ request: Request, _ context: WebContext, reason: String = "", refusal: (any ExplainedRefusal)? = nil
    ) async throws -> Response {
        let requester = try context.officerOnDuty()
        let (one, other) = try handles(context)
        let answer = try await desk.register.duplicate(one, other, by: requester)
        for person in answer.persons where person != nil { desk.server.watch.looked() }
        sample.open(answer.listing.handles.joined(separator: "-"), in: try context.sessionKey())
        let frame = desk.frame(DuplicatesPage.title, request, context, section: .queues, failed: refusal != nil)
        return try desk.answer(
            DuplicatePage(
                frame: frame, answer: answer, merges: AccessPolicy.refusal(of: .mergedWith, to: requester) == nil,
                reason: reason, problem: refusal?.sentence, units: desk.register.units),
            status: ConsoleDesk.status(of: refusal))
    }

    private func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let (one, other) = try handles(context)
        // "same-HANDLE": the same person, and that record goes on.
        let parts = form["verdict"].split(separator: "-", maxSplits: 1).map(String.init)
        guard let verdict = parts.first.flatMap(DuplicateVerdict.init(name:)) else { throw WebRefusal.formMalformed }
        let remains = parts.count == 2 ? Handle(parsing: parts[1]) : nil
        do {
            let outcome = try await desk.register.decide(
                duplicate: one, other, verdict, remains: remains, reason: form["reason"],
                by: try context.officerOnDuty())
            if case .asked(let approval) = outcome {
                return ConsoleDesk.redirect(to: "/approvals/\(approval.id)")
            }
        } catch let refusal as any ExplainedRefusal where !(refusal is SignInRefusal) {
            return try await pair(request, context, reason: form["reason"], refusal: refusal)
        }
        return ConsoleDesk.redirect(to: DuplicatesPage.path)
    }

    private func handles(_ context: WebContext) throws -> (Handle, Handle) {
        guard let one = Handle(parsing: Asking.part("one", context)),
            let other = Handle(parsing: Asking.part("other", context))
        else { throw DuplicateRefusal.unknown }
        return (one, other)
    }
}
