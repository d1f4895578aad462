import Civil
import Database
import Ledger

/// Seals that are asked for, what was decided, and those that stand.
package struct SealStore: Sendable {
    package init() {}

    // MARK: Requests

    private static let columns = """
        r.request_id, r.person_id, r.lifts, r.until, r.reason, r.asker, r.asker_role, r.asker_office, r.asked_at, \
        d.account, d.role, d.office, d.decided_at, d.reason
        """
    private static let tables = "seal_request r LEFT JOIN seal_decision d ON d.request_id = r.request_id"

    package func insert(_ request: SealRequest, on connection: Connection) throws {
        let (lifts, until): (Int64?, Instant?) =
            switch request.wish {
            case .seal(let until): (nil, until)
            case .lift(let seal): (seal, nil)
            }
        try connection.execute(
            """
            INSERT INTO seal_request (request_id, person_id, lifts, until, reason, asker, asker_role, asker_office,
                asked_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(request.id), .integer(request.person), .integerOrNull(lifts),
                .integerOrNull(until?.microseconds), .text(request.reason), .text(request.asker.account),
                .text(request.asker.role), .text(request.asker.office), .integer(request.asked.microseconds),
                .integer(request.expires.microseconds),
            ])
    }

    /// Writes the decision beside it; one that exists already is `DatabaseError.uniqueViolation`.
    package func decide(
        _ request: SealRequest, _ decision: SecondDecision, on connection: Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO seal_decision (request_id, asker, account, role, office, decided_at, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(request.id), .text(request.asker.account), .text(decision.actor.account),
                .text(decision.actor.role), .text(decision.actor.office), .integer(decision.decided.microseconds),
                .textOrNull(decision.rejection),
            ])
    }

    package func request(_ id: Int64, on connection: Connection) throws -> SealRequest? {
        try connection.first(
            "SELECT \(SealStore.columns) FROM \(SealStore.tables) WHERE r.request_id = ?", [.integer(id)],
            SealStore.request)
    }

    /// Those that can be decided at that instant, the first to expire first.
    package func open(at now: Instant, on connection: Connection) throws -> [SealRequest] {
        try connection.rows(
            """
            SELECT \(SealStore.columns) FROM \(SealStore.tables)
            WHERE r.expires_at > ? AND d.request_id IS NULL ORDER BY r.expires_at, r.request_id
            """, [.integer(now.microseconds)], SealStore.request)
    }

    /// What an account asked last, newest first.
    package func asked(by account: String, limit: Int, on connection: Connection) throws -> [SealRequest] {
        try connection.rows(
            """
            SELECT \(SealStore.columns) FROM \(SealStore.tables)
            WHERE r.asker = ? ORDER BY r.asked_at DESC, r.request_id DESC LIMIT ?
            """, [.text(account), .integer(Int64(limit))], SealStore.request)
    }

    private static func request(_ row: Row) throws -> SealRequest {
        let wish: SealRequest.Wish =
            if let seal = try row.int64OrNull(2) {
                .lift(seal: seal)
            } else {
                .seal(until: try row.int64OrNull(3).map { Instant(microseconds: $0) })
            }
        let decision = try row.textOrNull(9).map { account in
            SecondDecision(
                actor: Actor(account: account, role: try row.text(10), office: try row.text(11)),
                decided: Instant(microseconds: try row.int64(12)), rejection: try row.textOrNull(13))
        }
        return SealRequest(
            id: try row.int64(0), person: try row.int64(1), wish: wish, reason: try row.text(4),
            asker: Actor(account: try row.text(5), role: try row.text(6), office: try row.text(7)),
            asked: Instant(microseconds: try row.int64(8)), decision: decision)
    }

    // MARK: Seals that stand

    static let stands = "(s.until IS NULL OR s.until > ?)"

    /// Sets a seal; a person who has one that stands is `DatabaseError.uniqueViolation`.
    package func set(_ seal: Seal, on connection: Connection) throws {
        try connection.execute(
            "DELETE FROM standing_seal WHERE person_id = ? AND until <= ?",
            [.integer(seal.person), .integer(seal.since.microseconds)])
        try connection.execute(
            "INSERT INTO standing_seal (person_id, seal_id, since, until) VALUES (?, ?, ?, ?)",
            [
                .integer(seal.person), .integer(seal.id), .integer(seal.since.microseconds),
                .integerOrNull(seal.until?.microseconds),
            ])
    }

    package func lift(_ seal: Seal, on connection: Connection) throws {
        try connection.execute("DELETE FROM standing_seal WHERE seal_id = ?", [.integer(seal.id)])
    }

    /// The seals that stand, the newest first.
    package func standing(at now: Instant, on connection: Connection) throws -> [Seal] {
        try connection.rows(
            """
            SELECT s.seal_id, s.person_id, s.since, s.until, r.reason, r.asker, r.asker_role, r.asker_office
            FROM standing_seal s JOIN seal_request r ON r.request_id = s.seal_id
            WHERE \(SealStore.stands) ORDER BY s.since DESC, s.seal_id
            """, [.integer(now.microseconds)]
        ) { row in
            Seal(
                id: try row.int64(0), person: try row.int64(1), since: Instant(microseconds: try row.int64(2)),
                until: try row.int64OrNull(3).map { Instant(microseconds: $0) }, reason: try row.text(4),
                asker: Actor(account: try row.text(5), role: try row.text(6), office: try row.text(7)))
        }
    }

    /// Everybody who is sealed.
    package func sealed(at now: Instant, on connection: Connection) throws -> Set<Int64> {
        Set(
            try connection.rows(
                "SELECT s.person_id FROM standing_seal s WHERE \(SealStore.stands)", [.integer(now.microseconds)]
            ) { try $0.int64(0) })
    }

    /// Those of some persons who are sealed.
    ///
    /// - Parameter others: what else the store is asked on the same way.
    package func sealed(
        among persons: Set<Int64>, at now: Instant, beside others: [Question] = [], on connection: Connection
    ) throws -> Set<Int64> {
        var sealed: Set<Int64> = []
        let values = persons.sorted().map { SQLValue.integer($0) }
        let questions = ValueList.questions(about: values, and: [.integer(now.microseconds)]) { list in
            "SELECT s.person_id FROM standing_seal s WHERE s.person_id IN \(list) AND \(SealStore.stands)"
        } _: {
            sealed.insert(try $0.int64(0))
        }
        try connection.ask(questions + others)
        return sealed
    }
}
