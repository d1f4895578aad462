import Database
import TestStores
import Testing

@Suite("Values keep their bytes on every engine")
struct ValueTests {
    @Test("PostgreSQL is tested too", .enabled(if: TestStore.engines.contains(.postgresql), "DANCU_TEST_POSTGRES"))
    func postgresqlIsThere() {
        #expect(TestStore.engines == [.sqlite, .postgresql])
    }

    @Test("Integers from the least to the greatest", arguments: TestStore.engines)
    func integers(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            let values: [Int64] = [.min, .min + 1, -1, 0, 1, 4_294_967_296, .max - 1, .max]
            try await database.write { connection in
                for value in values {
                    let changed = try connection.execute("INSERT INTO letter (id) VALUES (?)", [.integer(value)])
                    #expect(changed == 1)
                }
            }
            let read = try await database.read { try $0.rows("SELECT id FROM letter ORDER BY id") { try $0.int64(0) } }
            #expect(read == values)
            let sum = try await database.read {
                try $0.first("SELECT sum(id) FROM letter WHERE id BETWEEN ? AND ?", [0, 10]) { try $0.int64(0) }
            }
            #expect(sum == 1)
        }
    }

    static let texts = [
        "", "Nguyễn Thị Ánh", "Nguye\u{302}\u{303}n", "👩🏽‍🌾 và 🇻🇳", "a\tb\nc\rd\\e\\N\\.'\"$1?",
        String(repeating: "đ", count: 70_000),
        "\u{1}\u{7F}\u{200B}\u{FFFD}\u{10FFFF}",
    ]

    @Test("Text byte for byte, by each way in", arguments: TestStore.engines)
    func texts(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            let texts = ValueTests.texts
            try await database.write { connection in
                for (index, text) in texts.enumerated() {
                    try connection.execute(
                        "INSERT INTO letter (id, body) VALUES (?, ?)", [.integer(index), .text(text)])
                }
                try connection.executeMany(
                    "INSERT INTO letter (id, body) VALUES (?, ?)",
                    texts.enumerated().map { [.integer(100 + $0.offset), .text($0.element)] })
                try connection.insert(
                    into: "letter", columns: ["id", "body"],
                    rows: texts.enumerated().map { [.integer(200 + $0.offset), .text($0.element)] })
            }
            for start in [0, 100, 200] {
                let read = try await database.read { connection in
                    try connection.rows(
                        "SELECT body FROM letter WHERE id >= ? AND id < ? ORDER BY id",
                        [.integer(start), .integer(start + 100)]
                    ) { Array(try $0.text(0).utf8) }
                }
                #expect(read == texts.map { Array($0.utf8) })
            }
        }
    }

    @Test("Bytes of every value, none, and a megabyte, by each way in", arguments: TestStore.engines)
    func blobs(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            let blobs: [[UInt8]] = [
                [], [0], Array(0...255), (0..<1_048_576).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) },
            ]
            try await database.write { connection in
                for (index, blob) in blobs.enumerated() {
                    try connection.execute(
                        "INSERT INTO letter (id, seal) VALUES (?, ?)", [.integer(index), .blob(blob)])
                }
                let rows = { (start: Int) -> [[SQLValue]] in
                    blobs.enumerated().map { [.integer(start + $0.offset), .blob($0.element)] }
                }
                try connection.executeMany("INSERT INTO letter (id, seal) VALUES (?, ?)", rows(100))
                try connection.insert(into: "letter", columns: ["id", "seal"], rows: rows(200))
            }
            let read = try await database.read { try $0.rows("SELECT seal FROM letter ORDER BY id") { try $0.blob(0) } }
            #expect(read == blobs + blobs + blobs)
            let found = try await database.read {
                try $0.first("SELECT id FROM letter WHERE seal = ? AND id < 100", [.blob(blobs[2])]) { try $0.int64(0) }
            }
            #expect(found == 2)
        }
    }

    @Test("Numbers, NULL and truth", arguments: TestStore.engines)
    func numbersAndNull(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            let weights = [0.0, 0.1, 1e-300, 1.7976931348623157e308, 12_345.678_9]
            try await database.write { connection in
                try connection.insert(
                    into: "letter", columns: ["id", "weight"],
                    rows: weights.enumerated().map { [.integer($0.offset), .real($0.element)] })
                try connection.execute("INSERT INTO letter (id, weight) VALUES (?, ?)", [99, nil])
            }
            try await database.read { connection in
                let read = try connection.rows("SELECT weight FROM letter WHERE weight IS NOT NULL ORDER BY id") {
                    try $0.real(0)
                }
                #expect(read == weights)
                let absent = try connection.first("SELECT weight, body, seal, id FROM letter WHERE id = 99") { row in
                    #expect(row[0] == nil)
                    #expect(try row.textOrNull(1) == nil)
                    #expect(try row.blobOrNull(2) == nil)
                    #expect(try row.int64OrNull(3) == 99)
                    #expect(try row.bool(3))
                    #expect(row.count == 4)
                    return try row.realOrNull(0)
                }
                #expect(absent == .some(nil))
            }
        }
    }

    @Test("Another type than the column's is refused, and no value is told", arguments: TestStore.engines)
    func typeMismatch(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            try await database.write { try $0.execute("INSERT INTO letter (id, body) VALUES (7, 'bí mật')") }
            try await database.read { connection in
                _ = try connection.first("SELECT id, body FROM letter") { row in
                    #expect(throws: DatabaseError.typeMismatch("column 1 holds text, integer is asked for")) {
                        try row.int64(1)
                    }
                    #expect(throws: DatabaseError.typeMismatch("column 0 holds integer, text is asked for")) {
                        try row.text(0)
                    }
                    #expect(throws: DatabaseError.self) { try row.blob(0) }
                    #expect(throws: DatabaseError.self) { try row.int64(2) }
                    #expect(throws: DatabaseError.self) { try row.int64(-1) }
                }
            }
            let stored = await failure {
                try await database.write { try $0.execute("INSERT INTO letter (id) VALUES (?)", ["bí mật"]) }
            }
            #expect(stored?.code == "type_mismatch")
            #expect(stored.map { !"\($0)".contains("bí mật") } == true)
        }
    }

    @Test("A NUL character in text is refused before anything is written", arguments: TestStore.engines)
    func nul(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            let bad = "a\u{0}b"
            for way in 0..<3 {
                let refused = await failure {
                    try await database.write { connection in
                        switch way {
                        case 0: try connection.execute("INSERT INTO letter (id, body) VALUES (1, ?)", [.text(bad)])
                        case 1:
                            try connection.executeMany(
                                "INSERT INTO letter (id, body) VALUES (?, ?)", [[1, "x"], [2, .text(bad)]])
                        default:
                            try connection.insert(
                                into: "letter", columns: ["id", "body"], rows: [[1, "x"], [2, .text(bad)]])
                        }
                    }
                }
                #expect(refused == .nulInText)
            }
            let count = try await database.count("letter")
            #expect(count == 0)
        }
    }

    @Test("Placeholders inside quotes and comments stay as they are", arguments: TestStore.engines)
    func quotes(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            try await database.read { connection in
                let sql = """
                    SELECT 'a?''b?' AS "c?", -- is it? yes
                        CAST(? AS TEXT) /* and ? here */, CAST(?1 AS TEXT), CAST(? AS BIGINT);
                    """
                let row = try connection.first(sql, ["x", 5]) { row in
                    [try row.text(0), try row.text(1), try row.text(2), String(try row.int64(3))]
                }
                #expect(row == ["a?'b?", "x", "x", "5"])
            }
        }
    }

    @Test("A wrong number of arguments, or two statements in one, are refused", arguments: TestStore.engines)
    func argumentCount(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            for arguments in [[], [1, 2]] as [[SQLValue]] {
                let refused = await failure {
                    try await database.read {
                        _ = try $0.rows("SELECT id FROM letter WHERE id = ?", arguments) { _ in }
                    }
                }
                #expect(refused?.code == "statement_refused")
            }
            let two = await failure {
                try await database.write { try $0.execute("DELETE FROM reply; DELETE FROM letter") }
            }
            #expect(two?.code == "statement_refused")
        }
    }
}
