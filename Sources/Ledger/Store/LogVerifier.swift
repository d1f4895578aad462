import Civil
import Database

/// One thing that is not as it was signed, with its place.
package struct LogDamage: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The entry's envelope does not give the hash that stands in the log.
        case entryChanged = "entry_changed"
        /// The content does not give the commitment of its envelope.
        case contentChanged = "content_changed"
        /// The content is gone, and no retention rule removed it.
        case contentMissing = "content_missing"
        /// The log has a place for an entry that is not there.
        case entryMissing = "entry_missing"
        /// The entry has no place in the log and does not wait for one.
        case entryNotLogged = "entry_not_logged"
        /// The places are not consecutive.
        case placesBroken = "places_broken"
        /// A tile does not follow from the tiles below it.
        case tileChanged = "tile_changed"
        /// A checkpoint's root is not the tree's.
        case rootChanged = "root_changed"
        /// Entries have no checkpoint over them, or the other log names a checkpoint that is not there.
        case checkpointMissing = "checkpoint_missing"
        /// A checkpoint's signature does not verify.
        case signatureWrong = "signature_wrong"
        /// An act that its subject's stream does not name.
        case streamChanged = "stream_changed"
    }

    package let kind: Kind
    package let log: LogName
    /// Where: `act 17 (index 4)`, `tile/0/000`, `checkpoint 1200`.
    package let place: String
}

/// What a verification read and found.
package struct LogVerification: Hashable, Sendable {
    package var leaves: [LogName: Int] = [:]
    package var waiting = 0
    package var checkpoints = 0
    /// Contents and looks that a retention rule took away, so that nobody can call many removals none.
    package var removedContents = 0
    package var removedLooks = 0
    package var damages: [LogDamage] = []
    /// Damages beyond these are counted, not listed.
    package static let mostListed = 1_000
    package var damageCount = 0

    package var isClean: Bool { damageCount == 0 }

    mutating func found(_ kind: LogDamage.Kind, _ log: LogName, _ place: String) {
        damageCount += 1
        if damages.count < LogVerification.mostListed { damages.append(LogDamage(kind: kind, log: log, place: place)) }
    }
}

/// Re-reads everything: entries, contents, tiles, checkpoints, signatures; believes nothing that it can compute.
package struct LogVerifier: Sendable {
    private let database: Database
    private let keys: [LogName: LogVerificationKey]

    /// Signatures are verified with these keys; a log without one has no valid checkpoint.
    package init(database: Database, keys: [LogName: LogVerificationKey]) {
        self.database = database
        self.keys = keys
    }

    package func verify() async throws -> LogVerification {
        let keys = keys
        return try await database.read { connection in
            var result = LogVerification()
            for log in LogName.allCases {
                var pass = LogPass(log: log, connection: connection, result: result)
                try pass.run(keys[log])
                result = pass.result
            }
            result.waiting = try connection.first("SELECT count(*) FROM log_pending") { try $0.int(0) } ?? 0
            return result
        }
    }
}

/// The verification of one log.
private struct LogPass {
    let log: LogName
    let connection: Connection
    var result: LogVerification
    private var tree = TreeFrontier()
    /// Leaves since the last flush, as the log holds them and as the entries give them.
    private var gathered: [Digest32] = []
    private var computed: [Digest32] = []
    /// Places since the last flush where the two differ.
    private var suspects: [(entry: String, index: UInt64)] = []
    /// Tiles that have been reported.
    private var damagedTiles: Set<String> = []
    private var expected: [UInt64: StoredCheckpoint] = [:]
    private var sizes: [UInt64] = []
    /// The log's size as its row of state says.
    private var size: UInt64 = 0

    init(log: LogName, connection: Connection, result: LogVerification) {
        self.log = log
        self.connection = connection
        self.result = result
    }

    mutating func run(_ key: LogVerificationKey?) throws {
        let reader = LogReader(connection: connection)
        guard try reader.origin(of: log) != nil else { throw LogFault.notCreated(log) }
        let checkpoints = try reader.checkpoints(of: log)
        result.checkpoints += checkpoints.count
        let others = Dictionary(
            uniqueKeysWithValues: try LogName.allCases.filter { $0 != log }.map { other in
                (other.text, Set(try reader.checkpoints(of: other).map { "\($0.size) \($0.root.base64)" }))
            })
        for checkpoint in checkpoints {
            expected[checkpoint.size] = checkpoint
            check(checkpoint, key, others)
        }
        sizes = checkpoints.map(\.size)
        size = try reader.size(of: log)
        switch log {
        case .acts: try readActs()
        case .looks: try readLooks()
        }
        try flush(to: nil)
        result.leaves[log] = Int(tree.size)
        if size != tree.size { result.found(.placesBroken, log, "size \(size), entries \(tree.size)") }
        if tree.size > checkpoints.last?.size ?? 0 { result.found(.checkpointMissing, log, "checkpoint \(tree.size)") }
        for rest in sizes { result.found(.rootChanged, log, "checkpoint \(rest)") }
        try findUnlogged()
        if log == .acts { try checkStreams() }
    }

    // MARK: Entries

    /// Reads on this thread and hashes on another; a few batches are on their way at a time.
    private mutating func readActs() throws {
        var batch = ActBatch()
        var onTheWay: [HashedBatch] = []
        var next: Int64 = 0
        try connection.forEach(
            """
            SELECT \(ActBatch.columns) FROM log_leaf f
            LEFT JOIN act a ON a.act_id = f.entry_id LEFT JOIN act_content c ON c.act_id = f.entry_id
            LEFT JOIN content_removal r ON r.act_id = f.entry_id
            WHERE f.log = ? ORDER BY f.leaf_index
            """, [.integer(log.rawValue)]
        ) { row in
            try batch.add(row)
            guard batch.isFull else { return }
            onTheWay.append(HashedBatch(batch))
            batch = ActBatch()
            if onTheWay.count > LogPass.mostOnTheWay { try take(onTheWay.removeFirst(), &next) }
        }
        onTheWay.append(HashedBatch(batch))
        for hashed in onTheWay { try take(hashed, &next) }
    }

    /// Batches that are being hashed while the next one is read.
    private static let mostOnTheWay = 3

    private mutating func take(_ hashed: HashedBatch, _ next: inout Int64) throws {
        for (entry, outcome) in zip(hashed.batch.entries, hashed.wait()) {
            next = checkPlace(entry.index, next)
            guard let leaf = outcome.leaf else {
                try missing(entry.entry, entry.index)
                continue
            }
            try add(leaf, entry.entry, entry.index)
            if outcome.isContentRight == nil, entry.isRemoved { result.removedContents += 1 }
            if outcome.isContentRight == true || (outcome.isContentRight == nil && entry.isRemoved) { continue }
            result.found(
                outcome.isContentRight == nil ? .contentMissing : .contentChanged, log,
                "act \(entry.entry) (index \(entry.index))")
        }
    }

    private mutating func readLooks() throws {
        var next: Int64 = 0
        let cut = try connection.first("SELECT max(cut_at) FROM look_retention") { try $0.int64OrNull(0) ?? 0 } ?? 0
        try connection.forEach(
            """
            SELECT \(LookStore.columns), f.leaf_index, f.entry_id FROM log_leaf f
            LEFT JOIN look l ON l.look_id = f.entry_id WHERE f.log = ? ORDER BY f.leaf_index
            """, [.integer(log.rawValue)]
        ) { row in
            let index = try row.int64(10)
            let entry = try row.int64(11)
            next = checkPlace(index, next)
            guard try row.int64OrNull(0) != nil else {
                // Deleted by the rule on looks: their numbers follow the clock, so the rule's millisecond tells.
                guard entry >> 20 <= (cut - 1) / 1000 else { return try missing(entry, index) }
                result.removedLooks += 1
                try takeStored(index)
                return
            }
            let persons = try connection.rows(
                "SELECT person_id FROM look_person WHERE look_id = ? ORDER BY position", [.integer(entry)]
            ) { try $0.int64(0) }
            let look = try LookStore.look(from: row, persons: persons)
            let leaf = try Salted.digest(of: look.canonicalBytes, salt: try row.blob(8))
            try add(MerkleHash.leaf(leaf), entry, index)
        }
    }

    private mutating func checkPlace(_ index: Int64, _ next: Int64) -> Int64 {
        if index != next { result.found(.placesBroken, log, "index \(next)") }
        return index + 1
    }

    private mutating func missing(_ entry: Int64, _ index: Int64) throws {
        result.found(.entryMissing, log, "\(log == .acts ? "act" : "look") \(entry) (index \(index))")
        try takeStored(index)
    }

    // MARK: Tree

    private var storedTile: (index: UInt64, hashes: [Digest32])?

    /// The hash that stands in the log at that index, if there is one.
    private mutating func stored(_ index: Int64) throws -> Digest32? {
        let tile = UInt64(index) / 256
        if storedTile?.index != tile {
            let coordinate = TileCoordinate(level: 0, index: tile, treeSize: size)
            let hashes = coordinate.flatMap { try? TileStore(log: log, connection: connection).hashes(of: $0) }
            storedTile = (tile, hashes ?? [])
        }
        let place = Int(index % 256)
        guard let hashes = storedTile?.hashes, place < hashes.count else { return nil }
        return hashes[place]
    }

    /// Adds a leaf as computed, beside what the log says; which of the two was changed, the next checkpoint tells.
    private mutating func add(_ leaf: Digest32, _ entry: Int64, _ index: Int64) throws {
        let stored = try stored(index)
        if stored == nil { tileChanged(over: UInt64(index)) }
        if let stored, stored != leaf {
            suspects.append(("\(log == .acts ? "act" : "look") \(entry)", UInt64(index)))
        }
        try append(stored ?? leaf, computed: leaf)
    }

    private mutating func takeStored(_ index: Int64) throws {
        let leaf = try stored(index) ?? MerkleHash.empty
        try append(leaf, computed: leaf)
    }

    private mutating func append(_ leaf: Digest32, computed other: Digest32) throws {
        gathered.append(leaf)
        computed.append(other)
        let size = tree.size + UInt64(gathered.count)
        if let next = sizes.first, next == size {
            try flush(to: next)
        } else if gathered.count == 65_536 {
            try flush(to: nil)
        }
    }

    /// Grows the tree by what was gathered, compares the tiles, and the root when a checkpoint has this size.
    private mutating func flush(to checkpoint: UInt64?) throws {
        let root = checkpoint.flatMap { expected[$0]?.root }
        for tile in try grow(towards: root) where tile.coordinate.level > 0 || tile.coordinate.isFull {
            let stored = try? TileStore(log: log, connection: connection).hashes(of: tile.coordinate)
            if stored != tile.hashes { tileChanged(tile.coordinate.path) }
        }
        guard let checkpoint else { return }
        sizes.removeFirst()
        if root != tree.root { result.found(.rootChanged, log, "checkpoint \(checkpoint)") }
    }

    /// Where entries and tiles differ, the signed root tells which of them were changed; in doubt the entries.
    private mutating func grow(towards root: Digest32?) throws -> [Tile] {
        defer {
            gathered.removeAll(keepingCapacity: true)
            computed.removeAll(keepingCapacity: true)
            suspects.removeAll()
        }
        guard !suspects.isEmpty else { return try tree.append(gathered) }
        var byEntries = tree
        let tiles = try byEntries.append(computed)
        if byEntries.root == root {
            tree = byEntries
            for suspect in suspects { tileChanged(over: suspect.index) }
            return tiles
        }
        for suspect in suspects { result.found(.entryChanged, log, "\(suspect.entry) (index \(suspect.index))") }
        return try tree.append(gathered)
    }

    private mutating func tileChanged(over index: UInt64) {
        let tile = TileCoordinate(level: 0, index: index / 256, treeSize: max(size, index + 1))
        tileChanged(tile?.path ?? "tile/0/\(index / 256)")
    }

    private mutating func tileChanged(_ path: String) {
        if damagedTiles.insert(path).inserted { result.found(.tileChanged, log, path) }
    }

    // MARK: The rest

    /// The signature, the columns beside it, and that the other log has the checkpoint that this one names.
    private mutating func check(
        _ checkpoint: StoredCheckpoint, _ key: LogVerificationKey?, _ others: [String: Set<String>]
    ) {
        let place = "checkpoint \(checkpoint.size)"
        guard let key, let note = try? SignedNote(parsing: checkpoint.note),
            let signed = try? Checkpoint(verifying: note, by: key)
        else {
            result.found(.signatureWrong, log, place)
            return
        }
        if signed.size != checkpoint.size || signed.root != checkpoint.root { result.found(.rootChanged, log, place) }
        for line in signed.extensions {
            guard let end = line.firstIndex(of: " "), let known = others[String(line[..<end])] else { continue }
            let named = String(line[line.index(after: end)...])
            if !known.contains(named) {
                let other = line.split(separator: " ").dropLast().joined(separator: " ")
                result.found(.checkpointMissing, log, "\(place) names \(other)")
            }
        }
    }

    /// Every row of the streams names an act whose envelope says the same, and no act lacks a row.
    private mutating func checkStreams() throws {
        let lacking = try connection.rows(
            """
            SELECT a.act_id FROM act a
            LEFT JOIN (SELECT act_id, count(*) AS streams FROM act_subject GROUP BY act_id) s ON s.act_id = a.act_id
            WHERE coalesce(s.streams, 0) * 17 <> length(a.subjects) ORDER BY a.act_id LIMIT 1000
            """
        ) { try $0.int64(0) }
        for act in lacking { result.found(.streamChanged, log, "act \(act)") }
        try connection.forEach(
            """
            SELECT s.subject_kind, s.subject_id, s.version, s.act_id, a.subjects FROM act_subject s
            JOIN act a ON a.act_id = s.act_id
            """
        ) { row in
            let subjects = SubjectVersion.unpack(try row.blob(4)) ?? []
            let kind = Subject.Kind(rawValue: try row.int64(0))
            let (id, version) = (try row.int64(1), try row.int64(2))
            let isNamed = subjects.contains { entry in
                entry.subject.kind == kind && entry.subject.id == id && entry.version == version
            }
            guard !isNamed else { return }
            let act = try row.int64(3)
            if !lacking.contains(act) { result.found(.streamChanged, log, "act \(act)") }
        }
    }

    /// Entries that have no place and do not wait for one.
    private mutating func findUnlogged() throws {
        let (table, key) = log == .acts ? ("act", "act_id") : ("look", "look_id")
        let unlogged = try connection.rows(
            """
            SELECT e.\(key) FROM \(table) e
            WHERE NOT EXISTS (SELECT 1 FROM log_leaf f WHERE f.log = ? AND f.entry_id = e.\(key))
            AND NOT EXISTS (SELECT 1 FROM log_pending p WHERE p.log = ? AND p.entry_id = e.\(key)) LIMIT 1000
            """, [.integer(log.rawValue), .integer(log.rawValue)]
        ) { try $0.int64(0) }
        for entry in unlogged { result.found(.entryNotLogged, log, "\(table) \(entry)") }
    }
}
