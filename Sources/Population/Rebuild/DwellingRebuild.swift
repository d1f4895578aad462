import Database
import Ledger

/// Compares the index of dwellings with the addresses that acts state.
struct DwellingRebuild {
    let connection: Connection
    let writing: Bool
    /// Rows that acts tell and that stand in the table.
    private(set) var standing = 0

    mutating func compare(_ subject: Subject, _ stream: [RecordedAct], _ result: inout RebuildResult) throws {
        for row in Set(stream.flatMap { DwellingStore.rows(of: $0.content, in: subject) }) {
            if try stands(row) {
                standing += 1
                continue
            }
            result.found(.missing, DwellingRebuild.place(row))
            guard writing else { continue }
            try DwellingStore().note([row], on: connection)
            standing += 1
        }
    }

    private static func place(_ row: DwellingStore.Row) -> String {
        "dwelling of \(row.subject.kind) \(row.subject.id)"
    }

    private func stands(_ row: DwellingStore.Row) throws -> Bool {
        try connection.first(
            "SELECT 1 FROM dwelling_subject WHERE dwelling = ? AND subject_kind = ? AND subject_id = ?", row.values
        ) { _ in true } ?? false
    }

    /// Rows that no act tells; looked for only when there are more of them than acts tell.
    func findSurplus(_ acts: ActStore, _ result: inout RebuildResult) throws {
        let count = try connection.first("SELECT count(*) FROM dwelling_subject") { try $0.int(0) } ?? 0
        guard count > standing else { return }
        let streams = Streams(acts: acts, connection: connection)
        var surplus: [DwellingStore.Row] = []
        try connection.forEach("SELECT dwelling, subject_kind, subject_id FROM dwelling_subject") { stored in
            guard let kind = Subject.Kind(rawValue: try stored.int64(1)) else { return }
            let row = DwellingStore.Row(dwelling: try stored.int64(0), subject: Subject(kind, try stored.int64(2)))
            // A stream that cannot be read says nothing against the row.
            guard let told = try? streams.acts(of: row.subject) else { return }
            if !told.contains(where: { DwellingStore.rows(of: $0.content, in: row.subject).contains(row) }) {
                surplus.append(row)
            }
        }
        for row in surplus {
            result.found(.surplus, DwellingRebuild.place(row))
            guard writing else { continue }
            try connection.execute(
                "DELETE FROM dwelling_subject WHERE dwelling = ? AND subject_kind = ? AND subject_id = ?", row.values)
        }
    }
}
