import Civil

/// Những năm sau ngày thu thập: writes what happens in a batch's communes in the years after the collection.
package struct LifeWriter: Sendable {
    private let nation: InventedNation
    private let years: Int
    private var lines = ActLines()

    /// So many years at most: those who are born need numbers too.
    package static let mostYears = 20

    package init(nation: InventedNation, years: Int) {
        self.nation = nation
        self.years = years
    }

    /// Whether the test prefixes have numbers for all and for those who are born.
    package static func hasNumbers(people: Int, years: Int) -> Bool {
        people + people * years * bornPerHundred / 100 + 25_000 <= PersonFacts.numbers
    }

    /// How many lines the file has so far.
    package var count: Int { lines.count }

    /// The lines of one commune whose sheets were just written into a batch.
    package mutating func write(_ commune: WrittenCommune, batch: String) -> [UInt8] {
        let share = nation.shares[commune.sheets.share]
        // A part of the places behind those of the collected, for as many births as a year has at most.
        let first = nation.plan.people + share.first * years * LifeWriter.bornPerHundred / 100 + commune.sheets.share
        let room = share.people * years * LifeWriter.bornPerHundred / 100
        var life = CommuneLife(commune, of: nation, batch: batch, births: first..<first + room)
        for year in 0..<years {
            life.live(year: nation.plan.collected.advanced(byDays: year * 1461 / 4 + 1), into: &lines)
        }
        return lines.take()
    }

    /// More children than that in a hundred people a year get no number.
    private static let bornPerHundred = 4
}
