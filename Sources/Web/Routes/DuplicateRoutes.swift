import Access
import Civil
import HTTPTypes
import Hummingbird
import Population

/// Nghi trùng qua API: the queue, a pair with both records, and what is decided on it.
struct DuplicateRoutes: Sendable {
    let register: PopulationRegister
    let samples: OpenedSamples
    let watch: ServerWatch

    func add(to api: RouterGroup<WebContext>, changes: RouterGroup<WebContext>) {
        addRules(to: api, changes)
        api.get("duplicates") { request, context in
            let (place, limit) = try Asking.page(request, of: DuplicateQueue.placeCount)
            let queue = try await register.duplicates(after: place, limit: limit, by: try context.requester())
            return JSONAnswer.response(DuplicateJSON.queue(queue))
        }
        api.get("duplicates/sweep") { _, context in
            let (progress, last) = try await register.duplicateStanding(by: try context.requester())
            return JSONAnswer.response(DuplicateJSON.standing(progress, last))
        }
        api.get("duplicates/{one}/{other}") { _, context in
            let pair = try Asking.pair(context)
            let answer = try await register.duplicate(pair.one, pair.other, by: try context.requester())
            for _ in answer.persons.compactMap(\.self) { watch.looked() }
            if let session = try? context.sessionKey() {
                samples.duplicates.open(OpenedSamples.pair(pair.one, pair.other), in: session)
            }
            return JSONAnswer.response(DuplicateJSON.answer(answer, in: register))
        }
        changes.post("duplicates/{one}/{other}/decision") { request, context in
            let pair = try Asking.pair(context)
            let form = try await JSONAnswer.body(DecisionForm.self, of: request)
            let outcome = try await register.decide(
                duplicate: pair.one, pair.other, try form.verdict(), remains: form.remains.flatMap(Handle.init),
                reason: form.reason ?? "", by: try context.requester())
            if case .merged = outcome { watch.recorded() }
            return JSONAnswer.response(DuplicateJSON.outcome(outcome))
        }
    }

    private func addRules(to api: RouterGroup<WebContext>, _ changes: RouterGroup<WebContext>) {
        api.get("duplicate-rules") { _, context in
            JSONAnswer.response(DuplicateJSON.rules(try await register.duplicateRules(by: try context.requester())))
        }
        changes.post("duplicate-rules") { request, context in
            let form = try await JSONAnswer.body(RuleForm.self, of: request)
            let rule = try await register.stateDuplicateRule(
                threshold: form.threshold, reason: form.reason ?? "", by: try context.requester())
            return JSONAnswer.response(DuplicateJSON.rule(rule), status: .created)
        }
        changes.post("duplicate-rules/{rule}/decision") { request, context in
            let form = try await JSONAnswer.body(RuleDecisionForm.self, of: request)
            let id = try Asking.id("rule", context, orThrow: DuplicateRefusal.ruleUnknown)
            let requester = try context.requester()
            try await register.decideDuplicateRule(id, accept: form.accept, by: requester)
            return JSONAnswer.response(DuplicateJSON.rules(try await register.duplicateRules(by: requester)))
        }
    }

    private struct RuleForm: RequestBody {
        /// Nil switches automatic merging off.
        var threshold: Double?
        var reason: String?

        enum CodingKeys: CodingKey {
            case threshold, reason
        }
    }

    private struct RuleDecisionForm: RequestBody {
        var accept: Bool

        enum CodingKeys: CodingKey {
            case accept
        }
    }

    private struct DecisionForm: RequestBody {
        /// `same`, `different` or `unclear`.
        var decision: String
        /// Of two records that are the same person's, the handle of the one that goes on.
        var remains: String?
        var reason: String?

        enum CodingKeys: CodingKey {
            case decision, remains, reason
        }

        func verdict() throws(WebRefusal) -> DuplicateVerdict {
            guard let verdict = DuplicateVerdict(name: decision) else { throw .bodyMalformed(field: "decision") }
            return verdict
        }
    }
}

extension Asking {
    /// The handles of a pair; what is none is like a pair that does not wait.
    static func pair(_ context: WebContext) throws(DuplicateRefusal) -> (one: Handle, other: Handle) {
        guard let one = Handle(parsing: part("one", context)), let other = Handle(parsing: part("other", context))
        else { throw .unknown }
        return (one, other)
    }
}
