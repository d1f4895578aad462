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
    /// Whether a stream could not be folded; the others are told.
    package var isPartial = false

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

    package enum Kind: String, CaseIterable, Comparable, Hashable, Sendable {
        /// Thường trú.
        case permanent
        /// Tạm trú.
        case temporary
        /// Nơi ở hiện tại.
        case current

        package static func < (left: Kind, right: Kind) -> Bool {
            allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
        }
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
    ) -> DwellingState {
        var state = DwellingState(key: key)
        for (household, acts) in households {
            do throws(DamagedStream) {
                state.households += try stays(of: household, acts, at: key, asOf)
            } catch {
                state.isPartial = true
            }
        }
        for (person, acts) in persons {
            do throws(DamagedStream) {
                state.residents += try registrations(of: person, acts, at: key, asOf)
            } catch {
                state.isPartial = true
            }
        }
        state.households.sort { ($0.since, $0.who) < ($1.since, $1.who) }
        state.residents.sort { ($0.since, $0.who.person, $0.who.kind) < ($1.since, $1.who.person, $1.who.kind) }
        return state
    }

    private static func stays(
        of household: Int64, _ acts: [RecordedAct], at key: DwellingKey, _ asOf: AsOf
    ) throws(DamagedStream) -> [DwellingState.Stay<Int64>] {
        var days: Set<CalendarDate> = []
        let all = self.days(of: acts, asOf)
        for day in all {
            let there = try HouseholdFold.state(of: household, acts: acts, effectiveAt: day, knownAt: asOf.knownAt)
            guard let there, there.undone != true, !there.members.isEmpty, DwellingKey(there.address) == key
            else { continue }
            days.insert(day)
        }
        return stays(of: household, on: all, there: days)
    }

    private static func registrations(
        of person: Int64, _ acts: [RecordedAct], at key: DwellingKey, _ asOf: AsOf
    ) throws(DamagedStream) -> [DwellingState.Stay<DwellingState.Registration>] {
        var days: [DwellingState.Kind: Set<CalendarDate>] = [:]
        let all = self.days(of: acts, asOf)
        for day in all {
            let then = try PersonFold.state(of: person, acts: acts, effectiveAt: day, knownAt: asOf.knownAt)
            guard let there = then?.lasting(on: day), there.life.status == .living, there.mergedInto == nil
            else { continue }
            for kind in DwellingState.Kind.allCases where DwellingKey(there.residence(kind)?.address) == key {
                days[kind, default: []].insert(day)
            }
        }
        return days.flatMap { kind, days in
            stays(of: DwellingState.Registration(person: person, kind: kind), on: all, there: days)
        }
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

    /// From when to when somebody was there, of all days on which something can change.
    private static func stays<Who>(
        of who: Who, on days: [CalendarDate], there: Set<CalendarDate>
    ) -> [DwellingState.Stay<Who>] {
        var stays: [DwellingState.Stay<Who>] = []
        for day in days {
            let wasThere = stays.last.map { $0.until == nil } ?? false
            let isThere = there.contains(day)
            if isThere, !wasThere { stays.append(.init(who: who, since: day, until: nil)) }
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
