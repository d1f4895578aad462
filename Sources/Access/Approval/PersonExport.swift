import Civil
import Ledger

/// Xuất danh sách công dân: the people of a unit as a file; asked by one, decided by another, taken within a day.
package struct PersonExport: Hashable, Sendable {
    package let id: Int64
    package let unit: UnitCode
    package let reason: String
    package let asker: Actor
    package let asked: Instant
    /// It can be decided before this instant and not at it.
    package let expires: Instant
    package let decision: SecondDecision?
    /// When it was taken for the first time; nil before.
    package let taken: Instant?

    package init(
        id: Int64, unit: UnitCode, reason: String, asker: Actor, asked: Instant, decision: SecondDecision? = nil,
        taken: Instant? = nil
    ) {
        self.id = id
        self.unit = unit
        self.reason = reason
        self.asker = asker
        self.asked = asked
        expires = Approval.expiry(askedAt: asked)
        self.decision = decision
        self.taken = taken
    }

    /// Longest reason, in characters.
    package static let longestReason = 200
    /// People of one file; more are asked for unit by unit.
    package static let mostPersons = 100_000
    /// How long a file that was granted can be taken: a day, in microseconds.
    private static let kept: Int64 = 86_400_000_000

    /// Why it cannot be decided at that instant; nil when it can.
    package func refusal(at now: Instant) -> ApprovalRefusal? {
        if decision != nil { return .alreadyDecided }
        return now < expires ? nil : .expired
    }

    /// Why the file is not given at that instant; nil when it is.
    package func refusalOfTaking(at now: Instant) -> PersonExportRefusal? {
        guard let decision, decision.rejection == nil else { return .notGranted }
        return now.microseconds < decision.decided.microseconds + PersonExport.kept ? nil : .over
    }
}

/// Vì sao chưa xuất được danh sách: why a list is not asked for or not given.
package enum PersonExportRefusal: ExplainedRefusal, CaseIterable {
    /// There is no such request of this account.
    case unknown
    case reasonMissing
    case unitUnknown
    case notGranted
    /// The day within which it was to be taken has passed.
    case over
    case tooMany

    package var code: String {
        switch self {
        case .unknown: "export_unknown"
        case .reasonMissing: "export_reason_missing"
        case .unitUnknown: "export_unit_unknown"
        case .notGranted: "export_not_granted"
        case .over: "export_over"
        case .tooMany: "export_too_many"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .unknown:
            Sentence(
                "Bạn không có đề nghị xuất danh sách nào mang số này; xem danh sách của bạn.",
                "You have no request for a list with this number; look at your own.")
        case .reasonMissing:
            Sentence(
                "Ghi lý do xuất danh sách, từ 1 đến \(PersonExport.longestReason) ký tự trên một dòng.",
                "Say why the list is needed, in one line of 1 to \(PersonExport.longestReason) characters.")
        case .unitUnknown:
            Sentence(
                "Không có đơn vị mang mã này trong danh mục đang dùng; ghi mã xã hoặc mã tỉnh.",
                "There is no unit of this code in the list in force; write the code of a commune or a province.")
        case .notGranted:
            Sentence(
                "Đề nghị chưa được người thứ hai chấp thuận; chờ quyết định.",
                "No second person has granted this request; wait for the decision.")
        case .over:
            Sentence(
                "Đã quá một ngày kể từ khi được chấp thuận; đề nghị lại nếu còn cần.",
                "More than a day has passed since it was granted; ask again if you still need it.")
        case .tooMany:
            Sentence(
                "Danh sách có hơn \(PersonExport.mostPersons) người; xuất từng đơn vị nhỏ hơn.",
                "The list has more than \(PersonExport.mostPersons) people; ask for smaller units.")
        }
    }
}
