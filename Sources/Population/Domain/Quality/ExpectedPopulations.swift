import Civil

/// Dân số dự kiến của mọi đơn vị: what the files give, and what follows from them for the units of other sets.
package struct ExpectedPopulations: Sendable {
    private let set: UnitSet
    private let units: UnitDirectory
    private let year: Int
    /// The figures of each unit by age; the year that is nearest before the report wins, then a loaded file.
    private var figures: [UnitCode: [AgeGroup?: ExpectedPopulation]] = [:]
    /// For each unit of the set, the units of other sets that went into it whole.
    private var parts: [UnitCode: [UnitCode]] = [:]

    /// - Parameter rows: those that come with the program first, loaded ones behind them.
    package init(_ rows: [ExpectedPopulation], into placement: PlacementTable, on day: CalendarDate) {
        let units = placement.units
        let set = placement.set
        self.set = set
        self.units = units
        year = day.year
        for row in rows {
            let known = figures[row.unit]?[row.ages]
            if known.map({ isBetter(row.year, than: $0.year) }) ?? true {
                figures[row.unit, default: [:]][row.ages] = row
            }
        }
        for code in figures.keys where code.set != set {
            let place = placement.place(of: code)
            guard let unit = place.unit, !place.isAmbiguous, units.unit(unit)?.level == units.unit(code)?.level else {
                continue
            }
            parts[unit, default: []].append(code)
        }
    }

    /// The latest year up to the report's; where there is none, the earliest after it.
    ///
    /// Of one year the later row wins.
    private func isBetter(_ new: Int, than old: Int) -> Bool {
        if (new <= year) != (old <= year) { return new <= year }
        return new <= year ? new >= old : new <= old
    }

    /// What is expected in the unit, or in the whole country; nil when nothing tells it.
    package func figure(of unit: UnitCode?) -> ExpectedFigure? {
        guard let all = total(of: unit, nil) else { return nil }
        var ages: [AgeGroup: Int] = [:]
        for group in AgeGroup.allCases { ages[group] = total(of: unit, group)?.persons }
        return ExpectedFigure(
            persons: all.persons, ages: ages.count == AgeGroup.allCases.count ? ages : [:], year: all.year,
            source: all.source)
    }

    private typealias Total = (persons: Int, year: Int, source: String)

    private func total(of unit: UnitCode?, _ ages: AgeGroup?) -> Total? {
        guard let unit else {
            return sum(units.units(of: set).filter { $0.level == .province }.map { total(of: $0.code, ages) })
        }
        if let direct = own(unit, ages) { return direct }
        if let parts = parts[unit], let sum = sum(parts.sorted { $0.code < $1.code }.map { own($0, ages) }) {
            return sum
        }
        let children = units.children(of: unit)
        return children.isEmpty ? nil : sum(children.map { total(of: $0.code, ages) })
    }

    private func own(_ unit: UnitCode, _ ages: AgeGroup?) -> Total? {
        guard let rows = figures[unit] else { return nil }
        if let row = rows[ages] { return (row.persons, row.year, row.source) }
        guard ages == nil else { return nil }
        return sum(AgeGroup.allCases.map { group in rows[group].map { ($0.persons, $0.year, $0.source) } })
    }

    /// All of them together; nil when one is not known.
    private func sum(_ totals: [Total?]) -> Total? {
        var result: Total?
        for total in totals {
            guard let total else { return nil }
            if let so = result {
                result = (so.persons + total.persons, min(so.year, total.year), so.source)
            } else {
                result = total
            }
        }
        return result
    }
}
