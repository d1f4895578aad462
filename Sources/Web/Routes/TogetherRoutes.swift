import Access
import Civil
import Hummingbird
import Ledger
import Population

/// Quyết định nhiều việc cùng loại qua API: after a sample of them was opened in the same session, as at the console.
struct TogetherRoutes: Sendable {
    let register: PopulationRegister
    let samples: OpenedSamples
    let watch: ServerWatch

    func add(to changes: RouterGroup<WebContext>) {
        changes.post("approvals/acceptance") { request, context in try await acceptApprovals(request, context) }
        changes.post("duplicates/decisions") { request, context in try await decideDuplicates(request, context) }
        changes.post("batches/{name}/held/decisions") { request, context in try await decideRows(request, context) }
    }

    private struct ApprovalsForm: RequestBody {
        /// Their numbers.
        var approvals: [String]

        enum CodingKeys: CodingKey {
            case approvals
        }

        func numbers() throws(WebRefusal) -> Set<Int64> {
            var numbers: Set<Int64> = []
            for text in approvals {
                guard let number = Int64(text) else { throw .bodyMalformed(field: "approvals") }
                numbers.insert(number)
            }
            return numbers
        }
    }

    private func acceptApprovals(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await JSONAnswer.body(ApprovalsForm.self, of: request)
        let requester = try context.officerOnDuty()
        let outcome = try await register.acceptTogether(
            try form.numbers(), opened: samples.approvals.opened(in: try context.sessionKey()),
            by: requester)
        for _ in outcome.accepted { watch.recorded() }
        return JSONAnswer.response(
            .object([
                "accepted": .array(outcome.accepted.map { .string(String($0)) }),
                "refused": .array(
                    outcome.refused.map { id, sentence in
                        .object([
                            "approval": .string(String(id)), "vi": .string(sentence.vietnamese),
                            "en": .string(sentence.english),
                        ])
                    }),
            ]))
    }

    private struct DuplicatesForm: RequestBody {
        /// Pairs of handles.
        var pairs: [[String]]
        /// The evidence that all of them share.
        var pattern: String
        /// `different` or `unclear`.
        var decision: String
        var reason: String

        enum CodingKeys: CodingKey {
            case pairs, pattern, decision, reason
        }
    }

    private func decideDuplicates(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await JSONAnswer.body(DuplicatesForm.self, of: request)
        guard let verdict = DuplicateVerdict(name: form.decision) else {
            throw WebRefusal.bodyMalformed(field: "decision")
        }
        guard let pattern = Int64(form.pattern) else { throw WebRefusal.bodyMalformed(field: "pattern") }
        let chosen = try form.pairs.map { pair throws(WebRefusal) in
            guard pair.count == 2, let one = Handle(parsing: pair[0]), let other = Handle(parsing: pair[1]) else {
                throw .bodyMalformed(field: "pairs")
            }
            return (one, other)
        }
        let opened = samples.duplicates.opened(in: try context.sessionKey())
        let count = try await register.decide(
            duplicates: chosen, pattern: pattern, verdict, reason: form.reason,
            opened: opened.intersection(chosen.map { OpenedSamples.pair($0.0, $0.1) }).count,
            by: try context.officerOnDuty())
        return JSONAnswer.response(.object(["decided": .integer(Int64(count))]))
    }

    private struct RowsForm: RequestBody {
        /// Their places in the batch.
        var places: [Int]
        /// The cause that all of them share.
        var cause: String
        var accept: Bool
        var reason: String

        enum CodingKeys: CodingKey {
            case places, cause, accept, reason
        }
    }

    private func decideRows(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await JSONAnswer.body(RowsForm.self, of: request)
        guard let cause = FindingCode(rawValue: form.cause) else { throw WebRefusal.bodyMalformed(field: "cause") }
        let batch = try await register.batch(at: context)
        let count = try await register.decide(
            Set(form.places.map { SheetID.make(batch: batch.id, row: $0) }), cause: cause, accepting: form.accept,
            reason: form.reason,
            opened: samples.rows.opened(in: try context.sessionKey()), by: try context.officerOnDuty())
        for _ in 0..<count { watch.recorded() }
        return JSONAnswer.response(.object(["decided": .integer(Int64(count))]))
    }
}
