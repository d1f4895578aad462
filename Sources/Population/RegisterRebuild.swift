import Civil
import Database
import Ledger

/// A projection that does not follow from the acts.
package struct RebuildDifference: Hashable, Sendable {
    /// The table and its key: `person 17`, `sheet 3/12`.
    package let place: String
    package let what: What

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
    /// Streams whose acts cannot be understood; they are set aside, the others go on.
    package var damaged: [String] = []

    package var isClean: Bool { differenceCount == 0 && damaged.isEmpty }

    /// Differences beyond these are counted, not listed.
    static let mostListed = 1_000

    mutating func found(_ what: RebuildDifference.What, _ place: String) {
        differenceCount += 1
        if differences.count < RebuildResult.mostListed {
            differences.append(RebuildDifference(place: place, what: what))
        }
    }
}

extension PopulationRegister {
    /// Dựng lại từ các sự việc: folds every stream anew and compares it with the projections, or writes it there.
    ///
    /// With `writing`, what differs is put right in one transaction; the acts themselves are never touched.
    package func rebuild(writing: Bool) async throws -> RebuildResult {
        let acts = acts
        let body: @Sendable (Connection) throws -> RebuildResult = { connection in
            var rebuild = Rebuild(acts: acts, connection: connection, writing: writing)
            try rebuild.run()
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

    mutating func run() throws {
        try foldStreams(of: .person)
        try foldStreams(of: .household)
        try findSurplus()
        try compareSheets()
        try compareNumbers()
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
            switch subject.kind {
            case .person:
                result.persons += 1
                guard let state = try PersonFold.state(of: subject.id, acts: stream) else { return }
                try compare(state, handle: stream.lazy.compactMap(\.content.personHandle).first)
            case .household:
                result.households += 1
                guard let state = try HouseholdFold.state(of: subject.id, acts: stream) else { return }
                try compare(state, handle: stream.lazy.compactMap(\.content.householdHandle).first)
            case .set: break
            }
        } catch is DamagedStream {
            result.damaged.append("\(subject.kind) \(subject.id)")
        }
    }

    private mutating func compare(_ state: PersonState, handle: Handle?) throws {
        guard let handle else {
            result.damaged.append("person \(state.person): no handle")
            return
        }
        let expected = try PersonStore.values(.init(state: state, handle: handle.text))
        try compare(
            expected, table: "person", columns: PersonStore.personColumns, id: state.person,
            relatives: PersonStore.relatives(of: state))
    }

    private mutating func compare(_ state: HouseholdState, handle: Handle?) throws {
        guard let handle else {
            result.damaged.append("household \(state.household): no handle")
            return
        }
        let expected = try PersonStore.values(.init(state: state, handle: handle.text))
        try compare(
            expected, table: "household", columns: PersonStore.householdColumns, id: state.household, relatives: [])
    }

    private mutating func compare(
        _ expected: [SQLValue], table: String, columns: [String], id: Int64, relatives: [[SQLValue]]
    ) throws {
        let stored = try connection.first(
            "SELECT \(columns.joined(separator: ", ")) FROM \(table) WHERE \(columns[0]) = ?", [.integer(id)]
        ) { row in columns.indices.map { row[$0] } }
        let place = "\(table) \(id)"
        if let stored {
            if stored != expected { result.found(.different, place) }
        } else {
            result.found(.missing, place)
        }
        let related = try table == "person" ? storedRelatives(of: id) : []
        if Set(related) != Set(relatives) { result.found(.different, "relative \(id)") }
        guard writing, stored != expected || Set(related) != Set(relatives) else { return }
        try connection.execute("DELETE FROM \(table) WHERE \(columns[0]) = ?", [.integer(id)])
        try connection.insert(into: table, columns: columns, rows: [expected])
        guard table == "person" else { return }
        try connection.execute("DELETE FROM relative WHERE person_id = ?", [.integer(id)])
        try connection.insert(into: "relative", columns: ["relative_id", "kind", "person_id"], rows: relatives)
    }

    private func storedRelatives(of person: Int64) throws -> [[SQLValue]] {
        try connection.rows(
            "SELECT relative_id, kind, person_id FROM relative WHERE person_id = ?", [.integer(person)]
        ) { row in [row[0], row[1], row[2]] }
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
    }

    // MARK: Sheets

    /// Every sheet's row and findings follow from its act, and from the acts of other sheets that name it.
    private mutating func compareSheets() throws {
        let columns = ActStore.streamColumns
        try connection.forEach(
            """
            SELECT \(columns), c.content, s.sheet_id, s.fate, s.person_id, s.row_number FROM act a
            JOIN act_content c ON c.act_id = a.act_id LEFT JOIN sheet s ON s.act_id = a.act_id
            WHERE a.kind IN ('collected', 'sheet_held') ORDER BY a.act_id
            """
        ) { row in
            result.sheets += 1
            let act = try ActStore.storedAct(from: row)
            let content = try ActContent(kind: act.kind, canonicalBytes: try row.blob(11))
            guard let source = content.sheetSource else { return }
            let place = "sheet \(SheetID.batch(of: source.id))/\(SheetID.row(of: source.id))"
            guard try row.int64OrNull(12) == source.id else {
                result.found(.missing, place)
                return
            }
            let findings = try storedFindings(of: source.id)
            if !Set(source.findings).isSubset(of: findings) { result.found(.missing, "finding of \(place)") }
            let isHeld = if case .sheetHeld = content { true } else { false }
            let expected = isHeld ? SheetFate.held : max(SheetFate.of(Array(findings)), .accepted)
            let fate = SheetFate(rawValue: try row.int64(13))
            let isFateRight = fate == expected || (!isHeld && expected == .held && fate == .acceptedWithFindings)
            let person = try row.int64OrNull(14)
            if !isFateRight || person != content.collectedPerson { result.found(.different, place) }
            for finding in source.findings where finding.code == .duplicate {
                guard let other = finding.other, other != 0 else { continue }
                let mirrored = try storedFindings(of: other).contains { $0.code == .duplicate }
                if !mirrored {
                    result.found(.missing, "finding of sheet \(SheetID.batch(of: other))/\(SheetID.row(of: other))")
                }
            }
        }
        let lost = try connection.rows(
            "SELECT sheet_id FROM sheet s WHERE NOT EXISTS (SELECT 1 FROM act a WHERE a.act_id = s.act_id)"
        ) { try $0.int64(0) }
        for sheet in lost { result.found(.surplus, "sheet \(SheetID.batch(of: sheet))/\(SheetID.row(of: sheet))") }
    }

    private func storedFindings(of sheet: Int64) throws -> Set<SheetFinding> {
        Set(
            try connection.rows(
                "SELECT sheet_id, code, field, other, candidates FROM sheet_finding WHERE sheet_id = ?",
                [.integer(sheet)],
                SheetReader.finding
            ).compactMap { $0 })
    }

    // MARK: Numbers

    /// Every number in force is the one in its holder's state, and the other way round.
    private mutating func compareNumbers() throws {
        try connection.forEach(
            """
            SELECT n.number, n.person_id, n.in_force, p.state FROM personal_number n
            LEFT JOIN person p ON p.person_id = n.person_id ORDER BY n.number
            """
        ) { row in
            result.numbers += 1
            guard let number = PersonalIdentificationNumber(value: try row.int64(0)), let text = try row.textOrNull(3)
            else {
                result.found(.surplus, "number of person \(try row.int64(1))")
                return
            }
            let state = try StateCoding.value(PersonState.self, from: text)
            let isRight =
                try row.int64(2) == 1
                ? state.number == number.digits : state.cancelledNumbers.contains { $0.number == number.digits }
            if !isRight { result.found(.different, "number of person \(state.person)") }
        }
        let without = try connection.rows(
            """
            SELECT person_id, state FROM person p WHERE NOT EXISTS (
                SELECT 1 FROM personal_number n WHERE n.person_id = p.person_id AND n.in_force = 1)
            AND state LIKE '%"number":"%'
            """
        ) { (try $0.int64(0), try $0.text(1)) }
        for (person, text) in without {
            let state = try StateCoding.value(PersonState.self, from: text)
            if state.number != nil { result.found(.missing, "number of person \(person)") }
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

    fileprivate var collectedPerson: Int64? {
        if case .collected(let sheet) = self { sheet.person } else { nil }
    }
}
