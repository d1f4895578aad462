import Database

/// What does not hang on places: that every entry has one, and that the streams say what the acts say.
///
/// A pass without joins counts and sums up; only where its result is not that of the slices, the rows are named.
struct LogRest: Hashable, Sendable {
    /// Entries, without those that no slice has seen: they wait, or got their places after the slices were cut.
    private(set) var entries = 0
    /// The rows of the streams, without those entries'.
    private(set) var streams = StreamSum()

    private let log: LogName

    /// What the slices of a whole log have seen.
    init(log: LogName, entries: Int, streams: StreamSum) {
        self.log = log
        self.entries = entries
        self.streams = streams
    }

    /// Reads the rest beside slices that end before that index.
    ///
    /// The sum of what no slice has seen is on the slices' side; here it is given back as `unseen`.
    static func read(
        _ log: LogName, end: Int64, on connection: Connection
    ) throws -> (rest: LogRest, unseen: LogRest) {
        let (table, key) = names(log)
        let count = try connection.first("SELECT count(*) FROM \(table)") { try $0.int(0) } ?? 0
        var streams = StreamSum()
        if log == .acts {
            try connection.forEach("SELECT subject_kind, subject_id, version, act_id FROM act_subject") { row in
                streams.add(
                    kind: try row.int64(0), subject: try row.int64(1), version: try row.int64(2),
                    act: try row.int64(3))
            }
        }
        var unseen = LogRest(log: log, entries: 0, streams: StreamSum())
        let columns = log == .acts ? "e.act_id, e.subjects" : "e.look_id"
        try connection.forEach(
            """
            SELECT \(columns) FROM log_leaf f JOIN \(table) e ON e.\(key) = f.entry_id
            WHERE f.log = ? AND f.leaf_index >= ?
            """, [.integer(log.rawValue), .integer(end)]
        ) { try unseen.add($0) }
        try connection.forEach(
            """
            SELECT \(columns) FROM log_pending p JOIN \(table) e ON e.\(key) = p.entry_id
            WHERE p.log = ? AND NOT EXISTS (SELECT 1 FROM log_leaf f WHERE f.log = ? AND f.entry_id = p.entry_id)
            """, [.integer(log.rawValue), .integer(log.rawValue)]
        ) { try unseen.add($0) }
        return (LogRest(log: log, entries: count, streams: streams), unseen)
    }

    private mutating func add(_ row: Row) throws {
        entries += 1
        guard log == .acts else { return }
        let act = try row.int64(0)
        try row.withBlob(1) { streams.add(packed: $0, act: act) }
    }

    static func + (left: LogRest, right: LogRest) -> LogRest {
        LogRest(log: left.log, entries: left.entries + right.entries, streams: left.streams + right.streams)
    }

    private static func names(_ log: LogName) -> (table: String, key: String) {
        log == .acts ? ("act", "act_id") : ("look", "look_id")
    }

    // MARK: Naming the rows

    /// Entries that have no place and do not wait for one.
    static func unlogged(_ log: LogName, on connection: Connection) throws -> [String] {
        let (table, key) = names(log)
        return try connection.rows(
            """
            SELECT e.\(key) FROM \(table) e
            WHERE NOT EXISTS (SELECT 1 FROM log_leaf f WHERE f.log = ? AND f.entry_id = e.\(key))
            AND NOT EXISTS (SELECT 1 FROM log_pending p WHERE p.log = ? AND p.entry_id = e.\(key)) LIMIT 1000
            """, [.integer(log.rawValue), .integer(log.rawValue)]
        ) { "\(table) \(try $0.int64(0))" }
    }

    /// Acts that a row of the streams is lacking for, and those that a row names and that do not name it.
    static func changedStreams(on connection: Connection) throws -> [String] {
        var acts = try connection.rows(
            """
            SELECT a.act_id FROM act a
            LEFT JOIN (SELECT act_id, count(*) AS streams FROM act_subject GROUP BY act_id) s ON s.act_id = a.act_id
            WHERE coalesce(s.streams, 0) * 17 <> length(a.subjects) ORDER BY a.act_id LIMIT 1000
            """
        ) { try $0.int64(0) }
        let lacking = Set(acts)
        try connection.forEach(
            """
            SELECT s.subject_kind, s.subject_id, s.version, s.act_id, a.subjects FROM act_subject s
            JOIN act a ON a.act_id = s.act_id
            """
        ) { row in
            let subjects = SubjectVersion.unpack(try row.blob(4)) ?? []
            let kind = Subject.Kind(rawValue: try row.int64(0))
            let (id, version) = (try row.int64(1), try row.int64(2))
            let isNamed = subjects.contains { entry in
                entry.subject.kind == kind && entry.subject.id == id && entry.version == version
            }
            guard !isNamed else { return }
            let act = try row.int64(3)
            if !lacking.contains(act) { acts.append(act) }
        }
        return acts.map { "act \($0)" }
    }
}
