/// A connection inside one transaction, good only in the closure that got it and on that closure's thread.
///
/// Statements are one portable SQL text with `?` (or `?1`, `?2`) for arguments, prepared once per connection.
/// PostgreSQL infers an argument's type from where it stands; where it stands alone write `CAST(? AS BIGINT)`.
/// After a failed statement the transaction can only end or go back to a `savepoint`, on both engines.
package final class Connection {
    let driver: any Driver
    private var isOver = false
    private var savepointCount = 0

    init(_ driver: any Driver) {
        self.driver = driver
    }

    package var engine: Engine { driver.engine }

    /// Runs one statement; the number of rows it changed (0 for statements that change no rows).
    @discardableResult
    package func execute(_ sql: String, _ arguments: [SQLValue] = []) throws(DatabaseError) -> Int {
        try check()
        return try driver.execute(sql, arguments)
    }

    /// All rows, mapped.
    package func rows<T>(
        _ sql: String, _ arguments: [SQLValue] = [], _ map: (Row) throws -> T
    ) throws -> [T] {
        try check()
        var result: [T] = []
        try driver.query(sql, arguments) { row in
            result.append(try map(row))
            return true
        }
        return result
    }

    /// The first row, mapped, or nil; ask with `LIMIT 1` where there may be many.
    package func first<T>(
        _ sql: String, _ arguments: [SQLValue] = [], _ map: (Row) throws -> T
    ) throws -> T? {
        try check()
        var result: T?
        try driver.query(sql, arguments) { row in
            result = try map(row)
            return false
        }
        return result
    }

    /// Each row of a bounded answer with many bytes, which PostgreSQL sends at once and as they are.
    ///
    /// For answers without a bound there is `forEach`.
    package func each(
        _ sql: String, _ arguments: [SQLValue] = [], _ body: (Row) throws -> Void
    ) throws {
        try check()
        try driver.bulk(sql, arguments, body)
    }

    /// Streams the rows of one SELECT with flat memory, however many there are.
    ///
    /// Other statements may run inside `body`, but they must not change the rows that are still to come.
    package func forEach(
        _ sql: String, _ arguments: [SQLValue] = [], _ body: (Row) throws -> Void
    ) throws {
        try check()
        try driver.stream(sql, arguments, body)
    }

    /// What the engine finds wrong in its own file, such as an index that does not lead to its rows.
    ///
    /// SQLite reads the whole file for it. PostgreSQL checks its pages whenever it reads them, and nothing here.
    package func integrityProblems() throws -> [String] {
        guard engine == .sqlite else { return [] }
        return try rows("PRAGMA integrity_check(20)") { try $0.text(0) }.filter { $0 != "ok" }
    }

    /// Makes the indexes of the store anew from its rows.
    package func rebuildIndexes() throws {
        if engine == .sqlite { try execute("REINDEX") }
    }

    /// Runs one statement for each set of arguments; prepared once, and pipelined where the engine can.
    package func executeMany(_ sql: String, _ rows: [[SQLValue]]) throws(DatabaseError) {
        try check()
        guard !rows.isEmpty else { return }
        try driver.executeMany(sql, rows)
    }

    /// Asks questions that do not need each other's answers, each read before the next; PostgreSQL gets all at once.
    package func ask(_ questions: [Question]) throws {
        try check()
        guard !questions.isEmpty else { return }
        try driver.ask(questions)
    }

    /// Rows that nobody asks for before the commit, such as entries of a log.
    ///
    /// PostgreSQL gets them along with what is sent next, at the latest with the commit; what it refuses of them is
    /// told there.
    package func append(to table: String, columns: [String], rows: [[SQLValue]]) throws(DatabaseError) {
        try check(rows, columns, table)
        guard !rows.isEmpty else { return }
        try driver.append(to: table, columns, rows)
    }

    /// Bulk copy, the fastest way in: COPY on PostgreSQL, prepared inserts of many rows on SQLite.
    package func insert(
        into table: String, columns: [String], rows: [[SQLValue]]
    ) throws(DatabaseError) {
        try check(rows, columns, table)
        guard !rows.isEmpty else { return }
        try driver.copy(into: table, columns, rows)
    }

    /// Asks one question for each set of arguments, in order; pipelined where the engine can.
    ///
    /// `map` gets the index of the argument set and one of its rows.
    package func queryMany<T>(
        _ sql: String, _ argumentSets: [[SQLValue]], _ map: (Int, Row) throws -> T
    ) throws -> [T] {
        try check()
        var result: [T] = []
        guard !argumentSets.isEmpty else { return result }
        try driver.queryMany(sql, argumentSets) { index, row in
            result.append(try map(index, row))
        }
        return result
    }

    /// Runs several statements without arguments; tokens and blocks of portable scripts are understood.
    package func script(_ sql: String) throws(DatabaseError) {
        try check()
        try driver.script(try PortableScript.rendered(sql, for: engine))
    }

    /// Runs `body`; when it throws, what it did is undone, the transaction stays good, and the error goes on.
    @discardableResult
    package func savepoint<T>(_ body: () throws -> T) throws -> T {
        try check()
        savepointCount += 1
        let name = "s\(savepointCount)"
        try driver.savepoint(name)
        do {
            let value = try body()
            if let failure = driver.failure { throw failure }
            try driver.release(name)
            return value
        } catch {
            if driver.failure != .contended, !driver.isBroken { try driver.rollback(to: name) }
            throw error
        }
    }

    /// From here on nothing can be asked of this connection.
    func end() {
        isOver = true
    }

    private func check() throws(DatabaseError) {
        guard !isOver else { throw .statement("the connection is used outside its transaction") }
        if let failure = driver.failure {
            throw .statement("the transaction has failed before (\(failure.code)); it can only be left")
        }
    }

    private func check(_ rows: [[SQLValue]], _ columns: [String], _ table: String) throws(DatabaseError) {
        try check()
        if let short = rows.first(where: { $0.count != columns.count }) {
            throw .statement("\(columns.count) columns of \(table), but a row with \(short.count) values")
        }
    }
}
