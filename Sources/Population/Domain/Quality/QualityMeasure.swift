import Civil

/// Tiêu chí chất lượng: the measures of the launch ("đúng, đủ, sạch, sống") and the share of the population reached.
///
/// The formulas stand in `docs/quality.md`; a register counted by hand proves them.
package enum QualityMeasure: String, CaseIterable, Hashable, Sendable, Codable {
    /// Đúng: filled mandatory fields whose value a source has verified.
    case correct
    /// Đủ: mandatory fields of the list in force that are filled.
    case complete
    /// Sạch: persons without an open finding or duplicate.
    case clean
    /// Sống: persons whose last verified event is young enough.
    case alive
    /// Phủ: persons against the expected population.
    case coverage

    /// The word of the launch.
    package var vietnamese: String {
        switch self {
        case .correct: "đúng"
        case .complete: "đủ"
        case .clean: "sạch"
        case .alive: "sống"
        case .coverage: "phủ"
        }
    }

    package var title: Sentence {
        switch self {
        case .correct: Sentence("Đúng: trường đã xác minh", "Correct: fields verified")
        case .complete: Sentence("Đủ: trường bắt buộc đã có", "Complete: mandatory fields filled")
        case .clean: Sentence("Sạch: người không còn sai phạm", "Clean: persons with nothing open")
        case .alive: Sentence("Sống: người mới được xác minh", "Alive: persons verified of late")
        case .coverage: Sentence("Phủ: so với dân số dự kiến", "Coverage: of the expected population")
        }
    }

    /// The measure that a word names, in Vietnamese with or without marks, or in English.
    package init?(word: some StringProtocol) {
        let key = Folding.key(String(word))
        guard
            let found = QualityMeasure.allCases.first(where: {
                $0.rawValue == key || Folding.key($0.vietnamese) == key
            })
        else { return nil }
        self = found
    }
}

/// Tỷ lệ: a part of a whole, kept as the two counts; a share of nothing is no share.
package struct Share: Hashable, Sendable {
    package let part: Int
    package let whole: Int

    package init(_ part: Int, of whole: Int) {
        self.part = part
        self.whole = whole
    }

    /// Nil when there is nothing to share.
    package var value: Double? { whole > 0 ? Double(part) / Double(whole) : nil }

    /// Millionths, rounded to the nearest; nil when there is nothing to share.
    package var perMillion: Int? {
        guard whole > 0 else { return nil }
        let (high, low) = part.multipliedFullWidth(by: 1_000_000)
        return whole.dividingFullWidth((high, low)).quotient
    }
}
