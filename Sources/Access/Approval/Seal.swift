import Civil
import Ledger

/// Bảo vệ đặc biệt: a person's record that is shown to nobody but the ministry and in an emergency, while it stands.
package struct Seal: Hashable, Sendable {
    /// The number of the request that it follows from.
    package let id: Int64
    /// The register's own key of the person.
    package let person: Int64
    package let since: Instant
    /// The first moment at which it no longer stands; nil: until it is lifted.
    package let until: Instant?
    package let reason: String
    /// Who asked for it.
    package let asker: Actor

    package init(id: Int64, person: Int64, since: Instant, until: Instant?, reason: String, asker: Actor) {
        self.id = id
        self.person = person
        self.since = since
        self.until = until
        self.reason = reason
        self.asker = asker
    }
}

/// Đề nghị bảo vệ đặc biệt: that a record be sealed, or a seal lifted; asked by one, decided once by another.
package struct SealRequest: Hashable, Sendable {
    package let id: Int64
    /// The register's own key of the person.
    package let person: Int64
    package let wish: Wish
    package let reason: String
    package let asker: Actor
    package let asked: Instant
    /// It can be decided before this instant and not at it.
    package let expires: Instant
    package let decision: SecondDecision?

    package enum Wish: Hashable, Sendable {
        /// Niêm phong: to stand until an instant, or until it is lifted.
        case seal(until: Instant?)
        /// Gỡ: a seal that stands.
        case lift(seal: Int64)
    }

    package init(
        id: Int64, person: Int64, wish: Wish, reason: String, asker: Actor, asked: Instant,
        decision: SecondDecision? = nil
    ) {
        self.id = id
        self.person = person
        self.wish = wish
        self.reason = reason
        self.asker = asker
        self.asked = asked
        expires = Approval.expiry(askedAt: asked)
        self.decision = decision
    }

    /// Longest reason, in characters.
    package static let longestReason = 200

    /// Why it cannot be decided at that instant; nil when it can.
    package func refusal(at now: Instant) -> ApprovalRefusal? {
        if decision != nil { return .alreadyDecided }
        return now < expires ? nil : .expired
    }
}

/// Vì sao chưa niêm phong hay gỡ được: why a seal is not asked for or not decided.
package enum SealRefusal: ExplainedRefusal, CaseIterable {
    /// No seal of that number stands that this officer may see.
    case unknown
    /// The record is sealed already.
    case alreadySealed
    case reasonMissing
    /// The day on which it is to end has come already, or is none.
    case endNotAhead

    package var code: String {
        switch self {
        case .unknown: "seal_unknown"
        case .alreadySealed: "seal_stands_already"
        case .reasonMissing: "seal_reason_missing"
        case .endNotAhead: "seal_end_not_ahead"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .unknown:
            Sentence(
                "Không có niêm phong đang hiệu lực với số này cho bạn; xem lại danh sách.",
                "No seal of this number stands for you; look at the list.")
        case .alreadySealed:
            Sentence(
                "Hồ sơ này đang được bảo vệ đặc biệt; gỡ niêm phong cũ trước.",
                "This record is sealed already; lift that seal first.")
        case .reasonMissing:
            Sentence(
                "Niêm phong hay gỡ niêm phong phải nêu lý do; ghi từ 1 đến \(SealRequest.longestReason) ký tự.",
                "Sealing and lifting need a reason; write 1 to \(SealRequest.longestReason) characters.")
        case .endNotAhead:
            Sentence(
                "Ngày hết niêm phong phải ở phía trước; sửa ngày, hoặc để trống cả ba ô.",
                "The seal must end on a day to come; mend the date, or leave all three fields empty.")
        }
    }
}
