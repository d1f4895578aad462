import Civil
import Ledger

/// Chỗ ở hợp pháp với những hộ và những người đã ở đó: a dwelling with its history; a fold over the streams of the
/// households and persons that ever stood at its address.
package struct DwellingState: Hashable, Sendable {
    package var key: DwellingKey
    /// The households, those that came first before the others.
    package var households: [Stay<Int64>] = []
    /// Persons who are or were registered there by acts of their own, beside what households say.
    package var residents: [Stay<Registration>] = []

    /// From when to when somebody stood at the address; `until` is the first day on which they no longer did.
    package struct Stay<Who: Hashable & Sendable>: Hashable, Sendable {
        package var who: Who
        package var since: CalendarDate
        package var until: CalendarDate?

        package func lasts(on day: CalendarDate) -> Bool { since <= day && until.map { day < $0 } ?? true }
    }

    package struct Registration: Hashable, Sendable {
        package var person: Int64
        package var kind: Kind
    }

    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// Thường trú.
        case permanent
        /// Tạm trú.
        case temporary
        /// Nơi ở hiện tại.
        case current
    }
}

/// The fold from acts to a dwelling, on both time axes; pure.
package enum DwellingFold {
    /// - Parameters:
    ///   - households: the streams of the households that may have stood there, by their keys.
    ///   - persons: those of the persons who may have.
    ///   - asOf: the day in the world up to which the history goes, and what was known then.
    package static func state(
        of key: DwellingKey, households: [Int64: [RecordedAct]], persons: [Int64: [RecordedAct]], asOf: AsOf = AsOf()
    ) throws(DamagedStream) -> DwellingState {
        var state = DwellingState(key: key)
        for (household, acts) in households.sorted(by: { $0.key < $1.key }) {
            let stays = try stays(days(of: acts, asOf)) { day throws(DamagedStream) in
                let there = try HouseholdFold.state(
                    of: household, acts: acts, effectiveAt: day, knownAt: asOf.knownAt)
                guard let there, there.undone != true, !there.members.isEmpty else { return false }
                return DwellingKey(there.address) == key
            }
            state.households += stays.map { .init(who: household, since: $0.since, until: $0.until) }
        }
        for (person, acts) in persons.sorted(by: { $0.key < $1.key }) {
            var kinds: [CalendarDate: Set<DwellingState.Kind>] = [:]
            let days = days(of: acts, asOf)
            for day in days {
                let then = try PersonFold.state(of: person, acts: acts, effectiveAt: day, knownAt: asOf.knownAt)
                guard let there = then?.lasting(on: day), there.life.status == .living, there.mergedInto == nil
                else { continue }
                kinds[day] = Set(
                    DwellingState.Kind.allCases.filter { DwellingKey(there.residence($0)?.address) == key })
            }
            for kind in DwellingState.Kind.allCases {
                let stays = try stays(days) { day throws(DamagedStream) in kinds[day]?.contains(kind) == true }
                state.residents += stays.map {
                    .init(who: .init(person: person, kind: kind), since: $0.since, until: $0.until)
                }
            }
        }
        state.households.sort { ($0.since, $0.who) < ($1.since, $1.who) }
        state.residents.sort { ($0.since, $0.who.person) < ($1.since, $1.who.person) }
        return state
    }

    /// The days on which something can change: those of the acts, and those after the end of what was for a time.
    private static func days(of acts: [RecordedAct], _ asOf: AsOf) -> [CalendarDate] {
        var days: Set<CalendarDate> = []
        for act in acts where asOf.knownAt.map({ act.recorded <= $0 }) ?? true {
            days.insert(act.effectiveDay)
            if case .temporaryResidenceRegistered(let registration) = act.content, let until = registration.until {
                days.insert(until.latest.advanced(byDays: 1))
            }
        }
        return days.filter { day in asOf.effectiveAt.map { day <= $0 } ?? true }.sorted()
    }

    private static func stays(
        _ days: [CalendarDate], isThere: (CalendarDate) throws(DamagedStream) -> Bool
    ) throws(DamagedStream) -> [(since: CalendarDate, until: CalendarDate?)] {
        var stays: [(since: CalendarDate, until: CalendarDate?)] = []
        for day in days {
            let wasThere = stays.last.map { $0.until == nil } ?? false
            let isThere = try isThere(day)
            if isThere, !wasThere { stays.append((day, nil)) }
            if !isThere, wasThere { stays[stays.count - 1].until = day }
        }
        return stays
    }
}

extension PersonState {
    fileprivate func residence(_ kind: DwellingState.Kind) -> Residence? {
        switch kind {
        case .permanent: permanentResidence
        case .temporary: temporaryResidence
        case .current: currentResidence
        }
    }
}
