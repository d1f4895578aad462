import Civil
import Database
import Ledger

/// What waits for a second person, and what was decided.
package struct ApprovalStore: Sendable {
    package init() {}

    private static let columns = """
        a.approval_id, a.kind, a.request, a.subjects, a.preview, a.account, a.role, a.office, a.asked_at, \
        a.expires_at, d.account, d.role, d.office, d.decided_at, d.outcome, d.reason, d.act_id
        """
    private static let tables = "approval a LEFT JOIN approval_decision d ON d.approval_id = a.approval_id"

    package func insert(_ approval: Approval, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO approval
            (approval_id, kind, request, subjects, preview, account, role, office, asked_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(approval.id), .text(approval.kind.rawValue), .blob(approval.request),
                .blob(SubjectVersion.pack(approval.subjects)), .blob(approval.preview), .text(approval.asker.account),
                .text(approval.asker.role), .text(approval.asker.office), .integer(approval.asked.microseconds),
                .integer(approval.expires.microseconds),
            ])
    }

    /// Writes the decision beside it; one that exists already is `DatabaseError.uniqueViolation`.
    package func decide(
        _ approval: Approval, _ decision: Approval.Decision, on connection: Connection
    ) throws {
        let (outcome, reason, act): (String, String?, ActID?) =
            switch decision.outcome {
            case .accepted(let act): ("accepted", nil, act)
            case .rejected(let reason): ("rejected", reason, nil)
            }
        try connection.execute(
            """
            INSERT INTO approval_decision
            (approval_id, asker, account, role, office, decided_at, outcome, reason, act_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(approval.id), .text(approval.asker.account), .text(decision.actor.account),
                .text(decision.actor.role), .text(decision.actor.office), .integer(decision.decided.microseconds),
                .text(outcome), .textOrNull(reason), .integerOrNull(act?.rawValue),
            ])
    }

    package func approval(_ id: Int64, on connection: Connection) throws -> Approval? {
        try connection.first(
            "SELECT \(ApprovalStore.columns) FROM \(ApprovalStore.tables) WHERE a.approval_id = ?", [.integer(id)],
            ApprovalStore.approval)
    }

    /// Those that can be decided at that instant, the first to expire first.
    package func open(at now: Instant, on connection: Connection) throws -> [Approval] {
        try connection.rows(
            """
            SELECT \(ApprovalStore.columns) FROM \(ApprovalStore.tables)
            WHERE a.expires_at > ? AND d.approval_id IS NULL ORDER BY a.expires_at, a.approval_id
            """, [.integer(now.microseconds)], ApprovalStore.approval)
    }

    /// What an account asked last, newest first.
    package func asked(by account: String, limit: Int, on connection: Connection) throws -> [Approval] {
        try connection.rows(
            """
            SELECT \(ApprovalStore.columns) FROM \(ApprovalStore.tables)
            WHERE a.account = ? ORDER BY a.asked_at DESC, a.approval_id DESC LIMIT ?
            """, [.text(account), .integer(Int64(limit))], ApprovalStore.approval)
    }

    /// What an account asked and did not get, and has not looked at since, newest first.
    package func returned(to account: String, at now: Instant, on connection: Connection) throws -> [Approval] {
        try connection.rows(
            """
            SELECT \(ApprovalStore.columns) FROM \(ApprovalStore.tables)
            WHERE a.account = ? AND NOT EXISTS (SELECT 1 FROM approval_seen s WHERE s.approval_id = a.approval_id)
            AND (d.outcome = 'rejected' OR (d.approval_id IS NULL AND a.expires_at <= ?))
            ORDER BY a.asked_at DESC, a.approval_id DESC LIMIT 200
            """, [.text(account), .integer(now.microseconds)], ApprovalStore.approval)
    }

    /// Notes that whoever asked has seen what became of it.
    package func markSeen(_ approval: Approval, at now: Instant, on connection: Connection) throws {
        try connection.execute(
            "INSERT INTO approval_seen (approval_id, seen_at) VALUES (?, ?) ON CONFLICT (approval_id) DO NOTHING",
            [.integer(approval.id), .integer(now.microseconds)])
    }

    private static func approval(_ row: Row) throws -> Approval {
        let id = try row.int64(0)
        guard let kind = ActKind(rawValue: try row.text(1)), let subjects = SubjectVersion.unpack(try row.blob(3))
        else {
            throw DamagedEntry(entry: id, reason: "its kind or its list of subjects cannot be read")
        }
        return Approval(
            id: id, kind: kind, request: try row.blob(2), subjects: subjects, preview: try row.blob(4),
            asker: Actor(account: try row.text(5), role: try row.text(6), office: try row.text(7)),
            asked: Instant(microseconds: try row.int64(8)), expires: Instant(microseconds: try row.int64(9)),
            decision: try decision(row))
    }

    private static func decision(_ row: Row) throws -> Approval.Decision? {
        guard let account = try row.textOrNull(10) else { return nil }
        let outcome: Approval.Outcome =
            if let act = try row.int64OrNull(16) {
                .accepted(ActID(rawValue: act))
            } else {
                .rejected(reason: try row.textOrNull(15) ?? "")
            }
        return Approval.Decision(
            actor: Actor(account: account, role: try row.text(11), office: try row.text(12)),
            decided: Instant(microseconds: try row.int64(13)), outcome: outcome)
    }
}
