import CLibPQ

/// One PostgreSQL connection through libpq, used on one thread.
final class PostgreSQLDriver: Driver {
    /// Statements kept prepared per connection; the program has a few hundred different ones.
    private static let statementLimit = 256
    /// Rows fetched from a cursor at a time: 2,000 rows of a kilobyte are 2 MB.
    private static let fetchSize = 2000

    struct Prepared {
        let text: SQLText
        let name: String
    }

    let connection: OpaquePointer
    private var cache = StatementCache<Prepared>(limit: PostgreSQLDriver.statementLimit)
    private var statementNumber = 0
    private var cursorNumber = 0
    /// Names of statements whose answers can be asked for in binary form.
    private var binaryStatements: Set<String> = []
    var arguments = PostgreSQLArguments()
    /// Inserts that wait for the next statement, or for the commit, to go along with.
    var unsent: [PipelinedStatement] = []
    var failure: DatabaseError?
    private(set) var writeCount = 0

    let engine = Engine.postgresql
    var isBroken = false

    /// Takes over an open connection.
    init(_ connection: OpaquePointer) {
        self.connection = connection
    }

    func hold<T>(_ body: () throws -> T) throws -> T { try body() }

    func close() { PQfinish(connection) }

    // MARK: Transactions

    func begin(_ kind: TransactionKind) throws(DatabaseError) {
        failure = nil
        unsent.removeAll()
        switch kind {
        case .read: try run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        case .write: try run("BEGIN ISOLATION LEVEL SERIALIZABLE")
        case .bulk: try run("BEGIN ISOLATION LEVEL READ COMMITTED")
        case .grouped: try run("BEGIN ISOLATION LEVEL REPEATABLE READ")
        }
    }

    /// Sends what waits and the commit together.
    func commit() throws(DatabaseError) {
        let commit = PipelinedStatement(prepared: try prepared("COMMIT"), values: [])
        let waiting = takeUnsent()
        do throws(DatabaseError) {
            let results = try pipeline(waiting + [commit])
            defer { for result in results { PQclear(result) } }
            guard let last = results.last, String(cString: PQcmdStatus(last)) == "COMMIT" else {
                throw .statement("the server rolled the transaction back instead of committing it")
            }
        } catch {
            if isBroken {
                failure = .outcomeUnknown
                throw .outcomeUnknown
            }
            throw error
        }
    }

    func rollback() {
        if PQtransactionStatus(connection) != PQTRANS_IDLE, !isBroken {
            let result = PQexec(connection, "ROLLBACK")
            if PQresultStatus(result) != PGRES_COMMAND_OK { isBroken = true }
            PQclear(result)
        }
        failure = nil
        unsent.removeAll()
    }

    func savepoint(_ name: String) throws(DatabaseError) {
        try sendUnsent()
        try run("SAVEPOINT \(name)")
    }

    func release(_ name: String) throws(DatabaseError) {
        try sendUnsent()
        try run("RELEASE SAVEPOINT \(name)")
    }

    func rollback(to name: String) throws(DatabaseError) {
        failure = nil
        // All that waits came after the savepoint.
        unsent.removeAll()
        try run("ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)")
    }

    /// Commands without arguments, in the simple protocol.
    private func run(_ sql: String) throws(DatabaseError) {
        let result = PQexec(connection, sql)
        defer { PQclear(result) }
        guard isGood(result) else { throw fail(result, sql) }
    }

    // MARK: Statements

    func execute(_ sql: String, _ arguments: [SQLValue]) throws(DatabaseError) -> Int {
        let result = try answer(try prepared(sql), arguments)
        defer { PQclear(result) }
        return changedRows(result)
    }

    func query(_ sql: String, _ arguments: [SQLValue], _ body: (Row) throws -> Bool) throws {
        let result = try answer(try prepared(sql), arguments)
        defer { PQclear(result) }
        for row in 0..<PQntuples(result) {
            guard try body(Row(source: .postgresql(result, row: row))) else { return }
        }
    }

    /// The first answer of a statement comes as text and tells the columns' types; further ones come as bytes when
    /// all types can be read so.
    func bulk(_ sql: String, _ arguments: [SQLValue], _ body: (Row) throws -> Void) throws {
        let prepared = try prepared(sql)
        let result = try answer(prepared, arguments, inBinary: binaryStatements.contains(prepared.name))
        defer { PQclear(result) }
        if PostgreSQLColumn.canBeBinary(result) { binaryStatements.insert(prepared.name) }
        for row in 0..<PQntuples(result) { try body(Row(source: .postgresql(result, row: row))) }
    }

    func stream(_ sql: String, _ arguments: [SQLValue], _ body: (Row) throws -> Void) throws {
        try sendUnsent()
        let text = try SQLText(sql)
        if let refusal = text.refuse(arguments) { throw refusal }
        cursorNumber += 1
        let cursor = "c\(cursorNumber)"
        try self.arguments.set(arguments)
        let declaration = "DECLARE \(cursor) NO SCROLL CURSOR FOR \(text.numbered)"
        let declared = self.arguments.withPointers { count, values, lengths, formats in
            PQexecParams(connection, declaration, count, nil, values, lengths, formats, 0)
        }
        defer { PQclear(declared) }
        guard isGood(declared) else { throw fail(declared, sql) }
        do {
            try fetchAll(cursor, sql, body)
        } catch {
            if failure == nil { try run("CLOSE \(cursor)") }
            throw error
        }
        try run("CLOSE \(cursor)")
    }

    private func fetchAll(_ cursor: String, _ sql: String, _ body: (Row) throws -> Void) throws {
        let fetch = "FETCH \(PostgreSQLDriver.fetchSize) FROM \(cursor)"
        while true {
            let result = PQexec(connection, fetch)
            defer { PQclear(result) }
            guard let result, isGood(result) else { throw fail(result, sql) }
            let count = PQntuples(result)
            for row in 0..<count {
                try body(Row(source: .postgresql(result, row: row)))
            }
            if count < PostgreSQLDriver.fetchSize { return }
        }
    }

    func script(_ sql: String) throws(DatabaseError) {
        try sendUnsent()
        writeCount += 1
        try run(sql)
    }

    // MARK: Prepared statements

    func prepared(_ sql: String) throws(DatabaseError) -> Prepared {
        if let cached = cache.take(sql) {
            try keep(cached)
            return cached
        }
        let text = try SQLText(sql)
        statementNumber += 1
        let prepared = Prepared(text: text, name: "p\(statementNumber)")
        let result = PQprepare(connection, prepared.name, text.numbered, 0, nil)
        defer { PQclear(result) }
        guard isGood(result) else { throw fail(result, sql) }
        try keep(prepared)
        return prepared
    }

    private func keep(_ prepared: Prepared) throws(DatabaseError) {
        if let surplus = cache.put(prepared, for: prepared.text.portable) {
            binaryStatements.remove(surplus.name)
            try sendUnsent()
            try run("DEALLOCATE \(surplus.name)")
        }
    }

    private func answer(
        _ prepared: Prepared, _ values: [SQLValue], inBinary: Bool = false
    ) throws(DatabaseError) -> OpaquePointer {
        if let refusal = prepared.text.refuse(values) { throw refusal }
        try sendUnsent()
        try arguments.set(values)
        if prepared.text.mayWrite { writeCount += 1 }
        let result = arguments.withPointers { count, values, lengths, formats in
            PQexecPrepared(connection, prepared.name, count, values, lengths, formats, inBinary ? 1 : 0)
        }
        guard let result, isGood(result) else {
            defer { PQclear(result) }
            throw fail(result, prepared.text.portable)
        }
        return result
    }

    // MARK: Answers

    private func changedRows(_ result: OpaquePointer) -> Int {
        let tag = String(cString: PQcmdStatus(result))
        guard tag.hasPrefix("INSERT") || tag.hasPrefix("UPDATE") || tag.hasPrefix("DELETE") || tag.hasPrefix("MERGE")
        else { return 0 }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    func isGood(_ result: OpaquePointer?) -> Bool {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_PIPELINE_SYNC, PGRES_COPY_IN, PGRES_EMPTY_QUERY: true
        default: false
        }
    }

    /// Keeps the failure, so that the transaction cannot go on as if nothing had been.
    func fail(_ result: OpaquePointer?, _ sql: String?) -> DatabaseError {
        var error = PostgreSQLFailure.error(result, sql: sql)
        if PQstatus(connection) == CONNECTION_BAD {
            isBroken = true
            error = .unavailable("the connection was lost")
        }
        if error == .contended { _ = cache.removeAll() }
        failure = error
        return error
    }

    func noteWrite() { writeCount += 1 }
}
