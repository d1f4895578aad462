import Civil
import Database

/// What acts in the log order to be taken away; a rule that only stands in a table orders nothing.
///
/// The rules are read when something is missing, in the snapshot of the rows that are verified.
struct RuledRemovals {
    private var rules: Rules?

    private struct Rules {
        /// The last millisecond of looks that a rule lets go.
        var lastLooks: Int64 = -1
        /// The acts whose contents a rule lets go.
        var contents: Set<Int64> = []
    }

    /// Whether a rule lets the content of that act go.
    mutating func letGo(contentOf act: Int64, on connection: Connection) throws -> Bool {
        try read(on: connection).contents.contains(act)
    }

    /// Whether a rule lets the looks of that millisecond go.
    mutating func letGo(lookOf millisecond: Int64, on connection: Connection) throws -> Bool {
        try millisecond <= read(on: connection).lastLooks
    }

    private mutating func read(on connection: Connection) throws -> Rules {
        if let rules { return rules }
        var found = Rules()
        try connection.forEach(
            """
            SELECT c.content FROM act_subject s JOIN act a ON a.act_id = s.act_id
            JOIN act_content c ON c.act_id = s.act_id JOIN log_leaf l ON l.log = ? AND l.entry_id = s.act_id
            WHERE s.subject_kind = ? AND s.subject_id = ? AND a.kind = ?
            """,
            [
                .integer(LogName.acts.rawValue), .integer(RetentionRule.subject.kind.rawValue),
                .integer(RetentionRule.subject.id), .text(ActKind.retentionRuled.rawValue),
            ]
        ) { row in
            switch RetentionRule(canonicalBytes: try row.blob(0)) {
            case .looks(let cut)?: found.lastLooks = max(found.lastLooks, (cut.microseconds - 1) / 1000)
            case .content(let act)?: found.contents.insert(act.rawValue)
            case nil: break
            }
        }
        rules = found
        return found
    }
}
