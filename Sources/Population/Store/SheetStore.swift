import Database

/// The rows of batches: fates, findings, and the keys under which they are found again.
struct SheetStore: Sendable {
    func insert(
        _ sheets: [[SQLValue]], findings: [[SQLValue]], keys: [[SQLValue]], on connection: Connection
    ) throws {
        try connection.insert(
            into: "sheet", columns: SheetStore.columns, rows: sheets)
        try connection.insert(into: "sheet_finding", columns: SheetStore.findingColumns, rows: findings)
        try connection.insert(into: "match_key", columns: ["match_key", "sheet_id", "person_id"], rows: keys)
    }

    /// Adds a finding to a sheet that was there before; an accepted row becomes one with findings.
    func mark(_ sheet: Int64, _ finding: SheetFinding, on connection: Connection) throws {
        let places = Array(repeating: "?", count: SheetStore.findingColumns.count).joined(separator: ", ")
        try connection.execute(
            """
            INSERT INTO sheet_finding (\(SheetStore.findingColumns.joined(separator: ", "))) VALUES (\(places))
            ON CONFLICT DO NOTHING
            """, SheetStore.findingValues(sheet, finding))
        guard finding.code.weight != .noted else { return }
        try MeasureStore().refresh(ofSheet: sheet, on: connection)
        try connection.execute(
            "UPDATE sheet SET fate = ? WHERE sheet_id = ? AND fate = ?",
            [
                .integer(SheetFate.acceptedWithFindings.rawValue), .integer(sheet),
                .integer(SheetFate.accepted.rawValue),
            ])
    }

    static let columns = [
        "sheet_id", "batch_id", "row_number", "fate", "person_id", "household_id", "act_id", "places",
    ]

    /// What was found on a sheet, as far as it can say something against the record.
    func findings(of sheet: Int64, on connection: Connection) throws -> [OpenFinding] {
        try connection.rows(
            "SELECT DISTINCT code, field FROM sheet_finding WHERE sheet_id = ? ORDER BY code, field", [.integer(sheet)]
        ) { row in
            let field = try row.text(1)
            return FindingCode(rawValue: try row.text(0)).map { OpenFinding(code: $0, field: field) }
        }.compactMap { $0 }
    }

    static let findingColumns = ["sheet_id", "code", "field", "other", "candidates"]

    static func findingValues(_ sheet: Int64, _ finding: SheetFinding) -> [SQLValue] {
        [
            .integer(sheet), .text(finding.code.rawValue), .text(finding.field ?? ""), .integer(finding.other ?? 0),
            .text((finding.candidates ?? []).joined(separator: "|")),
        ]
    }
}
