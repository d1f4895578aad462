import Civil
import Ledger
import Synchronization

/// The tables of placement of one register, each made when it is first asked for.
final class Placements: Sendable {
    private let units: UnitDirectory
    private let tables = Mutex<[UnitSet: PlacementTable]>([:])
    private let expected = Mutex<[ExpectedPopulation]?>(nil)

    init(units: UnitDirectory) {
        self.units = units
    }

    func table(into set: UnitSet) -> PlacementTable {
        tables.withLock { tables in
            if let table = tables[set] { return table }
            let table = PlacementTable(into: set, units: units)
            tables[set] = table
            return table
        }
    }

    /// Where the people of each unit count today.
    func today(_ surroundings: Surroundings) -> PlacementTable {
        table(into: units.set(on: surroundings.today) ?? .fromJuly2025)
    }

    /// The expected populations that come with the program, read once.
    func shippedExpected() -> [ExpectedPopulation] {
        expected.withLock { expected in
            if let expected { return expected }
            let rows = ExpectedPopulationFile.shipped(units: units)
            expected = rows
            return rows
        }
    }
}
