import Civil
import Database

/// What acts in the log order to be taken away; a rule that only stands in a table orders nothing.
struct RuledRemovals {
    /// The last millisecond of looks that a rule lets go.
    private(set) var lastLooks: Int64 = -1
    /// The acts whose contents a rule lets go.
    private(set) var contents: Set<Int64> = []

    init(connection: Connection) throws {
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
            case .looks(let cut)?: lastLooks = max(lastLooks, (cut.microseconds - 1) / 1000)
            case .content(let act)?: contents.insert(act.rawValue)
            case nil: break
            }
        }
    }
}
