import Civil
import Linkage

/// What of a sheet or record tells whether two of them are the same person.
package struct IdentityFacts: Hashable, Sendable {
    package var name: PersonName?
    package var birth: PartialDate?
    /// The year that the sheet states, even where its date is impossible.
    package var birthYear: Int?
    package var sex: Sex?
    package var number: String?
    package var oldNumber: String?
    package var permanent: UnitCode?
    package var current: UnitCode?
    package var father: String?
    package var mother: String?
    /// Where the person was born, or the birth was registered.
    package var birthPlace: UnitCode?

    /// The keys under which such a record is looked up: number, old number, name with commune and year, and for what is
    /// not exact name with date, and date with commune; of a date, day and month in either order.
    package var keys: [UInt64] {
        var keys: [UInt64] = []
        if let number { keys.append(IdentityFacts.key(ofNumber: number)) }
        if let oldNumber { keys.append(IdentityFacts.key("o", oldNumber)) }
        if let name, let permanent, let birthYear {
            keys.append(IdentityFacts.key("p", "\(name.key)|\(permanent.set.rawValue)|\(permanent.code)|\(birthYear)"))
        }
        if let date {
            if let name { keys.append(IdentityFacts.key("d", "\(name.key)|\(date)")) }
            if let permanent {
                keys.append(IdentityFacts.key("c", "\(permanent.set.rawValue)|\(permanent.code)|\(date)"))
            }
        }
        return keys
    }

    /// A whole date, the smaller of day and month first; none for the first of January, which stands for a day that
    /// nobody knew and which many of a commune have.
    private var date: String? {
        guard let birth, let month = birth.month, let day = birth.day, month != 1 || day != 1 else { return nil }
        return "\(birth.year)|\(min(day, month))|\(max(day, month))"
    }

    /// The key of everybody who states, holds or held the number.
    static func key(ofNumber number: String) -> UInt64 { key("n", number) }

    private static func key(_ kind: String, _ value: String) -> UInt64 {
        StableHash.of((kind + ":" + value).utf8)
    }
}

/// Trùng nhau chắc chắn: the rules by which two sheets are surely the same person.
///
/// Only exact evidence counts here; finding the others is for the linkage of the whole register.
package enum SamePerson {
    package enum Evidence: String, Hashable, Sendable {
        /// The same 12-digit number and names that do not contradict it.
        case number
        /// The same old number, name and date, as far as both are known.
        case oldNumber = "old_number"
        /// The same name, date and sex in one household.
        case household
        /// The same name, full date and sex, and both communes the same.
        case places
    }

    /// Why the two are the same person; nil when that is not sure.
    package static func evidence(
        _ one: IdentityFacts, _ other: IdentityFacts, sameHousehold: Bool
    ) -> Evidence? {
        // Names cost most to compare and come last: most pairs differ in something cheaper.
        if let number = one.number, let second = other.number {
            return number == second && compareNames(one, other) != .different ? .number : nil
        }
        if let sex = one.sex, let second = other.sex, sex != second { return nil }
        let dates = DateComparison.compare(one.birth, other.birth)
        if let number = one.oldNumber, let second = other.oldNumber {
            guard number == second, fits(dates) || dates == .unknown else { return nil }
            return isSameName(compareNames(one, other)) ? .oldNumber : nil
        }
        if sameHousehold {
            guard fits(dates) || dates == .unknown && one.birthYear == other.birthYear else { return nil }
            return isSameSpelling(one, other) ? .household : nil
        }
        guard dates == .equal, one.birth?.precision == .day, one.permanent != nil, one.permanent == other.permanent,
            one.current == other.current, parentsFit(one, other)
        else { return nil }
        return isSameSpelling(one, other) ? .places : nil
    }

    private static func isSameSpelling(_ one: IdentityFacts, _ other: IdentityFacts) -> Bool {
        guard let name = one.name, let second = other.name else { return false }
        return NameComparison.isSameSpelling(name, second)
    }

    private static func compareNames(_ one: IdentityFacts, _ other: IdentityFacts) -> NameAgreement {
        guard let name = one.name, let second = other.name else { return .different }
        return NameComparison.compare(name, second)
    }

    private static func isSameName(_ agreement: NameAgreement) -> Bool {
        switch agreement {
        case .equal, .equalKey, .toneOrPlacement, .near: true
        case .reordered, .partMissing, .different: false
        }
    }

    private static func fits(_ agreement: DateAgreement) -> Bool {
        switch agreement {
        case .equal, .compatible: true
        case .dayMonthSwapped, .oneDigit, .yearOnlyEqual, .different, .unknown: false
        }
    }

    /// Parents' names that are both stated must be the same.
    private static func parentsFit(_ one: IdentityFacts, _ other: IdentityFacts) -> Bool {
        for (name, second) in [(one.father, other.father), (one.mother, other.mother)] {
            if let name, let second, Folding.key(name) != Folding.key(second) { return false }
        }
        return true
    }
}
