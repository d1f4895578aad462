import Civil
import Database
import Ledger

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
        of unit: UnitCode?, _ table: PlacementTable, _ rule: QualityTally.Rule, at now: Instant,
        on connection: Connection
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
        for (key, count) in try clashing(in: unit, table, at: now, on: connection) {
            if let index = byKey[key] { tallies[index].violating += count }
        }
        return rolledUp(tallies, byKey, table)
    }

    /// Persons of a pair that waits in the queue of duplicates, and against whom nothing else stands, by the key of
    /// their unit.
    private static func clashing(
        in unit: UnitCode?, _ table: PlacementTable, at now: Instant, on connection: Connection
    ) throws -> [Int64: Int] {
        let store = DuplicateStore()
        let sources = unit.map { Set(table.sources(of: $0)) }
        let units = try sources.map { sources in
            try store.units(on: connection).filter { text in
                UnitCode(parsing: text).map { sources.contains(UnitKey.key(of: $0)) } ?? false
            }
        }
        let persons = try store.waiting(in: units, at: now, on: connection)
        var counts: [Int64: Int] = [:]
        for chunk in Placeholders.chunks(persons.sorted()) {
            try connection.forEach(
                """
                SELECT unit, count(*) FROM person_measure
                WHERE marks < \(MeasureStore.violating) AND person_id IN \(Placeholders.list) GROUP BY unit
                """, Placeholders.padded(chunk)
            ) { counts[try $0.int64(0), default: 0] += try $0.int(1) }
        }
        return counts
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
