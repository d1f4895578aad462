import Crypto
import Database
import Dispatch
import Synchronization

/// Acts as they lie in their rows, many at a time, so that they can be hashed beside the thread that reads them.
///
/// What is hashed are the row's own bytes: a value that cannot be understood any more is a changed entry like any
/// other.
struct ActBatch: Sendable {
    /// One place of the log.
    struct Entry: Sendable {
        let index: Int64
        let entry: Int64
        /// Nil when the log has a place for an act that is not there.
        var envelope: Envelope?
        /// Nil when the content is not there.
        var content: Salted?
        var isRemoved = false
    }

    struct Envelope: Sendable {
        let canonical: Salted
        let commitment: Range<Int>
    }

    /// Where bytes and their salt stand in the batch.
    struct Salted: Sendable {
        let bytes: Range<Int>
        let salt: Range<Int>
    }

    /// What hashing gives for one entry.
    struct Outcome: Sendable {
        /// Nil when the act is not there.
        var leaf: Digest32?
        /// Nil when the content is not there.
        var isContentRight: Bool?
    }

    /// Acts of a batch; with contents of a kilobyte and a half some megabytes.
    static let most = 2_048

    private(set) var entries: [Entry] = []
    private var writer = CanonicalBytes()

    init() {
        entries.reserveCapacity(ActBatch.most)
    }

    var isFull: Bool { entries.count >= ActBatch.most }

    /// The columns that `add` reads.
    static let columns = """
        f.leaf_index, f.entry_id, a.act_id, a.kind, a.effective, a.recorded_at, a.account, a.role, a.office, \
        a.legal_basis, a.content_commitment, a.subjects, a.salt, c.content, c.salt, r.act_id
        """

    /// Takes the bytes of one row over.
    mutating func add(_ row: Row) throws {
        var entry = Entry(index: try row.int64(0), entry: try row.int64(1))
        if let act = try row.int64OrNull(2) { entry.envelope = try envelope(of: act, row) }
        entry.isRemoved = try row.int64OrNull(15) != nil
        if case .blob = row[13] {
            let bytes = try raw(row, 13)
            entry.content = Salted(bytes: bytes, salt: try raw(row, 14))
        }
        entries.append(entry)
    }

    /// The envelope in the form of `Act.canonicalBytes`.
    private mutating func envelope(of act: Int64, _ row: Row) throws -> Envelope {
        let start = writer.bytes.count
        writer.append("dancu/act/v1")
        writer.append(act)
        try row.withText(3) { writer.append(raw: $0) }
        if case .null = row[4] { writer.append("") } else { try row.withText(4) { writer.append(raw: $0) } }
        writer.append(try row.int64(5))
        for column in 6...9 { try row.withText(column) { writer.append(raw: $0) } }
        try row.withBlob(10) { writer.append(raw: $0) }
        let commitment = writer.bytes.count - Digest32.byteCount..<writer.bytes.count
        try row.withBlob(11) { writer.append(raw: $0) }
        let canonical = start..<writer.bytes.count
        return Envelope(canonical: Salted(bytes: canonical, salt: try raw(row, 12)), commitment: commitment)
    }

    private mutating func raw(_ row: Row, _ column: Int) throws -> Range<Int> {
        try row.withBlob(column) { bytes in
            writer.append(raw: bytes)
            return writer.bytes.count - bytes.count..<writer.bytes.count
        }
    }

    /// Hashes everything; needs nothing but the batch.
    func outcomes() -> [Outcome] {
        writer.bytes.withUnsafeBytes { bytes in
            entries.map { entry in
                var outcome = Outcome()
                guard let envelope = entry.envelope else { return outcome }
                outcome.leaf = MerkleHash.leaf(ActBatch.commitment(envelope.canonical, in: bytes))
                outcome.isContentRight = entry.content.map { content in
                    let digest = ActBatch.commitment(content, in: bytes)
                    return digest == Digest32(Array(bytes[envelope.commitment]))
                }
                return outcome
            }
        }
    }

    private static func commitment(_ salted: Salted, in bytes: UnsafeRawBufferPointer) -> Digest32 {
        let key = SymmetricKey(data: UnsafeRawBufferPointer(rebasing: bytes[salted.salt]))
        var authenticator = HMAC<SHA256>(key: key)
        authenticator.update(data: UnsafeRawBufferPointer(rebasing: bytes[salted.bytes]))
        return authenticator.finalize().withUnsafeBytes { Digest32(loadingFrom: $0) }
    }
}

/// A batch that is being hashed on another thread.
final class HashedBatch: Sendable {
    let batch: ActBatch
    private let outcomes = Mutex<[ActBatch.Outcome]>([])
    private let done = DispatchSemaphore(value: 0)

    init(_ batch: ActBatch) {
        self.batch = batch
        DispatchQueue.global().async { [self] in
            let hashed = batch.outcomes()
            outcomes.withLock { $0 = hashed }
            done.signal()
        }
    }

    /// The outcomes in the order of the entries; to be called once.
    func wait() -> [ActBatch.Outcome] {
        done.wait()
        return outcomes.withLock { $0 }
    }
}
