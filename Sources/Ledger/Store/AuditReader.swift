import Civil
import Database

/// Điều kiện kiểm tra nhật ký: which entries of a log to read, the newest first.
package struct AuditFilter: Hashable, Sendable {
    package var account: String?
    package var office: String?
    /// The offices whose entries may be read; nil is all of them.
    package var offices: Set<String>?
    package var person: Int64?
    /// The first instant, and the first one after.
    package var since: Instant?
    package var until: Instant?
    /// Entries before this number alone, for the next page.
    package var before: Int64?
    /// Of acts.
    package var kind: ActKind?
    /// A part of the purpose of a look, or of the legal basis of an act, letter by letter.
    package var words: String?
    /// How the purpose of a look begins.
    package var purposePrefix: String?

    package init() {}
}

/// Reads the entries of both logs by what their envelopes say; contents and what was seen are never read.
package enum AuditReader {
    package static func looks(_ filter: AuditFilter, limit: Int, on connection: Connection) throws -> [Look] {
        var clauses = Clauses(filter, id: "l.look_id", at: "l.at", words: "l.purpose", row: "l")
        if let person = filter.person {
            clauses.add("l.look_id IN (SELECT look_id FROM look_person WHERE person_id = ?)", .integer(person))
        }
        if let prefix = filter.purposePrefix {
            clauses.add("substr(l.purpose, 1, \(prefix.unicodeScalars.count)) = ?", .text(prefix))
        }
        let looks = try connection.rows(
            """
            SELECT \(LookStore.columns) FROM look l WHERE \(clauses.sql) ORDER BY l.look_id DESC LIMIT ?
            """, clauses.values + [.integer(Int64(limit))]
        ) { try LookStore.look(from: $0, persons: []) }
        var persons = [[Int64]](repeating: [], count: looks.count)
        for (look, person) in try connection.queryMany(
            "SELECT person_id FROM look_person WHERE look_id = ? ORDER BY position", looks.map { [.integer($0.id)] },
            { look, row in (look, try row.int64(0)) })
        { persons[look].append(person) }
        return zip(looks, persons).map { look, persons in
            Look(
                id: look.id, at: look.at, actor: look.actor, purpose: look.purpose, legalBasis: look.legalBasis,
                persons: persons, fields: look.fields)
        }
    }

    package static func acts(_ filter: AuditFilter, limit: Int, on connection: Connection) throws -> [Act] {
        var clauses = Clauses(filter, id: "a.act_id", at: "a.recorded_at", words: "a.legal_basis", row: "a")
        if let person = filter.person {
            clauses.add(
                "a.act_id IN (SELECT act_id FROM act_subject WHERE subject_kind = 1 AND subject_id = ?)",
                .integer(person))
        }
        if let kind = filter.kind { clauses.add("a.kind = ?", .text(kind.rawValue)) }
        return try connection.rows(
            """
            SELECT \(ActStore.columns) FROM act a WHERE \(clauses.sql) ORDER BY a.act_id DESC LIMIT ?
            """, clauses.values + [.integer(Int64(limit))]
        ) { try ActStore.act(from: $0) }
    }
}

/// The conditions that both logs have in common, with their values.
private struct Clauses {
    private var conditions = ["1 = 1"]
    private(set) var values: [SQLValue] = []

    var sql: String { conditions.joined(separator: " AND ") }

    init(_ filter: AuditFilter, id: String, at: String, words: String, row: String) {
        if let before = filter.before { add("\(id) < ?", .integer(before)) }
        if let since = filter.since {
            // Numbers begin with the millisecond, so the key's own index leads to the first day.
            add("\(id) >= ?", .integer(since.microseconds / 1000 << 20))
            add("\(at) >= ?", .integer(since.microseconds))
        }
        if let until = filter.until { add("\(at) < ?", .integer(until.microseconds)) }
        if let account = filter.account { add("\(row).account = ?", .text(account)) }
        if let office = filter.office { add("\(row).office = ?", .text(office)) }
        if let offices = filter.offices?.sorted() {
            let marks = offices.map { _ in "?" }.joined(separator: ", ")
            conditions.append(offices.isEmpty ? "1 = 0" : "\(row).office IN (\(marks))")
            values += offices.map { .text($0) }
        }
        // Whether a text has a part is asked in the one way that both engines answer alike.
        if let part = filter.words { add("replace(\(words), ?, '') <> \(words)", .text(part)) }
    }

    mutating func add(_ condition: String, _ value: SQLValue) {
        conditions.append(condition)
        values.append(value)
    }
}
