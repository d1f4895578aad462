import Access
import Civil
import Database
import Ledger
import Linkage

/// Cơ sở dữ liệu quốc gia về dân cư: the population register, one method per use case in the files beside this one.
package struct PopulationRegister: Sendable {
    package let database: Database
    package let surroundings: Surroundings
    package let kind: RegisterKind
    /// The administrative units that all parts of the program go by.
    package let unitsInForce: UnitsInForce
    /// They as they stand now.
    package var units: UnitDirectory { unitsInForce.directory }
    let acts: ActStore
    let looks: LookStore
    /// What typed searches are sealed with; nil where there is no key yet.
    let seal: LookSeal?
    let searchIndex: IndexKeeper<SearchIndex>
    /// Everybody, to be compared with whoever is to get a record.
    let alikeIndex: IndexKeeper<AlikeIndex>
    let personLooks: Gathering<LookRequest, LookOutcome>
    /// Where the people of each unit count in each set.
    let placements: Placements
    /// Officers as they stand, for what they asked earlier.
    let standings: Standings
    /// What other rooms do in the transaction of an act.
    let reactions: [any Reaction]
    /// Counts look-ups that may be guesses.
    var guesses: GuessWatch { GuessWatch(surroundings: surroundings) }

    /// How many persons and households the register holds.
    package func counts() async throws -> (persons: Int, households: Int) {
        try await database.read { connection in
            func count(_ table: String) throws -> Int {
                try connection.first("SELECT count(*) FROM \(table)") { try $0.int(0) } ?? 0
            }
            return (try count("person"), try count("household"))
        }
    }

    /// Opens the population part of a register that exists and is migrated.
    package init(
        database: Database, surroundings: Surroundings, numbers: EntryNumbers, kind: RegisterKind, units: UnitsInForce,
        seal: LookSeal?, reactions: [any Reaction] = []
    ) {
        self.database = database
        self.surroundings = surroundings
        self.kind = kind
        unitsInForce = units
        self.reactions = reactions
        placements = Placements(units: units)
        standings = Standings(units: units)
        acts = ActStore(surroundings: surroundings, numbers: numbers)
        looks = LookStore(surroundings: surroundings, numbers: numbers)
        self.seal = seal
        searchIndex = IndexKeeper(database: database, .names)
        alikeIndex = IndexKeeper(
            database: database, edition: units.current.number, .alike(placements, surroundings))
        let batch = LookBatch(acts: acts, looks: looks, surroundings: surroundings)
        personLooks = Gathering(database) { try batch.answer($1, on: $0) }
    }
}
