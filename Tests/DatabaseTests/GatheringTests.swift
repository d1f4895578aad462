import Database
import Synchronization
import TestStores
import Testing

@Suite("Requests that are answered together")
struct GatheringTests {
    private struct Poison: Error {}

    /// Doubles numbers by way of the store and notes each; 13 is poison.
    private static func doubling(
        _ database: Database, limit: Int, batches: BatchSizes
    ) -> Gathering<Int64, Int64> {
        Gathering(database, limit: limit) { connection, requests in
            batches.add(requests.count)
            if requests.contains(13) { throw Poison() }
            try connection.insert(into: "noted", columns: ["number"], rows: requests.map { [.integer($0)] })
            return try requests.map { request in
                try connection.first("SELECT 2 * CAST(? AS BIGINT)", [.integer(request)]) { try $0.int64(0) } ?? 0
            }
        }
    }

    private static func with(_ engine: Engine, _ body: (Database) async throws -> Void) async throws {
        try await TestStore.with(engine) { database in
            try await database.write {
                try $0.script("CREATE TABLE noted (number {int} NOT NULL PRIMARY KEY) {strict};")
            }
            try await body(database)
        }
    }

    private static func noted(_ database: Database) async throws -> Set<Int64> {
        try await database.read { Set(try $0.rows("SELECT number FROM noted") { try $0.int64(0) }) }
    }

    @Test("each gets its own answer, none is lost, and many share a transaction", arguments: TestStore.engines)
    func answers(engine: Engine) async throws {
        try await Self.with(engine) { database in
            let batches = BatchSizes()
            let gathering = Self.doubling(database, limit: 16, batches: batches)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in Int64(100)..<700 {
                    group.addTask {
                        let answer = try await gathering.ask(number)
                        #expect(answer == 2 * number)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await Self.noted(database) == Set(100..<700))
            #expect(batches.sizes.max() ?? 0 <= 16)
            #expect(batches.sizes.count < 600)
        }
    }

    @Test("one request that fails does not fail the others", arguments: TestStore.engines)
    func poison(engine: Engine) async throws {
        try await Self.with(engine) { database in
            let gathering = Self.doubling(database, limit: 64, batches: BatchSizes())
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in Int64(1)...40 {
                    group.addTask {
                        if number == 13 {
                            let isPoison = await refused { try await gathering.ask(number) } is Poison
                            #expect(isPoison)
                        } else {
                            let answer = try await gathering.ask(number)
                            #expect(answer == 2 * number)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await Self.noted(database) == Set(1...40).subtracting([13]))
        }
    }

    @Test("a closed store refuses, and everybody is told", arguments: TestStore.engines)
    func closed(engine: Engine) async throws {
        try await Self.with(engine) { database in
            let gathering = Self.doubling(database, limit: 4, batches: BatchSizes())
            let first = try await gathering.ask(1)
            #expect(first == 2)
            await database.close()
            await withTaskGroup(of: Void.self) { group in
                for number in Int64(2)...12 {
                    group.addTask {
                        let error = await failure { try await gathering.ask(number) }
                        #expect(error == .closed)
                    }
                }
            }
        }
    }
}

/// The error that `body` throws, or nil.
private func refused<T>(_ body: () async throws -> T) async -> (any Error)? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}

/// How many requests came together, each time.
private final class BatchSizes: Sendable {
    private let all = Mutex<[Int]>([])

    var sizes: [Int] { all.withLock { $0 } }

    func add(_ size: Int) { all.withLock { $0.append(size) } }
}
