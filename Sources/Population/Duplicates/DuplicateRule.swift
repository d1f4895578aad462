import Access
import Civil
import Database
import Ledger

/// Quy tắc hợp nhất tự động: from which probability on the register merges by itself, as somebody with the whole
/// register has stated it and a second person agreed.
///
/// Without a rule, and after one that switches it off, nothing is merged automatically.
package struct DuplicateRule: Hashable, Sendable {
    package let id: Int64
    /// Millionths; nil switches automatic merging off.
    package let perMillion: Int64?
    package let reason: String
    package let actor: Actor
    package let stated: Instant
    /// Switching off needs nobody else.
    package let needsSecondPerson: Bool
    /// What the second person said.
    package var decision: Decision?

    /// Kết luận của người thứ hai.
    package struct Decision: Hashable, Sendable {
        package let isAccepted: Bool
        package let actor: Actor
        package let decided: Instant
    }

    package var threshold: Double? { perMillion.map { Double($0) / 1_000_000 } }

    /// When it came into force; nil for one that waits, was rejected or has expired.
    package var since: Instant? {
        guard needsSecondPerson else { return stated }
        return decision.flatMap { $0.isAccepted ? $0.decided : nil }
    }

    /// Whether a second person may still decide on it.
    package func waits(at now: Instant) -> Bool {
        needsSecondPerson && decision == nil && now.microseconds - stated.microseconds <= DuplicateRule.longestWait
    }

    /// Below it no rule may lie: of a thousand pairs one would be wrong even if every probability were right.
    package static let leastPerMillion: Int64 = 999_000
    /// As long as an approval waits.
    private static let longestWait: Int64 = 7 * 86_400_000_000
}

/// The rules of automatic merging; they only grow.
struct DuplicateRuleStore: Sendable {
    static let migration = Migration(
        id: "population-025",
        sql: """
            -- From which probability on, in millionths, the register merges by itself; nothing switches it off.
            CREATE TABLE duplicate_rule (
                rule_id {int} NOT NULL PRIMARY KEY CHECK (rule_id > 0),
                threshold {int} CHECK (threshold BETWEEN 999000 AND 1000000),
                reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
                account {text} NOT NULL,
                role TEXT NOT NULL,
                office {text} NOT NULL,
                stated_at {int} NOT NULL,
                needs_second {int} NOT NULL CHECK (needs_second IN (0, 1)),
                UNIQUE (rule_id, account)
            ) {strict};

            -- What the second person said, who is not the first.
            CREATE TABLE duplicate_rule_decision (
                rule_id {int} NOT NULL PRIMARY KEY,
                asker {text} NOT NULL,
                is_accepted {int} NOT NULL CHECK (is_accepted IN (0, 1)),
                account {text} NOT NULL,
                role TEXT NOT NULL,
                office {text} NOT NULL,
                decided_at {int} NOT NULL,
                FOREIGN KEY (rule_id, asker) REFERENCES duplicate_rule (rule_id, account),
                CONSTRAINT duplicate_rule_two CHECK (account <> asker)
            ) {strict};

            -- The rule under which the register decided by itself; nothing where an officer did.
            ALTER TABLE duplicate_decision ADD COLUMN rule_id {int};

            """ + Migration.appendOnly(table: "duplicate_rule")
                + Migration.appendOnly(table: "duplicate_rule_decision"))

    func insert(_ rule: DuplicateRule, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO duplicate_rule (rule_id, threshold, reason, account, role, office, stated_at, needs_second)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(rule.id), .integerOrNull(rule.perMillion), .text(rule.reason), .text(rule.actor.account),
                .text(rule.actor.role), .text(rule.actor.office), .integer(rule.stated.microseconds),
                .integer(rule.needsSecondPerson ? 1 : 0),
            ])
    }

    func insert(
        _ decision: DuplicateRule.Decision, on rule: DuplicateRule, connection: Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO duplicate_rule_decision (rule_id, asker, is_accepted, account, role, office, decided_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(rule.id), .text(rule.actor.account), .integer(decision.isAccepted ? 1 : 0),
                .text(decision.actor.account), .text(decision.actor.role), .text(decision.actor.office),
                .integer(decision.decided.microseconds),
            ])
    }

    /// The last rules, the latest first.
    func rules(on connection: Connection) throws -> [DuplicateRule] {
        try connection.rows(
            """
            SELECT r.rule_id, r.threshold, r.reason, r.account, r.role, r.office, r.stated_at, r.needs_second,
                d.is_accepted, d.account, d.role, d.office, d.decided_at
            FROM duplicate_rule r LEFT JOIN duplicate_rule_decision d ON d.rule_id = r.rule_id
            ORDER BY r.stated_at DESC, r.rule_id DESC LIMIT ?
            """, [.integer(Int64(DuplicateRuleStore.mostTold))]
        ) { row in
            let decision = try row.int64OrNull(8).map { accepted in
                DuplicateRule.Decision(
                    isAccepted: accepted == 1,
                    actor: Actor(account: try row.text(9), role: try row.text(10), office: try row.text(11)),
                    decided: Instant(microseconds: try row.int64(12)))
            }
            return DuplicateRule(
                id: try row.int64(0), perMillion: try row.int64OrNull(1), reason: try row.text(2),
                actor: Actor(account: try row.text(3), role: try row.text(4), office: try row.text(5)),
                stated: Instant(microseconds: try row.int64(6)), needsSecondPerson: try row.int64(7) == 1,
                decision: decision)
        }
    }

    /// Rules that are told, and among which the one in force is looked for: they change once in years.
    static let mostTold = 200
}

/// Các quy tắc hợp nhất tự động, and what came of them.
package struct DuplicateRules: Sendable {
    /// The latest first.
    package let rules: [DuplicateRule]
    /// Merges that the register made by itself, and how many of them were undone.
    package let merged: Int
    package let undone: Int

    package init(rules: [DuplicateRule], merged: Int, undone: Int) {
        self.rules = rules
        self.merged = merged
        self.undone = undone
    }

    /// The rule in force: the one that came into force last, unless it switches off.
    package var inForce: DuplicateRule? { DuplicateRules.inForce(of: rules) }

    static func inForce(of rules: [DuplicateRule]) -> DuplicateRule? {
        let last = rules.filter { $0.since != nil }.max {
            ($0.since?.microseconds ?? 0, $0.id) < ($1.since?.microseconds ?? 0, $1.id)
        }
        return last?.perMillion == nil ? nil : last
    }
}

extension PopulationRegister {
    /// Quy tắc hợp nhất tự động: the one in force, and those before it.
    package func duplicateRules(by requester: Requester) async throws -> DuplicateRules {
        try AccessPolicy.require(requester, toUse: .reviewDuplicates)
        return try await database.read { connection in
            let counts = try connection.first(
                """
                SELECT count(*), coalesce(sum(CASE WHEN a.merged_into = d.right_id OR b.merged_into = d.left_id
                    THEN 0 ELSE 1 END), 0)
                FROM duplicate_decision d JOIN person a ON a.person_id = d.left_id
                JOIN person b ON b.person_id = d.right_id WHERE d.rule_id IS NOT NULL
                """
            ) { (merged: try $0.int(0), undone: try $0.int(1)) }
            return DuplicateRules(
                rules: try DuplicateRuleStore().rules(on: connection), merged: counts?.merged ?? 0,
                undone: counts?.undone ?? 0)
        }
    }

    /// Đặt quy tắc hợp nhất tự động: from a probability on, or not at all.
    ///
    /// A rule that merges comes into force when a second person agrees; one that switches off, at once.
    /// - Throws: `DuplicateRefusal.ruleTooLow`, `AccessRefusal` for whoever may not merge in the whole register.
    package func stateDuplicateRule(
        threshold: Double?, reason: String, by requester: Requester
    ) async throws -> DuplicateRule {
        try requireRuling(requester)
        let reason = try DuplicateRefusal.stated(reason)
        let perMillion = threshold.map { Int64((min(max($0, 0), 1) * 1_000_000).rounded()) }
        if let perMillion, perMillion < DuplicateRule.leastPerMillion { throw DuplicateRefusal.ruleTooLow }
        let rule = DuplicateRule(
            id: surroundings.randomID(), perMillion: perMillion, reason: reason, actor: requester.actor,
            stated: surroundings.now(),
            needsSecondPerson: perMillion != nil
                && AccessPolicy.needsSecondPerson(.mergedWith, of: requester))
        try await database.write { try DuplicateRuleStore().insert(rule, on: $0) }
        return rule
    }

    /// Kết luận của người thứ hai về một quy tắc.
    /// - Throws: `DuplicateRefusal.ruleUnknown` for a rule that does not wait, `AccessRefusal.samePerson`.
    package func decideDuplicateRule(_ id: Int64, accept: Bool, by requester: Requester) async throws {
        try requireRuling(requester)
        guard requester.role.may(.approve) || !AccessPolicy.needsSecondPerson(.mergedWith, of: requester) else {
            throw AccessRefusal.secondMayNotApprove
        }
        let now = surroundings.now()
        try await database.write { connection in
            let rules = try DuplicateRuleStore().rules(on: connection)
            guard let rule = rules.first(where: { $0.id == id }), rule.waits(at: now) else {
                throw DuplicateRefusal.ruleUnknown
            }
            guard rule.actor.account != requester.actor.account else { throw AccessRefusal.samePerson }
            try DuplicateRuleStore().insert(
                DuplicateRule.Decision(isAccepted: accept, actor: requester.actor, decided: now), on: rule,
                connection: connection)
        }
    }

    /// Whoever may merge, and has the whole register.
    private func requireRuling(_ requester: Requester) throws {
        try AccessPolicy.require(requester, toUse: .reviewDuplicates)
        if let refusal = AccessPolicy.refusal(of: .mergedWith, to: requester) { throw refusal }
        guard requester.jurisdiction == .nation else { throw AccessRefusal.outsideJurisdiction }
    }
}
