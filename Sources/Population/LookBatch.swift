import Access
import Civil
import Database
import Ledger

/// One look at a person, as somebody asks for it.
struct LookRequest: Sendable {
    let selector: PersonSelector
    let asOf: AsOf
    let purpose: Purpose
    let actor: Actor
}

/// Answers the looks that come at the same time: a handful of statements for all of them, then their entries.
struct LookBatch: Sendable {
    let acts: ActStore
    let looks: LookStore

    /// The answers in the order of the requests; nil where nobody is found.
    func answer(_ requests: [LookRequest], on connection: Connection) throws -> [PersonAnswer?] {
        let found = try rows(requests, connection)
        var states: [(request: Int, state: PersonState, handle: String)] = []
        for (index, request) in requests.enumerated() {
            guard let row = found[request.selector] else { continue }
            guard let state = try PopulationRegister.state(row.state, request.asOf, acts, connection) else { continue }
            states.append((index, state, row.handle))
        }
        guard !states.isEmpty else { return requests.map { _ in nil } }
        let children = try PersonStore().children(of: states.map(\.state.person), on: connection)
        var persons: Set<Int64> = []
        var households: Set<Int64> = []
        for (_, state, _) in states {
            let references = state.references
            persons.formUnion(references.persons)
            persons.formUnion(children[state.person] ?? [])
            households.formUnion(references.households)
        }
        let personHandles = try PersonStore().handles(of: persons, table: .person, on: connection)
        let householdHandles = try PersonStore().handles(of: households, table: .household, on: connection)
        let receipts = try looks.append(
            states.map { index, state, _ in
                LookStore.Draft(
                    actor: requests[index].actor, purpose: requests[index].purpose.text,
                    legalBasis: requests[index].purpose.legalBasis, persons: [state.person], fields: state.shownFields)
            }, on: connection)
        var answers: [PersonAnswer?] = requests.map { _ in nil }
        for ((index, state, handle), receipt) in zip(states, receipts) {
            answers[index] = PersonAnswer(
                state: state, handle: handle, persons: personHandles, households: householdHandles,
                children: children[state.person] ?? [], receipt: receipt)
        }
        return answers
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
            }
        }
        var rows: [PersonSelector: PersonStore.PersonRow] = [:]
        for (number, row) in try PersonStore().persons(numbers: numbers, on: connection) { rows[.number(number)] = row }
        for (handle, row) in try PersonStore().persons(handles: handles, on: connection) { rows[.handle(handle)] = row }
        return rows
    }
}
