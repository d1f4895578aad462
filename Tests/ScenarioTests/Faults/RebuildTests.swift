import Access
import Civil
import Database
import Foundation
import Ledger
import Population
import TestStores
import Testing

@Suite("Tables are damaged and made anew from the acts", .serialized)
struct RebuildTests {
    /// A damage to a table that follows from the acts; the statements come one after the other.
    private struct Damage {
        let name: String
        let table: String
        let statements: [String]

        init(_ table: String, _ name: String, _ statements: String...) {
            self.name = "\(table): \(name)"
            self.table = table
            self.statements = statements
        }
    }

    private static let damages = [
        Damage("person", "lost", "DELETE FROM person"),
        Damage("person", "changed", "UPDATE person SET name_key = 'khac', state = '{}' WHERE life = 'living'"),
        Damage(
            "person", "handles swapped", "UPDATE person SET handle = lower(handle)",
            """
            UPDATE person SET handle = (
                SELECT upper(o.handle) FROM person o WHERE o.person_id <> person.person_id AND NOT EXISTS (
                    SELECT 1 FROM person p WHERE p.handle = upper(o.handle))
                ORDER BY o.person_id DESC LIMIT 1)
            WHERE person_id = (SELECT min(person_id) FROM person)
            """),
        Damage(
            "person", "surplus",
            """
            INSERT INTO person (person_id, handle, version, name_key, life, state)
            VALUES (1, '00000000000000000000000000', 1, 'khac', 'living', '{}')
            """),
        Damage("household", "lost", "DELETE FROM household"),
        Damage("household", "changed", "UPDATE household SET head = 1, state = '{}'"),
        Damage(
            "household", "surplus",
            """
            INSERT INTO household (household_id, handle, version, state)
            VALUES (1, '00000000000000000000000000', 1, '{}')
            """
        ),
        Damage("relative", "lost", "DELETE FROM relative"),
        Damage("relative", "changed", "UPDATE relative SET relative_id = 1"),
        Damage("relative", "surplus", "INSERT INTO relative (relative_id, kind, person_id) VALUES (1, 'father', 2)"),
        Damage("personal_number", "lost", "DELETE FROM personal_number"),
        Damage(
            "personal_number", "cancelled by nobody",
            "UPDATE personal_number SET in_force = 0, cancelled_by = 1 WHERE in_force = 1"),
        Damage("personal_number", "given by another act", "UPDATE personal_number SET given_by = 1"),
        Damage("batch", "lost", "DELETE FROM sheet", "DELETE FROM batch"),
        Damage(
            "batch", "changed",
            "UPDATE batch SET digest = 'x', encoding = 'x', done = 1, finished_at = NULL WHERE batch_id = 1"),
        Damage(
            "batch", "times changed", "UPDATE batch SET received_at = received_at + 1 WHERE batch_id = 1",
            "UPDATE batch SET finished_at = finished_at - 1 WHERE batch_id = 2"),
        Damage(
            "batch", "names swapped", "UPDATE batch SET name = 'z' WHERE name = 'first'",
            "UPDATE batch SET name = 'first' WHERE name = 'second'", "UPDATE batch SET name = 'second' WHERE name = 'z'"
        ),
        Damage(
            "batch", "surplus",
            """
            INSERT INTO batch (batch_id, name, digest, encoding, rows, done, received_at)
            VALUES (9, 'x', 'x', 'utf-8', 1, 0, 1)
            """),
        Damage("sheet", "lost", "DELETE FROM sheet"),
        Damage("sheet", "fates changed", "UPDATE sheet SET fate = 2 WHERE fate = 1"),
        Damage("sheet", "fates changed back", "UPDATE sheet SET fate = 1 WHERE fate = 2"),
        Damage("sheet", "rows changed", "UPDATE sheet SET row_number = row_number + 7"),
        Damage("sheet", "persons changed", "UPDATE sheet SET person_id = 1, household_id = 2 WHERE fate <> 3"),
        Damage("sheet", "another act", "UPDATE sheet SET act_id = sheet_id"),
        Damage(
            "sheet", "surplus",
            """
            INSERT INTO sheet (sheet_id, batch_id, row_number, fate, person_id, household_id, act_id)
            SELECT max(sheet_id) + 9, max(batch_id), 99, 1, 1, 1, 1 FROM sheet
            """),
        Damage("sheet_finding", "lost", "DELETE FROM sheet_finding"),
        Damage("sheet_finding", "changed", "UPDATE sheet_finding SET field = 'khac', candidates = 'x'"),
        Damage("sheet_finding", "unknown code", "UPDATE sheet_finding SET code = 'no_such_code'"),
        Damage(
            "sheet_finding", "surplus",
            """
            INSERT INTO sheet_finding (sheet_id, code, field, other, candidates)
            SELECT sheet_id, 'dead', 'khac', 0, '' FROM sheet
            """,
            "INSERT INTO sheet_finding (sheet_id, code, field, other, candidates) VALUES (7, 'dead', '', 0, '')"),
        Damage("match_key", "lost", "DELETE FROM match_key"),
        Damage("match_key", "changed", "UPDATE match_key SET person_id = 1"),
        Damage(
            "match_key", "surplus",
            "INSERT INTO match_key (match_key, sheet_id, person_id) SELECT sheet_id, sheet_id, 5 FROM sheet"),
    ]

    /// Damages that only a backup heals: the database lets nobody take a number away or give it to another.
    private static let beyondRepair = [
        Damage("personal_number", "holder changed", "UPDATE personal_number SET person_id = -person_id"),
        Damage(
            "personal_number", "surplus",
            "INSERT INTO personal_number (number, person_id, in_force, given_by) VALUES (5080000001, 5, 1, 1)"),
    ]

    /// People with findings of every sort, doubled in a second batch, with acts of officers after it.
    private func fill(_ place: Place) async throws {
        var writer = SheetWriter(seed: 5)
        let text = writer.batch(rows: 60)
        var lines = text.split(separator: "\n").map(String.init)
        lines.append(SheetWriter.row(900, household: "Z1", ["ho_ten": "Vũ Văn An", "so_dinh_danh": Story.an]))
        let first = try place.file("first.csv", (lines.joined(separator: "\n") + "\n").utf8)
        let doubled = lines.enumerated().filter { $0.offset == 0 || $0.offset % 9 == 0 || $0.offset > 58 }.map(
            \.element)
        let second = try place.file("second.csv", (doubled.joined(separator: "\n") + "\n").utf8)
        let outcome = try await place.run("batch", "import", first, second)
        #expect(outcome.status == 0, "\(outcome.errors)")
        try await record(Story.died(Story.an, "2022-05-01"), place)
        let birth = """
            {"kind":"registered_at_birth","effective":"2021-01-05","content":{"father":{"person":"\(Story.an)"},
             "details":{"name":"Vũ Thị Bé","birth":"2021-01-02","sex":"Nữ","old_number":"123456789",
             "birth_registration_place":"Phường Phúc Xá, Quận Ba Đình, Hà Nội"}}}
            """
        try await record(birth, place)
        let child = try await place.run("person", "show", Story.an, "--json").objects.first?["children"]
        #expect(child != nil)
        let cancelled = """
            {"kind":"number_cancelled","persons":["\(Story.an)"],
             "content":{"number":"\(Story.an)","ground":"false_papers","requested":false}}
            """
        try await record(cancelled, place)
    }

    private func record(_ json: String, _ place: Place) async throws {
        let outcome = try await place.run("act", "record", "--json", input: json)
        #expect(outcome.status == 0, "\(json): \(outcome.output)\(outcome.errors)")
    }

    private func damage(_ damage: Damage, _ database: Database) async throws {
        try await database.write { connection in
            switch connection.engine {
            case .sqlite:
                let triggers = try connection.rows(
                    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?",
                    [.text(damage.table)]
                ) { (try $0.text(0), try $0.text(1)) }
                for trigger in triggers { try connection.execute("DROP TRIGGER \(trigger.0)") }
                for statement in damage.statements { try connection.execute(statement) }
                for trigger in triggers { try connection.script(trigger.1 + ";") }
            case .postgresql:
                try connection.execute("ALTER TABLE \(damage.table) DISABLE TRIGGER USER")
                for statement in damage.statements { try connection.execute(statement) }
                try connection.execute("ALTER TABLE \(damage.table) ENABLE TRIGGER USER")
            }
        }
    }

    /// The same register in the test's own process, so that many rebuilds do not cost many starts of the program.
    private func open(_ place: Place) async throws -> PopulationRegister {
        let database = try await Database.open(try DatabaseLocation(parsing: place.database))
        let now = Instant(microseconds: 1_800_000_000_000_000)
        let surroundings = Surroundings(now: { now }, random: { Array(repeating: 7, count: $0) })
        return PopulationRegister(
            database: database, surroundings: surroundings, numbers: EntryNumbers(surroundings), kind: .demonstration,
            units: UnitsInForce(UnitDirectory(), number: 0), seal: nil)
    }

    /// Everything that the register says of its batches, but for when a lost one was received.
    private func answers(_ register: PopulationRegister) async throws -> [String] {
        try await register.database.read { connection in
            let tables = [
                ("person", "person_id"), ("household", "household_id"), ("relative", "relative_id, kind, person_id"),
                ("personal_number", "number"), ("sheet", "sheet_id"),
                ("batch", "batch_id"), ("sheet_finding", "sheet_id, code, field, other"),
                ("match_key", "match_key, sheet_id, person_id"),
            ]
            var answers: [String] = []
            for (table, order) in tables {
                answers += try connection.rows("SELECT * FROM \(table) ORDER BY \(order)") { row in
                    "\(table) \((0..<row.count).map { row[$0] })"
                }
            }
            return answers
        }
    }

    @Test("every table that follows from the acts is found damaged and put right", arguments: TestStore.engines)
    func putsRight(engine: Engine) async throws {
        try await Place.with(engine) { place in
            try await fill(place)
            try await place.expectSound("filled")
            let register = try await open(place)
            let before = try await answers(register)
            for damage in RebuildTests.damages {
                try await self.damage(damage, register.database)
                #expect(try await answers(register) != before, "\(damage.name) is no damage")
                let check = try await register.rebuild(writing: false)
                #expect(check.differenceCount > 0 && check.unrepairableCount == 0, "\(damage.name): \(check)")
                let rebuild = try await register.rebuild(writing: true)
                #expect(rebuild.unrepairableCount == 0 && rebuild.damaged.isEmpty, "\(damage.name): \(rebuild)")
                let again = try await register.rebuild(writing: false)
                #expect(again.isClean, "\(damage.name): \(again)")
                let after = try await answers(register)
                #expect(after == before, "\(damage.name): \(Set(after).symmetricDifference(before).sorted().prefix(4))")
            }
            await register.database.close()
            try await place.expectSound("all put right")
        }
    }

    @Test("what a rebuild cannot put right is named, and the rest is put right", arguments: TestStore.engines)
    func tellsTheRest(engine: Engine) async throws {
        for damage in RebuildTests.beyondRepair {
            try await Place.with(engine) { place in
                try await fill(place)
                let register = try await open(place)
                try await self.damage(damage, register.database)
                try await self.damage(RebuildTests.damages[0], register.database)
                await register.database.close()
                let check = try await place.run("register", "rebuild", "--check")
                #expect(check.status == 3, "\(check.errors)")
                let rebuild = try await place.run("register", "rebuild")
                #expect(rebuild.status == 3, "\(damage.name): \(rebuild.output)\(rebuild.errors)")
                #expect(rebuild.output.contains("Cannot be put right"), "\(damage.name): \(rebuild.output)")
                let after = try await place.run("register", "rebuild", "--check", "--json")
                #expect(after.status == 3)
                let differences = after.objects.first?["differences"] as? [[String: Any]] ?? []
                #expect(!differences.isEmpty)
                for difference in differences { #expect(difference["repairable"] as? Bool == false, "\(difference)") }
            }
        }
    }

    @Test("acts that cannot be understood are set aside, and everything else goes on", arguments: TestStore.engines)
    func damagedActs(engine: Engine) async throws {
        try await Place.with(engine) { place in
            try await fill(place)
            let register = try await open(place)
            for kind in ["collected", "sheet_held", "registered_at_birth", "batch_received", "household_formed"] {
                let content = Damage(
                    "act_content", "one \(kind)",
                    """
                    UPDATE act_content SET content = salt WHERE act_id = (
                        SELECT min(act_id) FROM act WHERE kind = '\(kind)')
                    """)
                try await damage(content, register.database)
            }
            let before = try await answers(register)
            let check = try await register.rebuild(writing: false)
            #expect(check.differenceCount == 0 && check.damaged.count >= 5, "\(check)")
            for damage in RebuildTests.damages where damage.name.hasSuffix("surplus") {
                try await self.damage(damage, register.database)
            }
            let rebuild = try await register.rebuild(writing: true)
            #expect(rebuild.differenceCount > 0 && rebuild.damaged == check.damaged, "\(rebuild)")
            let after = try await register.rebuild(writing: false)
            #expect(after.differences.allSatisfy { $0.place == "batch 9" }, "\(after)")
            // Of the two sheets that cannot be read nobody can tell which findings and keys are theirs.
            let rest = Set(try await answers(register)).symmetricDifference(before)
            #expect(rest.count <= 5, "\(rest)")
            for row in rest { #expect(!row.hasPrefix("person") && !row.hasPrefix("household"), "\(row)") }
            await register.database.close()
            // The others can still be looked up, recorded and imported.
            #expect(try await place.run("register", "rebuild", "--check").status == 3)
            let text =
                SheetWriter.heading + "\n" + SheetWriter.row(1, ["ho_ten": "Hồ Thị Mới", "gioi_tinh": "Nữ"]) + "\n"
            let outcome = try await place.run("batch", "import", try place.file("third.csv", text.utf8))
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try await place.rows("third").first?.fate == "accepted")
            #expect(try await place.run("person", "show", Story.an).status == 0)
        }
    }
}
