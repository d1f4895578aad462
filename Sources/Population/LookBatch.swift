import Access
import Civil
import Database
import Ledger

/// One look at a person, as somebody asks for it.
struct LookRequest: Sendable {
    let selector: PersonSelector
    let asOf: AsOf
    let asked: FieldGroups
    let requester: Requester
}

/// What one look of several came to.
enum LookOutcome: Sendable {
    case found(PersonAnswer)
    case nobody
    case refused(AccessRefusal)
}

/// Answers the looks that come at the same time: a handful of statements for all of them, then their entries.
struct LookBatch: Sendable {
    let acts: ActStore
    let looks: LookStore
    let surroundings: Surroundings

    private var guesses: GuessWatch { GuessWatch(surroundings: surroundings) }

    /// A person of the batch who may be shown, with what is shown.
    private struct Shown {
        let request: Int
        let asOf: AsOf
        let state: PersonState
        let handle: String
        let allowance: LookAllowance
        let isSealed: Bool
        /// Whoever asked, on the ground that the look has: that of emergency access where it is one.
        let requester: Requester
    }

    /// The outcomes in the order of the requests.
    func answer(_ requests: [LookRequest], on connection: Connection) throws -> [LookOutcome] {
        let found = try rows(requests, connection)
        let now = surroundings.now()
        let today = now.dayInVietnam
        let persons = Set(found.values.map(\.state.person))
        var children: [Int64: [Int64]] = [:]
        let protection = try Protection(
            of: persons, at: now,
            beside: PersonStore().questions(childrenOf: persons.sorted()) { children[$0, default: []].append($1) },
            on: connection)
        var outcomes = requests.map { request in
            AccessPolicy.refusalWhereNobodyIs(request.requester).map { LookOutcome.refused($0) } ?? .nobody
        }
        var states: [Shown] = []
        for (index, request) in requests.enumerated() {
            if let refusal = try watched(request, connection) {
                outcomes[index] = .refused(refusal)
                continue
            }
            guard let row = found[request.selector] else {
                try guesses.count(.misses, of: request.requester, on: connection)
                continue
            }
            let judge = LookJudge(acts: acts, today: today, requester: request.requester)
            switch try judge.decide(
                on: row.state, named: request.selector.naming, asked: request.asked, protection, connection)
            {
            case .refused(let refusal):
                // Whoever is hidden is told as nobody is.
                guard refusal.isMiss else {
                    outcomes[index] = .refused(refusal)
                    continue
                }
                try guesses.count(.misses, of: request.requester, on: connection)
            case .allowed(let allowance):
                outcomes[index] = .nobody
                guard let state = try judge.state(row.state, request.asOf, on: connection) else { continue }
                states.append(
                    Shown(
                        request: index, asOf: request.asOf, state: state.showing(allowance.groups), handle: row.handle,
                        allowance: allowance, isSealed: protection.seals.isSealed(row.state.person),
                        requester: try protection.looking(
                            request.requester, at: row.state.person, now, on: connection)))
            }
        }
        if !states.isEmpty { try fill(&outcomes, with: states, children, at: now, connection) }
        return outcomes
    }

    /// Writes the looks at those who are shown, and the outcomes with what their records name.
    private func fill(
        _ outcomes: inout [LookOutcome], with states: [Shown], _ today: [Int64: [Int64]], at now: Instant,
        _ connection: Connection
    ) throws {
        let children = try children(of: states, today, connection)
        var persons: Set<Int64> = []
        var households: Set<Int64> = []
        for shown in states {
            let references = shown.state.references
            persons.formUnion(references.persons)
            persons.formUnion(children[shown.request] ?? [])
            households.formUnion(references.households)
        }
        var personHandles: [Int64: String] = [:]
        var householdHandles: [Int64: String] = [:]
        let relatives = try StandingSeals(
            of: persons, at: now,
            beside: PersonStore().questions(handlesOf: persons, table: .person) { personHandles[$0] = $1 }
                + PersonStore().questions(handlesOf: households, table: .household) { householdHandles[$0] = $1 },
            on: connection)
        let receipts = try looks.append(
            states.map { shown in
                let purpose = shown.requester.ground.purpose
                return LookStore.Draft(
                    actor: shown.requester.actor, purpose: purpose.text, legalBasis: purpose.legalBasis,
                    persons: [shown.state.person],
                    fields: shown.state.shownFields(shown.allowance.groups))
            }, on: connection)
        for (shown, receipt) in zip(states, receipts) {
            let requester = shown.requester
            outcomes[shown.request] = .found(
                PersonAnswer(
                    state: shown.state, allowance: shown.allowance, handle: shown.handle,
                    persons: personHandles.filter { !relatives.hides($0.key, from: requester) },
                    households: householdHandles,
                    children: (children[shown.request] ?? [])
                        .filter { !relatives.hides($0, from: requester) },
                    isSealed: shown.isSealed, receipt: receipt))
        }
    }

    /// Why a look that could be a guess is not answered; handles cannot be guessed.
    private func watched(_ request: LookRequest, _ connection: Connection) throws -> AccessRefusal? {
        guard request.selector.naming != .handle else { return nil }
        if let refusal = try guesses.refusal(of: request.requester, on: connection) { return refusal }
        if request.selector.naming == .exact {
            try guesses.count(.exactNames, of: request.requester, on: connection)
        }
        return nil
    }

    /// Whose parent each is who is shown, by request; two may ask for one person, and only one of them see the family.
    private func children(
        of states: [Shown], _ today: [Int64: [Int64]], _ connection: Connection
    ) throws -> [Int: [Int64]] {
        var children: [Int: [Int64]] = [:]
        for shown in states where shown.allowance.groups.contains(.family) {
            guard let known = today[shown.state.person] else { continue }
            children[shown.request] = try known.filter { child in
                try shown.asOf.isNow || isChild(child, of: shown.state.person, shown.asOf, connection)
            }
        }
        return children
    }

    /// Whether a child of today was one at both points of time: born then, and known to the register.
    private func isChild(_ child: Int64, of parent: Int64, _ asOf: AsOf, _ connection: Connection) throws -> Bool {
        let then = try Streams.ifLegible {
            try PersonFold.state(
                of: child, acts: Streams(acts: acts, connection: connection).acts(of: .person(child)),
                effectiveAt: asOf.effectiveAt, knownAt: asOf.knownAt)
        }
        return [then?.father?.person, then?.mother?.person].contains(parent)
    }

    private func rows(
        _ requests: [LookRequest], _ connection: Connection
    ) throws -> [PersonSelector: PersonStore.PersonRow] {
        var numbers: [PersonalIdentificationNumber] = []
        var handles: [Handle] = []
        for request in requests {
            switch request.selector {
            case .number(let number): numbers.append(number)
            case .handle(let handle): handles.append(handle)
            case .exact(let exact): numbers.append(exact.number)
            }
        }
        var rows: [PersonSelector: PersonStore.PersonRow] = [:]
        let held = try PersonStore().persons(numbers: numbers, on: connection)
        for (number, row) in held { rows[.number(number)] = row }
        for (handle, row) in try PersonStore().persons(handles: handles, on: connection) { rows[.handle(handle)] = row }
        for request in requests {
            guard case .exact(let exact) = request.selector, let row = held[exact.number] else { continue }
            if exact.names(row.state) { rows[request.selector] = row }
        }
        return rows
    }
}
