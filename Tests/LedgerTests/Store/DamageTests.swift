import Database
import Ledger
import TestStores
import Testing

/// One way to damage a log behind its back, and what the verifier must say.
struct Damage: Sendable, CustomTestStringConvertible {
    /// What a change is made to: an act and a look with their indexes, and the last act of the log.
    struct Place: Sendable {
        var act: Int64
        var actIndex: Int
        var look: Int64
        var lookIndex: Int
        var last: Int64
    }

    let name: String
    let statements: @Sendable (Place) -> [(sql: String, arguments: [SQLValue])]
    let kind: LogDamage.Kind
    let log: LogName
    let place: @Sendable (Place) -> String

    var testDescription: String { name }

    init(
        _ name: String, _ kind: LogDamage.Kind, in log: LogName = .acts,
        at place: @escaping @Sendable (Place) -> String = { "act \($0.act) (index \($0.actIndex))" },
        _ statements: @escaping @Sendable (Place) -> [(sql: String, arguments: [SQLValue])]
    ) {
        self.name = name
        self.kind = kind
        self.log = log
        self.place = place
        self.statements = statements
    }

    private static func act(_ column: String, _ value: SQLValue) -> Damage {
        Damage("act.\(column)", .entryChanged) {
            [("UPDATE act SET \(column) = ? WHERE act_id = ?", [value, .integer($0.act)])]
        }
    }

    private static func look(_ column: String, _ value: SQLValue) -> Damage {
        Damage("look.\(column)", .entryChanged, in: .looks, at: look) {
            [("UPDATE look SET \(column) = ? WHERE look_id = ?", [value, .integer($0.look)])]
        }
    }

    private static let look: @Sendable (Place) -> String = { "look \($0.look) (index \($0.lookIndex))" }

    private static let zeros = SQLValue.blob(Array(repeating: 0, count: 32))

    static let entries: [Damage] = [
        act("kind", .text("divorced")), act("kind", .text("nonsense")), act("effective", .text("2021-03")),
        act("effective", .text("spring")), act("effective", .null), act("recorded_at", .integer(1)),
        act("account", .text("other")), act("role", .text("approver")), act("office", .text("other")),
        act("legal_basis", .text("none")), act("content_commitment", zeros),
        act("salt", .blob(Array(repeating: 0, count: 16))), act("subjects", .blob([1, 2, 3])),
        look("at", .integer(1)), look("account", .text("other")), look("role", .text("other")),
        look("office", .text("other")), look("purpose", .text("other")), look("legal_basis", .text("other")),
        look("fields", .text("name")), look("salt", .blob(Array(repeating: 0, count: 16))),
        Damage("look_person changed", .entryChanged, in: .looks, at: look) {
            [("UPDATE look_person SET person_id = 77 WHERE look_id = ? AND position = 1", [.integer($0.look)])]
        },
        Damage("look_person deleted", .entryChanged, in: .looks, at: look) {
            [("DELETE FROM look_person WHERE look_id = ? AND position = 0", [.integer($0.look)])]
        },
        Damage("look deleted", .entryMissing, in: .looks, at: look) {
            [
                ("DELETE FROM look_person WHERE look_id = ?", [.integer($0.look)]),
                ("DELETE FROM look WHERE look_id = ?", [.integer($0.look)]),
            ]
        },
        Damage("act deleted", .entryMissing) { place in
            ["act_content", "act_subject", "act"].map {
                ("DELETE FROM \($0) WHERE act_id = ?", [.integer(place.act)])
            }
        },
        Damage("content changed", .contentChanged) {
            [("UPDATE act_content SET content = ? WHERE act_id = ?", [.blob([123, 125]), .integer($0.act)])]
        },
        Damage("content's salt changed", .contentChanged) {
            [
                (
                    "UPDATE act_content SET salt = ? WHERE act_id = ?",
                    [.blob(Array(repeating: 1, count: 16)), .integer($0.act)]
                )
            ]
        },
        Damage("content deleted", .contentMissing) {
            [("DELETE FROM act_content WHERE act_id = ?", [.integer($0.act)])]
        },
    ]

    static let structure: [Damage] = [
        Damage("place deleted", .placesBroken, at: { _ in "index 4" }) { _ in
            [("DELETE FROM log_leaf WHERE log = 1 AND leaf_index = 4", [])]
        },
        Damage("act without a place", .entryNotLogged, at: { "act \($0.act)" }) { _ in
            [("DELETE FROM log_leaf WHERE log = 1 AND leaf_index = 4", [])]
        },
        Damage("last place deleted", .placesBroken, at: { _ in "size 300, entries 299" }) {
            [("DELETE FROM log_leaf WHERE log = 1 AND entry_id = ?", [.integer($0.last)])]
        },
        Damage("size changed", .placesBroken, at: { _ in "size 299, entries 300" }) { _ in
            [("UPDATE log_state SET size = 299 WHERE log = 1", [])]
        },
        Damage("full tile changed", .tileChanged, at: { _ in "tile/0/000" }) { _ in
            [
                (
                    "UPDATE log_tile SET hashes = ? WHERE log = 1 AND level = 0 AND tile_index = 0",
                    [.blob(Array(repeating: 9, count: 256 * 32))]
                )
            ]
        },
        Damage("tile at the edge changed", .tileChanged, at: { _ in "tile/0/001.p/44" }) { _ in
            [
                (
                    "UPDATE log_tile SET hashes = ? WHERE log = 1 AND level = 0 AND tile_index = 1",
                    [.blob(Array(repeating: 9, count: 44 * 32))]
                )
            ]
        },
        Damage("tile shortened", .tileChanged, at: { _ in "tile/0/001.p/44" }) { _ in
            [
                (
                    "UPDATE log_tile SET hashes = ? WHERE log = 1 AND level = 0 AND tile_index = 1",
                    [.blob(Array(repeating: 9, count: 33))]
                )
            ]
        },
        Damage("tile deleted", .tileChanged, at: { _ in "tile/0/000" }) { _ in
            [("DELETE FROM log_tile WHERE log = 1 AND level = 0 AND tile_index = 0", [])]
        },
        Damage("upper tile changed", .tileChanged, at: { _ in "tile/1/000.p/1" }) { _ in
            [("UPDATE log_tile SET hashes = ? WHERE log = 1 AND level = 1", [zeros])]
        },
        Damage("checkpoint's root changed", .rootChanged, at: { _ in "checkpoint 200" }) { _ in
            [("UPDATE log_checkpoint SET root = ? WHERE log = 1 AND size = 200", [zeros])]
        },
        Damage("checkpoint's note changed", .signatureWrong, at: { _ in "checkpoint 200" }) { _ in
            [("UPDATE log_checkpoint SET note = replace(note, '200', '201') WHERE log = 1 AND size = 200", [])]
        },
        Damage("checkpoint beyond the log", .rootChanged, at: { _ in "checkpoint 301" }) { _ in
            [("UPDATE log_checkpoint SET size = 301 WHERE log = 1 AND size = 200", [])]
        },
        Damage("last checkpoint deleted", .checkpointMissing, at: { _ in "checkpoint 300" }) { _ in
            [("DELETE FROM log_checkpoint WHERE log = 1 AND size = 300", [])]
        },
        Damage("a checkpoint among others deleted", .checkpointMissing, at: { _ in "checkpoint 300 names acts 200" }) {
            _ in
            [("DELETE FROM log_checkpoint WHERE log = 1 AND size = 200", [])]
        },
        Damage("log cut off", .checkpointMissing, in: .looks, at: { _ in "checkpoint 40 names acts 200" }) { _ in
            [("DELETE FROM log_checkpoint WHERE log = 1 AND size = 200", [])]
        },
        Damage("stream's row deleted", .streamChanged, at: { "act \($0.act)" }) {
            [("DELETE FROM act_subject WHERE act_id = ?", [.integer($0.act)])]
        },
        Damage("stream's row moved", .streamChanged, at: { "act \($0.act)" }) {
            [("UPDATE act_subject SET subject_id = 99999 WHERE act_id = ?", [.integer($0.act)])]
        },
        Damage("stream's row added", .streamChanged, at: { "act \($0.act)" }) {
            [
                (
                    "INSERT INTO act_subject (subject_kind, subject_id, version, act_id) VALUES (1, 99999, 1, ?)",
                    [.integer($0.act)]
                )
            ]
        },
    ]
}

@Suite("The verifier finds what was changed behind the register's back")
struct DamageTests {
    @Test("Changed entries are found with their places, all of them and nothing else", arguments: TestStore.engines)
    func findsEntries(engine: Engine) async throws {
        let all = Damage.entries
        try await withLog(engine) { log, acts, looks in
            let places = all.indices.map { DamageTests.place($0 * 7, $0, acts, looks) }
            try await log.tamper(zip(all, places).flatMap { damage, place in damage.statements(place) })
            let damages = try await log.verify().damages
            for (damage, place) in zip(all, places) { expect(damages, damage, place) }
            let named = Set(zip(all, places).map { $0.place($1) })
            let others = damages.filter { found in
                !named.contains(found.place) && found.kind != .streamChanged
            }
            #expect(others.isEmpty, "\(others)")
        }
    }

    @Test("A changed tree, checkpoint or stream is found with its place", arguments: TestStore.engines)
    func findsStructure(engine: Engine) async throws {
        for damage in Damage.structure {
            try await withLog(engine) { log, acts, looks in
                let place = DamageTests.place(4, 0, acts, looks)
                try await log.tamper(damage.statements(place))
                let damages = try await log.verify().damages
                expect(damages, damage, place)
                // The signed root tells a changed tile from changed entries.
                if damage.kind == .tileChanged { #expect(damages.count == 1, "\(damage.name): \(damages)") }
            }
        }
    }

    @Test("A log without its key, or with another one, has no valid checkpoint")
    func needsItsKey() async throws {
        try await withLog(.sqlite) { log, _, _ in
            let none = try await LogVerifier(database: log.database, keys: [:]).verify()
            #expect(none.damages.filter { $0.kind == .signatureWrong }.count == 3)
            let keys = log.verificationKeys
            let swapped = [LogName.acts: keys[.looks], .looks: keys[.acts]].compactMapValues { $0 }
            let other = try await LogVerifier(database: log.database, keys: swapped).verify()
            #expect(other.damages.filter { $0.kind == .signatureWrong }.count == 3)
        }
    }

    private func expect(_ damages: [LogDamage], _ damage: Damage, _ place: Damage.Place) {
        let expected = damage.place(place)
        #expect(
            damages.contains { $0.kind == damage.kind && $0.log == damage.log && $0.place == expected },
            "\(damage.name): \(damages.prefix(5)), not \(damage.kind) at \(expected)")
    }

    private static func place(_ act: Int, _ look: Int, _ acts: [Act], _ looks: [Look]) -> Damage.Place {
        Damage.Place(
            act: acts[act].id.rawValue, actIndex: act, look: looks[look].id, lookIndex: look,
            last: acts[acts.count - 1].id.rawValue)
    }

    /// A log of 300 acts in two steps, with forty looks between them.
    private func withLog(
        _ engine: Engine, _ body: (LedgerFixture, [Act], [Look]) async throws -> Void
    ) async throws {
        try await LedgerFixture.with(engine) { log in
            let acts = try await log.append(persons: 1...200)
            var looks: [Look] = []
            for person in 1...40 { looks.append(try await log.look(at: [Int64(person), 1000])) }
            try await log.sequencer.integrate()
            log.clock.advance(milliseconds: 3)
            let more = try await log.append(persons: 201...300)
            try await log.sequencer.integrate()
            try await body(log, acts + more, looks)
        }
    }
}
