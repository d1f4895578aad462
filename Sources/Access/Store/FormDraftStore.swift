import Civil
import Database
import Foundation
import Ledger

/// Drafts of officers, and the sums of their offices' fields.
struct FormDraftStore {
    func save(_ draft: FormDraft, of officer: Int64, on connection: Connection) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try connection.execute(
            """
            INSERT INTO form_draft (officer_id, path, fields, about, saved_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (officer_id, path) DO UPDATE SET fields = excluded.fields,
                about = coalesce(excluded.about, form_draft.about), saved_at = excluded.saved_at
            """,
            [
                .integer(officer), .text(draft.path), .blob(Array(try encoder.encode(draft.fields))),
                .textOrNull(draft.about), .integer(draft.saved.microseconds),
            ])
        try connection.execute(
            """
            DELETE FROM form_draft WHERE officer_id = ? AND (saved_at <= ? OR path NOT IN (
                SELECT path FROM form_draft WHERE officer_id = ? ORDER BY saved_at DESC, path LIMIT ?))
            """,
            [
                .integer(officer), .integer(draft.saved.microseconds - FormDraft.kept), .integer(officer),
                .integer(Int64(FormDraft.most)),
            ])
    }

    func remove(_ path: String, of officer: Int64, on connection: Connection) throws {
        try connection.execute(
            "DELETE FROM form_draft WHERE officer_id = ? AND path = ?", [.integer(officer), .text(path)])
    }

    func draft(_ path: String, of officer: Int64, _ connection: Connection) throws -> FormDraft? {
        try connection.first(
            "SELECT fields, about, saved_at FROM form_draft WHERE officer_id = ? AND path = ?",
            [.integer(officer), .text(path)]
        ) { row in
            FormDraft(
                path: path, fields: try JSONDecoder().decode([String: String].self, from: Data(row.blob(0))),
                about: try row.textOrNull(1), saved: Instant(microseconds: try row.int64(2)))
        }
    }

    /// Where there are drafts and since when, without what was typed; the newest first.
    func saved(
        of officer: Int64, after oldest: Instant, _ connection: Connection
    ) throws -> [FormDraft.Place] {
        try connection.rows(
            """
            SELECT path, about, saved_at FROM form_draft WHERE officer_id = ? AND saved_at > ?
            ORDER BY saved_at DESC, path
            """, [.integer(officer), .integer(oldest.microseconds)]
        ) { row in
            FormDraft.Place(
                path: try row.text(0), about: try row.textOrNull(1), saved: Instant(microseconds: try row.int64(2)))
        }
    }

    // MARK: Sums

    func add(_ count: TypingCount, office: String, day: CalendarDate, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO office_typing (office, day, from_register, typed) VALUES (?, ?, ?, ?)
            ON CONFLICT (office, day) DO UPDATE SET
                from_register = office_typing.from_register + excluded.from_register,
                typed = office_typing.typed + excluded.typed
            """,
            [
                .text(office), .text(day.description), .integer(Int64(count.fromRegister)),
                .integer(Int64(count.typed)),
            ])
    }

    func typing(ofOffice office: String, since day: CalendarDate, _ connection: Connection) throws -> TypingCount {
        try connection.rows(
            "SELECT from_register, typed FROM office_typing WHERE office = ? AND day >= ?",
            [.text(office), .text(day.description)]
        ) { TypingCount(fromRegister: try $0.int(0), typed: try $0.int(1)) }
        .reduce(TypingCount(fromRegister: 0, typed: 0)) { sum, day in
            TypingCount(fromRegister: sum.fromRegister + day.fromRegister, typed: sum.typed + day.typed)
        }
    }
}
