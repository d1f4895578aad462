import Civil
import Database
import Ledger

/// Compares the numbers with the acts that gave and cancelled them.
///
/// A number that is missing is put back, and whether it is in force is put right. Whose a number is, and whether it is
/// there at all, the database lets nobody change: such a difference is told and left to whoever has a backup.
struct NumberRebuild {
    let connection: Connection
    let writing: Bool
    /// Numbers that acts give.
    private(set) var seen = 0
    /// Those among them that stand in the table.
    private var standing = 0

    init(connection: Connection, writing: Bool) {
        self.connection = connection
        self.writing = writing
    }

    /// A row of the table, as the acts of its holder tell it.
    private struct Row: Hashable {
        var number: Int64
        var givenBy: Int64
        var cancelledBy: Int64?
    }

    mutating func compare(person: Int64, _ stream: [RecordedAct], _ result: inout RebuildResult) throws {
        // Cancelled ones first: one number of a person can be in force.
        let rows = NumberRebuild.rows(stream).sorted { ($0.cancelledBy ?? .max) < ($1.cancelledBy ?? .max) }
        seen += rows.count
        for row in rows { try compare(row, person, &result) }
    }

    private static func rows(_ stream: [RecordedAct]) -> [Row] {
        var rows: [Row] = []
        func give(_ number: String?, _ act: ActID) {
            guard let number = number.flatMap(Int64.init) else { return }
            rows.append(Row(number: number, givenBy: act.rawValue))
        }
        func cancel(_ number: String, _ act: ActID?) {
            guard let number = Int64(number), let index = rows.firstIndex(where: { $0.number == number }) else {
                return
            }
            rows[index].cancelledBy = act?.rawValue
        }
        for act in stream.sorted(by: { $0.version < $1.version }) {
            switch act.content {
            case .collected(let sheet): if sheet.numberTaken { give(sheet.statedNumber, act.id) }
            case .numberAssigned(let assignment): give(assignment.number, act.id)
            case .numberCancelled(let cancellation): cancel(cancellation.number, act.id)
            case .numberReestablished(let change):
                cancel(change.replaces, act.id)
                give(change.number, act.id)
            // The stream of the record that goes on has the number of the other one nowhere.
            case .mergedWith(let merge): if let number = merge.number { cancel(number, act.id) }
            case .unmerged(let merge): if let number = merge.number { cancel(number, nil) }
            default: break  // no other kind touches numbers
            }
        }
        return rows
    }

    private mutating func compare(_ row: Row, _ person: Int64, _ result: inout RebuildResult) throws {
        let place = "number of person \(person)"
        let stored = try connection.first(
            "SELECT person_id, in_force, given_by, cancelled_by FROM personal_number WHERE number = ?",
            [.integer(row.number)]
        ) { stored in
            (
                try stored.int64(0),
                Row(
                    number: row.number, givenBy: try stored.int64(2),
                    cancelledBy: try stored.int64OrNull(3))
            )
        }
        guard let (holder, found) = stored else {
            let isFree = try isFree(row, person)
            result.found(.missing, place, isRepairable: isFree)
            guard writing, isFree else { return }
            standing += 1
            try connection.execute(
                """
                INSERT INTO personal_number (number, person_id, in_force, given_by, cancelled_by)
                VALUES (?, ?, ?, ?, ?)
                """,
                [
                    .integer(row.number), .integer(person), .bool(row.cancelledBy == nil), .integer(row.givenBy),
                    .integerOrNull(row.cancelledBy),
                ])
            return
        }
        standing += 1
        guard holder == person else {
            result.found(.different, place, isRepairable: false)
            return
        }
        guard found != row else { return }
        let isFree = try isFree(row, person)
        result.found(.different, place, isRepairable: isFree)
        guard writing, isFree else { return }
        try connection.execute(
            "UPDATE personal_number SET in_force = ?, given_by = ?, cancelled_by = ? WHERE number = ?",
            [
                .bool(row.cancelledBy == nil), .integer(row.givenBy), .integerOrNull(row.cancelledBy),
                .integer(row.number),
            ])
    }

    /// Whether the person has no other number in force, so that this one can be.
    private func isFree(_ row: Row, _ person: Int64) throws -> Bool {
        guard row.cancelledBy == nil else { return true }
        return try connection.first(
            "SELECT number FROM personal_number WHERE person_id = ? AND in_force = 1 AND number <> ?",
            [.integer(person), .integer(row.number)]
        ) { try $0.int64(0) } == nil
    }

    /// Numbers in the table that no act gives; looked for only when there are more of them than acts tell.
    func findSurplus(_ result: inout RebuildResult) throws {
        let count = try connection.first("SELECT count(*) FROM personal_number") { try $0.int(0) } ?? 0
        guard count > standing else { return }
        var surplus: [Int64] = []
        try connection.forEach(
            """
            SELECT n.number, n.person_id, a.kind, c.content FROM personal_number n
            LEFT JOIN act a ON a.act_id = n.given_by LEFT JOIN act_content c ON c.act_id = n.given_by
            ORDER BY n.number
            """
        ) { row in
            guard let content = try row.blobOrNull(3), let kind = try row.textOrNull(2).flatMap(ActKind.init(rawValue:))
            else {
                surplus.append(try row.int64(1))
                return
            }
            // What cannot be read says nothing against the number.
            guard let content = try? ActContent(kind: kind, canonicalBytes: content) else { return }
            let given: String? =
                switch content {
                case .collected(let sheet): sheet.numberTaken ? sheet.statedNumber : nil
                case .numberAssigned(let assignment): assignment.number
                case .numberReestablished(let change): change.number
                default: nil
                }
            if try given.flatMap(Int64.init) != row.int64(0) { surplus.append(try row.int64(1)) }
        }
        for person in surplus { result.found(.surplus, "number of person \(person)", isRepairable: false) }
    }
}
