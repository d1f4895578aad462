import Civil
import Database
import Ledger

/// Counts what may be guessing inside the transaction that answers it, so that no answer leaves uncounted.
package struct GuessWatch: Sendable {
    let surroundings: Surroundings

    package init(surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Why somebody may not name people by number now; the try is counted when it is refused.
    package func refusal(of requester: Requester, on connection: Connection) throws -> AccessRefusal? {
        guard requester.isCounted else { return nil }
        let now = surroundings.now()
        let store = GuessStore()
        for kind in GuessKind.allCases {
            guard let count = try store.count(kind, of: requester.actor.account, connection),
                count.isOver(kind, at: now)
            else { continue }
            try self.count(kind, of: requester, on: connection)
            return .lookUpsPaused
        }
        return nil
    }

    /// Counts one; the last that is allowed raises the alarm.
    package func count(_ kind: GuessKind, of requester: Requester, on connection: Connection) throws {
        guard requester.isCounted, kind == .misses || requester.role != .civilStatusSystem else { return }
        let now = surroundings.now()
        let store = GuessStore()
        let account = requester.actor.account
        let count = GuessCount.after(try store.count(kind, of: account, connection), at: now)
        try store.put(count, kind, of: account, on: connection)
        guard count.isOver(kind, at: now) else { return }
        let alarm = Alarm(
            id: surroundings.randomID(), kind: kind, actor: requester.actor, first: count.since, raised: now,
            tries: count.tries)
        try store.raise(alarm, on: connection)
    }
}

extension Requester {
    /// Whoever runs the program on the register's machine has no limit: there is nobody above who could be told.
    fileprivate var isCounted: Bool { role != .localOperator }
}

/// The counts, the alarms and their answers.
struct GuessStore {
    func count(_ kind: GuessKind, of account: String, _ connection: Connection) throws -> GuessCount? {
        try connection.first(
            "SELECT since, tries FROM guess_count WHERE account = ? AND kind = ?",
            [.text(account), .text(kind.rawValue)]
        ) { GuessCount(since: Instant(microseconds: try $0.int64(0)), tries: try $0.int(1)) }
    }

    func put(_ count: GuessCount, _ kind: GuessKind, of account: String, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO guess_count (account, kind, since, tries) VALUES (?, ?, ?, ?)
            ON CONFLICT (account, kind) DO UPDATE SET since = excluded.since, tries = excluded.tries
            """,
            [
                .text(account), .text(kind.rawValue), .integer(count.since.microseconds), .integer(Int64(count.tries)),
            ])
    }

    /// Writes the alarm unless this hour of the account has one, and how many there were until now.
    func raise(_ alarm: Alarm, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO alarm (alarm_id, kind, account, role, office, first_at, raised_at) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (account, kind, first_at) DO NOTHING
            """,
            [
                .integer(alarm.id), .text(alarm.kind.rawValue), .text(alarm.actor.account), .text(alarm.actor.role),
                .text(alarm.actor.office), .integer(alarm.first.microseconds), .integer(alarm.raised.microseconds),
            ])
        let id = try connection.first(
            "SELECT alarm_id FROM alarm WHERE account = ? AND kind = ? AND first_at = ?",
            [.text(alarm.actor.account), .text(alarm.kind.rawValue), .integer(alarm.first.microseconds)]
        ) { try $0.int64(0) }
        try connection.execute(
            """
            INSERT INTO alarm_tries (alarm_id, tries) VALUES (?, ?)
            ON CONFLICT (alarm_id) DO UPDATE SET tries = excluded.tries
            """, [.integer(id ?? alarm.id), .integer(Int64(alarm.tries))])
    }

    private static let columns = """
        a.alarm_id, a.kind, a.account, a.role, a.office, a.first_at, a.raised_at, t.tries, n.account, n.role, \
        n.office, n.answered_at, n.note
        """
    private static let tables = """
        alarm a JOIN alarm_tries t ON t.alarm_id = a.alarm_id LEFT JOIN alarm_answer n ON n.alarm_id = a.alarm_id
        """

    func alarm(_ id: Int64, _ connection: Connection) throws -> Alarm? {
        try connection.first(
            "SELECT \(GuessStore.columns) FROM \(GuessStore.tables) WHERE a.alarm_id = ?", [.integer(id)],
            GuessStore.alarm
        ).flatMap { $0 }
    }

    /// Those that nobody has answered behind a place, the oldest first.
    func open(after place: ListPlace?, limit: Int, _ connection: Connection) throws -> [Alarm] {
        try connection.rows(
            """
            SELECT \(GuessStore.columns) FROM \(GuessStore.tables)
            WHERE n.alarm_id IS NULL AND (a.raised_at, a.alarm_id) > (CAST(? AS BIGINT), CAST(? AS BIGINT))
            ORDER BY a.raised_at, a.alarm_id LIMIT ?
            """,
            [
                .integer(place?.number(0) ?? 0), .integer(place?.number(1) ?? 0), .integer(Int64(limit)),
            ], GuessStore.alarm
        ).compactMap { $0 }
    }

    /// Those that were answered, the last answer first.
    func answered(limit: Int, _ connection: Connection) throws -> [Alarm] {
        try connection.rows(
            """
            SELECT \(GuessStore.columns) FROM \(GuessStore.tables) WHERE n.alarm_id IS NOT NULL
            ORDER BY n.answered_at DESC, a.alarm_id LIMIT ?
            """, [.integer(Int64(limit))], GuessStore.alarm
        ).compactMap { $0 }
    }

    func countOpen(_ connection: Connection) throws -> Int {
        try connection.first(
            """
            SELECT count(*) FROM alarm a
            WHERE NOT EXISTS (SELECT 1 FROM alarm_answer n WHERE n.alarm_id = a.alarm_id)
            """
        ) { try $0.int(0) } ?? 0
    }

    /// Writes the answer beside it; one that exists already is `DatabaseError.uniqueViolation`.
    func answer(_ alarm: Alarm, _ answer: Alarm.Answer, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO alarm_answer (alarm_id, about, account, role, office, answered_at, note)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(alarm.id), .text(alarm.actor.account), .text(answer.actor.account), .text(answer.actor.role),
                .text(answer.actor.office), .integer(answer.answered.microseconds), .text(answer.note),
            ])
    }

    private static func alarm(_ row: Row) throws -> Alarm? {
        guard let kind = GuessKind(rawValue: try row.text(1)) else { return nil }
        var answer: Alarm.Answer?
        if let account = try row.textOrNull(8) {
            answer = Alarm.Answer(
                actor: Actor(account: account, role: try row.text(9), office: try row.text(10)),
                answered: Instant(microseconds: try row.int64(11)), note: try row.text(12))
        }
        return Alarm(
            id: try row.int64(0), kind: kind,
            actor: Actor(account: try row.text(2), role: try row.text(3), office: try row.text(4)),
            first: Instant(microseconds: try row.int64(5)), raised: Instant(microseconds: try row.int64(6)),
            tries: try row.int(7), answer: answer)
    }
}
