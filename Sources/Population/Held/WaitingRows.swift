import Access
import Civil
import Database
import Ledger

/// Phiếu chờ theo địa bàn: how many rows that nobody has decided on lie in the requester's places, without reading one.
///
/// A row lies where its sheet says that somebody lives; one whose addresses name no unit lies where the batch was
/// received, as in `SheetReader`.
struct WaitingRows {
    let connection: Connection
    let requester: Requester

    /// The rows of each batch, or of one.
    func counts(of batch: Int64? = nil) throws -> [Int64: Int] {
        var counts: [Int64: Int] = [:]
        var places = RowPlaces(requester: requester, connection: connection)
        try connection.forEach(
            """
            SELECT s.batch_id, s.places, count(*) FROM sheet s WHERE \(SheetDecisionStore.open)\(range(of: batch))
            GROUP BY s.batch_id, s.places
            """, values(of: batch)
        ) { row in
            let batch = try row.int64(0)
            guard try places.concern(SheetPlaces.units(of: try row.textOrNull(1) ?? ""), of: batch) else { return }
            counts[batch, default: 0] += try row.int(2)
        }
        return counts
    }

    /// How many rows wait for each cause; one with two causes counts under both.
    func causes(of batch: Int64? = nil) throws -> [FindingCode: Int] {
        var causes: [FindingCode: Int] = [:]
        var places = RowPlaces(requester: requester, connection: connection)
        try connection.forEach(
            """
            SELECT s.batch_id, s.places, f.code, count(DISTINCT s.sheet_id) FROM sheet s
            JOIN sheet_finding f ON f.sheet_id = s.sheet_id
            WHERE \(SheetDecisionStore.open)\(range(of: batch)) GROUP BY s.batch_id, s.places, f.code
            """, values(of: batch)
        ) { row in
            guard let code = FindingCode(rawValue: try row.text(2)), code.holdsRows,
                try places.concern(SheetPlaces.units(of: try row.textOrNull(1) ?? ""), of: try row.int64(0))
            else { return }
            causes[code, default: 0] += try row.int(3)
        }
        return causes
    }

    /// Whether a row may be the requester's by its column; one of before the column, or without a place, is to be read.
    func mayConcern(_ places: String?) -> Bool {
        let units = SheetPlaces.units(of: places ?? "")
        return units.isEmpty || requester.jurisdiction.reaches(units)
    }

    private func range(of batch: Int64?) -> String {
        batch == nil ? "" : " AND s.sheet_id >= ? AND s.sheet_id < ?"
    }

    private func values(of batch: Int64?) -> [SQLValue] {
        guard let batch else { return [] }
        return [SheetID.make(batch: batch, row: 0), SheetID.make(batch: batch + 1, row: 0)].map { .integer($0) }
    }
}

/// Phiếu của địa bàn: whether rows lie in the requester's places; one that names none lies where its batch came in.
struct RowPlaces {
    let requester: Requester
    let connection: Connection
    private var isOwn: [Int64: Bool] = [:]

    init(requester: Requester, connection: Connection) {
        self.requester = requester
        self.connection = connection
    }

    mutating func concern(_ units: [UnitCode], of batch: Int64) throws -> Bool {
        if requester.jurisdiction == .nation { return true }
        guard units.isEmpty else { return requester.jurisdiction.reaches(units) }
        if let known = isOwn[batch] { return known }
        let own = try BatchStore().office(ofBatch: batch, on: connection) == requester.actor.office
        isOwn[batch] = own
        return own
    }
}

/// Where the people of a held row live, as its column says it.
enum SheetPlaces {
    /// The units in order, each once; empty where the sheet names none.
    static func text(_ units: [UnitCode]) -> String { Set(units.map(\.description)).sorted().joined(separator: " ") }

    static func units(of text: String) -> [UnitCode] {
        text.split(separator: " ").compactMap { UnitCode(parsing: String($0)) }
    }
}

/// Lô phiếu trong danh sách: a batch as far as an officer may see it.
package struct BatchEntry: Sendable {
    package let batch: Batch
    /// Nil where an office of other places received it: its sums tell of people who are not the requester's.
    package let summary: BatchSummary?
    /// Rows of the requester's places on which nobody has decided.
    package let waiting: Int
}

extension PopulationRegister {
    /// How many batches a page lists.
    package static let batchesPerPage = 50

    /// Các lô phiếu, mới nhất trước: those that offices of the requester's places received, and others of which rows
    /// of these places wait.
    ///
    /// - Parameter before: the last batch of the page before; nil for the first page.
    package func batches(
        before last: Int64? = nil, limit: Int = PopulationRegister.batchesPerPage, by requester: Requester
    ) async throws -> [BatchEntry] {
        try PopulationRegister.requireBatches(requester)
        let standings = standings
        return try await database.read { connection in
            let waiting = try WaitingRows(connection: connection, requester: requester).counts()
            let offices = try standings.offices(of: requester, connection)
            var (entries, last) = ([BatchEntry](), last)
            while entries.count < limit {
                let next = try BatchStore().received(before: last, limit: 2 * limit, on: connection)
                guard let end = next.last?.batch.id else { break }
                last = end
                for (batch, office) in next where entries.count < limit {
                    let isOwn = offices.map { $0.contains(office ?? "") } ?? true
                    guard isOwn || waiting[batch.id] != nil else { continue }
                    entries.append(
                        BatchEntry(
                            batch: batch,
                            summary: isOwn ? try BatchSummary(ofBatch: batch.id, on: connection) : nil,
                            waiting: waiting[batch.id] ?? 0))
                }
            }
            return entries
        }
    }

    /// One batch as far as the requester may see it; nil when nothing of it is theirs.
    package func entry(of batch: Batch, by requester: Requester) async throws -> BatchEntry? {
        try PopulationRegister.requireBatches(requester)
        let standings = standings
        return try await database.read { connection in
            let waiting = try WaitingRows(connection: connection, requester: requester).counts(of: batch.id)[batch.id]
            let offices = try standings.offices(of: requester, connection)
            let office = try BatchStore().office(ofBatch: batch.id, on: connection)
            let isOwn = offices.map { $0.contains(office ?? "") } ?? true
            guard isOwn || waiting != nil else { return nil }
            return BatchEntry(
                batch: batch, summary: isOwn ? try BatchSummary(ofBatch: batch.id, on: connection) : nil,
                waiting: waiting ?? 0)
        }
    }

    /// How many rows of the requester's places wait for a decision, in all batches.
    package func waitingRows(by requester: Requester) async throws -> Int {
        try AccessPolicy.require(requester, toUse: .reviewRows)
        return try await database.read { connection in
            try WaitingRows(connection: connection, requester: requester).counts().values.reduce(0, +)
        }
    }

    /// How many rows of the requester's places wait, by cause, in one batch or in all of them.
    package func heldCauses(ofBatch batch: Batch? = nil, by requester: Requester) async throws -> [FindingCode: Int] {
        try PopulationRegister.requireBatches(requester)
        return try await database.read { connection in
            try WaitingRows(connection: connection, requester: requester).causes(of: batch?.id)
        }
    }

    /// Batches are for those who import them or decide on their rows.
    private static func requireBatches(_ requester: Requester) throws(AccessRefusal) {
        guard requester.role.may(.reviewRows) || requester.role.may(.importBatch) else { throw .roleMayNotDo }
    }
}
