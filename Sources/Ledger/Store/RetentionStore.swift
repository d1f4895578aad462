import Civil
import Database

/// Thời hạn lưu giữ: takes away what a rule orders to be taken away, and the proof of the log stays whole.
///
/// The rule is written first: the database lets nobody delete a look or a content without one, and the verifier takes a
/// gap for lawful only where an act in the log orders it.
package struct RetentionStore {
    private let connection: Connection
    private let acts: ActStore
    /// Who carries the rule out.
    private let actor: Actor

    package init(connection: Connection, acts: ActStore, actor: Actor) {
        self.connection = connection
        self.acts = acts
        self.actor = actor
    }

    /// The act that orders it, beside the row that the database asks for.
    private func order(_ rule: RetentionRule, legalBasis: String) throws {
        let version = try acts.version(of: RetentionRule.subject, on: connection) + 1
        let draft = ActDraft(
            kind: .retentionRuled, subjects: [SubjectVersion(RetentionRule.subject, version: version)], effective: nil,
            legalBasis: legalBasis, content: rule.canonicalBytes)
        _ = try acts.append([draft], by: actor, on: connection)
    }

    /// How many looks are older than the instant.
    package func looks(before cut: Instant) throws -> Int {
        try connection.first(
            "SELECT count(*) FROM look WHERE look_id < ? AND at < ?", RetentionStore.bounds(cut)
        ) { try $0.int(0) } ?? 0
    }

    /// Writes the rule that looks before the instant go, unless one that reaches as far stands already.
    package func rule(looksBefore cut: Instant, legalBasis: String, at now: Instant) throws {
        let standing =
            try connection.first("SELECT max(cut_at) FROM look_retention") { try $0.int64OrNull(0) ?? 0 } ?? 0
        guard standing < cut.microseconds else { return }
        try connection.execute(
            "INSERT INTO look_retention (cut_at, ruled_at, legal_basis) VALUES (?, ?, ?)",
            [.integer(cut.microseconds), .integer(now.microseconds), .text(legalBasis)])
        try order(.looks(before: cut), legalBasis: legalBasis)
    }

    /// Deletes up to so many looks before the instant, oldest first; how many there were.
    package func deleteLooks(before cut: Instant, atMost most: Int) throws -> Int {
        let looks = try connection.rows(
            "SELECT look_id FROM look WHERE look_id < ? AND at < ? ORDER BY look_id LIMIT ?",
            RetentionStore.bounds(cut) + [.integer(most)]
        ) { [SQLValue.integer(try $0.int64(0))] }
        try connection.executeMany("DELETE FROM look_person WHERE look_id = ?", looks)
        try connection.executeMany("DELETE FROM look WHERE look_id = ?", looks)
        return looks.count
    }

    /// Looks' numbers follow the clock: the verifier knows by the number alone whether a missing look is a rule's.
    private static func bounds(_ cut: Instant) -> [SQLValue] {
        [.integer(((cut.microseconds - 1) / 1000 + 1) << 20), .integer(cut.microseconds)]
    }

    /// Takes an act's content away; its envelope with the commitment stays for ever.
    package func removeContent(of act: ActID, legalBasis: String, at now: Instant) throws {
        try connection.execute(
            "INSERT INTO content_removal (act_id, removed_at, legal_basis) VALUES (?, ?, ?)",
            [.integer(act.rawValue), .integer(now.microseconds), .text(legalBasis)])
        try order(.content(of: act), legalBasis: legalBasis)
        try connection.execute("DELETE FROM act_content WHERE act_id = ?", [.integer(act.rawValue)])
    }
}
