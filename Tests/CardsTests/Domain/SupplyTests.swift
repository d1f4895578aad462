import Cards
import Civil
import Ledger
import Testing

@Suite("Vật tư và ngày phải đặt")
struct SupplyTests {
    /// A Wednesday.
    private static let today = CalendarDate(iso: "2026-03-04")

    private func forecast(_ counted: Int, used: Int, lately: Int, capacity: Int = 100, lead: Int) -> SupplyForecast {
        SupplyForecast(
            Supply(site: "hn", kind: .ribbon, counted: counted, since: Instant(microseconds: 0), leadDays: lead),
            used: used, lately: lately, capacity: capacity)
    }

    @Test(
        "an order that is placed by the day comes before the last card is printed",
        arguments: [
            // 1,000 left at 50 a day last 20 days; 15 days for delivery leave five working days.
            (1_000, 0, 250, 15, "2026-03-11", false), (1_000, 250, 250, 15, "2026-03-04", true),
            // Nothing was used lately: the site's capacity is the pace.
            (1_000, 0, 0, 5, "2026-03-11", false), (0, 0, 0, 0, "2026-03-04", true),
            // More was used than there was.
            (10, 20, 250, 3, "2026-02-27", true), (100_000_000, 0, 5, 0, "2036-02-20", false),
        ])
    func orders(_ counted: Int, _ used: Int, _ lately: Int, _ lead: Int, _ day: String, _ isDue: Bool) throws {
        let today = try #require(SupplyTests.today)
        let forecast = forecast(counted, used: used, lately: lately, lead: lead)
        #expect(forecast.orderBy(from: today).description == day)
        #expect(forecast.isDue(on: today) == isDue)
        #expect(forecast.left == counted - used)
    }
}
