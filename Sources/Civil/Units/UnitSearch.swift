extension UnitDirectory {
    /// The units of a set whose code is `text`, or whose name begins with it, in the order of the list.
    ///
    /// Marks, case and the kind may be missing: "phuc xa" and "Phường Phúc" find "Phường Phúc Xá". An empty text lists
    /// all. `under` takes the units below one only, `level` those of one level.
    package func units(
        beginningWith text: String, of set: UnitSet, level: UnitLevel? = nil, under: UnitCode? = nil, limit: Int = 50
    ) -> [AdministrativeUnit] {
        guard let index = indexes[set], limit > 0 else { return [] }
        let prefix = UnitWords(text).letters
        let keys = index.names.keys
        var found: [AdministrativeUnit] = []
        for (place, unit) in index.units.enumerated() {
            if let level, unit.level != level { continue }
            if let under, !index.isBelow(place, under) { continue }
            guard
                unit.code.code == text || keys[place].utf8.starts(with: prefix)
                    || UnitWords(unit.name).letters.starts(with: prefix)
            else { continue }
            found.append(unit)
            if found.count == limit { break }
        }
        return found
    }

    /// Units whose people are counted in this one since the last reorganisation, in the order of the older list.
    package func predecessors(of code: UnitCode) -> [AdministrativeUnit] {
        guard let place = periods.firstIndex(where: { $0.set == code.set }), place > 0 else { return [] }
        return units(of: periods[place - 1].set).filter { unit in
            conversions(of: unit.code).contains { $0.to == code }
        }
    }
}

extension UnitIndex {
    /// Whether the unit at a place lies under another one, at any level.
    func isBelow(_ place: Int, _ code: UnitCode) -> Bool {
        var above = parents[place]
        while above >= 0 {
            if units[above].code == code { return true }
            above = parents[above]
        }
        return false
    }
}
