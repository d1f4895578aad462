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

    /// The pairs that wait and may be told, summed by the units of both.
    func sums(
        for requester: Requester, at now: Instant, on connection: Connection
    ) throws -> [(units: [UnitCode], sum: Sum)] {
        let told = Told(to: requester, at: now)
        return try connection.rows(
            """
            SELECT p.left_unit, p.right_unit, count(*), CAST(sum(p.probability) AS BIGINT),
                CAST(sum(p.probability * (1000000 - p.probability)) AS BIGINT)
            FROM duplicate_pair p
            JOIN person a ON a.person_id = p.left_id JOIN person b ON b.person_id = p.right_id
            WHERE \(told.sql) GROUP BY p.left_unit, p.right_unit
            """, told.arguments
        ) { row in
            (
                try [row.text(0), row.text(1)].compactMap(UnitCode.init(parsing:)),
                Sum(
                    pairs: try row.int(2), expected: Double(try row.int64(3)) / 1e6,
                    variance: Double(try row.int64(4)) / 1e12)
            )
        }
    }

    /// The pairs that wait and those that were decided, by probability.
    func strata(at now: Instant, on connection: Connection) throws -> [DuplicateStratum] {
        let starts = DuplicateStratum.starts
        func place(_ column: String) -> String {
            let whens = starts.enumerated().dropFirst().reversed().map { place, start in
                "WHEN \(column) >= \(Int(start * 1_000_000)) THEN \(place)"
            }
            return "CASE \(whens.joined(separator: " ")) ELSE 0 END"
        }
        var waiting = [Int](repeating: 0, count: starts.count)
        try connection.forEach(
            """
            SELECT \(place("p.probability")) AS stratum, count(*) FROM duplicate_pair p
            JOIN person a ON a.person_id = p.left_id JOIN person b ON b.person_id = p.right_id
            WHERE \(DuplicateStore.open) GROUP BY 1
            """, [.integer(now.microseconds)]
        ) { waiting[try $0.int(0)] = try $0.int(1) }
        var found = [(same: Int, all: Int, told: Double)](repeating: (0, 0, 0), count: starts.count)
        // The last word on each pair counts; a merge that the second person did not want is no word.
        try connection.forEach(
            """
            SELECT \(place("d.probability")) AS stratum, d.verdict, count(*), CAST(sum(d.probability) AS BIGINT)
            FROM duplicate_decision d LEFT JOIN approval_decision w ON w.approval_id = d.approval_id
            WHERE d.probability IS NOT NULL AND d.verdict IN (1, 2)
                AND (d.approval_id IS NULL OR w.act_id IS NOT NULL)
                AND NOT EXISTS (
                    SELECT 1 FROM duplicate_decision e
                    LEFT JOIN approval_decision x ON x.approval_id = e.approval_id
                    WHERE e.left_id = d.left_id AND e.right_id = d.right_id AND e.verdict IN (1, 2)
                    AND (e.approval_id IS NULL OR x.act_id IS NOT NULL)
                    AND (e.decided_at > d.decided_at
                        OR (e.decided_at = d.decided_at AND e.decision_id > d.decision_id)))
            GROUP BY 1, 2
            """
        ) { row in
            let stratum = try row.int(0)
            let count = try row.int(2)
            if try row.int64(1) == DuplicateVerdict.same.rawValue { found[stratum].same += count }
            found[stratum].all += count
            found[stratum].told += Double(try row.int64(3)) / 1e6
        }
        return starts.indices.map { place in
            let (same, all, told) = found[place]
            return DuplicateStratum(
                from: starts[place], waiting: waiting[place], found: SampledShare(part: same, whole: all),
                told: all > 0 ? told / Double(all) : nil)
        }
    }
}
