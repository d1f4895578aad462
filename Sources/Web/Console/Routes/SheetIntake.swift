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

    /// The sheet as it was typed; without a day of collection it was collected today, and who lives nowhere else lives
    /// where they are registered.
    func fields(_ typed: (SheetColumn) -> String) -> [SheetColumn: String] {
        let pairs = SheetColumn.allCases.map { column -> (SheetColumn, String) in
            switch column {
            case .row: (column, "1")
            case .collected where typed(column).isEmpty: (column, DayText.vietnamese(register.surroundings.today))
            case .current where typed(column).isEmpty: (column, typed(.permanent))
            default: (column, typed(column))
            }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    /// What came of a form that was sent before; nil when it was not.
    /// - Throws: `SentBefore.otherContent` when its key was used for another request.
    func made(by form: SentForm, _ requester: Requester) async throws -> Outcome? {
        // A server that ended between the sheet and the note of its form has the sheet by name.
        var batch = try await register.batch(of: form)
        if batch == nil { batch = try await register.batch(named: name(of: form)) }
        guard let batch else { return nil }
        return try await outcome(of: batch, requester)
    }

    private func name(of form: SentForm) -> String { "phieu-\(form.name)" }

    private func outcome(of batch: Batch, _ requester: Requester) async throws -> Outcome {
        let row = try await register.rows(ofBatch: batch, after: 0, by: requester).first
        return Outcome(batch: batch, person: row?.person, place: row?.place ?? 1)
    }

    /// Imports the sheet under a name that follows from the form, so that the same form sent twice is one sheet.
    ///
    /// - Parameter seen: `AlikePerson.mark` of those who come close and are somebody else.
    /// - Throws: `RecordingRefusal.maybeKnown`, `BatchRefusal`, `AccessRefusal`.
    func record(
        _ fields: [SheetColumn: String], once form: SentForm, seen: String?, by requester: Requester
    ) async throws -> Outcome {
        if let made = try await made(by: form, requester) { return made }
        let alike = try await register.alike(toSheet: fields, seen: seen, by: requester)
        guard alike.isEmpty else { throw RecordingRefusal.maybeKnown(alike) }
        let folder = try register.surroundings.newFolder("sheet")
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("\(name(of: form)).csv")
        try Data(csv(fields).utf8).write(to: file)
        let batch = try await register.importBatch(path: file.path, by: requester).batch
        try await register.remember(batch, madeBy: form)
        return try await outcome(of: batch, requester)
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
