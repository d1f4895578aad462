/// The time in which a set of units holds; open ends reach for ever.
package struct UnitSetPeriod: Hashable, Sendable {
    package let set: UnitSet
    package let validFrom: CalendarDate?
    package let validTo: CalendarDate?
    package let basis: String

    func ending(on day: CalendarDate) -> UnitSetPeriod {
        UnitSetPeriod(set: set, validFrom: validFrom, validTo: day, basis: basis)
    }

    /// Whether both have a day in common.
    func overlaps(_ other: UnitSetPeriod) -> Bool {
        func isBefore(_ end: CalendarDate?, _ start: CalendarDate?) -> Bool {
            guard let end, let start else { return false }
            return end < start
        }
        return !isBefore(validTo, other.validFrom) && !isBefore(other.validTo, validFrom)
    }
}

/// Danh mục đơn vị hành chính: all sets that are loaded, with their times and the conversions between them.
///
/// A value: loading a further reorganisation gives a new directory.
package struct UnitDirectory: Sendable {
    package private(set) var periods: [UnitSetPeriod] = []
    private(set) var indexes: [UnitSet: UnitIndex] = [:]
    /// What became of the units of a set, by their places in it.
    private(set) var conversions: [UnitSet: [[UnitConversion]]] = [:]

    package init() {}

    /// Adds a file, which is a set of units (`# set: …`) or a conversion (`# from: …`, `# to: …`).
    ///
    /// Nothing of a file that is refused is taken.
    package mutating func load(_ bytes: [UInt8]) throws(UnitFileRefusal) {
        let file = try UnitFile(bytes)
        if file.headers["from"] != nil {
            let loaded = try UnitConversionFile(file, in: self)
            conversions[loaded.from] = loaded.conversions
        } else {
            let loaded = try UnitSetFile(file, in: self)
            periods = loaded.periods
            indexes[loaded.set] = UnitIndex(loaded.units)
        }
    }

    /// The set that holds on a day; for days before all sets the oldest one, and a set holds on where none follows.
    package func set(on date: CalendarDate) -> UnitSet? {
        (periods.last { $0.validFrom.map { $0 <= date } ?? true } ?? periods.first)?.set
    }

    package func unit(_ code: UnitCode) -> AdministrativeUnit? {
        indexes[code.set]?.unit(code.code)
    }

    /// The unit that `set/code` names, or a bare code: that of the set which holds on the day, or else of the newest
    /// set before it that has the code at all, as sheets of older days write it.
    package func unit(named text: String, on date: CalendarDate) -> AdministrativeUnit? {
        let parts = text.split(separator: "/", maxSplits: 1)
        guard let code = parts.last.map(String.init) else { return nil }
        if parts.count == 2 { return unit(UnitCode(code, UnitSet(rawValue: String(parts[0])))) }
        guard let set = set(on: date) else { return nil }
        let earlier = periods.prefix { $0.set != set }.reversed().map(\.set)
        return ([set] + earlier).lazy.compactMap { unit(UnitCode(code, $0)) }.first
    }

    /// The province of that code in the set that holds on a day, or nil.
    package func province(_ code: String, on date: CalendarDate) -> UnitCode? {
        guard let set = set(on: date), let unit = unit(UnitCode(code, set)), unit.level == .province else { return nil }
        return unit.code
    }

    /// The units of a set, in the order of its file.
    package func units(of set: UnitSet) -> [AdministrativeUnit] { indexes[set]?.units ?? [] }

    /// The units whose parent this one is.
    package func children(of code: UnitCode) -> [AdministrativeUnit] {
        guard let index = indexes[code.set] else { return [] }
        return index.children(of: code.code)
    }

    /// Whether people live in the unit itself: a commune, or an island district of the older set that has none.
    package func isLowest(_ code: UnitCode) -> Bool {
        guard let index = indexes[code.set], let place = index.place(of: code.code) else { return false }
        return index.places(under: place).isEmpty
    }

    /// The unit with all above it: "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội".
    package func path(of code: UnitCode) -> String {
        indexes[code.set]?.path(of: code.code) ?? ""
    }

    /// The unit itself or the one above it at a level.
    package func ancestor(of code: UnitCode, at level: UnitLevel) -> AdministrativeUnit? {
        var next = unit(code)
        while let current = next, current.level != level { next = current.parent.flatMap(unit) }
        return next
    }

    /// The unit and all above it, the lowest first; empty where the unit is not known.
    package func chain(of code: UnitCode) -> [UnitCode] {
        var chain: [UnitCode] = []
        var next = unit(code)
        while let unit = next {
            chain.append(unit.code)
            next = unit.parent.flatMap(self.unit)
        }
        return chain
    }

    /// The address with the name that its unit has on a day; as it was written where the unit is not certain.
    package func text(of address: Address, on day: CalendarDate) -> String {
        guard let unit = address.unit else { return address.written }
        var path = path(of: unit)
        if case .one(let successor) = successors(of: unit, on: day) { path = self.path(of: successor.code) }
        return address.detail.isEmpty ? path : "\(address.detail), \(path)"
    }

    // MARK: Successors

    /// What became of a unit by that day, through every reorganisation in between.
    package func successors(of code: UnitCode, on date: CalendarDate) -> UnitSuccessors {
        guard let target = set(on: date), unit(code) != nil else { return .none }
        if code.set == target { return .same }
        var current: Set<UnitCode> = [code]
        var usual: UnitCode? = code
        for _ in periods {
            if current.allSatisfy({ $0.set == target }) { break }
            var next: Set<UnitCode> = []
            for code in current { next.formUnion(code.set == target ? [code] : step(from: code)) }
            usual = usual.flatMap { $0.set == target ? $0 : usualStep(from: $0) }
            if next.isEmpty { return .none }
            current = next
        }
        let units = current.filter { $0.set == target }.compactMap { unit($0) }.sorted { $0.code.code < $1.code.code }
        switch units.count {
        case 0: return .none
        case 1: return .one(units[0])
        default: return .candidates(units, usual: usual.flatMap { unit($0) })
        }
    }

    /// Where the unit's people are counted after the next reorganisation; districts and provinces through their
    /// communes.
    private func step(from code: UnitCode) -> Set<UnitCode> {
        let direct = conversions(of: code)
        if !direct.isEmpty { return Set(direct.map(\.to)) }
        guard let unit = unit(code), unit.level != .commune else { return [] }
        var targets: Set<UnitCode> = []
        for child in children(of: code) {
            for target in step(from: child.code) {
                let wanted = unit.level == .province ? ancestor(of: target, at: .province)?.code : target
                if let wanted { targets.insert(wanted) }
            }
        }
        return targets
    }

    private func usualStep(from code: UnitCode) -> UnitCode? {
        let direct = conversions(of: code)
        guard !direct.isEmpty else {
            let targets = step(from: code)
            return targets.count == 1 ? targets.first : nil
        }
        return direct.count == 1 ? direct[0].to : direct.first { $0.isDefault }?.to
    }

    /// The conversions of a unit as the data give them.
    package func conversions(of code: UnitCode) -> [UnitConversion] {
        guard let converted = conversions[code.set], let place = indexes[code.set]?.place(of: code.code) else {
            return []
        }
        return converted[place]
    }

    /// All conversions that go out of a set.
    package func conversions(from set: UnitSet) -> [UnitConversion] {
        conversions[set]?.flatMap(\.self) ?? []
    }
}
