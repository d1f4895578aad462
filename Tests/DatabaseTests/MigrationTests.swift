import Database
import TestStores
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("The schema moves forward only")
struct MigrationTests {
    static let steps = [
        Migration(id: "a-001", sql: "CREATE TABLE one (id {int} NOT NULL PRIMARY KEY) {strict};"),
        Migration(
            id: "a-002",
            sql: """
                -- @sqlite
                CREATE TABLE two (name {text}, engine {text} NOT NULL DEFAULT 'sqlite') {strict};
                -- @end
                -- @postgresql
                CREATE TABLE two (name {text}, engine {text} NOT NULL DEFAULT 'postgresql') {strict};
                -- @end
                INSERT INTO two (name) VALUES ('{}; ?');
                """),
    ]

    @Test("Steps are applied once", arguments: TestStore.engines)
    func twice(_ engine: Engine) async throws {
        try await TestStore.with(engine) { database in
            let first = try await database.migrate([MigrationTests.steps[0]], at: "2021-02-25T00:00:00Z")
            let second = try await database.migrate(MigrationTests.steps)
            let third = try await database.migrate(MigrationTests.steps)
            #expect([first, second, third] == [1, 1, 0])
            let row = try await database.read {
                try $0.first("SELECT name, engine FROM two") { [try $0.text(0), try $0.text(1)] }
            }
            #expect(row == ["{}; ?", engine.rawValue])
            let times = try await database.read {
                try $0.rows("SELECT applied_at FROM schema_migration ORDER BY id") { try $0.textOrNull(0) }
            }
            #expect(times == ["2021-02-25T00:00:00Z", nil])
        }
    }

    @Test("An edited step, an unknown step and a doubled id are refused", arguments: TestStore.engines)
    func refuses(_ engine: Engine) async throws {
        try await TestStore.with(engine) { database in
            try await database.migrate(MigrationTests.steps)
            let edited = Migration(id: "a-001", sql: MigrationTests.steps[0].sql + " ")
            let refusals = [
                await failure { try await database.migrate([edited, MigrationTests.steps[1]]) },
                await failure { try await database.migrate([MigrationTests.steps[0]]) },
                await failure { try await database.migrate(MigrationTests.steps + [edited]) },
            ]
            #expect(refusals.map { $0?.code } == ["schema_mismatch", "schema_mismatch", "schema_mismatch"])
        }
    }

    @Test("A step that fails leaves nothing of its run", arguments: TestStore.engines)
    func fails(_ engine: Engine) async throws {
        try await TestStore.with(engine) { database in
            let bad = Migration(id: "a-003", sql: "CREATE TABLE three (id {int}); INSERT INTO nowhere VALUES (1);")
            let refused = await failure { try await database.migrate(MigrationTests.steps + [bad]) }
            #expect(refused?.code == "statement_refused")
            let token = Migration(id: "a-003", sql: "CREATE TABLE three (id {integer});")
            let unknown = await failure { try await database.migrate(MigrationTests.steps + [token]) }
            #expect(unknown?.code == "schema_mismatch")
            let applied = try await database.migrate(MigrationTests.steps)
            #expect(applied == 2)
        }
    }

    @Test("Several programs that start at once apply each step once", arguments: TestStore.engines)
    func atOnce(_ engine: Engine) async throws {
        let (location, remove) = try await TestStore.location(engine)
        let applied = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let database = try await Database.open(location)
                    let count = try await database.migrate(MigrationTests.steps)
                    await database.close()
                    return count
                }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        await remove()
        #expect(applied.sorted() == [0, 0, 0, 2])
    }
}

@Suite("The care of a store")
struct CareTests {
    @Test("It answers, and knows its size", arguments: TestStore.engines)
    func answers(_ engine: Engine) async throws {
        try await withStore(engine) { database in
            try await database.ping()
            let size = try await database.sizeInBytes()
            #expect(size > 8192)
            #expect(database.engine == engine)
        }
    }

    @Test("A SQLite backup is whole, private, and overwrites nothing")
    func backup() async throws {
        try await withStore(.sqlite) { database in
            try await database.write { connection in
                try connection.insert(into: "letter", columns: ["id"], rows: (0..<1000).map { [.integer($0)] })
            }
            guard case .sqlite(let path) = database.location else { return }
            let target = String(path.dropLast("register.sqlite".count)) + "copy.sqlite"
            try await database.backup(to: target)
            var status = stat()
            #expect(stat(target, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
            let again = await failure { try await database.backup(to: target) }
            #expect(again?.code == "store_unsupported")
            let copy = try await Database.open(.sqlite(path: target))
            let count = try await copy.count("letter")
            await copy.close()
            #expect(count == 1000)
        }
    }

    @Test(
        "PostgreSQL names its own way to a backup",
        .enabled(if: TestStore.engines.contains(.postgresql), "\(TestStore.serverVariable) is not set"))
    func backupElsewhere() async throws {
        try await withStore(.postgresql) { database in
            let refused = await failure { try await database.backup(to: "copy.sqlite") }
            #expect(refused?.sentence.english.contains("pg_dump") == true)
        }
    }

    @Test("A missing file is created for its owner alone, or refused when it must exist")
    func missingFile() async throws {
        let (location, remove) = try await TestStore.location(.sqlite)
        let refused = await failure { try await Database.open(location, options: .init(createIfMissing: false)) }
        #expect(refused?.code == "store_unavailable")
        let database = try await Database.open(location)
        await database.close()
        if case .sqlite(let path) = location {
            var status = stat()
            #expect(stat(path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
        }
        await remove()
    }

    @Test("A file that is no database is told as damaged, and a server that is not there as unavailable")
    func strangers() async throws {
        let (location, remove) = try await TestStore.location(.sqlite)
        if case .sqlite(let path) = location, let file = fopen(path, "w") {
            fputs(String(repeating: "đây không phải cơ sở dữ liệu ", count: 200), file)
            fclose(file)
        }
        let foreign = await failure { try await Database.open(location) }
        #expect(foreign?.code == "store_corrupt")
        await remove()
        let absent = try DatabaseLocation(parsing: "postgres:///dancu?host=/nowhere/at/all")
        let refused = await failure { try await Database.open(absent) }
        #expect(refused?.code == "store_unavailable")
    }
}
