import Civil
import Ledger
import Synchronization

/// The tables of placement of one register, each made when it is first asked for, and anew when units are loaded.
final class Placements: Sendable {
    private struct Made {
        var edition: Int64 = 0
        var tables: [UnitSet: PlacementTable] = [:]
        var expected: [ExpectedPopulation]?
    }

    private let units: UnitsInForce
    private let made = Mutex(Made())

    init(units: UnitsInForce) {
        self.units = units
    }

    func table(into set: UnitSet) -> PlacementTable {
        fromUnits { made, units in
            if let table = made.tables[set] { return table }
            let table = PlacementTable(into: set, units: units)
            made.tables[set] = table
            return table
        }
    }

    /// Where the people of each unit count today.
    func today(_ surroundings: Surroundings) -> PlacementTable {
        table(into: units.directory.set(on: surroundings.today) ?? .fromJuly2025)
    }

    /// The expected populations that come with the program, read once.
    func shippedExpected() -> [ExpectedPopulation] {
        fromUnits { made, units in
            if let expected = made.expected { return expected }
            let rows = ExpectedPopulationFile.shipped(units: units)
            made.expected = rows
            return rows
        }
    }

    private func fromUnits<Value: Sendable>(
        _ body: (inout Made, UnitDirectory) -> Value
    ) -> Value {
        made.withLock { made in
            let edition = units.current
            if made.edition != edition.number { made = Made(edition: edition.number) }
            return body(&made, edition.directory)
        }
    }
}
