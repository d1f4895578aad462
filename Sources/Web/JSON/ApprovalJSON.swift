import Access
import Civil
import Ledger
import Population

/// What waits for a second person, as programs read it.
enum ApprovalJSON {
    /// Without anybody's data: for lists, and for whoever has just asked.
    static func approval(_ approval: Approval) -> JSONValue { .object(members(approval)) }

    /// With what would change; the looks at the persons are recorded.
    static func answer(_ answer: ApprovalAnswer) -> JSONValue {
        var members = members(answer.approval)
        members["persons"] = .array(answer.persons.map { .string($0.handle) })
        members["receipts"] = .array(answer.persons.map { .string(String($0.receipt)) })
        members["changes"] = .array(
            answer.lines.map { line in
                .object([
                    "person": .string(line.person), "field": .string(line.field.name.snakeCase),
                    "before": CommonJSON.text(line.before), "after": CommonJSON.text(line.after),
                ])
            })
        return .object(members)
    }

    static func outcome(_ outcome: ApprovalOutcome) -> JSONValue {
        var members = members(outcome.approval)
        members["receipt"] = outcome.receipt.map(ActJSON.receipt) ?? .null
        return .object(members)
    }

    private static func members(_ approval: Approval) -> JSONMembers {
        [
            "approval": .string(String(approval.id)), "kind": .string(approval.kind.rawValue),
            "asker": CommonJSON.actor(approval.asker), "asked": .string(approval.asked.iso),
            "expires": .string(approval.expires.iso), "decision": approval.decision.map(decision) ?? .null,
        ]
    }

    private static func decision(_ decision: Approval.Decision) -> JSONValue {
        let (outcome, reason, act): (String, String?, ActID?) =
            switch decision.outcome {
            case .accepted(let act): ("accepted", nil, act)
            case .rejected(let reason): ("rejected", reason, nil)
            }
        return .object([
            "outcome": .string(outcome), "reason": CommonJSON.text(reason),
            "act": CommonJSON.text(act.map { String($0.rawValue) }), "actor": CommonJSON.actor(decision.actor),
            "decided": .string(decision.decided.iso),
        ])
    }
}

extension String {
    /// `mergedInto` as `merged_into`.
    fileprivate var snakeCase: String {
        reduce(into: "") { text, letter in
            text += letter.isUppercase ? "_" + letter.lowercased() : String(letter)
        }
    }
}
