import CLibPQ
import Database
import Foundation
import GRDBSQLite

/// Reading one row of a person's state by number, in the process, against the engine's own prepared select.
struct LookupWork {
    let place: BenchPlace

    private static let lookups = 20_000
    private static let sql = """
        SELECT p.handle, p.state FROM personal_number n JOIN person p ON p.person_id = n.person_id WHERE n.number = ?
        """

    func measure() async throws -> [Figure] {
        var figures: [Figure] = []
        for engine in place.engines {
            let register = try await place.register(engine)
            let database = try await register.open()
            let numbers = try await LookupWork.numbers(database, atMost: LookupWork.lookups)
            var own = Samples()
            var bare = Samples()
            for _ in 0..<place.runs {
                own.add(Double(numbers.count) / (try await Stopwatch.seconds { try await through(database, numbers) }))
                bare.add(Double(numbers.count) / (try await Stopwatch.seconds { try self.bare(register, numbers) }))
            }
            await database.close()
            let asked = engine == .sqlite ? 0.4 : 0.8
            figures.append(
                Figure(
                    work: "look-up by number in process, \(engine)", value: own.median, unit: "/s",
                    baseline: engine == .sqlite ? "sqlite3_step" : "libpq pipeline", baselineValue: bare.median,
                    required: "≥ \(asked) of it", isReached: own.median >= asked * bare.median, least: own.least,
                    greatest: own.greatest))
        }
        return figures
    }

    /// Numbers of the register, in no order.
    static func numbers(_ database: Database, atMost most: Int) async throws -> [Int64] {
        try await database.read { connection in
            try connection.rows(
                "SELECT number FROM personal_number WHERE in_force = 1 ORDER BY person_id % 1009, number LIMIT ?",
                [.integer(most)]
            ) { try $0.int64(0) }
        }
    }

    private func through(_ database: Database, _ numbers: [Int64]) async throws {
        let bytes = try await database.read { connection in
            try connection.queryMany(LookupWork.sql, numbers.map { [.integer($0)] }) { _, row in
                try row.withText(1) { $0.count }
            }.reduce(0, +)
        }
        guard bytes > 0 else { throw DatabaseError.statement("no rows") }
    }

    // MARK: The engine alone

    private func bare(_ register: BenchRegister, _ numbers: [Int64]) throws {
        let location = try DatabaseLocation(parsing: register.location)
        switch location {
        case .sqlite(let path): try bareSQLite(path, numbers)
        case .postgresql(let url): try barePostgreSQL(url, numbers)
        }
    }

    private func bareSQLite(_ path: String, _ numbers: [Int64]) throws {
        var handle: OpaquePointer?
        var statement: OpaquePointer?
        defer {
            sqlite3_finalize(statement)
            sqlite3_close(handle)
        }
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK,
            sqlite3_prepare_v2(handle, LookupWork.sql, -1, &statement, nil) == SQLITE_OK
        else { throw DatabaseError.unavailable("the file cannot be read") }
        sqlite3_exec(handle, "BEGIN", nil, nil, nil)
        var bytes: Int32 = 0
        for number in numbers {
            sqlite3_bind_int64(statement, 1, number)
            if sqlite3_step(statement) == SQLITE_ROW {
                _ = sqlite3_column_text(statement, 1)
                bytes &+= sqlite3_column_bytes(statement, 1)
            }
            sqlite3_reset(statement)
        }
        guard bytes > 0 else { throw DatabaseError.statement("no rows") }
    }

    private func barePostgreSQL(_ url: String, _ numbers: [Int64]) throws {
        let connection = PQconnectdb(url)
        defer { PQfinish(connection) }
        let sql = LookupWork.sql.replacing("?", with: "$1")
        PQclear(PQprepare(connection, "s", sql, 1, nil))
        var bytes: Int32 = 0
        for start in stride(from: 0, to: numbers.count, by: 500) {
            let part = numbers[start..<min(start + 500, numbers.count)]
            PQenterPipelineMode(connection)
            for number in part {
                String(number).withCString { text in
                    var values: [UnsafePointer<CChar>?] = [text]
                    _ = PQsendQueryPrepared(connection, "s", 1, &values, nil, nil, 0)
                }
            }
            PQpipelineSync(connection)
            for _ in part {
                let result = PQgetResult(connection)
                if PQntuples(result) > 0 { bytes &+= PQgetlength(result, 0, 1) }
                PQclear(result)
                PQclear(PQgetResult(connection))
            }
            PQclear(PQgetResult(connection))
            PQexitPipelineMode(connection)
        }
        guard bytes > 0 else { throw DatabaseError.statement("no rows") }
    }
}
