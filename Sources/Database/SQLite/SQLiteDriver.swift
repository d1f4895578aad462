import GRDB
import GRDBSQLite

/// One SQLite connection: opened, configured and closed by GRDB; statements go to SQLite's own interface.
final class SQLiteDriver: Driver {
    /// Statements kept prepared per connection; the program has a few hundred different ones.
    private static let statementLimit = 256
    /// SQLite allows 32,766 arguments in one statement; many rows per insert help up to a few hundred.
    private static let insertArgumentLimit = 500
    /// Pages in the journal after which a commit moves them to the file.
    ///
    /// Bulk writes touch the same pages again and again: they wait longer, so that each page is moved less often.
    /// Other commits never move much at once.
    private static let checkpointPages = (usual: Int32(4_000), bulk: Int32(32_000))

    private final class Prepared {
        let text: SQLText
        let handle: OpaquePointer

        init(_ text: SQLText, _ handle: OpaquePointer) {
            self.text = text
            self.handle = handle
        }
    }

    private let queue: DatabaseQueue
    private var connection: OpaquePointer?
    private var cache = StatementCache<Prepared>(limit: SQLiteDriver.statementLimit)
    private(set) var failure: DatabaseError?
    private(set) var writeCount = 0

    let engine = Engine.sqlite
    let isBroken = false

    init(_ queue: DatabaseQueue) {
        self.queue = queue
    }

    func hold<T>(_ body: () throws -> T) throws -> T {
        try queue.writeWithoutTransaction { database in
            connection = database.sqliteConnection
            defer { connection = nil }
            return try body()
        }
    }

    func close() {
        queue.writeWithoutTransaction { _ in
            for prepared in cache.removeAll() { sqlite3_finalize(prepared.handle) }
        }
        try? queue.close()
    }

    // MARK: Transactions

    func begin(_ kind: TransactionKind) throws(DatabaseError) {
        failure = nil
        if kind != .read {
            let pages = SQLiteDriver.checkpointPages
            sqlite3_wal_autocheckpoint(connection, kind == .bulk ? pages.bulk : pages.usual)
        }
        try run(kind == .read ? "BEGIN DEFERRED" : "BEGIN IMMEDIATE")
    }

    func commit() throws(DatabaseError) {
        try run("COMMIT")
    }

    func rollback() {
        // A full disk or an I/O error may have rolled back already.
        if let connection, sqlite3_get_autocommit(connection) == 0 { try? run("ROLLBACK") }
        failure = nil
    }

    func savepoint(_ name: String) throws(DatabaseError) { try run("SAVEPOINT \(name)") }

    func release(_ name: String) throws(DatabaseError) { try run("RELEASE \(name)") }

    func rollback(to name: String) throws(DatabaseError) {
        if let connection, sqlite3_get_autocommit(connection) != 0 {
            throw failure ?? .unavailable("the transaction was rolled back by the store")
        }
        failure = nil
        try run("ROLLBACK TO \(name)")
        try run("RELEASE \(name)")
    }

    /// A statement of the transaction itself, kept prepared like the others.
    private func run(_ sql: String) throws(DatabaseError) {
        let prepared = try take(sql)
        defer { put(prepared) }
        try stepToEnd(prepared)
    }

    // MARK: Statements

    func execute(_ sql: String, _ arguments: [SQLValue]) throws(DatabaseError) -> Int {
        let prepared = try take(sql)
        defer { put(prepared) }
        return try execute(prepared, arguments)
    }

    func executeMany(_ sql: String, _ rows: [[SQLValue]]) throws(DatabaseError) {
        let prepared = try take(sql)
        defer { put(prepared) }
        for row in rows {
            _ = try execute(prepared, row)
            sqlite3_reset(prepared.handle)
        }
    }

    func copy(into table: String, _ columns: [String], _ rows: [[SQLValue]]) throws(DatabaseError) {
        let perStatement = max(1, min(SQLiteDriver.insertArgumentLimit / max(1, columns.count), rows.count))
        let head = "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES "
        let marks = "(" + repeatElement("?", count: columns.count).joined(separator: ", ") + ")"
        func statement(_ count: Int) -> String {
            head + repeatElement(marks, count: count).joined(separator: ", ")
        }
        var start = 0
        let many = try take(statement(perStatement))
        defer { put(many) }
        while start + perStatement <= rows.count {
            try execute(many, flattening: rows[start..<start + perStatement])
            sqlite3_reset(many.handle)
            start += perStatement
        }
        guard start < rows.count else { return }
        let one = try take(statement(1))
        defer { put(one) }
        for row in rows[start...] {
            _ = try execute(one, row)
            sqlite3_reset(one.handle)
        }
    }

    func query(_ sql: String, _ arguments: [SQLValue], _ body: (Row) throws -> Bool) throws {
        let prepared = try take(sql)
        defer { put(prepared) }
        if let refusal = prepared.text.refuse(arguments) { throw refusal }
        try bind(arguments, to: prepared, from: 1)
        try step(prepared, body)
    }

    func bulk(_ sql: String, _ arguments: [SQLValue], _ body: (Row) throws -> Void) throws {
        try stream(sql, arguments, body)
    }

    func stream(_ sql: String, _ arguments: [SQLValue], _ body: (Row) throws -> Void) throws {
        try query(sql, arguments) { row in
            try body(row)
            return true
        }
    }

    func queryMany(_ sql: String, _ sets: [[SQLValue]], _ body: (Int, Row) throws -> Void) throws {
        for (index, arguments) in sets.enumerated() {
            try query(sql, arguments) { row in
                try body(index, row)
                return true
            }
        }
    }

    func ask(_ questions: [Question]) throws {
        for question in questions { try stream(question.sql, question.arguments, question.read) }
    }

    func append(to table: String, _ columns: [String], _ rows: [[SQLValue]]) throws(DatabaseError) {
        try copy(into: table, columns, rows)
    }

    func script(_ sql: String) throws(DatabaseError) {
        guard let connection else { throw .closed }
        writeCount += 1
        if sqlite3_exec(connection, sql, nil, nil, nil) != SQLITE_OK { throw fail(sql) }
    }

    // MARK: Steps

    private func execute(_ prepared: Prepared, _ arguments: [SQLValue]) throws(DatabaseError) -> Int {
        if let refusal = prepared.text.refuse(arguments) { throw refusal }
        try bind(arguments, to: prepared, from: 1)
        let before = sqlite3_total_changes64(connection)
        try stepToEnd(prepared)
        return sqlite3_total_changes64(connection) == before ? 0 : Int(sqlite3_changes64(connection))
    }

    private func execute(
        _ prepared: Prepared, flattening rows: ArraySlice<[SQLValue]>
    ) throws(DatabaseError) {
        var next: Int32 = 1
        for row in rows {
            try bind(row, to: prepared, from: next)
            next += Int32(row.count)
        }
        try stepToEnd(prepared)
    }

    private func stepToEnd(_ prepared: Prepared) throws(DatabaseError) {
        if prepared.text.mayWrite { writeCount += 1 }
        while true {
            switch sqlite3_step(prepared.handle) {
            case SQLITE_ROW: continue
            case SQLITE_DONE: return
            default: throw fail(prepared.text.portable)
            }
        }
    }

    private func step(_ prepared: Prepared, _ body: (Row) throws -> Bool) throws {
        if prepared.text.mayWrite { writeCount += 1 }
        while true {
            switch sqlite3_step(prepared.handle) {
            case SQLITE_ROW:
                guard try body(Row(source: .sqlite(prepared.handle))) else { return }
            case SQLITE_DONE: return
            default: throw fail(prepared.text.portable)
            }
        }
    }

    /// Keeps the failure, so that the transaction cannot go on as if nothing had been.
    private func fail(_ sql: String) -> DatabaseError {
        let message = connection.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? "no connection"
        let error = SQLiteFailure.error(code: sqlite3_extended_errcode(connection), message: message, sql: sql)
        failure = error
        return error
    }

    // MARK: Prepared statements

    private func take(_ sql: String) throws(DatabaseError) -> Prepared {
        if let cached = cache.take(sql) { return cached }
        guard let connection else { throw .closed }
        let text = try SQLText(sql)
        var handle: OpaquePointer?
        let persistent = UInt32(SQLITE_PREPARE_PERSISTENT)
        guard sqlite3_prepare_v3(connection, sql, -1, persistent, &handle, nil) == SQLITE_OK else { throw fail(sql) }
        guard let handle else { throw .statement("the statement is empty") }
        return Prepared(text, handle)
    }

    private func put(_ prepared: Prepared) {
        sqlite3_reset(prepared.handle)
        sqlite3_clear_bindings(prepared.handle)
        if let surplus = cache.put(prepared, for: prepared.text.portable) { sqlite3_finalize(surplus.handle) }
    }

    private func bind(
        _ arguments: [SQLValue], to prepared: Prepared, from first: Int32
    ) throws(DatabaseError) {
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        for (offset, argument) in arguments.enumerated() {
            let position = first + Int32(offset)
            let code: Int32
            switch argument {
            case .null: code = sqlite3_bind_null(prepared.handle, position)
            case .integer(let value): code = sqlite3_bind_int64(prepared.handle, position, value)
            case .real(let value): code = sqlite3_bind_double(prepared.handle, position, value)
            case .text(var value):
                code = value.withUTF8 { bytes -> Int32 in
                    guard let start = bytes.baseAddress, !bytes.isEmpty else {
                        return sqlite3_bind_text(prepared.handle, position, "", 0, transient)
                    }
                    if bytes.contains(0) { return -1 }
                    return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { characters in
                        sqlite3_bind_text(prepared.handle, position, characters, Int32(bytes.count), transient)
                    }
                }
                if code == -1 { throw .nulInText }
            case .blob(let value):
                code = value.withUnsafeBytes { bytes in
                    bytes.isEmpty
                        ? sqlite3_bind_zeroblob(prepared.handle, position, 0)
                        : sqlite3_bind_blob(
                            prepared.handle, position, bytes.baseAddress, Int32(bytes.count), transient)
                }
            }
            guard code == SQLITE_OK else { throw fail(prepared.text.portable) }
        }
    }
}
