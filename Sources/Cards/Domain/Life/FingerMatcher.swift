import Civil

/// Cổng đối chiếu vân tay 1:1: whether two prints are of one finger.
///
/// In the shape of `verify` of OSIA's biometric interface (abis.yaml 1.6.0): what is taken now and what was taken
/// before go in, a decision comes out. A service behind that interface fits behind this port.
package protocol FingerMatcher: Sendable {
    /// - Parameters:
    ///   - probe: what is taken now; a picture.
    ///   - reference: what was taken before.
    func verify(_ probe: FingerPrint, against reference: FingerPrint) async throws -> Bool
}

/// Lý do không đối chiếu được: why two prints could not be compared.
package enum FingerMatchRefusal: String, ExplainedRefusal {
    /// Nobody compares fingers here.
    case noMatcher = "finger_matcher_missing"
    /// The probe has too little to compare.
    case probePoor = "finger_probe_poor"
    /// What was taken before has too little to compare, or is of a form that the matcher does not know.
    case referencePoor = "finger_reference_poor"
    case matcherFailed = "finger_matcher_failed"

    package var code: String { rawValue }

    package var sentence: Sentence {
        switch self {
        case .noMatcher:
            Sentence(
                "Ở đây không có bộ đối chiếu vân tay; cài libfprint-2-2, hoặc kiểm tra người nhận bằng cách khác.",
                "Nobody compares fingers here; install libfprint-2-2, or check the receiver another way.")
        case .probePoor:
            Sentence(
                "Vân tay vừa thu quá ít đặc trưng; lau ngón, thu lại hoặc thử ngón khác.",
                "The finger just taken shows too little; clean it and take it again, or try another finger.")
        case .referencePoor:
            Sentence(
                "Vân tay trong hồ sơ không đủ để đối chiếu; thử ngón khác.",
                "The finger of the application is not enough to compare with; try another finger.")
        case .matcherFailed:
            Sentence(
                "Bộ đối chiếu vân tay không trả lời; thử lại, hoặc kiểm tra người nhận bằng cách khác.",
                "The matcher gave no answer; try again, or check the receiver another way.")
        }
    }
}
