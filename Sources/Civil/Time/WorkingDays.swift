/// Ngày làm việc: Monday to Friday, in which the law states the clocks of its procedures.
///
/// Public holidays count as working days here, since the lunar ones are announced year by year: a due date may so lie
/// before the law's, and never after it.
extension CalendarDate {
    package var isWorkingDay: Bool {
        // 1970-01-01 was a Thursday.
        let weekday = (daysSinceEpoch + 3) % 7
        return (weekday < 0 ? weekday + 7 : weekday) < 5
    }

    /// The day that many working days later (earlier when negative); the day itself is not counted.
    package func advanced(byWorkingDays days: Int) -> CalendarDate {
        var day = self
        var left = abs(days)
        while left > 0 {
            day = day.advanced(byDays: days < 0 ? -1 : 1)
            if day.isWorkingDay { left -= 1 }
        }
        return day
    }

    /// How many working days there are from the day after `start` to this one; 0 when it is not later.
    package func workingDays(since start: CalendarDate) -> Int {
        guard start < self else { return 0 }
        return (start.daysSinceEpoch + 1...daysSinceEpoch).count { CalendarDate(daysSinceEpoch: $0).isWorkingDay }
    }
}
