/// A set of units as its file gives it, held against the sets that are loaded.
struct UnitSetFile {
    let set: UnitSet
    let units: [AdministrativeUnit]
    /// The periods of all sets with this one among them.
    let periods: [UnitSetPeriod]

    init(_ file: UnitFile, in directory: UnitDirectory) throws(UnitFileRefusal) {
        set = UnitSet(rawValue: try file.header("set"))
        guard directory.indexes[set] == nil else { throw .setTaken(set.rawValue) }
        let period = UnitSetPeriod(
            set: set, validFrom: try file.date("valid-from"), validTo: try file.date("valid-to"),
            basis: try file.header("basis"))
        if let from = period.validFrom, let to = period.validTo, to < from { throw .headerMalformed("valid-to") }
        periods = try UnitSetFile.insert(period, into: directory.periods)
        units = try UnitSetFile.units(file, set)
    }

    private static func units(_ file: UnitFile, _ set: UnitSet) throws(UnitFileRefusal) -> [AdministrativeUnit] {
        var units: [AdministrativeUnit] = []
        units.reserveCapacity(file.rows.count)
        var levels: [String: UnitLevel] = [:]
        levels.reserveCapacity(file.rows.count)
        for (line, fields) in file.rows {
            guard fields.count >= 5, let level = UnitLevel(rawValue: fields[0]), !fields[1].isEmpty,
                !fields[4].isEmpty
            else { throw .malformed(line: line, "level, code, parent, kind, name") }
            let code = fields[1]
            let parent = fields[2]
            if level == .province ? !parent.isEmpty : (levels[parent].map { $0 < level } != true) {
                throw .unknownParent(line: line, code: parent)
            }
            guard levels.updateValue(level, forKey: code) == nil else { throw .duplicate(line: line, code: code) }
            units.append(
                AdministrativeUnit(
                    code: UnitCode(code, set), level: level, kind: fields[3], name: fields[4],
                    parent: parent.isEmpty ? nil : UnitCode(parent, set),
                    latitude: try number(5, fields, line), longitude: try number(6, fields, line),
                    area: try number(7, fields, line)))
        }
        guard !units.isEmpty else { throw .noUnits }
        return units
    }

    /// A number that may be missing.
    private static func number(
        _ column: Int, _ fields: [String], _ line: Int
    ) throws(UnitFileRefusal) -> Double? {
        guard column < fields.count, !fields[column].isEmpty else { return nil }
        guard let number = Double(fields[column]), number.isFinite else {
            throw .malformed(line: line, "latitude, longitude, area_km2")
        }
        return number
    }

    /// The periods in order; a set with an open end lasts until the day before the next one.
    private static func insert(
        _ period: UnitSetPeriod, into others: [UnitSetPeriod]
    ) throws(UnitFileRefusal) -> [UnitSetPeriod] {
        let place = others.firstIndex { other in
            guard let start = other.validFrom else { return false }
            return period.validFrom.map { $0 < start } ?? true
        }
        var periods = others
        periods.insert(period, at: place ?? others.count)
        for index in periods.indices.dropLast() where periods[index].validTo == nil {
            guard let next = periods[index + 1].validFrom else { continue }
            periods[index] = periods[index].ending(on: next.advanced(byDays: -1))
        }
        for index in periods.indices.dropLast() where periods[index].overlaps(periods[index + 1]) {
            throw .periodsOverlap(periods[index].set.rawValue, periods[index + 1].set.rawValue)
        }
        return periods
    }
}
