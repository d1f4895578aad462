import Chip
import Civil
import Database

/// Applications and what was captured for them.
struct ApplicationStore: Sendable {
    private static let columns = """
        application_id, handle, person_id, person_version, ground, channel, status, fee, representative, officer, \
        office, pickup, urgent, opened_at, changed_at, due, product
        """

    func setFee(_ fee: Int, of application: Int64, on connection: Connection) throws {
        try connection.execute(
            "UPDATE card_application SET fee = ? WHERE application_id = ?", [.integer(fee), .integer(application)])
    }

    func insert(_ application: CardApplication, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO card_application (\(ApplicationStore.columns))
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(application.id), .text(application.handle), .integer(application.person),
                .integer(application.personVersion), .text(application.ground.rawValue),
                .text(application.channel.rawValue), .text(application.status.rawValue), .integer(application.fee),
                .integerOrNull(application.representative), .text(application.officer), .text(application.office),
                .text(application.pickup), .bool(application.isUrgent), .integer(application.opened.microseconds),
                .integer(application.changed.microseconds), .textOrNull(application.due?.description),
                .text(application.product.rawValue),
            ])
    }

    func update(_ application: CardApplication, on connection: Connection) throws {
        try connection.execute(
            """
            UPDATE card_application SET person_version = ?, status = ?, changed_at = ?, due = ?
            WHERE application_id = ?
            """,
            [
                .integer(application.personVersion), .text(application.status.rawValue),
                .integer(application.changed.microseconds), .textOrNull(application.due?.description),
                .integer(application.id),
            ])
    }

    func decided(_ id: Int64, by account: String, role: String, on connection: Connection) throws {
        try connection.execute(
            "UPDATE card_application SET decided_by = ?, decider_role = ? WHERE application_id = ?",
            [.text(account), .text(role), .integer(id)])
    }

    func application(handle: String, on connection: Connection) throws -> CardApplication? {
        try connection.first(
            "SELECT \(ApplicationStore.columns) FROM card_application WHERE handle = ?", [.text(handle)],
            ApplicationStore.application)
    }

    func application(_ id: Int64, on connection: Connection) throws -> CardApplication? {
        try connection.first(
            "SELECT \(ApplicationStore.columns) FROM card_application WHERE application_id = ?", [.integer(id)],
            ApplicationStore.application)
    }

    /// Every application of a person, the newest first.
    func applications(of person: Int64, on connection: Connection) throws -> [CardApplication] {
        try connection.rows(
            """
            SELECT \(ApplicationStore.columns) FROM card_application WHERE person_id = ?
            ORDER BY opened_at DESC, application_id
            """, [.integer(person)], ApplicationStore.application)
    }

    /// The one that is not over.
    func living(of person: Int64, on connection: Connection) throws -> CardApplication? {
        try applications(of: person, on: connection).first(where: \.status.isLiving)
    }

    /// The handles of applications at a status, the longest there first.
    func handles(at status: ApplicationStatus, limit: Int, on connection: Connection) throws -> [String] {
        try connection.rows(
            "SELECT handle FROM card_application WHERE status = ? ORDER BY changed_at, application_id LIMIT ?",
            [.text(status.rawValue), .integer(limit)]
        ) { try $0.text(0) }
    }

    /// Applications at some statuses that one of the offices took, or any; the oldest first.
    func applications(
        at statuses: [ApplicationStatus], ofOffices offices: Set<String>?, limit: Int, on connection: Connection
    ) throws -> [CardApplication] {
        let (condition, codes) = OfficeCondition.sql("office", offices)
        let places = Array(repeating: "?", count: statuses.count).joined(separator: ", ")
        return try connection.rows(
            """
            SELECT \(ApplicationStore.columns) FROM card_application
            WHERE status IN (\(places))\(condition) ORDER BY opened_at, application_id LIMIT ?
            """, statuses.map { .text($0.rawValue) } + codes + [.integer(limit)], ApplicationStore.application)
    }

    private static func application(_ row: Row) throws -> CardApplication {
        CardApplication(
            id: try row.int64(0), handle: try row.text(1), person: try row.int64(2), personVersion: try row.int64(3),
            ground: try row.value(4), channel: try row.value(5), status: try row.value(6), fee: try row.int(7),
            representative: try row.int64OrNull(8), product: try row.value(16), officer: try row.text(9),
            office: try row.text(10),
            pickup: try row.text(11), isUrgent: try row.bool(12), opened: Instant(microseconds: try row.int64(13)),
            changed: Instant(microseconds: try row.int64(14)),
            due: try row.textOrNull(15).flatMap { CalendarDate(iso: $0) })
    }

    // MARK: What was captured

    func put(_ capture: Capture, of application: Int64, on connection: Connection) throws {
        try connection.execute("DELETE FROM card_portrait WHERE application_id = ?", [.integer(application)])
        if let portrait = capture.portrait {
            try connection.execute(
                "INSERT INTO card_portrait (application_id, image, width, height, specimen) VALUES (?, ?, ?, ?, ?)",
                [
                    .integer(application), .blob(portrait.image), .integer(portrait.width), .integer(portrait.height),
                    .bool(portrait.isSpecimen),
                ])
        }
        try put(capture.fingers, of: application, on: connection)
    }

    private func put(
        _ fingers: [Finger: FingerCapture], of application: Int64, on connection: Connection
    ) throws {
        try connection.execute("DELETE FROM card_finger WHERE application_id = ?", [.integer(application)])
        try connection.executeMany(
            """
            INSERT INTO card_finger (application_id, finger, reason, form, width, height, content, specimen, accepted)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            fingers.sorted { $0.key.rawValue < $1.key.rawValue }.map { finger, taken in
                let place: [SQLValue] = [.integer(application), .integer(Int(finger.rawValue))]
                switch taken {
                case .missing(let reason):
                    return place + [.text(reason.rawValue), .null, .null, .null, .null, .null, .null]
                case .taken(let print):
                    return place + [
                        .null, .text(print.form.rawValue), .integer(print.width), .integer(print.height),
                        .blob(print.content), .bool(print.isSpecimen), .textOrNull(print.accepted),
                    ]
                }
            })
    }

    /// What was taken of each finger, in their order; empty where nobody was asked for any.
    func fingers(of application: Int64, on connection: Connection) throws -> [Finger: FingerCapture] {
        let rows = try connection.rows(
            """
            SELECT finger, reason, form, width, height, content, specimen, accepted FROM card_finger
            WHERE application_id = ? ORDER BY finger
            """, [.integer(application)], ApplicationStore.finger)
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// Only how each finger was taken: the pictures stay where they are.
    func fingerNotes(of application: Int64, on connection: Connection) throws -> [FingerNote] {
        try connection.rows(
            "SELECT finger, reason, form, specimen, accepted FROM card_finger WHERE application_id = ? ORDER BY finger",
            [.integer(application)]
        ) { row in
            FingerNote(
                finger: try ApplicationStore.number(row), reason: try row.valueOrNull(1),
                form: try row.valueOrNull(2), isSpecimen: try row.int64OrNull(3) == 1, accepted: try row.textOrNull(4))
        }
    }

    /// What goes into the chip of an order, as it was taken; what is not there any more, or is another, is refused.
    func prints(of content: OrderContent, application: Int64, on connection: Connection) throws -> [FingerPrint] {
        try (content.fingers ?? []).map { ordered in
            guard let taken = try finger(ordered.finger, of: application, on: connection),
                Fingerprint.text(taken.content) == ordered.picture
            else { throw ProductionRefusal.contentUnfit }
            return taken
        }
    }

    /// One finger; nil when it was not taken.
    func finger(_ finger: Finger, of application: Int64, on connection: Connection) throws -> FingerPrint? {
        let row = try connection.first(
            """
            SELECT finger, reason, form, width, height, content, specimen, accepted FROM card_finger
            WHERE application_id = ? AND finger = ?
            """, [.integer(application), .integer(Int(finger.rawValue))], ApplicationStore.finger)
        guard case .taken(let taken) = row?.1 else { return nil }
        return taken
    }

    private static func number(_ row: Row) throws -> Finger {
        let number = try row.int(0)
        guard let finger = UInt8(exactly: number).flatMap(Finger.init(rawValue:)) else {
            throw DatabaseError.typeMismatch("finger \(number)")
        }
        return finger
    }

    private static func finger(_ row: Row) throws -> (Finger, FingerCapture) {
        let finger = try number(row)
        if let reason: MissingFinger = try row.valueOrNull(1) { return (finger, .missing(reason)) }
        return (
            finger,
            .taken(
                FingerPrint(
                    finger: finger, form: try row.value(2), width: try row.int(3), height: try row.int(4),
                    content: try row.blob(5), isSpecimen: try row.bool(6), accepted: try row.textOrNull(7)))
        )
    }

    func portrait(of application: Int64, on connection: Connection) throws -> Capture.Portrait? {
        try connection.first(
            "SELECT image, width, height, specimen FROM card_portrait WHERE application_id = ?", [.integer(application)]
        ) { row in
            Capture.Portrait(
                image: try row.blob(0), width: try row.int(1), height: try row.int(2), isSpecimen: try row.bool(3))
        }
    }
}

/// Điều kiện theo cơ quan: rows of some offices, or of all.
enum OfficeCondition {
    static func sql(_ column: String, _ offices: Set<String>?) -> (condition: String, values: [SQLValue]) {
        guard let offices else { return ("", []) }
        let places = Array(repeating: "?", count: offices.count).joined(separator: ", ")
        return (" AND \(column) IN (\(places))", offices.sorted().map { .text($0) })
    }
}

extension Row {
    /// The case of a closed list; a word that no case has is damage.
    func value<Value: RawRepresentable<String>>(_ column: Int) throws -> Value {
        let text = try text(column)
        guard let value = Value(rawValue: text) else {
            throw DatabaseError.typeMismatch("column \(column) holds \(text)")
        }
        return value
    }

    func valueOrNull<Value: RawRepresentable<String>>(_ column: Int) throws -> Value? {
        guard try textOrNull(column) != nil else { return nil }
        return try value(column) as Value
    }
}
