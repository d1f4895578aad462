import Civil
import Database

/// The sums of quality of the units of one set, as they stand in `person_measure` now.
struct QualitySums: Sendable {
    /// Everybody who was asked for, those without a unit among them.
    var whole = QualityTally()
    var units: [UnitCode: QualityTally] = [:]
    /// Those who count in no unit of the set.
    var unplaced = 0

    /// Sums the whole country, or the unit alone with all under it.
    ///
    /// The database counts persons whose numbers are the same, so that a million persons are some ten thousand rows.
    static func read(
        of unit: UnitCode?, _ table: PlacementTable, _ rule: QualityTally.Rule, on connection: Connection
    ) throws -> QualitySums {
        var byKey: [Int64: Int] = [:]
        var tallies: [QualityTally] = []
        var last: (key: Int64, index: Int)?
        func take(_ row: Row) throws {
            let key = try row.int64(0)
            let index: Int
            if let last, last.key == key {
                index = last.index
            } else if let known = byKey[key] {
                index = known
            } else {
                index = tallies.count
                byKey[key] = index
                tallies.append(QualityTally())
            }
            last = (key, index)
            tallies[index].add(try measure(row), rule, count: try row.int(4))
        }
        let select = "SELECT unit, marks, verified_day, birth_year, count(*) FROM person_measure"
        let group = "GROUP BY unit, marks, verified_day, birth_year"
        if let unit {
            for chunk in Placeholders.chunks(table.sources(of: unit)) {
                try connection.forEach(
                    "\(select) WHERE unit IN \(Placeholders.list) \(group)", Placeholders.padded(chunk), take)
            }
        } else {
            try connection.forEach("\(select) \(group)", [], take)
        }
        return rolledUp(tallies, byKey, table)
    }

    private static func measure(_ row: Row) throws -> PersonMeasure {
        let marks = MeasureStore.reading(try row.int64(1))
        return PersonMeasure(
            person: 0, unit: nil, birthYear: try row.int64OrNull(3).map { Int($0) }, filled: marks.filled,
            verified: marks.verified, isViolating: marks.isViolating,
            lastVerified: try row.int64OrNull(2).map { CalendarDate(daysSinceEpoch: Int($0)) })
    }

    private static func rolledUp(
        _ tallies: [QualityTally], _ byKey: [Int64: Int], _ table: PlacementTable
    ) -> QualitySums {
        var sums = QualitySums()
        for (key, index) in byKey {
            var tally = tallies[index]
            if let place = table.chain(ofKey: key) {
                if place.isAmbiguous { tally.ambiguous = tally.persons }
                for unit in place.chain { sums.units[unit, default: QualityTally()].add(tally) }
            } else {
                sums.unplaced += tally.persons
            }
            sums.whole.add(tally)
        }
        return sums
    }
}
