import Access
import Civil
import Database
import Ledger

extension DuplicateStore {
    /// What pairs come to together.
    struct Sum {
        var pairs = 0
        var expected = 0.0
        var variance = 0.0

        static func += (left: inout Sum, right: Sum) {
            left.pairs += right.pairs
            left.expected += right.expected
            left.variance += right.variance
        }
    }

    /// The pairs that wait and may be told, summed by the units of both and by stratum.
    func sums(
        _ told: Told, on connection: Connection
    ) throws -> [(units: [UnitCode], stratum: Int, sum: Sum)] {
        try connection.rows(
            """
            SELECT p.left_unit, p.right_unit, \(DuplicateStratum.place(of: "p.probability")) AS stratum, count(*),
                CAST(sum(p.probability) AS BIGINT),
                CAST(sum(p.probability * (1000000 - p.probability)) AS BIGINT)
            FROM duplicate_pair p
            JOIN person a ON a.person_id = p.left_id JOIN person b ON b.person_id = p.right_id
            WHERE p.is_drawn = 0 AND \(told.sql) GROUP BY 1, 2, 3
            """, told.arguments
        ) { row in
            (
                try [row.text(0), row.text(1)].compactMap(UnitCode.init(parsing:)), try row.int(2),
                Sum(
                    pairs: try row.int(3), expected: Double(try row.int64(4)) / 1e6,
                    variance: Double(try row.int64(5)) / 1e12)
            )
        }
    }

    /// What officers decided on pairs of one stratum.
    struct Decided {
        var same = 0
        var all = 0
        /// The sum of the probabilities that the pairs had.
        var told = 0.0

        static func += (left: inout Decided, right: Decided) {
            left.same += right.same
            left.all += right.all
            left.told += right.told
        }
    }

    /// The last word on each pair that was decided, by the units of both and by stratum.
    ///
    /// A merge that the second person did not want is no word; one that was undone says that there are two people. What
    /// the register merged by itself tells nothing of how right it is.
    func decided(on connection: Connection) throws -> [(units: [UnitCode], stratum: Int, decided: Decided)] {
        try connection.rows(
            """
            SELECT d.left_unit, d.right_unit, \(DuplicateStratum.place(of: "d.probability")) AS stratum,
                sum(CASE WHEN d.verdict = 1 AND (a.merged_into = d.right_id OR b.merged_into = d.left_id)
                    THEN 1 ELSE 0 END),
                count(*), CAST(sum(d.probability) AS BIGINT)
            FROM duplicate_decision d LEFT JOIN approval_decision w ON w.approval_id = d.approval_id
            JOIN person a ON a.person_id = d.left_id JOIN person b ON b.person_id = d.right_id
            WHERE d.probability IS NOT NULL AND d.verdict IN (1, 2) AND d.rule_id IS NULL
                AND (d.approval_id IS NULL OR w.act_id IS NOT NULL)
                AND NOT EXISTS (
                    SELECT 1 FROM duplicate_decision e
                    LEFT JOIN approval_decision x ON x.approval_id = e.approval_id
                    WHERE e.left_id = d.left_id AND e.right_id = d.right_id AND e.verdict IN (1, 2)
                    AND (e.approval_id IS NULL OR x.act_id IS NOT NULL)
                    AND (e.decided_at > d.decided_at
                        OR (e.decided_at = d.decided_at AND e.decision_id > d.decision_id)))
            GROUP BY 1, 2, 3
            """
        ) { row in
            (
                try [row.textOrNull(0), row.textOrNull(1)].compactMap { $0.flatMap(UnitCode.init(parsing:)) },
                try row.int(2),
                Decided(same: try row.int(3), all: try row.int(4), told: Double(try row.int64(5)) / 1e6)
            )
        }
    }

    /// The pairs that wait in the whole register, by stratum.
    func waiting(at now: Instant, on connection: Connection) throws -> [Int] {
        var waiting = [Int](repeating: 0, count: DuplicateStratum.starts.count)
        try connection.forEach(
            """
            SELECT \(DuplicateStratum.place(of: "p.probability")) AS stratum, count(*) FROM duplicate_pair p
            JOIN person a ON a.person_id = p.left_id JOIN person b ON b.person_id = p.right_id
            WHERE p.is_drawn = 0 AND \(DuplicateStore.open) GROUP BY 1
            """, [.integer(now.microseconds)]
        ) { waiting[try $0.int(0)] = try $0.int(1) }
        return waiting
    }

    // MARK: Trend

    /// How long it is kept what sweeps told of each unit.
    private static let keptDays: Int64 = 400

    /// The whole country among the units.
    private static let country = ""

    /// Keeps what a sweep told of each unit, of those above it and of the country.
    func insert(
        unitsOf pairs: [DuplicatePair], in units: UnitDirectory, sweep: Int64, on connection: Connection
    ) throws {
        var sums: [String: (pairs: Int64, perMillion: Int64)] = [:]
        for pair in pairs {
            let places = pair.units.compactMap(\.self).flatMap { units.chain(of: $0) }
            for unit in Set(places.map(\.description) + [DuplicateStore.country]) {
                sums[unit, default: (0, 0)].pairs += 1
                sums[unit, default: (0, 0)].perMillion += pair.perMillion
            }
        }
        try connection.insert(
            into: "duplicate_unit", columns: ["sweep_id", "unit", "pairs", "expected"],
            rows: sums.sorted { $0.key < $1.key }.map { unit, sum in
                [.integer(sweep), .text(unit), .integer(sum.pairs), .integer(sum.perMillion)]
            })
        try connection.execute(
            """
            DELETE FROM duplicate_unit WHERE sweep_id IN (SELECT s.sweep_id FROM duplicate_sweep s
                WHERE s.finished_at < (SELECT max(t.finished_at) FROM duplicate_sweep t) - ?)
            """, [.integer(DuplicateStore.keptDays * 86_400_000_000)])
    }

    /// When the sweep ended that the last one is held against: the latest one a month before it, else the first.
    func earlierSweep(on connection: Connection) throws -> (sweep: Int64, ended: Instant)? {
        let month: Int64 = 30 * 86_400_000_000
        return try connection.first(
            """
            SELECT s.sweep_id, s.finished_at FROM duplicate_sweep s
            WHERE s.below IS NOT NULL AND s.finished_at < (SELECT max(t.finished_at) FROM duplicate_sweep t)
            ORDER BY CASE WHEN s.finished_at <= (SELECT max(t.finished_at) FROM duplicate_sweep t) - ?
                THEN -s.finished_at ELSE s.finished_at END LIMIT 1
            """, [.integer(month)]
        ) { (try $0.int64(0), Instant(microseconds: try $0.int64(1))) }
    }

    /// The sums of the probabilities that a sweep told of each unit; of the country under nil.
    func expected(ofSweep sweep: Int64, on connection: Connection) throws -> [UnitCode?: Double] {
        let rows = try connection.rows(
            "SELECT unit, expected FROM duplicate_unit WHERE sweep_id = ?", [.integer(sweep)]
        ) { (UnitCode(parsing: try $0.text(0)), Double(try $0.int64(1)) / 1e6) }
        return Dictionary(rows) { first, _ in first }
    }

    // MARK: Who waits

    /// Everybody of a pair that waits, of the units alone where they are named; nobody of a pair that a seal hides.
    func waiting(in units: Set<String>?, at now: Instant, on connection: Connection) throws -> Set<Int64> {
        let told = Told(hidingSealedAt: now)
        let select = """
            SELECT p.left_id, p.right_id FROM duplicate_pair p
            JOIN person a ON a.person_id = p.left_id JOIN person b ON b.person_id = p.right_id
            WHERE p.is_drawn = 0 AND \(told.sql)
            """
        var persons: Set<Int64> = []
        func take(_ row: Row) throws {
            persons.insert(try row.int64(0))
            persons.insert(try row.int64(1))
        }
        guard let units else {
            try connection.forEach(select, told.arguments, take)
            return persons
        }
        for list in ValueList.lists(of: units.sorted().map { .text($0) }) {
            for column in ["p.left_unit", "p.right_unit"] {
                try connection.forEach("\(select) AND \(column) IN \(list.sql)", told.arguments + list.values, take)
            }
        }
        return persons
    }

    /// The units in which pairs wait.
    func units(on connection: Connection) throws -> Set<String> {
        var units: Set<String> = []
        for column in ["left_unit", "right_unit"] {
            units.formUnion(
                try connection.rows("SELECT DISTINCT \(column) FROM duplicate_pair") { try $0.text(0) })
        }
        return units
    }
}

extension DuplicateStratum {
    /// The place of a probability of that column among the strata.
    static func place(of column: String) -> String {
        let whens = starts.enumerated().dropFirst().reversed().map { place, start in
            "WHEN \(column) >= \(Int((start * 1_000_000).rounded())) THEN \(place)"
        }
        return "CASE \(whens.joined(separator: " ")) ELSE 0 END"
    }
}
