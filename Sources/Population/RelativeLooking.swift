import Access
import Civil
import Database
import Ledger

extension PopulationRegister {
    /// Tên người thân: the names of relatives whom a shown record names by link alone; one look names all of them.
    ///
    /// Those of elsewhere and those under protection keep theirs, as in any list. Nothing is recorded where no name is
    /// shown.
    /// - Parameter known: Whose names the reader has already, as those of the same household.
    package func relativeNames(
        of answer: PersonAnswer, besides known: Set<Int64>, by requester: Requester
    ) async throws -> [Int64: String] {
        let nameless = answer.state.relativesWithoutName.union(answer.children).subtracting(known)
        // Who is hidden has no handle in the answer.
        let wanted = nameless.filter { answer.persons[$0] != nil }.sorted().prefix(Placeholders.count)
        guard !wanted.isEmpty, answer.allowance.groups.contains(.family) else { return [:] }
        let (looks, now) = (looks, surroundings.now())
        let judge = LookJudge(acts: acts, today: surroundings.today, requester: requester)
        return try await database.writeGrouped { connection in
            let seals = try StandingSeals(of: Set(wanted), at: now, on: connection)
            var names: [Int64: String] = [:]
            for row in try PersonStore().persons(wanted, on: connection) {
                let isNamed = judge.listed(row.state, seals)?.groups.contains(.identity) ?? false
                if isNamed, let name = row.state.details.name { names[row.state.person] = name }
            }
            guard !names.isEmpty else { return [:] }
            let purpose = requester.ground.purpose
            _ = try looks.append(
                by: requester.actor, purpose: purpose.text, legalBasis: purpose.legalBasis,
                persons: names.keys.sorted(), fields: ["name"], on: connection)
            return names
        }
    }
}

extension PersonState {
    /// The relatives whom the record names by link alone.
    fileprivate var relativesWithoutName: Set<Int64> {
        let parents = (recognisedParents ?? []) + adoptiveParents
        let relatives = [father, mother, spouse, guardian].compactMap { $0 } + parents + children + wards
        return Set(relatives.compactMap { $0.name == nil ? $0.person : nil })
    }
}
