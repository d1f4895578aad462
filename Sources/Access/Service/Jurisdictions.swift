import Civil
import Synchronization

/// The places of each office's unit, found once a day for each unit: they are thousands, and every request asks.
final class Jurisdictions: Sendable {
    private struct Known {
        var day: CalendarDate?
        var edition: Int64 = 0
        var everywhere: [UnitCode]?
        var places: [UnitCode: Set<UnitCode>] = [:]
    }

    private let inForce: UnitsInForce
    private let known = Mutex(Known())

    init(units: UnitsInForce) {
        inForce = units
    }

    var units: UnitDirectory { inForce.directory }

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
        let edition = inForce.current
        let units = edition.directory
        let (found, listed) = known.withLock { known in
            if known.edition != edition.number { known = Known(edition: edition.number) }
            return (known.day == day ? known.places[unit] : nil, known.everywhere)
        }
        if let found { return found }
        let everywhere = listed ?? units.periods.flatMap { units.units(of: $0.set).map(\.code) }
        let places = UnitReach(units: units, today: day).places(of: unit, among: everywhere)
        known.withLock { known in
            guard known.edition == edition.number else { return }
            if known.day != day { known = Known(day: day, edition: edition.number) }
            known.everywhere = everywhere
            known.places[unit] = places
        }
        return places
    }
}
