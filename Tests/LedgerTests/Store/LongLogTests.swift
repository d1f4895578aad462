import Civil
import Database
import Ledger
import TestStores
import Testing

@Suite("The verifier reads long logs in slices, and logs whose numbers do not rise")
struct LongLogTests {
    @Test("Over three slices, with checkpoints inside tiles, each damage is named and nothing else")
    func findsAcrossSlices() async throws {
        try await LedgerFixture.with(.sqlite) { log in
            var acts: [Act] = []
            for count in [5_000, 3_192, 3_333, 5_000] {
                let first = Int64(acts.count + 1)
                acts += try await log.append(persons: first...first + Int64(count) - 1)
                try await log.sequencer.integrate()
                log.clock.advance(milliseconds: 20)
            }
            let clean = try await log.verify()
            #expect(clean.damages == [])
            #expect(clean.leaves == [.acts: 16_525, .looks: 0])
            #expect(clean.checkpoints == 4)

            func id(_ index: Int) -> SQLValue { .integer(acts[index].id.rawValue) }
            try await log.tamper(
                [0, 8_191, 8_192, 16_384, 16_524].map {
                    (sql: "UPDATE act SET office = 'other' WHERE act_id = ?", arguments: [id($0)])
                } + [
                    (sql: "UPDATE act_content SET content = salt WHERE act_id = ?", arguments: [id(9_000)]),
                    (sql: "DELETE FROM act_content WHERE act_id = ?", arguments: [id(9_001)]),
                    (sql: "DELETE FROM act_content WHERE act_id = ?", arguments: [id(9_002)]),
                    (sql: "INSERT INTO content_removal VALUES (?, 1, 'Luật 91/2025/QH15')", arguments: [id(9_002)]),
                    (sql: "DELETE FROM log_tile WHERE log = 1 AND level = 0 AND tile_index = 40", arguments: []),
                    (sql: "UPDATE act_subject SET version = 7 WHERE act_id = ?", arguments: [id(12_000)]),
                ])
            let result = try await log.verify()
            func place(_ index: Int) -> String { "act \(acts[index].id.rawValue) (index \(index))" }
            #expect(result.removedContents == 0)
            #expect(
                texts(result.damages)
                    == Set(
                        [0, 8_191, 8_192, 16_384, 16_524].map { damage(.entryChanged, place($0)) } + [
                            damage(.contentChanged, place(9_000)), damage(.contentMissing, place(9_001)),
                            // The row of a rule is there, and no act that orders it.
                            damage(.contentMissing, place(9_002)),
                            damage(.tileChanged, "tile/0/040"),
                            damage(.streamChanged, "act \(acts[12_000].id.rawValue)"),
                        ]))
        }
    }

    private func damage(_ kind: LogDamage.Kind, _ place: String, in log: LogName = .acts) -> String {
        "\(kind.rawValue) \(log.text) \(place)"
    }

    /// All damages, each as `damage` writes it; none is named twice.
    private func texts(_ damages: [LogDamage]) -> Set<String> {
        let texts = Set(damages.map { damage($0.kind, $0.place, in: $0.log) })
        #expect(texts.count == damages.count)
        return texts
    }

    @Test(
        "Entries of two processes, one behind the other's clock, are found wherever they lie",
        arguments: TestStore.engines)
    func readsNumbersThatFall(engine: Engine) async throws {
        try await LedgerFixture.with(engine) { log in
            let late = TestSurroundings(at: 1_614_229_200_000_000 - 3_600_000_000, seed: 8)
            let others = ActStore(surroundings: late.surroundings, numbers: EntryNumbers(late.surroundings))
            var acts: [Int64] = []
            for round in 0..<12 {
                let first = Int64(round * 40 + 1)
                for act in try await log.append(persons: first...first + 19) { acts.append(act.id.rawValue) }
                try await log.sequencer.integrate()
                let drafts = (first + 20..<first + 40).map { LedgerFixture.draft(person: $0, version: 1) }
                let more = try await log.database.write { connection in
                    try others.append(drafts, by: LedgerFixture.actor, on: connection)
                }
                acts += more.map(\.id.rawValue)
                try await log.sequencer.integrate()
                log.clock.advance(milliseconds: 7)
                late.advance(milliseconds: 7)
            }
            #expect(acts.sorted() != acts)
            let clean = try await log.verify()
            #expect(clean.damages == [])
            #expect(clean.leaves == [.acts: 480, .looks: 0])
            #expect(clean.checkpoints == 24)

            try await log.tamper([
                (sql: "UPDATE act SET role = 'x' WHERE act_id = ?", arguments: [.integer(acts[250])]),
                (sql: "DELETE FROM act_content WHERE act_id = ?", arguments: [.integer(acts[270])]),
                (sql: "DELETE FROM act_content WHERE act_id = ?", arguments: [.integer(acts[479])]),
                (sql: "DELETE FROM act_subject WHERE act_id = ?", arguments: [.integer(acts[479])]),
                (sql: "DELETE FROM act WHERE act_id = ?", arguments: [.integer(acts[479])]),
            ])
            let damages = try await log.verify().damages
            #expect(
                texts(damages) == [
                    damage(.entryChanged, "act \(acts[250]) (index 250)"),
                    damage(.contentMissing, "act \(acts[270]) (index 270)"),
                    damage(.entryMissing, "act \(acts[479]) (index 479)"),
                ])
        }
    }

    @Test("Looks at many persons, waiting entries and entries without a place", arguments: TestStore.engines)
    func readsLooks(engine: Engine) async throws {
        try await LedgerFixture.with(engine) { log in
            var looks: [Look] = []
            for number in 1...30 {
                let persons = (0..<Int64(number * 11)).map { ($0 * 7_919) % 331 + Int64(number) }
                looks.append(try await log.look(at: persons))
            }
            try await log.sequencer.integrate()
            let waiting = try await log.append(persons: 1...20)
            try await log.look(at: [1])
            let clean = try await log.verify()
            #expect(clean.damages == [])
            #expect(clean.leaves == [.acts: 0, .looks: 30])
            #expect(clean.waiting == 21)

            let lost = waiting[3].id.rawValue
            let swapped = looks[20].id
            try await log.tamper([
                (sql: "DELETE FROM log_pending WHERE log = 1 AND entry_id = ?", arguments: [.integer(lost)]),
                (
                    sql: "UPDATE look_person SET position = 1 - position WHERE look_id = ? AND position < 2",
                    arguments: [.integer(swapped)]
                ),
            ])
            let damages = try await log.verify().damages
            #expect(
                texts(damages) == [
                    damage(.entryNotLogged, "act \(lost)"),
                    damage(.entryChanged, "look \(swapped) (index 20)", in: .looks),
                ])
        }
    }
}
