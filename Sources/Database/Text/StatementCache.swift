/// Prepared statements by their text, bounded; what was not used for longest leaves first.
///
/// A statement is taken out while it runs and put back afterwards, so that the same text may run inside itself.
struct StatementCache<Statement> {
    private var entries: [String: (statement: Statement, used: UInt64)] = [:]
    private var clock: UInt64 = 0
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// The statement, no longer in the cache, or nil.
    mutating func take(_ sql: String) -> Statement? {
        entries.removeValue(forKey: sql)?.statement
    }

    /// Keeps the statement; what has to make room, or was in its place, comes back to be closed.
    mutating func put(_ statement: Statement, for sql: String) -> Statement? {
        clock += 1
        if let replaced = entries.updateValue((statement, clock), forKey: sql) { return replaced.statement }
        guard entries.count > limit, let oldest = entries.min(by: { $0.value.used < $1.value.used })?.key else {
            return nil
        }
        return entries.removeValue(forKey: oldest)?.statement
    }

    /// Everything, and the cache is empty.
    mutating func removeAll() -> [Statement] {
        defer { entries.removeAll() }
        return entries.values.map(\.statement)
    }
}
