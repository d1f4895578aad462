import Civil
import Database
import Ledger

/// A projection that does not follow from the acts.
package struct RebuildDifference: Hashable, Sendable {
    /// The table and its key: `person 17`, `sheet 3/12`.
    package let place: String
    package let what: What
    /// False where only a backup helps: numbers are never taken away or given to somebody else.
    package var isRepairable = true

    package enum What: String, Hashable, Sendable {
        /// The acts say that it is there, and it is not.
        case missing
        /// It is there, and the acts do not say so.
        case surplus
        /// It is there with other contents.
        case different
    }
}

/// What a rebuild read and found.
package struct RebuildResult: Hashable, Sendable {
    package var persons = 0
    package var households = 0
    package var sheets = 0
    package var numbers = 0
    package var differences: [RebuildDifference] = []
    package var differenceCount = 0
    /// How many of the differences a rebuild leaves as they are.
    package var unrepairableCount = 0
    /// Streams and acts that cannot be understood; they are set aside with their rows, the others go on.
    package var damaged: [String] = []

    package var isClean: Bool { differenceCount == 0 && damaged.isEmpty }

    /// Differences beyond these are counted, not listed.
    static let mostListed = 1_000

    mutating func found(_ what: RebuildDifference.What, _ place: String, isRepairable: Bool = true) {
        differenceCount += 1
        if !isRepairable { unrepairableCount += 1 }
        if differences.count < RebuildResult.mostListed {
            differences.append(RebuildDifference(place: place, what: what, isRepairable: isRepairable))
        }
    }
}

extension PopulationRegister {
    /// Dựng lại từ các sự việc: folds every stream anew and compares it with the projections, or writes it there.
    ///
    /// With `writing`, what differs is put right in one transaction; the acts themselves are never touched. What the
    /// acts do not tell stays as it is: who was given a number that no act gives, a file of units that does not come
    /// with the program, and, where a batch's row is lost, the very instant at which its file was received.
    package func rebuild(writing: Bool) async throws -> RebuildResult {
        let (acts, now) = (acts, surroundings.now())
        let rows: @Sendable (Connection) throws -> RebuildResult = { connection in
            var result = RebuildResult()
            try RegisterRowsRebuild(
                store: RegisterStore(acts: acts), connection: connection, writing: writing, now: now
            ).run(&result)
            return result
        }
        // In a transaction of their own, since they are few and units may be loaded meanwhile.
        let own = try await writing ? database.write(rows) : database.read(rows)
        let body: @Sendable (Connection) throws -> RebuildResult = { connection in
            var rebuild = Rebuild(acts: acts, connection: connection, writing: writing)
            rebuild.result = own
            try rebuild.checkStore()
            try rebuild.run()
            if writing, rebuild.result.differenceCount > 0 { try RebuiltStore().count(on: connection) }
            return rebuild.result
        }
        return writing ? try await database.writeBulk(body) : try await database.read(body)
    }
}

/// One rebuild inside one transaction: streams in the order of their keys, so that memory stays flat.
private struct Rebuild {
    let acts: ActStore
    let connection: Connection
    let writing: Bool
    var result = RebuildResult()

    private var numbers: NumberRebuild
    private var dwellings: DwellingRebuild
    private var keys: KeyRebuild

    init(acts: ActStore, connection: Connection, writing: Bool) {
        self.acts = acts
        self.connection = connection
        self.writing = writing
        numbers = NumberRebuild(connection: connection, writing: writing)
        dwellings = DwellingRebuild(connection: connection, writing: writing)
        keys = KeyRebuild(acts: acts, connection: connection, writing: writing)
    }

    /// What the engine itself finds wrong in its file; indexes are made anew.
    ///
    /// An index that does not lead to its rows is not seen by reading them.
    mutating func checkStore() throws {
        var problems = try connection.integrityProblems()
        if writing, !problems.isEmpty {
            result.found(.different, "index of the store")
            try connection.rebuildIndexes()
            problems = try connection.integrityProblems()
        }
        result.damaged += problems.map { "store: \($0)" }
    }

    mutating func run() throws {
        // One rebuild at a time, and no import beside it.
        if writing { try BatchStore().takeIntake(on: connection) }
        try findSurplus()
        try foldStreams(of: .person)
        try foldStreams(of: .household)
        try numbers.findSurplus(&result)
        try dwellings.findSurplus(acts, &result)
        result.numbers = numbers.seen
        var batches = BatchRebuild(connection: connection, writing: writing)
        try batches.run(&result)
        var sheets = SheetRebuild(connection: connection, writing: writing)
        try sheets.run(&result)
        try batches.finish(sheets.rowsOfBatches, &result)
        try DecisionRebuild(connection: connection, writing: writing).run(&result)
        try keys.run(&result)
        // Last, since a measure follows from the record and from the findings of its sheet.
        try MeasureRebuild(connection: connection, writing: writing).run(&result)
    }

    // MARK: Streams

    private mutating func foldStreams(of kind: Subject.Kind) throws {
        var current: Int64?
        var stream: [RecordedAct] = []
        var isDamaged = false
        try connection.forEach(
            """
            SELECT \(ActStore.streamColumns), s.version, c.content, s.subject_id FROM act_subject s
            JOIN act a ON a.act_id = s.act_id LEFT JOIN act_content c ON c.act_id = a.act_id
            WHERE s.subject_kind = ? ORDER BY s.subject_id, s.version
            """, [.integer(kind.rawValue)]
        ) { row in
            let subject = try row.int64(13)
            if subject != current {
                if let current, !isDamaged { try compare(Subject(kind, current), stream) }
                current = subject
                stream.removeAll(keepingCapacity: true)
                isDamaged = false
            }
            do {
                let act = try ActStore.storedAct(from: row)
                let recorded = try Streams.recorded(act, version: try row.int64(11), content: try row.blobOrNull(12))
                if let recorded { stream.append(recorded) }
            } catch {
                if !isDamaged { result.damaged.append("\(kind) \(subject)") }
                isDamaged = true
            }
        }
        if let current, !isDamaged { try compare(Subject(kind, current), stream) }
    }

    private mutating func compare(_ subject: Subject, _ stream: [RecordedAct]) throws {
        do {
            guard let row = try expected(of: subject, stream) else { return }
            switch subject.kind {
            case .person:
                result.persons += 1
                if let state = row.person { try keys.compare(state, stream, &result) }
                try numbers.compare(person: subject.id, stream, &result)
            case .household: result.households += 1
            case .set: return
            }
            try dwellings.compare(subject, stream, &result)
            guard try differs(row) else { return }
            if writing { try putRight(subject) }
        } catch is DamagedStream {
            result.damaged.append("\(subject.kind) \(subject.id)")
        }
    }

    /// The rows that a subject's acts lead to.
    private struct Expected {
        var table: String
        var columns: [String]
        var values: [SQLValue]
        var id: Int64
        var relatives: RelativeStore.Rows
        var person: PersonState?
    }

    private func expected(of subject: Subject, _ stream: [RecordedAct]) throws -> Expected? {
        func handle(_ handles: [Handle?]) throws -> String {
            guard let handle = handles.lazy.compactMap({ $0 }).first else {
                throw DamagedStream(act: stream.first?.id ?? ActID(rawValue: 0), reason: "no handle")
            }
            return handle.text
        }
        switch subject.kind {
        case .person:
            guard let state = try PersonFold.state(of: subject.id, acts: stream) else { return nil }
            let row = PersonStore.PersonRow(state: state, handle: try handle(stream.map(\.content.personHandle)))
            return Expected(
                table: "person", columns: PersonStore.personColumns, values: try PersonStore.values(row),
                id: state.person, relatives: RelativeStore.Rows(state), person: state)
        case .household:
            guard let state = try HouseholdFold.state(of: subject.id, acts: stream) else { return nil }
            let row = PersonStore.HouseholdRow(
                state: state, handle: try handle(stream.map(\.content.householdHandle)))
            return Expected(
                table: "household", columns: PersonStore.householdColumns, values: try PersonStore.values(row),
                id: state.household, relatives: RelativeStore.Rows())
        case .set: return nil
        }
    }

    /// Notes where the stored rows are not the expected ones; whether there is such a place.
    private mutating func differs(_ row: Expected) throws -> Bool {
        let stored = try connection.first(
            "SELECT \(row.columns.joined(separator: ", ")) FROM \(row.table) WHERE \(row.columns[0]) = ?",
            [.integer(row.id)]
        ) { stored in row.columns.indices.map { stored[$0] } }
        if let stored {
            if stored != row.values { result.found(.different, "\(row.table) \(row.id)") }
        } else {
            result.found(.missing, "\(row.table) \(row.id)")
        }
        guard row.table == "person" else { return stored != row.values }
        let related = try RelativeStore().rows(of: row.id, on: connection)
        if related != row.relatives { result.found(.different, "relative \(row.id)") }
        return stored != row.values || related != row.relatives
    }

    /// Folds the subject once more with its row taken, so that an act recorded meanwhile is not lost, and writes it.
    private func putRight(_ subject: Subject) throws {
        let table = subject.kind == .person ? "person" : "household"
        try connection.execute(
            "UPDATE \(table) SET version = version WHERE \(table)_id = ?", [.integer(subject.id)])
        let stream = try Streams(acts: acts, connection: connection).acts(of: subject)
        guard let row = try expected(of: subject, stream) else { return }
        // A handle that stands in the wrong row is its own row's again when that one's turn comes.
        try connection.execute(
            "DELETE FROM \(table) WHERE \(row.columns[0]) = ? OR handle = ?", [.integer(row.id), row.values[1]])
        try connection.insert(into: table, columns: row.columns, rows: [row.values])
        guard table == "person" else { return }
        try RelativeStore().replace(row.relatives, of: row.id, on: connection)
    }

    // MARK: Surplus

    private mutating func findSurplus() throws {
        for (table, kind) in [("person", Subject.Kind.person), ("household", .household)] {
            let surplus = try connection.rows(
                """
                SELECT t.\(table)_id FROM \(table) t WHERE NOT EXISTS (
                    SELECT 1 FROM act_subject s WHERE s.subject_kind = ? AND s.subject_id = t.\(table)_id)
                """, [.integer(kind.rawValue)]
            ) { try $0.int64(0) }
            for id in surplus {
                result.found(.surplus, "\(table) \(id)")
                if writing { try connection.execute("DELETE FROM \(table) WHERE \(table)_id = ?", [.integer(id)]) }
            }
        }
        for person in try RelativeStore().orphans(on: connection) {
            result.found(.surplus, "relative \(person)")
            if writing { try RelativeStore().replace(RelativeStore.Rows(), of: person, on: connection) }
        }
    }
}

extension SheetFate: Comparable {
    package static func < (left: SheetFate, right: SheetFate) -> Bool { left.rawValue < right.rawValue }
}

extension ActContent {
    fileprivate var personHandle: Handle? {
        switch self {
        case .collected(let sheet): sheet.handle
        case .registeredAtBirth(let birth): birth.handle
        default: nil
        }
    }

    fileprivate var householdHandle: Handle? {
        switch self {
        case .householdFormed(let formation), .householdSplit(let formation): formation.handle
        default: nil
        }
    }

    var sheetSource: SheetSource? {
        switch self {
        case .collected(let sheet): sheet.sheet
        case .sheetHeld(let sheet): sheet.sheet
        default: nil
        }
    }

}
