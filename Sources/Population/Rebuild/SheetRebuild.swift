import Civil
import Database
import Ledger

/// Compares the rows of batches and their findings with the acts of the sheets.
///
/// A sheet's findings are those of its own act, and those that the acts of later sheets put on it: a finding about two
/// sheets stands on both of them.
struct SheetRebuild {
    /// How many sheets of a batch have their acts, and when the last of these was recorded.
    struct BatchRows {
        private(set) var count = 0
        /// Microseconds since 1970; nil where the last act is damaged.
        private(set) var finished: Int64?
        private var last: Int64 = 0

        mutating func add(act: Int64, recorded: Int64?) {
            count += 1
            guard act > last else { return }
            (last, finished) = (act, recorded)
        }
    }

    let connection: Connection
    let writing: Bool
    private(set) var rowsOfBatches: [Int64: BatchRows] = [:]
    /// What the acts of other sheets say of a sheet.
    private var mirrors: [Int64: [SheetFinding]] = [:]
    /// Sheets whose findings or fate are not those of their own act alone.
    private var open: Set<Int64> = []
    /// Sheets that are not in the table.
    private var missing: Set<Int64> = []

    init(connection: Connection, writing: Bool) {
        self.connection = connection
        self.writing = writing
    }

    mutating func run(_ result: inout RebuildResult) throws {
        try findSurplus(&result)
        var (passed, told) = (self, result)
        try SheetActs(connection: connection).forEach(atOnce: Placeholders.count) { sheets in
            try passed.compare(sheets.filter(\.isOfBatch), &told)
        } damaged: { act in
            try passed.takeDamaged(act, &told)
        }
        (self, result) = (passed, told)
        let all = (open.union(mirrors.keys)).sorted()
        for ids in Placeholders.chunks(all) {
            for sheet in try SheetActs(connection: connection).sheets(ids) { try settle(sheet, &result) }
        }
        try findSurplusFindings(&result)
    }

    /// A damaged act's row stays as it is, and counts among its batch's.
    private mutating func takeDamaged(_ act: Int64, _ result: inout RebuildResult) throws {
        result.damaged.append("act \(act)")
        let sheet = try connection.first("SELECT sheet_id FROM sheet WHERE act_id = ?", [.integer(act)]) {
            try $0.int64(0)
        }
        if let sheet { rowsOfBatches[SheetID.batch(of: sheet), default: BatchRows()].add(act: act, recorded: nil) }
    }

    // MARK: Each sheet for itself

    private mutating func compare(_ sheets: [ToldSheet], _ result: inout RebuildResult) throws {
        result.sheets += sheets.count
        let ids = sheets.map(\.id)[...]
        let rows = try storedRows(ids)
        let findings = try storedFindings(ids)
        for sheet in sheets {
            rowsOfBatches[SheetID.batch(of: sheet.id), default: BatchRows()].add(
                act: sheet.act, recorded: sheet.recorded)
            for finding in sheet.findings where finding.code.isMutual {
                guard let other = finding.other, other != 0 else { continue }
                var mirror = finding
                mirror.other = sheet.id
                mirrors[other, default: []].append(mirror)
            }
            try compareRow(sheet, rows[sheet.id], &result)
            try compareFindings(sheet, findings[sheet.id] ?? [], &result)
        }
    }

    private mutating func compareRow(_ sheet: ToldSheet, _ stored: [SQLValue]?, _ result: inout RebuildResult) throws {
        let own = sheet.fate(sheet.findings)
        let fate = stored.flatMap { row in
            if case .integer(let value) = row[3] { SheetFate(rawValue: value) } else { nil }
        }
        if fate != own { open.insert(sheet.id) }
        // Its fate is settled once all that others say of it is known.
        if let stored, stored == sheet.values(fate ?? own) { return }
        result.found(stored == nil ? .missing : .different, ToldSheet.place(sheet.id))
        if stored == nil { missing.insert(sheet.id) }
        guard writing else { return }
        open.insert(sheet.id)
        // An act that stands in the wrong row is its own row's again when that one's turn comes.
        try connection.execute(
            "DELETE FROM sheet WHERE sheet_id = ? OR act_id = ?", [.integer(sheet.id), .integer(sheet.act)])
        try connection.insert(into: "sheet", columns: SheetStore.columns, rows: [sheet.values(own)])
    }

    private mutating func compareFindings(
        _ sheet: ToldSheet, _ stored: Set<[SQLValue]>, _ result: inout RebuildResult
    ) throws {
        let told = Set(sheet.findings.map { SheetStore.findingValues(sheet.id, $0) })
        if stored != told { open.insert(sheet.id) }
        for row in told.subtracting(stored) {
            result.found(.missing, "finding of \(ToldSheet.place(sheet.id))")
            if writing { try write(row) }
        }
    }

    // MARK: What others say of it

    private mutating func settle(_ sheet: ToldSheet, _ result: inout RebuildResult) throws {
        let said = mirrors[sheet.id] ?? []
        let own = Set(sheet.findings.map { SheetStore.findingValues(sheet.id, $0) })
        let told = own.union(said.map { SheetStore.findingValues(sheet.id, $0) })
        let stored = try storedFindings([sheet.id])[sheet.id] ?? []
        for row in told.subtracting(own).subtracting(stored) {
            result.found(.missing, "finding of \(ToldSheet.place(sheet.id))")
            if writing { try write(row) }
        }
        for row in stored.subtracting(told) {
            // With the same key and other candidates it has been written over.
            result.found(.surplus, "finding of \(ToldSheet.place(sheet.id))")
            guard writing else { continue }
            try connection.execute(SheetRebuild.deletion, Array(row.prefix(4)))
        }
        let fate = sheet.fate(sheet.findings + said)
        guard try storedRows([sheet.id])[sheet.id] != sheet.values(fate) else { return }
        if !missing.contains(sheet.id) { result.found(.different, "fate of \(ToldSheet.place(sheet.id))") }
        guard writing else { return }
        try connection.execute(
            "UPDATE sheet SET fate = ? WHERE sheet_id = ?", [.integer(fate.rawValue), .integer(sheet.id)])
    }

    // MARK: Surplus

    private func findSurplus(_ result: inout RebuildResult) throws {
        let surplus = try connection.rows(
            """
            SELECT sheet_id FROM sheet s WHERE NOT EXISTS (
                SELECT 1 FROM act a WHERE a.act_id = s.act_id AND a.kind IN ('collected', 'sheet_held'))
            """
        ) { try $0.int64(0) }
        for sheet in surplus {
            result.found(.surplus, ToldSheet.place(sheet))
            if writing { try connection.execute("DELETE FROM sheet WHERE sheet_id = ?", [.integer(sheet)]) }
        }
    }

    private func findSurplusFindings(_ result: inout RebuildResult) throws {
        let surplus = try connection.rows(
            """
            SELECT DISTINCT f.sheet_id FROM sheet_finding f WHERE NOT EXISTS (
                SELECT 1 FROM sheet s WHERE s.sheet_id = f.sheet_id)
            """
        ) { try $0.int64(0) }
        // The findings of a sheet that is missing itself are told of with it.
        for sheet in surplus where !missing.contains(sheet) {
            result.found(.surplus, "finding of \(ToldSheet.place(sheet))")
            if writing { try connection.execute("DELETE FROM sheet_finding WHERE sheet_id = ?", [.integer(sheet)]) }
        }
    }

    // MARK: Rows

    private static let deletion =
        "DELETE FROM sheet_finding WHERE sheet_id = ? AND code = ? AND field = ? AND other = ?"

    private func write(_ finding: [SQLValue]) throws {
        try connection.execute(SheetRebuild.deletion, Array(finding.prefix(4)))
        try connection.insert(into: "sheet_finding", columns: SheetStore.findingColumns, rows: [finding])
    }

    private func storedRows(_ ids: ArraySlice<Int64>) throws -> [Int64: [SQLValue]] {
        let rows = try connection.rows(
            "SELECT \(SheetStore.columns.joined(separator: ", ")) FROM sheet WHERE sheet_id IN \(Placeholders.list)",
            Placeholders.padded(ids)
        ) { row in (try row.int64(0), SheetStore.columns.indices.map { row[$0] }) }
        return Dictionary(rows) { first, _ in first }
    }

    private func storedFindings(_ ids: ArraySlice<Int64>) throws -> [Int64: Set<[SQLValue]>] {
        let columns = SheetStore.findingColumns
        var findings: [Int64: Set<[SQLValue]>] = [:]
        try connection.forEach(
            "SELECT \(columns.joined(separator: ", ")) FROM sheet_finding WHERE sheet_id IN \(Placeholders.list)",
            Placeholders.padded(ids)
        ) { row in findings[try row.int64(0), default: []].insert(columns.indices.map { row[$0] }) }
        return findings
    }
}
