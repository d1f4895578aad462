import Database

/// Re-reads everything: entries, contents, tiles, checkpoints, signatures; believes nothing that it can compute.
///
/// The log is cut into slices that are read and hashed side by side, each on a reader of the store; the tree grows from
/// them in their order. Memory does not depend on the log's length.
package struct LogVerifier: Sendable {
    private let database: Database
    private let keys: [LogName: LogVerificationKey]

    /// Slices that are on their way at a time; the store's readers share them.
    private static let slicesAtOnce = 4

    /// Signatures are verified with these keys; a log without one has no valid checkpoint.
    package init(database: Database, keys: [LogName: LogVerificationKey]) {
        self.database = database
        self.keys = keys
    }

    package func verify() async throws -> LogVerification {
        var result = LogVerification()
        for log in LogName.allCases { result = try await verify(log, result) }
        result.waiting = try await database.read { connection in
            try connection.first("SELECT count(*) FROM log_pending") { try $0.int(0) } ?? 0
        }
        return result
    }

    private func verify(_ log: LogName, _ result: LogVerification) async throws -> LogVerification {
        let key = keys[log]
        let outline = try await database.read { try LogOutline(of: log, on: $0) }
        var growth = LogGrowth(
            log: log, size: outline.size, checkpoints: outline.checkpoints, result: outline.checked(by: key, result))
        let (seen, rest) = try await grow(&growth, outline)
        try await compare(growth.end(), &growth)
        if growth.tree.size > outline.checkpoints.last?.size ?? 0 {
            growth.found(.checkpointMissing, "checkpoint \(growth.tree.size)")
        }
        if seen != rest {
            let (unlogged, streams) = try await database.read { connection in
                (
                    try LogRest.unlogged(log, on: connection),
                    log == .acts ? try LogRest.changedStreams(on: connection) : []
                )
            }
            for entry in unlogged { growth.found(.entryNotLogged, entry) }
            for act in streams { growth.found(.streamChanged, act) }
        }
        return growth.result
    }

    private enum Part: Sendable {
        case slice(Int, LogSlice)
        case rest(LogRest, unseen: LogRest)
    }

    /// Reads all slices and what does not hang on places; what the slices have seen, and what there is.
    private func grow(_ growth: inout LogGrowth, _ outline: LogOutline) async throws -> (seen: LogRest, rest: LogRest) {
        let (database, log) = (database, growth.log)
        var seen = LogRest(log: log, entries: 0, streams: StreamSum())
        var there = seen
        try await withThrowingTaskGroup(of: Part.self) { group in
            group.addTask {
                let (rest, unseen) = try await database.read { try LogRest.read(log, end: outline.end, on: $0) }
                return .rest(rest, unseen: unseen)
            }
            var (asked, taken) = (0, 0)
            var early: [Int: LogSlice] = [:]
            while true {
                while asked < outline.sliceCount, asked < taken + LogVerifier.slicesAtOnce {
                    let number = asked
                    asked += 1
                    group.addTask {
                        .slice(
                            number,
                            try await database.read { connection in
                                try LogSlice(
                                    of: log, outline.range(ofSlice: number), size: outline.size, on: connection)
                            })
                    }
                }
                guard let part = try await group.next() else { break }
                switch part {
                case .rest(let rest, let unseen):
                    there = rest
                    seen = seen + unseen
                case .slice(let number, let slice): early[number] = slice
                }
                while let slice = early.removeValue(forKey: taken) {
                    taken += 1
                    seen = seen + LogRest(log: log, entries: slice.present, streams: slice.streams)
                    try growth.take(slice)
                    try await compare(growth.tilesToCompare(), &growth)
                }
            }
        }
        return (seen, there)
    }

    private func compare(_ tiles: [Tile], _ growth: inout LogGrowth) async throws {
        guard !tiles.isEmpty else { return }
        let log = growth.log
        let stored = try await database.read { connection in
            let store = TileStore(log: log, connection: connection)
            return tiles.map { try? store.hashes(of: $0.coordinate) }
        }
        growth.compare(tiles, with: stored)
    }
}

/// What a log says about itself before its entries are read.
struct LogOutline: Sendable {
    let log: LogName
    /// The name under which its checkpoints are signed.
    private let origin: String
    /// The size in the log's row of state.
    let size: UInt64
    /// Places begin at 0 and end before this index; it is not the size only in a changed log.
    let end: Int64
    /// A place far beyond the size, which no slice reads.
    private let stray: Int64?
    let checkpoints: [StoredCheckpoint]
    /// What the checkpoints of each log say about size and root.
    private let known: [String: Set<String>]

    init(of log: LogName, on connection: Connection) throws {
        let reader = LogReader(connection: connection)
        guard let origin = try reader.origin(of: log) else { throw LogFault.notCreated(log) }
        self.log = log
        self.origin = origin
        size = try reader.size(of: log)
        let last = try connection.first(
            "SELECT max(leaf_index) FROM log_leaf WHERE log = ?", [.integer(log.rawValue)]
        ) { try $0.int64OrNull(0) }
        let after = ((last ?? nil) ?? -1) + 1
        end = min(after, Int64(clamping: size) + LogSlice.length)
        stray = after > end ? after - 1 : nil
        checkpoints = try reader.checkpoints(of: log)
        known = Dictionary(
            uniqueKeysWithValues: try LogName.allCases.map { named in
                (named.text, Set(try reader.checkpoints(of: named).map { "\($0.size) \($0.root.base64)" }))
            })
    }

    var sliceCount: Int { Int((end + LogSlice.length - 1) / LogSlice.length) }

    func range(ofSlice number: Int) -> Range<Int64> {
        let start = Int64(number) * LogSlice.length
        return start..<min(end, start + LogSlice.length)
    }

    /// Adds what the checkpoints alone show.
    func checked(by key: LogVerificationKey?, _ result: LogVerification) -> LogVerification {
        var result = result
        result.checkpoints += checkpoints.count
        if let key, key.name.text != origin { result.found(.registerChanged, log, "origin \(origin)") }
        for checkpoint in checkpoints { check(checkpoint, key, &result) }
        if let stray { result.found(.placesBroken, log, "index \(stray)") }
        return result
    }

    /// The signature, the columns beside it, and that both logs have the checkpoints that this one names.
    private func check(_ checkpoint: StoredCheckpoint, _ key: LogVerificationKey?, _ result: inout LogVerification) {
        let place = "checkpoint \(checkpoint.size)"
        guard let key, let note = try? SignedNote(parsing: checkpoint.note),
            let signed = try? Checkpoint(verifying: note, by: key)
        else {
            result.found(.signatureWrong, log, place)
            return
        }
        if signed.size != checkpoint.size || signed.root != checkpoint.root { result.found(.rootChanged, log, place) }
        for line in signed.extensions {
            guard let end = line.firstIndex(of: " "), let known = known[String(line[..<end])] else { continue }
            if !known.contains(String(line[line.index(after: end)...])) {
                let named = line.split(separator: " ").dropLast().joined(separator: " ")
                result.found(.checkpointMissing, log, "\(place) names \(named)")
            }
        }
    }
}
