/// One portable statement, read once: its placeholders for PostgreSQL, their number, and whether it may change
/// anything.
struct SQLText {
    /// As written, with `?` or `?3`.
    let portable: String
    /// With `$1`, `$2`, ….
    let numbered: String
    let parameterCount: Int
    /// False only for statements that begin with SELECT, VALUES or EXPLAIN.
    let mayWrite: Bool

    /// Reads the statement; quotes, quoted names and comments are left alone.
    init(_ sql: String) throws(DatabaseError) {
        var scanner = SQLScanner(sql)
        scanner.scan()
        guard !scanner.hasSeveralStatements else {
            throw .statement("several statements where one is expected: \(SQLText.shortened(sql))")
        }
        portable = sql
        numbered = String(decoding: scanner.output, as: UTF8.self)
        parameterCount = scanner.highest
        mayWrite = !["SELECT", "VALUES", "EXPLAIN"].contains(scanner.firstWord)
    }

    /// The statement on one line and at most 160 characters, for messages.
    static func shortened(_ sql: String) -> String {
        let line = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count <= 160 ? line : line.prefix(159) + "…"
    }

    func refuse(_ arguments: [SQLValue]) -> DatabaseError? {
        guard arguments.count != parameterCount else { return nil }
        return .statement(
            "\(parameterCount) arguments expected, \(arguments.count) given: \(SQLText.shortened(portable))")
    }
}

/// One pass over the bytes of a statement.
private struct SQLScanner {
    private let bytes: [UInt8]
    private var position = 0
    private(set) var output: [UInt8] = []
    private(set) var highest = 0
    private(set) var hasSeveralStatements = false
    private(set) var firstWord = ""
    private var sawEnd = false

    init(_ sql: String) {
        bytes = Array(sql.utf8)
        output.reserveCapacity(bytes.count + 16)
    }

    mutating func scan() {
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                noteContent()
                copyQuoted(byte)
            case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"):
                copy { $0.bytes[$0.position] == 10 }
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
                copyBlockComment()
            case UInt8(ascii: "?"):
                noteContent()
                placeholder()
            case UInt8(ascii: ";"):
                sawEnd = true
                position += 1
            case 9, 10, 13, 32:
                take()
            default:
                noteContent()
                if firstWord.isEmpty { noteFirstWord() }
                take()
            }
        }
    }

    private func peek(_ distance: Int) -> UInt8? {
        position + distance < bytes.count ? bytes[position + distance] : nil
    }

    private mutating func noteContent() {
        if sawEnd { hasSeveralStatements = true }
    }

    private mutating func noteFirstWord() {
        let word = bytes[position...].prefix { ($0 | 32) >= 97 && ($0 | 32) <= 122 }
        firstWord = String(decoding: word, as: UTF8.self).uppercased()
        if firstWord.isEmpty, bytes[position] != UInt8(ascii: "(") { firstWord = "?" }
    }

    private mutating func take() {
        output.append(bytes[position])
        position += 1
    }

    private mutating func copy(until isEnd: (borrowing SQLScanner) -> Bool) {
        while position < bytes.count, !isEnd(self) { take() }
    }

    private mutating func copyQuoted(_ quote: UInt8) {
        take()
        while position < bytes.count {
            let byte = bytes[position]
            take()
            if byte == quote {
                guard position < bytes.count, bytes[position] == quote else { return }
                take()
            }
        }
    }

    private mutating func copyBlockComment() {
        take()
        take()
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                take()
                take()
                return
            }
            take()
        }
    }

    /// `?` is the next number, `?3` the third, as in SQLite.
    private mutating func placeholder() {
        position += 1
        var number = 0
        while position < bytes.count, (48...57).contains(bytes[position]), number < 100_000 {
            number = number * 10 + Int(bytes[position] - 48)
            position += 1
        }
        if number == 0 { number = highest + 1 }
        highest = max(highest, number)
        output.append(UInt8(ascii: "$"))
        output.append(contentsOf: String(number).utf8)
    }
}
