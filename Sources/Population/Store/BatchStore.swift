import Civil
import Database

/// Lô phiếu: one file of sheets that a commune handed in.
package struct Batch: Hashable, Sendable {
    package var id: Int64
    /// The file's name without its extension.
    package var name: String
    /// SHA-256 of the file; the same bytes are the same batch.
    package var digest: String
    package var encoding: String
    package var rows: Int
    /// How many rows have their fate.
    package var done: Int
    package var received: Instant
    package var finished: Instant?
}

/// The table of batches, and the one row that lets imports decide one after the other.
struct BatchStore: Sendable {
    private static let columns = "batch_id, name, digest, encoding, rows, done, received_at, finished_at"

    func batch(digest: String, on connection: Connection) throws -> Batch? {
        try find("digest", .text(digest), connection)
    }

    func batch(name: String, on connection: Connection) throws -> Batch? {
        try find("name", .text(name), connection)
    }

    func batch(_ id: Int64, on connection: Connection) throws -> Batch? {
        try find("batch_id", .integer(id), connection)
    }

    func all(on connection: Connection) throws -> [Batch] {
        try connection.rows("SELECT \(BatchStore.columns) FROM batch ORDER BY batch_id", [], BatchStore.batch)
    }

    /// Batches with the office that received each, the newest first; nil where its act is damaged.
    func received(
        before last: Int64?, limit: Int, on connection: Connection
    ) throws -> [(batch: Batch, office: String?)] {
        try connection.rows(
            """
            SELECT \(BatchStore.columns), \(BatchStore.office) FROM batch b
            \(last == nil ? "" : "WHERE b.batch_id < ? ")ORDER BY b.batch_id DESC LIMIT ?
            """, (last.map { [.integer($0)] } ?? []) + [.integer(limit)]
        ) { (try BatchStore.batch($0), try $0.textOrNull(8)) }
    }

    /// The office that received a batch; nil where its act is damaged.
    func office(ofBatch id: Int64, on connection: Connection) throws -> String? {
        try connection.first(
            "SELECT \(BatchStore.office) FROM batch b WHERE b.batch_id = ?", [.integer(id)]
        ) { try $0.textOrNull(0) } ?? nil
    }

    /// The act that received the file is the first of the stream of the batch's row 0.
    private static let office = """
        (SELECT a.office FROM act_subject u JOIN act a ON a.act_id = u.act_id
        WHERE u.subject_kind = 3 AND u.subject_id = b.batch_id * 16777216 AND u.version = 1)
        """

    func nextID(on connection: Connection) throws -> Int64 {
        try connection.first("SELECT coalesce(max(batch_id), 0) + 1 FROM batch") { try $0.int64(0) } ?? 1
    }

    func insert(_ batch: Batch, on connection: Connection) throws {
        try connection.execute(
            "INSERT INTO batch (\(BatchStore.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                .integer(batch.id), .text(batch.name), .text(batch.digest), .text(batch.encoding),
                .integer(Int64(batch.rows)), .integer(Int64(batch.done)), .integer(batch.received.microseconds),
                batch.finished.map { .integer($0.microseconds) } ?? .null,
            ])
    }

    /// Takes the row that every import needs, until the end of the transaction.
    func takeIntake(on connection: Connection) throws {
        try connection.execute("UPDATE intake SET pieces = pieces + 1 WHERE one_row = 1")
    }

    func done(_ id: Int64, on connection: Connection) throws -> Int {
        try connection.first("SELECT done FROM batch WHERE batch_id = ?", [.integer(id)]) { try $0.int(0) } ?? 0
    }

    func advance(
        _ id: Int64, from: Int, to done: Int, of rows: Int, at now: Instant, on connection: Connection
    ) throws {
        try connection.execute(
            "UPDATE batch SET done = ?, finished_at = ? WHERE batch_id = ? AND done = ?",
            [
                .integer(Int64(done)), done == rows ? .integer(now.microseconds) : .null, .integer(id),
                .integer(Int64(from)),
            ])
    }

    private func find(_ column: String, _ value: SQLValue, _ connection: Connection) throws -> Batch? {
        try connection.first(
            "SELECT \(BatchStore.columns) FROM batch WHERE \(column) = ?", [value], BatchStore.batch)
    }

    private static func batch(_ row: Row) throws -> Batch {
        Batch(
            id: try row.int64(0), name: try row.text(1), digest: try row.text(2), encoding: try row.text(3),
            rows: try row.int(4), done: try row.int(5), received: Instant(microseconds: try row.int64(6)),
            finished: try row.int64OrNull(7).map { Instant(microseconds: $0) })
    }
}
