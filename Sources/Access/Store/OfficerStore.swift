import Civil
import Database

/// Officers and their grants.
struct OfficerStore {
    static let officerColumns = "o.officer_id, o.account, o.name, o.person_id, o.language, o.disabled_at"
    static let grantColumns =
        "g.grant_id, g.officer_id, g.role, g.office, g.since, g.until, g.revoked_at, g.deputy_for"

    func officer(account: String, _ connection: Connection) throws -> Officer? {
        try connection.first(
            "SELECT \(OfficerStore.officerColumns) FROM officer o WHERE o.account = ?", [.text(account)]
        ) { try OfficerStore.officer($0, from: 0) }
    }

    func officer(_ id: Int64, _ connection: Connection) throws -> Officer? {
        try connection.first(
            "SELECT \(OfficerStore.officerColumns) FROM officer o WHERE o.officer_id = ?", [.integer(id)]
        ) { try OfficerStore.officer($0, from: 0) }
    }

    func officers(_ connection: Connection) throws -> [Officer] {
        try connection.rows("SELECT \(OfficerStore.officerColumns) FROM officer o ORDER BY o.account") {
            try OfficerStore.officer($0, from: 0)
        }
    }

    func insert(_ officer: Officer, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO officer (officer_id, account, name, person_id, language, disabled_at) VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(officer.id), .text(officer.account), .text(officer.name), .integerOrNull(officer.person),
                .text(officer.language.rawValue), .integerOrNull(officer.disabled?.microseconds),
            ])
    }

    func setDisabled(_ officer: Int64, at instant: Instant?, on connection: Connection) throws {
        try connection.execute(
            "UPDATE officer SET disabled_at = ? WHERE officer_id = ?",
            [.integerOrNull(instant?.microseconds), .integer(officer)])
    }

    func setPerson(_ officer: Int64, _ person: Int64, on connection: Connection) throws {
        try connection.execute(
            "UPDATE officer SET person_id = ? WHERE officer_id = ?", [.integer(person), .integer(officer)])
    }

    func setLanguage(_ officer: Int64, _ language: Officer.Language, on connection: Connection) throws {
        try connection.execute(
            "UPDATE officer SET language = ? WHERE officer_id = ?", [.text(language.rawValue), .integer(officer)])
    }

    // MARK: Grants

    func grants(of officer: Int64, _ connection: Connection) throws -> [Grant] {
        try connection.rows(
            """
            SELECT \(OfficerStore.grantColumns) FROM officer_grant g WHERE g.officer_id = ?
            ORDER BY g.since, g.grant_id
            """, [.integer(officer)]
        ) { try OfficerStore.grant($0, from: 0) }.compactMap { $0 }
    }

    func grants(inOffice office: String, _ connection: Connection) throws -> [Grant] {
        try connection.rows(
            """
            SELECT \(OfficerStore.grantColumns) FROM officer_grant g
            JOIN officer o ON o.officer_id = g.officer_id
            WHERE g.office = ? AND o.disabled_at IS NULL ORDER BY g.grant_id
            """, [.text(office)]
        ) { try OfficerStore.grant($0, from: 0) }.compactMap { $0 }
    }

    /// The grants of an office with whom they are of, disabled accounts too, by account.
    func holders(
        inOffice office: String, _ connection: Connection
    ) throws -> [(officer: Officer, grant: Grant)] {
        try connection.rows(
            """
            SELECT \(OfficerStore.officerColumns), \(OfficerStore.grantColumns)
            FROM officer_grant g JOIN officer o ON o.officer_id = g.officer_id
            WHERE g.office = ? ORDER BY o.account, g.grant_id
            """, [.text(office)]
        ) { row -> (officer: Officer, grant: Grant)? in
            guard let grant = try OfficerStore.grant(row, from: 6) else { return nil }
            return (officer: try OfficerStore.officer(row, from: 0), grant: grant)
        }.compactMap { $0 }
    }

    /// How many accounts hold a role in each office at an instant.
    func holders(at now: Instant, _ connection: Connection) throws -> [String: Int] {
        let counts = try connection.rows(
            """
            SELECT office, count(DISTINCT officer_id) FROM officer_grant
            WHERE revoked_at IS NULL AND since <= ? AND until > ? GROUP BY office
            """, [.integer(now.microseconds), .integer(now.microseconds)]
        ) { row in (try row.text(0), try row.int(1)) }
        return Dictionary(counts) { first, _ in first }
    }

    func insert(_ grant: Grant, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO officer_grant (grant_id, officer_id, role, office, since, until, revoked_at, deputy_for)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(grant.id), .integer(grant.officer), .text(grant.role.rawValue), .text(grant.office),
                .integer(grant.since.microseconds), .integer(grant.until.microseconds),
                .integerOrNull(grant.revoked?.microseconds), .integerOrNull(grant.deputyFor),
            ])
    }

    func revoke(_ grant: Int64, at now: Instant, on connection: Connection) throws {
        try connection.execute(
            "UPDATE officer_grant SET revoked_at = ? WHERE grant_id = ? AND revoked_at IS NULL",
            [.integer(now.microseconds), .integer(grant)])
    }

    // MARK: Rows

    static func officer(_ row: Row, from first: Int) throws -> Officer {
        Officer(
            id: try row.int64(first), account: try row.text(first + 1), name: try row.text(first + 2),
            person: try row.int64OrNull(first + 3), language: .init(rawValue: try row.text(first + 4)) ?? .vietnamese,
            disabled: try row.int64OrNull(first + 5).map { Instant(microseconds: $0) })
    }

    /// Nil for a role that this program does not know: it gives nothing.
    static func grant(_ row: Row, from first: Int) throws -> Grant? {
        guard let role = Role(rawValue: try row.text(first + 2)) else { return nil }
        return Grant(
            id: try row.int64(first), officer: try row.int64(first + 1), role: role, office: try row.text(first + 3),
            since: Instant(microseconds: try row.int64(first + 4)),
            until: Instant(microseconds: try row.int64(first + 5)),
            revoked: try row.int64OrNull(first + 6).map { Instant(microseconds: $0) },
            deputyFor: try row.int64OrNull(first + 7))
    }
}
