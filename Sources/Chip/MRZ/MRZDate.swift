import Civil

/// Ngày trong MRZ: a date of six characters, `YYMMDD`; an unknown month or day is `<<`.
package struct MRZDate: Hashable, Sendable {
    /// 0 to 99.
    package let year: Int
    package let month: Int?
    package let day: Int?

    /// The last two digits of a date's year, and what else is known of it.
    package init(_ date: PartialDate) {
        year = date.year % 100
        month = date.month
        day = date.day
    }

    /// The six characters of a field; nil when they are no date in any century.
    init?(field: some Collection<UInt8>) {
        let bytes = Array(field)
        guard bytes.count == 6, let year = MRZDate.number(bytes[0..<2]) else { return nil }
        let month = MRZDate.number(bytes[2..<4])
        let day = MRZDate.number(bytes[4..<6])
        let gap = [MRZ.filler, MRZ.filler]
        guard month != nil || Array(bytes[2..<4]) == gap, day != nil || Array(bytes[4..<6]) == gap,
            // 2000 + YY has a 29 February whenever another century's year with these digits has one.
            PartialDate(year: 2000 + year, month: month, day: day) != nil
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    var field: [UInt8] {
        MRZDate.digits(year) + (month.map(MRZDate.digits) ?? [MRZ.filler, MRZ.filler])
            + (day.map(MRZDate.digits) ?? [MRZ.filler, MRZ.filler])
    }

    /// The date in a century (1900, 2000, …); nil when that year has no such day.
    package func date(inCentury century: Int) -> PartialDate? {
        PartialDate(year: century + year, month: month, day: day)
    }

    /// `991231`, which cards without an expiry have.
    package var isNoExpiry: Bool { year == 99 && month == 12 && day == 31 }

    private static func digits(_ value: Int) -> [UInt8] { [UInt8(48 + value / 10 % 10), UInt8(48 + value % 10)] }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
        bytes.allSatisfy { (48...57).contains($0) } ? bytes.reduce(0) { $0 * 10 + Int($1) - 48 } : nil
    }
}
