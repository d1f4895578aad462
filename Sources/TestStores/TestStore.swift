import Database
import Foundation
import Synchronization

/// Stores for tests, one for each test, on every engine there is.
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

    /// An open store, empty or with a schema in it, and what removes it (it closes the store too).
    package static func open(
        _ engine: Engine, migrated migrations: [Migration] = [], options: DatabaseOptions = .init()
    ) async throws -> (Database, Cleanup) {
        let (location, remove) = try await location(engine, migrated: migrations)
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

    /// Runs `body` with an open store, empty or with a schema in it, and removes it afterwards, whatever happened.
    package static func with<T>(
        _ engine: Engine, migrated migrations: [Migration] = [], options: DatabaseOptions = .init(),
        _ body: (Database) async throws -> T
    ) async throws -> T {
        let (database, cleanup) = try await open(engine, migrated: migrations, options: options)
        do {
            let value = try await body(database)
            await cleanup()
            return value
        } catch {
            await cleanup()
            throw error
        }
    }

    /// The place of a store that holds nothing yet, or only a schema, for tests that open it several times.
    package static func location(
        _ engine: Engine, migrated migrations: [Migration] = []
    ) async throws -> (DatabaseLocation, Cleanup) {
        let template = migrations.isEmpty ? nil : try await templates.template(engine, migrations)
        return try await place(engine, like: template)
    }

    private static let templates = StoreTemplates()

    /// A store of its own: a copy of the template, empty where there is none.
    static func place(
        _ engine: Engine, like template: StoreTemplates.Template?
    ) async throws -> (DatabaseLocation, Cleanup) {
        let name = "dancu_test_\(getpid())_\(counter.add(1, ordering: .relaxed).newValue)"
        switch engine {
        case .sqlite: return try file(name, holding: template)
        case .postgresql: return try await database(name, like: template)
        }
    }

    private static func file(
        _ name: String, holding template: StoreTemplates.Template?
    ) throws -> (DatabaseLocation, Cleanup) {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        let path = directory.appendingPathComponent("register.sqlite")
        if case .file(let contents) = template { try contents.write(to: path) }
        return (.sqlite(path: path.path), { try? FileManager.default.removeItem(at: directory) })
    }

    private static func database(
        _ name: String, like template: StoreTemplates.Template?
    ) async throws -> (DatabaseLocation, Cleanup) {
        guard let server else { throw DatabaseError.unavailable("\(serverVariable) is not set") }
        let maintenance = try DatabaseLocation(parsing: server)
        var source = "template0"
        if case .database(let name) = template { source = name }
        try await Database.administer(maintenance, "CREATE DATABASE \(name) TEMPLATE \(source) ENCODING 'UTF8'")
        let location = try DatabaseLocation(parsing: replacingDatabase(in: server, with: name))
        return (
            location,
            { try? await Database.administer(maintenance, "DROP DATABASE IF EXISTS \(name) WITH (FORCE)") }
        )
    }

    /// The database that a URL names.
    package static func database(in url: String) -> String {
        url.prefix { $0 != "?" }.split(separator: "/").last.map(String.init) ?? ""
    }

    /// `postgres://user@host/old?x=y` with another database.
    package static func replacingDatabase(in url: String, with name: String) -> String {
        let query = url.firstIndex(of: "?").map { url[$0...] } ?? ""
        let rest = url.dropLast(query.count)
        guard let scheme = rest.firstRange(of: "://") else { return url }
        let authority = rest[scheme.upperBound...].prefix { $0 != "/" }
        return "\(rest[..<scheme.upperBound])\(authority)/\(name)\(query)"
    }
}
