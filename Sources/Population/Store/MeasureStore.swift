import Civil
import Database

/// The projection of what each person adds to the sums of quality, written with the row of the person.
struct MeasureStore: Sendable {
    static let columns = ["person_id", "unit", "marks", "verified_day", "birth_year"]

    func insert(_ measures: [PersonMeasure], on connection: Connection) throws {
        try connection.insert(
            into: "person_measure", columns: MeasureStore.columns, rows: measures.map(MeasureStore.values))
    }

    /// Writes the measure of a person whose record or findings have changed.
    func put(_ measure: PersonMeasure?, of person: Int64, on connection: Connection) throws {
        guard let measure else {
            try connection.execute("DELETE FROM person_measure WHERE person_id = ?", [.integer(person)])
            return
        }
        let values = MeasureStore.values(measure)
        try connection.execute(
            """
            INSERT INTO person_measure (\(MeasureStore.columns.joined(separator: ", "))) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (person_id) DO UPDATE SET unit = excluded.unit, marks = excluded.marks,
                verified_day = excluded.verified_day, birth_year = excluded.birth_year
            """, values)
    }

    /// The measure of the record as it stands, with the findings of its sheet.
    func measure(of state: PersonState, on connection: Connection) throws -> PersonMeasure? {
        let findings = try state.sheet.map { try SheetStore().findings(of: $0, on: connection) } ?? []
        return PersonMeasure(state, findings: findings)
    }

    /// Measures the person of a sheet again, after a finding was added to the sheet.
    func refresh(ofSheet sheet: Int64, on connection: Connection) throws {
        let person = try connection.first("SELECT person_id FROM sheet WHERE sheet_id = ?", [.integer(sheet)]) {
            try $0.int64OrNull(0)
        }
        guard let person = person ?? nil, let row = try PersonStore().person(person, on: connection) else { return }
        try put(try measure(of: row.state, on: connection), of: person, on: connection)
    }

    // MARK: Columns

    static func values(_ measure: PersonMeasure) -> [SQLValue] {
        [
            .integer(measure.person), .integer(UnitKey.key(of: measure.unit)), .integer(marks(of: measure)),
            measure.lastVerified.map { .integer($0.daysSinceEpoch) } ?? .null,
            measure.birthYear.map { .integer($0) } ?? .null,
        ]
    }

    static func marks(of measure: PersonMeasure) -> Int64 {
        Int64(measure.filled.rawValue) | Int64(measure.verified.rawValue) << PersonFieldSet.width
            | (measure.isViolating ? violating : 0)
    }

    /// Marks from here on are those of somebody against whom something stands.
    static let violating = Int64(1) << (2 * PersonFieldSet.width)

    /// What `marks` says.
    static func reading(_ marks: Int64) -> (filled: PersonFieldSet, verified: PersonFieldSet, isViolating: Bool) {
        let mask = Int64(1) << PersonFieldSet.width - 1
        return (
            PersonFieldSet(rawValue: UInt32(marks & mask)),
            PersonFieldSet(rawValue: UInt32(marks >> PersonFieldSet.width & mask)),
            marks >> (2 * PersonFieldSet.width) & 1 == 1
        )
    }
}

/// The number under which a unit stands in `person_measure`: eight bytes in place of two texts a person.
enum UnitKey {
    /// Who is nowhere.
    static let none: Int64 = 0

    static func key(of unit: UnitCode?) -> Int64 {
        guard let unit else { return none }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(40)
        bytes.append(contentsOf: unit.set.rawValue.utf8)
        bytes.append(UInt8(ascii: "/"))
        bytes.append(contentsOf: unit.code.utf8)
        return Int64(bitPattern: StableHash.of(bytes)) & .max | 1
    }
}
