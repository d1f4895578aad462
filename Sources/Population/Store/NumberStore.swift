import Civil
import Database

/// The history of numbers: who holds and who ever held each of them.
struct NumberStore: Sendable {
    func holder(of number: String, on connection: Connection) throws -> RuleContext.NumberHolder? {
        guard let value = Int64(number) else { return nil }
        return try connection.first(
            "SELECT person_id, in_force FROM personal_number WHERE number = ?", [.integer(value)]
        ) { RuleContext.NumberHolder(person: try $0.int64(0), cancelled: try $0.int64(1) == 0) }
    }

    /// Which of these numbers are taken, and by whom.
    func holders(of numbers: [Int64], on connection: Connection) throws -> [Int64: Int64] {
        var holders: [Int64: Int64] = [:]
        for chunk in Placeholders.chunks(numbers) {
            for (number, person) in try connection.rows(
                "SELECT number, person_id FROM personal_number WHERE number IN \(Placeholders.list)",
                Placeholders.padded(chunk), { (try $0.int64(0), try $0.int64(1)) })
            {
                holders[number] = person
            }
        }
        return holders
    }

    func give(_ rows: [(number: Int64, person: Int64, act: Int64)], on connection: Connection) throws {
        try connection.insert(
            into: "personal_number", columns: ["number", "person_id", "in_force", "given_by"],
            rows: rows.map { [.integer($0.number), .integer($0.person), .integer(1), .integer($0.act)] })
    }

    func cancel(_ number: Int64, by act: Int64, on connection: Connection) throws {
        try connection.execute(
            "UPDATE personal_number SET in_force = 0, cancelled_by = ? WHERE number = ? AND in_force = 1",
            [.integer(act), .integer(number)])
    }

    /// Puts a number back into force whose record was merged for a while.
    func restore(_ number: Int64, on connection: Connection) throws {
        try connection.execute(
            "UPDATE personal_number SET in_force = 1, cancelled_by = NULL WHERE number = ? AND in_force = 0",
            [.integer(number)])
    }
}

/// `IN (?, …)` with one fixed number of places, so that one prepared statement serves every list.
enum Placeholders {
    static let count = 128
    static let list = "(" + Array(repeating: "?", count: count).joined(separator: ", ") + ")"

    static func chunks(_ values: [Int64]) -> [ArraySlice<Int64>] {
        stride(from: 0, to: values.count, by: count).map { values[$0..<min($0 + count, values.count)] }
    }

    static func padded(_ chunk: ArraySlice<Int64>) -> [SQLValue] {
        let last = SQLValue.integer(chunk.last ?? 0)
        return chunk.map { .integer($0) } + Array(repeating: last, count: count - chunk.count)
    }
}
