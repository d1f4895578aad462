import Database

/// Who is named as father, mother or spouse of whom, and whose number is named before anybody has it.
///
/// A projection of the records: both tables follow from the state of the person who names the others.
struct RelativeStore: Sendable {
    /// The rows of one person's record.
    struct Rows: Hashable {
        /// Whom the record is linked to.
        var linked: Set<[SQLValue]> = []
        /// The numbers that it names of people to whom it is not linked.
        var awaited: Set<[SQLValue]> = []

        init() {}

        init(_ state: PersonState) {
            for role in RelativeRole.allCases {
                guard let reference = state.reference(to: role) else { continue }
                if let person = reference.person {
                    linked.insert([.integer(person), .text(role.rawValue), .integer(state.person)])
                } else if let number = reference.number, number.utf8.count == 12 {
                    awaited.insert([.text(number), .text(role.rawValue), .integer(state.person)])
                }
            }
        }
    }

    /// A record that names a number.
    struct Awaiting: Hashable {
        var number: String
        var role: RelativeRole
        var person: Int64
    }

    static let migration = Migration(
        id: "population-018",
        sql: """
            -- Whose number is named as father's, mother's or spouse's by a record that is not linked to its holder.
            CREATE TABLE awaited_relative (
                number TEXT NOT NULL CHECK (length(number) = 12),
                kind TEXT NOT NULL CHECK (kind IN ('father', 'mother', 'spouse')),
                person_id {int} NOT NULL,
                PRIMARY KEY (number, kind, person_id)
            ) {strict_without_rowid};
            CREATE INDEX awaited_relative_by_person ON awaited_relative (person_id);

            """ + RelativeRole.allCases.map(\.rawValue).map(filling).joined(separator: "\n"))

    /// Takes the numbers from the records that are there.
    private static func filling(_ role: String) -> String {
        """
        -- @sqlite
        INSERT INTO awaited_relative SELECT json_extract(state, '$.\(role).number'), '\(role)', person_id FROM person
        WHERE length(json_extract(state, '$.\(role).number')) = 12 AND json_extract(state, '$.\(role).person') IS NULL;
        -- @end
        -- @postgresql
        INSERT INTO awaited_relative SELECT state::json #>> '{\(role),number}', '\(role)', person_id FROM person
        WHERE length(state::json #>> '{\(role),number}') = 12 AND state::json #>> '{\(role),person}' IS NULL;
        -- @end

        """
    }

    // MARK: Writing

    /// Writes the rows of records that have none yet.
    func insert(_ states: [PersonState], on connection: Connection) throws {
        try insert(states.map(Rows.init), on: connection)
    }

    /// Writes the rows of a record anew; few acts touch the family.
    func update(_ state: PersonState, from previous: PersonState?, on connection: Connection) throws {
        let rows = Rows(state)
        if let previous, Rows(previous) == rows { return }
        try replace(rows, of: state.person, on: connection)
    }

    func replace(_ rows: Rows, of person: Int64, on connection: Connection) throws {
        for table in RelativeStore.tables {
            try connection.execute("DELETE FROM \(table) WHERE person_id = ?", [.integer(person)])
        }
        try insert([rows], on: connection)
    }

    private func insert(_ rows: [Rows], on connection: Connection) throws {
        try connection.insert(
            into: "relative", columns: ["relative_id", "kind", "person_id"], rows: rows.flatMap(\.linked))
        try connection.insert(
            into: "awaited_relative", columns: ["number", "kind", "person_id"], rows: rows.flatMap(\.awaited))
    }

    // MARK: Reading

    private static let tables = ["relative", "awaited_relative"]

    func rows(of person: Int64, on connection: Connection) throws -> Rows {
        var rows = Rows()
        rows.linked = Set(
            try connection.rows(
                "SELECT relative_id, kind, person_id FROM relative WHERE person_id = ?", [.integer(person)]
            ) { row in [row[0], row[1], row[2]] })
        rows.awaited = Set(
            try connection.rows(
                "SELECT number, kind, person_id FROM awaited_relative WHERE person_id = ?", [.integer(person)]
            ) { row in [row[0], row[1], row[2]] })
        return rows
    }

    /// Persons with rows and without a record.
    func orphans(on connection: Connection) throws -> [Int64] {
        var orphans: Set<Int64> = []
        for table in RelativeStore.tables {
            orphans.formUnion(
                try connection.rows(
                    """
                    SELECT DISTINCT r.person_id FROM \(table) r WHERE NOT EXISTS (
                        SELECT 1 FROM person p WHERE p.person_id = r.person_id)
                    """
                ) { try $0.int64(0) })
        }
        return orphans.sorted()
    }

    /// The most records that are linked to one person when their number comes: more have no family, but a mistake.
    static let mostUnderNumber: Int64 = 100

    /// Who names one of the numbers and is not linked to its holder.
    func awaiting(_ numbers: [String], on connection: Connection) throws -> [Awaiting] {
        var named: Set<String> = []
        for list in ValueList.lists(of: Set(numbers).sorted().map { .text($0) }) {
            named.formUnion(
                try connection.rows(
                    "SELECT DISTINCT number FROM awaited_relative WHERE number IN \(list.sql)", list.values
                ) { try $0.text(0) })
        }
        return try named.sorted().flatMap { number in
            try connection.rows(
                """
                SELECT kind, person_id FROM awaited_relative WHERE number = ? ORDER BY kind, person_id LIMIT ?
                """, [.text(number), .integer(RelativeStore.mostUnderNumber)]
            ) { row in
                try RelativeRole(rawValue: row.text(0)).map { role in
                    try Awaiting(number: number, role: role, person: row.int64(1))
                }
            }.compactMap { $0 }
        }
    }
}

extension PersonState {
    /// Whom the record names in that role.
    func reference(to role: RelativeRole) -> PersonReference? {
        switch role {
        case .father: father
        case .mother: mother
        case .spouse: spouse
        }
    }
}
