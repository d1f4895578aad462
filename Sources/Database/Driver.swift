/// What a transaction is for; each engine says how it begins.
enum TransactionKind: Sendable {
    /// One snapshot, nothing written.
    case read
    /// Decide and append: as if nobody else were there.
    case write
    /// Imports that take their own lock row.
    case bulk
    /// Many callers' writes with one commit.
    case grouped
}

/// One connection to one engine, used on one thread; the two drivers stand below this and nothing else knows them.
protocol Driver: AnyObject {
    var engine: Engine { get }

    /// The first failed statement of the running transaction; nothing but rolling back is possible after it.
    var failure: DatabaseError? { get }

    /// Whether the connection is lost and has to be replaced.
    var isBroken: Bool { get }

    /// Statements so far that may have changed something.
    var writeCount: Int { get }

    /// Gives the thread the connection for as long as `body` runs.
    func hold<T>(_ body: () throws -> T) throws -> T

    func begin(_ kind: TransactionKind) throws(DatabaseError)
    func commit() throws(DatabaseError)
    /// Ends the transaction without a trace; never fails, at worst the connection is broken afterwards.
    func rollback()
    func savepoint(_ name: String) throws(DatabaseError)
    func release(_ name: String) throws(DatabaseError)
    func rollback(to name: String) throws(DatabaseError)

    func execute(_ sql: String, _ arguments: [SQLValue]) throws(DatabaseError) -> Int
    /// Calls `body` for each row until it answers false.
    func query(_ sql: String, _ arguments: [SQLValue], _ body: (Row) throws -> Bool) throws
    /// Calls `body` for each row, in the form in which the engine itself holds values where it can.
    func bulk(_ sql: String, _ arguments: [SQLValue], _ body: (Row) throws -> Void) throws
    func stream(_ sql: String, _ arguments: [SQLValue], _ body: (Row) throws -> Void) throws
    func executeMany(_ sql: String, _ rows: [[SQLValue]]) throws(DatabaseError)
    func queryMany(_ sql: String, _ sets: [[SQLValue]], _ body: (Int, Row) throws -> Void) throws
    func ask(_ questions: [Question]) throws
    /// Writes rows at the latest with the commit.
    func append(to table: String, _ columns: [String], _ rows: [[SQLValue]]) throws(DatabaseError)
    func copy(into table: String, _ columns: [String], _ rows: [[SQLValue]]) throws(DatabaseError)
    func script(_ sql: String) throws(DatabaseError)

    func close()
}
