import Access
import Civil
import Database
import Ledger

/// A dwelling as it was shown, with who is and was there and the receipt of the look.
package struct DwellingAnswer: Sendable {
    /// The address as the household that the dwelling was asked by wrote it.
    package let address: Address
    package let households: [Household]
    /// Persons registered there by acts of their own who are no members of a household that is there.
    package let residents: [Resident]
    /// How many persons who are there now are not shown: their records belong to other places.
    package let hidden: Int
    /// Whether more stood there than are looked at.
    package let isCut: Bool
    package let receipt: Int64

    package struct Household: Sendable {
        package let handle: String
        package let since: CalendarDate
        package let until: CalendarDate?
        /// Whether it is there on the day that was asked for.
        package let isThere: Bool
        /// Its members as far as they may be shown; empty once it has gone.
        package let members: [HouseholdAnswer.Member]
    }

    package struct Resident: Sendable {
        package let handle: String
        package let person: PersonState
        package let kind: DwellingState.Kind
        package let since: CalendarDate
        package let until: CalendarDate?
        package let isThere: Bool
    }
}

/// Why no dwelling is shown.
package enum DwellingRefusal: ExplainedRefusal, CaseIterable {
    /// The address of the household names no house.
    case noHouse

    package var code: String { "dwelling_without_house" }

    package var sentence: Sentence {
        Sentence(
            "Địa chỉ của hộ không nêu số nhà nên không có trang chỗ ở; ghi số nhà khi cập nhật địa chỉ.",
            "The household's address names no house, so it is no single dwelling; write the house when the address "
                + "changes."
        )
    }
}

extension PopulationRegister {
    /// How many households and persons of one dwelling are looked at.
    package static let mostAtDwelling = 200

    /// Tra cứu chỗ ở: the dwelling of a household, with the households and persons who are and were there.
    ///
    /// It is shown to whom the household is shown; the look names all persons who are.
    /// - Throws: `AccessRefusal` when nobody of it may be shown, `DwellingRefusal` when the address names no house.
    package func look(
        atDwellingOf handle: Handle, asOf: AsOf = AsOf(), by requester: Requester
    ) async throws -> DwellingAnswer? {
        if let refusal = AccessPolicy.refusal(of: .handle, to: requester) { throw refusal }
        let looking = DwellingLook(
            acts: acts, looks: looks, asOf: asOf, now: surroundings.now(),
            judge: LookJudge(acts: acts, today: surroundings.today, requester: requester))
        let guesses = guesses
        let outcome: Result<DwellingAnswer?, any Error> = try await database.writeGrouped { connection in
            if let row = try PersonStore().household(handle: handle, on: connection), let address = row.state.address {
                let isInside = requester.jurisdiction.reaches([address.unit].compactMap { $0 })
                guard let key = DwellingKey(address) else {
                    if isInside { return .failure(DwellingRefusal.noHouse) }
                    return AccessPolicy.refusalWhereNobodyIs(requester).map { .failure($0) } ?? .success(nil)
                }
                if let answer = try looking.answer(key, address, on: connection) { return .success(answer) }
            }
            try guesses.count(.misses, of: requester, on: connection)
            return AccessPolicy.refusalWhereNobodyIs(requester).map { .failure($0) } ?? .success(nil)
        }
        return try outcome.get()
    }
}

/// One look at a dwelling, inside a transaction.
private struct DwellingLook: Sendable {
    let acts: ActStore
    let looks: LookStore
    let asOf: AsOf
    let now: Instant
    let judge: LookJudge

    private var day: CalendarDate { asOf.effectiveAt ?? judge.today }

    /// Nil when nobody there, now or before, may be shown.
    func answer(_ key: DwellingKey, _ address: Address, on connection: Connection) throws -> DwellingAnswer? {
        let most = PopulationRegister.mostAtDwelling
        let subjects = try DwellingStore().subjects(of: key, limit: most + 1, on: connection)
        let streams = Streams(acts: acts, connection: connection)
        var households: [Int64: [RecordedAct]] = [:]
        var persons: [Int64: [RecordedAct]] = [:]
        for subject in subjects.prefix(most) {
            switch subject.kind {
            case .household: households[subject.id] = try streams.acts(of: subject)
            case .person: persons[subject.id] = try streams.acts(of: subject)
            case .set: continue
            }
        }
        let state = try DwellingFold.state(of: key, households: households, persons: persons, asOf: asOf)
        var shown = Shown()
        var there: [DwellingAnswer.Household] = []
        let handles = try PersonStore().handles(of: Set(households.keys), table: .household, on: connection)
        for stay in state.households {
            guard let handle = handles[stay.who], let acts = households[stay.who] else { continue }
            let isThere = stay.lasts(on: day)
            let members = isThere ? try members(of: stay.who, acts, key.unit, &shown, connection) : []
            there.append(
                .init(handle: handle, since: stay.since, until: stay.until, isThere: isThere, members: members))
        }
        let residents = try residents(state, key.unit, &shown, connection)
        guard judge.requester.jurisdiction.reaches([key.unit]) || !shown.persons.isEmpty else { return nil }
        let purpose = judge.requester.ground.purpose
        let look = try looks.append(
            by: judge.requester.actor, purpose: purpose.text, legalBasis: purpose.legalBasis,
            persons: shown.persons.sorted(), fields: ["birth", "household", "name", "residence", "sex"],
            on: connection)
        return DwellingAnswer(
            address: address, households: there, residents: residents, hidden: shown.hidden,
            isCut: subjects.count > most, receipt: look.id)
    }

    /// Who is shown so far, and how many are not.
    private struct Shown {
        var persons: Set<Int64> = []
        var members: Set<Int64> = []
        var hidden = 0
    }

    private func members(
        of household: Int64, _ acts: [RecordedAct], _ unit: UnitCode, _ shown: inout Shown, _ connection: Connection
    ) throws -> [HouseholdAnswer.Member] {
        let state = try HouseholdFold.state(
            of: household, acts: acts, effectiveAt: asOf.effectiveAt, knownAt: asOf.knownAt)
        let seals = try StandingSeals(of: Set(state?.members.map(\.person) ?? []), at: now, on: connection)
        var members: [HouseholdAnswer.Member] = []
        for member in state?.members ?? [] where !seals.hides(member.person, from: judge.requester) {
            shown.members.insert(member.person)
            guard let person = try PersonStore().person(member.person, on: connection) else { continue }
            guard let allowance = judge.listed(person.state, beside: [unit], wanted: .member, seals) else {
                shown.hidden += 1
                continue
            }
            shown.persons.insert(member.person)
            members.append(
                .init(
                    handle: person.handle, person: person.state.showing(allowance.groups), relation: member.relation,
                    since: member.since, isHead: state?.head == member.person))
        }
        return members
    }

    private func residents(
        _ state: DwellingState, _ unit: UnitCode, _ shown: inout Shown, _ connection: Connection
    ) throws -> [DwellingAnswer.Resident] {
        let seals = try StandingSeals(of: Set(state.residents.map(\.who.person)), at: now, on: connection)
        var residents: [DwellingAnswer.Resident] = []
        for stay in state.residents where !seals.hides(stay.who.person, from: judge.requester) {
            let isThere = stay.lasts(on: day)
            // A member of a household that is there is told with it.
            guard !isThere || !shown.members.contains(stay.who.person),
                let person = try PersonStore().person(stay.who.person, on: connection)
            else { continue }
            guard let allowance = judge.listed(person.state, beside: isThere ? [unit] : [], wanted: .member, seals)
            else {
                if isThere { shown.hidden += 1 }
                continue
            }
            shown.persons.insert(stay.who.person)
            residents.append(
                .init(
                    handle: person.handle, person: person.state.showing(allowance.groups), kind: stay.who.kind,
                    since: stay.since, until: stay.until, isThere: isThere))
        }
        return residents
    }
}
