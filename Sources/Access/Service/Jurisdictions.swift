import Civil
import Synchronization

/// The places of each office's unit, found once a day for each unit: they are thousands, and every request asks.
final class Jurisdictions: Sendable {
    private struct Known {
        var day: CalendarDate?
        var places: [UnitCode: Set<UnitCode>] = [:]
    }

    let units: UnitDirectory
    private let everywhere: [UnitCode]
    private let known = Mutex(Known())

    init(units: UnitDirectory) {
        self.units = units
        everywhere = units.periods.flatMap { units.units(of: $0.set).map(\.code) }
    }

    /// What the office answers for on a day.
    func jurisdiction(of office: Office, on day: CalendarDate) -> Jurisdiction {
        switch office.level {
        case .ministry: return .nation
        case .mission: return .nobody
        case .commune, .district, .province:
            guard let unit = office.unit else { return .nobody }
            return .places(of: unit, places(of: unit, on: day))
        }
    }

    private func places(of unit: UnitCode, on day: CalendarDate) -> Set<UnitCode> {
        let found = known.withLock { known in known.day == day ? known.places[unit] : nil }
        if let found { return found }
        let places = UnitReach(units: units, today: day).places(of: unit, among: everywhere)
        known.withLock { known in
            if known.day != day { known = Known(day: day) }
            known.places[unit] = places
        }
        return places
    }
}
