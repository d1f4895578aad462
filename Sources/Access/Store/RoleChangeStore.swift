import Civil
import Database
import Ledger

/// Roles that are to be given or taken, and what was decided.
struct RoleChangeStore {
    private static let columns = """
        c.change_id, c.holder, c.role, c.office, c.until, c.grant_id, c.reason, c.asker, c.asker_role, \
        c.asker_office, c.asked_at, c.expires_at, d.account, d.role, d.office, d.decided_at, d.reason, c.deputy_for
        """
    private static let tables = "role_change c LEFT JOIN role_change_decision d ON d.change_id = c.change_id"

    func insert(_ change: RoleChange, on connection: Connection) throws {
        let (until, absent, grant, reason): (Instant?, String?, Int64?, String?) =
            switch change.wish {
            case .give(let until, let absent): (until, absent, nil, nil)
            case .take(let grant, let reason): (nil, nil, grant, reason)
            }
        try connection.execute(
            """
            INSERT INTO role_change (change_id, holder, role, office, until, grant_id, reason, asker, asker_role,
                asker_office, asked_at, expires_at, deputy_for) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(change.id), .text(change.holder), .text(change.role.rawValue), .text(change.office),
                .integerOrNull(until?.microseconds), .integerOrNull(grant), .textOrNull(reason),
                .text(change.asker.account), .text(change.asker.role), .text(change.asker.office),
                .integer(change.asked.microseconds), .integer(change.expires.microseconds),
                .textOrNull(absent),
            ])
    }

    /// Writes the decision beside it; one that exists already is `DatabaseError.uniqueViolation`.
    func decide(_ change: RoleChange, _ decision: SecondDecision, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO role_change_decision (change_id, asker, holder, account, role, office, decided_at, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(change.id), .text(change.asker.account), .text(change.holder),
                .text(decision.actor.account), .text(decision.actor.role), .text(decision.actor.office),
                .integer(decision.decided.microseconds), .textOrNull(decision.rejection),
            ])
    }

    func change(_ id: Int64, on connection: Connection) throws -> RoleChange? {
        try connection.first(
            "SELECT \(RoleChangeStore.columns) FROM \(RoleChangeStore.tables) WHERE c.change_id = ?", [.integer(id)],
            RoleChangeStore.change
        ).flatMap { $0 }
    }

    /// Those that can be decided at that instant, the first to expire first.
    func open(at now: Instant, on connection: Connection) throws -> [RoleChange] {
        try connection.rows(
            """
            SELECT \(RoleChangeStore.columns) FROM \(RoleChangeStore.tables)
            WHERE c.expires_at > ? AND d.change_id IS NULL ORDER BY c.expires_at, c.change_id
            """, [.integer(now.microseconds)], RoleChangeStore.change
        ).compactMap { $0 }
    }

    /// What an account asked last, newest first.
    func asked(by account: String, limit: Int, on connection: Connection) throws -> [RoleChange] {
        try connection.rows(
            """
            SELECT \(RoleChangeStore.columns) FROM \(RoleChangeStore.tables)
            WHERE c.asker = ? ORDER BY c.asked_at DESC, c.change_id DESC LIMIT ?
            """, [.text(account), .integer(Int64(limit))], RoleChangeStore.change
        ).compactMap { $0 }
    }

    /// Everything that was asked about the roles of an account.
    func changes(for holder: String, _ connection: Connection) throws -> [RoleChange] {
        try connection.rows(
            """
            SELECT \(RoleChangeStore.columns) FROM \(RoleChangeStore.tables) WHERE c.holder = ? ORDER BY c.change_id
            """, [.text(holder)], RoleChangeStore.change
        ).compactMap { $0 }
    }

    /// Nil for a role that this program does not know: nobody can give it.
    private static func change(_ row: Row) throws -> RoleChange? {
        guard let role = Role(rawValue: try row.text(2)) else { return nil }
        let wish: RoleChange.Wish =
            if let until = try row.int64OrNull(4) {
                .give(until: Instant(microseconds: until), deputyFor: try row.textOrNull(17))
            } else {
                .take(grant: try row.int64(5), reason: try row.text(6))
            }
        let decision = try row.textOrNull(12).map { account in
            SecondDecision(
                actor: Actor(account: account, role: try row.text(13), office: try row.text(14)),
                decided: Instant(microseconds: try row.int64(15)), rejection: try row.textOrNull(16))
        }
        return RoleChange(
            id: try row.int64(0), holder: try row.text(1), role: role, office: try row.text(3), wish: wish,
            asker: Actor(account: try row.text(7), role: try row.text(8), office: try row.text(9)),
            asked: Instant(microseconds: try row.int64(10)), expires: Instant(microseconds: try row.int64(11)),
            decision: decision)
    }
}
