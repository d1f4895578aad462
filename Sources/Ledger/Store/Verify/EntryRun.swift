import Database

/// Neighbouring places of the log whose entries' numbers rise, as those of one integration do.
///
/// Their rows lie in the same order in every table that has the entry's number as its key: a table is read once along
/// the run instead of being searched for each place.
struct EntryRun {
    /// Where the run begins among the places it was cut from.
    let start: Int
    let entries: ArraySlice<Int64>

    /// Places of a run; with contents of a kilobyte and a half PostgreSQL's answer has a few megabytes.
    static let longest = 1_024
    /// Rows that are asked for beyond those that are needed: there may be others between them.
    private static let slack = 32

    /// Cuts places into runs, each as long as it can be.
    static func cut(_ entries: [Int64]) -> [EntryRun] {
        var runs: [EntryRun] = []
        var start = 0
        for place in entries.indices.dropFirst()
        where entries[place] <= entries[place - 1] || place - start == longest {
            runs.append(EntryRun(start: start, entries: entries[start..<place]))
            start = place
        }
        if start < entries.count { runs.append(EntryRun(start: start, entries: entries[start...])) }
        return runs
    }

    var count: Int { entries.count }

    /// Reads the rows of the run's entries, one for each at most; `body` gets the offset in the run.
    ///
    /// The statement has the entry's number as its first column and as its order, and takes the least and the greatest
    /// number and how many rows are wanted. Rows of other entries are passed over; when there are many of them, fewer
    /// are asked for at a time.
    func read(_ sql: String, on connection: Connection, _ body: (Int, Row) throws -> Void) throws {
        guard let last = entries.last else { return }
        var at = entries.startIndex
        var most = count + EntryRun.slack
        while at < entries.endIndex {
            let begin = at
            var rows = 0
            try connection.each(sql, [.integer(entries[at]), .integer(last), .integer(Int64(most))]) { row in
                rows += 1
                let entry = try row.int64(0)
                while at < entries.endIndex, entries[at] < entry { at += 1 }
                guard at < entries.endIndex, entries[at] == entry else { return }
                try body(at - entries.startIndex, row)
                at += 1
            }
            if rows < most { return }
            most = 2 * (at - begin) + EntryRun.slack
        }
    }
}
