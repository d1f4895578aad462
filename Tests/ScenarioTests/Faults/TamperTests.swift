import Civil
import Database
import Foundation
import TestStores
import Testing

@Suite("Somebody changes what is stored", .serialized)
struct TamperTests {
    /// A change behind the register's back and what takes it back; `?` is the row's key.
    private struct Change {
        let table: String
        let key: String
        let column: String
        /// What the verification calls it.
        let kind: String
        /// What the place's name begins with.
        let place: String

        /// Which rows are meant, where the key alone does not tell.
        var among: String {
            switch table {
            case "log_tile": " AND log = 1 AND level = 0"
            case "log_checkpoint": " AND log = 1"
            default: ""
            }
        }
    }

    private static let changes = [
        Change(table: "act_content", key: "act_id", column: "content", kind: "content_changed", place: "act"),
        Change(table: "act", key: "act_id", column: "salt", kind: "entry_changed", place: "act"),
        Change(table: "act", key: "act_id", column: "content_commitment", kind: "entry_changed", place: "act"),
        Change(table: "look", key: "look_id", column: "salt", kind: "entry_changed", place: "look"),
        Change(table: "log_tile", key: "tile_index", column: "hashes", kind: "tile_changed", place: "tile"),
        Change(
            table: "log_checkpoint", key: "size", column: "root", kind: "root_changed", place: "checkpoint"),
        Change(table: "unit_file", key: "position", column: "contents", kind: "units_changed", place: "unit file 1"),
        Change(table: "seal_key", key: "key_id", column: "public_key", kind: "seal_changed", place: "seal key 1"),
    ]

    @Test("a byte of a handle changed in the file, in a row or in an index, is found by one of the checks")
    func changedHandle() async throws {
        try await Place.with(.sqlite) { place in
            try await filled(place)
            let shown = try await place.run("person", "show", Story.an, "--json")
            let handle = try #require(shown.objects.first?["handle"] as? String)
            let path = String(place.database.dropFirst("sqlite:".count))
            let whole = try FileBytes.read(path)
            let text = Array(handle.utf8)
            let places = whole.indices.dropLast(text.count).filter { whole[$0..<$0 + text.count].elementsEqual(text) }
            #expect(places.count > 2, "rows and an index")
            for byte in places.map({ $0 + 7 }) {
                var changed = whole
                changed[byte] = changed[byte] == UInt8(ascii: "k") ? UInt8(ascii: "m") : UInt8(ascii: "k")
                try Data(changed).write(to: URL(fileURLWithPath: path))
                let log = try await place.run("log", "verify", "--json")
                let rebuild = try await place.run("register", "rebuild", "--check", "--json")
                #expect([log.status, rebuild.status].contains(3), "byte \(byte): \(log.status), \(rebuild.status)")
            }
            try Data(whole).write(to: URL(fileURLWithPath: path))
            try await place.expectSound()
        }
    }

    private func filled(_ place: Place) async throws {
        #expect(try await place.run("batch", "import", try place.file("s.csv", Story.file.utf8)).status == 0)
        #expect(try await place.run("person", "show", Story.an).status == 0)
    }

    @Test("one byte changed in the store itself is found, and its place is named", arguments: TestStore.engines)
    func changedByte(engine: Engine) async throws {
        try await Place.with(engine) { place in
            try await filled(place)
            for change in TamperTests.changes {
                let key = try await flip(change, in: place)
                let outcome = try await place.run("log", "verify", "--json")
                #expect(outcome.status == 3, "\(change.table).\(change.column): \(outcome.output)\(outcome.errors)")
                let damages = outcome.objects.first?["damages"] as? [[String: String]] ?? []
                let found = damages.first { $0["kind"] == change.kind }
                #expect(found?["place"]?.hasPrefix(change.place) == true, "\(change.table): \(damages)")
                if change.place == "act" || change.place == "look" {
                    #expect(found?["place"]?.contains(String(key)) == true, "\(change.table): \(damages)")
                }
                let text = try await place.run("log", "verify")
                #expect(text.status == 3)
                #expect(text.output.contains(change.kind))
                _ = try await flip(change, in: place, key: key)
            }
            try await place.expectSound("all taken back")
        }
    }

    @Test("a register that was made another one is found, and nobody works with it", arguments: TestStore.engines)
    func changedKind(engine: Engine) async throws {
        try await Place.with(engine) { place in
            try await filled(place)
            try await force(["UPDATE register SET kind = 'production'"], on: "register", in: place)
            let verified = try await place.run("log", "verify", "--json")
            #expect(verified.status == 3)
            let damages = verified.objects.first?["damages"] as? [[String: String]]
            #expect(damages == [["kind": "register_changed", "log": "acts", "place": "register kind"]])
            let rebuilt = try await place.run("register", "rebuild")
            #expect(rebuilt.status == 3 && rebuilt.output.contains("register kind"), "\(rebuilt.output)")
            for command in [
                ["person", "show", Story.an], ["number", "run", "--unit", "00097"], ["log", "checkpoint"],
            ] {
                let refused = try await place.run(command)
                #expect(refused.status == 3, "\(command): \(refused.output)")
                #expect(refused.errors.contains("register_damaged"), "\(command): \(refused.errors)")
            }
            try await force(["UPDATE register SET kind = 'demonstration'"], on: "register", in: place)
            try await place.expectSound("as it was")
        }
    }

    @Test("searches are not sealed to a key that somebody put there", arguments: TestStore.engines)
    func changedSeal(engine: Engine) async throws {
        try await Place.with(engine) { place in
            try await filled(place)
            let bytes = String(repeating: "07", count: 32)
            let key = engine == .sqlite ? "x'\(bytes)'" : "'\\x\(bytes)'"
            try await force(["INSERT INTO seal_key VALUES (2, \(key), 0)"], on: "seal_key", in: place)
            #expect(try await damages(place) == ["seal key 2"])
            let refused = try await place.run("person", "search", "An")
            #expect(refused.status == 3 && refused.errors.contains("register_damaged"), "\(refused.errors)")
            try await force(["DELETE FROM seal_key WHERE key_id = 2"], on: "seal_key", in: place)
            try await place.expectSound("as it was")
            // Nor is a key believed whose act somebody took out of the stream.
            let acts = "(SELECT act_id FROM act WHERE kind = 'register_changed')"
            let last = "act_id = (SELECT max(act_id) FROM act_subject WHERE act_id IN \(acts))"
            try await force(["DELETE FROM act_subject WHERE \(last)"], on: "act_subject", in: place)
            try await force(["UPDATE seal_key SET public_key = \(key)"], on: "seal_key", in: place)
            let again = try await place.run("person", "search", "An")
            #expect(again.status == 1 && again.errors.contains("seal_key_missing"), "\(again.errors)")
            #expect(try await damages(place).contains("seal key 1"))
        }
    }

    /// Changes a table past what the database refuses.
    private func force(_ statements: [String], on table: String, in place: Place) async throws {
        let database = try await Database.open(try DatabaseLocation(parsing: place.database))
        try await database.write { connection in
            switch connection.engine {
            case .sqlite: try TamperTests.dropTriggers(of: table, connection)
            case .postgresql: try connection.execute("ALTER TABLE \(table) DISABLE TRIGGER USER")
            }
            for statement in statements { try connection.execute(statement) }
            if connection.engine == .postgresql {
                try connection.execute("ALTER TABLE \(table) ENABLE TRIGGER USER")
            }
        }
        await database.close()
    }

    private static func dropTriggers(of table: String, _ connection: Connection) throws {
        let triggers = try connection.rows(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", [.text(table)]
        ) { try $0.text(0) }
        for trigger in triggers { try connection.execute("DROP TRIGGER \(trigger)") }
    }

    private func damages(_ place: Place) async throws -> [String] {
        let verified = try await place.run("log", "verify", "--json")
        #expect(verified.status == 3, "\(verified.output)\(verified.errors)")
        return (verified.objects.first?["damages"] as? [[String: String]] ?? []).compactMap { $0["place"] }
    }

    @Test(
        "units that were taken away, exchanged or put in are named, and mended where that can be",
        arguments: TestStore.engines)
    func movedUnits(engine: Engine) async throws {
        try await Place.with(engine) { place in
            try await filled(place)
            try await force(["DELETE FROM unit_file WHERE position = 2"], on: "unit_file", in: place)
            #expect(try await damages(place) == ["unit file 2 (from-2025-07-01.tsv)"])
            let other = try place.file("renamed.tsv", try #require(ShippedUnits.bytes("from-2025-07-01.tsv")))
            #expect(try await place.run("unit", "load", other).status == 0, "the bytes count, not the name")
            try await place.expectSound("put back under its own name")

            let exchange = ["'a' WHERE position = 1", "'until-2025-06-30.tsv' WHERE position = 2"]
            try await force(exchange.map { "UPDATE unit_file SET name = \($0)" }, on: "unit_file", in: place)
            #expect(try await damages(place).count == 2)
            #expect(try await place.run("register", "rebuild").status == 0)
            try await place.expectSound("names are put right")

            let bytes = engine == .sqlite ? "x'00'" : #"'\x00'"#
            let extra = "INSERT INTO unit_file (position, name, contents, loaded_at) VALUES (9, 'x', \(bytes), 0)"
            try await force([extra], on: "unit_file", in: place)
            let refused = try await place.run("person", "show", Story.an)
            #expect(refused.status == 3 && refused.errors.contains("restore from a backup"), "\(refused.errors)")
            let rebuilt = try await place.run("register", "rebuild", "--json")
            #expect(rebuilt.status == 3 && rebuilt.objects.first?["unrepairable_count"] as? Int == 1)
            try await force(["DELETE FROM unit_file WHERE position = 9"], on: "unit_file", in: place)
            try await place.expectSound("as it was")
        }
    }

    @Test(
        "a register without its row, or without its acts, is damaged and not another one", arguments: TestStore.engines)
    func lostRow(engine: Engine) async throws {
        try await Place.with(engine) { place in
            try await filled(place)
            let backup = place.folder.appendingPathComponent("whole").path
            #expect(try await place.run("backup", backup).status == 0)
            try await force(["DELETE FROM register"], on: "register", in: place)
            #expect(try await damages(place) == ["register"])
            for command in [
                ["person", "show", Story.an], ["batch", "import", try place.file("t.csv", Story.file.utf8)],
            ] {
                let refused = try await place.run(command)
                #expect(refused.status == 3 && refused.errors.contains("register_damaged"), "\(refused.errors)")
            }
            let kept = place.folder.appendingPathComponent("damaged").path
            #expect(try await place.run("backup", kept).status == 0, "what is damaged can be kept to be looked at")

            try await place.withEmptyStore { other in
                #expect(try await other.run("restore", backup).status == 0)
                let acts = "(SELECT act_id FROM act WHERE kind = 'register_changed')"
                try await force(["DELETE FROM act_subject WHERE act_id IN \(acts)"], on: "act_subject", in: other)
                try await force(["UPDATE register SET kind = 'production'"], on: "register", in: other)
                let refused = try await other.run("person", "show", Story.an)
                #expect(refused.status == 3 && refused.errors.contains("register_damaged"), "\(refused.errors)")
                // Nor are they written anew where nothing of them is left but their places in the log.
                try await force(["DELETE FROM act_content WHERE act_id IN \(acts)"], on: "act_content", in: other)
                try await force(["DELETE FROM act WHERE kind = 'register_changed'"], on: "act", in: other)
                let again = try await other.run("person", "show", Story.an)
                #expect(again.status == 3 && again.errors.contains("register_damaged"), "\(again.errors)")
            }
        }
    }

    @Test("damaged files of units are put back, by a rebuild or by loading them again", arguments: TestStore.engines)
    func damagedUnits(engine: Engine) async throws {
        let units = Change(
            table: "unit_file", key: "position", column: "contents", kind: "units_changed", place: "unit file")
        try await Place.with(engine) { place in
            try await filled(place)
            _ = try await flip(units, in: place, key: 2)
            let refused = try await place.run("unit", "show", "until-2025-06-30/00001")
            #expect(refused.status == 3 && refused.errors.contains("unit file 2 (from-2025-07-01.tsv)"))
            let check = try await place.run("register", "rebuild", "--check", "--json")
            #expect(check.status == 3 && check.objects.first?["difference_count"] as? Int == 1, "\(check.output)")
            #expect(try await place.run("register", "rebuild").status == 0)
            try await place.expectSound("put back by a rebuild")

            _ = try await flip(units, in: place, key: 3)
            let shipped = try #require(ShippedUnits.bytes("conversion-2025-07-01.tsv"))
            let changed = try place.file("changed.tsv", shipped + Array("\n".utf8))
            #expect(try await place.run("unit", "load", changed).status == 3, "another file is no help")
            let file = try place.file("conversion-2025-07-01.tsv", shipped)
            #expect(try await place.run("log", "verify").status == 3, "still damaged")
            let dry = try await place.run("unit", "load", file, "--dry-run", "--json")
            #expect(dry.objects.first?["restored"] as? Int == 1 && dry.status == 0, "\(dry.output)\(dry.errors)")
            #expect(try await place.run("log", "verify").status == 3, "nothing was written")
            #expect(try await place.run("unit", "load", file).status == 0)
            try await place.expectSound("put back by its file")
        }
    }

    @Test("a backup that was cut short, or is of another register, is refused and leaves nothing where it was to be")
    func cutBackup() async throws {
        try await Place.with(.sqlite) { place in
            try await filled(place)
            let backup = place.folder.appendingPathComponent("whole")
            #expect(try await place.run("backup", backup.path).status == 0)
            let store = backup.appendingPathComponent("register.sqlite")
            let whole = try FileBytes.read(store.path)
            try await Place.with(.sqlite) { other in
                #expect(try await other.run("register", "create").status == 0)
                let path = String(other.database.dropFirst("sqlite:".count))
                let foreign = try FileBytes.read(path)
                for bytes in [Array(whole.prefix(whole.count / 2)), Array(whole.prefix(100)), [], foreign] {
                    try Data(bytes).write(to: store)
                    try await place.withEmptyStore { target in
                        let refused = try await target.run("restore", backup.path)
                        #expect(refused.status == 3, "\(bytes.count): \(refused.errors)")
                        let left = String(target.database.dropFirst("sqlite:".count))
                        for suffix in ["", ".restoring", "-wal", ".restoring-wal"] {
                            #expect(!FileManager.default.fileExists(atPath: left + suffix), "\(bytes.count) \(suffix)")
                        }
                    }
                }
            }
        }
    }

    /// Changes one bit of the first row, or of the row with that key; the same again takes it back.
    private func flip(_ change: Change, in place: Place, key: Int64? = nil) async throws -> Int64 {
        let database = try await Database.open(try DatabaseLocation(parsing: place.database))
        let key = try await database.write { connection in
            let condition = (key.map { " WHERE \(change.key) = \($0)" } ?? " WHERE 1 = 1") + change.among
            let row = try connection.first(
                "SELECT \(change.key), \(change.column) FROM \(change.table)\(condition) ORDER BY \(change.key) LIMIT 1"
            ) { (try $0.int64(0), try $0.blob(1)) }
            guard let row else { throw CocoaError(.fileNoSuchFile) }
            var bytes = row.1
            bytes[bytes.count / 2] ^= 1
            let update = "UPDATE \(change.table) SET \(change.column) = ? WHERE \(change.key) = ?\(change.among)"
            switch connection.engine {
            case .sqlite:
                try TamperTests.dropTriggers(of: change.table, connection)
                try connection.execute(update, [.blob(bytes), .integer(row.0)])
            case .postgresql:
                try connection.execute("ALTER TABLE \(change.table) DISABLE TRIGGER USER")
                try connection.execute(update, [.blob(bytes), .integer(row.0)])
                try connection.execute("ALTER TABLE \(change.table) ENABLE TRIGGER USER")
            }
            return row.0
        }
        await database.close()
        return key
    }

    @Test(
        "the demonstration of tampering finds each kind of change and leaves the register alone",
        arguments: TestStore.engines)
    func demonstration(engine: Engine) async throws {
        try await Place.with(engine) { place in
            try await filled(place)
            // A server may be running all the while.
            let server = try place.start("serve", "--port", "0")
            defer { server.stop() }
            _ = try await server.announcedPort()
            for what in ["content", "envelope", "tile", "look", "units"] {
                let outcome = try await place.run("demo", "tamper", "--what", what)
                #expect(outcome.status == 0, "\(what): \(outcome.output)\(outcome.errors)")
                #expect(outcome.output.contains("DAMAGED"), "\(what)")
            }
            let told = try await place.run("demo", "tamper", "--json").objects.first
            #expect(told?["clean"] as? Bool == false)
            #expect((told?["changed"] as? String)?.hasPrefix("act_content ") == true)
            server.stop()
            #expect(try await server.outcome().status == 0)
            try await place.expectSound()
        }
    }
}
