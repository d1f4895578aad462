import Database
import TestStores
import Testing

/// The one schema of the conformance checks.
let letters = Migration(
    id: "check-001",
    sql: """
        CREATE TABLE letter (
            id {int} NOT NULL PRIMARY KEY, body {text}, seal {blob}, weight {real},
            CONSTRAINT letter_weight_not_negative CHECK (weight >= 0)
        ) {strict};
        CREATE TABLE reply (
            id {int} NOT NULL, part {int} NOT NULL, letter_id {int} NOT NULL REFERENCES letter (id),
            PRIMARY KEY (id, part)
        ) {strict_without_rowid};
        CREATE TABLE entry (id {int} NOT NULL PRIMARY KEY, body {text} NOT NULL) {strict};
        """ + Migration.appendOnly(table: "entry"))

func withStore<T>(
    _ engine: Engine, options: DatabaseOptions = .init(), _ body: (Database) async throws -> T
) async throws -> T {
    try await TestStore.with(engine, options: options) { database in
        try await database.migrate([letters])
        return try await body(database)
    }
}

/// The store's error that `body` throws, or nil.
func failure<T>(_ body: () async throws -> T) async -> DatabaseError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? DatabaseError
    }
}

/// The same for what happens inside a transaction.
///
/// `#expect(throws:)` around a closure that holds closures, inside a closure, is compiled wrongly by Swift 6.3: a
/// sibling's body is run.
func refusal<T>(_ body: () throws -> T) -> (any Error)? {
    do {
        _ = try body()
        return nil
    } catch {
        return error
    }
}

struct Stop: Error {}

extension Database {
    func count(_ table: String) async throws -> Int64 {
        try await read { try $0.first("SELECT count(*) FROM \(table)") { try $0.int64(0) } } ?? -1
    }
}
