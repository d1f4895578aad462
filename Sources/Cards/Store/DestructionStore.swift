import Civil
import Database
import Ledger

/// What is planned to be destroyed.
struct DestructionStore: Sendable {
    func insert(_ plan: DestructionPlan, card: Int64?, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO blank_destruction_plan (plan_id, planned_by, note, card_id, planned_at) VALUES (?, ?, ?, ?, ?)
            """,
            [
                .integer(plan.id), .text(plan.plannedBy), .text(plan.note), .integerOrNull(card),
                .integer(plan.planned.microseconds),
            ])
        try connection.executeMany(
            "INSERT INTO blank_destruction_item (plan_id, serial, open) VALUES (?, ?, 1)",
            plan.serials.map { [.integer(plan.id), .text($0)] })
    }

    func decide(
        _ plan: Int64, isDestroyed: Bool, by account: String, at now: Instant, on connection: Connection
    ) throws {
        try connection.execute(
            "UPDATE blank_destruction_plan SET outcome = ?, decided_by = ?, decided_at = ? WHERE plan_id = ?",
            [
                .text(isDestroyed ? "destroyed" : "dropped"), .text(account), .integer(now.microseconds),
                .integer(plan),
            ])
        try connection.execute("UPDATE blank_destruction_item SET open = 0 WHERE plan_id = ?", [.integer(plan)])
    }

    /// Those that nobody has decided on, the oldest first.
    func open(limit: Int, on connection: Connection) throws -> [DestructionPlan] {
        try connection.rows(
            """
            SELECT p.plan_id, p.planned_by, p.note, c.handle, p.planned_at FROM blank_destruction_plan p
            LEFT JOIN card c ON c.card_id = p.card_id
            WHERE p.outcome IS NULL ORDER BY p.planned_at, p.plan_id LIMIT ?
            """, [.integer(limit)]
        ) { row in
            DestructionPlan(
                id: try row.int64(0), serials: [], card: try row.textOrNull(3), note: try row.text(2),
                plannedBy: try row.text(1), planned: Instant(microseconds: try row.int64(4)))
        }.map { found -> DestructionPlan in
            var plan = found
            plan.serials = try serials(of: plan.id, on: connection)
            return plan
        }
    }

    /// One that nobody has decided on.
    func open(_ id: Int64, on connection: Connection) throws -> DestructionPlan? {
        try open(limit: Self.mostOpen, on: connection).first { $0.id == id }
    }

    /// So many wait at one time at most.
    static let mostOpen = 200

    private func serials(of plan: Int64, on connection: Connection) throws -> [String] {
        try connection.rows(
            "SELECT serial FROM blank_destruction_item WHERE plan_id = ? ORDER BY serial", [.integer(plan)]
        ) { try $0.text(0) }
    }
}
