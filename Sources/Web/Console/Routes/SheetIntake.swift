import Access
import Civil
import Foundation
import Ledger
import Population

/// Tiếp nhận một phiếu DC01: one sheet is a batch of one row, so that it is read, compared and kept like all others.
struct SheetIntake: Sendable {
    let register: PopulationRegister

    /// Kết quả: the person that the sheet became, or the row that waits.
    struct Outcome: Sendable {
        let batch: Batch
        let person: String?
        let place: Int
    }

    /// The sheet as it was typed; without a day of collection it was collected today.
    func fields(_ typed: (SheetColumn) -> String) -> [SheetColumn: String] {
        let pairs = SheetColumn.allCases.map { column -> (SheetColumn, String) in
            switch column {
            case .row: (column, "1")
            case .collected where typed(column).isEmpty: (column, DayText.vietnamese(register.surroundings.today))
            default: (column, typed(column))
            }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    /// Imports the sheet under a name that follows from the form, so that the same form sent twice is one sheet.
    ///
    /// - Parameter seen: `AlikePerson.mark` of those who come close and are somebody else.
    /// - Throws: `RecordingRefusal.maybeKnown`, `BatchRefusal`, `AccessRefusal`.
    func record(
        _ fields: [SheetColumn: String], once form: SentForm, seen: String?, by requester: Requester
    ) async throws -> Outcome {
        let name = "phieu-\(form.name)"
        let alike = try await register.alike(toSheet: fields, seen: seen, by: requester)
        // A form that comes twice finds the person that it made.
        if !alike.isEmpty, try await register.batch(named: name) == nil {
            throw RecordingRefusal.maybeKnown(alike)
        }
        let folder = try register.surroundings.newFolder("sheet")
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("\(name).csv")
        try Data(csv(fields).utf8).write(to: file)
        let batch = try await register.importBatch(path: file.path, by: requester).batch
        let row = try await register.rows(ofBatch: batch, after: 0, by: requester).first
        return Outcome(batch: batch, person: row?.person, place: row?.place ?? 1)
    }

    private func csv(_ values: [SheetColumn: String]) -> String {
        let columns = SheetColumn.allCases
        func line(_ fields: [String]) -> String {
            fields.map { field in
                let text = field.replacing("\r", with: " ").replacing("\n", with: " ")
                return "\"" + text.replacing("\"", with: "\"\"") + "\""
            }.joined(separator: ",") + "\n"
        }
        return line(columns.map(\.rawValue)) + line(columns.map { values[$0] ?? "" })
    }
}
