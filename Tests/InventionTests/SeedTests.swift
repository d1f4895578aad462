import Civil
import Testing

@testable import Invention

@Suite("The same seed is the same nation")
struct SeedTests {
    /// FNV-1a, so that the expected letters stand in one number.
    private func digest(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    @Test("the numbers of a seed are fixed for ever")
    func drawsAreFixed() {
        var draws = Draws(seed: 1)
        #expect(
            (0..<3).map { _ in draws.next() } == [
                10_451_216_379_200_822_465, 13_757_245_211_066_428_519, 17_911_839_290_282_890_590,
            ])
        var bounded = Draws(seed: 1)
        #expect((0..<6).map { _ in bounded.below(100) } == [56, 74, 97, 44, 44, 76])
        var one = Draws(seed: 1, 2)
        var other = Draws(seed: 1, 3)
        #expect(one.next() != other.next())
    }

    @Test("the same seed gives the same bytes, another seed or other faults do not")
    func sameBytes() throws {
        let first = InventedPlaces.written(try InventedPlaces.nation(1_500))
        let again = InventedPlaces.written(try InventedPlaces.nation(1_500))
        #expect(first.rows == again.rows)
        #expect(first.truth == again.truth)
        #expect(first.rows != InventedPlaces.written(try InventedPlaces.nation(1_500, seed: 8)).rows)
        let clean = InventedPlaces.written(try InventedPlaces.nation(1_500), faults: FaultShares(percent: 0))
        #expect(first.rows != clean.rows)
    }

    /// A change here is a change of everybody's people: `InventedNation.version` counts up with it.
    @Test("the letters are those of this version")
    func lettersOfThisVersion() throws {
        let written = InventedPlaces.written(try InventedPlaces.nation(1_500))
        #expect(InventedNation.version == 1)
        #expect(digest(written.rows) == 3_463_869_700_412_360_541)
        #expect(digest(written.truth) == 15_850_453_735_650_487_179)
        let years = InventedPlaces.lived(try InventedPlaces.nation(1_500), years: 2)
        #expect(years == InventedPlaces.lived(try InventedPlaces.nation(1_500), years: 2))
        #expect(digest(years) == 10_528_444_713_471_824_122)
    }

    @Test("a stream that begins later writes what the whole stream writes there")
    func beginsAnywhere() throws {
        let nation = try InventedPlaces.nation(3_000)
        let plan = BatchPlan.byCommune(nation)
        var whole = BatchRows(nation: nation, faults: .usual, plan: plan, encoding: .utf8)
        let start = plan.batches.count / 2
        var part = BatchRows(nation: nation, faults: .usual, plan: plan, encoding: .utf8, from: start)
        var none: [UInt8]?
        for (place, batch) in plan.batches.enumerated() {
            var rows: [UInt8] = []
            whole.begin()
            _ = whole.next(of: batch, to: &rows, truth: &none)
            guard place >= start else { continue }
            var same: [UInt8] = []
            part.begin()
            _ = part.next(of: batch, to: &same, truth: &none)
            #expect(rows == same, "\(batch.name)")
        }
    }

    @Test("a hundred thousand people have a hundred thousand places, and no number twice")
    func numbersAreUnique() {
        var seen: Set<Int64> = []
        for ordinal in stride(from: 0, to: 12_000_000, by: 97) {
            let number = PersonFacts.number(ordinal, .female, born: 1980)
            if let number { seen.insert(number.value) }
        }
        #expect(seen.count == 123_712)
    }
}
