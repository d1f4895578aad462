import Access
import Civil
import Database
import Foundation
import Ledger
import Linkage

/// Pairs that may be one person's, and what was decided on them.
struct DuplicateStore: Sendable {
    /// What of the queue is asked for.
    struct Wish: Sendable {
        /// Only pairs with this evidence.
        var pattern: Int64?
        /// Only pairs about this person.
        var person: Int64?
        /// Only pairs of which one is counted in their places, and none that a seal hides from them.
        var requester: Requester
        /// Only pairs that are less urgent than where the page before ended.
        var after: DuplicatePlace?
        /// How many pairs of those places are gone through at most.
        var most: Int

        /// Only pairs of which one is counted in the requester's places; nil where those are the whole nation.
        fileprivate var places: (sql: String, values: [SQLValue])? {
            guard case .places(let unit, let inside) = requester.jurisdiction else {
                return requester.jurisdiction == .nation ? nil : ("1 = 0", [])
            }
            let lists = ValueList.lists(of: inside.union([unit]).map(\.description).sorted().map { .text($0) })
            let conditions = ["p.left_unit", "p.right_unit"].flatMap { column in
                lists.map { "\(column) IN \($0.sql)" }
            }
            return ("(\(conditions.joined(separator: " OR ")))", lists.flatMap(\.values) + lists.flatMap(\.values))
        }
    }

    // MARK: Sweeps

    /// Puts what a sweep found in the place of what the one before found.
    ///
    /// - Parameter persons: those whom the sweep compared; a pair with anybody who came while it ran stays.
    func replace(with pairs: [DuplicatePair], among persons: Set<Int64>, on connection: Connection) throws {
        let before = try connection.rows("SELECT left_id, right_id FROM duplicate_pair") {
            (try $0.int64(0), try $0.int64(1))
        }
        /// Somebody who has a record of their own, and whom the sweep did not know yet.
        func isNew(_ person: Int64) throws -> Bool {
            guard !persons.contains(person),
                let state = try RecordReader().record(of: person, on: connection)?.state
            else { return false }
            return state.mergedInto == nil && state.life.status != .dead
        }
        let gone = try before.filter { try !isNew($0) && !isNew($1) }
        if gone.count == before.count {
            try connection.execute("DELETE FROM duplicate_pair")
        } else {
            try connection.executeMany(
                "DELETE FROM duplicate_pair WHERE left_id = ? AND right_id = ?",
                gone.map { [.integer($0), .integer($1)] })
        }
        try add(pairs, on: connection)
    }

    /// Puts pairs into the queue that do not stand in it.
    func add(_ pairs: [DuplicatePair], on connection: Connection) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try connection.insert(
            into: "duplicate_pair",
            columns: [
                "left_id", "right_id", "probability", "harm", "left_unit", "right_unit", "facts", "pattern", "evidence",
                "is_drawn",
            ],
            rows: try pairs.map { pair in
                [
                    .integer(pair.left), .integer(pair.right), .integer(pair.perMillion), .integer(pair.harm),
                    .text(pair.units[0]?.description ?? ""), .text(pair.units[1]?.description ?? ""),
                    .blob(pair.facts), .integer(pair.pattern),
                    .text(String(decoding: try encoder.encode(pair.evidence), as: UTF8.self)),
                    .integer(pair.isDrawn ? 1 : 0),
                ]
            })
    }

    func insert(_ sweep: DuplicateSweep, _ model: LinkModel, id: Int64, on connection: Connection) throws {
        func millionths(_ share: Double) -> SQLValue { .integer(Int64((share * 1_000_000).rounded())) }
        try connection.execute(
            """
            INSERT INTO duplicate_sweep (sweep_id, started_at, finished_at, persons, compared, pairs, keys_recall,
                expected_precision, expected_recall, below, model) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(id), .integer(sweep.started.microseconds), .integer(sweep.finished.microseconds),
                .integer(Int64(sweep.persons)), .integer(Int64(sweep.compared)), .integer(Int64(sweep.pairs)),
                millionths(sweep.keysRecall), millionths(sweep.expectedPrecision), millionths(sweep.expectedRecall),
                .integer(Int64(sweep.below)), .text(String(decoding: try JSONEncoder().encode(model), as: UTF8.self)),
            ])
    }

    /// The weights that the last sweep learnt; nil before there was one.
    func weights(on connection: Connection) throws -> LinkModel? {
        let text = try connection.first(
            """
            SELECT model FROM duplicate_sweep WHERE model IS NOT NULL
            ORDER BY finished_at DESC, sweep_id DESC LIMIT 1
            """
        ) { try $0.text(0) }
        // Weights of another shape are of another version of the program; the next sweep learns new ones.
        return text.flatMap { try? JSONDecoder().decode(LinkModel.self, from: Data($0.utf8)) }
    }

    /// The number of the sweep whose weights those are; 0 before there was one.
    func weightsEdition(on connection: Connection) throws -> Int64 {
        try connection.first(
            """
            SELECT sweep_id FROM duplicate_sweep WHERE model IS NOT NULL
            ORDER BY finished_at DESC, sweep_id DESC LIMIT 1
            """
        ) { try $0.int64(0) } ?? 0
    }

    func lastSweep(on connection: Connection) throws -> DuplicateSweep? { try sweeps(most: 1, on: connection).first }

    /// The last sweeps, the latest first.
    func sweeps(most: Int, on connection: Connection) throws -> [DuplicateSweep] {
        try connection.rows(
            """
            SELECT started_at, finished_at, persons, compared, pairs, keys_recall, expected_precision, expected_recall,
                coalesce(below, 0)
            FROM duplicate_sweep ORDER BY finished_at DESC, sweep_id DESC LIMIT ?
            """, [.integer(Int64(most))]
        ) { row in
            DuplicateSweep(
                started: Instant(microseconds: try row.int64(0)), finished: Instant(microseconds: try row.int64(1)),
                persons: try row.int(2), compared: try row.int(3), pairs: try row.int(4),
                keysRecall: Double(try row.int64(5)) / 1_000_000,
                expectedPrecision: Double(try row.int64(6)) / 1_000_000,
                expectedRecall: Double(try row.int64(7)) / 1_000_000, below: try row.int(8))
        }
    }

    // MARK: Pairs

    private static let columns = """
        p.left_id, p.right_id, p.probability, p.harm, p.left_unit, p.right_unit, p.facts, p.pattern, p.evidence,
        p.is_drawn
        """

    /// What waits: neither merged, nor told apart as they are now, nor before a second person.
    static let open = """
        a.merged_into IS NULL AND b.merged_into IS NULL AND NOT EXISTS (
            SELECT 1 FROM duplicate_decision d
            LEFT JOIN approval v ON v.approval_id = d.approval_id
            LEFT JOIN approval_decision w ON w.approval_id = d.approval_id
            WHERE d.left_id = p.left_id AND d.right_id = p.right_id AND (
                (d.verdict = 2 AND d.facts = p.facts)
                OR (d.verdict = 1 AND v.approval_id IS NOT NULL AND w.approval_id IS NULL AND v.expires_at > ?)))
        """
    /// What waits and may be told: a pair with somebody whom a seal hides is none.
    struct Told {
        let sql: String
        let arguments: [SQLValue]

        init(to requester: Requester, at now: Instant) {
            if requester.role.opensSeals {
                self.init(sql: DuplicateStore.open, arguments: [.integer(now.microseconds)])
            } else {
                self.init(hidingSealedAt: now)
            }
        }

        private init(sql: String, arguments: [SQLValue]) {
            self.sql = sql
            self.arguments = arguments
        }

        /// What may be told to whoever asks.
        init(hidingSealedAt now: Instant) {
            let sql = """
                \(DuplicateStore.open) AND NOT \(StandingSeals.condition(over: "p.left_id"))
                AND NOT \(StandingSeals.condition(over: "p.right_id"))
                """
            self.init(sql: sql, arguments: Array(repeating: .integer(now.microseconds), count: 3))
        }
    }

    private static let isUnclear = """
        (SELECT d.verdict FROM duplicate_decision d WHERE d.left_id = p.left_id AND d.right_id = p.right_id
         AND d.facts = p.facts ORDER BY d.decided_at DESC, d.decision_id DESC LIMIT 1)
        """

    /// Goes through the pairs that wait, the most harmful and likeliest first, until `body` says that it has enough.
    func forEach(
        _ wish: Wish, at now: Instant, on connection: Connection,
        _ body: (DuplicatePair, _ isUnclear: Bool) throws -> Bool
    ) throws {
        let told = Told(to: wish.requester, at: now)
        var conditions = [told.sql]
        var arguments = told.arguments
        if let pattern = wish.pattern {
            conditions.append("p.pattern = ?")
            arguments.append(.integer(pattern))
        }
        if let person = wish.person {
            conditions.append("(p.left_id = ? OR p.right_id = ?)")
            arguments += [.integer(person), .integer(person)]
        }
        if let places = wish.places {
            conditions.append(places.sql)
            arguments += places.values
        }
        if let place = wish.after {
            conditions.append(DuplicatePlace.isBefore)
            arguments += place.values
        }
        arguments.append(.integer(Int64(wish.most)))
        struct Enough: Error {}
        do {
            try connection.forEach(
                """
                SELECT \(DuplicateStore.columns), \(DuplicateStore.isUnclear) FROM duplicate_pair p
                JOIN person a ON a.person_id = p.left_id JOIN person b ON b.person_id = p.right_id
                WHERE \(conditions.joined(separator: " AND "))
                ORDER BY p.is_drawn, p.harm DESC, p.probability DESC, p.left_id, p.right_id LIMIT ?
                """, arguments
            ) { row in
                let last = try row.int64OrNull(10).flatMap(DuplicateVerdict.init)
                guard try body(try DuplicateStore.pair(row), last == .unclear) else { throw Enough() }
            }
        } catch is Enough {}
    }

    /// The pair of two persons while it waits, if it may be told to the requester.
    func pair(
        _ one: Int64, _ other: Int64, for requester: Requester, at now: Instant, on connection: Connection
    ) throws -> (pair: DuplicatePair, isUnclear: Bool)? {
        let told = Told(to: requester, at: now)
        let found = try connection.first(
            """
            SELECT \(DuplicateStore.columns), \(DuplicateStore.isUnclear) FROM duplicate_pair p
            JOIN person a ON a.person_id = p.left_id JOIN person b ON b.person_id = p.right_id
            WHERE \(told.sql) AND p.left_id = ? AND p.right_id = ?
            """, told.arguments + [.integer(min(one, other)), .integer(max(one, other))]
        ) { row in
            (
                pair: try DuplicateStore.pair(row),
                isUnclear: try row.int64OrNull(10).flatMap(DuplicateVerdict.init) == .unclear
            )
        }
        guard let found, requester.jurisdiction.reaches(found.pair.units.compactMap(\.self)) else { return nil }
        return found
    }

    private static func pair(_ row: Row) throws -> DuplicatePair {
        DuplicatePair(
            left: try row.int64(0), right: try row.int64(1), perMillion: try row.int64(2), harm: try row.int64(3),
            units: [UnitCode(parsing: try row.text(4)), UnitCode(parsing: try row.text(5))], facts: try row.blob(6),
            pattern: try row.int64(7), isDrawn: try row.int64(9) == 1,
            evidence: try JSONDecoder().decode([DuplicateEvidence].self, from: Data(try row.text(8).utf8)))
    }

    // MARK: Decisions

    func insert(
        _ verdict: DuplicateVerdict, on pair: DuplicatePair, reason: String, by actor: Actor, at now: Instant,
        id: Int64, approval: Int64? = nil, rule: Int64? = nil, connection: Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO duplicate_decision (decision_id, left_id, right_id, verdict, facts, approval_id, reason,
                account, role, office, decided_at, probability, left_unit, right_unit, rule_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(id), .integer(pair.left), .integer(pair.right), .integer(verdict.rawValue), .blob(pair.facts),
                .integerOrNull(approval), .text(reason), .text(actor.account), .text(actor.role), .text(actor.office),
                .integer(now.microseconds), .integer(pair.perMillion), .text(pair.units[0]?.description ?? ""),
                .text(pair.units[1]?.description ?? ""), .integerOrNull(rule),
            ])
    }

    /// What was said of a pair, the last one first.
    func decisions(on pair: DuplicatePair, connection: Connection) throws -> [DuplicateDecision] {
        try connection.rows(
            """
            SELECT verdict, reason, account, role, office, decided_at, facts, approval_id FROM duplicate_decision
            WHERE left_id = ? AND right_id = ? ORDER BY decided_at DESC, decision_id DESC LIMIT 20
            """, [.integer(pair.left), .integer(pair.right)]
        ) { row in
            DuplicateDecision(
                verdict: DuplicateVerdict(rawValue: try row.int64(0)) ?? .unclear, reason: try row.text(1),
                actor: Actor(account: try row.text(2), role: try row.text(3), office: try row.text(4)),
                decided: Instant(microseconds: try row.int64(5)), holds: try row.blob(6) == pair.facts,
                approval: try row.int64OrNull(7))
        }
    }

    /// What officers' decisions teach: pairs told apart that are as they were, and merges that stand.
    func lessons(in placement: PlacementTable, on connection: Connection) throws -> [LinkLesson] {
        let rows = try connection.rows(
            """
            SELECT d.verdict, d.facts, a.state, b.state FROM duplicate_decision d
            JOIN person a ON a.person_id = d.left_id JOIN person b ON b.person_id = d.right_id
            WHERE d.verdict = 2 OR (d.verdict = 1 AND d.rule_id IS NULL
                AND (a.merged_into = d.right_id OR b.merged_into = d.left_id))
            ORDER BY d.decided_at DESC, d.decision_id LIMIT ?
            """, [.integer(Int64(DuplicateStore.mostLessons))]
        ) { row in
            (
                isSame: try row.int64(0) == DuplicateVerdict.same.rawValue, facts: try row.blob(1),
                states: (
                    try StateCoding.value(PersonState.self, in: row, 2),
                    try StateCoding.value(PersonState.self, in: row, 3)
                )
            )
        }
        return rows.compactMap { row in
            guard let left = DuplicateRecord(ofStated: row.states.0, in: placement),
                let right = DuplicateRecord(ofStated: row.states.1, in: placement)
            else { return nil }
            // Of a merge, either record is as it was before; of two people, both have to be.
            guard row.isSame || DuplicateRecord.facts(left, right) == row.facts else { return nil }
            return LinkLesson(left.record, right.record, isSame: row.isSame)
        }
    }

    /// The latest decisions that teach: more change nothing, and each takes a comparison.
    private static let mostLessons = 20_000

    /// Those that were told apart, with what was compared then.
    func toldApart(on connection: Connection) throws -> [(left: Int64, right: Int64, facts: [UInt8])] {
        try connection.rows(
            "SELECT left_id, right_id, facts FROM duplicate_decision WHERE verdict = ?",
            [.integer(DuplicateVerdict.different.rawValue)]
        ) { (try $0.int64(0), try $0.int64(1), try $0.blob(2)) }
    }
}
