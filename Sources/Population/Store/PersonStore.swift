import Civil
import Database
import Foundation
import Ledger

/// The projection of persons and households: one row of state each, written with the acts they follow from.
struct PersonStore: Sendable {
    /// A row of the person table, ready to be written.
    struct PersonRow: Sendable {
        var state: PersonState
        var handle: String
        /// The findings of the sheet that the record begins with.
        var findings: [OpenFinding] = []
    }

    struct HouseholdRow: Sendable {
        var state: HouseholdState
        var handle: String
    }

    // MARK: Writing

    func insert(_ rows: [PersonRow], on connection: Connection) throws {
        try connection.insert(
            into: "person", columns: PersonStore.personColumns, rows: try rows.map(PersonStore.values))
        try RelativeStore().insert(rows.map(\.state), on: connection)
        try MeasureStore().insert(
            rows.compactMap { PersonMeasure($0.state, findings: $0.findings) }, on: connection)
    }

    func insert(_ rows: [HouseholdRow], on connection: Connection) throws {
        try connection.insert(
            into: "household", columns: PersonStore.householdColumns, rows: try rows.map(PersonStore.values))
    }

    /// Writes the state of a person whose acts have grown; `previous` is the one that is stored.
    func update(_ state: PersonState, from previous: PersonState?, on connection: Connection) throws {
        let values = try PersonStore.values(PersonRow(state: state, handle: ""))
        let assignments = PersonStore.personColumns.dropFirst(2).map { "\($0) = ?" }.joined(separator: ", ")
        try connection.execute(
            "UPDATE person SET \(assignments) WHERE person_id = ?",
            Array(values.dropFirst(2)) + [.integer(state.person)])
        let measures = MeasureStore()
        try measures.put(try measures.measure(of: state, on: connection), of: state.person, on: connection)
        try RelativeStore().update(state, from: previous, on: connection)
    }

    func update(_ state: HouseholdState, on connection: Connection) throws {
        let values = try PersonStore.values(HouseholdRow(state: state, handle: ""))
        try connection.execute(
            "UPDATE household SET version = ?, head = ?, state = ? WHERE household_id = ?",
            Array(values.dropFirst(2)) + [.integer(state.household)])
    }

    // MARK: Reading

    /// The person's row of state by the register's own key.
    func person(_ id: Int64, on connection: Connection) throws -> PersonRow? {
        try connection.first(
            "SELECT handle, state FROM person WHERE person_id = ?", [.integer(id)], PersonStore.personRow)
    }

    /// The rows of up to `Placeholders.count` persons, in no order.
    func persons(_ ids: ArraySlice<Int64>, on connection: Connection) throws -> [PersonRow] {
        try connection.rows(
            "SELECT handle, state FROM person WHERE person_id IN \(Placeholders.list)", Placeholders.padded(ids),
            PersonStore.personRow)
    }

    func person(handle: Handle, on connection: Connection) throws -> PersonRow? {
        try connection.first(
            "SELECT handle, state FROM person WHERE handle = ?", [.text(handle.text)], PersonStore.personRow)
    }

    /// The person who holds, or ever held, the number.
    func person(number: PersonalIdentificationNumber, on connection: Connection) throws -> PersonRow? {
        try connection.first(
            """
            SELECT p.handle, p.state FROM personal_number n JOIN person p ON p.person_id = n.person_id
            WHERE n.number = ?
            """, [.integer(number.value)], PersonStore.personRow)
    }

    /// The record that goes on where this one was merged; itself where it was not.
    func remaining(of person: Int64, on connection: Connection) throws -> PersonRow? {
        var row = try self.person(person, on: connection)
        while let into = row?.state.mergedInto { row = try self.person(into, on: connection) }
        return row
    }

    func household(_ id: Int64, on connection: Connection) throws -> HouseholdRow? {
        try connection.first(
            "SELECT handle, state FROM household WHERE household_id = ?", [.integer(id)], PersonStore.householdRow)
    }

    func household(handle: Handle, on connection: Connection) throws -> HouseholdRow? {
        try connection.first(
            "SELECT handle, state FROM household WHERE handle = ?", [.text(handle.text)], PersonStore.householdRow)
    }

    /// The rows of those who hold, or ever held, the numbers.
    func persons(
        numbers: [PersonalIdentificationNumber], on connection: Connection
    ) throws -> [PersonalIdentificationNumber: PersonRow] {
        var found: [PersonalIdentificationNumber: PersonRow] = [:]
        for list in ValueList.lists(of: numbers.map { .integer($0.value) }) {
            for (number, row) in try connection.rows(
                """
                SELECT p.handle, p.state, n.number FROM personal_number n JOIN person p ON p.person_id = n.person_id
                WHERE n.number IN \(list.sql)
                """, list.values, { (try $0.int64(2), try PersonStore.personRow($0)) })
            {
                if let number = PersonalIdentificationNumber(value: number) { found[number] = row }
            }
        }
        return found
    }

    func persons(handles: [Handle], on connection: Connection) throws -> [Handle: PersonRow] {
        var found: [Handle: PersonRow] = [:]
        for list in ValueList.lists(of: handles.map { .text($0.text) }) {
            for row in try connection.rows(
                "SELECT handle, state FROM person WHERE handle IN \(list.sql)", list.values, PersonStore.personRow)
            {
                if let handle = Handle(parsing: row.handle) { found[handle] = row }
            }
        }
        return found
    }

    /// The persons whose sheet or certificate names one of these persons as father or mother, by parent.
    func children(of persons: [Int64], on connection: Connection) throws -> [Int64: [Int64]] {
        var children: [Int64: [Int64]] = [:]
        try connection.ask(questions(childrenOf: persons) { children[$0, default: []].append($1) })
        return children
    }

    /// Asks for the children of these persons, with the parent before the child.
    func questions(childrenOf persons: [Int64], _ found: @escaping (Int64, Int64) -> Void) -> [Question] {
        ValueList.questions(about: persons.map { .integer($0) }) { list in
            """
            SELECT relative_id, person_id FROM relative
            WHERE relative_id IN \(list) AND kind IN ('father', 'mother') ORDER BY relative_id, person_id
            """
        } _: {
            found(try $0.int64(0), try $0.int64(1))
        }
    }

    /// The handles of persons or households, by their keys.
    func handles(of ids: Set<Int64>, table: HandleTable, on connection: Connection) throws -> [Int64: String] {
        var handles: [Int64: String] = [:]
        try connection.ask(questions(handlesOf: ids, table: table) { handles[$0] = $1 })
        return handles
    }

    /// Asks for the handles of persons or households by their keys.
    func questions(
        handlesOf ids: Set<Int64>, table: HandleTable, _ found: @escaping (Int64, String) -> Void
    ) -> [Question] {
        ValueList.questions(about: ids.sorted().map { .integer($0) }) { list in
            """
            SELECT \(table.rawValue)_id, handle FROM \(table.rawValue)
            WHERE \(table.rawValue)_id IN \(list)
            """
        } _: {
            found(try $0.int64(0), try $0.text(1))
        }
    }

    enum HandleTable: String {
        case person, household
    }

    // MARK: Columns

    static let personColumns = [
        "person_id", "handle", "version", "name_key", "birth", "sex", "life", "permanent_set", "permanent_code",
        "household_id", "merged_into", "state",
    ]
    static let householdColumns = ["household_id", "handle", "version", "head", "state"]

    static func values(_ row: PersonRow) throws -> [SQLValue] {
        let state = row.state
        let unit = state.permanentResidence?.address.unit
        return [
            .integer(state.person), .text(row.handle), .integer(state.version),
            .text(state.details.name.map { Folding.key($0) } ?? ""),
            state.details.birth.map { .text($0.description) } ?? .null,
            state.details.sex.map { .text($0.rawValue) } ?? .null, .text(state.life.status.rawValue),
            unit.map { .text($0.set.rawValue) } ?? .null, unit.map { .text($0.code) } ?? .null,
            state.household.map { .integer($0.household) } ?? .null, state.mergedInto.map { .integer($0) } ?? .null,
            .text(StateCoding.text(of: state)),
        ]
    }

    static func values(_ row: HouseholdRow) throws -> [SQLValue] {
        [
            .integer(row.state.household), .text(row.handle), .integer(row.state.version),
            row.state.head.map { .integer($0) } ?? .null, .text(StateCoding.text(of: row.state)),
        ]
    }

    private static func personRow(_ row: Row) throws -> PersonRow {
        PersonRow(state: try StateCoding.value(PersonState.self, in: row, 1), handle: try row.text(0))
    }

    private static func householdRow(_ row: Row) throws -> HouseholdRow {
        HouseholdRow(state: try StateCoding.value(HouseholdState.self, in: row, 1), handle: try row.text(0))
    }
}

/// States as JSON with sorted keys, so that a rebuilt state can be compared letter by letter.
enum StateCoding {
    static func text(of state: some CanonicalJSONValue) -> String {
        CanonicalJSON.text(of: state)
    }

    /// The state in a text column of a row, read where it lies.
    static func value<Value: CanonicalJSONReadable>(_ type: Value.Type, in row: Row, _ column: Int) throws -> Value {
        try row.withText(column) { try CanonicalJSONReader.value(type, from: $0) }
    }

    static func value<Value: CanonicalJSONReadable>(_ type: Value.Type, from text: String) throws -> Value {
        var text = text
        return try text.withUTF8 { try CanonicalJSONReader.value(type, from: UnsafeRawBufferPointer($0)) }
    }
}
