import GRDBSQLite

/// SQLite's result codes in the words of `DatabaseError`.
enum SQLiteFailure {
    /// `code` is the extended result code, `message` SQLite's own, which never quotes a bound value.
    static func error(code: Int32, message: String, sql: String?) -> DatabaseError {
        func text(after mark: String) -> String {
            guard message.hasPrefix(mark) else { return message }
            let rest = message.dropFirst(mark.count)
            if rest.hasPrefix("index '") { return String(rest.dropFirst("index '".count).prefix { $0 != "'" }) }
            return String(rest)
        }
        switch code {
        case 2067, 1555, 2579: return .uniqueViolation(text(after: "UNIQUE constraint failed: "))
        case 275: return .checkViolation(text(after: "CHECK constraint failed: "))
        case 787, 3875: return .foreignKeyViolation(text(after: "FOREIGN KEY constraint failed"))
        case 1299: return .notNullViolation(text(after: "NOT NULL constraint failed: "))
        case 1811: return .refusedByTrigger(message)
        case 3091: return .typeMismatch(message)
        default: break
        }
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED: return .contended
        case SQLITE_FULL: return .diskFull
        case SQLITE_CORRUPT, SQLITE_NOTADB: return .corrupt(message)
        case SQLITE_READONLY: return .readOnly
        case SQLITE_MISMATCH: return .typeMismatch(message)
        case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_NOMEM, SQLITE_PROTOCOL, SQLITE_AUTH:
            return .unavailable(message)
        case SQLITE_TOOBIG: return .unsupported("a text or blob of more than a billion bytes")
        case SQLITE_INTERRUPT: return .timedOut
        default:
            return .statement(sql.map { "\(message): \(SQLText.shortened($0))" } ?? message)
        }
    }
}
