import Civil
import Database
import Ledger

/// Biểu mẫu đã gửi: the key that a form of the console, or a program's request, carries, so that it is recorded
/// once however often it is sent.
package struct SentForm: Hashable, Sendable {
    private let key: Digest32
    /// What a program asked with the key; the console's forms have keys that are used for one form alone.
    private let content: Digest32?

    /// The key that a page gives its form; nil for what is no key of ours.
    package init?(key text: String) {
        guard let token = SecretToken(text: text) else { return nil }
        key = token.hash
        content = nil
    }

    /// The key that a program chose for a request (`Idempotency-Key`); another account's same key is another one.
    ///
    /// Nil for a key that is empty, longer than `longestKey`, or has other than visible ASCII characters.
    package init?(programKey text: String, of requester: Requester, content: [UInt8]) {
        guard (1...SentForm.longestKey).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else { return nil }
        key = SecretHash.digest(of: Array("\(requester.actor.account)\n\(text)".utf8))
        self.content = SecretHash.digest(of: content)
    }

    package static let longestKey = 100

    /// A short name for what one form makes, the same however often it is sent.
    package var name: String { String(key.hex.prefix(10)) }

    /// How long keys are kept: a day, in microseconds; no session that could send the form again lasts longer.
    private static let kept: Int64 = 86_400_000_000

    /// Marks the form as recorded, in the transaction that records it.
    ///
    /// - Parameter made: the act, the approval or the file that came of it.
    /// - Throws: `DatabaseError.uniqueViolation` of `sent_form` when it was before.
    package func mark(_ made: Int64, at now: Instant, on connection: Connection) throws {
        // One in 256 clears up: a range that every transaction deletes would make them all wait for each other.
        if key.bytes.first == 0 {
            try connection.execute(
                "DELETE FROM sent_form WHERE sent_at < ?", [.integer(now.microseconds - SentForm.kept)])
        }
        try connection.execute(
            "INSERT INTO sent_form (key_hash, sent_at, made_id, content) VALUES (?, ?, ?, ?)",
            [
                .blob(key.bytes), .integer(now.microseconds), .integer(made),
                content.map { .blob($0.bytes) } ?? .null,
            ])
    }

    /// Whether `mark` refused because the form was recorded before.
    package static func isSentTwice(_ error: any Error) -> Bool {
        guard case DatabaseError.uniqueViolation(let what) = error else { return false }
        return what.contains("sent_form")
    }

    /// What came of the form when it was sent before; nil when it was not.
    ///
    /// - Throws: `SentBefore.otherContent` when the key was used for another request.
    package func made(on connection: Connection) throws -> Int64? {
        let found = try connection.first(
            "SELECT made_id, content FROM sent_form WHERE key_hash = ?", [.blob(key.bytes)]
        ) { row in (made: try row.int64OrNull(0), content: try row.blobOrNull(1)) }
        guard let found else { return nil }
        guard found.content == content?.bytes else { throw SentBefore.otherContent }
        return found.made
    }
}

extension SentForm {
    /// What a program was answered.
    package struct Answer: Hashable, Sendable {
        package let status: Int
        /// JSON, or nothing.
        package let body: [UInt8]

        package init(status: Int, body: [UInt8]) {
            self.status = status
            self.body = body
        }
    }

    /// How far a request that was sent before has come.
    package enum Kept: Hashable, Sendable {
        case answered(Answer)
        /// It was done, and its answer was not kept.
        case lost
    }

    /// Keeps the answer beside the mark of its request.
    package func keep(_ answer: Answer, on connection: Connection) throws {
        try connection.execute(
            "UPDATE sent_form SET status = ?, answer = ? WHERE key_hash = ?",
            [.integer(Int64(answer.status)), .blob(answer.body), .blob(key.bytes)])
    }

    /// What was answered when the request was sent before; nil when it was not.
    ///
    /// - Throws: `SentBefore.otherContent` when the key was used for another request.
    package func answer(on connection: Connection) throws -> Kept? {
        let found = try connection.first(
            "SELECT content, status, answer FROM sent_form WHERE key_hash = ?", [.blob(key.bytes)]
        ) { (content: try $0.blobOrNull(0), status: try $0.int64OrNull(1), body: try $0.blobOrNull(2)) }
        guard let found else { return nil }
        guard found.content == content?.bytes else { throw SentBefore.otherContent }
        guard let status = found.status else { return .lost }
        return .answered(Answer(status: Int(status), body: found.body ?? []))
    }
}

/// Why a key of a program is not taken.
package enum SentBefore: ExplainedRefusal {
    case keyMalformed
    case otherContent
    /// The request was done, and the program ended before its answer was kept.
    case answerLost

    package var code: String {
        switch self {
        case .keyMalformed: "idempotency_key_malformed"
        case .otherContent: "idempotency_key_reused"
        case .answerLost: "idempotency_answer_lost"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .keyMalformed:
            Sentence(
                "Idempotency-Key gồm từ 1 đến \(SentForm.longestKey) ký tự ASCII nhìn thấy được, không có dấu cách.",
                "An Idempotency-Key has 1 to \(SentForm.longestKey) visible ASCII characters without spaces.")
        case .otherContent:
            Sentence(
                "Khóa Idempotency-Key này đã dùng cho một yêu cầu khác; tạo khóa mới cho mỗi yêu cầu.",
                "This Idempotency-Key was used for another request; make a new key for each request.")
        case .answerLost:
            Sentence(
                "Yêu cầu này đã được thực hiện nhưng câu trả lời không còn; đọc lại trạng thái hiện tại.",
                "This request was done, but its answer is gone; read how things stand now.")
        }
    }
}
