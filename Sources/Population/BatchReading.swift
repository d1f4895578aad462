import Access
import Civil
import Database
import Ledger

/// What became of a batch, in counts.
package struct BatchSummary: Hashable, Sendable {
    package var batch: Batch
    package var accepted = 0
    package var acceptedWithFindings = 0
    package var held = 0
    /// What officers decided on held rows, by verdict; the rows stay held.
    package var decided: [SheetVerdict: Int] = [:]
    package var persons = 0
    package var households = 0
    /// How many rows have the finding, by code.
    package var findings: [FindingCode: Int] = [:]

    /// Held rows on which nobody has decided.
    package var waiting: Int { held - decided.values.reduce(0, +) }
}

/// One row of a batch with its fate.
package struct SheetRow: Sendable {
    package struct Duplicate: Hashable, Sendable {
        package var batch: String
        package var row: Int
        /// The handle of the person whom the sheet became; nil where it is held.
        package var person: String?
    }

    /// The row's place in the file, from 1; pages follow it.
    package var place: Int
    /// The number that the form gives the row (stt).
    package var row: Int
    package var fate: SheetFate
    /// The day of collection, where the sheet has one.
    package var collected: PartialDate?
    package var person: String?
    package var household: String?
    package var content: ActContent
    package var findings: [SheetFinding]
    /// The other sheets that findings name.
    package var others: [Int64: Duplicate]
}

extension BatchSummary {
    /// The counts as they stand in the transaction.
    init(ofBatch id: Int64, on connection: Connection) throws {
        guard let batch = try BatchStore().batch(id, on: connection) else { throw Refusal.actNotFound }
        self.init(batch: batch)
        let places: [SQLValue] = [
            .integer(SheetID.make(batch: id, row: 0)), .integer(SheetID.make(batch: id + 1, row: 0)),
        ]
        try connection.forEach(
            """
            SELECT fate, count(*), count(DISTINCT person_id), count(DISTINCT household_id) FROM sheet
            WHERE sheet_id >= ? AND sheet_id < ? GROUP BY fate
            """, places
        ) { row in
            let count = try row.int(1)
            switch SheetFate(rawValue: try row.int64(0)) {
            case .accepted: accepted = count
            case .acceptedWithFindings: acceptedWithFindings = count
            case .held: held = count
            case nil: break
            }
            persons += try row.int(2)
        }
        decided = try SheetDecisionStore().counts(
            from: SheetID.make(batch: id, row: 0), before: SheetID.make(batch: id + 1, row: 0), on: connection)
        households =
            try connection.first(
                "SELECT count(DISTINCT household_id) FROM sheet WHERE sheet_id >= ? AND sheet_id < ?", places
            ) { try $0.int(0) } ?? 0
        try connection.forEach(
            """
            SELECT code, count(DISTINCT sheet_id) FROM sheet_finding
            WHERE sheet_id >= ? AND sheet_id < ? GROUP BY code
            """, places
        ) { row in
            if let code = FindingCode(rawValue: try row.text(0)) { findings[code] = try row.int(1) }
        }
    }
}

extension PopulationRegister {
    package func batches() async throws -> [BatchSummary] {
        let all = try await database.read { connection in try BatchStore().all(on: connection) }
        var summaries: [BatchSummary] = []
        for batch in all { summaries.append(try await summary(ofBatch: batch.id)) }
        return summaries
    }

    /// The batch of that name, or nil.
    package func batch(named name: String) async throws -> Batch? {
        try await database.read { connection in try BatchStore().batch(name: name, on: connection) }
    }

    /// The counts of a batch as they stand now.
    package func summary(ofBatch id: Int64) async throws -> BatchSummary {
        try await database.read { try BatchSummary(ofBatch: id, on: $0) }
    }

    /// How many rows are read, looked at and handed on together.
    package static let rowsPerLook = 500

    /// The rows of a batch in their order, page by page; every page is a look at its persons, durable before it is
    /// given.
    ///
    /// `limit` is at most `rowsPerLook`: a look names only those whose rows are given. Who reviews a row asks for the
    /// whole sheet as it was written, so nothing of it is masked; rows of people of other places are left out.
    /// - Throws: `AccessRefusal` where the role reviews no rows.
    package func rows(
        ofBatch batch: Batch, after place: Int, limit: Int = PopulationRegister.rowsPerLook, by requester: Requester
    ) async throws -> [SheetRow] {
        try AccessPolicy.require(requester, toUse: .reviewRows)
        let requester = requester.onDuty(.batchReview)
        let most = min(limit, PopulationRegister.rowsPerLook)
        let looks = looks
        let acts = acts
        let now = surroundings.now()
        return try await database.write { connection in
            let rows = try SheetReader(connection: connection, now: now).rows(
                of: batch.id, after: place, limit: most, for: requester, acts)
            try looks.note(rows, by: requester, on: connection)
            return try rows.map { try $0.resolved(on: connection) }
        }
    }
}

extension LookStore {
    /// The look at rows of a batch: at whom they became, by the import or by a decision, and at whom they may be.
    ///
    /// A row that waits is nobody yet; its look names those whom it was found to be the same as, or nobody.
    func note(_ rows: [SheetReader.Raw], by requester: Requester, on connection: Connection) throws {
        guard !rows.isEmpty else { return }
        let duplicates = rows.flatMap(\.findings).filter { $0.code == .duplicate }.compactMap(\.other)
        let persons = try SheetReader.persons(ofSheets: Set(duplicates).union(rows.map(\.sheet)), on: connection)
        let purpose = requester.ground.purpose
        _ = try append(
            by: requester.actor, purpose: purpose.text, legalBasis: purpose.legalBasis,
            persons: Set(persons).sorted(), fields: ["sheet"], on: connection)
    }
}

/// Reads sheets with their contents and findings.
struct SheetReader {
    let connection: Connection
    let now: Instant

    struct Raw {
        var sheet: Int64
        var row: Int
        var fate: SheetFate
        var collected: PartialDate?
        var person: Int64?
        var personHandle: String?
        var householdHandle: String?
        var content: ActContent
        var findings: [SheetFinding]

        func resolved(on connection: Connection) throws -> SheetRow {
            var others: [Int64: SheetRow.Duplicate] = [:]
            for other in Set(findings.compactMap(\.other)) where other != 0 {
                others[other] = try connection.first(
                    """
                    SELECT b.name, s.row_number, p.handle FROM sheet s JOIN batch b ON b.batch_id = s.batch_id
                    LEFT JOIN person p ON p.person_id = s.person_id WHERE s.sheet_id = ?
                    """,
                    [.integer(other)]
                ) { SheetRow.Duplicate(batch: try $0.text(0), row: try $0.int(1), person: try $0.textOrNull(2)) }
            }
            return SheetRow(
                place: SheetID.row(of: sheet), row: row, fate: fate, collected: collected, person: personHandle,
                household: householdHandle,
                content: content,
                findings: findings, others: others)
        }
    }

    /// The persons that sheets became, by the import or by a decision.
    static func persons(ofSheets sheets: Set<Int64>, on connection: Connection) throws -> [Int64] {
        var persons: [Int64] = []
        for chunk in Placeholders.chunks(sheets.sorted()) {
            persons += try connection.rows(
                """
                SELECT coalesce(s.person_id, d.person_id) FROM sheet s
                LEFT JOIN sheet_decision d ON d.sheet_id = s.sheet_id WHERE s.sheet_id IN \(Placeholders.list)
                """, Placeholders.padded(chunk)
            ) { try $0.int64OrNull(0) }.compactMap { $0 }
        }
        return persons
    }

    /// The next rows of a batch that the requester may see.
    ///
    /// A row lies where its sheet says that somebody lives; one whose addresses name no unit lies where the batch was
    /// received.
    func rows(
        of batch: Int64, after place: Int, limit: Int, for requester: Requester, _ acts: ActStore,
        only choice: Choice = .all
    ) throws -> [Raw] {
        var after = SheetID.make(batch: batch, row: place)
        let before = SheetID.make(batch: batch + 1, row: 0)
        if requester.jurisdiction == .nation, requester.role.opensSeals {
            return try rows(after: after, before: before, limit: limit, only: choice)
        }
        var kept: [Raw] = []
        while kept.count < limit {
            // Some more than are wanted, since some lie elsewhere; not many, since a row can be long.
            let atOnce = min(PopulationRegister.rowsPerLook, limit * 2 + 20)
            let next = try rows(after: after, before: before, limit: atOnce, only: choice)
            guard let last = next.last else { break }
            after = last.sheet
            kept += try inPlaces(withoutSealed(next, for: requester), of: requester)
        }
        return Array(kept.prefix(limit))
    }

    /// The next rows of all batches that wait and that the requester may see.
    ///
    /// Where they lie is told by their column first, so that only rows of the requester's places are read.
    func waiting(_ cause: FindingCode?, after sheet: Int64, limit: Int, for requester: Requester) throws -> [Raw] {
        let choice = Choice.waiting(cause)
        let places = WaitingRows(connection: connection, requester: requester)
        var (kept, after) = ([Raw](), sheet)
        while kept.count < limit {
            let next = try connection.rows(
                """
                SELECT s.sheet_id, s.places FROM sheet s WHERE s.sheet_id > ?\(choice.condition)
                ORDER BY s.sheet_id LIMIT \(SheetReader.placesAtOnce)
                """, [.integer(after)] + choice.values
            ) { (id: try $0.int64(0), places: try $0.textOrNull(1)) }
            guard let last = next.last?.id else { break }
            after = last
            let near = next.filter { places.mayConcern($0.places) }.map(\.id)
            for ids in Placeholders.chunks(near) where kept.count < limit {
                kept += try inPlaces(withoutSealed(rows(ids), for: requester), of: requester)
            }
        }
        return Array(kept.prefix(limit))
    }

    /// So many rows are looked through for their places together.
    private static let placesAtOnce = 2000

    private func inPlaces(_ rows: [Raw], of requester: Requester) throws -> [Raw] {
        var places = RowPlaces(requester: requester, connection: connection)
        return try rows.filter { try places.concern($0.content.residences, of: SheetID.batch(of: $0.sheet)) }
    }

    /// Without the rows that became, by the import or by a decision, somebody who is hidden from the requester.
    private func withoutSealed(_ rows: [Raw], for requester: Requester) throws -> [Raw] {
        guard !requester.role.opensSeals, let first = rows.first, let last = rows.last else { return rows }
        let sealed = try SealStore().sealed(at: now, on: connection)
        guard !sealed.isEmpty else { return rows }
        var persons: [Int64: Int64] = [:]
        try connection.forEach(
            "SELECT sheet_id, person_id FROM sheet_decision WHERE sheet_id >= ? AND sheet_id <= ?",
            [.integer(first.sheet), .integer(last.sheet)]
        ) { row in
            persons[try row.int64(0)] = try row.int64OrNull(1)
        }
        return rows.filter { row in (row.person ?? persons[row.sheet]).map { !sealed.contains($0) } ?? true }
    }

    /// Which rows are wanted.
    enum Choice {
        case all
        /// Held rows on which nobody has decided; those with one cause where it is named.
        case waiting(FindingCode?)

        fileprivate var condition: String {
            switch self {
            case .all: ""
            case .waiting(nil): " AND \(SheetDecisionStore.open)"
            case .waiting:
                " AND \(SheetDecisionStore.open) AND EXISTS "
                    + "(SELECT 1 FROM sheet_finding f WHERE f.sheet_id = s.sheet_id AND f.code = ?)"
            }
        }

        fileprivate var values: [SQLValue] {
            if case .waiting(let cause?) = self { [.text(cause.rawValue)] } else { [] }
        }
    }

    /// The held row of a place, decided or not; nil where there is none that the requester may see.
    func held(_ batch: Int64, _ place: Int, for requester: Requester, _ acts: ActStore) throws -> HeldRow? {
        try raw(batch, place, for: requester, acts).flatMap { try HeldRow($0, acts, on: connection) }
    }

    /// The row of a place; nil where there is none that the requester may see.
    func raw(_ batch: Int64, _ place: Int, for requester: Requester, _ acts: ActStore) throws -> Raw? {
        guard (1...SheetID.maximumRow).contains(place) else { return nil }
        let rows = try rows(of: batch, after: place - 1, limit: 1, for: requester, acts)
        return rows.first.flatMap { SheetID.row(of: $0.sheet) == place ? $0 : nil }
    }

    func rows(after: Int64, before: Int64, limit: Int, only choice: Choice = .all) throws -> [Raw] {
        let rows = try connection.rows(
            """
            \(SheetReader.selection)
            WHERE s.sheet_id > ? AND s.sheet_id < ?\(choice.condition) ORDER BY s.sheet_id LIMIT ?
            """, [.integer(after), .integer(before)] + choice.values + [.integer(Int64(limit))], SheetReader.raw)
        return try withFindings(rows)
    }

    private func rows(_ ids: ArraySlice<Int64>) throws -> [Raw] {
        try withFindings(
            connection.rows(
                "\(SheetReader.selection) WHERE s.sheet_id IN \(Placeholders.list) ORDER BY s.sheet_id",
                Placeholders.padded(ids), SheetReader.raw))
    }

    private static let selection = """
        SELECT s.sheet_id, s.row_number, s.fate, s.person_id, p.handle, h.handle, a.kind, c.content, a.effective
        FROM sheet s JOIN act a ON a.act_id = s.act_id JOIN act_content c ON c.act_id = s.act_id
        LEFT JOIN person p ON p.person_id = s.person_id LEFT JOIN household h ON h.household_id = s.household_id
        """

    private func withFindings(_ found: [Raw]) throws -> [Raw] {
        var rows = found
        var findings: [Int64: [SheetFinding]] = [:]
        for ids in Placeholders.chunks(rows.map(\.sheet)) {
            try connection.forEach(
                """
                SELECT sheet_id, code, field, other, candidates FROM sheet_finding
                WHERE sheet_id IN \(Placeholders.list) ORDER BY sheet_id, code, field, other
                """, Placeholders.padded(ids)
            ) { row in
                guard let finding = try SheetReader.finding(row) else { return }
                findings[try row.int64(0), default: []].append(finding)
            }
        }
        for index in rows.indices { rows[index].findings = findings[rows[index].sheet] ?? [] }
        return rows
    }

    private static func raw(_ row: Row) throws -> Raw {
        guard let kind = ActKind(rawValue: try row.text(6)), let fate = SheetFate(rawValue: try row.int64(2)) else {
            throw DamagedEntry(entry: try row.int64(0), reason: "the sheet's kind or fate is unknown")
        }
        return Raw(
            sheet: try row.int64(0), row: try row.int(1), fate: fate,
            collected: try row.textOrNull(8).flatMap { PartialDate(canonical: $0) }, person: try row.int64OrNull(3),
            personHandle: try row.textOrNull(4), householdHandle: try row.textOrNull(5),
            content: try ActContent(kind: kind, canonicalBytes: try row.blob(7)), findings: [])
    }

    /// The finding in the columns sheet_id, code, field, other, candidates.
    static func finding(_ row: Row) throws -> SheetFinding? {
        guard let code = FindingCode(rawValue: try row.text(1)) else { return nil }
        let field = try row.text(2)
        let other = try row.int64(3)
        let candidates = try row.text(4)
        return SheetFinding(
            code, field: SheetColumn(rawValue: field), other: other == 0 ? nil : other,
            candidates: candidates.isEmpty ? nil : candidates.split(separator: "|").map(String.init))
    }
}
