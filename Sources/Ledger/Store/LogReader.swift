import Civil
import Database

/// A checkpoint as it was signed and stored.
package struct StoredCheckpoint: Hashable, Sendable {
    package let log: LogName
    package let size: UInt64
    package let root: Digest32
    package let issued: Instant
    package let note: String
}

/// Reads the logs: sizes, checkpoints, tiles, places of entries, proofs.
package struct LogReader {
    let connection: Connection

    package init(connection: Connection) {
        self.connection = connection
    }

    /// How many entries have their places.
    package func size(of log: LogName) throws -> UInt64 {
        try connection.first("SELECT size FROM log_state WHERE log = ?", [.integer(log.rawValue)]) {
            UInt64(try $0.int64(0))
        } ?? 0
    }

    package func origin(of log: LogName) throws -> String? {
        try connection.first("SELECT origin FROM log_state WHERE log = ?", [.integer(log.rawValue)]) { try $0.text(0) }
    }

    package func lastCheckpoint(of log: LogName) throws -> StoredCheckpoint? {
        try connection.first(
            "SELECT log, size, root, issued_at, note FROM log_checkpoint WHERE log = ? ORDER BY size DESC LIMIT 1",
            [.integer(log.rawValue)], LogReader.checkpoint)
    }

    package func checkpoints(of log: LogName) throws -> [StoredCheckpoint] {
        try connection.rows(
            "SELECT log, size, root, issued_at, note FROM log_checkpoint WHERE log = ? ORDER BY size",
            [.integer(log.rawValue)], LogReader.checkpoint)
    }

    /// The place of an entry, or nil while it still waits.
    package func index(of entry: Int64, in log: LogName) throws -> UInt64? {
        try connection.first(
            "SELECT leaf_index FROM log_leaf WHERE log = ? AND entry_id = ?",
            [.integer(log.rawValue), .integer(entry)]
        ) { UInt64(try $0.int64(0)) }
    }

    /// The hashes of a tile, as many as it names.
    package func hashes(of tile: TileCoordinate, in log: LogName) throws -> [Digest32] {
        try TileStore(log: log, connection: connection).hashes(of: tile)
    }

    /// Makes proofs for a log at its present size.
    package func inclusion(of index: UInt64, in size: UInt64, log: LogName) throws -> InclusionProof {
        try prover(log).inclusion(of: index, in: size)
    }

    package func consistency(from old: UInt64, to new: UInt64, log: LogName) throws -> ConsistencyProof {
        try prover(log).consistency(from: old, to: new)
    }

    private func prover(_ log: LogName) throws -> TreeProver<TileStore> {
        TreeProver(size: try size(of: log), reading: TileStore(log: log, connection: connection))
    }

    private static func checkpoint(_ row: Row) throws -> StoredCheckpoint {
        let log = LogName(rawValue: try row.int64(0)) ?? .acts
        guard let root = Digest32(try row.blob(2)) else {
            throw DamagedEntry(entry: try row.int64(1), reason: "the checkpoint's root has the wrong length")
        }
        return StoredCheckpoint(
            log: log, size: UInt64(try row.int64(1)), root: root, issued: Instant(microseconds: try row.int64(3)),
            note: try row.text(4))
    }
}
