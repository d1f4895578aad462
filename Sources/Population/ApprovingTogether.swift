import Access
import Civil
import Foundation
import Ledger

extension Approval {
    /// Việc cùng loại: what requests have in common that one look can stand for: kind, who asks, legal basis, ground.
    package var likeness: String {
        let request = try? JSONDecoder().decode(ActRequest.self, from: Data(self.request))
        var ground: String?
        if case .string(let text)? = request?.content?["ground"] { ground = text }
        return [kind.rawValue, asker.account, asker.office, request?.legalBasis ?? "", ground ?? ""]
            .joined(separator: "\n")
    }
}

/// What became of each of several approvals.
package struct ApprovedTogether: Sendable {
    package var accepted: [Int64] = []
    /// Those that could not be accepted as things stand now, each with the reason.
    package var refused: [(id: Int64, sentence: Sentence)] = []
}

extension PopulationRegister {
    /// Chờ tôi phê duyệt, cùng loại với một đề nghị: itself among them, the first to expire first.
    package func approvals(like id: Int64, waitingFor requester: Requester) async throws -> [Approval] {
        let waiting = try await approvals(waitingFor: requester)
        guard let first = waiting.first(where: { $0.id == id }) else { throw ApprovalRefusal.unknown }
        return waiting.filter { $0.likeness == first.likeness }
    }

    /// Chấp thuận nhiều đề nghị cùng loại, sau khi đã mở xem một mẫu.
    ///
    /// Each is decided and recorded in a transaction of its own, as if it stood alone: one whose record has changed
    /// meanwhile keeps the others from nothing.
    /// - Parameter opened: those whose pages this session has opened.
    package func acceptTogether(
        _ ids: Set<Int64>, opened: Set<Int64>, by requester: Requester
    ) async throws -> ApprovedTogether {
        guard (1...PopulationRegister.mostDecidedTogether).contains(ids.count) else { throw ApprovalRefusal.tooMany }
        let needed = min(PopulationRegister.sampleBeforeMany, ids.count)
        guard opened.intersection(ids).count >= needed else { throw ApprovalRefusal.sampleTooSmall }
        let waiting = try await approvals(waitingFor: requester).filter { ids.contains($0.id) }
        guard Set(waiting.map(\.likeness)).count <= 1 else { throw ApprovalRefusal.notAlike }
        var outcome = ApprovedTogether()
        for approval in waiting {
            do {
                _ = try await decide(approval.id, .accept, by: requester)
                outcome.accepted.append(approval.id)
            } catch let refusal as any ExplainedRefusal {
                outcome.refused.append((approval.id, refusal.sentence))
            }
        }
        return outcome
    }
}
