import Database
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Empty stores for tests, one for each test, on every engine there is.
///
/// SQLite is always there. PostgreSQL is there when `DANCU_TEST_POSTGRES` names a server's maintenance database
/// (`Scripts/test-postgres start DIR` prints one); each test then gets a database of its own on that server.
package enum TestStore {
    /// Removes the store; call it when the test ends, after `close()`.
    package typealias Cleanup = @Sendable () async -> Void

    /// The variable that names the server.
    package static let serverVariable = "DANCU_TEST_POSTGRES"

    private static let counter = Atomic<Int>(0)

    /// The engines to test on, for `@Test(arguments: TestStore.engines)`.
    package static var engines: [Engine] {
        server == nil ? [.sqlite] : [.sqlite, .postgresql]
    }

    private static var server: String? {
        getenv(serverVariable).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// An open, empty store and what removes it (it closes the store too).
    package static func open(
        _ engine: Engine, options: DatabaseOptions = .init()
    ) async throws -> (Database, Cleanup) {
        let (location, remove) = try await location(engine)
        do {
            let database = try await Database.open(location, options: options)
            return (
                database,
                {
                    await database.close()
                    await remove()
                }
            )
        } catch {
            await remove()
            throw error
        }
    }

    /// Runs `body` with an open, empty store and removes it afterwards, whatever happened.
    package static func with<T>(
        _ engine: Engine, options: DatabaseOptions = .init(), _ body: (Database) async throws -> T
    ) async throws -> T {
        let (database, cleanup) = try await open(engine, options: options)
        do {
            let value = try await body(database)
            await cleanup()
            return value
        } catch {
            await cleanup()
            throw error
        }
    }

    /// The place of a store that does not hold anything yet, for tests that open it several times.
    package static func location(_ engine: Engine) async throws -> (DatabaseLocation, Cleanup) {
        let number = counter.add(1, ordering: .relaxed).newValue
        let name = "dancu_test_\(getpid())_\(number)"
        switch engine {
        case .sqlite: return try file(name)
        case .postgresql: return try await database(name)
        }
    }

    private static func file(_ name: String) throws -> (DatabaseLocation, Cleanup) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        let directory = "\(parent)/\(name)"
        guard mkdir(directory, 0o700) == 0 else {
            throw DatabaseError.unavailable("the test's directory \(name) cannot be made")
        }
        let path = "\(directory)/register.sqlite"
        return (
            .sqlite(path: path),
            {
                for ending in ["", "-wal", "-shm", "-journal"] { unlink(path + ending) }
                for copy in ["copy.sqlite", "copy.sqlite-wal", "copy.sqlite-shm"] { unlink("\(directory)/\(copy)") }
                rmdir(directory)
            }
        )
    }

    private static func database(_ name: String) async throws -> (DatabaseLocation, Cleanup) {
        guard let server else { throw DatabaseError.unavailable("\(serverVariable) is not set") }
        let maintenance = try DatabaseLocation(parsing: server)
        try await Database.administer(maintenance, "CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8'")
        let location = try DatabaseLocation(parsing: replacingDatabase(in: server, with: name))
        return (
            location,
            { try? await Database.administer(maintenance, "DROP DATABASE IF EXISTS \(name) WITH (FORCE)") }
        )
    }

    /// `postgres://user@host/old?x=y` with another database.
    static func replacingDatabase(in url: String, with name: String) -> String {
        let query = url.firstIndex(of: "?").map { url[$0...] } ?? ""
        let rest = url.dropLast(query.count)
        guard let scheme = rest.firstRange(of: "://") else { return url }
        let authority = rest[scheme.upperBound...].prefix { $0 != "/" }
        return "\(rest[..<scheme.upperBound])\(authority)/\(name)\(query)"
    }
}
