import Civil
import Database

/// Một phôi trong sổ kho.
package struct Blank: Hashable, Sendable {
    package let serial: BlankSerial
    package let lot: Int64
    package let series: String
    package var fate: BlankFate
    package var batch: Int64?
    package var card: Int64?
    package var reject: RejectCode?
}

/// Blanks, their delivery notes and series.
struct BlankStore: Sendable {
    // MARK: Receiving

    /// Makes the series known; its key as a subject of acts.
    func series(_ code: String, or id: Int64, on connection: Connection) throws -> Int64 {
        if let known = try seriesKey(code, on: connection) { return known }
        try connection.execute(
            "INSERT INTO card_series (series, series_id) VALUES (?, ?)", [.text(code), .integer(id)])
        return id
    }

    func seriesKey(_ code: String, on connection: Connection) throws -> Int64? {
        try connection.first("SELECT series_id FROM card_series WHERE series = ?", [.text(code)]) { try $0.int64(0) }
    }

    func receive(
        _ first: BlankSerial, count: Int, series: String, lot: (id: Int64, code: String), at now: Instant,
        on connection: Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO blank_lot (lot_id, code, series, first_serial, blanks, received_at) VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(lot.id), .text(lot.code), .text(series), .text(first.canonical), .integer(count),
                .integer(now.microseconds),
            ])
        var rows: [[SQLValue]] = []
        for number in first.number..<first.number + count {
            guard let serial = BlankSerial(prefix: first.prefix, number: number) else { continue }
            rows.append([
                .text(serial.canonical), .integer(lot.id), .text(BlankFate.received.rawValue),
                .integer(now.microseconds),
            ])
            if rows.count == 5_000 {
                try connection.insert(into: "blank", columns: ["serial", "lot_id", "fate", "changed_at"], rows: rows)
                rows.removeAll(keepingCapacity: true)
            }
        }
        try connection.insert(into: "blank", columns: ["serial", "lot_id", "fate", "changed_at"], rows: rows)
    }

    // MARK: Moving

    private static let all = """
        SELECT b.serial, b.lot_id, l.series, b.fate, b.batch_id, b.card_id, b.reject
        FROM blank b JOIN blank_lot l ON l.lot_id = b.lot_id
        """

    func blank(_ serial: BlankSerial, on connection: Connection) throws -> Blank? {
        try connection.first(
            "\(BlankStore.all) WHERE b.serial = ?", [.text(serial.canonical)], BlankStore.blank)
    }

    func blanks(_ fate: BlankFate, limit: Int, on connection: Connection) throws -> [Blank] {
        try connection.rows(
            "\(BlankStore.all) WHERE b.fate = ? ORDER BY b.serial LIMIT ?", [.text(fate.rawValue), .integer(limit)],
            BlankStore.blank)
    }

    /// The next blanks of a batch that no machine has.
    func free(
        inBatch batch: Int64, limit: Int = ProductionLimits.mostBlanksPerLot, on connection: Connection
    ) throws -> [Blank] {
        try connection.rows(
            """
            \(BlankStore.all) WHERE b.batch_id = ? AND b.fate = 'issued' AND NOT EXISTS (
                SELECT 1 FROM card_job j WHERE j.serial = b.serial AND j.state IN ('running', 'unknown', 'finished'))
            ORDER BY b.serial LIMIT ?
            """, [.integer(batch), .integer(limit)], BlankStore.blank)
    }

    /// Whether a job holds the blank: it runs, its outcome is unknown, or its card waits for quality control.
    func isAtMachine(_ serial: BlankSerial, on connection: Connection) throws -> Bool {
        try connection.first(
            """
            SELECT 1 FROM card_job j JOIN card c ON c.card_id = j.card_id WHERE j.serial = ? AND (
                j.state IN ('running', 'unknown') OR (j.state = 'finished' AND c.stage = 'produced')) LIMIT 1
            """, [.text(serial.canonical)]
        ) { try $0.int64(0) } != nil
    }

    func update(_ blanks: [Blank], at now: Instant, on connection: Connection) throws {
        try connection.executeMany(
            """
            UPDATE blank SET fate = ?, batch_id = ?, card_id = ?, reject = ?, changed_at = ? WHERE serial = ?
            """,
            blanks.map { blank in
                [
                    .text(blank.fate.rawValue), .integerOrNull(blank.batch), .integerOrNull(blank.card),
                    .textOrNull(blank.reject?.rawValue), .integer(now.microseconds), .text(blank.serial.canonical),
                ]
            })
    }

    func issued(_ blanks: [Blank], to batch: Int64, at now: Instant, on connection: Connection) throws {
        try connection.insert(
            into: "blank_issue", columns: ["batch_id", "serial", "issued_at"],
            rows: blanks.map { [.integer(batch), .text($0.serial.canonical), .integer(now.microseconds)] })
    }

    func givenBack(_ blanks: [Blank], from batch: Int64, at now: Instant, on connection: Connection) throws {
        try connection.executeMany(
            """
            UPDATE blank_issue SET given_back_at = ? WHERE batch_id = ? AND serial = ? AND given_back_at IS NULL
            """,
            blanks.map { [.integer(now.microseconds), .integer(batch), .text($0.serial.canonical)] })
    }

    func destroy(
        _ blanks: [Blank], protocol id: Int64, by first: String, and second: String, note: String, at now: Instant,
        on connection: Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO blank_destruction (destruction_id, first_person, second_person, note, destroyed_at)
            VALUES (?, ?, ?, ?, ?)
            """, [.integer(id), .text(first), .text(second), .text(note), .integer(now.microseconds)])
        try connection.executeMany(
            "UPDATE blank SET fate = 'destroyed', destruction_id = ?, changed_at = ? WHERE serial = ?",
            blanks.map { [.integer(id), .integer(now.microseconds), .text($0.serial.canonical)] })
    }

    // MARK: Counting

    func balance(on connection: Connection) throws -> StockBalance {
        var fates: [BlankFate: Int] = [:]
        for (fate, count) in try connection.rows(
            "SELECT fate, count(*) FROM blank GROUP BY fate", [], { (try $0.value(0) as BlankFate, try $0.int(1)) })
        {
            fates[fate] = count
        }
        func count(_ sql: String) throws -> Int { try connection.first(sql) { try $0.int(0) } ?? 0 }
        let received = try count(
            "SELECT CAST(coalesce(sum(blanks), 0) AS {int}) FROM blank_lot"
                .replacing("{int}", with: connection.engine == .sqlite ? "INTEGER" : "BIGINT"))
        // A card that was made stands on a blank that says so, and the other way round.
        let unmatched = try count(
            """
            SELECT (SELECT count(*) FROM card c WHERE c.status IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM blank b WHERE b.serial = c.blank AND b.card_id = c.card_id
                        AND b.fate IN ('good', 'destroyed')))
                + (SELECT count(*) FROM blank b WHERE b.fate = 'good' AND NOT EXISTS (
                    SELECT 1 FROM card c WHERE c.card_id = b.card_id AND c.blank = b.serial AND c.status IS NOT NULL))
            """)
        return StockBalance(received: received, fates: fates, unmatched: unmatched)
    }

    private static func blank(_ row: Row) throws -> Blank {
        guard let serial = BlankSerial(canonical: try row.text(0)) else {
            throw DatabaseError.typeMismatch("a blank's serial")
        }
        return Blank(
            serial: serial, lot: try row.int64(1), series: try row.text(2), fate: try row.value(3),
            batch: try row.int64OrNull(4), card: try row.int64OrNull(5), reject: try row.valueOrNull(6))
    }

    // MARK: Series

    func isSuspended(_ series: String?, on connection: Connection) throws -> Bool {
        guard let series else { return false }
        return try connection.first(
            "SELECT 1 FROM card_series WHERE series = ? AND suspended_at IS NOT NULL", [.text(series)]
        ) { try $0.int64(0) } != nil
    }

    func suspend(_ series: String, reason: String?, at now: Instant, on connection: Connection) throws {
        try connection.execute(
            "UPDATE card_series SET suspended_at = ?, reason = ? WHERE series = ?",
            [.integerOrNull(reason == nil ? nil : now.microseconds), .textOrNull(reason), .text(series)])
    }

    /// Every series with how many cards stand on it.
    func allSeries(on connection: Connection) throws -> [SeriesStanding] {
        try connection.rows(
            """
            SELECT s.series, s.suspended_at, s.reason,
                (SELECT count(*) FROM card c WHERE c.series = s.series AND c.status IS NOT NULL)
            FROM card_series s ORDER BY s.series
            """
        ) { row in
            SeriesStanding(
                series: try row.text(0), suspended: try row.int64OrNull(1).map { Instant(microseconds: $0) },
                reason: try row.textOrNull(2), cards: try row.int(3))
        }
    }
}
