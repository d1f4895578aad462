import Civil
import Database
import Ledger
import Synchronization
import TestStores

/// A clock that a test moves, and randomness with a seed.
final class TestSurroundings: Sendable {
    private let instant: Mutex<Int64>
    private let generator: Mutex<SeededGenerator>

    init(at microseconds: Int64 = 1_614_229_200_000_000, seed: UInt64 = 7) {
        instant = Mutex(microseconds)
        generator = Mutex(SeededGenerator(seed: seed))
    }

    func advance(milliseconds: Int64) {
        instant.withLock { $0 += milliseconds * 1000 }
    }

    var now: Instant { Instant(microseconds: instant.withLock { $0 }) }

    /// What the rooms are given.
    var surroundings: Surroundings {
        Surroundings(
            now: { self.now },
            random: { count in
                self.generator.withLock { generator in
                    (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
                }
            })
    }
}

/// A store with the tables of the log, its keys, and what writes to it.
struct LedgerFixture {
    static let actor = Actor(account: "local", role: "local_operator", office: "local")

    let database: Database
    let clock: TestSurroundings
    let keys: [LogName: LogSigningKey]
    let acts: ActStore
    let looks: LookStore

    /// Runs `body` with an empty, created log on a store of its own.
    static func with<T>(_ engine: Engine, _ body: (LedgerFixture) async throws -> T) async throws -> T {
        try await TestStore.with(engine, migrated: LedgerSchema.migrations) { database in
            let fixture = try LedgerFixture(database: database)
            let origins = LogName.allCases.map { log in [SQLValue.integer(log.rawValue), .text(origin(of: log))] }
            try await database.write { connection in
                try connection.executeMany("INSERT INTO log_state (log, origin, size) VALUES (?, ?, 0)", origins)
            }
            return try await body(fixture)
        }
    }

    static func origin(of log: LogName) -> String { "dancu.example/\(log.text)" }

    private init(database: Database) throws {
        self.database = database
        clock = TestSurroundings()
        var keys: [LogName: LogSigningKey] = [:]
        for log in LogName.allCases {
            keys[log] = try LogSigningKey(
                name: try LogOrigin(LedgerFixture.origin(of: log)),
                secret: Array(repeating: UInt8(10 + log.rawValue), count: 32))
        }
        self.keys = keys
        let numbers = EntryNumbers(clock.surroundings)
        acts = ActStore(surroundings: clock.surroundings, numbers: numbers)
        looks = LookStore(surroundings: clock.surroundings, numbers: numbers)
    }

    var verificationKeys: [LogName: LogVerificationKey] { keys.mapValues(\.verificationKey) }

    var sequencer: Sequencer { Sequencer(database: database, keys: keys, surroundings: clock.surroundings) }

    func verify() async throws -> LogVerification {
        try await LogVerifier(database: database, keys: verificationKeys).verify()
    }

    /// Appends one act for each person, all with this version.
    @discardableResult
    func append(persons: ClosedRange<Int64>, version: Int64 = 1) async throws -> [Act] {
        let acts = acts
        let drafts = persons.map { LedgerFixture.draft(person: $0, version: version) }
        return try await database.write { connection in
            try acts.append(drafts, by: LedgerFixture.actor, on: connection)
        }
    }

    @discardableResult
    func look(at persons: [Int64]) async throws -> Look {
        let looks = looks
        return try await database.write { connection in
            try looks.append(
                by: LedgerFixture.actor, purpose: "rà soát", legalBasis: "Luật 26/2023/QH15, Điều 10",
                persons: persons, fields: ["name", "birth"], on: connection)
        }
    }

    static func draft(person: Int64, version: Int64, content: String = "{\"body\":{},\"form\":\"moved/1\"}") -> ActDraft
    {
        ActDraft(
            kind: .moved, subjects: [SubjectVersion(.person(person), version: version)],
            effective: PartialDate(canonical: "2021-02"), legalBasis: "Luật 68/2020/QH14",
            content: Array(content.utf8))
    }

    /// Takes the rows' protection away, as somebody with full rights on the database could, and changes them.
    func tamper(_ statements: [(sql: String, arguments: [SQLValue])]) async throws {
        let engine = database.engine
        try await database.write { connection in
            for table in LedgerFixture.protected {
                switch engine {
                case .sqlite:
                    for ending in ["no_update", "no_delete", "update", "delete"] {
                        try connection.script("DROP TRIGGER IF EXISTS \(table)_\(ending)")
                    }
                case .postgresql:
                    for ending in ["no_change", "no_truncate", "keep"] {
                        try connection.script("DROP TRIGGER IF EXISTS \(table)_\(ending) ON \(table)")
                    }
                }
            }
            for statement in statements { try connection.execute(statement.sql, statement.arguments) }
        }
    }

    private static let protected = [
        "act", "act_content", "act_subject", "content_removal", "look", "look_person", "look_retention", "log_leaf",
        "log_checkpoint",
    ]
}

/// The store's error that `body` throws, or nil.
func storeFailure<T>(_ body: () async throws -> T) async -> DatabaseError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? DatabaseError
    }
}
