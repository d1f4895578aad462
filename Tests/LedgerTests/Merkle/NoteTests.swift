import Ledger
import Testing

/// Keys that sign nothing but tests.
enum TestKeys {
    static func signing(_ name: String, seed: UInt8 = 1) throws -> LogSigningKey {
        try LogSigningKey(name: LogOrigin(name), secret: Array(repeating: seed, count: 32))
    }
}

@Suite("Signed notes and checkpoints (C2SP)")
struct NoteTests {
    @Test("a note goes to text and back, with signatures of several keys")
    func roundTrip() throws {
        let log = try TestKeys.signing("dancu.example/acts")
        let witness = try TestKeys.signing("witness.example", seed: 2)
        for text in ["xin chào\n", "một\n\nhai\n", "\n", "\n\n\n", "— dancu.example/acts AAAA\n"] {
            let note = try SignedNote(text: text).signed(by: log).signed(by: witness)
            let again = try SignedNote(parsing: note.serialised)
            #expect(again == note)
            #expect(again.text == text)
            #expect(again.serialised == note.serialised)
            let both = try again.verify(by: [witness.verificationKey, log.verificationKey])
            #expect(both == [witness.verificationKey, log.verificationKey])
        }
    }

    @Test("signatures of unknown keys are kept and ignored")
    func keepsUnknownSignatures() throws {
        let log = try TestKeys.signing("dancu.example/acts")
        let namesake = try TestKeys.signing("dancu.example/acts", seed: 9)
        let note = try SignedNote(text: "a\n").signed(by: namesake).signed(by: log)
        #expect(try note.verify(by: [log.verificationKey]) == [log.verificationKey])
        #expect(try SignedNote(parsing: note.serialised).signatures.count == 2)
        let other = try TestKeys.signing("other.example")
        #expect(throws: NoteRefusal.noKnownSignature) { try note.verify(by: [other.verificationKey]) }
        #expect(throws: NoteRefusal.noKnownSignature) { try note.verify(by: []) }
        let strange = NoteSignature(name: try LogOrigin("pq.example"), keyID: 7, signature: [1])
        let mixed = try SignedNote(text: "a\n", signatures: note.signatures + [strange])
        #expect(try mixed.verify(by: [log.verificationKey]).count == 1)
    }

    @Test("a changed byte of text or signature spoils the note")
    func refusesTamperedNote() throws {
        let log = try TestKeys.signing("dancu.example/acts")
        let note = try SignedNote(text: "dancu.example/acts\n3\n").signed(by: log)
        let line = try #require(note.signatures.first)
        for place in 0..<64 {
            var signature = line.signature
            signature[place] ^= 1
            let changed = NoteSignature(name: line.name, keyID: line.keyID, signature: signature)
            #expect(throws: NoteRefusal.wrongSignature(log.name)) {
                try SignedNote(text: note.text, signatures: [changed]).verify(by: [log.verificationKey])
            }
            // One good signature does not heal a wrong one of the same key.
            #expect(throws: NoteRefusal.wrongSignature(log.name)) {
                try SignedNote(text: note.text, signatures: [line, changed]).verify(by: [log.verificationKey])
            }
        }
        #expect(throws: NoteRefusal.wrongSignature(log.name)) {
            try SignedNote(text: "dancu.example/acts\n4\n", signatures: [line]).verify(by: [log.verificationKey])
        }
        let short = NoteSignature(name: line.name, keyID: line.keyID, signature: Array(line.signature.dropLast()))
        #expect(throws: NoteRefusal.wrongSignature(log.name)) {
            try SignedNote(text: note.text, signatures: [short]).verify(by: [log.verificationKey])
        }
    }

    @Test(
        "a malformed note is refused with its reason",
        arguments: [
            ("", .missingFinalNewline), ("a", .missingFinalNewline), ("a\n", .missingSignatures),
            ("a\n\n", .missingSignatures), ("\n\n", .missingSignatures), ("\n", .missingSignatures),
            ("a\n\n— k AAAAAAE=", .missingFinalNewline), ("a\n\n- k AAAAAAE=\n", .malformedSignature(line: 1)),
            ("a\n\n—k AAAAAAE=\n", .malformedSignature(line: 1)), ("a\n\n— k\n", .malformedSignature(line: 1)),
            ("a\n\n— k \n", .malformedSignature(line: 1)), ("a\n\n— k AAAAAA==\n", .malformedSignature(line: 1)),
            ("a\n\n— k AAAAAAE\n", .malformedSignature(line: 1)), ("a\n\n— k AAAAAAF=\n", .malformedSignature(line: 1)),
            ("a\n\n—  AAAAAAE=\n", .malformedSignature(line: 1)),
            ("a\n\n— k+k AAAAAAE=\n", .malformedSignature(line: 1)),
            ("a\n\n— k k AAAAAAE=\n", .malformedSignature(line: 1)),
            ("a\n\n— k\u{00A0}k AAAAAAE=\n", .malformedSignature(line: 1)),
            ("a\n\n— k AAAAAAE= \n", .malformedSignature(line: 1)),
            ("a\n\n— k AAAAAAE=\nx\n", .malformedSignature(line: 2)), ("a\r\n\n— k AAAAAAE=\n", .controlCharacter),
            ("a\t\n\n— k AAAAAAE=\n", .controlCharacter), ("a\u{0}\n\n— k AAAAAAE=\n", .controlCharacter),
            ("a\n— k AAAAAAE=\n", .missingSignatures),
        ] as [(String, NoteRefusal)])
    func refusesMalformedNote(text: String, reason: NoteRefusal) {
        #expect(throws: reason) { try SignedNote(parsing: text) }
    }

    @Test("bytes that are no UTF-8, and notes over the limits, are refused")
    func limits() throws {
        let line = "— k AAAAAAE=\n"
        #expect(throws: NoteRefusal.notUTF8) { try SignedNote(parsing: [0xFF, 10, 10] + Array(line.utf8)) }
        #expect(throws: NoteRefusal.notUTF8) { try SignedNote(parsing: [0xC0, 0x80, 10, 10] + Array(line.utf8)) }
        #expect(throws: Never.self) { try SignedNote(parsing: "a\n\n" + String(repeating: line, count: 100)) }
        #expect(throws: NoteRefusal.tooManySignatures) {
            try SignedNote(parsing: "a\n\n" + String(repeating: line, count: 101))
        }
        let long = String(repeating: "a", count: 1_000_000)
        #expect(throws: NoteRefusal.tooLarge) { try SignedNote(parsing: long + "\n\n" + line) }
        #expect(throws: NoteRefusal.tooLarge) { try SignedNote(text: long + "\n") }
        #expect(throws: NoteRefusal.missingFinalNewline) { try SignedNote(text: "a") }
        #expect(throws: NoteRefusal.controlCharacter) { try SignedNote(text: "a\r\n") }
    }

    @Test("names without spaces, plus and control characters only", arguments: ["", "a b", "a+b", "a\n", "a\u{2003}b"])
    func refusesBadNames(name: String) {
        #expect(throws: NoteRefusal.malformedName) { try LogOrigin(name) }
        #expect(throws: NoteRefusal.malformedName) { try LogOrigin(String(repeating: "a", count: 257)) }
    }

    @Test("names that look alike but have other bytes are different")
    func namesCompareByBytes() throws {
        #expect(try LogOrigin("\u{E9}.example") != LogOrigin("e\u{301}.example"))
        #expect(try Set([LogOrigin("a"), LogOrigin("a")]).count == 1)
    }

    @Test("keys go to text and back; a wrong id, type or length is refused")
    func keyTexts() throws {
        let key = try TestKeys.signing("dancu.example/acts")
        let again = try LogSigningKey(parsing: key.secretText)
        #expect(again.secretText == key.secretText)
        #expect(again.verificationKey == key.verificationKey)
        #expect(key.secretText.hasPrefix("PRIVATE+KEY+dancu.example/acts+"))
        let public1 = key.verificationKey
        #expect(try LogVerificationKey(parsing: public1.text) == public1)
        let renamed = public1.text.replacing("acts", with: "looks")
        #expect(throws: NoteRefusal.keyIDMismatch) { try LogVerificationKey(parsing: renamed) }
        let parts = public1.text.split(separator: "+", maxSplits: 2).map(String.init)
        let upper = [parts[0], parts[1].uppercased(), parts[2]].joined(separator: "+")
        if parts[1] != parts[1].uppercased() {
            #expect(throws: NoteRefusal.keyIDMismatch) { try LogVerificationKey(parsing: upper) }
        }
        // 0x04 in front of the same 33 bytes: the key of a witness, another algorithm.
        let witness = [parts[0], parts[1], "B" + parts[2].dropFirst()].joined(separator: "+")
        #expect(throws: NoteRefusal.unknownAlgorithm) { try LogVerificationKey(parsing: witness) }
        for text in ["", "a", "a+b", "a+00000000+", "a+00000000+AQ==", public1.text + "A", key.secretText] {
            #expect(throws: NoteRefusal.self) { try LogVerificationKey(parsing: text) }
        }
        #expect(throws: NoteRefusal.malformedKey) { try LogSigningKey(parsing: public1.text) }
        #expect(throws: NoteRefusal.malformedKey) { try LogSigningKey(name: key.name, secret: [1, 2, 3]) }
        #expect(throws: NoteRefusal.malformedKey) { try LogVerificationKey(name: key.name, publicKey: []) }
    }

    @Test("printing, interpolating and dumping a signing key never shows the secret")
    func signingKeyKeepsItsSecret() throws {
        let key = try TestKeys.signing("dancu.example/acts")
        let secret = try #require(key.secretText.split(separator: "+", maxSplits: 4).last.map(String.init))
        var dumped = ""
        dump(key, to: &dumped)
        dump([key], to: &dumped)
        for text in ["\(key)", String(reflecting: key), String(describing: [key]), dumped] {
            #expect(!text.contains(secret))
            #expect(!text.contains("1, 1, 1"))
        }
        #expect("\(key)".contains("dancu.example/acts"))
    }

    @Test("a checkpoint goes to text and back, with lines of its own")
    func checkpointRoundTrip() throws {
        let key = try TestKeys.signing("dancu.example/acts")
        let other = "looks 17 \(MerkleHash.empty.base64)"
        for (size, lines) in [(1, []), (.max, []), (20_852_163, [other]), (5, ["một", "hai"])] as [(UInt64, [String])] {
            let root = MerkleHash.leaf([1])
            let checkpoint = try Checkpoint(origin: key.name, size: size, root: root, extensions: lines)
            #expect(try Checkpoint(text: checkpoint.text) == checkpoint)
            let note = try SignedNote(parsing: checkpoint.signed(by: key).serialised)
            #expect(try Checkpoint(verifying: note, by: key.verificationKey) == checkpoint)
        }
        let empty = try Checkpoint(origin: key.name, size: 0, root: MerkleHash.empty)
        #expect(try Checkpoint(text: empty.text) == empty)
    }

    @Test("a checkpoint of another log is refused even when a trusted key has signed it")
    func refusesForeignCheckpoint() throws {
        let key = try TestKeys.signing("dancu.example/acts")
        let foreign = try Checkpoint(origin: LogOrigin("dancu.example/looks"), size: 1, root: MerkleHash.leaf([1]))
        #expect(throws: CheckpointRefusal.foreignOrigin) { try foreign.signed(by: key) }
        let note = try SignedNote(text: foreign.text).signed(by: key)
        #expect(throws: CheckpointRefusal.foreignOrigin) { try Checkpoint(verifying: note, by: key.verificationKey) }
        let stranger = try TestKeys.signing("dancu.example/acts", seed: 5)
        #expect(throws: CheckpointRefusal.note(.noKnownSignature)) {
            try Checkpoint(verifying: note, by: stranger.verificationKey)
        }
    }

    @Test("a malformed checkpoint is refused with its reason")
    func refusesMalformedCheckpoint() throws {
        let root = MerkleHash.leaf([1]).base64
        let table: [(String, CheckpointRefusal)] = [
            ("", .missingLines), ("a\n1\n\(root)", .missingLines), ("a\n1\n", .missingLines),
            ("\n1\n\(root)\n", .malformedOrigin), ("a b\n1\n\(root)\n", .malformedOrigin),
            ("a\n01\n\(root)\n", .malformedSize), ("a\n\n\(root)\n", .malformedSize),
            ("a\n-1\n\(root)\n", .malformedSize), ("a\n+1\n\(root)\n", .malformedSize),
            ("a\n1 \n\(root)\n", .malformedSize), ("a\n18446744073709551616\n\(root)\n", .malformedSize),
            ("a\n99999999999999999999\n\(root)\n", .malformedSize), ("a\n１\n\(root)\n", .malformedSize),
            ("a\n1\n\(root.dropLast())\n", .malformedRoot), ("a\n1\nAAAA\n", .malformedRoot),
            ("a\n1\n\(root)\n\n", .malformedExtension), ("a\n1\n\(root)\n\nx\n", .malformedExtension),
            ("a\n1\n\(root)\n" + String(repeating: "x\n", count: 9), .malformedExtension),
            ("a\n1\n\(root)\n" + String(repeating: "x", count: 513) + "\n", .malformedExtension),
            ("a\n0\n\(root)\n", .rootOfEmptyTree),
        ]
        for (text, reason) in table {
            #expect(throws: reason, "\(text.debugDescription)") { try Checkpoint(text: text) }
        }
        #expect(throws: CheckpointRefusal.malformedExtension) {
            try Checkpoint(origin: LogOrigin("a"), size: 1, root: MerkleHash.leaf([1]), extensions: ["a\nb"])
        }
    }
}
