import Civil
import Ledger
import Testing

@Suite("Offline receipts and commitments")
struct ReceiptTests {
    private let key: LogSigningKey
    private let leaves = (0..<300).map { Array("entry \($0)".utf8) }
    private let prover: TreeProver<TileShelf>
    private let note: SignedNote

    init() throws {
        key = try TestKeys.signing("dancu.example/looks")
        let hashes = leaves.map { MerkleHash.leaf($0) }
        prover = TreeProver(size: 300, reading: try TileShelf(of: hashes))
        let checkpoint = try Checkpoint(origin: key.name, size: 300, root: prover.root(at: 300))
        note = try checkpoint.signed(by: key).signed(by: try TestKeys.signing("witness.example", seed: 3))
    }

    private func receipt(_ index: Int, extra: [UInt8]? = nil) throws -> OfflineReceipt {
        let proof = try prover.inclusion(of: UInt64(index), in: 300)
        return try OfflineReceipt(index: proof.index, hashes: proof.hashes, note: note, extra: extra)
    }

    @Test("a receipt is written, read and verified from its text alone", arguments: [0, 1, 255, 256, 299])
    func roundTrip(index: Int) throws {
        for extra in [nil, [], Array("biên nhận".utf8)] as [[UInt8]?] {
            let receipt = try receipt(index, extra: extra)
            let again = try OfflineReceipt(parsing: receipt.text)
            #expect(again == receipt)
            #expect(again.extra == extra)
            let vkey = try LogVerificationKey(parsing: key.verificationKey.text)
            let checkpoint = try again.verify(leafData: leaves[index], logKey: vkey)
            #expect(checkpoint.size == 300)
        }
    }

    @Test("the text is that of the format")
    func form() throws {
        let lines = try receipt(256, extra: [1]).text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0...2] == ["c2sp.org/tlog-proof@v1", "extra AQ==", "index 256"])
        let blank = try #require(lines.firstIndex(of: ""))
        #expect(lines[3..<blank].allSatisfy { Digest32(base64: $0) != nil })
        #expect(lines[blank + 1] == "dancu.example/looks")
    }

    @Test("a receipt of one leaf has no hashes")
    func singleLeaf() throws {
        let checkpoint = try Checkpoint(origin: key.name, size: 1, root: MerkleHash.leaf(leaves[0]))
        let receipt = try OfflineReceipt(index: 0, hashes: [], note: checkpoint.signed(by: key))
        let again = try OfflineReceipt(parsing: receipt.text)
        try again.verify(leafData: leaves[0], logKey: key.verificationKey)
    }

    @Test("with any byte of its text changed a receipt is refused, or says the same")
    func refusesEveryChangedByte() throws {
        let receipt = try receipt(170)
        let text = Array(receipt.text.utf8)
        let signed = text.count - (try #require(note.signatures.last)).line.utf8.count - 1
        for place in text.indices {
            var changed = text
            changed[place] ^= 1
            let verdict = Result {
                try OfflineReceipt(parsing: changed).verify(leafData: leaves[170], logKey: key.verificationKey)
            }
            // The line of a witness that nobody asked about is not part of what is verified.
            if place < signed { #expect(throws: ReceiptRefusal.self, "byte \(place)") { try verdict.get() } }
        }
    }

    @Test("another leaf, another index or another key is refused")
    func refusesWrongClaims() throws {
        let receipt = try receipt(42)
        #expect(throws: ReceiptRefusal.proof(.rootMismatch)) {
            try receipt.verify(leafData: leaves[43], logKey: key.verificationKey)
        }
        let moved = try OfflineReceipt(index: 43, hashes: receipt.hashes, note: note)
        #expect(throws: ReceiptRefusal.proof(.rootMismatch)) {
            try moved.verify(leafData: leaves[42], logKey: key.verificationKey)
        }
        let beyond = try OfflineReceipt(index: 300, hashes: receipt.hashes, note: note)
        #expect(throws: ReceiptRefusal.proof(.indexBeyondSize(index: 300, size: 300))) {
            try beyond.verify(leafData: leaves[42], logKey: key.verificationKey)
        }
        let witness = try TestKeys.signing("witness.example", seed: 3)
        #expect(throws: ReceiptRefusal.checkpoint(.foreignOrigin)) {
            try receipt.verify(leafData: leaves[42], logKey: witness.verificationKey)
        }
        let stranger = try TestKeys.signing("dancu.example/looks", seed: 4)
        #expect(throws: ReceiptRefusal.checkpoint(.note(.noKnownSignature))) {
            try receipt.verify(leafData: leaves[42], logKey: stranger.verificationKey)
        }
    }

    @Test("a malformed receipt is refused with its reason")
    func refusesMalformed() throws {
        let hash = MerkleHash.empty.base64
        let header = OfflineReceipt.header
        let end = note.serialised
        let table: [(String, ReceiptRefusal)] = [
            ("", .malformed(line: 1)), ("c2sp.org/tlog-proof@v2\nindex 0\n\n\(end)", .unknownForm),
            ("\(header)\r\nindex 0\n\n\(end)", .unknownForm), ("\(header)\n", .malformed(line: 2)),
            ("\(header)\nindex 00\n\n\(end)", .malformed(line: 2)), ("\(header)\nindex\n\n\(end)", .malformed(line: 2)),
            ("\(header)\nindex -1\n\n\(end)", .malformed(line: 2)), ("\(header)\n\n\(end)", .malformed(line: 2)),
            ("\(header)\nextra A\nindex 0\n\n\(end)", .malformed(line: 2)),
            ("\(header)\nextra AQ==\nextra AQ==\nindex 0\n\n\(end)", .malformed(line: 3)),
            ("\(header)\nindex 0\nextra AQ==\n\n\(end)", .malformed(line: 3)),
            ("\(header)\nindex 0\n\(hash.dropLast())\n\n\(end)", .malformed(line: 3)),
            ("\(header)\nindex 0\n\(hash)", .malformed(line: 3)),
            ("\(header)\nindex 0\n\(hash) \n\n\(end)", .malformed(line: 3)),
            (
                "\(header)\nindex 0\n" + String(repeating: hash + "\n", count: 64) + "\n" + end,
                .proof(.tooManyHashes(64))
            ),
            ("\(header)\nindex 0\n\n", .checkpoint(.note(.missingFinalNewline))),
            ("\(header)\nindex 0\n\(hash)\n\n\(end)x", .checkpoint(.note(.missingFinalNewline))),
            ("\(header)\nextra " + String(repeating: "A", count: 131_076) + "\nindex 0\n\n\(end)", .extraTooLong),
        ]
        for (text, reason) in table {
            #expect(throws: reason, "\(text.prefix(60).debugDescription)") { try OfflineReceipt(parsing: text) }
        }
    }

    @Test("RFC 4231 case 2 shortened to our salt: a commitment is HMAC-SHA256 and binds to every byte")
    func commitments() throws {
        // RFC 4231 pads keys with zeros, so case 2 ("Jefe") is also the HMAC under "Jefe" and twelve zeros.
        let salt = try CommitmentSalt(Array("Jefe".utf8) + Array(repeating: 0, count: 12))
        let content = Array("what do ya want for nothing?".utf8)
        let commitment = Commitment(to: content, salt: salt)
        #expect(commitment.digest.hex == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        try Commitment(digest: commitment.digest).verify(content, salt: salt)
        for place in content.indices {
            var other = content
            other[place] ^= 1
            #expect(throws: CommitmentRefusal.mismatch) { try commitment.verify(other, salt: salt) }
        }
        for place in salt.bytes.indices {
            var bytes = salt.bytes
            bytes[place] ^= 1
            let other = try CommitmentSalt(bytes)
            #expect(throws: CommitmentRefusal.mismatch) { try commitment.verify(content, salt: other) }
        }
        #expect(throws: CommitmentRefusal.wrongSaltLength(15)) { try CommitmentSalt(Array(salt.bytes.dropLast())) }
        #expect(throws: CommitmentRefusal.wrongSaltLength(17)) { try CommitmentSalt(salt.bytes + [0]) }
    }

    @Test("every refusal has a code of its own and a sentence in both languages")
    func refusalsExplainThemselves() throws {
        let tile = try TileCoordinate(level: 0, index: 0)
        let proofs: [ProofRefusal] = [
            .indexBeyondSize(index: 1, size: 1), .sizeBeyondTree(2, available: 1), .emptyOldTree,
            .sizesReversed(old: 2, new: 1), .notASubtree(start: 1, end: 3), .tooManyHashes(64), .wrongNumberOfHashes,
            .oldRootMismatch, .rootMismatch,
        ]
        let notes: [NoteRefusal] = [
            .tooLarge, .notUTF8, .controlCharacter, .missingFinalNewline, .missingSignatures,
            .malformedSignature(line: 1), .tooManySignatures, .malformedName, .malformedKey, .unknownAlgorithm,
            .keyIDMismatch, .wrongSignature(key.name), .noKnownSignature, .signingFailed,
        ]
        let tiles: [TileRefusal] = [
            .malformedPath, .levelOutOfRange, .indexOutOfRange, .widthOutOfRange, .tooFewHashes(tile, found: 1),
            .treeFull,
        ]
        let checkpoints: [CheckpointRefusal] = [
            .missingLines, .malformedOrigin, .malformedSize, .malformedRoot, .malformedExtension, .rootOfEmptyTree,
            .foreignOrigin,
        ]
        let own: [ReceiptRefusal] = [.unknownForm, .malformed(line: 1), .extraTooLong]
        let commitments: [CommitmentRefusal] = [.wrongSaltLength(1), .mismatch]
        let codes =
            proofs.map(\.code) + notes.map(\.code) + tiles.map(\.code) + checkpoints.map(\.code) + own.map(\.code)
            + commitments.map(\.code)
        #expect(Set(codes).count == codes.count)
        #expect(codes.allSatisfy { $0.allSatisfy { $0 == "_" || $0.isLowercase || $0.isNumber } })
        let sentences =
            proofs.map(\.sentence) + notes.map(\.sentence) + tiles.map(\.sentence) + checkpoints.map(\.sentence)
            + own.map(\.sentence) + commitments.map(\.sentence)
        #expect(sentences.allSatisfy { $0.vietnamese.hasSuffix(".") && $0.english.hasSuffix(".") })
        #expect(ReceiptRefusal.checkpoint(.note(.notUTF8)).code == "note_not_utf8")
        #expect(ReceiptRefusal.proof(.rootMismatch).sentence == ProofRefusal.rootMismatch.sentence)
    }
}
