import Civil
import Database
import Ledger
import TestStores
import Testing

@Suite("What the database itself refuses")
struct KeepingTests {
    private static let changes: [(table: String, sql: String)] = [
        ("act", "UPDATE act SET office = 'elsewhere'"),
        ("act", "DELETE FROM act"),
        ("act_content", "UPDATE act_content SET salt = salt"),
        ("act_content", "DELETE FROM act_content"),
        ("act_subject", "UPDATE act_subject SET version = version + 1"),
        ("act_subject", "DELETE FROM act_subject"),
        ("look", "UPDATE look SET purpose = 'another'"),
        ("look", "DELETE FROM look"),
        ("look_person", "UPDATE look_person SET person_id = 9"),
        ("look_person", "DELETE FROM look_person"),
        ("log_leaf", "UPDATE log_leaf SET entry_id = entry_id + 1"),
        ("log_leaf", "DELETE FROM log_leaf"),
        ("log_checkpoint", "UPDATE log_checkpoint SET note = ''"),
        ("log_checkpoint", "DELETE FROM log_checkpoint"),
    ]

    @Test("Acts, contents, looks, places and checkpoints are neither changed nor deleted", arguments: TestStore.engines)
    func refusesChanges(engine: Engine) async throws {
        try await LedgerFixture.with(engine) { log in
            try await log.append(persons: 1...3)
            try await log.look(at: [1])
            try await log.sequencer.integrate()
            for change in KeepingTests.changes {
                let failure = await storeFailure { try await log.database.write { try $0.execute(change.sql) } }
                #expect(failure == .refusedByTrigger("append_only: \(change.table)"), "\(change.sql)")
            }
            #expect(try await log.verify().isClean)
        }
    }

    @Test(
        "A content goes once the rule that removes it is written, and the log stays clean", arguments: TestStore.engines
    )
    func removesContents(engine: Engine) async throws {
        try await LedgerFixture.with(engine) { log in
            let acts = try await log.append(persons: 1...3)
            try await log.sequencer.integrate()
            let (gone, kept) = (acts[1].id.rawValue, acts[2].id.rawValue)
            let store = log.acts
            try await log.database.write { connection in
                try RetentionStore(connection: connection, acts: store, actor: LedgerFixture.actor).removeContent(
                    of: ActID(rawValue: gone), legalBasis: "Luật 91/2025/QH15", at: Instant(microseconds: 1))
            }
            try await log.sequencer.integrate()
            let result = try await log.verify()
            #expect(result.damages == [])
            #expect(result.removedContents == 1)
            let failure = await storeFailure {
                try await log.database.write {
                    try $0.execute("DELETE FROM act_content WHERE act_id = ?", [.integer(kept)])
                }
            }
            #expect(failure == .refusedByTrigger("append_only: act_content"))
            let removed = try await log.database.read { try store.act(acts[1].id, on: $0) }
            #expect(removed?.act == acts[1])
            #expect(removed?.content == nil)
            let rule = await storeFailure {
                try await log.database.write { try $0.execute("DELETE FROM content_removal") }
            }
            #expect(rule == .refusedByTrigger("append_only: content_removal"))
        }
    }

    @Test(
        "Looks before the day of the rule can go, later ones cannot, and the log stays clean",
        arguments: TestStore.engines)
    func removesLooks(engine: Engine) async throws {
        try await LedgerFixture.with(engine) { log in
            let old = try await log.look(at: [1, 2])
            // The cut lies inside the millisecond of the old look.
            let cut = old.at.microseconds + 1
            log.clock.advance(milliseconds: 86_400_000)
            let young = try await log.look(at: [1])
            let acts = log.acts
            let count = try await log.database.write { connection in
                let store = RetentionStore(connection: connection, acts: acts, actor: LedgerFixture.actor)
                let cut = Instant(microseconds: cut)
                try store.rule(looksBefore: cut, legalBasis: "Điều 5", at: young.at)
                return try store.deleteLooks(before: cut, atMost: 10)
            }
            #expect(count == 1)
            try await log.sequencer.integrate()
            let result = try await log.verify()
            #expect(result.damages == [])
            #expect(result.removedLooks == 1)
            for table in ["look_person", "look"] {
                let failure = await storeFailure {
                    try await log.database.write {
                        try $0.execute("DELETE FROM \(table) WHERE look_id = ?", [.integer(young.id)])
                    }
                }
                #expect(failure == .refusedByTrigger("append_only: \(table)"))
            }
        }
    }

    @Test("A rule that only stands in a table lets nothing go", arguments: TestStore.engines)
    func forgedRules(engine: Engine) async throws {
        try await LedgerFixture.with(engine) { log in
            let acts = try await log.append(persons: 1...3)
            let look = try await log.look(at: [1, 2])
            try await log.sequencer.integrate()
            let gone = acts[1].id.rawValue
            try await log.database.write { connection in
                try connection.execute(
                    "INSERT INTO content_removal (act_id, removed_at, legal_basis) VALUES (?, 1, 'Luật 91/2025/QH15')",
                    [.integer(gone)])
                try connection.execute("DELETE FROM act_content WHERE act_id = ?", [.integer(gone)])
                try connection.execute(
                    "INSERT INTO look_retention (cut_at, ruled_at, legal_basis) VALUES (?, 1, 'Điều 5')",
                    [.integer(look.at.microseconds + 1)])
                try connection.execute("DELETE FROM look_person WHERE look_id = ?", [.integer(look.id)])
                try connection.execute("DELETE FROM look WHERE look_id = ?", [.integer(look.id)])
                // Nor does an act that is not in the log.
                try connection.execute(
                    """
                    INSERT INTO act (act_id, kind, recorded_at, account, role, office, legal_basis,
                        content_commitment, salt, subjects)
                    SELECT act_id + 1, 'retention_ruled', recorded_at, account, role, office, legal_basis,
                        content_commitment, salt, subjects FROM act WHERE act_id = ?
                    """, [.integer(acts[2].id.rawValue)])
                try connection.execute(
                    "INSERT INTO act_content (act_id, salt, content) SELECT ?, salt, ? FROM act WHERE act_id = ?",
                    [
                        .integer(acts[2].id.rawValue + 1),
                        .blob(RetentionRule.looks(before: Instant(microseconds: .max)).canonicalBytes),
                        .integer(acts[2].id.rawValue),
                    ])
                try connection.execute(
                    "INSERT INTO act_subject (subject_kind, subject_id, version, act_id) VALUES (?, ?, 1, ?)",
                    [
                        .integer(RetentionRule.subject.kind.rawValue), .integer(RetentionRule.subject.id),
                        .integer(acts[2].id.rawValue + 1),
                    ])
            }
            let result = try await log.verify()
            #expect(result.removedContents == 0 && result.removedLooks == 0)
            #expect(Set(result.damages.map(\.kind)).isSuperset(of: [.contentMissing, .entryMissing]))
        }
    }

    @Test("A rule is read as it was written, and nothing else is one")
    func rules() {
        for rule in [
            RetentionRule.looks(before: Instant(microseconds: 1_600_000_000_000_000)),
            .content(of: .init(rawValue: .max)),
        ] {
            #expect(RetentionRule(canonicalBytes: rule.canonicalBytes) == rule)
        }
        for text in [
            "", "{}", #"{"body":{},"form":"retention_ruled/1"}"#, #"{"body":{"content_of":1},"form":"moved/1"}"#,
        ] {
            #expect(RetentionRule(canonicalBytes: Array(text.utf8)) == nil)
        }
    }
}
