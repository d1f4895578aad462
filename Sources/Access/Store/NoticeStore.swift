import Civil
import Database
import Ledger

/// Who was looked at in an emergency and is to be told.
package struct NoticeStore: Sendable {
    package init() {}

    /// Writes that somebody was looked at; the first look of an emergency counts.
    package func insert(_ emergency: Int64, person: Int64, looked now: Instant, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO notice (emergency_id, person_id, looked_at, due_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (emergency_id, person_id) DO NOTHING
            """,
            [
                .integer(emergency), .integer(person), .integer(now.microseconds),
                .integer(now.microseconds + Emergency.daysToTell * 86_400_000_000),
            ])
    }

    /// Those who have not been told, the first due first; the date to which a review put it off counts.
    package func waiting(on connection: Connection) throws -> [Notice] {
        try connection.rows(
            """
            SELECT n.emergency_id, n.person_id, n.looked_at, coalesce(v.put_off_until, n.due_at) AS due
            FROM notice n LEFT JOIN notice_told t ON t.emergency_id = n.emergency_id AND t.person_id = n.person_id
            LEFT JOIN emergency_review v ON v.emergency_id = n.emergency_id
            WHERE t.emergency_id IS NULL ORDER BY due, n.emergency_id, n.person_id
            """
        ) { row in
            Notice(
                emergency: try row.int64(0), person: try row.int64(1),
                looked: Instant(microseconds: try row.int64(2)), due: Instant(microseconds: try row.int64(3)))
        }
    }

    /// Writes that somebody was told; one that exists already is `DatabaseError.uniqueViolation`.
    package func tell(
        _ notice: Notice, how: String, by actor: Actor, at now: Instant, on connection: Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO notice_told (emergency_id, person_id, account, role, office, told_at, how)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(notice.emergency), .integer(notice.person), .text(actor.account), .text(actor.role),
                .text(actor.office), .integer(now.microseconds), .text(how),
            ])
    }
}
