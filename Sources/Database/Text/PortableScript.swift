/// Scripts in one text for every engine: tokens for types, blocks for what only one engine knows.
///
/// | token | SQLite | PostgreSQL |
/// |---|---|---|
/// | `{int}` | `INTEGER` | `BIGINT` |
/// | `{blob}` | `BLOB` | `BYTEA` |
/// | `{real}` | `REAL` | `DOUBLE PRECISION` |
/// | `{text}` | `TEXT` | `TEXT COLLATE "C"` (sorts by bytes, as SQLite does) |
/// | `{strict}` | `STRICT` | |
/// | `{strict_without_rowid}` | `STRICT, WITHOUT ROWID` | |
///
/// Lines between `-- @sqlite` (or `-- @postgresql`) and `-- @end` are for that engine alone.
enum PortableScript {
    private static let tokens: [(token: String, sqlite: String, postgresql: String)] = [
        ("{int}", "INTEGER", "BIGINT"),
        ("{blob}", "BLOB", "BYTEA"),
        ("{real}", "REAL", "DOUBLE PRECISION"),
        ("{text}", "TEXT", "TEXT COLLATE \"C\""),
        ("{strict}", "STRICT", ""),
        ("{strict_without_rowid}", "STRICT, WITHOUT ROWID", ""),
    ]

    /// The text for one engine, or `.migration` when a block is not closed or a token is unknown.
    static func rendered(_ script: String, for engine: Engine) throws(DatabaseError) -> String {
        var lines: [Substring] = []
        var block: String?
        for line in script.split(separator: "\n", omittingEmptySubsequences: false) {
            let mark = line.drop { $0 == " " || $0 == "\t" }
            guard mark.hasPrefix("-- @") else {
                if block == nil || block == engine.rawValue { lines.append(line) }
                continue
            }
            let name = String(mark.dropFirst(4).prefix { !$0.isWhitespace })
            switch (name, block) {
            case ("end", .some): block = nil
            case ("sqlite", nil), ("postgresql", nil): block = name
            default: throw .migration("the script's block mark is out of place: \(mark)")
            }
        }
        guard block == nil else { throw .migration("the script's block is not closed: \(block ?? "")") }
        return try replacingTokens(in: lines.joined(separator: "\n"), for: engine)
    }

    private static func replacingTokens(
        in text: String, for engine: Engine
    ) throws(DatabaseError) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        var rest = Substring(text)
        while let brace = rest.firstIndex(of: "{") {
            result += rest[..<brace]
            rest = rest[brace...]
            if let known = tokens.first(where: { rest.hasPrefix($0.token) }) {
                result += engine == .sqlite ? known.sqlite : known.postgresql
                rest = rest.dropFirst(known.token.count)
            } else {
                let word = rest.dropFirst().prefix { $0.isLetter || $0 == "_" }
                if !word.isEmpty, rest.dropFirst(word.count + 1).first == "}" {
                    throw .migration("the script's token {\(word)} is unknown")
                }
                result += "{"
                rest = rest.dropFirst()
            }
        }
        return result + rest
    }
}
