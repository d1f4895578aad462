import Access
import Civil

/// Lý do không quyết định được phiếu: why a held row is not decided; nothing is recorded then.
package enum SheetDecisionRefusal: ExplainedRefusal {
    case notHeld
    case decidedAlready
    case reasonNeeded
    case noCandidate
    /// What keeps the row from being a person as it stands.
    case correctFirst([FindingCode])
    /// What still holds the row with the fields as they are now.
    case stillHeld([FindingCode])
    case otherCause
    case sampleTooSmall(Int)
    case tooMany

    package var code: String {
        switch self {
        case .notHeld: "sheet_not_held"
        case .decidedAlready: "sheet_decided_already"
        case .reasonNeeded: "sheet_reason_needed"
        case .noCandidate: "sheet_candidate_unknown"
        case .correctFirst: "sheet_correct_first"
        case .stillHeld: "sheet_still_held"
        case .otherCause: "sheet_other_cause"
        case .sampleTooSmall: "sheet_sample_too_small"
        case .tooMany: "sheet_too_many"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .notHeld:
            Sentence(
                "Không có phiếu chờ xem xét ở dòng này; mở lại danh sách của lô.",
                "No row is held there; open the list of the batch again.")
        case .decidedAlready:
            Sentence(
                "Cán bộ khác vừa quyết định phiếu này; mở lại để xem quyết định.",
                "Another officer has just decided on this row; open it again to see the decision.")
        case .reasonNeeded:
            Sentence(
                "Ghi lý do của quyết định, tối đa \(Verdict.longestReason) ký tự.",
                "Write the reason of the decision, at most \(Verdict.longestReason) characters.")
        case .noCandidate:
            Sentence(
                "Chọn một trong những người hiện bên cạnh phiếu.", "Choose one of the people shown beside the row.")
        case .correctFirst(let causes):
            Sentence(
                "Sửa phiếu trước khi tiếp nhận. \(SheetDecisionRefusal.sentences(causes).vietnamese)",
                "Correct the row before it is accepted. \(SheetDecisionRefusal.sentences(causes).english)")
        case .stillHeld(let causes):
            Sentence(
                "Phiếu đã sửa vẫn chưa tiếp nhận được. \(SheetDecisionRefusal.sentences(causes).vietnamese)",
                "The corrected row cannot be accepted yet. \(SheetDecisionRefusal.sentences(causes).english)")
        case .otherCause:
            Sentence(
                "Chỉ quyết định cùng lúc các phiếu có cùng nguyên nhân; chọn lại.",
                "Only rows with the same cause are decided together; choose again.")
        case .sampleTooSmall(let needed):
            Sentence(
                "Mở xem ít nhất \(needed) phiếu trong số này trước khi quyết định cùng lúc.",
                "Open at least \(needed) of these rows before deciding on all of them.")
        case .tooMany:
            Sentence(
                "Chọn từ 1 đến \(PopulationRegister.mostDecidedTogether) phiếu cho một lần quyết định.",
                "Choose 1 to \(PopulationRegister.mostDecidedTogether) rows for one decision.")
        }
    }

    private static func sentences(_ causes: [FindingCode]) -> Sentence {
        Sentence(
            causes.map(\.sentence.vietnamese).joined(separator: " "),
            causes.map(\.sentence.english).joined(separator: " "))
    }
}
