import Access
import Civil
import Database
import Ledger

/// Phiếu chờ xem xét: a row that an import held, as it was written and as it was understood.
package struct HeldRow: Sendable {
    /// The row's place in the file, from 1.
    package let place: Int
    /// The number that the form gives the row (stt).
    package let row: Int
    package let sheet: HeldSheet
    /// What was found, on this row and by other rows about it.
    package let findings: [SheetFinding]
    /// What was decided on it; nil while it waits.
    package let decision: Decision?

    /// The row in all batches.
    package var id: Int64 { sheet.sheet.id }

    /// What was decided, with the act that tells by whom and when.
    package struct Decision: Sendable {
        package let what: SheetDecided
        package let act: Act
    }

    /// Why it was held: faults that keep it from being a person, or somebody who may be the same.
    package var causes: [FindingCode] {
        let codes = findings.map(\.code).filter(\.holdsRows)
        return codes.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Whether it can become a person as it stands: nothing holds it but that somebody may be the same.
    package var isAcceptable: Bool { SheetFate.of(findings) != .held }

    /// The fields by the columns of the form, where the record has the form's own layout.
    package var written: [SheetColumn: String] { WrittenRecord.fields(of: sheet) }
}

/// Một phiếu chờ trong danh sách chung: a held row with its batch.
package struct HeldRowEntry: Sendable {
    package let batch: Batch
    package let row: HeldRow

    package init(batch: Batch, row: HeldRow) {
        self.batch = batch
        self.row = row
    }
}

/// A held row with the persons of the register whom it may be about.
package struct HeldRowAnswer: Sendable {
    package let batch: Batch
    package let row: HeldRow
    /// Those whom the requester may see.
    package let candidates: [PersonAnswer]
    /// How many more there are in other places.
    package let hidden: Int
    /// The handle of the person that a decision names.
    package let decidedPerson: String?
}

extension FindingCode {
    /// Whether it is why rows wait for somebody.
    package var holdsRows: Bool { weight == .held || self == .duplicate }
}

/// The record of a row by the columns of form DC01.
enum WrittenRecord {
    /// A field is shown no longer than what makes it too long: nobody reads a million characters.
    private static func shortened(_ field: String) -> String {
        let most = SheetStandardiser.maximumField
        guard field.utf8.count > most else { return field }
        return String(field.unicodeScalars.prefix(most + 1).map(Character.init))
    }

    /// Empty where the record has another layout than the form of 2020, which only its file told.
    static func fields(of sheet: HeldSheet) -> [SheetColumn: String] {
        let fields = CSVFields.split(sheet.sheet.written)
        let columns = SheetColumn.allCases
        guard fields.count == columns.count, Int(fields[0]) == sheet.sheet.row else { return [:] }
        return Dictionary(uniqueKeysWithValues: zip(columns, fields.map(shortened)))
    }
}

extension PopulationRegister {
    /// How many held rows a page lists.
    package static let heldRowsPerPage = 50
    /// How many persons stand beside a held row at most.
    static let mostCandidates = 5

    /// Các phiếu chờ xem xét: rows of a batch on which nobody has decided, those with one cause where it is named.
    ///
    /// Held rows are no persons yet; the list is a look all the same, at those whom they may be.
    package func heldRows(
        ofBatch batch: Batch, cause: FindingCode? = nil, after place: Int = 0,
        limit: Int = PopulationRegister.heldRowsPerPage, by requester: Requester
    ) async throws -> [HeldRow] {
        try AccessPolicy.require(requester, toUse: .reviewRows)
        let requester = requester.onDuty(.batchReview)
        let (acts, looks) = (acts, looks)
        let now = surroundings.now()
        return try await database.write { connection in
            let rows = try SheetReader(connection: connection, now: now).rows(
                of: batch.id, after: place, limit: min(limit, PopulationRegister.rowsPerLook), for: requester, acts,
                only: .waiting(cause))
            try looks.note(rows, by: requester, on: connection)
            return try rows.compactMap { try HeldRow($0, acts, on: connection) }
        }
    }

    /// Phiếu chờ xem xét của mọi lô: those with one cause where it is named; a look like that at one batch's rows.
    ///
    /// - Parameter sheet: the last row of the page before; 0 for the first page.
    package func heldRows(
        cause: FindingCode? = nil, after sheet: Int64 = 0, limit: Int = PopulationRegister.heldRowsPerPage,
        by requester: Requester
    ) async throws -> [HeldRowEntry] {
        try AccessPolicy.require(requester, toUse: .reviewRows)
        let requester = requester.onDuty(.batchReview)
        let (acts, looks) = (acts, looks)
        let now = surroundings.now()
        return try await database.write { connection in
            let rows = try SheetReader(connection: connection, now: now).waiting(
                cause, after: sheet, limit: min(limit, PopulationRegister.rowsPerLook), for: requester)
            try looks.note(rows, by: requester, on: connection)
            var batches: [Int64: Batch] = [:]
            return try rows.compactMap { raw in
                let id = SheetID.batch(of: raw.sheet)
                if batches[id] == nil { batches[id] = try BatchStore().batch(id, on: connection) }
                guard let batch = batches[id], let row = try HeldRow(raw, acts, on: connection) else { return nil }
                return HeldRowEntry(batch: batch, row: row)
            }
        }
    }

    /// The place of the next row that waits; a place tells nothing of anybody.
    package func nextHeldRow(ofBatch batch: Batch, after place: Int, by requester: Requester) async throws -> Int? {
        try AccessPolicy.require(requester, toUse: .reviewRows)
        let acts = acts
        let now = surroundings.now()
        return try await database.read { connection in
            try SheetReader(connection: connection, now: now).rows(
                of: batch.id, after: place, limit: 1, for: requester, acts, only: .waiting(nil)
            ).first.map { SheetID.row(of: $0.sheet) }
        }
    }

    /// Một phiếu chờ xem xét: the row beside those whom it may be about; the row, and each of them, is a look that is
    /// durable before the answer.
    ///
    /// Nil when there is no such held row, or when it lies elsewhere.
    package func heldRow(ofBatch batch: Batch, place: Int, by requester: Requester) async throws -> HeldRowAnswer? {
        try AccessPolicy.require(requester, toUse: .reviewRows)
        let requester = requester.onDuty(.batchReview)
        let (acts, looks) = (acts, looks)
        let now = surroundings.now()
        let found = try await database.write { connection -> (row: HeldRow, candidates: [Handle], decided: String?)? in
            let reader = SheetReader(connection: connection, now: now)
            guard let raw = try reader.raw(batch.id, place, for: requester, acts),
                let row = try HeldRow(raw, acts, on: connection)
            else { return nil }
            try looks.note([raw], by: requester, on: connection)
            if let decision = row.decision {
                let persons = Set([decision.what.person].compactMap { $0 })
                let handles = try PersonStore().handles(of: persons, table: .person, on: connection)
                return (row, [], handles.values.first)
            }
            let persons = try HeldRowCandidates(connection: connection).persons(of: row, batch: batch.id)
            let handles = try PersonStore().handles(of: Set(persons), table: .person, on: connection)
            return (row, persons.compactMap { handles[$0].flatMap { Handle(parsing: $0) } }, nil)
        }
        guard let found else { return nil }
        var candidates: [PersonAnswer] = []
        for handle in found.candidates {
            do {
                if let answer = try await look(at: .handle(handle), by: requester) { candidates.append(answer) }
            } catch is AccessRefusal {
                continue  // somebody of another place, or sealed; which of the two is not told
            }
        }
        return HeldRowAnswer(
            batch: batch, row: found.row, candidates: candidates, hidden: found.candidates.count - candidates.count,
            decidedPerson: found.decided)
    }
}

/// Whom of the register a held row may be about.
struct HeldRowCandidates {
    let connection: Connection

    /// First those whom the import named as the same person, then those under the row's keys.
    func persons(of row: HeldRow, batch: Int64) throws -> [Int64] {
        var persons: [Int64] = []
        for other in row.findings.compactMap({ $0.code == .duplicate ? $0.other : nil }) {
            persons += try SheetReader.persons(ofSheets: [other], on: connection)
        }
        let facts = ActContent.sheetHeld(row.sheet).identityFacts
        let records = KnownRecords(connection: connection)
        var known = try records.find(Set(facts?.keys ?? []))
        if let number = row.sheet.number.flatMap(Int64.init) {
            try records.add(holders: try NumberStore().holders(of: [number], on: connection), to: &known)
        }
        persons += known.values.flatMap { $0 }.compactMap(\.person).sorted()
        let unique = persons.reduce(into: [Int64]()) { if !$0.contains($1) { $0.append($1) } }
        return Array(unique.prefix(PopulationRegister.mostCandidates))
    }
}

extension HeldRow {
    init?(_ raw: SheetReader.Raw, _ acts: ActStore, on connection: Connection) throws {
        guard raw.fate == .held, case .sheetHeld(let sheet) = raw.content else { return nil }
        self.init(
            place: SheetID.row(of: raw.sheet), row: raw.row, sheet: sheet, findings: raw.findings,
            decision: try Decision(of: raw.sheet, acts, on: connection))
    }
}

extension HeldRow.Decision {
    /// The decision on a row; nil while it waits.
    init?(of sheet: Int64, _ acts: ActStore, on connection: Connection) throws {
        let id = try connection.first(
            "SELECT act_id FROM sheet_decision WHERE sheet_id = ?", [.integer(sheet)]
        ) { ActID(rawValue: try $0.int64(0)) }
        guard let id, let stored = try acts.act(id, on: connection), let bytes = stored.content,
            case .sheetDecided(let what) = try ActContent(kind: stored.act.kind, canonicalBytes: bytes)
        else { return nil }
        self.init(what: what, act: stored.act)
    }
}
