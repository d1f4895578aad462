import Civil
import Database

/// How far a file of requests has been recorded.
struct ActFileState: Hashable, Sendable {
    var id: Int64
    var done: Int
    var recorded: Int
}

/// The table of files of requests, and of what their lines made.
struct ActFileStore {
    let connection: Connection

    func state(digest: String) throws -> ActFileState? {
        try connection.first(
            "SELECT act_file_id, done, recorded FROM act_file WHERE digest = ?", [.text(digest)], ActFileStore.state)
    }

    func finished(named name: String) throws -> ActFileSummary? {
        try connection.first(
            "SELECT lines, recorded FROM act_file WHERE name = ? AND done = lines ORDER BY act_file_id", [.text(name)]
        ) { row in
            let lines = try row.int(0)
            let recorded = try row.int(1)
            return ActFileSummary(name: name, lines: lines, recorded: recorded, refused: lines - recorded)
        }
    }

    func insert(_ file: ActFile, at now: Instant) throws -> ActFileState {
        let id =
            try connection.first("SELECT coalesce(max(act_file_id), 0) + 1 FROM act_file") { try $0.int64(0) } ?? 1
        try connection.execute(
            """
            INSERT INTO act_file (act_file_id, name, digest, lines, done, recorded, received_at)
            VALUES (?, ?, ?, ?, 0, 0, ?)
            """,
            [
                .integer(id), .text(file.name), .text(file.digest), .integer(Int64(file.lines)),
                .integer(now.microseconds),
            ])
        return ActFileState(id: id, done: 0, recorded: 0)
    }

    /// Takes the file's row until the end of the transaction.
    func lock(_ id: Int64) throws -> ActFileState {
        try connection.execute("UPDATE act_file SET done = done WHERE act_file_id = ?", [.integer(id)])
        return try connection.first(
            "SELECT act_file_id, done, recorded FROM act_file WHERE act_file_id = ?", [.integer(id)],
            ActFileStore.state) ?? ActFileState(id: id, done: 0, recorded: 0)
    }

    func advance(to state: ActFileState, made: [(line: Int, handle: String)], at now: Instant) throws {
        try connection.execute(
            """
            UPDATE act_file SET done = ?, recorded = ?, finished_at = CASE WHEN lines = ? THEN CAST(? AS BIGINT) END
            WHERE act_file_id = ?
            """,
            [
                .integer(Int64(state.done)), .integer(Int64(state.recorded)), .integer(Int64(state.done)),
                .integer(now.microseconds), .integer(state.id),
            ])
        try connection.insert(
            into: "act_file_made", columns: ["act_file_id", "line", "handle"],
            rows: made.map { [.integer(state.id), .integer(Int64($0.line)), .text($0.handle)] })
    }

    private static func state(_ row: Row) throws -> ActFileState {
        ActFileState(id: try row.int64(0), done: try row.int(1), recorded: try row.int(2))
    }
}

/// Puts handles in the place of what a line of a file names by a sheet or by an earlier line.
struct ActFileReferences {
    let file: Int64
    let connection: Connection
    /// What lines of this transaction made.
    var made: [Int: String] = [:]
    private var batches: [String: Int64] = [:]

    init(file: Int64, connection: Connection) {
        self.file = file
        self.connection = connection
    }

    mutating func resolve(_ request: ActRequest) throws -> ActRequest {
        var resolved = request
        resolved.persons = try request.persons?.map { try handle($0, field: "persons") }
        resolved.content = try request.content?.mapped { key, value in
            guard case .string(let text) = value, text.contains(":") else { return (key, value) }
            let name = FieldNames.camel(key)
            guard RequestReader.personKeys.contains(name) || RequestReader.householdKeys.contains(name) else {
                return (key, value)
            }
            return (key, .string(try handle(text, field: key)))
        }
        return resolved
    }

    /// The handle that the text stands for; a text that is no reference stays as it is.
    private mutating func handle(_ text: String, field: String) throws -> String {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return text }
        switch parts[0] {
        case "line":
            guard let line = Int(parts[1]), let handle = try made[line] ?? madeBefore(line) else {
                throw RequestRefusal.unknownPerson(field: "\(field) (\(text))")
            }
            return handle
        case "sheet":
            guard let handle = try ofSheet(parts[1], table: "person") else {
                throw RequestRefusal.unknownPerson(field: "\(field) (\(text))")
            }
            return handle
        case "household":
            guard let handle = try ofSheet(parts[1], table: "household") else {
                throw RequestRefusal.unknownHousehold(field: "\(field) (\(text))")
            }
            return handle
        default: return text
        }
    }

    private func madeBefore(_ line: Int) throws -> String? {
        try connection.first(
            "SELECT handle FROM act_file_made WHERE act_file_id = ? AND line = ?",
            [.integer(file), .integer(Int64(line))]
        ) { try $0.text(0) }
    }

    private mutating func ofSheet(_ text: Substring, table: String) throws -> String? {
        guard let slash = text.lastIndex(of: "/"), let place = Int(text[text.index(after: slash)...]), place > 0,
            let batch = try batch(String(text[..<slash]))
        else { return nil }
        return try connection.first(
            """
            SELECT t.handle FROM sheet s JOIN \(table) t ON t.\(table)_id = s.\(table)_id WHERE s.sheet_id = ?
            """, [.integer(SheetID.make(batch: batch, row: place))]
        ) { try $0.text(0) }
    }

    private mutating func batch(_ name: String) throws -> Int64? {
        if let known = batches[name] { return known }
        let found = try BatchStore().batch(name: name, on: connection)?.id
        if let found { batches[name] = found }
        return found
    }
}
