/// A conversion as its file gives it, held against the two sets.
struct UnitConversionFile {
    let from: UnitSet
    /// What became of each unit, by its place in the older set.
    private(set) var conversions: [[UnitConversion]]

    init(_ file: UnitFile, in directory: UnitDirectory) throws(UnitFileRefusal) {
        from = UnitSet(rawValue: try file.header("from"))
        let to = UnitSet(rawValue: try file.header("to"))
        guard let older = directory.indexes[from] else { throw .unknownSet(from.rawValue) }
        guard let newer = directory.indexes[to] else { throw .unknownSet(to.rawValue) }
        let order = directory.periods.map(\.set)
        guard let first = order.firstIndex(of: from), let second = order.firstIndex(of: to), first < second else {
            throw .wrongOrder(from.rawValue, to.rawValue)
        }
        guard !file.rows.isEmpty else { throw .noUnits }
        guard directory.conversions[from] == nil else { throw .conversionTaken(from.rawValue, to.rawValue) }
        conversions = Array(repeating: [], count: older.units.count)
        for (line, fields) in file.rows {
            guard fields.count >= 3, let extent = UnitConversion.Extent(rawValue: fields[2]) else {
                throw .malformed(line: line, "from, to, whole|part, default")
            }
            guard let place = older.place(of: fields[0]) else { throw .unknownUnit(line: line, code: fields[0]) }
            guard let new = newer.unit(fields[1]) else { throw .unknownUnit(line: line, code: fields[1]) }
            let added = UnitConversion(
                from: older.units[place].code, to: new.code, extent: extent,
                isDefault: fields.count > 3 && fields[3] == "default")
            for known in conversions[place] {
                if known.to == new.code || known.extent == .whole || extent == .whole
                    || known.isDefault && added.isDefault
                {
                    throw .contradiction(line: line, code: fields[0])
                }
            }
            conversions[place].append(added)
        }
        for (place, unit) in older.units.enumerated() where unit.level == .commune && conversions[place].isEmpty {
            throw .notConverted(code: unit.code.code)
        }
    }
}
