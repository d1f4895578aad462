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
                let triggers = try connection.rows(
                    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", [.text(change.table)]
                ) { try $0.text(0) }
                for trigger in triggers { try connection.execute("DROP TRIGGER \(trigger)") }
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
            for what in ["content", "envelope", "tile", "look"] {
                let outcome = try await place.run("demo", "tamper", "--what", what)
                #expect(outcome.status == 0, "\(what): \(outcome.output)\(outcome.errors)")
                #expect(outcome.output.contains("DAMAGED"), "\(what)")
            }
            let told = try await place.run("demo", "tamper", "--json").objects.first
            #expect(told?["clean"] as? Bool == false)
            #expect((told?["changed"] as? String)?.hasPrefix("act_content ") == true)
            try await place.expectSound()
        }
    }
}
