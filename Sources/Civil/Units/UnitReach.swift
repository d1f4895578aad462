/// Which units of records a unit means: itself, what lies under it, and the same places before or after a
/// reorganisation.
package struct UnitReach: Sendable {
    private let units: UnitDirectory
    private let today: CalendarDate

    package init(units: UnitDirectory, today: CalendarDate) {
        self.units = units
        self.today = today
    }

    package func places(of unit: UnitCode, among known: [UnitCode]) -> Set<UnitCode> {
        let level = units.unit(unit)?.level ?? .commune
        let successors = units.successors(of: unit, on: today).units.map(\.code)
        return Set(
            known.filter { code in
                if code == unit || units.ancestor(of: code, at: level)?.code == unit { return true }
                if code.set == unit.set { return false }
                // An older record lies in a newer unit when one of its successors does, and the other way round.
                let others = units.successors(of: code, on: today).units
                if others.contains(where: { $0.code == unit || units.ancestor(of: $0.code, at: level)?.code == unit }) {
                    return true
                }
                return successors.contains { $0 == code || units.ancestor(of: code, at: level)?.code == $0 }
            })
    }
}

extension UnitSuccessors {
    /// All units that it may be now; none when the unit itself is in force.
    package var units: [AdministrativeUnit] {
        switch self {
        case .same, .none: []
        case .one(let unit): [unit]
        case .candidates(let units, _): units
        }
    }
}
