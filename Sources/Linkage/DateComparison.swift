import Civil

/// Mức khớp ngày sinh: how far two dates agree.
package enum DateAgreement: String, Hashable, Sendable, Codable, CaseIterable {
    /// The same date, known equally well.
    case equal
    /// One is known less well, and both can mean the same day.
    case compatible
    /// Day and month stand in each other's place.
    case dayMonthSwapped = "day_month_swapped"
    /// One digit differs.
    case oneDigit = "one_digit"
    /// Only the year is the same.
    case yearOnlyEqual = "year_only_equal"
    case different
    /// One of them, or both, are not known.
    case unknown
}

/// So sánh ngày sinh: compares dates that may be partly known.
package enum DateComparison {
    /// How far the dates agree, the same in either order.
    package static func compare(_ left: PartialDate?, _ right: PartialDate?) -> DateAgreement {
        guard let left, let right else { return .unknown }
        if left == right { return .equal }
        if left.precision != right.precision, left.isCompatible(with: right) { return .compatible }
        if left.year == right.year, left.day != nil, left.day == right.month, left.month == right.day {
            return .dayMonthSwapped
        }
        if left.precision == right.precision, digitsThatDiffer(left.canonical, right.canonical) == 1 {
            return .oneDigit
        }
        return left.year == right.year ? .yearOnlyEqual : .different
    }

    private static func digitsThatDiffer(_ left: String, _ right: String) -> Int {
        zip(left.utf8, right.utf8).count { $0 != $1 }
    }
}
