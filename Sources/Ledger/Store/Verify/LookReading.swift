import Database

/// Reads and hashes looks with the persons they were at.
struct LookReading {
    private let connection: Connection
    private var removals = RuledRemovals()

    init(connection: Connection) {
        self.connection = connection
    }

    private static let looks = """
        SELECT \(LookStore.columns) FROM look l WHERE l.look_id >= ? AND l.look_id <= ? ORDER BY l.look_id LIMIT ?
        """

    private static let persons = """
        SELECT look_id, person_id, position FROM look_person WHERE look_id >= ? AND look_id <= ?
        ORDER BY look_id LIMIT ?
        """

    mutating func read(_ run: EntryRun, into slice: inout LogSlice) throws {
        let persons = try persons(of: run)
        var isThere = Array(repeating: false, count: run.count)
        try run.read(LookReading.looks, on: connection) { offset, row in
            isThere[offset] = true
            let look = try LookStore.look(from: row, persons: persons[offset])
            let commitment = try row.withBlob(8) { salt in
                look.canonicalBytes.withUnsafeBytes { SaltedHash.digest(of: $0, salt: salt) }
            }
            slice.found(MerkleHash.leaf(commitment), at: run.start + offset)
        }
        for (offset, entry) in run.entries.enumerated() where !isThere[offset] {
            // Deleted by the rule on looks: their numbers follow the clock, so the rule's millisecond tells.
            if try removals.letGo(lookOf: entry >> 20, on: connection) {
                slice.foundRemoved()
            } else {
                slice.found(.entryMissing, at: run.start + offset)
            }
        }
    }

    private struct Seen {
        let look: Int64
        let person: Int64
        let position: Int64
    }

    /// The persons of each look of the run, in the order of the answer.
    private func persons(of run: EntryRun) throws -> [[Int64]] {
        var persons: [[Int64]] = Array(repeating: [], count: run.count)
        guard var first = run.entries.first, let last = run.entries.last else { return persons }
        var most = 4 * EntryRun.longest
        while true {
            var seen: [Seen] = []
            try connection.each(
                LookReading.persons, [.integer(first), .integer(last), .integer(Int64(most))]
            ) { row in
                seen.append(Seen(look: try row.int64(0), person: try row.int64(1), position: try row.int64(2)))
            }
            guard seen.count == most, let cut = seen.last?.look else {
                distribute(seen[...], over: run, &persons)
                return persons
            }
            // The last look of a full answer may have more persons: it is read again, with more room if it is alone.
            let whole = seen.prefix { $0.look < cut }
            distribute(whole, over: run, &persons)
            if whole.isEmpty { most *= 2 }
            first = cut
        }
    }

    private func distribute(_ seen: ArraySlice<Seen>, over run: EntryRun, _ persons: inout [[Int64]]) {
        var at = run.entries.startIndex
        var rest = seen
        while let look = rest.first?.look {
            let ofLook = rest.prefix { $0.look == look }
            rest = rest.dropFirst(ofLook.count)
            while at < run.entries.endIndex, run.entries[at] < look { at += 1 }
            guard at < run.entries.endIndex, run.entries[at] == look else { continue }
            persons[at - run.entries.startIndex] = ofLook.sorted { $0.position < $1.position }.map(\.person)
        }
    }
}
