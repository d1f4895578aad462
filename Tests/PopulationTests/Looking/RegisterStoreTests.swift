import Access
import Civil
import Database
import Ledger
import TestStores
import Testing

@testable import Population

@Suite("What the register is, in the store")
struct RegisterStoreTests {
    @Test(
        "the database lets nobody make the register another one, or take a file of units away",
        arguments: TestStore.engines)
    func refused(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            let changes = [
                ("register", "UPDATE register SET kind = 'production'"), ("register", "DELETE FROM register"),
                ("unit_file", "DELETE FROM unit_file WHERE position = 2"),
            ]
            for (table, sql) in changes {
                await #expect(throws: DatabaseError.refusedByTrigger("append_only: \(table)"), "\(sql)") {
                    try await fixture.register.database.write { _ = try $0.execute(sql) }
                }
            }
        }
    }

    @Test("a register of an earlier version gets the acts that say what it is, once", arguments: TestStore.engines)
    func earlierVersion(engine: Engine) async throws {
        let schema = LedgerSchema.migrations + AccessSchema.migrations + PopulationSchema.migrations
        try await TestStore.with(engine, migrated: schema) { database in
            let clock = TestSurroundings(at: try #require(Instant(parsing: "2026-11-30T03:00:00Z")))
            let store = RegisterStore(
                acts: ActStore(surroundings: clock.surroundings, numbers: EntryNumbers(clock.surroundings)))
            let now = clock.surroundings.now()
            let opening = try await database.write { connection in
                try connection.execute(
                    "INSERT INTO register (one_row, register_id, kind, created_at, log_key) "
                        + "VALUES (1, 'r', 'production', 7, 'k')")
                for (place, file) in QualityFixture.unitFiles.enumerated() {
                    try connection.execute(
                        "INSERT INTO unit_file (position, name, contents, loaded_at) VALUES (?, ?, ?, 7)",
                        [.integer(Int64(place) + 1), .text(file.name), .blob(Array(file.text.utf8))])
                }
                #expect(try store.damages(on: connection).count == 1 + QualityFixture.unitFiles.count)
                for _ in 1...2 { try store.putOnRecord(at: now, by: LocalOperator.actor, on: connection) }
                #expect(try store.opening(on: connection)?.damages == [])
                // A version later it had these acts, and a key for typed searches without one.
                try connection.execute(
                    "INSERT INTO seal_key (key_id, public_key, since) VALUES (1, ?, 7)",
                    [.blob(Array(repeating: 7, count: 32))])
                #expect(try store.damages(on: connection).map(\.place) == ["seal key 1"])
                let other = LookSeal(publicKey: try LookSeal.publicKey(of: Array(repeating: 3, count: 32)))
                for seal in [nil, other] {
                    try store.putOnRecord(at: now, seal: seal, by: LocalOperator.actor, on: connection)
                    let left = try store.damages(on: connection)
                    #expect(left.map(\.isUnvouchedKey) == [true], "nobody knows that it is the one that was made")
                    #expect(try store.opening(on: connection)?.seal == nil)
                }
                let made = LookSeal(publicKey: Array(repeating: 7, count: 32))
                for _ in 1...2 { try store.putOnRecord(at: now, seal: made, by: LocalOperator.actor, on: connection) }
                return try #require(try store.opening(on: connection))
            }
            #expect(opening.damages == [] && opening.unvouchedSeal == nil)
            #expect(opening.seal?.publicKey == Array(repeating: 7, count: 32))
            #expect(opening.version == Int64(2 + QualityFixture.unitFiles.count))
            #expect(opening.identity.kind == .production && opening.identity.id == "r")
            #expect(opening.units.periods.count == 2)
        }
    }

    @Test(
        "two programs follow one loading; the same files again change nothing, others of one set are refused whole",
        arguments: TestStore.engines)
    func follows(engine: Engine) async throws {
        try await QualityFixture.with(engine, units: [QualityFixture.unitFiles[0]]) { fixture in
            let here = fixture.register
            let elsewhere = PopulationRegister(
                database: here.database, surroundings: here.surroundings, numbers: EntryNumbers(here.surroundings),
                kind: .demonstration, units: UnitsInForce(here.units, number: here.unitsInForce.current.number),
                seal: nil)
            let new = QualityFixture.unitFiles.dropFirst().map {
                UnitFileBytes(name: $0.name, bytes: Array($0.text.utf8))
            }
            let dry = try await elsewhere.loadUnits(new, dryRun: true, by: LocalOperator.requester)
            #expect(dry.added == 2 && dry.units.periods.count == 2 && elsewhere.units.periods.count == 1)
            let loaded = try await elsewhere.loadUnits(new, dryRun: false, by: LocalOperator.requester)
            #expect(loaded.added == 2 && loaded.restored == 0 && elsewhere.units.periods.count == 2)
            #expect(here.units.periods.count == 1, "not before it looks")
            try await here.followUnits()
            #expect(here.units.periods.count == 2)
            let renamed = new.map { UnitFileBytes(name: "again-\($0.name)", bytes: $0.bytes) }
            let again = try await here.loadUnits(renamed, dryRun: false, by: LocalOperator.requester)
            #expect(again.added == 0 && again.restored == 0 && again.units.periods.count == 2)
            let others = new.map { UnitFileBytes(name: "other-\($0.name)", bytes: $0.bytes + [UInt8(ascii: "\n")]) }
            await #expect(throws: UnitFileRefusal.self) {
                _ = try await here.loadUnits(others, dryRun: false, by: LocalOperator.requester)
            }
            let files = try await here.database.read { connection in
                try connection.first("SELECT count(*) FROM unit_file") { try $0.int(0) }
            }
            #expect(files == 3)
        }
    }
}
