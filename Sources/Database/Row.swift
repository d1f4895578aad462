import CLibPQ
import GRDBSQLite

/// One row of an answer, valid only inside the closure that gets it; columns count from 0.
///
/// Asking for another type than the column holds is `.typeMismatch`, the same on every engine: nothing is converted
/// silently. Only `real` also takes integers, and `int64` takes PostgreSQL's `numeric` (sums) when it is whole.
package struct Row {
    enum Source {
        case sqlite(OpaquePointer)
        case postgresql(OpaquePointer, row: Int32)
    }

    let source: Source

    /// How many columns the row has.
    package var count: Int {
        switch source {
        case .sqlite(let statement): Int(sqlite3_column_count(statement))
        case .postgresql(let result, _): Int(PQnfields(result))
        }
    }

    /// The value as it is; `.null` for a column that does not exist.
    package subscript(_ column: Int) -> SQLValue {
        guard column >= 0, column < count else { return .null }
        return switch source {
        case .sqlite(let statement): SQLiteColumn.value(statement, Int32(column))
        case .postgresql(let result, let row): PostgreSQLColumn.value(result, row, Int32(column))
        }
    }

    /// The integer; NULL is refused.
    package func int64(_ column: Int) throws(DatabaseError) -> Int64 {
        guard let value = try int64OrNull(column) else { throw mismatch(column, "integer") }
        return value
    }

    /// The integer, or nil for NULL.
    package func int64OrNull(_ column: Int) throws(DatabaseError) -> Int64? {
        if case .sqlite(let statement) = source {
            switch sqlite3_column_type(statement, Int32(column)) {
            case SQLITE_INTEGER: return sqlite3_column_int64(statement, Int32(column))
            case SQLITE_NULL where column < count && column >= 0: return nil
            default: throw mismatch(column, "integer")
            }
        }
        switch try existing(column) {
        case .integer(let value): return value
        case .null: return nil
        default: throw mismatch(column, "integer")
        }
    }

    /// The integer as a count or code.
    package func int(_ column: Int) throws(DatabaseError) -> Int { Int(try int64(column)) }

    /// The text; NULL is refused.
    package func text(_ column: Int) throws(DatabaseError) -> String {
        guard let value = try textOrNull(column) else { throw mismatch(column, "text") }
        return value
    }

    /// The text, or nil for NULL.
    package func textOrNull(_ column: Int) throws(DatabaseError) -> String? {
        switch try existing(column) {
        case .text(let value): return value
        case .null: return nil
        default: throw mismatch(column, "text")
        }
    }

    /// The bytes of a text where they lie, good inside the closure only; NULL is refused.
    ///
    /// For texts that are parsed and not kept: no copy is made.
    package func withText<Value>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Value) throws -> Value {
        guard column >= 0, column < count else {
            throw DatabaseError.typeMismatch("column \(column) of \(count) is asked for")
        }
        let bytes: UnsafeRawBufferPointer? =
            switch source {
            case .sqlite(let statement): SQLiteColumn.textBytes(statement, Int32(column))
            case .postgresql(let result, let row): PostgreSQLColumn.textBytes(result, row, Int32(column))
            }
        guard let bytes else { throw mismatch(column, "text") }
        return try body(bytes)
    }

    /// The bytes where they lie, good inside the closure only; NULL is refused.
    package func withBlob<Value>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Value) throws -> Value {
        let bytes: UnsafeRawBufferPointer? =
            switch source {
            case _ where column < 0 || column >= count: nil
            case .sqlite(let statement): SQLiteColumn.blobBytes(statement, Int32(column))
            case .postgresql(let result, let row): PostgreSQLColumn.blobBytes(result, row, Int32(column))
            }
        if let bytes { return try body(bytes) }
        return try blob(column).withUnsafeBytes(body)
    }

    /// The bytes; NULL is refused.
    package func blob(_ column: Int) throws(DatabaseError) -> [UInt8] {
        guard let value = try blobOrNull(column) else { throw mismatch(column, "bytes") }
        return value
    }

    /// The bytes, or nil for NULL.
    package func blobOrNull(_ column: Int) throws(DatabaseError) -> [UInt8]? {
        switch try existing(column) {
        case .blob(let value): return value
        case .null: return nil
        default: throw mismatch(column, "bytes")
        }
    }

    /// The number; NULL is refused.
    package func real(_ column: Int) throws(DatabaseError) -> Double {
        guard let value = try realOrNull(column) else { throw mismatch(column, "number") }
        return value
    }

    /// The number, or nil for NULL.
    package func realOrNull(_ column: Int) throws(DatabaseError) -> Double? {
        switch try existing(column) {
        case .real(let value): return value
        case .integer(let value): return Double(value)
        case .null: return nil
        default: throw mismatch(column, "number")
        }
    }

    /// Whether the integer is other than 0; NULL is refused.
    package func bool(_ column: Int) throws(DatabaseError) -> Bool { try int64(column) != 0 }

    private func existing(_ column: Int) throws(DatabaseError) -> SQLValue {
        guard column >= 0, column < count else {
            throw .typeMismatch("column \(column) of \(count) is asked for")
        }
        return self[column]
    }

    /// Names the column and the types, never the value.
    private func mismatch(_ column: Int, _ expected: String) -> DatabaseError {
        let found =
            switch self[column] {
            case .null: "NULL"
            case .integer: "integer"
            case .real: "number"
            case .text: "text"
            case .blob: "bytes"
            }
        return .typeMismatch("column \(column) holds \(found), \(expected) is asked for")
    }
}
