import Civil
import Database
import Ledger

/// Compares the rows of batches with the acts that received their files.
struct BatchRebuild {
    let connection: Connection
    let writing: Bool
    private var batches: [Int64: Batch] = [:]
    private var hasDamage = false
    /// Those whose row is lost or wrong, which is told once.
    private var told: Set<Int64> = []

    init(connection: Connection, writing: Bool) {
        self.connection = connection
        self.writing = writing
    }

    /// Puts back lost rows and names; how far each batch is, only its sheets tell (`finish`).
    mutating func run(_ result: inout RebuildResult) throws {
        try readActs(&result)
        let store = BatchStore()
        var wrong: [Batch] = []
        for batch in batches.values.sorted(by: { $0.id < $1.id }) {
            guard let stored = try store.batch(batch.id, on: connection) else {
                result.found(.missing, "batch \(batch.id)")
                told.insert(batch.id)
                wrong.append(batch)
                continue
            }
            let isRight =
                stored.name == batch.name && stored.digest == batch.digest && stored.encoding == batch.encoding
                && stored.rows == batch.rows && stored.received == batch.received
            if isRight { continue }
            result.found(.different, "batch \(batch.id)")
            told.insert(batch.id)
            wrong.append(batch)
        }
        guard writing else { return }
        // Names and digests are each one batch's: first all wrong ones go.
        for batch in wrong {
            try connection.execute(
                """
                UPDATE batch SET name = 'wrong ' || CAST(batch_id AS TEXT), digest = 'wrong ' || CAST(batch_id AS TEXT)
                WHERE batch_id = ? OR name = ? OR digest = ?
                """, [.integer(batch.id), .text(batch.name), .text(batch.digest)])
        }
        for batch in wrong { try write(batch) }
    }

    private func write(_ batch: Batch) throws {
        let changed = try connection.execute(
            """
            UPDATE batch SET name = ?, digest = ?, encoding = ?, rows = ?, done = 0, received_at = ?, finished_at = NULL
            WHERE batch_id = ?
            """,
            [
                .text(batch.name), .text(batch.digest), .text(batch.encoding), .integer(batch.rows),
                .integer(batch.received.microseconds), .integer(batch.id),
            ])
        if changed == 0 { try BatchStore().insert(batch, on: connection) }
    }

    private mutating func readActs(_ result: inout RebuildResult) throws {
        var damaged: [Int64] = []
        var found: [Int64: Batch] = [:]
        try connection.forEach(
            """
            SELECT a.act_id, a.recorded_at, c.content FROM act a JOIN act_content c ON c.act_id = a.act_id
            WHERE a.kind = ? ORDER BY a.act_id
            """, [.text(ActKind.batchReceived.rawValue)]
        ) { row in
            guard let content = try? ActContent(kind: .batchReceived, canonicalBytes: try row.blob(2)),
                case .batchReceived(let receipt) = content
            else {
                damaged.append(try row.int64(0))
                return
            }
            found[receipt.batch] = Batch(
                id: receipt.batch, name: receipt.name, digest: receipt.digest, encoding: receipt.encoding,
                rows: Int(receipt.rows), done: 0, received: Instant(microseconds: try row.int64(1)), finished: nil)
        }
        batches = found
        hasDamage = !damaged.isEmpty
        for act in damaged { result.damaged.append("act \(act)") }
    }

    /// Compares how far each batch is, and takes away what no act received.
    func finish(_ rows: [Int64: SheetRebuild.BatchRows], _ result: inout RebuildResult) throws {
        for batch in batches.values.sorted(by: { $0.id < $1.id }) {
            let done = min(rows[batch.id]?.count ?? 0, batch.rows)
            guard let stored = try BatchStore().batch(batch.id, on: connection) else { continue }
            // Where the act of the last sheet is damaged nobody knows better than the row.
            let last = rows[batch.id]?.finished ?? stored.finished?.microseconds
            let finished = done == batch.rows ? last : nil
            if stored.done == done, stored.finished?.microseconds == finished { continue }
            if !told.contains(batch.id) { result.found(.different, "batch \(batch.id)") }
            guard writing else { continue }
            try connection.execute(
                "UPDATE batch SET done = ?, finished_at = ? WHERE batch_id = ?",
                [.integer(done), .integerOrNull(finished), .integer(batch.id)])
        }
        guard !hasDamage else { return }
        let stored = try connection.rows("SELECT batch_id FROM batch ORDER BY batch_id") { try $0.int64(0) }
        for id in stored where batches[id] == nil {
            result.found(.surplus, "batch \(id)")
            if writing { try connection.execute("DELETE FROM batch WHERE batch_id = ?", [.integer(id)]) }
        }
    }
}
