import Civil
import Database

/// What is to be recorded: an act before it has a number, salts and commitments.
package struct ActDraft: Sendable {
    package let kind: ActKind
    /// Each subject with the version that this act will have in its stream.
    package let subjects: [SubjectVersion]
    package let effective: PartialDate?
    package let legalBasis: String
    /// The content in its canonical bytes, stored exactly as they are hashed.
    package let content: [UInt8]

    package init(
        kind: ActKind, subjects: [SubjectVersion], effective: PartialDate?, legalBasis: String, content: [UInt8]
    ) {
        self.kind = kind
        self.subjects = subjects
        self.effective = effective
        self.legalBasis = legalBasis
        self.content = content
    }
}

/// An act as it is stored, with its content (nil when a retention rule has removed it).
package struct StoredAct: Sendable {
    package let act: Act
    package let version: Int64
    package let content: [UInt8]?
}

/// Appends acts and reads them back; there is no other way to write to the register's truth.
package struct ActStore: Sendable {
    private let surroundings: Surroundings
    private let numbers: EntryNumbers

    package init(surroundings: Surroundings, numbers: EntryNumbers) {
        self.surroundings = surroundings
        self.numbers = numbers
    }

    /// Appends the drafts in their order, each with its entry waiting for a place in the log.
    ///
    /// A subject version that exists already means that somebody else was first: `DatabaseError.uniqueViolation`.
    package func append(_ drafts: [ActDraft], by actor: Actor, on connection: Connection) throws -> [Act] {
        guard !drafts.isEmpty else { return [] }
        let recorded = surroundings.now()
        let first = numbers.next(drafts.count)
        let salts = surroundings.random(drafts.count * 32)
        var acts: [Act] = []
        var rows = ActRows(capacity: drafts.count)
        for (offset, draft) in drafts.enumerated() {
            let contentSalt = Array(salts[offset * 32..<offset * 32 + 16])
            let envelopeSalt = Array(salts[offset * 32 + 16..<offset * 32 + 32])
            let act = Act(
                id: ActID(rawValue: first + Int64(offset)), kind: draft.kind, subjects: draft.subjects,
                effective: draft.effective, recorded: recorded, actor: actor, legalBasis: draft.legalBasis,
                contentCommitment: try Salted.digest(of: draft.content, salt: contentSalt))
            try rows.add(act, content: draft.content, contentSalt: contentSalt, envelopeSalt: envelopeSalt)
            acts.append(act)
        }
        try rows.insert(on: connection)
        return acts
    }

    /// The acts of one subject in the order of its stream.
    package func stream(of subject: Subject, on connection: Connection) throws -> [StoredAct] {
        try connection.rows(
            """
            SELECT \(ActStore.columns), s.version, c.content FROM act_subject s
            JOIN act a ON a.act_id = s.act_id LEFT JOIN act_content c ON c.act_id = a.act_id
            WHERE s.subject_kind = ? AND s.subject_id = ? ORDER BY s.version
            """, [.integer(subject.kind.rawValue), .integer(subject.id)]
        ) { row in
            StoredAct(
                act: try ActStore.act(from: row), version: try row.int64(11), content: try row.blobOrNull(12))
        }
    }

    /// The contents of one subject's acts in the order of its stream, each held against its commitment.
    ///
    /// Nil is the content of an act that is damaged or gone: for those who must go on where something is.
    package func soundContents(
        of subject: Subject, on connection: Connection
    ) throws -> [(act: ActID, content: [UInt8]?)] {
        try connection.rows(
            """
            SELECT s.act_id, a.content_commitment, c.content, c.salt FROM act_subject s
            LEFT JOIN act a ON a.act_id = s.act_id LEFT JOIN act_content c ON c.act_id = s.act_id
            WHERE s.subject_kind = ? AND s.subject_id = ? ORDER BY s.version
            """, [.integer(subject.kind.rawValue), .integer(subject.id)]
        ) { row in
            let id = ActID(rawValue: try row.int64(0))
            guard case .blob(let commitment) = row[1], case .blob(let content) = row[2], case .blob(let salt) = row[3]
            else { return (id, nil) }
            let digest = content.withUnsafeBytes { bytes in
                salt.withUnsafeBytes { SaltedHash.digest(of: bytes, salt: $0) }
            }
            return (id, digest == Digest32(commitment) ? content : nil)
        }
    }

    /// How many acts of a kind there are, in whatever stream.
    package func count(of kind: ActKind, on connection: Connection) throws -> Int64 {
        try connection.first("SELECT count(*) FROM act WHERE kind = ?", [.text(kind.rawValue)]) { try $0.int64(0) } ?? 0
    }

    /// Whether the log has a place for an act that is not there.
    package func isMissingSome(on connection: Connection) throws -> Bool {
        try connection.first(
            """
            SELECT 1 FROM log_leaf l WHERE l.log = ? AND NOT EXISTS (
                SELECT 1 FROM act a WHERE a.act_id = l.entry_id) LIMIT 1
            """, [.integer(LogName.acts.rawValue)]
        ) { _ in true } ?? false
    }

    /// One act with its content.
    package func act(_ id: ActID, on connection: Connection) throws -> StoredAct? {
        try connection.first(
            """
            SELECT \(ActStore.columns), c.content FROM act a LEFT JOIN act_content c ON c.act_id = a.act_id
            WHERE a.act_id = ?
            """, [.integer(id.rawValue)]
        ) { row in
            StoredAct(act: try ActStore.act(from: row), version: 0, content: try row.blobOrNull(11))
        }
    }

    /// The number of acts in a subject's stream; the next act has this version plus one.
    package func version(of subject: Subject, on connection: Connection) throws -> Int64 {
        try connection.first(
            "SELECT max(version) FROM act_subject WHERE subject_kind = ? AND subject_id = ?",
            [.integer(subject.kind.rawValue), .integer(subject.id)]
        ) { try $0.int64OrNull(0) ?? 0 } ?? 0
    }

    /// The eleven columns of an act's envelope, for queries of other rooms that read streams in bulk (`act` named `a`).
    package static var streamColumns: String { columns }

    /// The envelope in the eleven columns of `streamColumns`.
    package static func storedAct(from row: Row) throws -> Act { try act(from: row) }

    static let columns = """
        a.act_id, a.kind, a.subjects, a.effective, a.recorded_at, a.account, a.role, a.office, a.legal_basis, \
        a.content_commitment, a.salt
        """

    /// The envelope in the columns of `columns`; what cannot be understood is a `DamagedEntry`, never a crash.
    static func act(from row: Row) throws -> Act {
        let id = try row.int64(0)
        let kindText = try row.text(1)
        guard let kind = ActKind(rawValue: kindText) else {
            throw DamagedEntry(entry: id, reason: "unknown kind \(kindText)")
        }
        guard let subjects = SubjectVersion.unpack(try row.blob(2)) else {
            throw DamagedEntry(entry: id, reason: "its list of subjects cannot be read")
        }
        let effectiveText = try row.textOrNull(3)
        let effective = effectiveText.flatMap { PartialDate(canonical: $0) }
        guard (effectiveText == nil) == (effective == nil) else {
            throw DamagedEntry(entry: id, reason: "its effective date cannot be read")
        }
        guard let commitment = Digest32(try row.blob(9)) else {
            throw DamagedEntry(entry: id, reason: "its commitment has the wrong length")
        }
        return Act(
            id: ActID(rawValue: id), kind: kind, subjects: subjects, effective: effective,
            recorded: Instant(microseconds: try row.int64(4)),
            actor: Actor(account: try row.text(5), role: try row.text(6), office: try row.text(7)),
            legalBasis: try row.text(8), contentCommitment: commitment)
    }
}

/// A stored entry that cannot be understood: its stream is set aside, the rest of the register goes on.
package struct DamagedEntry: Error, Hashable, Sendable {
    package let entry: Int64
    package let reason: String

    package init(entry: Int64, reason: String) {
        self.entry = entry
        self.reason = reason
    }
}

/// The rows of several acts, gathered so that each table is written once.
private struct ActRows {
    var acts: [[SQLValue]] = []
    var contents: [[SQLValue]] = []
    var subjects: [[SQLValue]] = []
    var pending: [[SQLValue]] = []

    init(capacity: Int) {
        acts.reserveCapacity(capacity)
        contents.reserveCapacity(capacity)
        subjects.reserveCapacity(capacity * 2)
        pending.reserveCapacity(capacity)
    }

    mutating func add(_ act: Act, content: [UInt8], contentSalt: [UInt8], envelopeSalt: [UInt8]) throws {
        let id = SQLValue.integer(act.id.rawValue)
        acts.append([
            id, .text(act.kind.rawValue), .blob(SubjectVersion.pack(act.subjects)),
            act.effective.map { .text($0.description) } ?? .null, .integer(act.recorded.microseconds),
            .text(act.actor.account), .text(act.actor.role), .text(act.actor.office), .text(act.legalBasis),
            .blob(act.contentCommitment.bytes), .blob(envelopeSalt),
        ])
        contents.append([id, .blob(contentSalt), .blob(content)])
        for entry in act.subjects {
            subjects.append([
                .integer(entry.subject.kind.rawValue), .integer(entry.subject.id), .integer(entry.version), id,
            ])
        }
        let commitment = try Salted.digest(of: act.canonicalBytes, salt: envelopeSalt)
        pending.append([.integer(LogName.acts.rawValue), id, .blob(MerkleHash.leaf(commitment).bytes)])
    }

    func insert(on connection: Connection) throws {
        try connection.insert(
            into: "act",
            columns: [
                "act_id", "kind", "subjects", "effective", "recorded_at", "account", "role", "office", "legal_basis",
                "content_commitment", "salt",
            ], rows: acts)
        try connection.insert(into: "act_content", columns: ["act_id", "salt", "content"], rows: contents)
        try connection.insert(
            into: "act_subject", columns: ["subject_kind", "subject_id", "version", "act_id"], rows: subjects)
        try connection.insert(into: "log_pending", columns: ["log", "entry_id", "leaf_hash"], rows: pending)
    }
}

/// The salted commitment of `Commitment`, for salts as they stand in rows.
enum Salted {
    static func digest(of bytes: [UInt8], salt: [UInt8]) throws -> Digest32 {
        Commitment(to: bytes, salt: try CommitmentSalt(salt)).digest
    }
}
