import Civil
import Database
import Ledger

/// Files, their steps, and the rows of those that are open.
struct DossierStore {
    private static let columns =
        "dossier_id, code, procedure_name, legal_basis, working_days, applicant_handle, applicant_name, office"

    /// The file with this code of an office, or nil.
    func dossier(_ code: DossierCode, office: String, _ connection: Connection) throws -> Dossier? {
        try id(of: code, office: office, connection).flatMap { try dossier($0, connection) }
    }

    func id(of code: DossierCode, office: String, _ connection: Connection) throws -> Int64? {
        try connection.first(
            "SELECT dossier_id FROM dossier WHERE code = ? AND office = ?", [.text(code.text), .text(office)]
        ) { try $0.int64(0) }
    }

    func dossier(_ id: Int64, _ connection: Connection) throws -> Dossier? {
        let steps = try connection.rows(
            """
            SELECT step, stage, officer, account, role, office, stepped_at, note FROM dossier_step
            WHERE dossier_id = ? ORDER BY step
            """, [.integer(id)]
        ) { try DossierStore.step($0, of: id) }
        return try connection.first(
            "SELECT \(DossierStore.columns) FROM dossier WHERE dossier_id = ?", [.integer(id)]
        ) { try DossierStore.dossier($0, steps) }
    }

    /// The open files of an office for one applicant, the first due first.
    func open(ofApplicant handle: String, office: String, _ connection: Connection) throws -> [Dossier] {
        try connection.rows(
            """
            SELECT d.dossier_id FROM dossier d JOIN open_dossier o ON o.dossier_id = d.dossier_id
            WHERE d.applicant_handle = ? AND d.office = ? ORDER BY o.due_on, d.dossier_id LIMIT 20
            """, [.text(handle), .text(office)]
        ) { try $0.int64(0) }.compactMap { try dossier($0, connection) }
    }

    /// Writes a new file with its first step.
    func insert(_ dossier: Dossier, on connection: Connection) throws {
        let (handle, name): (String?, String?) =
            switch dossier.applicant {
            case .person(let handle): (handle, nil)
            case .named(let name): (nil, name)
            }
        try connection.execute(
            "INSERT INTO dossier (\(DossierStore.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                .integer(dossier.id), .text(dossier.code.text), .text(dossier.procedure.rawValue),
                .text(dossier.legalBasis), .integerOrNull(dossier.workingDays.map(Int64.init)), .textOrNull(handle),
                .textOrNull(name), .text(dossier.office),
            ])
        for step in dossier.steps { try insert(step, of: dossier.id, on: connection) }
        try insertOpen(dossier, on: connection)
    }

    /// Writes the file's last step; a lost race is `DatabaseError.uniqueViolation`.
    func append(_ dossier: Dossier, on connection: Connection) throws {
        guard let step = dossier.steps.last else { return }
        try insert(step, of: dossier.id, on: connection)
        try connection.execute("DELETE FROM open_dossier WHERE dossier_id = ?", [.integer(dossier.id)])
        if dossier.isOpen { try insertOpen(dossier, on: connection) }
    }

    private func insert(_ step: DossierStep, of dossier: Int64, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO dossier_step (dossier_id, step, stage, officer, account, role, office, stepped_at, note)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(dossier), .integer(Int64(step.number)), .text(step.stage.rawValue), .text(step.officer),
                .text(step.actor.account), .text(step.actor.role), .text(step.actor.office),
                .integer(step.at.microseconds), .textOrNull(step.note),
            ])
    }

    private func insertOpen(_ dossier: Dossier, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO open_dossier (dossier_id, office, officer, stage, opened_at, due_on)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(dossier.id), .text(dossier.office), .text(dossier.officer), .text(dossier.stage.rawValue),
                .integer(dossier.received.microseconds), .textOrNull(dossier.clock.due?.description),
            ])
    }

    // MARK: Queues

    /// What is asked of an office's open files: one of its queues, from a place on.
    struct Wish {
        let office: String
        let officer: String
        let today: CalendarDate
        let queue: DossierQueue
        let after: ListPlace?
        let limit: Int
    }

    /// The open files of a queue: the first due first, then those without a running clock, oldest first.
    func open(_ wish: Wish, _ connection: Connection) throws -> [DossierLine] {
        let (condition, values) = DossierStore.condition(wish.queue, officer: wish.officer, today: wish.today)
        return try connection.rows(
            """
            SELECT d.dossier_id, d.code, d.procedure_name, o.stage, o.officer, o.opened_at, o.due_on
            FROM open_dossier o JOIN dossier d ON d.dossier_id = o.dossier_id WHERE o.office = ? AND \(condition)
            AND (coalesce(o.due_on, '\(DossierLine.noDay)'), o.opened_at, o.dossier_id)
            > (CAST(? AS TEXT), CAST(? AS BIGINT), CAST(? AS BIGINT))
            ORDER BY coalesce(o.due_on, '\(DossierLine.noDay)'), o.opened_at, o.dossier_id LIMIT ?
            """,
            [.text(wish.office)] + values + [
                .text(wish.after?.values[0] ?? ""), .integer(wish.after?.number(1) ?? 0),
                .integer(wish.after?.number(2) ?? 0), .integer(Int64(wish.limit)),
            ], DossierStore.line)
    }

    /// What holds of the rows of a queue, about the columns of `open_dossier`.
    private static func condition(
        _ queue: DossierQueue, officer: String, today: CalendarDate
    ) -> (sql: String, values: [SQLValue]) {
        switch queue {
        case .all: ("1 = 1", [])
        case .mine: ("officer = ?", [.text(officer)])
        case .overdue: ("due_on < ?", [.text(today.description)])
        case .returned: ("officer = ? AND stage = 'returned'", [.text(officer)])
        }
    }

    func counts(
        office: String, officer: String, today: CalendarDate, _ connection: Connection
    ) throws -> DossierCounts {
        func count(_ queue: DossierQueue) throws -> DossierCounts.Queue {
            let (condition, values) = DossierStore.condition(queue, officer: officer, today: today)
            return try connection.first(
                "SELECT COUNT(*), MIN(due_on) FROM open_dossier WHERE office = ? AND \(condition)",
                [.text(office)] + values
            ) { row in
                DossierCounts.Queue(
                    count: Int(try row.int64(0)),
                    oldestDue: try row.textOrNull(1).flatMap { CalendarDate(iso: $0) })
            } ?? DossierCounts.Queue(count: 0, oldestDue: nil)
        }
        return DossierCounts(
            mine: try count(.mine), overdue: try count(.overdue), returned: try count(.returned), all: try count(.all))
    }

    func countOpen(officer: String, _ connection: Connection) throws -> Int {
        try connection.first("SELECT COUNT(*) FROM open_dossier WHERE officer = ?", [.text(officer)]) {
            Int(try $0.int64(0))
        } ?? 0
    }

    // MARK: Rows

    private static func dossier(_ row: Row, _ steps: [DossierStep]) throws -> Dossier {
        let id = try row.int64(0)
        let applicant: Dossier.Applicant =
            if let handle = try row.textOrNull(5) {
                .person(handle: handle)
            } else {
                .named(try row.text(6))
            }
        guard let code = DossierCode(parsing: try row.text(1)), let procedure = Procedure(rawValue: try row.text(2)),
            let dossier = Dossier(
                id: id, code: code, procedure: procedure, legalBasis: try row.text(3),
                workingDays: try row.int64OrNull(4).map { Int($0) }, applicant: applicant, office: try row.text(7),
                steps: steps)
        else { throw DamagedEntry(entry: id, reason: "its code, procedure or steps cannot be read") }
        return dossier
    }

    private static func step(_ row: Row, of dossier: Int64) throws -> DossierStep {
        guard let stage = DossierStage(rawValue: try row.text(1)) else {
            throw DamagedEntry(entry: dossier, reason: "a stage cannot be read")
        }
        return DossierStep(
            number: Int(try row.int64(0)), stage: stage, officer: try row.text(2),
            actor: Actor(account: try row.text(3), role: try row.text(4), office: try row.text(5)),
            at: Instant(microseconds: try row.int64(6)), note: try row.textOrNull(7))
    }

    private static func line(_ row: Row) throws -> DossierLine {
        guard let code = DossierCode(parsing: try row.text(1)), let procedure = Procedure(rawValue: try row.text(2)),
            let stage = DossierStage(rawValue: try row.text(3))
        else { throw DamagedEntry(entry: try row.int64(0), reason: "its code, procedure or stage cannot be read") }
        return DossierLine(
            id: try row.int64(0), code: code, procedure: procedure, stage: stage, officer: try row.text(4),
            received: Instant(microseconds: try row.int64(5)),
            due: try row.textOrNull(6).flatMap { CalendarDate(iso: $0) })
    }
}
