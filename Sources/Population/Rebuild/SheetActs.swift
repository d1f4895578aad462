import Civil
import Database
import Ledger

/// A row of a batch as its act tells it.
struct ToldSheet {
    /// 0 for a person whom an officer's decision made out of a held sheet; the row is the held sheet's.
    let id: Int64
    let row: Int
    let act: Int64
    let recorded: Int64
    let person: Int64?
    let household: Int64?
    /// Of a held row, as its column has it.
    let places: String?
    let findings: [SheetFinding]
    let keys: [UInt64]

    var isHeld: Bool { person == nil }
    /// Whether a row of a batch is its own.
    var isOfBatch: Bool { id != 0 }

    /// The fate that these findings give the row.
    func fate(_ findings: [SheetFinding]) -> SheetFate {
        // Whoever became a person is accepted, whatever another sheet says later.
        isHeld ? .held : min(SheetFate.of(findings), .acceptedWithFindings)
    }

    func values(_ fate: SheetFate) -> [SQLValue] {
        [
            .integer(id), .integer(SheetID.batch(of: id)), .integer(row), .integer(fate.rawValue),
            .integerOrNull(person), .integerOrNull(household), .integer(act),
            .textOrNull(places),
        ]
    }

    static func place(_ sheet: Int64) -> String { "sheet \(SheetID.batch(of: sheet))/\(SheetID.row(of: sheet))" }
}

/// Reads the acts of sheets, many at a time, so that memory stays flat.
struct SheetActs {
    let connection: Connection

    private static let columns = "a.act_id, a.kind, a.recorded_at, c.content"

    /// Every sheet in the order of its act; what cannot be understood is handed on as the number of its act.
    func forEach(
        atOnce size: Int, _ body: ([ToldSheet]) throws -> Void, damaged: (Int64) throws -> Void
    ) throws {
        var sheets: [ToldSheet] = []
        try connection.forEach(
            """
            SELECT \(SheetActs.columns) FROM act a JOIN act_content c ON c.act_id = a.act_id
            WHERE a.kind IN ('collected', 'sheet_held') ORDER BY a.act_id
            """
        ) { row in
            guard let sheet = try SheetActs.sheet(row) else { return try damaged(try row.int64(0)) }
            sheets.append(sheet)
            guard sheets.count == size else { return }
            try body(sheets)
            sheets.removeAll(keepingCapacity: true)
        }
        if !sheets.isEmpty { try body(sheets) }
    }

    /// The sheets that stand in the table under these numbers, as the acts tell them.
    func sheets(_ ids: ArraySlice<Int64>) throws -> [ToldSheet] {
        try connection.rows(
            """
            SELECT \(SheetActs.columns), s.sheet_id FROM sheet s JOIN act a ON a.act_id = s.act_id
            JOIN act_content c ON c.act_id = s.act_id WHERE s.sheet_id IN \(Placeholders.list)
            """, Placeholders.padded(ids)
        ) { row in
            let id = try row.int64(4)
            return try SheetActs.sheet(row).flatMap { $0.id == id ? $0 : nil }
        }.compactMap { $0 }
    }

    private static func sheet(_ row: Row) throws -> ToldSheet? {
        guard let kind = ActKind(rawValue: try row.text(1)),
            let content = try? ActContent(kind: kind, canonicalBytes: try row.blob(3)),
            let source = content.sheetSource
        else { return nil }
        var person: Int64?
        var household: Int64?
        if case .collected(let sheet) = content { (person, household) = (sheet.person, sheet.household) }
        return ToldSheet(
            id: source.id, row: source.row, act: try row.int64(0), recorded: try row.int64(2), person: person,
            household: household, places: person == nil ? SheetPlaces.text(content.residences) : nil,
            findings: source.findings, keys: Set(content.identityFacts?.keys ?? []).sorted())
    }
}
