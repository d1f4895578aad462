import Database
import TestStores
import Testing

@Suite("Many rows")
struct BulkTests {
    static let counting =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < CAST(? AS BIGINT)) SELECT i FROM n"

    @Test("200,000 rows stream in order, with other statements inside", arguments: TestStore.engines)
    func streams(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            let (rows, sum, inner) = try await database.read { connection in
                var rows = 0
                var sum: Int64 = 0
                var inner = 0
                try connection.forEach(BulkTests.counting, [200_000]) { row in
                    rows += 1
                    let number = try row.int64(0)
                    sum += number
                    guard number.isMultiple(of: 50_000) else { return }
                    try connection.forEach(BulkTests.counting, [2500]) { _ in inner += 1 }
                    inner += try connection.rows("SELECT 1") { _ in true }.count
                }
                return (rows, sum, inner)
            }
            #expect(rows == 200_000)
            #expect(sum == 20_000_100_000)
            #expect(inner == 4 * 2501)
        }
    }

    @Test("A stream that is left early leaves the connection usable", arguments: TestStore.engines)
    func leftEarly(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            try await database.write { connection in
                for _ in 0..<3 {
                    let stopped = refusal {
                        try connection.forEach(BulkTests.counting, [10_000]) { _ in throw Stop() }
                    }
                    #expect(stopped is Stop)
                    let first = try connection.first(BulkTests.counting, [5]) { try $0.int64(0) }
                    #expect(first == 1)
                }
                try connection.execute("INSERT INTO letter (id) VALUES (1)")
            }
            let count = try await database.count("letter")
            #expect(count == 1)
        }
    }

    @Test("A statement gives the same values each time, in whatever form they come", arguments: TestStore.engines)
    func formsOfValues(_ engine: Engine) async throws {
        let texts: [SQLValue] = [.text(""), .text("Nguyễn Thị Ánh"), .null]
        let seals: [SQLValue] = [.blob([]), .blob([0, 92, 120, 255]), .null]
        let numbers: [Int64] = [.min, -1, 0, 1, 4_294_967_296, .max]
        try await withStore(engine) { database in
            try await database.write { connection in
                for (place, number) in numbers.enumerated() {
                    try connection.execute(
                        "INSERT INTO letter (id, body, seal, weight) VALUES (?, ?, ?, 0.25)",
                        [.integer(number), texts[place % 3], seals[place % 3]])
                }
            }
            let statements = [
                "SELECT id, body, seal FROM letter WHERE id <= ? ORDER BY id",
                "SELECT id, body, seal, weight, CAST(1 AS SMALLINT) FROM letter WHERE id <= ? ORDER BY id",
                "SELECT id, body, seal, CAST(7 AS INTEGER), CAST(-7 AS SMALLINT) FROM letter WHERE id <= ? ORDER BY id",
            ]
            for (number, sql) in statements.enumerated() {
                let rounds = try await database.read { connection in
                    try (0..<3).map { _ in
                        var values: [[SQLValue]] = []
                        try connection.each(sql, [.integer(Int64.max)]) { row in
                            values.append((0..<row.count).map { row[$0] })
                            if case .blob(let seal) = row[2] {
                                let lent = try row.withBlob(2) { Array($0) }
                                #expect(lent == seal)
                            }
                            if case .text(let body) = row[1] {
                                let lent = try row.withText(1) { String(decoding: $0, as: UTF8.self) }
                                #expect(lent == body)
                            }
                        }
                        return values
                    }
                }
                let rest: [[SQLValue]] = [[], [.real(0.25), 1], [7, -7]]
                for values in rounds {
                    let expected = numbers.enumerated().map { place, id in
                        [.integer(id), texts[place % 3], seals[place % 3]] + rest[number]
                    }
                    #expect(values == expected)
                }
            }
        }
    }

    @Test("Bulk copy and pipelined statements write every row once", arguments: TestStore.engines)
    func writes(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            try await database.writeBulk { connection in
                try connection.insert(
                    into: "letter", columns: ["id", "body", "weight"],
                    rows: (0..<5003).map {
                        [.integer($0), .text("lá thư \($0)"), $0.isMultiple(of: 2) ? nil : .real(0.5)]
                    })
                try connection.executeMany(
                    "INSERT INTO letter (id, body) VALUES (?, ?)",
                    (10_000..<11_234).map { [.integer($0), .text("thư \($0)")] })
                try connection.executeMany("UPDATE letter SET body = ? WHERE id = ?", [["một", 1], ["hai", 2]])
                try connection.insert(into: "letter", columns: ["id"], rows: [])
                try connection.executeMany("DELETE FROM letter WHERE id = ?", [])
            }
            let seen = try await database.read { connection in
                try connection.first(
                    """
                    SELECT count(*), sum(id), count(weight), (SELECT body FROM letter WHERE id = 2),
                        (SELECT body FROM letter WHERE id = 5002) FROM letter
                    """
                ) {
                    [
                        String(try $0.int64(0)), String(try $0.int64(1)), String(try $0.int64(2)), try $0.text(3),
                        try $0.text(4),
                    ]
                }
            }
            let sum = 5002 * 5003 / 2 + (10_000 + 11_233) * 1234 / 2
            #expect(seen == ["6237", String(sum), "2501", "hai", "lá thư 5002"])
        }
    }

    @Test("One bad row among many undoes the whole, and is told as what it is", arguments: TestStore.engines)
    func badRow(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            let rows: [[SQLValue]] = (0..<3000).map { [.integer($0 == 2100 ? 7 : $0)] }
            let copied = await failure {
                try await database.writeBulk { try $0.insert(into: "letter", columns: ["id"], rows: rows) }
            }
            #expect(copied == .uniqueViolation("letter.id"))
            let piped = await failure {
                try await database.write { try $0.executeMany("INSERT INTO letter (id) VALUES (?)", rows) }
            }
            #expect(piped == .uniqueViolation("letter.id"))
            let short = await failure {
                try await database.write { try $0.insert(into: "letter", columns: ["id", "body"], rows: [[1]]) }
            }
            #expect(short?.code == "statement_refused")
            let count = try await database.count("letter")
            #expect(count == 0)
        }
    }

    @Test("Many questions are answered in their order", arguments: TestStore.engines)
    func queryMany(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            try await database.write { connection in
                try connection.insert(
                    into: "letter", columns: ["id", "body"], rows: (0..<1500).map { [.integer($0), .text("b\($0)")] })
            }
            let answers = try await database.read { connection in
                try connection.queryMany(
                    "SELECT body FROM letter WHERE id = ? OR id = ? ORDER BY id",
                    (0..<1200).map { [.integer(2 * $0), .integer(2 * $0 + 1)] }
                ) { index, row in
                    let nested = try connection.first("SELECT 1") { try $0.int64(0) }
                    return "\(index):\(try row.text(0)):\(nested ?? 0)"
                }
            }
            #expect(answers == (0..<1500).map { "\($0 / 2):b\($0):1" })
        }
    }

    @Test("INSERT … RETURNING answers and writes; changed rows are counted", arguments: TestStore.engines)
    func returning(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            let counts = try await database.write { connection in
                let id = try connection.first("INSERT INTO letter (id) VALUES (?) RETURNING id + 1", [41]) {
                    try $0.int64(0)
                }
                try connection.insert(into: "letter", columns: ["id"], rows: [[1], [2], [3]])
                return [
                    Int(id ?? 0), try connection.execute("UPDATE letter SET body = 'x' WHERE id < ?", [3]),
                    try connection.execute("DELETE FROM letter WHERE id = 77"),
                    try connection.execute("SELECT id FROM letter"),
                    try connection.execute(
                        "INSERT INTO letter (id) VALUES (1) ON CONFLICT (id) DO NOTHING"),
                ]
            }
            #expect(counts == [42, 2, 0, 0, 0])
        }
    }

    @Test("More different statements than are kept prepared still run", arguments: TestStore.engines)
    func manyStatements(_ engine: Engine) async throws {
        try await withStore(engine, options: .init(readers: 1)) { database in
            for _ in 0..<2 {
                let sum = try await database.read { connection in
                    try (0..<400).reduce(Int64(0)) { sum, number in
                        sum
                            + (try connection.first("SELECT \(number) + CAST(? AS BIGINT)", [1]) { try $0.int64(0) }
                                ?? 0)
                    }
                }
                #expect(sum == 400 * 399 / 2 + 400)
            }
        }
    }
}
