import Civil
import Database
import Ledger

/// Compares the decisions on held rows with the acts that recorded them.
struct DecisionRebuild {
    let connection: Connection
    let writing: Bool

    func run(_ result: inout RebuildResult) throws {
        var stored: [Int64: [SQLValue]] = [:]
        let columns = SheetDecisionStore.columns
        try connection.forEach("SELECT \(columns.joined(separator: ", ")) FROM sheet_decision") { row in
            stored[try row.int64(3)] = columns.indices.map { row[$0] }
        }
        var told: [(act: Int64, values: [SQLValue])] = []
        var damaged: Set<Int64> = []
        try connection.forEach(
            """
            SELECT a.act_id, c.content FROM act a JOIN act_content c ON c.act_id = a.act_id
            WHERE a.kind = ? ORDER BY a.act_id
            """, [.text(ActKind.sheetDecided.rawValue)]
        ) { row in
            let act = try row.int64(0)
            guard let content = try? ActContent(kind: .sheetDecided, canonicalBytes: try row.blob(1)),
                case .sheetDecided(let decision) = content
            else {
                damaged.insert(act)
                return
            }
            told.append((act, SheetDecisionStore.values(decision, act)))
        }
        for act in damaged.sorted() { result.damaged.append("act \(act)") }
        let acts = Set(told.map(\.act)).union(damaged)
        for act in stored.keys.sorted() where !acts.contains(act) {
            result.found(.surplus, "decision of act \(act)")
            if writing { try connection.execute("DELETE FROM sheet_decision WHERE act_id = ?", [.integer(act)]) }
        }
        for (act, values) in told where stored[act] != values {
            result.found(stored[act] == nil ? .missing : .different, "decision of act \(act)")
            guard writing else { continue }
            try connection.execute(
                "DELETE FROM sheet_decision WHERE act_id = ? OR sheet_id = ?", [.integer(act), values[0]])
            try connection.insert(into: "sheet_decision", columns: columns, rows: [values])
        }
    }
}
