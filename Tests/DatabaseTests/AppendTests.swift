import Database
import TestStores
import Testing

@Suite("Rows that go with the commit, and questions that go together")
struct AppendTests {
    private static let columns = ["id", "body"]

    private static func rows(_ ids: some Sequence<Int64>) -> [[SQLValue]] {
        ids.map { [.integer($0), .text("thư \($0)")] }
    }

    @Test(
        "Any number of rows is there after the commit", arguments: TestStore.engines, [0, 1, 7, 127, 256, 257, 1_000])
    func appended(_ engine: Engine, _ count: Int64) async throws {
        try await withStore(engine) { database in
            try await database.write { connection in
                try connection.append(
                    to: "letter", columns: AppendTests.columns, rows: AppendTests.rows(0..<count))
            }
            let bodies = try await database.read { connection in
                try connection.rows("SELECT body FROM letter ORDER BY id") { try $0.text(0) }
            }
            #expect(bodies == (0..<count).map { "thư \($0)" })
        }
    }

    @Test("Whoever asks in the same transaction sees them, in every way of asking", arguments: TestStore.engines)
    func seen(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            let counts = try await database.write { connection in
                var counts: [Int64] = []
                let count = "SELECT count(*) FROM letter"
                func append(_ id: Int64) throws {
                    try connection.append(to: "letter", columns: AppendTests.columns, rows: AppendTests.rows([id]))
                }
                try append(1)
                counts += try connection.rows(count) { try $0.int64(0) }
                try append(2)
                try connection.forEach(count) { counts.append(try $0.int64(0)) }
                try append(3)
                try connection.ask([Question(count) { counts.append(try $0.int64(0)) }])
                try append(4)
                counts += try connection.queryMany(count + " WHERE id > ?", [[0], [2]]) { _, row in try row.int64(0) }
                try append(5)
                counts.append(Int64(try connection.execute("UPDATE letter SET weight = 1")))
                try append(6)
                try connection.insert(into: "reply", columns: ["id", "part", "letter_id"], rows: [[1, 1, 6]])
                try append(7)
                try connection.savepoint { try connection.execute("DELETE FROM letter WHERE id = 7") }
                return counts
            }
            #expect(counts == [1, 2, 3, 4, 2, 5])
            let standing = try await database.count("letter")
            #expect(standing == 6)
        }
    }

    @Test("A row that is refused undoes the transaction, whatever it did before", arguments: TestStore.engines)
    func refused(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            let doubled = await failure {
                try await database.write { connection in
                    try connection.execute("INSERT INTO letter (id) VALUES (1)")
                    try connection.append(to: "letter", columns: AppendTests.columns, rows: AppendTests.rows([2, 1]))
                }
            }
            #expect(doubled == .uniqueViolation("letter.id"))
            let count2 = try await database.count("letter")
            #expect(count2 == 0)
            let short = await failure {
                try await database.write {
                    try $0.append(to: "letter", columns: AppendTests.columns, rows: [[1]])
                }
            }
            #expect(short?.code == "statement_refused")
            try await database.write {
                try $0.append(to: "letter", columns: AppendTests.columns, rows: AppendTests.rows([1]))
            }
            let count3 = try await database.count("letter")
            #expect(count3 == 1)
        }
    }

    @Test("What a savepoint undoes does not come back with the commit", arguments: TestStore.engines)
    func savepoints(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            try await database.write { connection in
                try connection.append(to: "letter", columns: AppendTests.columns, rows: AppendTests.rows([1]))
                let stopped = refusal {
                    try connection.savepoint {
                        try connection.append(to: "letter", columns: AppendTests.columns, rows: AppendTests.rows([2]))
                        throw Stop()
                    }
                }
                #expect(stopped is Stop)
                let doubled = refusal {
                    try connection.savepoint {
                        try connection.append(to: "letter", columns: AppendTests.columns, rows: AppendTests.rows([1]))
                    }
                }
                #expect(doubled as? DatabaseError == .uniqueViolation("letter.id"))
                try connection.append(to: "letter", columns: AppendTests.columns, rows: AppendTests.rows([3]))
            }
            let ids = try await database.read { try $0.rows("SELECT id FROM letter ORDER BY id") { try $0.int64(0) } }
            #expect(ids == [1, 3])
        }
    }

    @Test("One of a group whose row is refused does not fail the others", arguments: TestStore.engines)
    func grouped(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            let refusals = await withTaskGroup(of: DatabaseError?.self) { group in
                for id in [1, 2, 2, 3, 4] as [Int64] {
                    group.addTask {
                        await failure {
                            try await database.writeGrouped {
                                try $0.append(
                                    to: "letter", columns: AppendTests.columns, rows: AppendTests.rows([id]))
                            }
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(refusals.compactMap { $0 } == [.uniqueViolation("letter.id")])
            let count4 = try await database.count("letter")
            #expect(count4 == 4)
        }
    }

    @Test("Each question reads its own rows, in order, and one that fails is told", arguments: TestStore.engines)
    func questions(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            try await database.write {
                try $0.append(to: "letter", columns: AppendTests.columns, rows: AppendTests.rows(1...700))
            }
            let read = try await database.read { connection in
                var read: [Int64] = []
                try connection.ask(
                    (1...700).map { id in
                        Question("SELECT id FROM letter WHERE id >= ? ORDER BY id LIMIT 2", [.integer(id)]) {
                            read.append(try $0.int64(0))
                        }
                    })
                try connection.ask([])
                return read
            }
            #expect(read == (1...700).flatMap { [$0, $0 + 1] }.dropLast())
            let missing = await failure {
                try await database.read { connection in
                    try connection.ask([
                        Question("SELECT id FROM letter") { _ in }, Question("SELECT 1 FROM no") { _ in },
                    ])
                }
            }
            #expect(missing?.code == "statement_refused")
            let stopped = await #expect(throws: Stop.self) {
                try await database.read { connection in
                    try connection.ask([Question("SELECT id FROM letter") { _ in throw Stop() }])
                }
            }
            #expect(stopped != nil)
        }
    }
}
