import Civil
import Database
import Ledger

/// Compares the keys under which people are found again with what their sheets and birth certificates state.
struct KeyRebuild {
    let acts: ActStore
    let connection: Connection
    let writing: Bool
    /// Keys that the acts tell and that stand in the table.
    private(set) var standing = 0
    /// Keys of records that acts have changed, until there are enough of them to be compared.
    private var changed: [Key] = []

    init(acts: ActStore, connection: Connection, writing: Bool) {
        self.acts = acts
        self.connection = connection
        self.writing = writing
    }

    /// Takes the stream of a person along; most are one act, and have no keys but that act's.
    mutating func compare(_ state: PersonState, _ stream: [RecordedAct], _ result: inout RebuildResult) throws {
        guard stream.count > 1 else { return }
        changed += KeyRebuild.changedKeys(of: state, stream)
        if changed.count >= Placeholders.count { try compareChanged(&result) }
    }

    private mutating func compareChanged(_ result: inout RebuildResult) throws {
        let told = changed
        changed.removeAll(keepingCapacity: true)
        try compare(told, &result)
    }

    private static func changedKeys(of state: PersonState, _ stream: [RecordedAct]) -> [Key] {
        ChangedKeys.keys(of: state, first: stream.first).map {
            Key(key: Int64(bitPattern: $0), sheet: 0, person: state.person)
        }
    }

    mutating func run(_ result: inout RebuildResult) throws {
        try compareChanged(&result)
        var (passed, told) = (self, result)
        try SheetActs(connection: connection).forEach(atOnce: Placeholders.count) { sheets in
            try passed.compare(sheets.flatMap(KeyRebuild.rows), &told)
        } damaged: { _ in
            // The comparison of the sheets has told of it.
        }
        try passed.compareBirths(&told)
        (self, result) = (passed, told)
        try findSurplus(&result)
    }

    private struct Key: Hashable {
        var key: Int64
        var sheet: Int64
        var person: Int64

        var place: String { sheet == 0 ? "key of person \(person)" : "key of \(ToldSheet.place(sheet))" }
        var values: [SQLValue] { [.integer(key), .integer(sheet), .integer(person)] }
    }

    private static func rows(_ sheet: ToldSheet) -> [Key] {
        sheet.keys.map { Key(key: Int64(bitPattern: $0), sheet: sheet.id, person: sheet.person ?? 0) }
    }

    private mutating func compare(_ told: [Key], _ result: inout RebuildResult) throws {
        var stored: Set<Key> = []
        for keys in Placeholders.chunks(Set(told.map(\.key)).sorted()) {
            stored.formUnion(
                try connection.rows(
                    "SELECT match_key, sheet_id, person_id FROM match_key WHERE match_key IN \(Placeholders.list)",
                    Placeholders.padded(keys)
                ) { Key(key: try $0.int64(0), sheet: try $0.int64(1), person: try $0.int64(2)) })
        }
        for key in told {
            if stored.contains(key) {
                standing += 1
                continue
            }
            result.found(.missing, key.place)
            guard writing else { continue }
            standing += 1
            try connection.insert(
                into: "match_key", columns: ["match_key", "sheet_id", "person_id"], rows: [key.values])
        }
    }

    /// Those who were registered at birth have the keys of their certificate, and no sheet.
    private mutating func compareBirths(_ result: inout RebuildResult) throws {
        let births = try connection.rows(
            """
            SELECT \(ActStore.streamColumns), c.content FROM act a JOIN act_content c ON c.act_id = a.act_id
            WHERE a.kind = ? ORDER BY a.act_id
            """, [.text(ActKind.registeredAtBirth.rawValue)]
        ) { row -> [Key] in
            guard let act = try? ActStore.storedAct(from: row) else { return [] }
            return KeyRebuild.birthKeys(act, try row.blob(11))
        }
        try compare(births.flatMap { $0 }, &result)
    }

    private static func birthKeys(_ act: Act, _ content: [UInt8]) -> [Key] {
        guard let recorded = try? Streams.recorded(act, version: 1, content: content),
            case .registeredAtBirth(let birth) = recorded.content
        else { return [] }
        return recorded.statedKeys.sorted().map {
            Key(key: Int64(bitPattern: $0), sheet: 0, person: birth.person)
        }
    }

    /// Keys that no act tells; looked for only when there are more of them than acts tell.
    private func findSurplus(_ result: inout RebuildResult) throws {
        let count = try connection.first("SELECT count(*) FROM match_key") { try $0.int(0) } ?? 0
        guard count > standing else { return }
        var surplus: [Key] = []
        var gathered: [Key] = []
        try connection.forEach("SELECT match_key, sheet_id, person_id FROM match_key") { row in
            gathered.append(Key(key: try row.int64(0), sheet: try row.int64(1), person: try row.int64(2)))
            guard gathered.count == Placeholders.count else { return }
            surplus += try untold(gathered)
            gathered.removeAll(keepingCapacity: true)
        }
        surplus += try untold(gathered)
        for key in surplus {
            result.found(.surplus, key.place)
            guard writing else { continue }
            try connection.execute(
                "DELETE FROM match_key WHERE match_key = ? AND sheet_id = ? AND person_id = ?", key.values)
        }
    }

    private func untold(_ keys: [Key]) throws -> [Key] {
        guard !keys.isEmpty else { return [] }
        let ids = Set(keys.map(\.sheet)).sorted()[...]
        let told = Set(try SheetActs(connection: connection).sheets(ids).flatMap(KeyRebuild.rows))
        return try keys.filter { key in
            if told.contains(key) { return false }
            return try key.sheet == 0 ? !isOfFirstAct(key) && !isOfChange(key) : !isOfDamagedSheet(key.sheet)
        }
    }

    /// Whether the person's first act, a birth or a decision on a held sheet, tells the key.
    private func isOfFirstAct(_ key: Key) throws -> Bool {
        try connection.rows(
            """
            SELECT \(ActStore.streamColumns), c.content FROM act_subject s JOIN act a ON a.act_id = s.act_id
            JOIN act_content c ON c.act_id = a.act_id WHERE s.subject_kind = ? AND s.subject_id = ? AND s.version = 1
            """, [.integer(Subject.Kind.person.rawValue), .integer(key.person)]
        ) { row in
            let content = try row.blob(11)
            // What cannot be read says nothing against the key.
            guard let act = try? ActStore.storedAct(from: row),
                let told = try? ActContent(kind: act.kind, canonicalBytes: content)
            else { return true }
            if case .collected(let sheet) = told {
                return sheet.sheet.id == 0
                    && told.identityFacts?.keys.contains(UInt64(bitPattern: key.key)) == true
            }
            return KeyRebuild.birthKeys(act, content).contains(key)
        }.contains(true)
    }

    /// Whether the record has the key by what acts have changed.
    private func isOfChange(_ key: Key) throws -> Bool {
        let isKey = try Streams.ifLegible {
            let stream = try Streams(acts: acts, connection: connection).acts(of: .person(key.person))
            let state = try PersonFold.state(of: key.person, acts: stream)
            return state.map { KeyRebuild.changedKeys(of: $0, stream).contains(key) } ?? false
        }
        // What cannot be read says nothing against the key.
        return isKey ?? true
    }

    private func isOfDamagedSheet(_ sheet: Int64) throws -> Bool {
        try connection.first(
            "SELECT 1 FROM sheet s JOIN act a ON a.act_id = s.act_id WHERE s.sheet_id = ?", [.integer(sheet)]
        ) { _ in true } == true && SheetActs(connection: connection).sheets([sheet]).isEmpty
    }
}
