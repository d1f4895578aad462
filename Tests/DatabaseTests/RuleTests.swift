import Database
import TestStores
import Testing

@Suite("The database's own rules say the same on every engine")
struct RuleTests {
    @Test("A key that exists already", arguments: TestStore.engines)
    func unique(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            try await database.write { connection in
                try connection.execute("INSERT INTO letter (id) VALUES (1)")
                try connection.execute("INSERT INTO reply (id, part, letter_id) VALUES (1, 1, 1)")
            }
            let one = await failure {
                try await database.write { try $0.execute("INSERT INTO letter (id) VALUES (1)") }
            }
            #expect(one == .uniqueViolation("letter.id"))
            let two = await failure {
                try await database.write {
                    try $0.insert(into: "reply", columns: ["id", "part", "letter_id"], rows: [[1, 1, 1]])
                }
            }
            #expect(two == .uniqueViolation("reply.id, reply.part"))
        }
    }

    @Test("CHECK, NOT NULL and references", arguments: TestStore.engines)
    func constraints(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            let check = await failure {
                try await database.write {
                    try $0.execute("INSERT INTO letter (id, weight) VALUES (1, ?)", [.real(-1)])
                }
            }
            #expect(check == .checkViolation("letter_weight_not_negative"))
            let absent = await failure {
                try await database.write { try $0.execute("INSERT INTO entry (id, body) VALUES (1, ?)", [nil]) }
            }
            #expect(absent == .notNullViolation("entry.body"))
            let reference = await failure {
                try await database.write { try $0.execute("INSERT INTO reply (id, part, letter_id) VALUES (1, 1, 5)") }
            }
            #expect(reference?.code == "foreign_key_violation")
        }
    }

    @Test("An append-only table takes rows and gives none back", arguments: TestStore.engines)
    func appendOnly(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            try await database.write { try $0.execute("INSERT INTO entry (id, body) VALUES (1, 'a')") }
            var statements = ["UPDATE entry SET body = 'b'", "DELETE FROM entry WHERE id = 1", "DELETE FROM entry"]
            statements.append(
                engine == .sqlite ? "INSERT OR REPLACE INTO entry (id, body) VALUES (1, 'b')" : "TRUNCATE entry")
            for statement in statements {
                let refused = await failure { try await database.write { try $0.execute(statement) } }
                #expect(refused == .refusedByTrigger("append_only: entry"))
            }
            #expect(try await database.count("entry") == 1)
        }
    }

    @Test("A statement that is wrong is told without its arguments", arguments: TestStore.engines)
    func badStatement(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            let refused = await failure {
                try await database.write { try $0.execute("UPDATE nowhere SET a = ?", ["bí mật"]) }
            }
            #expect(refused?.code == "statement_refused")
            #expect(refused.map { "\($0)".contains("nowhere") && !"\($0)".contains("bí mật") } == true)
        }
    }

    @Test("Every refusal has a code of its own and two sentences")
    func sentences() {
        let all: [DatabaseError] = [
            .uniqueViolation("t.a"), .checkViolation("c"), .foreignKeyViolation("f"), .notNullViolation("t.a"),
            .refusedByTrigger("append_only: t"), .contended, .timedOut, .unavailable("x"), .outcomeUnknown, .closed,
            .diskFull, .corrupt("x"), .readOnly, .malformedLocation("x"), .passwordInURL, .migration("x"),
            .statement("x"), .typeMismatch("x"), .nulInText, .unsupported("x"),
        ]
        #expect(Set(all.map(\.code)).count == all.count)
        for error in all {
            #expect(!error.sentence.vietnamese.isEmpty && error.sentence.english.hasSuffix("."))
        }
    }
}

@Suite("The address of a store")
struct LocationTests {
    @Test("A file and a server are understood, and written back as they were")
    func parses() throws {
        #expect(try DatabaseLocation(parsing: "sqlite:./a b.sqlite") == .sqlite(path: "./a b.sqlite"))
        for url in ["postgres://officer@db.example:5433/dancu", "postgresql:///dancu?host=/run/socket"] {
            let location = try DatabaseLocation(parsing: url)
            #expect(location == .postgresql(url: url))
            #expect(location.description == url)
            #expect(location.engine == .postgresql)
        }
    }

    @Test("A password in the URL is refused and not repeated")
    func passwords() {
        for url in ["postgres://a:secret@host/db", "postgres://host/db?password=secret"] {
            #expect(throws: DatabaseError.passwordInURL) { try DatabaseLocation(parsing: url) }
        }
    }

    @Test(
        "What is neither is refused",
        arguments: ["", "sqlite:", "sqlite::memory:", "register.db", "postgres://h/d?bogus=1", "mysql://h/d"])
    func malformed(_ text: String) {
        #expect(throws: DatabaseError.self) { try DatabaseLocation(parsing: text) }
    }
}
