import Access
import Civil
import Database
import Ledger

/// What quality is asked about.
package struct QualityScope: Hashable, Sendable {
    /// Nil for the whole country.
    package var unit: UnitCode?
    package var set: UnitSet

    package init(unit: UnitCode) {
        self.unit = unit
        set = unit.set
    }

    /// The whole country in the units of one set.
    package init(nationIn set: UnitSet) {
        unit = nil
        self.set = set
    }

    /// The code under which the series and the targets have it.
    var code: String { unit?.code ?? "" }
}

extension PopulationRegister {
    /// How many days of a series a report shows.
    static let mostDays = 400

    /// Chất lượng và độ phủ của một đơn vị: counted now, or as it was recorded on a past day.
    ///
    /// No person is read, only sums, so it is no look. A past day that was not recorded is said to be missing.
    package func quality(
        of scope: QualityScope, on day: CalendarDate? = nil
    ) async throws -> QualityReport {
        let today = surroundings.today
        let day = day ?? today
        guard day <= today else { throw QualityRefusal.dayInFuture }
        let unit = try unit(of: scope)
        let shipped = placements.shippedExpected()
        let units = units
        let table = placements.table(into: scope.set)
        let now = surroundings.now()
        return try await database.read { connection in
            let store = QualityStore()
            let expected = ExpectedPopulations(
                shipped + (try store.expected(on: connection)), into: table, on: day)
            let reader = QualityReader(
                scope: scope, unit: unit, units: units, table: table, expected: expected, store: store,
                connection: connection)
            return day == today ? try reader.fresh(on: day, at: now) : try reader.recorded(on: day)
        }
    }

    /// The unit of a scope; nil for the whole country.
    func unit(of scope: QualityScope) throws -> AdministrativeUnit? {
        guard units.periods.contains(where: { $0.set == scope.set }) else { throw QualityRefusal.setUnknown }
        guard let code = scope.unit else { return nil }
        guard let unit = units.unit(code) else { throw QualityRefusal.unitUnknown }
        return unit
    }
}

/// Puts one report together inside one snapshot.
struct QualityReader {
    let scope: QualityScope
    let unit: AdministrativeUnit?
    let units: UnitDirectory
    let table: PlacementTable
    let expected: ExpectedPopulations
    let store: QualityStore
    let connection: Connection

    /// From the records as they are now.
    func fresh(on day: CalendarDate, at now: Instant) throws -> QualityReport {
        let rule = QualityTally.Rule(on: day)
        let sums = try QualitySums.read(of: scope.unit, table, rule, at: now, on: connection)
        var report = try report(
            rule, PersonField.mandatory(on: day)?.basis, isFresh: true, measured: now, whole: sums.whole
        ) { sums.units[$0.code] }
        report.unplaced = scope.unit == nil ? sums.unplaced : 0
        report.duplicates = try DuplicateStore().quality(
            of: scope.unit, children: Set(report.children.map(\.unit.code)), table, at: now, on: connection)
        return report
    }

    /// From the series.
    func recorded(on day: CalendarDate) throws -> QualityReport {
        guard let recording = try store.recording(of: day, on: connection) else {
            throw QualityRefusal.dayMissing(first: try store.recordedDays(on: connection)?.first)
        }
        let below = communes.map(\.code.code) + children.map(\.code.code)
        let tallies = try store.tallies(
            of: [scope.code] + Set(below).sorted(), in: scope.set, on: day, connection)
        let rule = QualityTally.Rule(
            day: day, mandatory: PersonFieldSet(fields: PersonField.mandatory(on: day)?.value ?? []),
            freshDays: recording.freshDays)
        return try report(
            rule, PersonField.mandatory(on: day)?.basis, isFresh: false, measured: recording.recorded,
            whole: tallies[scope.code] ?? QualityTally()
        ) { tallies[$0.code.code] }
    }

    private func report(
        _ rule: QualityTally.Rule, _ basis: LegalBasis?, isFresh: Bool, measured: Instant, whole: QualityTally,
        tally: (AdministrativeUnit) -> QualityTally?
    ) throws -> QualityReport {
        let mandatory = rule.mandatory.count
        func line(_ unit: AdministrativeUnit) -> QualityLine {
            QualityLine(
                unit: unit,
                figures: QualityFigures(
                    tally: tally(unit) ?? QualityTally(), mandatoryFields: mandatory,
                    expected: expected.figure(of: unit.code)),
                office: ResponsibleOffice(of: unit.code, in: units, on: rule.day))
        }
        let figures = QualityFigures(
            tally: whole, mandatoryFields: mandatory, expected: expected.figure(of: scope.unit))
        let trend = try trend(until: rule.day)
        let targets = try store.targets(of: (scope.set, scope.code), on: connection).map { target in
            var days = trend.filter { $0.day < rule.day }.map {
                (day: $0.day, share: $0.figures.share(of: target.measure))
            }
            days.append((rule.day, figures.share(of: target.measure)))
            // The deadline may lie before what the trend shows.
            if target.due < rule.day, trend.first.map({ target.due < $0.day }) ?? true {
                days += try self.trend(until: target.due, days: 1).map {
                    (day: $0.day, share: $0.figures.share(of: target.measure))
                }
            }
            return TargetState(target, days: days, on: rule.day)
        }
        return QualityReport(
            unit: unit, set: scope.set, rule: rule, basis: basis, isFresh: isFresh, measured: measured,
            office: ResponsibleOffice(of: scope.unit, in: units, on: rule.day), figures: figures, unplaced: 0,
            children: children.map(line), communes: communes.map(line), trend: trend, targets: targets)
    }

    private func trend(
        until day: CalendarDate, days most: Int = PopulationRegister.mostDays
    ) throws -> [QualityDay] {
        let expected = expected.figure(of: scope.unit)
        return try store.series(
            of: scope.code, in: scope.set, until: day, limit: most, on: connection
        ).map { row in
            QualityDay(
                day: row.day,
                figures: QualityFigures(tally: row.tally, mandatoryFields: row.mandatoryFields, expected: expected))
        }
    }

    /// The units next below; the provinces of the country.
    private var children: [AdministrativeUnit] {
        guard let unit = scope.unit else { return units.units(of: scope.set).filter { $0.level == .province } }
        return units.children(of: unit)
    }

    /// The communes below.
    private var communes: [AdministrativeUnit] {
        guard let unit else { return units.units(of: scope.set).filter { $0.level == .commune } }
        switch unit.level {
        case .commune: return []
        case .district: return units.children(of: unit.code)
        case .province:
            return units.children(of: unit.code).flatMap { child in
                child.level == .commune ? [child] : units.children(of: child.code)
            }
        }
    }
}
