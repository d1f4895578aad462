import Database

/// The decisions on held rows: a projection of the acts that recorded them.
struct SheetDecisionStore: Sendable {
    static let columns = ["sheet_id", "verdict", "person_id", "act_id"]

    static let migration = Migration(
        id: "population-012",
        sql: """
            -- What an officer decided on a row that an import held; the row itself stays held, as the import left it.
            CREATE TABLE sheet_decision (
                sheet_id {int} NOT NULL PRIMARY KEY,
                verdict {int} NOT NULL CHECK (verdict IN (1, 2, 3)),
                person_id {int},
                act_id {int} NOT NULL UNIQUE,
                CHECK ((verdict = 3) = (person_id IS NULL))
            ) {strict};
            CREATE INDEX sheet_held ON sheet (sheet_id) WHERE fate = 3;
            """)

    static let places = Migration(
        id: "population-027",
        sql: """
            -- Where the people of a held row live, as its sheet says; rows of before have none until a rebuild.
            ALTER TABLE sheet ADD COLUMN places TEXT;
            CREATE INDEX sheet_held_places ON sheet (batch_id, places) WHERE fate = 3;
            """)

    /// What a query on `sheet s` adds to see rows that nobody has decided on.
    static let open = "s.fate = 3 AND NOT EXISTS (SELECT 1 FROM sheet_decision d WHERE d.sheet_id = s.sheet_id)"

    func insert(_ decision: SheetDecided, by act: Int64, on connection: Connection) throws {
        try connection.insert(
            into: "sheet_decision", columns: SheetDecisionStore.columns,
            rows: [SheetDecisionStore.values(decision, act)])
    }

    static func values(_ decision: SheetDecided, _ act: Int64) -> [SQLValue] {
        [
            .integer(decision.sheet), .integer(decision.verdict.number), .integerOrNull(decision.person),
            .integer(act),
        ]
    }

    /// How many rows of a batch were decided, by verdict.
    func counts(from first: Int64, before end: Int64, on connection: Connection) throws -> [SheetVerdict: Int] {
        let rows = try connection.rows(
            "SELECT verdict, count(*) FROM sheet_decision WHERE sheet_id >= ? AND sheet_id < ? GROUP BY verdict",
            [.integer(first), .integer(end)]
        ) { (SheetVerdict(number: try $0.int64(0)), try $0.int(1)) }
        return rows.reduce(into: [:]) { counts, row in
            if let verdict = row.0 { counts[verdict] = row.1 }
        }
    }
}

extension SheetVerdict {
    /// How the table writes it.
    var number: Int64 {
        switch self {
        case .newPerson: 1
        case .samePerson: 2
        case .rejected: 3
        }
    }

    init?(number: Int64) {
        guard let found = SheetVerdict.allCases.first(where: { $0.number == number }) else { return nil }
        self = found
    }
}
