import Access
import Civil
import HTTPTypes
import Hummingbird
import Population

/// Phê duyệt qua API: asking a second person, and being one.
struct ApprovalRoutes: Sendable {
    let register: PopulationRegister
    let samples: OpenedSamples
    let watch: ServerWatch

    func add(to api: RouterGroup<WebContext>, changes: RouterGroup<WebContext>) {
        api.post("approvals") { request, context in
            let requester = try context.requester()
            let (approval, _) = try await SentRequest(ActRequest.self, of: request, by: requester)
                .once(made: register.approval(of:)) { act, key in
                    try await register.ask(act, by: requester, once: key)
                }
            return JSONAnswer.response(ApprovalJSON.approval(approval), status: .accepted)
        }
        api.get("approvals") { request, context in
            let requester = try context.requester()
            let (place, limit) = try Asking.page(request, of: 2)
            let waiting = try await register.approvals(waitingFor: requester, after: place, limit: limit)
            let asked = try await register.approvals(askedBy: requester)
            return JSONAnswer.response(
                .object([
                    "waiting": .array(waiting.lines.map(ApprovalJSON.approval)),
                    "next": CommonJSON.text(waiting.next?.text),
                    "asked": .array(asked.map(ApprovalJSON.approval)),
                ]))
        }
        api.get("approvals/{approval}") { _, context in
            let answer = try await register.approval(try Asking.approval(context), by: try context.requester())
            for _ in answer.persons { watch.looked() }
            if let session = try? context.sessionKey() { samples.approvals.open(answer.approval.id, in: session) }
            return JSONAnswer.response(ApprovalJSON.answer(answer))
        }
        changes.post("approvals/{approval}/decision") { request, context in
            let id = try Asking.approval(context)
            let form = try await JSONAnswer.body(VerdictForm.self, of: request)
            let outcome = try await register.decide(id, form.verdict, by: try context.requester())
            if outcome.receipt != nil { watch.recorded() }
            return JSONAnswer.response(ApprovalJSON.outcome(outcome))
        }
    }

}

/// Ý kiến của người thứ hai: what is decided on something that was asked for, with a reason where it is rejected.
struct VerdictForm: RequestBody {
    enum Word: String, Decodable { case accept, reject }
    var decision: Word
    var reason: String?

    enum CodingKeys: CodingKey {
        case decision, reason
    }

    var verdict: Verdict { decision == .accept ? .accept : .reject(reason: reason ?? "") }
}

extension Asking {
    /// The number of an approval; what is none is like one that does not exist.
    static func approval(_ context: WebContext) throws(ApprovalRefusal) -> Int64 {
        try id("approval", context, orThrow: ApprovalRefusal.unknown)
    }
}

extension ApprovalRefusal: StatusRefusal {
    /// The HTTP status that tells it.
    var status: Int {
        switch self {
        case .unknown: 404
        case .expired, .alreadyDecided, .changed, .askerGone: 409
        case .notNeeded, .reasonMissing, .sampleTooSmall, .notAlike, .tooMany: 422
        }
    }
}
