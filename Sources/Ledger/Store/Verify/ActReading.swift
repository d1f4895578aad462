import Database

/// Reads and hashes acts with their contents where they lie in their rows.
///
/// What is hashed are the row's own bytes: a value that cannot be understood any more is a changed entry like any
/// other.
struct ActReading {
    private let connection: Connection
    private var envelope = CanonicalBytes()

    private var removals = RuledRemovals()

    init(connection: Connection) {
        self.connection = connection
    }

    private enum Content {
        case notThere, right, changed
    }

    private static let acts = """
        SELECT act_id, kind, effective, recorded_at, account, role, office, legal_basis, content_commitment, subjects, \
        salt FROM act WHERE act_id >= ? AND act_id <= ? ORDER BY act_id LIMIT ?
        """

    private static let contents = """
        SELECT act_id, content, salt FROM act_content WHERE act_id >= ? AND act_id <= ? ORDER BY act_id LIMIT ?
        """

    mutating func read(_ run: EntryRun, into slice: inout LogSlice) throws {
        var commitments: [Digest32?] = Array(repeating: nil, count: run.count)
        try run.read(ActReading.acts, on: connection) { offset, row in
            commitments[offset] = try row.withBlob(8) { Digest32($0) } ?? MerkleHash.empty
            slice.found(try leaf(of: row), at: run.start + offset)
            let act = try row.int64(0)
            try row.withBlob(9) { slice.streams.add(packed: $0, act: act) }
        }
        var contents = Array(repeating: Content.notThere, count: run.count)
        try run.read(ActReading.contents, on: connection) { offset, row in
            let digest = try row.withBlob(1) { content in
                try row.withBlob(2) { SaltedHash.digest(of: content, salt: $0) }
            }
            contents[offset] = digest == commitments[offset] ? .right : .changed
        }
        for offset in 0..<run.count {
            let place = run.start + offset
            if commitments[offset] == nil {
                slice.found(.entryMissing, at: place)
            } else if contents[offset] == .changed {
                slice.found(.contentChanged, at: place)
            } else if contents[offset] == .notThere {
                let act = run.entries[run.entries.startIndex + offset]
                let isRuled = try removals.letGo(contentOf: act, on: connection)
                if isRuled { slice.foundRemoved() } else { slice.found(.contentMissing, at: place) }
            }
        }
    }

    /// The leaf of the envelope in the form of `Act.canonicalBytes`.
    private mutating func leaf(of row: Row) throws -> Digest32 {
        envelope.restart(form: "dancu/act/v1")
        envelope.append(try row.int64(0))
        try row.withText(1) { envelope.append(raw: $0) }
        if case .null = row[2] { envelope.append("") } else { try row.withText(2) { envelope.append(raw: $0) } }
        envelope.append(try row.int64(3))
        for column in 4...7 { try row.withText(column) { envelope.append(raw: $0) } }
        for column in 8...9 { try row.withBlob(column) { envelope.append(raw: $0) } }
        let commitment = try envelope.bytes.withUnsafeBytes { bytes in
            try row.withBlob(10) { SaltedHash.digest(of: bytes, salt: $0) }
        }
        return MerkleHash.leaf(commitment)
    }
}
