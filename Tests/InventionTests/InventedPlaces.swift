import Civil
import Testing

@testable import Invention

/// The shipped units and small nations on them.
enum InventedPlaces {
    static let map: NationMap? = {
        var directory = UnitDirectory()
        for name in ShippedUnits.names {
            guard let bytes = ShippedUnits.bytes(name) else { return nil }
            guard (try? directory.load(bytes)) != nil else { return nil }
        }
        return NationMap(units: directory)
    }()

    static func nation(_ people: Int, seed: UInt64 = 7) throws -> InventedNation {
        let map = try #require(map)
        let day = try #require(CalendarDate(year: 2020, month: 9, day: 15))
        return InventedNation(plan: NationPlan(people: people, seed: seed, collected: day), map: map)
    }

    static func households(_ nation: InventedNation) -> [InventedHousehold] {
        nation.shares.flatMap { nation.households(of: $0) }
    }

    /// All batches of a nation as one text, and the truth beside it.
    static func written(
        _ nation: InventedNation, faults: FaultShares = .usual, encoding: SheetEncoding = .utf8
    ) -> (rows: [UInt8], truth: [UInt8]) {
        let plan = BatchPlan.byCommune(nation)
        var writer = BatchRows(nation: nation, faults: faults, plan: plan, encoding: encoding)
        var rows: [UInt8] = []
        var truth: [UInt8]? = []
        for batch in plan.batches {
            writer.begin()
            for _ in batch.shares { _ = writer.next(of: batch, to: &rows, truth: &truth) }
        }
        return (rows, truth ?? [])
    }

    /// The years after the collection of a nation, as lines of requests.
    static func lived(_ nation: InventedNation, years: Int) -> [UInt8] {
        let plan = BatchPlan.byCommune(nation)
        var writer = BatchRows(nation: nation, faults: .usual, plan: plan, encoding: .utf8)
        var life = LifeWriter(nation: nation, years: years)
        var rows: [UInt8] = []
        var truth: [UInt8]?
        var lines: [UInt8] = []
        for batch in plan.batches {
            writer.begin()
            for _ in batch.shares {
                guard let commune = writer.next(of: batch, to: &rows, truth: &truth) else { continue }
                lines += life.write(commune, batch: batch.name)
            }
        }
        return lines
    }
}
