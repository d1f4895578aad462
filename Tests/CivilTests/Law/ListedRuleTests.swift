import Testing

@testable import Civil

@Suite("The list of dated rules")
struct ListedRuleTests {
    private func day(_ iso: String) throws -> CalendarDate { try #require(CalendarDate(iso: iso)) }

    @Test("A rule stands from its first day to its last, both included")
    func standing() throws {
        let rules = ListedRule.all(units: ShippedDirectory.directory)
        let old = try #require(rules.first { $0.basis == "Luật 59/2014/QH13, Điều 9" })
        #expect(old.standing(on: try day("2015-12-31")) == .later)
        #expect(old.standing(on: try day("2016-01-01")) == .inForce)
        #expect(old.standing(on: try day("2024-06-30")) == .inForce)
        #expect(old.standing(on: try day("2024-07-01")) == .ended)
    }

    @Test("About one matter at most one rule holds on a day, and no list is more certain than its entries")
    func oneAtATime() throws {
        let rules = ListedRule.all(units: ShippedDirectory.directory)
        for iso in ["2000-01-01", "2016-01-01", "2024-07-01", "2025-06-30", "2025-07-01", "2026-03-02"] {
            let asked = try day(iso)
            let held = rules.filter { $0.standing(on: asked) == .inForce }
            #expect(Set(held.map(\.matter)).count == held.count, "\(iso)")
        }
        let ethnicity = try #require(rules.first { $0.says.vietnamese.contains("ethnicity-1979") })
        #expect(ethnicity.certainty == .likely)
        #expect(rules.contains { $0.certainty == .unverified && $0.basis.contains("docs/quality.md") })
    }
}
