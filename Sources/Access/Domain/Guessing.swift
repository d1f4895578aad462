import Civil
import Ledger

/// Dò số: what somebody does who tries numbers out, or who names many people of elsewhere; counted an hour long.
package enum GuessKind: String, CaseIterable, Hashable, Sendable, Codable {
    /// Tra không thấy: nobody like that, or nobody whom the officer may see.
    case misses
    /// Tra đúng số, họ tên và ngày sinh: people of elsewhere are seen that way.
    case exactNames = "exact_names"

    /// How many there may be in an hour; with the last of them an alarm is raised, and what follows is refused.
    package var most: Int {
        switch self {
        case .misses: 20
        case .exactNames: 60
        }
    }

    /// How long is counted from the first one, in microseconds: an hour.
    package static let window: Int64 = 3_600_000_000
}

/// How often an account did one of them since the first that counts.
package struct GuessCount: Hashable, Sendable {
    package let since: Instant
    package let tries: Int

    package init(since: Instant, tries: Int) {
        self.since = since
        self.tries = tries
    }

    /// Whether it still counts; a clock that was set back begins anew and makes no pause longer.
    package func counts(at now: Instant) -> Bool {
        (0..<GuessKind.window).contains(now.microseconds - since.microseconds)
    }

    /// Whether no more of that kind is allowed now.
    package func isOver(_ kind: GuessKind, at now: Instant) -> Bool { counts(at: now) && tries >= kind.most }

    /// What is remembered after one more.
    package static func after(_ count: GuessCount?, at now: Instant) -> GuessCount {
        guard let count, count.counts(at: now) else { return GuessCount(since: now, tries: 1) }
        return GuessCount(since: count.since, tries: min(count.tries, 1_000_000) + 1)
    }
}

/// Cảnh báo: an account did too much of what may be guessing; for the data-protection officer.
///
/// It names no citizen.
package struct Alarm: Hashable, Sendable {
    package let id: Int64
    package let kind: GuessKind
    /// Whose account it was, in which role and office.
    package let actor: Actor
    /// When the first counted one was, and when the limit was reached.
    package let first: Instant
    package let raised: Instant
    /// How many there were, with those that were refused afterwards.
    package let tries: Int
    package let answer: Answer?

    /// Ghi nhận: what the data-protection officer found out and did.
    package struct Answer: Hashable, Sendable {
        package let actor: Actor
        package let answered: Instant
        package let note: String

        package init(actor: Actor, answered: Instant, note: String) {
            self.actor = actor
            self.answered = answered
            self.note = note
        }
    }

    /// Longest note, in characters.
    package static let longestNote = 500

    package init(
        id: Int64, kind: GuessKind, actor: Actor, first: Instant, raised: Instant, tries: Int, answer: Answer? = nil
    ) {
        self.id = id
        self.kind = kind
        self.actor = actor
        self.first = first
        self.raised = raised
        self.tries = tries
        self.answer = answer
    }
}

/// Vì sao chưa ghi nhận được: why an alarm is not answered.
package enum AlarmRefusal: ExplainedRefusal, CaseIterable {
    case unknown
    case answered
    case noteMissing
    /// It is about the very officer who answers.
    case own

    package var code: String {
        switch self {
        case .unknown: "alarm_unknown"
        case .answered: "alarm_answered"
        case .noteMissing: "alarm_note_missing"
        case .own: "alarm_own"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .unknown:
            Sentence(
                "Không có cảnh báo với số này; xem lại danh sách cảnh báo.",
                "There is no alarm of this number; look at the list of alarms.")
        case .answered:
            Sentence(
                "Cảnh báo này đã có người ghi nhận; xem ghi chú.",
                "Somebody has answered this alarm already; see the note.")
        case .noteMissing:
            Sentence(
                "Ghi đã tìm hiểu và xử lý thế nào, từ 1 đến \(Alarm.longestNote) ký tự.",
                "Write what you found out and did, in 1 to \(Alarm.longestNote) characters.")
        case .own:
            Sentence(
                "Cảnh báo về chính bạn phải do người khác ghi nhận; chuyển cho đồng nghiệp.",
                "An alarm about yourself is answered by somebody else; pass it to a colleague.")
        }
    }
}
