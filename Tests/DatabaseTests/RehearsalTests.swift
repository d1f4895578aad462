import Database
import TestStores
import Testing

/// A store all of whose transactions are one that is undone.
@Suite("Rehearsals")
struct RehearsalTests {
    private static let rows = Migration(id: "rows", sql: "CREATE TABLE one (id {int} NOT NULL PRIMARY KEY) {strict};")

    private func count(_ database: Database) async throws -> Int {
        try await database.read { try $0.first("SELECT count(*) FROM one") { try $0.int(0) } ?? 0 }
    }

    @Test("what one transaction writes the next one reads; closed, nothing of it is left", arguments: TestStore.engines)
    func undoes(engine: Engine) async throws {
        try await TestStore.with(engine, migrated: [RehearsalTests.rows]) { database in
            try await database.write { try $0.execute("INSERT INTO one (id) VALUES (1)") }
            let trial = try await Database.open(database.location, options: DatabaseOptions(isRehearsal: true))
            try await trial.write { try $0.execute("INSERT INTO one (id) VALUES (2)") }
            try await trial.writeBulk { try $0.execute("INSERT INTO one (id) VALUES (3)") }
            try await trial.writeGrouped { try $0.execute("INSERT INTO one (id) VALUES (4)") }
            #expect(try await count(trial) == 4)
            // A transaction that fails takes only its own along.
            await #expect(throws: DatabaseError.self) {
                try await trial.write { connection in
                    try connection.execute("INSERT INTO one (id) VALUES (5)")
                    try connection.execute("INSERT INTO one (id) VALUES (1)")
                }
            }
            #expect(try await count(trial) == 4)
            let value = try await trial.rehearse { try $0.execute("DELETE FROM one") }
            #expect(value == 4)
            #expect(try await count(trial) == 4)
            await trial.close()
            #expect(try await count(database) == 1)
        }
    }
}
