import Civil
import Database

/// Compares what each person adds to the sums of quality with the record and the findings of its sheet.
struct MeasureRebuild {
    let connection: Connection
    let writing: Bool

    func run(_ result: inout RebuildResult) throws {
        var told = result
        var gathered: [PersonState] = []
        try connection.forEach("SELECT person_id, state FROM person ORDER BY person_id") { row in
            // A record that cannot be read has been told of by the comparison of the persons.
            guard let state = try? StateCoding.value(PersonState.self, in: row, 1), state.person == (try row.int64(0))
            else { return }
            gathered.append(state)
            guard gathered.count == Placeholders.count else { return }
            try compare(gathered, &told)
            gathered.removeAll(keepingCapacity: true)
        }
        if !gathered.isEmpty { try compare(gathered, &told) }
        result = told
        try findSurplus(&result)
    }

    private func compare(_ states: [PersonState], _ result: inout RebuildResult) throws {
        let findings = try findings(of: states.compactMap(\.sheet)[...])
        let stored = try stored(states.map(\.person)[...])
        for state in states {
            let measure = PersonMeasure(state, findings: state.sheet.flatMap { findings[$0] } ?? [])
            let expected = measure.map(MeasureStore.values)
            let found = stored[state.person]
            guard found != expected else { continue }
            let what: RebuildDifference.What = found == nil ? .missing : expected == nil ? .surplus : .different
            result.found(what, "person_measure \(state.person)")
            if writing { try MeasureStore().put(measure, of: state.person, on: connection) }
        }
    }

    private func stored(_ persons: ArraySlice<Int64>) throws -> [Int64: [SQLValue]] {
        let columns = MeasureStore.columns
        let rows = try connection.rows(
            "SELECT \(columns.joined(separator: ", ")) FROM person_measure WHERE person_id IN \(Placeholders.list)",
            Placeholders.padded(persons)
        ) { row in (try row.int64(0), columns.indices.map { row[$0] }) }
        return Dictionary(rows) { first, _ in first }
    }

    private func findings(of sheets: ArraySlice<Int64>) throws -> [Int64: [OpenFinding]] {
        guard !sheets.isEmpty else { return [:] }
        var findings: [Int64: [OpenFinding]] = [:]
        let rows = try connection.rows(
            "SELECT sheet_id, code, field FROM sheet_finding WHERE sheet_id IN \(Placeholders.list)",
            Placeholders.padded(sheets)
        ) { row in (try row.int64(0), try row.text(1), try row.text(2)) }
        for (sheet, code, field) in rows {
            guard let code = FindingCode(rawValue: code) else { continue }
            findings[sheet, default: []].append(OpenFinding(code: code, field: field))
        }
        return findings
    }

    private func findSurplus(_ result: inout RebuildResult) throws {
        let surplus = try connection.rows(
            """
            SELECT person_id FROM person_measure m
            WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.person_id = m.person_id)
            """
        ) { try $0.int64(0) }
        for person in surplus {
            result.found(.surplus, "person_measure \(person)")
            if writing { try MeasureStore().put(nil, of: person, on: connection) }
        }
    }
}
