import Civil
import Database

/// Moves committed entries to consecutive places in their log, grows the tree and signs a checkpoint.
///
/// Any process may run it: the log's row of state is taken first, so that one at a time gives out places. Pending
/// entries are taken in the order of their numbers.
package struct Sequencer: Sendable {
    /// How often entries that wait get their places, so that each is under a checkpoint within two seconds.
    package static let interval = Duration.seconds(1)

    /// How many entries get their places in one transaction.
    static let batch = 16_384

    private let database: Database
    private let keys: [LogName: LogSigningKey]
    private let surroundings: Surroundings

    package init(database: Database, keys: [LogName: LogSigningKey], surroundings: Surroundings) {
        self.database = database
        self.keys = keys
        self.surroundings = surroundings
    }

    /// Integrates everything that waits, in both logs, and signs what grew.
    ///
    /// Returns how many entries got their places.
    @discardableResult
    package func integrate() async throws -> Int {
        var total = 0
        for log in LogName.allCases {
            while true {
                let count = try await integrateBatch(of: log)
                total += count
                if count < Sequencer.batch { break }
            }
        }
        return total
    }

    /// How many entries wait for their places.
    package func waiting() async throws -> Int {
        try await database.read { connection in
            try connection.first("SELECT count(*) FROM log_pending") { try $0.int(0) } ?? 0
        }
    }

    private func integrateBatch(of log: LogName) async throws -> Int {
        let waits = try await database.read { connection in
            try connection.first(
                "SELECT 1 FROM log_pending WHERE log = ? LIMIT 1", [.integer(log.rawValue)], { _ in true }) ?? false
        }
        guard waits else { return 0 }
        guard let key = keys[log] else { throw LogFault.noKey(log) }
        let now = surroundings.now()
        return try await database.writeBulk { connection in
            try LogWriter(log: log, connection: connection).integrate(atMost: Sequencer.batch, key: key, now: now)
        }
    }
}

/// Grows one log inside a transaction.
private struct LogWriter {
    let log: LogName
    let connection: Connection

    func integrate(atMost most: Int, key: LogSigningKey, now: Instant) throws -> Int {
        guard let state = try takeState() else { throw LogFault.notCreated(log) }
        let entries = try takePending(most)
        guard !entries.isEmpty else { return 0 }
        let tiles = TileStore(log: log, connection: connection)
        var tree = try TreeFrontier(size: state.size, reading: tiles)
        let changed = try tree.append(entries.map(\.hash))
        try tiles.write(changed)
        try connection.insert(
            into: "log_leaf", columns: ["log", "leaf_index", "entry_id"],
            rows: entries.enumerated().map { offset, entry in
                [.integer(log.rawValue), .integer(Int64(state.size) + Int64(offset)), .integer(entry.id)]
            })
        try connection.execute(
            "UPDATE log_state SET size = ? WHERE log = ?", [.integer(Int64(tree.size)), .integer(log.rawValue)])
        try sign(tree, origin: state.origin, key: key, now: now)
        return entries.count
    }

    /// Takes the log's row until the end of the transaction.
    private func takeState() throws -> (origin: String, size: UInt64)? {
        try connection.execute("UPDATE log_state SET size = size WHERE log = ?", [.integer(log.rawValue)])
        return try connection.first("SELECT origin, size FROM log_state WHERE log = ?", [.integer(log.rawValue)]) {
            (try $0.text(0), UInt64(try $0.int64(1)))
        }
    }

    /// The first entries that wait, by a range of their key: PostgreSQL knows this table as empty, as it nearly always
    /// is, and would join a list of them row by row with itself, minutes long where ten thousands wait.
    private func takePending(_ most: Int) throws -> [(id: Int64, hash: Digest32)] {
        let entries = try connection.rows(
            """
            DELETE FROM log_pending WHERE log = ? AND entry_id <= (
                SELECT max(entry_id) FROM (
                    SELECT entry_id FROM log_pending WHERE log = ? ORDER BY entry_id LIMIT ?) AS first)
            RETURNING entry_id, leaf_hash
            """, [.integer(log.rawValue), .integer(log.rawValue), .integer(Int64(most))]
        ) { row -> (id: Int64, hash: Digest32) in
            guard let hash = Digest32(try row.blob(1)) else {
                throw DamagedEntry(entry: try row.int64(0), reason: "its leaf hash has the wrong length")
            }
            return (try row.int64(0), hash)
        }
        return entries.sorted { $0.id < $1.id }
    }

    private func sign(_ tree: TreeFrontier, origin: String, key: LogSigningKey, now: Instant) throws {
        // Its own log's last as well: a checkpoint that is taken away is missed by the one behind it.
        var extensions: [String] = []
        for named in LogName.allCases {
            if let last = try LogReader(connection: connection).lastCheckpoint(of: named) {
                extensions.append("\(named.text) \(last.size) \(last.root.base64)")
            }
        }
        let checkpoint = try Checkpoint(
            origin: try LogOrigin(origin), size: tree.size, root: tree.root, extensions: extensions)
        let note = try checkpoint.signed(by: key)
        try connection.execute(
            "INSERT INTO log_checkpoint (log, size, root, issued_at, note) VALUES (?, ?, ?, ?, ?)",
            [
                .integer(log.rawValue), .integer(Int64(tree.size)), .blob(tree.root.bytes), .integer(now.microseconds),
                .text(note.serialised),
            ])
    }
}

/// What is wrong with the log as a whole.
package enum LogFault: Error, Hashable, Sendable {
    case notCreated(LogName)
    /// There is no key to sign this log's checkpoints with.
    case noKey(LogName)
    /// A tile that the tree must have is not there or too short.
    case tileMissing(String)
}
