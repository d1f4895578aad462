import Access
import Civil
import Database
import Ledger

/// The daily series, the expected populations and the targets.
struct QualityStore: Sendable {
    // MARK: Series

    private static let dayColumns = [
        "unit_set", "unit_code", "day", "persons", "filled", "verified", "violating", "alive", "never_verified",
        "median_days", "ambiguous", "ages",
    ]

    /// How the rules of a recorded day stood.
    struct Recording: Sendable {
        var day: CalendarDate
        var recorded: Instant
        var mandatoryFields: Int
        var freshDays: Int
    }

    func recording(of day: CalendarDate, on connection: Connection) throws -> Recording? {
        try connection.first(
            "SELECT recorded_at, mandatory_fields, fresh_days FROM quality_recording WHERE day = ?",
            [.text(day.description)]
        ) { row in
            Recording(
                day: day, recorded: Instant(microseconds: try row.int64(0)), mandatoryFields: try row.int(1),
                freshDays: try row.int(2))
        }
    }

    /// The first and the last recorded day.
    func recordedDays(on connection: Connection) throws -> (first: CalendarDate, last: CalendarDate)? {
        let found = try connection.first("SELECT min(day), max(day) FROM quality_recording") {
            (try $0.textOrNull(0), try $0.textOrNull(1))
        }
        guard let first = found?.0.flatMap({ CalendarDate(iso: $0) }),
            let last = found?.1.flatMap({ CalendarDate(iso: $0) })
        else { return nil }
        return (first, last)
    }

    /// Writes a whole day; the primary key of the recording refuses a second one.
    func insert(_ recording: Recording, _ sets: [UnitSet: QualitySums], on connection: Connection) throws {
        try connection.execute(
            "INSERT INTO quality_recording (day, recorded_at, mandatory_fields, fresh_days) VALUES (?, ?, ?, ?)",
            [
                .text(recording.day.description), .integer(recording.recorded.microseconds),
                .integer(recording.mandatoryFields), .integer(recording.freshDays),
            ])
        for (set, sums) in sets.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            var rows = [QualityStore.values(sums.whole, set, code: "", recording.day)]
            for (unit, tally) in sums.units.sorted(by: { $0.key.code < $1.key.code }) {
                rows.append(QualityStore.values(tally, set, code: unit.code, recording.day))
            }
            try connection.insert(into: "quality_day", columns: QualityStore.dayColumns, rows: rows)
        }
    }

    private static func values(_ tally: QualityTally, _ set: UnitSet, code: String, _ day: CalendarDate) -> [SQLValue] {
        let ages = (AgeGroup.allCases.map { tally.ages[$0] ?? 0 } + [tally.ages[nil] ?? 0]).map { String($0) }
        return [
            .text(set.rawValue), .text(code), .text(day.description), .integer(tally.persons), .integer(tally.filled),
            .integer(tally.verified), .integer(tally.violating), .integer(tally.alive), .integer(tally.neverVerified),
            tally.medianDays.map { .integer($0) } ?? .null, .integer(tally.ambiguous),
            .text(ages.joined(separator: ",")),
        ]
    }

    /// The sums of some units on one day; those without people are not there.
    ///
    /// The code of the whole country is empty.
    func tallies(
        of codes: [String], in set: UnitSet, on day: CalendarDate, _ connection: Connection
    ) throws -> [String: QualityTally] {
        let select = "SELECT \(QualityStore.dayColumns.dropFirst().joined(separator: ", ")) FROM quality_day"
        if codes.count > QualityStore.fewUnits {
            let wanted = Set(codes)
            let all = try connection.rows(
                "\(select) WHERE day = ? AND unit_set = ?", [.text(day.description), .text(set.rawValue)]
            ) { row -> (String, QualityTally)? in
                let code = try row.text(0)
                return wanted.contains(code) ? (code, try QualityStore.tally(row)) : nil
            }
            return Dictionary(all.compactMap { $0 }) { first, _ in first }
        }
        let found = try connection.queryMany(
            "\(select) WHERE unit_set = ? AND unit_code = ? AND day = ?",
            codes.map { [.text(set.rawValue), .text($0), .text(day.description)] }
        ) { _, row in (try row.text(0), try QualityStore.tally(row)) }
        return Dictionary(found) { first, _ in first }
    }

    /// More units than these are read as a whole day in one statement.
    private static let fewUnits = 300

    /// The days of a unit's series up to a day, the oldest first.
    func series(
        of code: String, in set: UnitSet, until day: CalendarDate, limit: Int, on connection: Connection
    ) throws -> [(day: CalendarDate, mandatoryFields: Int, tally: QualityTally)] {
        let columns = QualityStore.dayColumns.dropFirst().map { "q.\($0)" }.joined(separator: ", ")
        return try connection.rows(
            """
            SELECT \(columns), r.mandatory_fields FROM quality_day q JOIN quality_recording r ON r.day = q.day
            WHERE q.unit_set = ? AND q.unit_code = ? AND q.day <= ? ORDER BY q.day DESC LIMIT ?
            """, [.text(set.rawValue), .text(code), .text(day.description), .integer(limit)]
        ) { row -> (day: CalendarDate, mandatoryFields: Int, tally: QualityTally)? in
            guard let day = CalendarDate(iso: try row.text(1)) else { return nil }
            return (day, try row.int(11), try QualityStore.tally(row))
        }.compactMap { $0 }.reversed()
    }

    private static func tally(_ row: Row) throws -> QualityTally {
        var tally = QualityTally()
        tally.persons = try row.int(2)
        tally.filled = try row.int(3)
        tally.verified = try row.int(4)
        tally.violating = try row.int(5)
        tally.alive = try row.int(6)
        tally.neverVerified = try row.int(7)
        tally.recordedMedian = try row.int64OrNull(8).map { Int($0) }
        tally.ambiguous = try row.int(9)
        let ages = try row.text(10).split(separator: ",").compactMap { Int($0) }
        for (group, count) in zip(AgeGroup.allCases.map { Optional($0) } + [nil], ages) where count > 0 {
            tally.ages[group] = count
        }
        return tally
    }

    // MARK: Expected populations

    func put(_ rows: [ExpectedPopulation], at now: Instant, on connection: Connection) throws {
        try connection.executeMany(
            """
            INSERT INTO expected_population (unit_set, unit_code, year, ages, persons, source, loaded_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (unit_set, unit_code, year, ages) DO UPDATE SET persons = excluded.persons,
                source = excluded.source, loaded_at = excluded.loaded_at
            """,
            rows.map {
                [
                    .text($0.unit.set.rawValue), .text($0.unit.code), .integer($0.year), .text($0.ages?.code ?? "all"),
                    .integer($0.persons), .text($0.source), .integer(now.microseconds),
                ]
            })
    }

    func expected(on connection: Connection) throws -> [ExpectedPopulation] {
        try connection.rows(
            """
            SELECT unit_set, unit_code, year, ages, persons, source FROM expected_population
            ORDER BY unit_set, unit_code, year, ages
            """
        ) { row in
            ExpectedPopulation(
                unit: UnitCode(try row.text(1), UnitSet(rawValue: try row.text(0))), year: try row.int(2),
                ages: AgeGroup(code: try row.text(3)), persons: try row.int(4), source: try row.text(5))
        }
    }

    // MARK: Targets

    /// Sets a target; the same unit, measure and deadline again is the new value.
    func put(_ target: QualityTarget, by actor: Actor, at now: Instant, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO quality_target
                (unit_set, unit_code, measure, due, per_million, set_at, account, role, office)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (unit_set, unit_code, measure, due) DO UPDATE SET per_million = excluded.per_million,
                set_at = excluded.set_at, account = excluded.account, role = excluded.role, office = excluded.office
            """,
            [
                .text(target.set.rawValue), .text(target.unit?.code ?? ""), .text(target.measure.rawValue),
                .text(target.due.description), .integer(target.perMillion), .integer(now.microseconds),
                .text(actor.account), .text(actor.role), .text(actor.office),
            ])
    }

    /// All targets, or those of one unit; the code of the whole country is empty.
    func targets(
        of unit: (set: UnitSet, code: String)?, on connection: Connection
    ) throws -> [QualityTarget] {
        let columns = "unit_set, unit_code, measure, due, per_million"
        let order = "ORDER BY unit_set, unit_code, due, measure"
        func target(_ row: Row) throws -> QualityTarget? {
            let code = try row.text(1)
            let set = UnitSet(rawValue: try row.text(0))
            guard let measure = QualityMeasure(rawValue: try row.text(2)),
                let due = CalendarDate(iso: try row.text(3))
            else { return nil }
            return QualityTarget(
                unit: code.isEmpty ? nil : UnitCode(code, set), set: set, measure: measure, due: due,
                perMillion: try row.int(4))
        }
        guard let unit else {
            return try connection.rows("SELECT \(columns) FROM quality_target \(order)", [], target).compactMap { $0 }
        }
        return try connection.rows(
            "SELECT \(columns) FROM quality_target WHERE unit_set = ? AND unit_code = ? \(order)",
            [.text(unit.set.rawValue), .text(unit.code)], target
        ).compactMap { $0 }
    }
}
