import Database
import Dispatch
import TestStores
import Testing

@Suite("Transactions are whole, isolated and retried")
struct TransactionTests {
    @Test("What a closure did is gone when it throws", arguments: TestStore.engines)
    func rollsBack(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            await #expect(throws: Stop.self) {
                try await database.write { connection in
                    try connection.execute("INSERT INTO letter (id) VALUES (1)")
                    throw Stop()
                }
            }
            let count = try await database.count("letter")
            #expect(count == 0)
        }
    }

    @Test("A failure that is swallowed does not commit half the work", arguments: TestStore.engines)
    func swallowedFailure(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            let refused = await failure {
                try await database.write { connection in
                    try connection.execute("INSERT INTO letter (id) VALUES (1)")
                    _ = try? connection.execute("INSERT INTO letter (id) VALUES (1)")
                }
            }
            #expect(refused == .uniqueViolation("letter.id"))
            let later = await failure {
                try await database.write { connection in
                    _ = try? connection.execute("INSERT INTO nowhere (id) VALUES (1)")
                    try connection.execute("INSERT INTO letter (id) VALUES (2)")
                }
            }
            #expect(later?.code == "statement_refused")
            let count = try await database.count("letter")
            #expect(count == 0)
        }
    }

    @Test("A savepoint undoes its own part only", arguments: TestStore.engines)
    func savepoints(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            try await database.write { connection in
                try connection.execute("INSERT INTO letter (id) VALUES (1)")
                let doubled = refusal {
                    try connection.savepoint {
                        try connection.execute("INSERT INTO letter (id) VALUES (2)")
                        try connection.execute("INSERT INTO letter (id) VALUES (1)")
                    }
                }
                #expect(doubled as? DatabaseError == .uniqueViolation("letter.id"))
                try connection.savepoint {
                    try connection.execute("INSERT INTO letter (id) VALUES (3)")
                    let stopped = refusal {
                        try connection.savepoint {
                            try connection.execute("INSERT INTO letter (id) VALUES (4)")
                            throw Stop()
                        }
                    }
                    #expect(stopped is Stop)
                }
            }
            let ids = try await database.read { try $0.rows("SELECT id FROM letter ORDER BY id") { try $0.int64(0) } }
            #expect(ids == [1, 3])
        }
    }

    @Test("Reading may not write", arguments: TestStore.engines)
    func readOnly(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            let refused = await failure {
                try await database.read { try $0.execute("INSERT INTO letter (id) VALUES (1)") }
            }
            #expect(refused == .readOnly)
        }
    }

    @Test("A read sees one moment, whatever is written meanwhile", arguments: TestStore.engines)
    func snapshot(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            let (begun, hasBegun) = AsyncStream<Void>.makeStream()
            let written = DispatchSemaphore(value: 0)
            async let counts = database.read { connection in
                let count = { try connection.first("SELECT count(*) FROM letter") { try $0.int64(0) } }
                let before = try count()
                hasBegun.yield()
                written.wait()
                return [before, try count()]
            }
            for await _ in begun { break }
            try await database.write { try $0.execute("INSERT INTO letter (id) VALUES (1)") }
            written.signal()
            let seen = try await counts
            #expect(seen == [0, 0])
            let count = try await database.count("letter")
            #expect(count == 1)
        }
    }

    @Test("Two programs that count up together lose no step", arguments: TestStore.engines)
    func countsUp(_ engine: Engine) async throws {
        try await withStore(engine) { first in
            let second = try await Database.open(first.location)
            try await first.write { try $0.execute("INSERT INTO letter (id, weight) VALUES (1, 0)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        try await (number.isMultiple(of: 2) ? first : second).write { connection in
                            let weight = try connection.first("SELECT weight FROM letter WHERE id = 1") {
                                try $0.real(0)
                            }
                            try connection.execute(
                                "UPDATE letter SET weight = ? WHERE id = 1", [.real((weight ?? 0) + 1)])
                        }
                    }
                }
                try await group.waitForAll()
            }
            let sum = try await first.read { try $0.first("SELECT weight FROM letter") { try $0.real(0) } }
            #expect(sum == 60)
            await second.close()
        }
    }

    @Test("A second handle waits for the SQLite writer, then says that it is contended")
    func busy() async throws {
        try await withStore(.sqlite) { first in
            let second = try await Database.open(first.location, options: .init(busyTimeout: .milliseconds(50)))
            let (begun, hasBegun) = AsyncStream<Void>.makeStream()
            let mayEnd = DispatchSemaphore(value: 0)
            async let holding: Void = first.write { connection in
                try connection.execute("INSERT INTO letter (id) VALUES (1)")
                hasBegun.yield()
                mayEnd.wait()
            }
            for await _ in begun { break }
            let refused = await failure {
                try await second.write { try $0.execute("INSERT INTO letter (id) VALUES (2)") }
            }
            #expect(refused == .contended)
            mayEnd.signal()
            try await holding
            try await second.write { try $0.execute("INSERT INTO letter (id) VALUES (2)") }
            let count = try await second.count("letter")
            #expect(count == 2)
            await second.close()
        }
    }

    @Test(
        "A lost connection fails its transaction and is replaced for the next",
        .enabled(if: TestStore.engines.contains(.postgresql), "\(TestStore.serverVariable) is not set"))
    func lostConnection() async throws {
        try await withStore(.postgresql, options: .init(readers: 1, writers: 1)) { database in
            let lost = await failure {
                try await database.write { connection in
                    try connection.execute("INSERT INTO letter (id) VALUES (1)")
                    _ = try connection.first("SELECT 1 FROM pg_terminate_backend(pg_backend_pid())") { _ in true }
                }
            }
            #expect(lost?.code == "store_unavailable")
            let other = try await database.read { try $0.first("SELECT pg_backend_pid()") { try $0.int64(0) } }
            try await database.write { connection in
                try connection.execute("INSERT INTO letter (id) VALUES (2)")
                _ = try connection.first("SELECT 1 FROM pg_terminate_backend(?)", [.integerOrNull(other)]) { _ in true }
            }
            // The reader's idle connection is gone as well; nobody notices.
            let count = try await database.count("letter")
            #expect(count == 1)
        }
    }

    @Test("What is asked of a closed store is refused as closed", arguments: TestStore.engines)
    func closed(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            await database.close()
            let refusals = [
                await failure { try await database.ping() },
                await failure { try await database.write { _ in } },
                await failure { try await database.writeBulk { _ in } },
                await failure { try await database.writeGrouped { _ in } },
            ]
            #expect(refusals == [.closed, .closed, .closed, .closed])
        }
    }

    @Test("More waiting callers than the limit are refused, not piled up", arguments: TestStore.engines)
    func waitingLimit(_ engine: Engine) async throws {
        try await withStore(engine, options: .init(writers: 1, waitingLimit: 1)) { database in
            let (begun, hasBegun) = AsyncStream<Void>.makeStream()
            let mayEnd = DispatchSemaphore(value: 0)
            async let holding: Void = database.write { _ in
                hasBegun.yield()
                mayEnd.wait()
            }
            for await _ in begun { break }
            let outcomes = await withTaskGroup(of: DatabaseError?.self) { group in
                for _ in 0..<3 {
                    group.addTask { await failure { try await database.write { _ in } } }
                }
                var outcomes: [DatabaseError?] = []
                while outcomes.count < 2, let outcome = await group.next() { outcomes.append(outcome) }
                mayEnd.signal()
                return outcomes
            }
            try await holding
            #expect(outcomes == [.contended, .contended])
        }
    }
}

@Suite("Grouped writes share a commit and nothing else")
struct GroupedTests {
    @Test("A hundred at once, some failing in every way: the others stand", arguments: TestStore.engines)
    func oneFails(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            try await database.write { try $0.execute("INSERT INTO letter (id) VALUES (1000)") }
            let failed = await withTaskGroup(of: Int?.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        do {
                            let answer = try await database.writeGrouped { connection in
                                if number == 10 { throw Stop() }
                                try connection.execute("INSERT INTO letter (id) VALUES (?)", [.integer(number)])
                                if number == 20 { throw Stop() }
                                if number == 30 { try connection.execute("INSERT INTO letter (id) VALUES (1000)") }
                                if number == 40 {
                                    _ = try? connection.execute("INSERT INTO letter (id) VALUES (1000)")
                                }
                                return number
                            }
                            return answer == number ? nil : -1
                        } catch {
                            return number
                        }
                    }
                }
                return await group.reduce(into: Set<Int>()) { if let number = $1 { $0.insert(number) } }
            }
            #expect(failed == [10, 20, 30, 40])
            let ids = try await database.read { try $0.rows("SELECT id FROM letter ORDER BY id") { try $0.int64(0) } }
            #expect(ids == (0..<100).filter { ![10, 20, 30, 40].contains($0) } + [1000])
        }
    }

    @Test("Grouped and single writes reach the same table", arguments: TestStore.engines)
    func mixed(_ engine: Engine) async throws {
        try await withStore(engine, options: .init(groupLimit: 7)) { database in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        let body: @Sendable (Connection) throws -> Void = {
                            try $0.execute("INSERT INTO letter (id) VALUES (?)", [.integer(number)])
                        }
                        if number.isMultiple(of: 3) {
                            try await database.write(body)
                        } else {
                            try await database.writeGrouped(body)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let count = try await database.count("letter")
            #expect(count == 100)
        }
    }
}
