import Civil
import Database
import Ledger

/// Looks up what the register holds under the keys of new sheets.
struct KnownRecords {
    let connection: Connection

    /// There are not more people of one name, commune and year; a line that stands a thousand times in files is
    /// compared with its first copies.
    static let mostUnderKey = 256

    /// The records under the keys, by key, oldest sheets first.
    func find(_ keys: Set<UInt64>) throws -> [UInt64: [KnownRecord]] {
        var hits: [(key: UInt64, sheet: Int64, person: Int64)] = []
        let sorted = keys.map { Int64(bitPattern: $0) }.sorted()
        for chunk in Placeholders.chunks(sorted) {
            hits += try connection.rows(
                "SELECT match_key, sheet_id, person_id FROM match_key WHERE match_key IN \(Placeholders.list)",
                Placeholders.padded(chunk)
            ) { (UInt64(bitPattern: try $0.int64(0)), try $0.int64(1), try $0.int64(2)) }
        }
        hits = Dictionary(grouping: hits, by: \.key).values.flatMap { hits in
            hits.sorted { ($0.sheet, $0.person) < ($1.sheet, $1.person) }.prefix(KnownRecords.mostUnderKey)
        }
        var records = try self.records(ofSheets: Set(hits.map(\.sheet)).subtracting([0]))
        for person in Set(hits.filter { $0.sheet == 0 }.map(\.person)) {
            records[-person] = try record(ofPerson: person)
        }
        var known: [UInt64: [KnownRecord]] = [:]
        for hit in hits {
            guard let record = records[hit.sheet == 0 ? -hit.person : hit.sheet] else { continue }
            known[hit.key, default: []].append(record)
        }
        return known
    }

    /// Puts the persons who hold, or held, the numbers beside what the keys of sheets have found.
    ///
    /// A number that was given after the collection stands on no sheet; whoever states it is its holder all the same.
    func add(holders: [Int64: Int64], to known: inout [UInt64: [KnownRecord]]) throws {
        for (value, person) in holders {
            guard let number = PersonalIdentificationNumber(value: value)?.digits else { continue }
            let key = IdentityFacts.key(ofNumber: number)
            guard known[key]?.contains(where: { $0.person == person }) != true,
                let row = try PersonStore().person(person, on: connection)
            else { continue }
            var facts = IdentityFacts(of: row.state)
            facts.number = number
            known[key, default: []].append(
                KnownRecord(sheet: row.state.sheet ?? 0, person: person, facts: facts, handle: row.handle))
        }
    }

    private func records(ofSheets sheets: Set<Int64>) throws -> [Int64: KnownRecord] {
        var records: [Int64: KnownRecord] = [:]
        for chunk in Placeholders.chunks(sheets.sorted()) {
            try connection.forEach(
                """
                SELECT s.sheet_id, a.kind, c.content, coalesce(s.person_id, d.person_id) FROM sheet s
                JOIN act a ON a.act_id = s.act_id JOIN act_content c ON c.act_id = s.act_id
                LEFT JOIN sheet_decision d ON d.sheet_id = s.sheet_id WHERE s.sheet_id IN \(Placeholders.list)
                """, Placeholders.padded(chunk)
            ) { row in
                guard let kind = ActKind(rawValue: try row.text(1)) else { return }
                let content = try ActContent(kind: kind, canonicalBytes: try row.blob(2))
                guard let facts = content.identityFacts else { return }
                let sheet = try row.int64(0)
                records[sheet] = KnownRecord(sheet: sheet, person: try row.int64OrNull(3), facts: facts)
            }
        }
        return records
    }

    private func record(ofPerson person: Int64) throws -> KnownRecord? {
        guard let row = try PersonStore().person(person, on: connection) else { return nil }
        return KnownRecord(
            sheet: row.state.sheet ?? 0, person: person, facts: IdentityFacts(of: row.state), handle: row.handle)
    }
}

extension IdentityFacts {
    /// What the record of a person tells about who that is.
    init(of state: PersonState) {
        self.init(
            name: state.details.name.flatMap { try? PersonName(parsing: $0) }, birth: state.details.birth,
            birthYear: state.details.birth?.year, sex: state.details.sex, number: state.number,
            oldNumber: state.details.oldNumber, permanent: state.permanentResidence?.address.unit,
            current: state.currentResidence?.address.unit, father: state.father?.name, mother: state.mother?.name,
            birthPlace: state.details.unitOfBirth)
    }
}

extension ActContent {
    /// What a sheet tells about who it is about; nil for acts that are no sheets.
    var identityFacts: IdentityFacts? {
        func facts(
            _ details: PersonDetails, _ number: String?, _ permanent: Address?, _ current: Address?,
            _ parents: (PersonReference?, PersonReference?), _ birthYear: Int?
        ) -> IdentityFacts {
            IdentityFacts(
                name: details.name.flatMap { try? PersonName(parsing: $0) }, birth: details.birth,
                birthYear: details.birth?.year ?? birthYear, sex: details.sex, number: number,
                oldNumber: details.oldNumber, permanent: permanent?.unit, current: current?.unit,
                father: parents.0?.name, mother: parents.1?.name, birthPlace: details.unitOfBirth)
        }
        return switch self {
        case .collected(let sheet):
            facts(
                sheet.details, sheet.statedNumber, sheet.permanent, sheet.current, (sheet.father, sheet.mother), nil)
        case .sheetHeld(let sheet):
            facts(
                sheet.details, sheet.number, sheet.permanent, sheet.current, (sheet.father, sheet.mother),
                sheet.birthYear)
        default: nil
        }
    }
}

extension PersonDetails {
    /// Where the person was born; where nobody wrote it, where the birth was registered.
    var unitOfBirth: UnitCode? { birthPlace?.unit ?? birthRegistrationPlace?.unit }
}
