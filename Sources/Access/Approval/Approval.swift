import Civil
import Ledger

/// Đề nghị phê duyệt: what one officer asks a second one to approve, as it was asked.
///
/// It never changes; the decision stands beside it, once.
package struct Approval: Hashable, Sendable {
    package let id: Int64
    package let kind: ActKind
    /// The request of the act, in the JSON that it was asked in.
    package let request: [UInt8]
    /// Everybody concerned, with the version that the act would have in each stream when it was asked.
    package let subjects: [SubjectVersion]
    /// What would change, as JSON.
    package let preview: [UInt8]
    /// Account, role and office of whoever asks.
    package let asker: Actor
    package let asked: Instant
    /// It can be decided before this instant and not at it.
    package let expires: Instant
    package let decision: Decision?

    package init(
        id: Int64, kind: ActKind, request: [UInt8], subjects: [SubjectVersion], preview: [UInt8], asker: Actor,
        asked: Instant, expires: Instant, decision: Decision? = nil
    ) {
        self.id = id
        self.kind = kind
        self.request = request
        self.subjects = subjects
        self.preview = preview
        self.asker = asker
        self.asked = asked
        self.expires = expires
        self.decision = decision
    }

    /// Quyết định: by whom, when, and what came of it.
    package struct Decision: Hashable, Sendable {
        package let actor: Actor
        package let decided: Instant
        package let outcome: Outcome

        package init(actor: Actor, decided: Instant, outcome: Outcome) {
            self.actor = actor
            self.decided = decided
            self.outcome = outcome
        }
    }

    package enum Outcome: Hashable, Sendable {
        /// The act that was recorded by it.
        case accepted(ActID)
        case rejected(reason: String)
    }

    /// How long somebody may decide, in days; then what was asked is no longer what is.
    package static let days = 7

    package static func expiry(askedAt asked: Instant) -> Instant {
        Instant(microseconds: asked.microseconds + Int64(days) * 86_400_000_000)
    }

    /// Why it cannot be decided at that instant; nil when it can.
    package func refusal(at now: Instant) -> ApprovalRefusal? {
        if decision != nil { return .alreadyDecided }
        return now < expires ? nil : .expired
    }

    /// Trả lại: whether it was rejected, or nobody decided it in time.
    package func isReturned(at now: Instant) -> Bool {
        guard let decision else { return now >= expires }
        if case .rejected = decision.outcome { return true }
        return false
    }
}

/// What an approver says to it.
package enum Verdict: Hashable, Sendable {
    case accept
    case reject(reason: String)

    /// Longest reason, in characters.
    package static let longestReason = 200

    /// The verdict with its reason in single spaces.
    package func checked() throws(ApprovalRefusal) -> Verdict {
        guard case .reject(let reason) = self else { return self }
        guard let stated = PlainLine.parse(reason, longest: Verdict.longestReason) else { throw .reasonMissing }
        return .reject(reason: stated)
    }
}

/// Vì sao chưa phê duyệt được: why something is not asked or not decided.
package enum ApprovalRefusal: ExplainedRefusal, CaseIterable {
    /// There is none of that number that this officer may see.
    case unknown
    /// One person is enough for the act.
    case notNeeded
    case expired
    case alreadyDecided
    /// The reason of a rejection is missing or too long.
    case reasonMissing
    /// Somebody's record is another one than when it was asked.
    case changed
    /// Whoever asked holds the role no longer.
    case askerGone
    /// Several are to be accepted together, and too few of them were opened.
    case sampleTooSmall
    /// They are not of one kind, asker, basis and ground.
    case notAlike
    /// None, or more than are decided together.
    case tooMany

    package var code: String {
        switch self {
        case .unknown: "approval_unknown"
        case .notNeeded: "approval_not_needed"
        case .expired: "approval_expired"
        case .alreadyDecided: "approval_already_decided"
        case .reasonMissing: "approval_reason_missing"
        case .changed: "approval_record_changed"
        case .askerGone: "approval_asker_gone"
        case .sampleTooSmall: "approval_sample_too_small"
        case .notAlike: "approval_not_alike"
        case .tooMany: "approval_too_many"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .unknown:
            Sentence(
                "Không có đề nghị phê duyệt nào với số này cho bạn; xem lại danh sách chờ phê duyệt.",
                "No approval of this number waits for you; look at the list of approvals.")
        case .notNeeded:
            Sentence(
                "Việc này không cần người thứ hai; ghi trực tiếp.",
                "This needs no second person; record it directly.")
        case .expired:
            Sentence(
                "Đề nghị đã quá \(Approval.days) ngày; nhờ người đề nghị gửi lại.",
                "This was asked more than \(Approval.days) days ago; have it asked again.")
        case .alreadyDecided:
            Sentence(
                "Đề nghị này đã có người quyết định; xem kết quả.",
                "Somebody has decided this already; look at the outcome.")
        case .reasonMissing:
            Sentence(
                "Từ chối phải nêu lý do; ghi lý do từ 1 đến \(Verdict.longestReason) ký tự.",
                "A rejection needs a reason; write 1 to \(Verdict.longestReason) characters.")
        case .changed:
            Sentence(
                "Hồ sơ đã thay đổi sau khi đề nghị; từ chối đề nghị này và nhờ gửi lại.",
                "The record has changed since this was asked; reject it and have it asked again.")
        case .askerGone:
            Sentence(
                "Người đề nghị không còn giữ vai trò; từ chối, và để người có thẩm quyền đề nghị lại.",
                "Whoever asked holds the role no longer; reject it and have somebody whose role may ask again.")
        case .sampleTooSmall:
            Sentence(
                "Trước khi chấp thuận cùng lúc, mở xem ít nhất ba đề nghị trong số đã chọn (ít hơn thì mở tất cả).",
                "Open at least three of those you chose before you accept them together (all where they are fewer)."
            )
        case .notAlike:
            Sentence(
                "Các đề nghị này không cùng loại, người đề nghị, căn cứ và lý do; quyết định từng việc.",
                "These are not of one kind, asker, legal basis and ground; decide them one by one.")
        case .tooMany:
            Sentence(
                "Mỗi lần chấp thuận cùng lúc từ 1 đến 200 đề nghị; chọn lại.",
                "Between 1 and 200 are accepted together; choose again.")
        }
    }
}
