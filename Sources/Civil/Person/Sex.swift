/// Giới tính: male or female, as the civil-status book says; written canonically `M` or `F`.
package enum Sex: String, Hashable, Sendable, Codable, CaseIterable {
    case male = "M"
    case female = "F"

    /// The code on the national exchange (QCVN 109:2017): `1` Nam, `2` Nữ; `0` there means not known.
    package var wireCode: String { self == .male ? "1" : "2" }

    /// The word on papers.
    package var vietnamese: String { self == .male ? "Nam" : "Nữ" }

    /// The word in English.
    package var english: String { self == .male ? "Male" : "Female" }

    /// Reads `Nam`, `nam`, `M`, `1`, `Nữ`, `Nu`, `F`, `2` and their kin; an empty text and `0` are missing.
    ///
    /// Signs alone (`???`) and a number below zero (`-1`) are not understood: the key knows neither.
    package static func parse(_ text: String) throws(SexRefusal) -> Sex {
        let key = Folding.compactKey(text)
        if key.isEmpty, !Folding.isBlank(text) { throw .unknown }
        if Folding.isBelowZero(text) { throw .unknown }
        switch key {
        case "nam", "m", "1", "male", "trai": return .male
        case "nu", "f", "2", "female", "gai": return .female
        case "", "0", "khongro": throw .missing
        default: throw .unknown
        }
    }
}

/// Lý do không đọc được giới tính: why a written sex was refused.
package enum SexRefusal: ExplainedRefusal {
    case missing
    case unknown

    package var code: String {
        switch self {
        case .missing: "missing_sex"
        case .unknown: "unknown_sex"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .missing:
            Sentence(
                "Chưa ghi giới tính: ghi Nam hoặc Nữ theo giấy khai sinh.",
                "The sex is not stated: write Nam or Nữ as on the birth certificate.")
        case .unknown:
            Sentence(
                "Không hiểu giới tính đã ghi: ghi Nam hoặc Nữ.",
                "The sex that was written is not understood: write Nam or Nữ.")
        }
    }
}
