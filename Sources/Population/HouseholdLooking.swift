import Access
import Civil
import Database
import Ledger

/// A household as it was shown, with its members' names and the receipt of the look.
package struct HouseholdAnswer: Sendable {
    package let state: HouseholdState
    package let handle: String
    /// The members who may be shown, with the fields of a household.
    package let members: [Member]
    /// How many members are not shown: they live elsewhere.
    package let hidden: Int
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
    /// The household of somebody who is shown; nil where it is not, which is no guess, since nobody asked for it.
    package func look(
        atHouseholdOf answer: PersonAnswer, asOf: AsOf = AsOf(), by requester: Requester
    ) async throws -> HouseholdAnswer? {
        guard let membership = answer.state.household, let text = answer.households[membership.household],
            let handle = Handle(parsing: text)
        else { return nil }
        do {
            return try await look(atHousehold: handle, asOf: asOf, by: requester, isAskedFor: false)
        } catch is AccessRefusal {
            return nil
        }
    }

    /// Tra cứu hộ gia đình: its members at both points of time; the look names all who are shown.
    ///
    /// A household in the requester's places is shown with all its members, any other with those who live there.
    /// - Parameter isAskedFor: false where the program itself looks, so that a household of elsewhere is no miss.
    /// - Throws: `AccessRefusal` when nobody of it may be shown.
    package func look(
        atHousehold handle: Handle, asOf: AsOf = AsOf(), by requester: Requester, isAskedFor: Bool = true
    ) async throws -> HouseholdAnswer? {
        if let refusal = AccessPolicy.refusal(of: .handle, to: requester) { throw refusal }
        let looks = looks
        let acts = acts
        let judge = LookJudge(acts: acts, today: surroundings.today, requester: requester)
        let guesses = guesses
        let now = surroundings.now()
        let outcome: Result<HouseholdAnswer?, AccessRefusal> = try await database.writeGrouped { connection in
            guard let row = try PersonStore().household(handle: handle, on: connection) else {
                if isAskedFor { try guesses.count(.misses, of: requester, on: connection) }
                return AccessPolicy.refusalWhereNobodyIs(requester).map { .failure($0) } ?? .success(nil)
            }
            let state: HouseholdState?
            if asOf.isNow {
                state = row.state
            } else {
                let stream = try Streams(acts: acts, connection: connection).acts(of: .household(row.state.household))
                state = try HouseholdFold.state(
                    of: row.state.household, acts: stream, effectiveAt: asOf.effectiveAt, knownAt: asOf.knownAt)
            }
            let told = state ?? row.state
            let seals = try StandingSeals(of: Set(told.members.map(\.person)), at: now, on: connection)
            let sight = try HouseholdSight(
                told, home: [row.state.address?.unit].compactMap { $0 }, asOf: asOf, judge: judge, seals: seals,
                on: connection)
            guard sight.isShown else {
                if isAskedFor { try guesses.count(.misses, of: requester, on: connection) }
                return AccessPolicy.refusalWhereNobodyIs(requester).map { .failure($0) } ?? .success(nil)
            }
            guard var state else { return .success(nil) }
            let members = sight.members
            let shown = Set(members.map(\.person.person))
            state.members.removeAll { !shown.contains($0.person) }
            if let head = state.head, seals.hides(head, from: requester) { state.head = nil }
            let purpose = requester.ground.purpose
            let look = try looks.append(
                by: requester.actor, purpose: purpose.text, legalBasis: purpose.legalBasis,
                persons: members.map(\.person.person), fields: ["birth", "household", "name", "sex"], on: connection)
            return .success(
                HouseholdAnswer(
                    state: state, handle: row.handle, members: members, hidden: sight.hidden.count, receipt: look.id))
        }
        return try outcome.get()
    }
}
