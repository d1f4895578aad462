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
            "Địa chỉ của hộ không nêu số nhà nên không có trang chỗ ở; xem trang của hộ.",
            "The household's address names no house, so it is no single dwelling; look at the household itself."
        )
    }
}

extension PopulationRegister {
    /// How many households and persons of one dwelling are looked at.
    package static let mostAtDwelling = 200

    /// Tra cứu chỗ ở: the dwelling of a household, with the households and persons who are and were there.
    ///
    /// It is shown to whom that household is shown; the look names all persons who are.
    /// - Throws: `AccessRefusal` when nobody of it may be shown, `DwellingRefusal` when the address names no house.
    package func look(
        atDwellingOf handle: Handle, asOf: AsOf = AsOf(), by requester: Requester
    ) async throws -> DwellingAnswer? {
        if let refusal = AccessPolicy.refusal(of: .handle, to: requester) { throw refusal }
        let acts = acts
        let looks = looks
        let guesses = guesses
        let now = surroundings.now()
        let judge = LookJudge(acts: acts, today: surroundings.today, requester: requester)
        let outcome: Result<DwellingAnswer?, any Error> = try await database.writeGrouped { connection in
            var looking = DwellingLook(
                acts: acts, looks: looks, asOf: asOf, now: now, judge: judge, connection: connection)
            guard let row = try PersonStore().household(handle: handle, on: connection),
                let address = row.state.address, try looking.shows(row.state)
            else {
                try guesses.count(.misses, of: requester, on: connection)
                return AccessPolicy.refusalWhereNobodyIs(requester).map { .failure($0) } ?? .success(nil)
            }
            guard let key = DwellingKey(address) else { return .failure(DwellingRefusal.noHouse) }
            return .success(try looking.answer(key, address, of: row.state.household))
        }
        return try outcome.get()
    }
}

/// One look at a dwelling, inside a transaction.
private struct DwellingLook {
    let acts: ActStore
    let looks: LookStore
    let asOf: AsOf
    let now: Instant
    let judge: LookJudge
    let connection: Connection

    /// Who is shown so far, who is not, and who is a member of a household that is there.
    private var shown: Set<Int64> = []
    private var hidden: Set<Int64> = []
    private var members: Set<Int64> = []
    private var isCut = false

    init(
        acts: ActStore, looks: LookStore, asOf: AsOf, now: Instant, judge: LookJudge, connection: Connection
    ) {
        self.acts = acts
        self.looks = looks
        self.asOf = asOf
        self.now = now
        self.judge = judge
        self.connection = connection
    }

    private var day: CalendarDate { asOf.effectiveAt ?? judge.today }

    /// Whether a look at the household itself would show it.
    func shows(_ household: HouseholdState) throws -> Bool {
        try HouseholdSight(
            household, home: [household.address?.unit].compactMap { $0 }, asOf: AsOf(), judge: judge,
            seals: StandingSeals(of: Set(household.members.map(\.person)), at: now, on: connection), on: connection
        ).isShown
    }

    /// Nil when nothing was known of the household then.
    mutating func answer(_ key: DwellingKey, _ address: Address, of household: Int64) throws -> DwellingAnswer? {
        let most = PopulationRegister.mostAtDwelling
        let subjects = try DwellingStore().subjects(of: key, first: household, limit: most + 1, on: connection)
        isCut = subjects.count > most
        var households: [Int64: [RecordedAct]] = [:]
        var persons: [Int64: [RecordedAct]] = [:]
        for subject in subjects.prefix(most) {
            guard let stream = try stream(of: subject) else { continue }
            switch subject.kind {
            case .household: households[subject.id] = stream
            case .person: persons[subject.id] = stream
            case .set: continue
            }
        }
        let known = try? households[household].flatMap {
            try HouseholdFold.state(of: household, acts: $0, knownAt: asOf.knownAt)
        }
        guard known != nil else { return nil }
        let state = DwellingFold.state(of: key, households: households, persons: persons, asOf: asOf)
        if state.isPartial { isCut = true }
        let everybody = households.values.joined().reduce(into: Set(persons.keys)) {
            $0.formUnion($1.content.namedPersons)
        }
        let seals = try StandingSeals(of: everybody, at: now, on: connection)
        let there = try self.households(state, households, key.unit, seals)
        let residents = try residents(state, key.unit, seals)
        let purpose = judge.requester.ground.purpose
        let look = try looks.append(
            by: judge.requester.actor, purpose: purpose.text, legalBasis: purpose.legalBasis,
            persons: shown.sorted(), fields: ["birth", "household", "name", "residence", "sex"], on: connection)
        return DwellingAnswer(
            address: address, households: there, residents: residents, hidden: hidden.subtracting(shown).count,
            isCut: isCut, receipt: look.id)
    }

    /// The acts of one who may have stood there; what cannot be read keeps nobody from seeing the others.
    private mutating func stream(of subject: Subject) throws -> [RecordedAct]? {
        let stream = try Streams.ifLegible { try Streams(acts: acts, connection: connection).acts(of: subject) }
        if stream == nil { isCut = true }
        return stream
    }

    private mutating func households(
        _ state: DwellingState, _ streams: [Int64: [RecordedAct]], _ unit: UnitCode, _ seals: StandingSeals
    ) throws -> [DwellingAnswer.Household] {
        let handles = try PersonStore().handles(of: Set(streams.keys), table: .household, on: connection)
        var there: [DwellingAnswer.Household] = []
        for stay in state.households {
            guard let handle = handles[stay.who], let acts = streams[stay.who] else { continue }
            // Of a household whose members are all protected not even that it was there is told.
            let ever = acts.reduce(into: Set<Int64>()) { $0.formUnion($1.content.namedPersons) }
            guard ever.isEmpty || ever.contains(where: { !seals.hides($0, from: judge.requester) }) else { continue }
            let isThere = stay.lasts(on: day)
            var told: [HouseholdAnswer.Member] = []
            if isThere,
                let then = try HouseholdFold.state(
                    of: stay.who, acts: acts, effectiveAt: asOf.effectiveAt, knownAt: asOf.knownAt)
            {
                let sight = try HouseholdSight(
                    then, home: [unit], asOf: asOf, judge: judge, seals: seals,
                    atMost: PopulationRegister.mostAtDwelling - shown.count, on: connection)
                guard !sight.isSealed else { continue }
                told = sight.members
                members.formUnion(sight.open.map(\.person))
                shown.formUnion(told.map(\.person.person))
                hidden.formUnion(sight.hidden)
                isCut = isCut || sight.isCut
            }
            there.append(
                .init(handle: handle, since: stay.since, until: stay.until, isThere: isThere, members: told))
        }
        return there
    }

    private mutating func residents(
        _ state: DwellingState, _ unit: UnitCode, _ seals: StandingSeals
    ) throws -> [DwellingAnswer.Resident] {
        var residents: [DwellingAnswer.Resident] = []
        for stay in state.residents where !seals.hides(stay.who.person, from: judge.requester) {
            let isThere = stay.lasts(on: day)
            // A member of a household that is there is told with it.
            if isThere, members.contains(stay.who.person) { continue }
            let beside = isThere ? [unit] : []
            guard let person = try open(stay.who.person, beside: beside, seals, counts: isThere) else { continue }
            residents.append(
                .init(
                    handle: person.handle, person: person.state, kind: stay.who.kind, since: stay.since,
                    until: stay.until, isThere: isThere))
        }
        return residents
    }

    /// The record with what may be shown of it; nil when nothing may, or when enough persons are shown.
    private mutating func open(
        _ id: Int64, beside places: [UnitCode], _ seals: StandingSeals, counts: Bool
    ) throws -> PersonStore.PersonRow? {
        guard shown.count < PopulationRegister.mostAtDwelling || shown.contains(id) else {
            isCut = true
            return nil
        }
        guard var person = try PersonStore().person(id, on: connection) else { return nil }
        guard let allowance = judge.listed(person.state, beside: places, wanted: .member, seals) else {
            if counts { hidden.insert(id) }
            return nil
        }
        guard let then = try Streams.ifLegible({ try judge.state(person.state, asOf, on: connection) }) else {
            return nil
        }
        shown.insert(id)
        person.state = then.showing(allowance.groups)
        return person
    }
}
