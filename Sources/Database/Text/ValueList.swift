/// `IN (?, …)` in a few fixed lengths, so that few prepared statements serve lists of any length.
package struct ValueList {
    /// `(?, ?, …)`.
    package let sql: String
    /// The values, the last one repeated up to the length.
    package let values: [SQLValue]

    private static let lengths = [1, 8, 32, 128]
    private static let texts = lengths.map { length in
        "(" + Array(repeating: "?", count: length).joined(separator: ", ") + ")"
    }

    /// Lists that hold all values once; none for no values.
    package static func lists(of values: [SQLValue]) -> [ValueList] {
        var lists: [ValueList] = []
        var rest = values[...]
        while let last = rest.last {
            let place = lengths.firstIndex { $0 >= rest.count } ?? lengths.count - 1
            let part = rest.prefix(lengths[place])
            let padding = Array(repeating: part.last ?? last, count: lengths[place] - part.count)
            lists.append(ValueList(sql: texts[place], values: part + padding))
            rest = rest.dropFirst(part.count)
        }
        return lists
    }

    /// One question for each list of the values; `sql` gets the text of the list, `more` are the arguments after it.
    package static func questions(
        about values: [SQLValue], and more: [SQLValue] = [], _ sql: (String) -> String,
        _ read: @escaping (Row) throws -> Void
    ) -> [Question] {
        lists(of: values).map { Question(sql($0.sql), $0.values + more, read) }
    }
}
