import Database
import Ledger
import Linkage

/// How an index of people is made, and led along when acts have changed some of them.
struct IndexMaking<Index: Sendable>: Sendable {
    /// What it is built by beside the acts, as a number that changes with it; another process may change it.
    let edition: @Sendable (Connection) throws -> Int64
    /// The index of everybody, from the persons' rows.
    let build: @Sendable (Connection) throws -> Index
    /// Takes over what has become of persons; false when building anew is the better way.
    let update: @Sendable (inout Index, [Int64], Connection) throws -> Bool
}

/// Keeps an index of one process in step with the register.
///
/// The index is memory alone: built from the persons' rows when it is first asked for, then led along the log of acts,
/// which is the one order in which every process sees changes. Whoever asks gets what was committed before, so a person
/// is found from the moment the act is durable, whichever process recorded it.
actor IndexKeeper<Index: Sendable> {
    private let database: Database
    private let making: IndexMaking<Index>
    private var followed: Followed<Index>?
    private var running: Reading?
    private var begun = 0
    /// Grows with every rebuild, so that a reading that began on the index before it does not bring that one back.
    private var generation = 0

    /// One reading of the log, which all who ask meanwhile wait for.
    private struct Reading {
        let number: Int
        let generation: Int
        let task: Task<Followed<Index>, any Error>
    }

    /// The edition of what the index is built by; see `renew(for:)`.
    private var edition: Int64

    init(database: Database, edition: Int64 = 0, _ making: IndexMaking<Index>) {
        self.database = database
        self.edition = edition
        self.making = making
    }

    /// The index with everything that was committed before the call.
    func current() async throws -> Index {
        // A reading that began before this call may have missed the last commit; the next one has not.
        let known = begun
        while let running {
            let outcome = await running.task.result
            end(running, outcome)
            if running.number > known { return try outcome.get().index }
        }
        let reading = begin()
        let outcome = await reading.task.result
        end(reading, outcome)
        return try outcome.get().index
    }

    /// Builds the index anew from the rows; until it is there, searches go on with the one before.
    func rebuild() async throws {
        let making = making
        let built = try await database.read { try Followed.read(nil, making, on: $0) }
        // It may be behind the one before; the next search leads it along the log like any other.
        followed = built
        generation += 1
    }

    /// Builds the index anew where there is one already, or one is being built.
    func renew() async throws {
        if followed != nil || running != nil { try await rebuild() }
    }

    /// The same for an edition of what it is built by, once; what fails is tried again by the next call.
    func renew(for edition: Int64) async throws {
        guard edition != self.edition else { return }
        try await renew()
        self.edition = edition
    }

    private func begin() -> Reading {
        begun += 1
        let (from, database, making) = (followed, database, making)
        let reading = Reading(
            number: begun, generation: generation,
            task: Task { try await database.read { try Followed.read(from, making, on: $0) } })
        running = reading
        return reading
    }

    /// Whoever of those waiting goes on first takes the outcome over, so that nobody asks twice about a reading that
    /// has ended.
    private func end(_ reading: Reading, _ outcome: Result<Followed<Index>, any Error>) {
        guard running?.number == reading.number else { return }
        running = nil
        if case .success(let result) = outcome, reading.generation == generation { followed = result }
    }
}

/// An index, and how far along the log of acts it is.
private struct Followed<Index: Sendable>: Sendable {
    var index: Index
    /// Acts with a place below this one are in the index.
    var size: Int64
    /// Acts that were in it before they had a place.
    var waiting: Set<Int64>
    /// `IndexMaking.edition` as it was built by.
    var edition: Int64

    /// With more acts than this since the last time, building anew is quicker.
    private static var mostActs: Int64 { 100_000 }

    static func read(
        _ last: Followed?, _ making: IndexMaking<Index>, on connection: Connection
    ) throws -> Followed {
        let size =
            try connection.first(
                "SELECT size FROM log_state WHERE log = ?", [.integer(LogName.acts.rawValue)]
            ) { try $0.int64(0) } ?? 0
        let waiting = Set(
            try connection.rows(
                "SELECT entry_id FROM log_pending WHERE log = ?", [.integer(LogName.acts.rawValue)]
            ) { try $0.int64(0) })
        let edition = try making.edition(connection)
        func built() throws -> Followed {
            Followed(index: try making.build(connection), size: size, waiting: waiting, edition: edition)
        }
        guard var followed = last, followed.edition == edition,
            size - followed.size + Int64(waiting.count) <= mostActs
        else { return try built() }
        if followed.size == size, followed.waiting == waiting { return followed }
        let changed = try followed.changed(to: size, waiting, on: connection)
        guard try making.update(&followed.index, changed, connection) else { return try built() }
        (followed.size, followed.waiting) = (size, waiting)
        return followed
    }

    /// The persons whom acts have changed since, in the order of their keys.
    private func changed(to size: Int64, _ nowWaiting: Set<Int64>, on connection: Connection) throws -> [Int64] {
        var persons: Set<Int64> = []
        func add(_ row: Row) throws {
            guard !waiting.contains(try row.int64(0)) else { return }
            for subject in SubjectVersion.unpack(try row.blob(1)) ?? [] where subject.subject.kind == .person {
                persons.insert(subject.subject.id)
            }
        }
        try connection.forEach(
            """
            SELECT a.act_id, a.subjects FROM log_leaf f JOIN act a ON a.act_id = f.entry_id
            WHERE f.log = ? AND f.leaf_index >= ? AND f.leaf_index < ?
            """, [.integer(LogName.acts.rawValue), .integer(self.size), .integer(size)], add)
        let new = nowWaiting.subtracting(waiting).sorted()
        for chunk in Placeholders.chunks(new) {
            _ = try connection.rows(
                "SELECT act_id, subjects FROM act WHERE act_id IN \(Placeholders.list)", Placeholders.padded(chunk), add
            )
        }
        return persons.sorted()
    }
}
