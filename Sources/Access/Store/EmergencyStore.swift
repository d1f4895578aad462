import Civil
import Database
import Ledger

/// Emergency access as it was asked for, decided, granted and reviewed.
package struct EmergencyStore: Sendable {
    package init() {}

    // MARK: Writing

    package func insert(_ emergency: Emergency, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO emergency (emergency_id, reason, minutes, asker, asker_role, asker_office, asked_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(emergency.id), .text(emergency.reason), .integer(Int64(emergency.minutes)),
                .text(emergency.asker.account), .text(emergency.asker.role), .text(emergency.asker.office),
                .integer(emergency.asked.microseconds), .integer(emergency.expires.microseconds),
            ])
        for (index, person) in emergency.persons.enumerated() {
            try connection.execute(
                "INSERT INTO emergency_person (emergency_id, place, person_id) VALUES (?, ?, ?)",
                [.integer(emergency.id), .integer(Int64(index + 1)), .integer(person)])
        }
    }

    /// Writes the next decision; one that was made at the same moment is `DatabaseError.uniqueViolation`.
    package func decide(
        _ emergency: Emergency, _ decision: SecondDecision, on connection: Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO emergency_decision (emergency_id, step, asker, account, role, office, decided_at, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(emergency.id), .integer(Int64(emergency.decisions.count + 1)),
                .text(emergency.asker.account), .text(decision.actor.account), .text(decision.actor.role),
                .text(decision.actor.office), .integer(decision.decided.microseconds), .textOrNull(decision.rejection),
            ])
    }

    package func grant(
        _ emergency: Int64, _ span: Emergency.Span, approvedBy first: Actor, and second: Actor,
        on connection: Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO emergency_grant
            (emergency_id, first_account, first_office, second_account, second_office, since, until)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(emergency), .text(first.account), .text(first.office), .text(second.account),
                .text(second.office), .integer(span.since.microseconds), .integer(span.until.microseconds),
            ])
    }

    /// Writes the review; one that exists already is `DatabaseError.uniqueViolation`.
    package func review(
        _ emergency: Emergency, _ review: Emergency.Review, on connection: Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO emergency_review
            (emergency_id, asker, account, role, office, reviewed_at, note, put_off_until, put_off_reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(emergency.id), .text(emergency.asker.account), .text(review.actor.account),
                .text(review.actor.role), .text(review.actor.office), .integer(review.reviewed.microseconds),
                .text(review.note), .integerOrNull(review.putOff?.until.microseconds),
                .textOrNull(review.putOff?.reason),
            ])
    }

    // MARK: Reading

    package func emergency(_ id: Int64, on connection: Connection) throws -> Emergency? {
        try read("WHERE e.emergency_id = ?", [.integer(id)], connection).first
    }

    /// Those that can be decided at that instant, the first to expire first.
    package func open(at now: Instant, on connection: Connection) throws -> [Emergency] {
        try read(
            "WHERE e.expires_at > ? AND g.emergency_id IS NULL ORDER BY e.expires_at, e.emergency_id",
            [.integer(now.microseconds)], connection
        ).filter { $0.refusal(at: now) == nil }
    }

    /// What an account asked last, newest first.
    package func asked(by account: String, limit: Int, on connection: Connection) throws -> [Emergency] {
        try read(
            "WHERE e.asker = ? ORDER BY e.asked_at DESC, e.emergency_id DESC LIMIT ?",
            [.text(account), .integer(Int64(limit))], connection)
    }

    /// Those that were granted and not reviewed, the oldest first.
    package func unreviewed(on connection: Connection) throws -> [Emergency] {
        try read(
            "WHERE g.emergency_id IS NOT NULL AND v.emergency_id IS NULL ORDER BY g.since, e.emergency_id", [],
            connection)
    }

    /// Those that were reviewed last, newest first.
    package func reviewed(limit: Int, on connection: Connection) throws -> [Emergency] {
        try read(
            "WHERE v.emergency_id IS NOT NULL ORDER BY v.reviewed_at DESC, e.emergency_id LIMIT ?",
            [.integer(Int64(limit))], connection)
    }

    private func read(_ rest: String, _ values: [SQLValue], _ connection: Connection) throws -> [Emergency] {
        let found = try connection.rows(
            """
            SELECT e.emergency_id, e.reason, e.minutes, e.asker, e.asker_role, e.asker_office, e.asked_at,
                g.since, g.until, v.account, v.role, v.office, v.reviewed_at, v.note, v.put_off_until, v.put_off_reason
            FROM emergency e LEFT JOIN emergency_grant g ON g.emergency_id = e.emergency_id
            LEFT JOIN emergency_review v ON v.emergency_id = e.emergency_id \(rest)
            """, values, EmergencyStore.emergency)
        let ids = found.map(\.id)
        let persons = try persons(of: ids, connection)
        let decisions = try decisions(of: ids, connection)
        return found.map { one in
            Emergency(
                id: one.id, persons: persons[one.id] ?? [], reason: one.reason, minutes: one.minutes,
                asker: one.asker, asked: one.asked, decisions: decisions[one.id] ?? [], grant: one.grant,
                review: one.review)
        }
    }

    private func persons(of ids: [Int64], _ connection: Connection) throws -> [Int64: [Int64]] {
        var persons: [Int64: [Int64]] = [:]
        for list in ValueList.lists(of: ids.map { .integer($0) }) {
            try connection.forEach(
                """
                SELECT emergency_id, person_id FROM emergency_person WHERE emergency_id IN \(list.sql)
                ORDER BY emergency_id, place
                """, list.values
            ) { persons[try $0.int64(0), default: []].append(try $0.int64(1)) }
        }
        return persons
    }

    private func decisions(of ids: [Int64], _ connection: Connection) throws -> [Int64: [SecondDecision]] {
        var decisions: [Int64: [SecondDecision]] = [:]
        for list in ValueList.lists(of: ids.map { .integer($0) }) {
            try connection.forEach(
                """
                SELECT emergency_id, account, role, office, decided_at, reason FROM emergency_decision
                WHERE emergency_id IN \(list.sql) ORDER BY emergency_id, step
                """, list.values
            ) { row in
                let decision = SecondDecision(
                    actor: Actor(account: try row.text(1), role: try row.text(2), office: try row.text(3)),
                    decided: Instant(microseconds: try row.int64(4)), rejection: try row.textOrNull(5))
                decisions[try row.int64(0), default: []].append(decision)
            }
        }
        return decisions
    }

    /// The row alone, without persons and decisions.
    private static func emergency(_ row: Row) throws -> Emergency {
        var grant: Emergency.Span?
        if let since = try row.int64OrNull(7), let until = try row.int64OrNull(8) {
            grant = Emergency.Span(since: Instant(microseconds: since), until: Instant(microseconds: until))
        }
        return Emergency(
            id: try row.int64(0), persons: [], reason: try row.text(1), minutes: try row.int(2),
            asker: Actor(account: try row.text(3), role: try row.text(4), office: try row.text(5)),
            asked: Instant(microseconds: try row.int64(6)), grant: grant, review: try review(row))
    }

    private static func review(_ row: Row) throws -> Emergency.Review? {
        guard let account = try row.textOrNull(9) else { return nil }
        var putOff: Emergency.PutOff?
        if let until = try row.int64OrNull(14), let reason = try row.textOrNull(15) {
            putOff = Emergency.PutOff(until: Instant(microseconds: until), reason: reason)
        }
        return Emergency.Review(
            actor: Actor(account: account, role: try row.text(10), office: try row.text(11)),
            reviewed: Instant(microseconds: try row.int64(12)), note: try row.text(13), putOff: putOff)
    }
}
