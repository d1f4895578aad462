import Access
import Civil

/// Lý do không kết luận được về một cặp nghi trùng; nothing is recorded then.
package enum DuplicateRefusal: ExplainedRefusal, CaseIterable {
    /// There is no such pair that waits in this officer's places.
    case unknown
    case reasonNeeded
    /// The record that is to remain is neither of the two.
    case remainsUnknown
    /// One of the two lives elsewhere.
    case seenByNobodyHere
    case sampleTooSmall
    case tooMany
    /// Merging goes one by one.
    case notTogether
    case memoryTooSmall
    /// Another process has begun a sweep, or ended this one.
    case sweptElsewhere
    /// A rule of automatic merging below the least probability.
    case ruleTooLow
    /// There is no such rule that waits.
    case ruleUnknown

    package var code: String {
        switch self {
        case .unknown: "duplicate_unknown"
        case .reasonNeeded: "duplicate_reason_needed"
        case .remainsUnknown: "duplicate_remains_unknown"
        case .seenByNobodyHere: "duplicate_half_elsewhere"
        case .sampleTooSmall: "duplicate_sample_too_small"
        case .tooMany: "duplicate_too_many"
        case .notTogether: "duplicate_not_together"
        case .memoryTooSmall: "duplicate_memory_too_small"
        case .sweptElsewhere: "duplicate_swept_elsewhere"
        case .ruleTooLow: "duplicate_rule_too_low"
        case .ruleUnknown: "duplicate_rule_unknown"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .unknown:
            Sentence(
                "Cặp này không còn chờ xem xét; mở lại danh sách nghi trùng.",
                "This pair waits no longer; open the list of possible duplicates again.")
        case .reasonNeeded:
            Sentence(
                "Ghi lý do của kết luận, tối đa \(Verdict.longestReason) ký tự.",
                "Write the reason of the decision, at most \(Verdict.longestReason) characters.")
        case .remainsUnknown:
            Sentence(
                "Chọn bản ghi được giữ lại: một trong hai bản ghi của cặp.",
                "Choose the record that remains: one of the two of the pair.")
        case .seenByNobodyHere:
            Sentence(
                "Một trong hai người cư trú ở địa bàn khác; cơ quan cấp trên, nơi thấy cả hai, kết luận.",
                "One of the two lives elsewhere; an office above, which sees both, decides.")
        case .sampleTooSmall:
            Sentence(
                "Mở xem ít nhất \(PopulationRegister.sampleBeforeMany) cặp cùng căn cứ trước khi kết luận cùng lúc.",
                "Open at least \(PopulationRegister.sampleBeforeMany) pairs with this evidence before deciding on all.")
        case .tooMany:
            Sentence(
                "Chọn từ 1 đến \(PopulationRegister.mostDecidedTogether) cặp cho một lần kết luận.",
                "Choose 1 to \(PopulationRegister.mostDecidedTogether) pairs for one decision.")
        case .notTogether:
            Sentence(
                "Chỉ kết luận cùng lúc các cặp có cùng căn cứ; hợp nhất phải quyết định từng cặp.",
                "Only pairs with the same evidence are decided together; merging is decided pair by pair.")
        case .memoryTooSmall:
            Sentence(
                "Bộ nhớ cho phép không đủ để rà soát toàn bộ cơ sở dữ liệu; cho nhiều hơn bằng --memory.",
                "The memory given is too small to sweep the whole register; give more with --memory.")
        case .sweptElsewhere:
            Sentence(
                "Một tiến trình khác đang rà soát hoặc vừa rà soát xong; xem bằng dancu duplicates status.",
                "Another process sweeps or has just swept; look with dancu duplicates status.")
        case .ruleTooLow:
            Sentence(
                "Ngưỡng hợp nhất tự động phải từ 0,999 đến 1; ghi lại ngưỡng.",
                "The threshold of automatic merging lies from 0.999 to 1; write another one.")
        case .ruleUnknown:
            Sentence(
                "Quy tắc này không chờ phê duyệt; mở lại danh sách quy tắc.",
                "This rule does not wait for approval; open the list of rules again.")
        }
    }
}
