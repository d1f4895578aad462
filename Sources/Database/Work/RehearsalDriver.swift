/// Thử: a connection all of whose transactions are one, which is undone when it is closed.
///
/// What one transaction writes the next one reads, as if each had been kept; nobody else sees any of it.
final class RehearsalDriver: Driver {
    private let inner: any Driver
    private var isUnderWay = false

    private static let savepoint = "rehearsal"

    init(_ inner: any Driver) {
        self.inner = inner
    }

    var engine: Engine { inner.engine }
    var failure: DatabaseError? { inner.failure }
    var isBroken: Bool { inner.isBroken }
    var writeCount: Int { inner.writeCount }

    func hold<T>(_ body: () throws -> T) throws -> T { try inner.hold(body) }

    func begin(_ kind: TransactionKind) throws(DatabaseError) {
        if !isUnderWay {
            try inner.begin(.bulk)
            isUnderWay = true
        }
        try inner.savepoint(RehearsalDriver.savepoint)
    }

    func commit() throws(DatabaseError) { try inner.release(RehearsalDriver.savepoint) }

    func rollback() {
        do {
            try inner.rollback(to: RehearsalDriver.savepoint)
        } catch {
            // Without its savepoint the whole rehearsal is over; the next transaction begins another one.
            inner.rollback()
            isUnderWay = false
        }
    }

    func savepoint(_ name: String) throws(DatabaseError) { try inner.savepoint(name) }
    func release(_ name: String) throws(DatabaseError) { try inner.release(name) }
    func rollback(to name: String) throws(DatabaseError) { try inner.rollback(to: name) }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws(DatabaseError) -> Int {
        try inner.execute(sql, arguments)
    }

    func query(_ sql: String, _ arguments: [SQLValue], _ body: (Row) throws -> Bool) throws {
        try inner.query(sql, arguments, body)
    }

    func bulk(_ sql: String, _ arguments: [SQLValue], _ body: (Row) throws -> Void) throws {
        try inner.bulk(sql, arguments, body)
    }

    func stream(_ sql: String, _ arguments: [SQLValue], _ body: (Row) throws -> Void) throws {
        try inner.stream(sql, arguments, body)
    }

    func executeMany(_ sql: String, _ rows: [[SQLValue]]) throws(DatabaseError) { try inner.executeMany(sql, rows) }

    func queryMany(_ sql: String, _ sets: [[SQLValue]], _ body: (Int, Row) throws -> Void) throws {
        try inner.queryMany(sql, sets, body)
    }

    func ask(_ questions: [Question]) throws { try inner.ask(questions) }

    func append(to table: String, _ columns: [String], _ rows: [[SQLValue]]) throws(DatabaseError) {
        try inner.append(to: table, columns, rows)
    }

    func copy(into table: String, _ columns: [String], _ rows: [[SQLValue]]) throws(DatabaseError) {
        try inner.copy(into: table, columns, rows)
    }

    func script(_ sql: String) throws(DatabaseError) { try inner.script(sql) }

    func close() {
        if isUnderWay { inner.rollback() }
        isUnderWay = false
        inner.close()
    }
}
