import Civil
import Database
import Ledger
import TestStores
import Testing

@Suite("The way of an entry into its log")
struct SequencerTests {
    @Test(
        "Entries wait, get their places in the order of their numbers, and verify clean", arguments: TestStore.engines)
    func integrates(engine: Engine) async throws {
        try await LedgerFixture.with(engine) { log in
            let acts = try await log.append(persons: 1...300)
            try await log.look(at: [1, 2])
            #expect(try await log.sequencer.waiting() == 301)
            let before = try await log.verify()
            #expect(before.isClean)
            #expect(before.waiting == 301)

            #expect(try await log.sequencer.integrate() == 301)
            #expect(try await log.sequencer.integrate() == 0)
            let after = try await log.verify()
            #expect(after.damages == [])
            #expect(after.leaves == [.acts: 300, .looks: 1])
            #expect(after.waiting == 0)
            #expect(after.checkpoints == 2)
            for (place, act) in acts.enumerated() {
                let index = try await log.database.read {
                    try LogReader(connection: $0).index(of: act.id.rawValue, in: .acts)
                }
                #expect(index == UInt64(place))
            }
        }
    }

    @Test("A stream gives back its acts as they were appended", arguments: TestStore.engines)
    func readsStreams(engine: Engine) async throws {
        try await LedgerFixture.with(engine) { log in
            let first = try await log.append(persons: 5...5)
            log.clock.advance(milliseconds: 10)
            let second = try await log.append(persons: 5...5, version: 2)
            let acts = log.acts
            let (stream, version) = try await log.database.read { connection in
                (try acts.stream(of: .person(5), on: connection), try acts.version(of: .person(5), on: connection))
            }
            #expect(stream.map(\.act) == first + second)
            #expect(stream.map(\.version) == [1, 2])
            #expect(version == 2)
            #expect(stream.first?.content == LedgerFixture.draft(person: 5, version: 1).content)
            #expect(first[0].id < second[0].id)
        }
    }

    @Test("Sequencers that run at once give every entry one place", arguments: TestStore.engines)
    func runsTogether(engine: Engine) async throws {
        try await LedgerFixture.with(engine) { log in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        for round in 0..<5 {
                            let first = Int64(writer * 1000 + round * 10 + 1)
                            try await log.append(persons: first...first + 9)
                            try await log.look(at: [first])
                            try await log.sequencer.integrate()
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await log.sequencer.integrate()
            let result = try await log.verify()
            #expect(result.damages == [])
            #expect(result.leaves == [.acts: 200, .looks: 20])
            #expect(result.waiting == 0)
        }
    }

    @Test("The second who writes the same version is told so, and nothing of it stays", arguments: TestStore.engines)
    func refusesSameVersion(engine: Engine) async throws {
        try await LedgerFixture.with(engine) { log in
            try await log.append(persons: 1...1)
            log.clock.advance(milliseconds: 5)
            let failure = await storeFailure { try await log.append(persons: 1...1) }
            guard case .uniqueViolation(let what)? = failure else {
                Issue.record("\(String(describing: failure)) is no unique violation")
                return
            }
            #expect(what.contains("act_subject"))
            #expect(try await log.sequencer.integrate() == 1)
            #expect(try await log.verify().isClean)
        }
    }

    @Test(
        "Every checkpoint is consistent with every earlier one and names the other log's last",
        arguments: TestStore.engines)
    func provesConsistency(engine: Engine) async throws {
        try await LedgerFixture.with(engine) { log in
            for (round, count) in [Int64(1), 7, 250, 3, 260].enumerated() {
                let first = Int64(round * 1000 + 1)
                try await log.append(persons: first...first + count - 1)
                if round > 0 { try await log.look(at: [first]) }
                try await log.sequencer.integrate()
            }
            let keys = log.verificationKeys
            try await log.database.read { connection in
                let reader = LogReader(connection: connection)
                let checkpoints = try reader.checkpoints(of: .acts)
                #expect(checkpoints.map(\.size) == [1, 8, 258, 261, 521])
                for (position, new) in checkpoints.enumerated() {
                    for old in checkpoints[...position] {
                        let proof = try reader.consistency(from: old.size, to: new.size, log: .acts)
                        try proof.verify(oldRoot: old.root, newRoot: new.root)
                    }
                }
                // Each names its log's own last one, and that of the other log.
                let (acts, looks) = (try #require(keys[.acts]), try #require(keys[.looks]))
                var others = try reader.checkpoints(of: .looks)[...]
                for (before, checkpoint) in zip(checkpoints.dropFirst(), checkpoints.dropFirst(2)) {
                    guard let other = others.popFirst() else { break }
                    let signed = try Checkpoint(verifying: SignedNote(parsing: checkpoint.note), by: acts)
                    #expect(
                        signed.extensions == [
                            "acts \(before.size) \(before.root.base64)", "looks \(other.size) \(other.root.base64)",
                        ])
                }
                #expect(others.count == 1)
                for (place, checkpoint) in try reader.checkpoints(of: .looks).enumerated() {
                    let signed = try Checkpoint(verifying: SignedNote(parsing: checkpoint.note), by: looks)
                    let named = signed.extensions.map { $0.prefix { $0 != " " } }
                    #expect(named == (place == 0 ? ["acts"] : ["acts", "looks"]))
                }
            }
        }
    }

    @Test("A receipt proves its entry with the text, the key and the commitment alone", arguments: TestStore.engines)
    func provesOffline(engine: Engine) async throws {
        try await LedgerFixture.with(engine) { log in
            let acts = try await log.append(persons: 1...270)
            let look = try await log.look(at: [3, 1])
            let unlogged = try await log.database.read {
                try LogReader(connection: $0).receipt(of: look.id, in: .looks)
            }
            #expect(unlogged == nil)
            try await log.sequencer.integrate()
            let entries = [(LogName.acts, acts[0].id.rawValue), (.acts, acts[269].id.rawValue), (.looks, look.id)]
            for (name, entry) in entries {
                let found = try await log.database.read { try LogReader(connection: $0).receipt(of: entry, in: name) }
                let receipt = try #require(found)
                let (text, commitment) = (receipt.text, receipt.commitment)
                let key = try #require(log.verificationKeys[name])
                let checkpoint = try OfflineReceipt(parsing: text).verify(leafData: commitment.bytes, logKey: key)
                #expect(checkpoint.size == (name == .acts ? 270 : 1))
                #expect(receiptRefusal(text, MerkleHash.leaf(commitment).bytes, key) != nil)
                let other = try #require(log.verificationKeys[name == .acts ? .looks : .acts])
                #expect(receiptRefusal(text, commitment.bytes, other) != nil)
            }
        }
    }

    private func receiptRefusal(_ text: String, _ leaf: [UInt8], _ key: LogVerificationKey) -> ReceiptRefusal? {
        do throws(ReceiptRefusal) {
            try OfflineReceipt(parsing: text).verify(leafData: leaf, logKey: key)
            return nil
        } catch {
            return error
        }
    }
}
