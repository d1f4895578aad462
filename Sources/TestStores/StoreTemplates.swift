import Database
import Foundation

/// Stores that hold a schema already: each is migrated once in a process, and the tests get copies. On PostgreSQL a
/// copy takes a fifth of the time that the steps of the whole schema take.
actor StoreTemplates {
    /// What a copy is made of.
    enum Template: Sendable {
        case file(Data)
        /// The name of a database, which goes with the tests' server.
        case database(String)
    }

    private struct Key: Hashable {
        let engine: Engine
        let migrations: [Migration]
    }

    private var made: [Key: Task<Template, any Error>] = [:]

    func template(_ engine: Engine, _ migrations: [Migration]) async throws -> Template {
        let key = Key(engine: engine, migrations: migrations)
        if let task = made[key] { return try await task.value }
        let task = Task { try await StoreTemplates.make(engine, migrations) }
        made[key] = task
        return try await task.value
    }

    private static func make(_ engine: Engine, _ migrations: [Migration]) async throws -> Template {
        let (location, remove) = try await TestStore.place(engine, like: nil)
        let database = try await Database.open(location)
        do { try await database.migrate(migrations) } catch {
            await database.close()
            await remove()
            throw error
        }
        await database.close()
        switch location {
        case .sqlite(let path):
            let contents = try Data(contentsOf: URL(fileURLWithPath: path))
            await remove()
            return .file(contents)
        case .postgresql(let url):
            return .database(TestStore.database(in: url))
        }
    }
}
