extension PairComparer {
    /// Dates: each way of being written differently has as many other dates as it could have led to.
    func compareDates(_ left: Int, _ right: Int, _ result: inout WeighedEvidence) {
        let first = PackedDate(bits: cell(left, LinkTable.Place.date))
        let second = PackedDate(bits: cell(right, LinkTable.Place.date))
        let level = frequencies.datesTell ? PairComparer.level(first, second) : Evidence.Date.missing
        result.evidence[.date] = level
        let rarer = min(frequencies.dates[left], frequencies.dates[right])
        let lessPrecise = first.isFull ? right : left
        switch level {
        case Evidence.Date.equal, Evidence.Date.equalHeaped, Evidence.Date.equalPartial:
            result.chance += frequencies.dates[left]
        case Evidence.Date.yearOfDate, Evidence.Date.monthOfDate:
            result.chance += frequencies.dates[first.month == 0 ? left : second.month == 0 ? right : lessPrecise]
        case Evidence.Date.heapOfDate: result.chance += frequencies.dates[first.isHeaped ? left : right]
        case Evidence.Date.swapped, Evidence.Date.yearSlip: result.chance += rarer
        case Evidence.Date.nextYear: result.chance += rarer + 0.7
        case Evidence.Date.daySlip: result.chance += rarer + 2
        case Evidence.Date.monthOther: result.chance += rarer + 2.4
        case Evidence.Date.sameYear: result.chance += frequencies.years[Int(min(first.year, 9_999))]
        default: break
        }
    }

    /// How far two dates agree.
    static func level(_ first: PackedDate, _ second: PackedDate) -> Int {
        guard first.bits != 0, second.bits != 0 else { return Evidence.Date.missing }
        if first == second {
            if !first.isFull { return Evidence.Date.equalPartial }
            return first.isHeaped ? Evidence.Date.equalHeaped : Evidence.Date.equal
        }
        if first.year == second.year {
            if first.month == 0 || second.month == 0 { return Evidence.Date.yearOfDate }
            if first.month == second.month {
                if first.day == 0 || second.day == 0 { return Evidence.Date.monthOfDate }
                if isDaySlip(first.day, second.day) { return Evidence.Date.daySlip }
            }
            guard first.isFull, second.isFull else { return Evidence.Date.sameYear }
            if first.isHeaped || second.isHeaped { return Evidence.Date.heapOfDate }
            if first.day == second.month, first.month == second.day { return Evidence.Date.swapped }
            if first.day == second.day { return Evidence.Date.monthOther }
            return Evidence.Date.sameYear
        }
        guard first.month == second.month, first.day == second.day else { return Evidence.Date.different }
        let apart = first.year > second.year ? first.year - second.year : second.year - first.year
        if apart == 1 { return Evidence.Date.nextYear }
        return isYearSlip(first.year, second.year) ? Evidence.Date.yearSlip : Evidence.Date.different
    }

    /// One digit differs, the two are swapped, or the next day is meant.
    private static func isDaySlip(_ first: UInt32, _ second: UInt32) -> Bool {
        first / 10 == second / 10 || first % 10 == second % 10
            || first / 10 == second % 10 && first % 10 == second / 10 || first + 1 == second || second + 1 == first
    }

    /// The last two digits are swapped, or one digit differs.
    private static func isYearSlip(_ first: UInt32, _ second: UInt32) -> Bool {
        if first / 100 == second / 100, first % 10 == second / 10 % 10, first / 10 % 10 == second % 10 { return true }
        var differing = 0
        var (left, right) = (first, second)
        while left > 0 || right > 0 {
            if left % 10 != right % 10 { differing += 1 }
            left /= 10
            right /= 10
        }
        return differing == 1
    }
}
