import Access
import Civil
import Database
import Ledger

/// What a recording of a day came to.
package struct QualityRecordingResult: Hashable, Sendable {
    package let day: CalendarDate
    /// False when the day had been recorded before, here or by another process.
    package let isNew: Bool
    package let persons: Int
}

extension PopulationRegister {
    /// Ghi số đo của ngày: keeps today's sums of every unit of every set, once a day.
    ///
    /// A clock that was set back is told by a refusal, since today's sums are none of a day before.
    ///
    /// The day is that of Vietnam. A second time on the same day changes nothing, so the figures of a day are those
    /// of its first recording; the server records shortly after midnight.
    /// - Parameter evenBeforeLast: Records it all the same, where the later day is the one that was wrong.
    @discardableResult
    package func recordQualityDay(evenBeforeLast: Bool = false) async throws -> QualityRecordingResult {
        let now = surroundings.now()
        let day = now.dayInVietnam
        let tables = units.periods.map { placements.table(into: $0.set) }
        let rule = QualityTally.Rule(on: day)
        let (known, sums) = try await database.read { connection in
            if let known = try PopulationRegister.recorded(day, on: connection) {
                return (Optional(known), [UnitSet: QualitySums]())
            }
            if !evenBeforeLast, let last = try QualityStore().recordedDays(on: connection)?.last, day < last {
                throw QualityRefusal.clockSetBack(last: last)
            }
            var sums: [UnitSet: QualitySums] = [:]
            for table in tables {
                sums[table.set] = try QualitySums.read(of: nil, table, rule, at: now, on: connection)
            }
            return (nil, sums)
        }
        if let known { return known }
        let recording = QualityStore.Recording(
            day: day, recorded: now, mandatoryFields: rule.mandatory.count, freshDays: rule.freshDays)
        do {
            return try await database.write { connection in
                if let known = try PopulationRegister.recorded(day, on: connection) { return known }
                try QualityStore().insert(recording, sums, on: connection)
                return QualityRecordingResult(
                    day: day, isNew: true, persons: sums.values.first?.whole.persons ?? 0)
            }
        } catch DatabaseError.uniqueViolation {
            // Another process was faster by a moment; the day is there.
            guard let known = try await database.read({ try PopulationRegister.recorded(day, on: $0) }) else {
                throw DatabaseError.contended
            }
            return known
        }
    }

    /// The days of the series: first and last.
    package func recordedQualityDays() async throws -> (first: CalendarDate, last: CalendarDate)? {
        try await database.read { try QualityStore().recordedDays(on: $0) }
    }

    private static func recorded(_ day: CalendarDate, on connection: Connection) throws -> QualityRecordingResult? {
        guard try QualityStore().recording(of: day, on: connection) != nil else { return nil }
        let persons = try connection.first(
            "SELECT max(persons) FROM quality_day WHERE unit_code = '' AND day = ?", [.text(day.description)]
        ) { try $0.int64OrNull(0) }
        return QualityRecordingResult(day: day, isNew: false, persons: Int((persons ?? nil) ?? 0))
    }

    // MARK: Expected populations and targets

    /// Nạp dân số dự kiến: takes a file of expected populations; a figure that is there already is replaced.
    @discardableResult
    package func loadExpectedPopulation(_ bytes: [UInt8]) async throws -> Int {
        let file = try ExpectedPopulationFile(bytes, units: units)
        let now = surroundings.now()
        try await database.write { try QualityStore().put(file.rows, at: now, on: $0) }
        return file.rows.count
    }

    /// Đặt chỉ tiêu: what a measure of a unit should reach by a day.
    package func setTarget(_ target: QualityTarget, by requester: Requester) async throws {
        try AccessPolicy.require(requester, toUse: .setTargets, for: target.unit)
        let most = target.measure == .coverage ? 2_000_000 : 1_000_000
        guard (0...most).contains(target.perMillion) else { throw QualityRefusal.targetOutOfRange }
        var scope = QualityScope(nationIn: target.set)
        scope.unit = target.unit
        _ = try unit(of: scope)
        let now = surroundings.now()
        try await database.write { try QualityStore().put(target, by: requester.actor, at: now, on: $0) }
    }

    /// All targets with how far each is today, counted fresh.
    package func targets() async throws -> [TargetState] {
        let targets = try await database.read { try QualityStore().targets(of: nil, on: $0) }
        var states: [TargetState] = []
        var reports: [QualityScope: QualityReport] = [:]
        for target in targets {
            var scope = QualityScope(nationIn: target.set)
            scope.unit = target.unit
            if reports[scope] == nil { reports[scope] = try await quality(of: scope) }
            states += reports[scope]?.targets.filter { $0.target == target } ?? []
        }
        return states
    }
}
