import Civil
import Ledger
import Population

/// Bản xuất nhật ký: entries as CSV (RFC 4180), in UTF-8 with its mark, so that spreadsheets show Vietnamese.
enum AuditCSV {
    static func text(_ entries: [AuditEntry]) -> String {
        let head = ["entry", "at", "account", "role", "office", "kind", "purpose", "legal_basis", "fields", "persons"]
        let rows = entries.map { entry in
            [
                String(entry.id), entry.at.iso, entry.actor.account, entry.actor.role, entry.actor.office,
                entry.kind?.rawValue ?? "", entry.purpose ?? "", entry.legalBasis,
                entry.fields.joined(separator: " "), entry.persons.joined(separator: " "),
            ]
        }
        return "\u{FEFF}"
            + ([head] + rows).map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
    }

    /// Quoted always; what a spreadsheet would take for a formula has an apostrophe before it.
    static func cell(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        return "\"" + (isFormula ? "'" : "") + text.replacing("\"", with: "\"\"") + "\""
    }
}
