import Civil
import Database
import Ledger

/// Biểu mẫu đã gửi: the key that a check page gives its form, so that it is recorded once however often it is sent.
package struct SentForm: Hashable, Sendable {
    private let key: SecretToken

    /// Nil for what is no key of ours.
    package init?(key text: String) {
        guard let key = SecretToken(text: text) else { return nil }
        self.key = key
    }

    package static func == (one: SentForm, other: SentForm) -> Bool { one.key.hash == other.key.hash }

    package func hash(into hasher: inout Hasher) { hasher.combine(key.hash) }

    /// How long keys are kept: a day, in microseconds; no session that could send the form again lasts longer.
    private static let kept: Int64 = 86_400_000_000

    /// Marks the form as recorded, in the transaction that records it.
    ///
    /// - Throws: `DatabaseError.uniqueViolation` of `sent_form` when it was before.
    package func mark(at now: Instant, on connection: Connection) throws {
        // One in 256 clears up: a range that every transaction deletes would make them all wait for each other.
        if key.hash.bytes.first == 0 {
            try connection.execute(
                "DELETE FROM sent_form WHERE sent_at < ?", [.integer(now.microseconds - SentForm.kept)])
        }
        try connection.execute(
            "INSERT INTO sent_form (key_hash, sent_at) VALUES (?, ?)",
            [.blob(key.hash.bytes), .integer(now.microseconds)])
    }
}
