import Civil

/// Biên nhận: a text (`.tlog-proof`, C2SP tlog-proof) that shows without any connection that a line stands in a log.
///
/// It holds the index, the inclusion proof and the signed checkpoint, not the line itself.
package struct OfflineReceipt: Hashable, Sendable {
    /// The first line of every receipt.
    package static let header = "c2sp.org/tlog-proof@v1"
    /// Longest extra data in bytes.
    package static let longestExtra = 65_536

    package let index: UInt64
    /// From the leaf's neighbour up to the root's child.
    package let hashes: [Digest32]
    /// The checkpoint as the log and its witnesses signed it.
    package let note: SignedNote
    /// Whatever the issuer adds; nobody has signed it, so it must not be trusted by itself.
    package let extra: [UInt8]?

    package init(
        index: UInt64, hashes: [Digest32], note: SignedNote, extra: [UInt8]? = nil
    ) throws(ReceiptRefusal) {
        guard hashes.count <= InclusionProof.mostHashes else { throw .proof(.tooManyHashes(hashes.count)) }
        guard (extra?.count ?? 0) <= OfflineReceipt.longestExtra else { throw .extraTooLong }
        self.index = index
        self.hashes = hashes
        self.note = note
        self.extra = extra
    }

    /// The receipt in that text; only the one canonical spelling is read.
    package init(parsing text: String) throws(ReceiptRefusal) {
        try self.init(parsing: Array(text.utf8))
    }

    /// The receipt in those bytes; only the one canonical spelling is read.
    package init(parsing bytes: [UInt8]) throws(ReceiptRefusal) {
        var rest = bytes[...]
        var number = 0
        func line() throws(ReceiptRefusal) -> ArraySlice<UInt8> {
            number += 1
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { throw .malformed(line: number) }
            defer { rest = rest[(end + 1)...] }
            return rest[..<end]
        }
        guard try line().elementsEqual(OfflineReceipt.header.utf8) else { throw .unknownForm }
        var next = try line()
        var extra: [UInt8]?
        if let written = OfflineReceipt.value(of: "extra ", in: next) {
            guard written.count <= OfflineReceipt.longestExtra * 2 else { throw .extraTooLong }
            guard let bytes = Base64Text.bytes(of: written) else { throw .malformed(line: number) }
            extra = bytes
            next = try line()
        }
        guard let written = OfflineReceipt.value(of: "index ", in: next),
            let index = DecimalText.number(of: written)
        else { throw .malformed(line: number) }
        var hashes: [Digest32] = []
        next = try line()
        while !next.isEmpty {
            guard hashes.count < InclusionProof.mostHashes else { throw .proof(.tooManyHashes(hashes.count + 1)) }
            guard next.count == 44, let bytes = Base64Text.bytes(of: next), let hash = Digest32(bytes) else {
                throw .malformed(line: number)
            }
            hashes.append(hash)
            next = try line()
        }
        let note: SignedNote
        do {
            note = try SignedNote(parsing: Array(rest))
        } catch {
            throw .checkpoint(.note(error))
        }
        try self.init(index: index, hashes: hashes, note: note, extra: extra)
    }

    private static func value(of keyword: String, in line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        line.starts(with: keyword.utf8) ? line.dropFirst(keyword.utf8.count) : nil
    }

    /// The text to hand out; reading it gives this receipt again.
    package var text: String {
        var lines = [OfflineReceipt.header]
        if let extra { lines.append("extra " + Base64Text.text(of: extra)) }
        lines.append("index \(index)")
        lines += hashes.map(\.base64)
        return lines.map { $0 + "\n" }.joined() + "\n" + note.serialised
    }

    /// Checks the signature of the log and that the leaf with these data stands at the index; the checkpoint it is in.
    @discardableResult
    package func verify(leafData: [UInt8], logKey: LogVerificationKey) throws(ReceiptRefusal) -> Checkpoint {
        try verify(leafHash: MerkleHash.leaf(leafData), logKey: logKey)
    }

    /// Checks the signature of the log and that the leaf with this hash stands at the index; the checkpoint it is in.
    @discardableResult
    package func verify(leafHash: Digest32, logKey: LogVerificationKey) throws(ReceiptRefusal) -> Checkpoint {
        let checkpoint: Checkpoint
        do {
            checkpoint = try Checkpoint(verifying: note, by: logKey)
        } catch {
            throw .checkpoint(error)
        }
        do {
            try InclusionProof(index: index, size: checkpoint.size, hashes: hashes)
                .verify(leafHash: leafHash, root: checkpoint.root)
        } catch {
            throw .proof(error)
        }
        return checkpoint
    }
}

/// Why a receipt cannot be read or does not prove what it should.
package enum ReceiptRefusal: ExplainedRefusal {
    /// The first line is not that of a receipt.
    case unknownForm
    case malformed(line: Int)
    case extraTooLong
    case checkpoint(CheckpointRefusal)
    case proof(ProofRefusal)

    package var code: String {
        switch self {
        case .unknownForm: "receipt_unknown_form"
        case .malformed: "receipt_malformed"
        case .extraTooLong: "receipt_extra_too_long"
        case .checkpoint(let refusal): refusal.code
        case .proof(let refusal): refusal.code
        }
    }

    package var sentence: Sentence {
        switch self {
        case .unknownForm:
            Sentence(
                "Tệp không phải biên nhận: chọn tệp .tlog-proof có dòng đầu là \(OfflineReceipt.header).",
                "The file is not a receipt: choose a .tlog-proof file that begins with \(OfflineReceipt.header).")
        case .malformed(let line):
            Sentence(
                "Dòng \(line) của biên nhận không đúng dạng: tải lại trọn vẹn biên nhận.",
                "Line \(line) of the receipt is malformed: fetch the whole receipt again.")
        case .extraTooLong:
            Sentence(
                "Dữ liệu kèm theo quá dài: bỏ bớt còn \(OfflineReceipt.longestExtra) byte.",
                "The extra data are too long: leave at most \(OfflineReceipt.longestExtra) bytes.")
        case .checkpoint(let refusal): refusal.sentence
        case .proof(let refusal): refusal.sentence
        }
    }
}
