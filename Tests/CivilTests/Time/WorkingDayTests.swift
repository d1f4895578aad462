import Civil
import Testing

@Suite("Ngày làm việc")
struct WorkingDayTests {
    private func day(_ iso: String) throws -> CalendarDate { try #require(CalendarDate(iso: iso)) }

    @Test(
        "Saturdays and Sundays are none, also before 1970",
        arguments: [
            ("2026-03-06", true), ("2026-03-07", false), ("2026-03-08", false), ("2026-03-09", true),
            ("1969-12-26", true), ("1969-12-27", false), ("1969-12-28", false), ("1969-12-29", true),
        ])
    func weekdays(iso: String, isWorking: Bool) throws {
        let isWorkingDay = try day(iso).isWorkingDay
        #expect(isWorkingDay == isWorking)
    }

    @Test("The first day is not counted, and counting back undoes it")
    func counting() throws {
        let friday = try day("2026-03-06")
        #expect(friday.advanced(byWorkingDays: 0) == friday)
        #expect(friday.advanced(byWorkingDays: 1).description == "2026-03-09")
        #expect(friday.advanced(byWorkingDays: 7).description == "2026-03-17")
        #expect(friday.advanced(byWorkingDays: -5).description == "2026-02-27")
        #expect(friday.workingDays(since: friday) == 0)
        #expect(friday.workingDays(since: try day("2026-03-09")) == 0)
        for days in 1...30 {
            let later = friday.advanced(byWorkingDays: days)
            #expect(later.workingDays(since: friday) == days)
            #expect(later.advanced(byWorkingDays: -days) == friday)
        }
    }
}
