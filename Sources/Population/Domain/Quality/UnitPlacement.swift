import Civil

/// Quy đổi về một bộ mã: where the people of a unit of any set are counted in the set that is asked for.
package struct UnitPlacement: Sendable {
    package struct Place: Hashable, Sendable {
        /// Nil when no unit of the set holds all of them: they count in the whole country alone.
        package var unit: UnitCode?
        /// Whether the unit was split, and the people are put where most of such people are put.
        package var isAmbiguous = false
    }

    package let units: UnitDirectory
    package let set: UnitSet
    private let day: CalendarDate?
    /// For each unit of later sets, the units that went into it.
    private let origins: [UnitCode: [UnitCode]]

    package init(into set: UnitSet, units: UnitDirectory) {
        self.units = units
        self.set = set
        let period = units.periods.first { $0.set == set }
        day = period.flatMap { $0.validFrom ?? $0.validTo }
        var origins: [UnitCode: [UnitCode]] = [:]
        for period in units.periods {
            for conversion in units.conversions(from: period.set) {
                origins[conversion.to, default: []].append(conversion.from)
            }
        }
        self.origins = origins
    }

    /// Where the people who are registered in that unit count.
    package func place(of code: UnitCode) -> Place {
        if code.set == set { return Place(unit: units.unit(code) == nil ? nil : code) }
        guard let day, let own = position(of: code.set), let wanted = position(of: set) else { return Place() }
        return own < wanted ? successor(of: code, on: day) : predecessor(of: code)
    }

    private func position(of set: UnitSet) -> Int? { units.periods.firstIndex { $0.set == set } }

    private func successor(of code: UnitCode, on day: CalendarDate) -> Place {
        switch units.successors(of: code, on: day) {
        case .same: return Place(unit: code)
        case .one(let unit): return Place(unit: unit.code)
        case .candidates(let candidates, let usual):
            if let usual { return Place(unit: usual.code, isAmbiguous: true) }
            return Place(unit: common(candidates.map(\.code)), isAmbiguous: true)
        case .none: return Place()
        }
    }

    /// A later unit in an earlier set: the unit that all its parts came from, or the lowest one above them.
    private func predecessor(of code: UnitCode) -> Place {
        var current: Set<UnitCode> = [code]
        for _ in units.periods {
            if current.allSatisfy({ $0.set == set }) { break }
            current = Set(current.flatMap { $0.set == set ? [$0] : parts(of: $0) })
        }
        let found = current.filter { $0.set == set }
        return Place(unit: common(Array(found)))
    }

    private func parts(of code: UnitCode) -> [UnitCode] {
        if let direct = origins[code] { return direct }
        return units.children(of: code).flatMap { parts(of: $0.code) }
    }

    /// The lowest unit that holds all of these.
    private func common(_ codes: [UnitCode]) -> UnitCode? {
        guard let first = codes.first else { return nil }
        var shared = units.chain(of: first)
        for code in codes.dropFirst() {
            let others = Set(units.chain(of: code))
            shared = shared.filter(others.contains)
        }
        return shared.first
    }
}

/// The places of all units in one set, worked out once.
package struct PlacementTable: Sendable {
    package let set: UnitSet
    package let units: UnitDirectory
    /// Of every unit of every set, by its key in `person_measure`: the unit where its people count with all above it.
    private let chains: [Int64: (chain: [UnitCode], isAmbiguous: Bool)]
    /// For every unit of the set, the keys of the units whose people count in it.
    private let sources: [UnitCode: [Int64]]

    package init(into set: UnitSet, units: UnitDirectory) {
        self.set = set
        let placement = UnitPlacement(into: set, units: units)
        var chains: [Int64: (chain: [UnitCode], isAmbiguous: Bool)] = [:]
        var sources: [UnitCode: [Int64]] = [:]
        for period in units.periods {
            for unit in units.units(of: period.set) {
                let place = placement.place(of: unit.code)
                guard let placed = place.unit else { continue }
                let key = UnitKey.key(of: unit.code)
                let chain = units.chain(of: placed)
                chains[key] = (chain, place.isAmbiguous)
                for above in chain { sources[above, default: []].append(key) }
            }
        }
        self.units = units
        self.chains = chains
        self.sources = sources.mapValues { $0.sorted() }
    }

    /// The unit where people of the unit with that key count, and all above it; nil when only the country holds them.
    func chain(ofKey key: Int64) -> (chain: [UnitCode], isAmbiguous: Bool)? { chains[key] }

    /// Where the people of a unit of any set count.
    package func place(of code: UnitCode) -> UnitPlacement.Place {
        guard let found = chains[UnitKey.key(of: code)] else { return .init() }
        return .init(unit: found.chain.first, isAmbiguous: found.isAmbiguous)
    }

    /// The keys of the units of all sets whose people count in the unit.
    func sources(of unit: UnitCode) -> [Int64] { sources[unit] ?? [] }
}
