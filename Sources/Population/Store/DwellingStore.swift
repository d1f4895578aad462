import Civil
import Database
import Ledger

/// Which households and persons ever stood at an address: the index of dwellings, which only grows.
///
/// A member of a household is found through the household, so a collected sheet adds its person only where the place of
/// stay is another one than the permanent residence.
struct DwellingStore: Sendable {
    static let migration = Migration(
        id: "population-016",
        sql: """
            CREATE TABLE dwelling_subject (
                dwelling {int} NOT NULL,
                subject_kind {int} NOT NULL CHECK (subject_kind IN (1, 2)),
                subject_id {int} NOT NULL,
                PRIMARY KEY (dwelling, subject_kind, subject_id)
            ) {strict_without_rowid};
            """)

    struct Row: Hashable {
        var dwelling: Int64
        var subject: Subject

        var values: [SQLValue] {
            [.integer(dwelling), .integer(subject.kind.rawValue), .integer(subject.id)]
        }
    }

    /// The rows that an act adds in the stream of a subject.
    static func rows(of content: ActContent, in subject: Subject) -> [Row] {
        func row(_ address: Address?) -> [Row] {
            DwellingKey(address).map { [Row(dwelling: $0.indexed, subject: subject)] } ?? []
        }
        switch (content, subject.kind) {
        case (.householdFormed(let formation), .household), (.householdSplit(let formation), .household):
            return formation.household == subject.id ? row(formation.address) : []
        case (.collected(let sheet), .person):
            let isOne = DwellingKey(sheet.current) == DwellingKey(sheet.permanent)
            return isOne ? [] : row(sheet.permanent) + row(sheet.current)
        case (.permanentResidenceRegistered(let registration), .person),
            (.temporaryResidenceRegistered(let registration), .person), (.moved(let registration), .person):
            return row(registration.address)
        default: return []
        }
    }

    static let columns = ["dwelling", "subject_kind", "subject_id"]

    /// Adds rows of subjects that are new.
    func insert(_ rows: [Row], on connection: Connection) throws {
        try connection.insert(into: "dwelling_subject", columns: DwellingStore.columns, rows: rows.map(\.values))
    }

    /// Adds what an act says in these streams.
    func note(_ content: ActContent, in subjects: [Subject], on connection: Connection) throws {
        try note(subjects.flatMap { DwellingStore.rows(of: content, in: $0) }, on: connection)
    }

    /// Adds rows that may be there.
    func note(_ rows: [Row], on connection: Connection) throws {
        for row in rows {
            try connection.execute(
                """
                INSERT INTO dwelling_subject (dwelling, subject_kind, subject_id) VALUES (?, ?, ?)
                ON CONFLICT (dwelling, subject_kind, subject_id) DO NOTHING
                """, row.values)
        }
    }

    /// Whoever may have stood there, up to a limit; that household before all others.
    func subjects(
        of dwelling: DwellingKey, first household: Int64, limit: Int, on connection: Connection
    ) throws -> [Subject] {
        try connection.rows(
            """
            SELECT subject_kind, subject_id FROM dwelling_subject WHERE dwelling = ?
            ORDER BY CASE WHEN subject_kind = 2 AND subject_id = ? THEN 0 ELSE 1 END, subject_kind DESC, subject_id
            LIMIT ?
            """, [.integer(dwelling.indexed), .integer(household), .integer(Int64(limit))]
        ) { row in (try row.int64(0), try row.int64(1)) }
        .compactMap { kind, id in Subject.Kind(rawValue: kind).map { Subject($0, id) } }
    }
}
