import Civil
import Database
import Ledger

/// Officers as they stand at this moment, for decisions on what they asked earlier.
package struct Standings: Sendable {
    private let jurisdictions: Jurisdictions

    package init(units: UnitsInForce) { jurisdictions = Jurisdictions(units: units) }

    init(_ jurisdictions: Jurisdictions) { self.jurisdictions = jurisdictions }

    /// The account in the role and office that it asked in; nil when it holds them no longer.
    package func requester(
        _ actor: Actor, on ground: Requester.Ground, at now: Instant, _ connection: Connection
    ) throws -> Requester? {
        guard let officer = try OfficerStore().officer(account: actor.account, connection), officer.disabled == nil,
            let office = try OfficeStore().office(actor.office, on: now.dayInVietnam, connection)
        else { return nil }
        let held = try OfficerStore().grants(of: officer.id, connection).first { grant in
            grant.role.rawValue == actor.role && grant.office == actor.office && grant.isInForce(at: now)
        }
        return held.map { grant in
            Requester(
                actor: actor, role: grant.role,
                jurisdiction: jurisdictions.jurisdiction(of: office, on: now.dayInVietnam), ground: ground,
                person: officer.person)
        }
    }

    /// The requester as the second person of whoever works in the office of `first`.
    package func second(
        _ requester: Requester, of first: Actor, at now: Instant, _ connection: Connection
    ) throws -> SecondPerson {
        SecondPerson(
            requester,
            isOfOfficeAbove: try isAbove(requester.actor.office, first.office, on: now.dayInVietnam, connection))
    }

    /// Why the requester is no second person for what `first` asks; nil when they are one.
    package func refusal(
        of requester: Requester, askedBy first: Actor, at now: Instant, _ connection: Connection
    ) throws -> AccessRefusal? {
        AccessPolicy.refusal(of: try second(requester, of: first, at: now, connection), by: first)
    }

    /// Whether what `first` asks waits for `requester`: of one's own office; of the office below where nobody else
    /// there could approve.
    package func waits(
        for requester: Requester, askedBy first: Actor, at now: Instant, _ connection: Connection
    ) throws -> Bool {
        guard try refusal(of: requester, askedBy: first, at: now, connection) == nil else { return false }
        if requester.actor.office == first.office { return true }
        return SecondOffice(officers: try approvers(in: first.office, at: now, connection)) == .above
    }

    /// Whether an office works on a day.
    package func isOpen(office code: String, on day: CalendarDate, _ connection: Connection) throws -> Bool {
        try OfficeStore().office(code, on: day, connection) != nil
    }

    /// The codes of the offices in the requester's places, of every period; nil where the whole nation is theirs.
    package func offices(of requester: Requester, _ connection: Connection) throws -> Set<String>? {
        if requester.jurisdiction == .nation { return nil }
        let offices = try OfficeStore().offices(on: nil, connection)
        return Set(offices.filter { requester.jurisdiction.administers($0) }.map(\.code))
    }

    /// The unit of every office that has one, of its latest period.
    package func unitsOfOffices(_ connection: Connection) throws -> [String: UnitCode] {
        try OfficeStore().offices(on: nil, connection).reduce(into: [:]) { units, office in
            if let unit = office.unit { units[office.code] = unit }
        }
    }

    /// How many of an office hold a role that approves.
    private func approvers(in office: String, at now: Instant, _ connection: Connection) throws -> Int {
        let roles = Role.holders(of: .approve)
        let grants = try OfficerStore().grants(inOffice: office, connection)
        return Set(grants.filter { $0.isInForce(at: now) && roles.contains($0.role) }.map(\.officer)).count
    }

    private func isAbove(
        _ upper: String, _ lower: String, on day: CalendarDate, _ connection: Connection
    ) throws -> Bool {
        let store = OfficeStore()
        guard let above = try store.office(upper, on: day, connection),
            let below = try store.office(lower, on: day, connection)
        else { return false }
        switch (above.level, below.level) {
        case (.district, .commune), (.province, .commune), (.province, .district):
            return jurisdictions.jurisdiction(of: above, on: day).reaches([below.unit].compactMap { $0 })
        case (.ministry, .province), (.ministry, .mission): return true
        default: return false  // the same level, or the wrong way round
        }
    }
}
