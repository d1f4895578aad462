import Access
import Civil
import Database
import Ledger

/// A household as it was shown, with its members' names and the receipt of the look.
package struct HouseholdAnswer: Sendable {
    package let state: HouseholdState
    package let handle: String
    package let members: [Member]
    package let receipt: Int64

    package struct Member: Sendable {
        package let handle: String
        package let person: PersonState
        package let relation: RelationToHead?
        package let since: PartialDate?
        package let isHead: Bool
    }
}

extension PopulationRegister {
    /// Tra cứu hộ gia đình: its members at both points of time; the look names all of them.
    package func look(
        atHousehold handle: Handle, asOf: AsOf = AsOf(), for purpose: Purpose, by actor: Actor
    ) async throws -> HouseholdAnswer? {
        let looks = looks
        let acts = acts
        return try await database.writeGrouped { connection in
            guard let row = try PersonStore().household(handle: handle, on: connection) else { return nil }
            let state: HouseholdState?
            if asOf.isNow {
                state = row.state
            } else {
                let stream = try Streams(acts: acts, connection: connection).acts(of: .household(row.state.household))
                state = try HouseholdFold.state(
                    of: row.state.household, acts: stream, effectiveAt: asOf.effectiveAt, knownAt: asOf.knownAt)
            }
            guard let state else { return nil }
            let members = try state.members.compactMap { member in
                try PersonStore().person(member.person, on: connection).map { person in
                    HouseholdAnswer.Member(
                        handle: person.handle, person: person.state, relation: member.relation, since: member.since,
                        isHead: state.head == member.person)
                }
            }
            let look = try looks.append(
                by: actor, purpose: purpose.text, legalBasis: purpose.legalBasis,
                persons: members.map(\.person.person), fields: ["birth", "household", "name", "sex"], on: connection)
            return HouseholdAnswer(state: state, handle: row.handle, members: members, receipt: look.id)
        }
    }
}
