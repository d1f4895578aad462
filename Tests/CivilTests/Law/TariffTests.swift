import Civil
import Testing

@Suite("The tariff")
struct TariffTests {
    private static func day(_ text: String) -> CalendarDate {
        CalendarDate(iso: text) ?? CalendarDate(daysSinceEpoch: 0)
    }

    @Test(
        "what a card costs, by matter, day, channel, account and exemption",
        arguments: [
            (CardFeeMatter.first, "2026-11-30", FilingChannel.counter, false, nil as FeeExemption?, 0),
            (.milestone, "2026-11-30", .counter, false, nil, 0), (.boundary, "2026-11-30", .counter, false, nil, 0),
            (.agencyError, "2026-11-30", .counter, false, nil, 0),
            (.fromCitizenCard, "2026-11-30", .counter, false, nil, 30_000),
            (.exchange, "2026-11-30", .counter, false, nil, 50_000),
            (.reissue, "2026-11-30", .counter, false, nil, 70_000),
            // Level 2 pays nothing online from 15 August 2026 to 28 February 2027, at the counter it pays.
            (.reissue, "2026-11-30", .online, true, nil, 0), (.reissue, "2026-11-30", .counter, true, nil, 70_000),
            (.reissue, "2026-08-14", .online, true, nil, 35_000), (.reissue, "2027-02-28", .online, true, nil, 0),
            (.reissue, "2027-03-01", .online, true, nil, 70_000),
            // Half online until the end of 2026.
            (.exchange, "2026-12-31", .online, false, nil, 25_000),
            (.exchange, "2027-01-01", .online, false, nil, 50_000),
            (.exchange, "2025-01-01", .online, false, nil, 25_000),
            (.reissue, "2026-11-30", .counter, false, .poorHousehold, 0),
        ])
    func amounts(
        matter: CardFeeMatter, on day: String, channel: FilingChannel, levelTwo: Bool, exemption: FeeExemption?,
        amount: Int
    ) throws {
        let fee = try #require(
            Tariff.card(matter, on: Self.day(day), by: channel, hasLevelTwo: levelTwo, exemption: exemption))
        #expect(fee.amount == amount)
        #expect(!fee.lines.isEmpty && fee.lines.allSatisfy { !$0.reason.vietnamese.isEmpty })
    }

    @Test("before the table there is no fee to name, and no line is told as sure that was not compared with its text")
    func bounds() {
        #expect(Tariff.card(.first, on: Self.day("2024-06-30"), by: .counter) == nil)
        #expect(Tariff.cardAmounts.rules.allSatisfy { $0.certainty == .likely })
        #expect(Tariff.onlineReductions.rules.allSatisfy { $0.certainty == .likely })
    }
}
