import Database

/// The offline receipt of one entry: its place, its proof, and the signed checkpoint that it leads to.
package struct LogReceipt: Hashable, Sendable {
    package let log: LogName
    package let entry: Int64
    package let index: UInt64
    package let checkpoint: StoredCheckpoint
    /// The receipt as text, in the form of C2SP tlog-proof.
    package let text: String
    /// The leaf's data: the salted commitment to the entry.
    package let commitment: Digest32
}

extension LogReader {
    /// Proves that an entry stands in its log, under the last checkpoint; nil while it still waits or does not exist.
    package func receipt(of entry: Int64, in log: LogName) throws -> LogReceipt? {
        guard let index = try index(of: entry, in: log), let checkpoint = try lastCheckpoint(of: log),
            let commitment = try commitment(of: entry, in: log)
        else { return nil }
        let proof = try inclusion(of: index, in: checkpoint.size, log: log)
        let text = try OfflineReceipt(
            index: proof.index, hashes: proof.hashes, note: try SignedNote(parsing: checkpoint.note)
        ).text
        return LogReceipt(
            log: log, entry: entry, index: index, checkpoint: checkpoint, text: text, commitment: commitment)
    }

    /// The data of an entry's leaf, computed anew from the entry.
    private func commitment(of entry: Int64, in log: LogName) throws -> Digest32? {
        switch log {
        case .acts:
            try connection.first("SELECT \(ActStore.columns) FROM act a WHERE a.act_id = ?", [.integer(entry)]) { row in
                try Salted.digest(of: try ActStore.act(from: row).canonicalBytes, salt: try row.blob(10))
            }
        case .looks:
            try connection.first("SELECT \(LookStore.columns) FROM look l WHERE l.look_id = ?", [.integer(entry)]) {
                row in
                let persons = try connection.rows(
                    "SELECT person_id FROM look_person WHERE look_id = ? ORDER BY position", [.integer(entry)]
                ) { try $0.int64(0) }
                let look = try LookStore.look(from: row, persons: persons)
                return try Salted.digest(of: look.canonicalBytes, salt: try row.blob(8))
            }
        }
    }
}
