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
}
