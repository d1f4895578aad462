/// One SELECT with its arguments, and what is done with each of its rows.
package struct Question {
    let sql: String
    let arguments: [SQLValue]
    let read: (Row) throws -> Void

    package init(_ sql: String, _ arguments: [SQLValue] = [], _ read: @escaping (Row) throws -> Void) {
        self.sql = sql
        self.arguments = arguments
        self.read = read
    }
}
