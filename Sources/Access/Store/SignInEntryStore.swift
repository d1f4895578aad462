import Civil
import Database

/// Sign-ins on record: only ever added to, and taken away when their time is over.
struct SignInEntryStore {
    func insert(_ entry: SignInEntry, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO sign_in_entry (entry_id, officer_id, at, event, method, reason, place)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(entry.id), .integerOrNull(entry.officer), .integer(entry.at.microseconds),
                .text(entry.event.rawValue), .text(entry.method.rawValue), .textOrNull(entry.reason),
                .text(entry.place),
            ])
    }

    /// The latest entries of an officer, newest first.
    func entries(of officer: Int64, limit: Int, _ connection: Connection) throws -> [SignInEntry] {
        try connection.rows(
            """
            SELECT entry_id, at, event, method, reason, place FROM sign_in_entry
            WHERE officer_id = ? ORDER BY at DESC, entry_id DESC LIMIT ?
            """, [.integer(officer), .integer(limit)]
        ) { row -> SignInEntry? in
            guard let event = SignInEntry.Event(rawValue: try row.text(2)),
                let method = Session.Method(rawValue: try row.text(3))
            else { return nil }
            return SignInEntry(
                id: try row.int64(0), officer: officer, at: Instant(microseconds: try row.int64(1)), event: event,
                method: method, reason: try row.textOrNull(4), place: try row.text(5))
        }.compactMap { $0 }
    }

    /// Takes away what has been kept long enough; once a day at most.
    func removeOld(at now: Instant, on connection: Connection) throws {
        let cut = now.microseconds - SignInEntry.kept
        let last = try connection.first("SELECT max(cut_at) FROM sign_in_retention") { try $0.int64OrNull(0) }
        guard cut - (last.flatMap { $0 } ?? 0) >= 86_400_000_000 else { return }
        let isAny = try connection.first("SELECT 1 FROM sign_in_entry WHERE at < ? LIMIT 1", [.integer(cut)]) { _ in
            true
        }
        guard isAny == true else { return }
        try connection.execute(
            "INSERT INTO sign_in_retention (cut_at, made_at) VALUES (?, ?)",
            [.integer(cut), .integer(now.microseconds)])
        try connection.execute("DELETE FROM sign_in_entry WHERE at < ?", [.integer(cut)])
    }
}
