import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Nghi trùng: the queue, a pair side by side, and what is decided on it.
struct DuplicatePageRoutes: Sendable {
    let desk: ConsoleDesk
    let samples: OpenedSamples

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
                    estimates: estimates, progress: try await desk.register.duplicateProgress(),
                    units: desk.register.units))
        }
        router.get("duplicate-rules") { request, context in try await rules(request, context) }
        router.post("duplicate-rules") { request, context in try await rule(request, context) }
        router.post("duplicates") { request, context in try await decideTogether(request, context) }
        router.get("duplicates/{one}/{other}") { request, context in try await pair(request, context) }
        router.post("duplicates/{one}/{other}") { request, context in try await decide(request, context) }
    }

    private func rules(
        _ request: Request, _ context: WebContext, threshold: String = "", reason: String = "",
        refusal: (any ExplainedRefusal)? = nil
    ) async throws -> Response {
        let requester = try context.officerOnDuty()
        let rules = try await desk.register.duplicateRules(by: requester)
        let frame = desk.frame(DuplicateRulesPage.title, request, context, section: .queues, failed: refusal != nil)
        return try desk.answer(
            DuplicateRulesPage(
                frame: frame, rules: rules, requester: requester, now: desk.register.surroundings.now(),
                threshold: threshold, reason: reason, problem: refusal?.sentence, units: desk.register.units),
            status: ConsoleDesk.status(of: refusal))
    }

    private func rule(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let requester = try context.officerOnDuty()
        do {
            switch form["decision"] {
            case "accept", "reject":
                guard let id = Int64(form["rule"]) else { throw DuplicateRefusal.ruleUnknown }
                try await desk.register.decideDuplicateRule(id, accept: form["decision"] == "accept", by: requester)
            case "off":
                _ = try await desk.register.stateDuplicateRule(threshold: nil, reason: form["reason"], by: requester)
            default:
                // Either sign of decimals; what is no number is too low.
                let threshold = Double(form["threshold"].replacing(",", with: ".")) ?? 0
                _ = try await desk.register.stateDuplicateRule(
                    threshold: threshold.isFinite ? threshold : 0, reason: form["reason"], by: requester)
            }
        } catch let refusal as DuplicateRefusal {
            return try await rules(
                request, context, threshold: form["threshold"], reason: form["reason"], refusal: refusal)
        }
        return ConsoleDesk.redirect(to: DuplicateRulesPage.path)
    }

    private func list(
        _ alike: Int64?, _ request: Request, _ context: WebContext, reason: String = "",
        refusal: DuplicateRefusal? = nil
    ) async throws -> Response {
        let place = try Asking.place(request, of: DuplicateQueue.placeCount)
        let queue = try await desk.register.duplicates(
            pattern: alike, after: place, by: try context.officerOnDuty())
        let frame = desk.frame(DuplicatesPage.title, request, context, section: .queues, failed: refusal != nil)
        return try desk.answer(
            DuplicatesPage(
                frame: frame, queue: queue, pattern: alike,
                opened: samples.duplicates.opened(in: try context.sessionKey()), reason: reason,
                problem: refusal?.sentence,
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
                opened: samples.duplicates.opened(in: try context.sessionKey())
                    .intersection(chosen.map { OpenedSamples.pair($0.0, $0.1) }).count,
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
        samples.duplicates.open(OpenedSamples.pair(one, other), in: try context.sessionKey())
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
