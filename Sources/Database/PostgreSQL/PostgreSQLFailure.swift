import CLibPQ

/// PostgreSQL's SQLSTATEs in the words of `DatabaseError`.
enum PostgreSQLFailure {
    /// What a failed result means; messages that may quote a value are not passed on.
    static func error(_ result: OpaquePointer?, sql: String?) -> DatabaseError {
        func field(_ code: Character) -> String? {
            guard let result, let value = code.asciiValue,
                let text = PQresultErrorField(result, Int32(value))
            else { return nil }
            return String(cString: text)
        }
        let state = field("C") ?? ""
        let table = field("t") ?? ""
        let constraint = field("n") ?? ""
        switch state {
        case "23505": return .uniqueViolation(key(table: table, detail: field("D"), constraint: constraint))
        case "23514": return .checkViolation(constraint)
        case "23503": return .foreignKeyViolation(constraint)
        case "23502": return .notNullViolation("\(table).\(field("c") ?? "")")
        case "P0001": return .refusedByTrigger(field("M") ?? "")
        case "40001", "40P01", "55P03": return .contended
        case "25006": return .readOnly
        case "53100": return .diskFull
        case "57014": return .timedOut
        case "57P01", "57P02", "57P03", "57P05", "25P03": return .unavailable("the server ended the connection")
        // A table changed shape under a prepared statement; prepared again, the transaction goes through.
        case "0A000" where (field("M") ?? "").hasPrefix("cached plan"): return .contended
        case "26000": return .contended
        default: break
        }
        // What libpq itself says, of a server that is gone for one, has no state.
        if state.isEmpty { return .unavailable("the connection failed") }
        switch state.prefix(2) {
        case "08": return .unavailable("the connection failed, \(state)")
        case "53": return .unavailable("the server is short of resources, \(state)")
        case "XX": return .corrupt("the server reports \(state)")
        case "58": return .unavailable("the server reports \(state)")
        case "22": return .typeMismatch("a value does not fit its column or type, \(state)" + place(sql))
        case "42": return .statement("\(field("M") ?? state)" + place(sql))
        default: return .statement("SQLSTATE \(state)" + place(sql))
        }
    }

    private static func place(_ sql: String?) -> String {
        sql.map { ": " + SQLText.shortened($0) } ?? ""
    }

    /// Says `table.column, table.column` as SQLite does, from a detail like `Key (a, b)=(…) already exists`.
    private static func key(table: String, detail: String?, constraint: String) -> String {
        guard let detail, let open = detail.firstIndex(of: "("), let close = detail.firstIndex(of: ")"), open < close
        else { return constraint }
        let columns = detail[detail.index(after: open)..<close]
        let after = detail[detail.index(after: close)...]
        guard after.hasPrefix("=("), !columns.contains("(") else { return constraint }
        return columns.split(separator: ",").map { "\(table).\($0.drop { $0 == " " })" }.joined(separator: ", ")
    }
}
