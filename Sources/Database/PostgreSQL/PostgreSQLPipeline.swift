import CLibPQ

/// One statement on its way with others.
struct PipelinedStatement {
    let prepared: PostgreSQLDriver.Prepared
    let values: [SQLValue]
}

/// Several statements with one way to the server and back, by libpq's pipeline mode.
extension PostgreSQLDriver {
    /// Statements sent before their answers are read.
    private static let pipelineDepth = 500
    /// Rows of one insert that waits; few lengths, so that few prepared statements serve any number of rows.
    private static let appendLengths = [64, 32, 16, 8, 4, 2, 1]
    /// More rows than this are copied, which costs a way of its own and less for each row.
    private static let appendLimit = 256

    func executeMany(_ sql: String, _ rows: [[SQLValue]]) throws(DatabaseError) {
        let prepared = try prepared(sql)
        try sendUnsent()
        for part in PostgreSQLDriver.parts(of: rows) {
            let statements = part.map { PipelinedStatement(prepared: prepared, values: $0) }
            for result in try pipeline(statements) { PQclear(result) }
        }
    }

    func queryMany(_ sql: String, _ sets: [[SQLValue]], _ body: (Int, Row) throws -> Void) throws {
        let prepared = try prepared(sql)
        try sendUnsent()
        for part in PostgreSQLDriver.parts(of: sets) {
            try query(part.map { PipelinedStatement(prepared: prepared, values: $0) }) { index, row in
                try body(part.startIndex + index, row)
            }
        }
    }

    func ask(_ questions: [Question]) throws {
        for part in PostgreSQLDriver.parts(of: questions) {
            let statements = try part.map { question in
                PipelinedStatement(prepared: try prepared(question.sql), values: question.arguments)
            }
            try sendUnsent()
            try query(statements) { index, row in try part[part.startIndex + index].read(row) }
        }
    }

    /// As many at a time as are sent before their answers are read.
    private static func parts<Element>(of all: [Element]) -> [ArraySlice<Element>] {
        stride(from: 0, to: all.count, by: pipelineDepth).map { all[$0..<min($0 + pipelineDepth, all.count)] }
    }

    private func query(_ statements: [PipelinedStatement], _ body: (Int, Row) throws -> Void) throws {
        let results = try pipeline(statements)
        defer { for result in results { PQclear(result) } }
        for (index, result) in results.enumerated() {
            for row in 0..<PQntuples(result) { try body(index, Row(source: .postgresql(result, row: row))) }
        }
    }

    /// Prepares inserts of the rows, which go with the next statement.
    func append(to table: String, _ columns: [String], _ rows: [[SQLValue]]) throws(DatabaseError) {
        guard rows.count <= PostgreSQLDriver.appendLimit else { return try copy(into: table, columns, rows) }
        noteWrite()
        let marks = "(" + repeatElement("?", count: columns.count).joined(separator: ", ") + ")"
        var rest = rows[...]
        for length in PostgreSQLDriver.appendLengths {
            guard rest.count >= length else { continue }
            let prepared = try prepared(
                "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES "
                    + repeatElement(marks, count: length).joined(separator: ", "))
            while rest.count >= length {
                unsent.append(PipelinedStatement(prepared: prepared, values: rest.prefix(length).flatMap { $0 }))
                rest = rest.dropFirst(length)
            }
        }
    }

    /// Sends what waits; called before anything else is asked, so that it is there for whoever reads it.
    func sendUnsent() throws(DatabaseError) {
        guard !unsent.isEmpty else { return }
        for result in try pipeline(takeUnsent()) { PQclear(result) }
    }

    func takeUnsent() -> [PipelinedStatement] {
        defer { unsent.removeAll(keepingCapacity: true) }
        return unsent
    }

    /// Sends all, asks for one sync, reads all answers in order; the caller clears them.
    func pipeline(_ statements: [PipelinedStatement]) throws(DatabaseError) -> [OpaquePointer] {
        for statement in statements {
            if let refusal = statement.prepared.text.refuse(statement.values) { throw refusal }
        }
        if statements.contains(where: { $0.prepared.text.mayWrite }) { noteWrite() }
        guard PQenterPipelineMode(connection) == 1 else { throw fail(nil, nil) }
        var refusal: DatabaseError?
        var sent = 0
        for statement in statements {
            do throws(DatabaseError) {
                try arguments.set(statement.values)
            } catch {
                refusal = error
                break
            }
            let isSent = arguments.withPointers { count, values, lengths, formats in
                PQsendQueryPrepared(connection, statement.prepared.name, count, values, lengths, formats, 0)
            }
            guard isSent == 1 else { break }
            sent += 1
        }
        let isSynced = PQpipelineSync(connection) == 1
        var results: [OpaquePointer] = []
        results.reserveCapacity(sent)
        var failed = isSynced ? collect(statements[..<sent], into: &results) : fail(nil, nil)
        if failed == nil, refusal == nil, sent < statements.count { failed = fail(nil, nil) }
        if PQexitPipelineMode(connection) != 1 { isBroken = true }
        guard failed == nil, refusal == nil else {
            for result in results { PQclear(result) }
            // Some of the batch may have been done; the transaction must not go on as if nothing had been.
            if failed == nil { failure = refusal }
            throw failed ?? refusal ?? .unavailable("the pipeline ended early")
        }
        return results
    }

    /// Reads the answers up to the sync; the first failure, or nil.
    private func collect(
        _ statements: ArraySlice<PipelinedStatement>, into results: inout [OpaquePointer]
    ) -> DatabaseError? {
        var failed: DatabaseError?
        for statement in statements {
            guard let result = PQgetResult(connection) else {
                return failed ?? fail(nil, statement.prepared.text.portable)
            }
            if isGood(result) {
                results.append(result)
            } else {
                if failed == nil { failed = fail(result, statement.prepared.text.portable) }
                PQclear(result)
                if isBroken { return failed }
            }
            // Each answer is closed by an empty one.
            PQclear(PQgetResult(connection))
        }
        PQclear(PQgetResult(connection))
        return failed
    }
}
