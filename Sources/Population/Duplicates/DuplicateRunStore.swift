import Civil
import Database
import Foundation
import Ledger
import Linkage

/// The sweep that is under way: what it was begun with, its parts, and the pairs found so far.
///
/// There is one at most; when it ends, or another one is begun, nothing of it stays.
struct DuplicateRunStore: Sendable {
    /// A sweep goes on where it stood.
    static let migration = Migration(
        id: "population-023",
        sql: """
            -- The sweep that is under way: one row, or none. The threshold is millionths.
            CREATE TABLE duplicate_run (
                one_row {int} NOT NULL PRIMARY KEY CHECK (one_row = 1),
                run_id {int} NOT NULL UNIQUE CHECK (run_id > 0),
                started_at {int} NOT NULL,
                threshold {int} NOT NULL CHECK (threshold BETWEEN 0 AND 1000000),
                is_taught {int} NOT NULL CHECK (is_taught IN (0, 1)),
                model TEXT NOT NULL
            ) {strict};

            -- Its parts: the communes of one province from the first one on, up to those of the next part. Units are
            -- written as set and code; nothing where nobody knows one.
            CREATE TABLE duplicate_run_part (
                run_id {int} NOT NULL REFERENCES duplicate_run (run_id) ON DELETE CASCADE,
                place {int} NOT NULL CHECK (place >= 0),
                province TEXT NOT NULL,
                first_unit TEXT NOT NULL,
                persons {int} NOT NULL CHECK (persons >= 0),
                compared {int},
                pairs {int},
                PRIMARY KEY (run_id, place),
                CONSTRAINT duplicate_run_part_done CHECK ((compared IS NULL) = (pairs IS NULL))
            ) {strict};

            -- What its parts found; no foreign key, so that the many rows of a run are dropped in one statement.
            CREATE TABLE duplicate_run_pair (
                run_id {int} NOT NULL,
                left_id {int} NOT NULL,
                right_id {int} NOT NULL,
                PRIMARY KEY (run_id, left_id, right_id),
                CONSTRAINT duplicate_run_pair_order CHECK (left_id < right_id)
            ) {strict};
            """)

    /// The run that is under way.
    func current(on connection: Connection) throws -> DuplicateRun? {
        var found = try connection.first(
            "SELECT run_id, started_at, threshold, is_taught, model FROM duplicate_run"
        ) { row in
            DuplicateRun(
                id: try row.int64(0), started: Instant(microseconds: try row.int64(1)), threshold: try row.int64(2),
                isTaught: try row.int64(3) == 1,
                model: try? JSONDecoder().decode(LinkModel.self, from: Data(try row.text(4).utf8)), parts: [])
        }
        guard let id = found?.id else { return nil }
        found?.parts = try connection.rows(
            """
            SELECT province, first_unit, persons, compared, pairs FROM duplicate_run_part
            WHERE run_id = ? ORDER BY place
            """, [.integer(id)]
        ) { row in
            let compared = try row.int64OrNull(3).map { Int($0) }
            let pairs = try row.int64OrNull(4).map { Int($0) }
            return DuplicatePart(
                first: DuplicatePart.Place(province: try row.text(0), unit: try row.text(1)),
                persons: try row.int(2),
                done: compared.flatMap { compared in pairs.map { (compared, $0) } })
        }
        return found
    }

    /// Begins a run in the place of one that is given up.
    func begin(_ run: DuplicateRun, _ model: LinkModel, on connection: Connection) throws {
        try clear(on: connection)
        try connection.execute(
            """
            INSERT INTO duplicate_run (one_row, run_id, started_at, threshold, is_taught, model)
            VALUES (1, ?, ?, ?, ?, ?)
            """,
            [
                .integer(run.id), .integer(run.started.microseconds), .integer(run.threshold),
                .integer(run.isTaught ? 1 : 0),
                .text(String(decoding: try JSONEncoder().encode(model), as: UTF8.self)),
            ])
        try connection.insert(
            into: "duplicate_run_part", columns: ["run_id", "place", "province", "first_unit", "persons"],
            rows: run.parts.enumerated().map { place, part in
                [
                    .integer(run.id), .integer(Int64(place)), .text(part.first.province), .text(part.first.unit),
                    .integer(Int64(part.persons)),
                ]
            })
    }

    /// Notes what a part found, unless another process has; false when the run is no longer under way.
    func note(
        _ pairs: [(left: Int64, right: Int64)], compared: Int, part: Int, of run: Int64, on connection: Connection
    ) throws -> Bool {
        guard try isCurrent(run, on: connection) else { return false }
        let noted = try connection.execute(
            """
            UPDATE duplicate_run_part SET compared = ?, pairs = ?
            WHERE run_id = ? AND place = ? AND compared IS NULL
            """,
            [.integer(Int64(compared)), .integer(Int64(pairs.count)), .integer(run), .integer(Int64(part))])
        guard noted == 1 else { return true }
        // Somebody who moved between two parts may be found in both.
        try connection.executeMany(
            "INSERT INTO duplicate_run_pair (run_id, left_id, right_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            pairs.map { [.integer(run), .integer($0.left), .integer($0.right)] })
        return true
    }

    func pairs(of run: Int64, on connection: Connection) throws -> [(left: Int64, right: Int64)] {
        try connection.rows(
            "SELECT left_id, right_id FROM duplicate_run_pair WHERE run_id = ? ORDER BY left_id, right_id",
            [.integer(run)]
        ) { (try $0.int64(0), try $0.int64(1)) }
    }

    /// Ends the run; false when it is no longer under way.
    func end(_ run: Int64, on connection: Connection) throws -> Bool {
        guard try isCurrent(run, on: connection) else { return false }
        try clear(on: connection)
        return true
    }

    private func isCurrent(_ run: Int64, on connection: Connection) throws -> Bool {
        // Written, so that two processes take turns.
        try connection.execute(
            "UPDATE duplicate_run SET one_row = 1 WHERE run_id = ?", [.integer(run)]) == 1
    }

    private func clear(on connection: Connection) throws {
        try connection.execute("DELETE FROM duplicate_run_pair")
        try connection.execute("DELETE FROM duplicate_run_part")
        try connection.execute("DELETE FROM duplicate_run")
    }
}
