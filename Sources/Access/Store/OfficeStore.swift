import Civil
import Database

/// The periods of offices.
struct OfficeStore {
    private static let columns = "code, name, level, unit_set, unit_code, since, until"

    /// The office as it is on a day, or nil.
    func office(_ code: String, on day: CalendarDate, _ connection: Connection) throws -> Office? {
        try connection.first(
            """
            SELECT \(OfficeStore.columns) FROM office
            WHERE code = ? AND since <= ? AND (until IS NULL OR until > ?)
            """, [.text(code), .text(day.description), .text(day.description)], OfficeStore.office
        ).flatMap { $0 }
    }

    /// Every period of every office, or of those in force on a day, by code.
    func offices(on day: CalendarDate?, _ connection: Connection) throws -> [Office] {
        let all = try connection.rows(
            "SELECT \(OfficeStore.columns) FROM office ORDER BY code, since", [], OfficeStore.office)
        return all.compactMap { $0 }.filter { office in day.map(office.isInForce) ?? true }
    }

    func insert(_ office: Office, on connection: Connection) throws {
        try connection.execute(
            "INSERT INTO office (\(OfficeStore.columns)) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                .text(office.code), .text(office.name), .text(office.level.rawValue),
                .textOrNull(office.unit?.set.rawValue), .textOrNull(office.unit?.code),
                .text(office.since.description), .textOrNull(office.until?.description),
            ])
    }

    /// Ends the period that is open.
    func close(_ code: String, until: CalendarDate, on connection: Connection) throws {
        try connection.execute(
            "UPDATE office SET until = ? WHERE code = ? AND until IS NULL", [.text(until.description), .text(code)])
    }

    /// Nil when the row says what no office can be: then nobody works there.
    private static func office(_ row: Row) throws -> Office? {
        guard let level = OfficeLevel(rawValue: try row.text(2)), let since = CalendarDate(iso: try row.text(5)) else {
            return nil
        }
        let set = try row.textOrNull(3)
        let code = try row.textOrNull(4)
        let unit = set.flatMap { set in code.map { UnitCode($0, UnitSet(rawValue: set)) } }
        return Office(
            code: try row.text(0), name: try row.text(1), level: level, unit: unit, since: since,
            until: try row.textOrNull(6).flatMap { CalendarDate(iso: $0) })
    }
}
