import Civil
import Database
import Ledger

/// Lists of people that are asked for, what was decided, and when they were taken.
package struct ExportStore: Sendable {
    package init() {}

    private static let columns = """
        r.request_id, r.unit_set, r.unit_code, r.reason, r.asker, r.asker_role, r.asker_office, r.asked_at, \
        d.account, d.role, d.office, d.decided_at, d.reason, \
        (SELECT min(t.taken_at) FROM person_export_taken t WHERE t.request_id = r.request_id)
        """
    private static let tables =
        "person_export r LEFT JOIN person_export_decision d ON d.request_id = r.request_id"

    package func insert(_ export: PersonExport, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO person_export (request_id, unit_set, unit_code, reason, asker, asker_role, asker_office,
                asked_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(export.id), .text(export.unit.set.rawValue), .text(export.unit.code), .text(export.reason),
                .text(export.asker.account), .text(export.asker.role), .text(export.asker.office),
                .integer(export.asked.microseconds), .integer(export.expires.microseconds),
            ])
    }

    /// Writes the decision beside it; one that exists already is `DatabaseError.uniqueViolation`.
    package func decide(_ export: PersonExport, _ decision: SecondDecision, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO person_export_decision (request_id, asker, account, role, office, decided_at, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(export.id), .text(export.asker.account), .text(decision.actor.account),
                .text(decision.actor.role), .text(decision.actor.office), .integer(decision.decided.microseconds),
                .textOrNull(decision.rejection),
            ])
    }

    /// Notes that the list was taken.
    package func take(_ export: PersonExport, persons: Int, at now: Instant, on connection: Connection) throws {
        try connection.execute(
            "INSERT INTO person_export_taken (request_id, taken_at, persons) VALUES (?, ?, ?)",
            [.integer(export.id), .integer(now.microseconds), .integer(Int64(persons))])
    }

    package func export(_ id: Int64, on connection: Connection) throws -> PersonExport? {
        try connection.first(
            "SELECT \(ExportStore.columns) FROM \(ExportStore.tables) WHERE r.request_id = ?", [.integer(id)],
            ExportStore.export)
    }

    /// Those that can be decided at that instant, the first to expire first.
    package func open(at now: Instant, on connection: Connection) throws -> [PersonExport] {
        try connection.rows(
            """
            SELECT \(ExportStore.columns) FROM \(ExportStore.tables)
            WHERE r.expires_at > ? AND d.request_id IS NULL ORDER BY r.expires_at, r.request_id
            """, [.integer(now.microseconds)], ExportStore.export)
    }

    /// What an account asked last, newest first.
    package func asked(by account: String, limit: Int, on connection: Connection) throws -> [PersonExport] {
        try connection.rows(
            """
            SELECT \(ExportStore.columns) FROM \(ExportStore.tables)
            WHERE r.asker = ? ORDER BY r.asked_at DESC, r.request_id DESC LIMIT ?
            """, [.text(account), .integer(Int64(limit))], ExportStore.export)
    }

    private static func export(_ row: Row) throws -> PersonExport {
        let decision = try row.textOrNull(8).map { account in
            SecondDecision(
                actor: Actor(account: account, role: try row.text(9), office: try row.text(10)),
                decided: Instant(microseconds: try row.int64(11)), rejection: try row.textOrNull(12))
        }
        return PersonExport(
            id: try row.int64(0), unit: UnitCode(try row.text(2), UnitSet(rawValue: try row.text(1))),
            reason: try row.text(3),
            asker: Actor(account: try row.text(4), role: try row.text(5), office: try row.text(6)),
            asked: Instant(microseconds: try row.int64(7)), decision: decision,
            taken: try row.int64OrNull(13).map { Instant(microseconds: $0) })
    }
}
