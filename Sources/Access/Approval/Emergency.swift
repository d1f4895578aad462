import Civil
import Ledger

/// Truy cập khẩn cấp: asked for by one, approved by two of different offices, granted for a short time, then reviewed.
///
/// The rule is that of `BreakGlass`.
package struct Emergency: Hashable, Sendable {
    package let id: Int64
    /// The register's own keys of those who are named, in the order in which they were.
    package let persons: [Int64]
    package let reason: String
    package let minutes: Int
    package let asker: Actor
    package let asked: Instant
    /// It can be decided before this instant and not at it.
    package let expires: Instant
    /// In their order; a rejection is the last.
    package let decisions: [SecondDecision]
    package let grant: Span?
    package let review: Review?

    /// The time of the grant: from the second approval, up to an instant and not at it.
    package struct Span: Hashable, Sendable {
        package let since: Instant
        package let until: Instant

        package init(since: Instant, until: Instant) {
            self.since = since
            self.until = until
        }
    }

    /// Soát xét: what the data-protection officer found, and until when those looked at are not told, and why.
    package struct Review: Hashable, Sendable {
        package let actor: Actor
        package let reviewed: Instant
        package let note: String
        package let putOff: PutOff?

        package init(actor: Actor, reviewed: Instant, note: String, putOff: PutOff?) {
            self.actor = actor
            self.reviewed = reviewed
            self.note = note
            self.putOff = putOff
        }
    }

    /// Hoãn thông báo.
    package struct PutOff: Hashable, Sendable {
        package let until: Instant
        package let reason: String

        package init(until: Instant, reason: String) {
            self.until = until
            self.reason = reason
        }
    }

    package init(
        id: Int64, persons: [Int64], reason: String, minutes: Int, asker: Actor, asked: Instant,
        decisions: [SecondDecision] = [], grant: Span? = nil, review: Review? = nil
    ) {
        self.id = id
        self.persons = persons
        self.reason = reason
        self.minutes = minutes
        self.asker = asker
        self.asked = asked
        expires = Instant(microseconds: asked.microseconds + Emergency.hoursToDecide * 3_600_000_000)
        self.decisions = decisions
        self.grant = grant
        self.review = review
    }

    /// How long it can be decided, in hours; then it is no emergency any more.
    package static let hoursToDecide: Int64 = 24
    /// Within how many days somebody who was looked at is told.
    package static let daysToTell: Int64 = 3
    /// Longest note of a review, in characters.
    package static let longestNote = 500
    /// Longest reason for putting the telling off, and longest text of how somebody was told.
    package static let longestLine = 200

    /// Why it was rejected, and by whom.
    package var rejection: SecondDecision? { decisions.first { $0.rejection != nil } }

    package func isRunning(at now: Instant) -> Bool {
        grant.map { $0.since <= now && now < $0.until } ?? false
    }

    /// Why it cannot be decided at that instant; nil when it can.
    package func refusal(at now: Instant) -> ApprovalRefusal? {
        if grant != nil || rejection != nil { return .alreadyDecided }
        return now < expires ? nil : .expired
    }
}

/// Thông báo cho người được xem: somebody was looked at in an emergency and is to be told of it.
package struct Notice: Hashable, Sendable {
    package let emergency: Int64
    /// The register's own key of the person.
    package let person: Int64
    package let looked: Instant
    /// When it is to be told at the latest; later where the review put it off.
    package let due: Instant

    package init(emergency: Int64, person: Int64, looked: Instant, due: Instant) {
        self.emergency = emergency
        self.person = person
        self.looked = looked
        self.due = due
    }
}

/// Vì sao chưa làm được: why emergency access is not asked for, reviewed or told of.
package enum EmergencyRefusal: ExplainedRefusal, CaseIterable {
    case unknown
    /// A code is nobody's.
    case personUnknown
    /// It has not ended.
    case stillRunning
    case reviewed
    case noteMissing
    /// It is about the very officer who reviews, or was approved by them.
    case own
    /// The telling is put off without a reason, without a day to come, or once it was told.
    case putOffIncomplete
    /// Nobody waits to be told.
    case noticeUnknown

    package var code: String {
        switch self {
        case .unknown: "emergency_unknown"
        case .personUnknown: "emergency_person_unknown"
        case .stillRunning: "emergency_still_running"
        case .reviewed: "emergency_reviewed"
        case .noteMissing: "emergency_note_missing"
        case .own: "emergency_own_review"
        case .putOffIncomplete: "emergency_put_off_incomplete"
        case .noticeUnknown: "emergency_notice_unknown"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .unknown:
            Sentence(
                "Không có truy cập khẩn cấp với số này cho bạn; xem lại danh sách.",
                "There is no emergency access of this number for you; look at the list.")
        case .personUnknown:
            Sentence(
                "Có mã hồ sơ dân cư không đúng; chép lại nguyên mã, mỗi dòng một mã.",
                "A code is nobody's; copy each code whole, one a line.")
        case .stillRunning:
            Sentence(
                "Truy cập khẩn cấp này chưa kết thúc; soát xét sau khi hết giờ.",
                "This emergency access has not ended; review it when it has.")
        case .reviewed:
            Sentence(
                "Truy cập khẩn cấp này đã được soát xét; xem ghi chú.",
                "This emergency access has been reviewed; see the note.")
        case .noteMissing, .own, .putOffIncomplete, .noticeUnknown: reviewSentence
        }
    }

    private var reviewSentence: Sentence {
        switch self {
        case .noteMissing:
            Sentence(
                "Ghi đã soát xét hay thông báo thế nào, bằng một dòng ngắn.",
                "Write what you found, or how the person was told, in a short line.")
        case .own:
            Sentence(
                "Truy cập do chính bạn đề nghị hay phê duyệt phải do người khác soát xét.",
                "What you asked for or approved yourself is reviewed by somebody else.")
        case .putOffIncomplete:
            Sentence(
                "Hoãn thông báo cần cả ngày ở phía trước và lý do; ghi đủ, hoặc để trống tất cả.",
                "Putting the telling off needs a day to come and a reason; write both, or leave all empty.")
        default:
            Sentence(
                "Không có thông báo nào đang chờ như vậy; xem lại danh sách.",
                "No such notice waits; look at the list.")
        }
    }
}
