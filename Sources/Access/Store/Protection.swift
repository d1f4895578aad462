import Civil
import Database
import Ledger

/// Bảo vệ đặc biệt của một số người: who of them is sealed at one moment.
package struct StandingSeals: Sendable {
    private let sealed: Set<Int64>

    /// - Parameters:
    ///   - persons: whom it is asked of; nothing is known of anybody else.
    ///   - others: what else the store is asked on the same way.
    package init(
        of persons: Set<Int64>, at now: Instant, beside others: [Question] = [], on connection: Connection
    ) throws {
        sealed = try SealStore().sealed(among: persons, at: now, beside: others, on: connection)
    }

    package func isSealed(_ person: Int64) -> Bool { sealed.contains(person) }

    /// SQL that holds where a seal stands over the person in a column; it takes one argument, the instant.
    package static func condition(over column: String) -> String {
        "EXISTS (SELECT 1 FROM standing_seal s WHERE s.person_id = \(column) AND \(SealStore.stands))"
    }

    /// Whether lists and relatives tell the requester nothing of that person; emergency access opens no lists.
    package func hides(_ person: Int64, from requester: Requester) -> Bool {
        isSealed(person) && !requester.role.opensSeals
    }
}

/// Bảo vệ đặc biệt và truy cập khẩn cấp của một số người: what stands at one moment between them and whoever looks.
package struct Protection: Sendable {
    package let seals: StandingSeals
    private let running: [Running]

    private struct Running: Sendable {
        let emergency: Int64
        let person: Int64
        let asker: Actor
    }

    /// - Parameters:
    ///   - persons: whom it is asked of; nothing is known of anybody else.
    ///   - others: what else the store is asked on the same way.
    package init(
        of persons: Set<Int64>, at now: Instant, beside others: [Question] = [], on connection: Connection
    ) throws {
        var running: [Running] = []
        let questions = Protection.questions(about: persons, at: now) { running.append($0) }
        seals = try StandingSeals(of: persons, at: now, beside: questions + others, on: connection)
        self.running = running
    }

    /// The number of the emergency access that this officer has, in this role and office, to that person now.
    package func emergency(for person: Int64, _ requester: Requester) -> Int64? {
        running.first { $0.person == person && $0.asker == requester.actor }?.emergency
    }

    /// The requester on the ground of a look that is about to be shown; who is looked at in an emergency is to be told.
    package func looking(
        _ requester: Requester, at person: Int64, _ now: Instant, on connection: Connection
    ) throws -> Requester {
        guard let emergency = emergency(for: person, requester) else { return requester }
        try NoticeStore().insert(emergency, person: person, looked: now, on: connection)
        return requester.inEmergency(emergency)
    }

    private static func questions(
        about persons: Set<Int64>, at now: Instant, _ runs: @escaping (Running) -> Void
    ) -> [Question] {
        let moment = SQLValue.integer(now.microseconds)
        return ValueList.questions(about: persons.sorted().map { .integer($0) }, and: [moment, moment]) { list in
            """
            SELECT e.emergency_id, p.person_id, e.asker, e.asker_role, e.asker_office
            FROM emergency_person p JOIN emergency_grant g ON g.emergency_id = p.emergency_id
            JOIN emergency e ON e.emergency_id = p.emergency_id
            WHERE p.person_id IN \(list) AND g.since <= ? AND g.until > ? ORDER BY g.since
            """
        } _: { row in
            runs(
                Running(
                    emergency: try row.int64(0), person: try row.int64(1),
                    asker: Actor(account: try row.text(2), role: try row.text(3), office: try row.text(4))))
        }
    }
}
