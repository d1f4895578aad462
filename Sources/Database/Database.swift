/// A register's store, the only door to SQL, on SQLite or PostgreSQL.
///
/// Closures run on threads of the store, never on those of Swift's tasks, and may run more than once: a transaction
/// that loses a race is run again, so a closure has no effects outside the connection it is given.
package final class Database: Sendable {
    package let location: DatabaseLocation
    private let options: DatabaseOptions
    private let readers: Lane
    private let writers: Lane
    private let imports: Lane
    private let groups: Lane

    package var engine: Engine { location.engine }
    /// Whether nothing that is written stays.
    package var isRehearsal: Bool { options.isRehearsal }

    /// Opens the store and makes sure that it answers; on SQLite a missing file is created.
    package static func open(
        _ location: DatabaseLocation, options: DatabaseOptions = .init()
    ) async throws -> Database {
        let database = Database(location, options)
        do {
            try await database.run(on: database.writers, .write) { connection in
                _ = try connection.first("SELECT 1 FROM (SELECT 1 AS one) AS t") { try $0.int64(0) }
            }
            return database
        } catch {
            await database.close()
            throw error
        }
    }

    private init(_ location: DatabaseLocation, _ options: DatabaseOptions) {
        self.location = location
        self.options = options
        if options.isRehearsal {
            let only = Lane("rehearsal", threads: 1, options: options) { () throws(DatabaseError) in
                switch location {
                case .sqlite(let path):
                    RehearsalDriver(try SQLiteFile.open(path, isWriter: true, options: options))
                case .postgresql(let url):
                    RehearsalDriver(try PostgreSQLServer.open(url, isBulk: true, options: options))
                }
            }
            (readers, writers, imports, groups) = (only, only, only, only)
            return
        }
        switch location {
        case .sqlite(let path):
            let writer = Lane("sqlite writer", threads: 1, options: options) { () throws(DatabaseError) in
                try SQLiteFile.open(path, isWriter: true, options: options)
            }
            (writers, imports, groups) = (writer, writer, writer)
            readers = Lane("sqlite reader", threads: options.readers, options: options) { () throws(DatabaseError) in
                try SQLiteFile.open(path, isWriter: false, options: options)
            }
        case .postgresql(let url):
            func lane(_ name: String, _ threads: Int, isBulk: Bool = false) -> Lane {
                Lane("postgresql \(name)", threads: threads, options: options) { () throws(DatabaseError) in
                    try PostgreSQLServer.open(url, isBulk: isBulk, options: options)
                }
            }
            readers = lane("reader", options.readers)
            writers = lane("writer", options.writers)
            groups = lane("group", 2)
            imports = lane("import", 1, isBulk: true)
        }
    }

    deinit {
        for lane in [readers, groups, imports, writers] { lane.shut() }
    }

    // MARK: Work

    /// Reads one snapshot; a write inside is refused as `.readOnly`.
    package func read<T: Sendable>(_ body: @escaping @Sendable (Connection) throws -> T) async throws -> T {
        try await run(on: readers, .read, body)
    }

    /// One transaction, as if nobody else were there (SQLite `BEGIN IMMEDIATE`, PostgreSQL `SERIALIZABLE`).
    ///
    /// A lost race is run again up to a limit, then it is `.contended`.
    @discardableResult
    package func write<T: Sendable>(_ body: @escaping @Sendable (Connection) throws -> T) async throws -> T {
        try await withAlong(body) { try await run(on: writers, .write, $0) }
    }

    /// One transaction for imports that take their own lock row first (PostgreSQL `READ COMMITTED`, no time limit).
    @discardableResult
    package func writeBulk<T: Sendable>(_ body: @escaping @Sendable (Connection) throws -> T) async throws -> T {
        try await run(on: imports, .bulk, body)
    }

    /// Thử: does the work as `write` does, or as `writeBulk`, undoes it, and gives what it came to.
    package func rehearse<T: Sendable>(
        asBulk: Bool = false, _ body: @escaping @Sendable (Connection) throws -> T
    ) async throws -> T {
        let undone: @Sendable (Connection) throws -> T = { throw Rehearsed(value: try body($0)) }
        do {
            return try await asBulk ? writeBulk(undone) : write(undone)
        } catch let rehearsed as Rehearsed<T> {
            return rehearsed.value
        }
    }

    /// Callers that come at the same time share one commit; each is answered after it is durable.
    ///
    /// One failing closure does not fail the others. For short reads with a log entry: the group is one snapshot
    /// (PostgreSQL `REPEATABLE READ`), so decisions over rows that others may change belong into `write`.
    @discardableResult
    package func writeGrouped<T: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let part = GroupedPart(
                run: { connection in
                    let value = try body(connection)
                    return { continuation.resume(returning: value) }
                },
                fail: { continuation.resume(throwing: $0) })
            if let refusal = groups.submit(part) { continuation.resume(throwing: refusal) }
        }
    }

    /// Puts a part into the next group, or says why not.
    func submit(_ part: GroupedPart) -> DatabaseError? { groups.submit(part) }

    private func run<T: Sendable>(
        on lane: Lane, _ kind: TransactionKind, _ body: @escaping @Sendable (Connection) throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let refusal = lane.submit { session in
                continuation.resume(with: Result { try session.transaction(kind, body) })
            }
            if let refusal { continuation.resume(throwing: refusal) }
        }
    }

    // MARK: Care

    /// Applies the steps that are missing, all or none; how many those were.
    ///
    /// Give the steps of all rooms in one call: a step in the store that is not among them means a newer program, and
    /// is refused as `.migration`, as is a step that was edited. Safe when several processes start at once.
    @discardableResult
    package func migrate(_ migrations: [Migration], at instant: String? = nil) async throws -> Int {
        try await writeBulk { try Migrator.run(migrations, at: instant, on: $0) }
    }

    /// Whether there is a table of that name.
    package func hasTable(_ name: String) async throws -> Bool {
        let sql =
            switch engine {
            case .sqlite: "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
            case .postgresql:
                """
                SELECT count(*) FROM information_schema.tables
                WHERE table_schema = current_schema() AND table_name = ?
                """
            }
        return try await read { try $0.first(sql, [.text(name)]) { try $0.int(0) > 0 } } ?? false
    }

    /// Asks the store for one row; throws when it does not answer.
    package func ping() async throws {
        _ = try await read { try $0.first("SELECT 1") { try $0.int64(0) } }
    }

    /// Bytes of the database, without its journal.
    package func sizeInBytes() async throws -> Int64 {
        let sql =
            switch engine {
            case .sqlite: "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
            case .postgresql: "SELECT pg_database_size(current_database())"
            }
        return try await read { try $0.first(sql) { try $0.int64(0) } } ?? 0
    }

    /// A consistent copy of a SQLite register as a new file (mode 0600), while others go on writing.
    ///
    /// On PostgreSQL this is `.unsupported`: its own `pg_dump` does it.
    package func backup(to path: String) async throws {
        guard case .sqlite(let source) = location else {
            throw DatabaseError.unsupported("a backup from inside; use pg_dump")
        }
        let options = options
        try await Database.apart(options) { try SQLiteFile.copy(source, to: path, options: options) }
    }

    /// Runs one command that PostgreSQL allows only outside a transaction: CREATE DATABASE, DROP DATABASE, VACUUM.
    package static func administer(
        _ location: DatabaseLocation, _ sql: String, options: DatabaseOptions = .init()
    ) async throws {
        guard case .postgresql(let url) = location else {
            throw DatabaseError.unsupported("commands outside a transaction on SQLite")
        }
        try await apart(options) {
            let driver = try PostgreSQLServer.open(url, isBulk: true, options: options)
            defer { driver.close() }
            try driver.script(sql)
        }
    }

    /// Blocking work on a thread of its own.
    private static func apart(
        _ options: DatabaseOptions, _ body: @escaping @Sendable () throws -> Void
    ) async throws {
        let lane = Lane("database care", threads: 1, options: options) { () throws(DatabaseError) in
            throw .unsupported("transactions on this thread")
        }
        let outcome: Result<Void, any Error> = await withCheckedContinuation { continuation in
            let refusal = lane.submit { _ in continuation.resume(returning: Result { try body() }) }
            if let refusal { continuation.resume(returning: .failure(refusal)) }
        }
        await lane.close()
        try outcome.get()
    }

    /// Finishes what waits, closes all connections; everything asked afterwards is `.closed`.
    package func close() async {
        await readers.close()
        await groups.close()
        await imports.close()
        await writers.close()
    }
}

/// Ends a transaction that is only tried, with what it came to.
package struct Rehearsed<Value: Sendable>: Error {
    package let value: Value

    package init(value: Value) { self.value = value }
}
