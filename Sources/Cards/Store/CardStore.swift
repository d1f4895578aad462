import Civil
import Database

/// Cards and the snapshots that they are made from.
struct CardStore: Sendable {
    private static let columns = """
        card_id, handle, application_id, person_id, number, issued, expires, stage, status, stopped, site, batch_id, \
        parcel_id, pickup, urgent, due, blank, series, chip_key, security_object, ordered_at, changed_at
        """
    private static let all = "SELECT \(columns) FROM card"

    func insert(_ card: Card, content: [UInt8], on connection: Connection) throws {
        let places = Array(repeating: "?", count: 22).joined(separator: ", ")
        try connection.execute(
            "INSERT INTO card (\(CardStore.columns)) VALUES (\(places))", CardStore.values(card))
        try connection.execute(
            "INSERT INTO card_order (card_id, content, digest) VALUES (?, ?, ?)",
            [.integer(card.id), .blob(content), .blob(Fingerprint.bytes(content))])
    }

    /// Writes what can change of a card.
    func update(_ card: Card, on connection: Connection) throws { try update([card], on: connection) }

    func update(_ cards: [Card], on connection: Connection) throws {
        try connection.executeMany(
            """
            UPDATE card SET stage = ?, status = ?, stopped = ?, site = ?, batch_id = ?, parcel_id = ?, blank = ?,
                series = ?, chip_key = ?, security_object = ?, changed_at = ? WHERE card_id = ?
            """,
            cards.map { card in
                [
                    .text(card.stage.rawValue), .textOrNull(card.status?.rawValue), .textOrNull(card.stopped?.rawValue),
                    .textOrNull(card.site), .integerOrNull(card.batch), .integerOrNull(card.parcel),
                    .textOrNull(card.blank?.canonical), .textOrNull(card.series), .blobOrNull(card.chipKey),
                    .blobOrNull(card.securityObject), .integer(card.changed.microseconds), .integer(card.id),
                ]
            })
    }

    func card(handle: String, on connection: Connection) throws -> Card? {
        try connection.first("\(CardStore.all) WHERE handle = ?", [.text(handle)], CardStore.card)
    }

    func card(_ id: Int64, on connection: Connection) throws -> Card? {
        try connection.first("\(CardStore.all) WHERE card_id = ?", [.integer(id)], CardStore.card)
    }

    /// Every card of a person, the newest first.
    func cards(of person: Int64, on connection: Connection) throws -> [Card] {
        try connection.rows(
            "\(CardStore.all) WHERE person_id = ? ORDER BY ordered_at DESC, card_id", [.integer(person)],
            CardStore.card)
    }

    /// The card of a number that was issued on a day; of several on one day the last.
    func card(
        number: PersonalIdentificationNumber, issued: CalendarDate, on connection: Connection
    ) throws -> Card? {
        try connection.first(
            "\(CardStore.all) WHERE number = ? AND issued = ? ORDER BY ordered_at DESC, card_id LIMIT 1",
            [.integer(number.value), .text(issued.description)], CardStore.card)
    }

    func card(blank: BlankSerial, on connection: Connection) throws -> Card? {
        try connection.first("\(CardStore.all) WHERE blank = ?", [.text(blank.canonical)], CardStore.card)
    }

    func card(chipKey: [UInt8], on connection: Connection) throws -> Card? {
        try connection.first("\(CardStore.all) WHERE chip_key = ?", [.blob(chipKey)], CardStore.card)
    }

    /// What waits for a batch: the urgent first, then what is due first.
    func waiting(limit: Int, on connection: Connection) throws -> [Card] {
        try connection.rows(
            "\(CardStore.all) WHERE stage = 'waiting' ORDER BY urgent DESC, due, card_id LIMIT ?", [.integer(limit)],
            CardStore.card)
    }

    func cards(
        ofBatch batch: Int64, at stage: OrderStage?, limit: Int = ProductionLimits.mostCardsPerBatch,
        on connection: Connection
    ) throws -> [Card] {
        let condition = stage == nil ? "" : " AND stage = ?"
        return try connection.rows(
            "\(CardStore.all) WHERE batch_id = ?\(condition) ORDER BY urgent DESC, due, card_id LIMIT ?",
            [.integer(batch)] + (stage.map { [.text($0.rawValue)] } ?? []) + [.integer(limit)], CardStore.card)
    }

    func cards(ofParcel parcel: Int64, on connection: Connection) throws -> [Card] {
        try connection.rows("\(CardStore.all) WHERE parcel_id = ? ORDER BY card_id", [.integer(parcel)], CardStore.card)
    }

    /// Cards of a site for an office that are ready to be packed.
    func ready(
        at site: String, for office: String, limit: Int, on connection: Connection
    ) throws -> [Card] {
        try connection.rows(
            """
            \(CardStore.all) WHERE stage = 'passed' AND status = 'made' AND site = ? AND pickup = ?
            ORDER BY due, card_id LIMIT ?
            """, [.text(site), .text(office), .integer(limit)], CardStore.card)
    }

    /// The offices for which a site has cards to pack.
    func offices(readyAt site: String, on connection: Connection) throws -> [String] {
        try connection.rows(
            """
            SELECT DISTINCT pickup FROM card WHERE stage = 'passed' AND status = 'made' AND site = ? ORDER BY pickup
            """, [.text(site)]
        ) { try $0.text(0) }
    }

    /// Cards at a stage, the oldest first.
    func handles(at stage: OrderStage, limit: Int, on connection: Connection) throws -> [String] {
        try connection.rows(
            "SELECT handle FROM card WHERE stage = ? ORDER BY changed_at, card_id LIMIT ?",
            [.text(stage.rawValue), .integer(limit)]
        ) { try $0.text(0) }
    }

    /// The card that was ordered for an application.
    func card(ofApplication application: Int64, on connection: Connection) throws -> Card? {
        try connection.first("\(CardStore.all) WHERE application_id = ?", [.integer(application)], CardStore.card)
    }

    /// Cards at a stage that are handed over at one of the offices, or at any; the oldest first.
    func cards(
        at stage: OrderStage, ofOffices offices: Set<String>?, limit: Int, on connection: Connection
    ) throws -> [Card] {
        let (condition, codes) = OfficeCondition.sql("pickup", offices)
        return try connection.rows(
            "\(CardStore.all) WHERE stage = ?\(condition) ORDER BY changed_at, card_id LIMIT ?",
            [.text(stage.rawValue)] + codes + [.integer(limit)], CardStore.card)
    }

    /// Held cards whose last day is over.
    func expired(before day: CalendarDate, limit: Int, on connection: Connection) throws -> [Card] {
        try connection.rows(
            """
            \(CardStore.all) WHERE status IN ('active', 'held', 'lost') AND expires < ? ORDER BY card_id LIMIT ?
            """, [.text(day.description), .integer(limit)], CardStore.card)
    }

    func content(of card: Int64, on connection: Connection) throws -> OrderContent? {
        try connection.first("SELECT content FROM card_order WHERE card_id = ?", [.integer(card)]) { row in
            try OrderContent(bytes: try row.blob(0))
        }
    }

    private static func values(_ card: Card) -> [SQLValue] {
        [
            .integer(card.id), .text(card.handle), .integer(card.application), .integer(card.person),
            .integer(card.number.value), .text(card.issued.description), .textOrNull(card.expires?.description),
            .text(card.stage.rawValue), .textOrNull(card.status?.rawValue), .textOrNull(card.stopped?.rawValue),
            .textOrNull(card.site), .integerOrNull(card.batch), .integerOrNull(card.parcel), .text(card.pickup),
            .bool(card.isUrgent), .textOrNull(card.due?.description), .textOrNull(card.blank?.canonical),
            .textOrNull(card.series), .blobOrNull(card.chipKey), .blobOrNull(card.securityObject),
            .integer(card.ordered.microseconds), .integer(card.changed.microseconds),
        ]
    }

    private static func card(_ row: Row) throws -> Card {
        guard let number = PersonalIdentificationNumber(value: try row.int64(4)),
            let issued = CalendarDate(iso: try row.text(5))
        else { throw DatabaseError.typeMismatch("a card's number or day of issue") }
        return Card(
            id: try row.int64(0), handle: try row.text(1), application: try row.int64(2), person: try row.int64(3),
            number: number, issued: issued, expires: try row.textOrNull(6).flatMap { CalendarDate(iso: $0) },
            stage: try row.value(7), status: try row.valueOrNull(8), stopped: try row.valueOrNull(9),
            site: try row.textOrNull(10), batch: try row.int64OrNull(11), parcel: try row.int64OrNull(12),
            pickup: try row.text(13), isUrgent: try row.bool(14),
            due: try row.textOrNull(15).flatMap { CalendarDate(iso: $0) },
            blank: try row.textOrNull(16).flatMap { BlankSerial(canonical: $0) }, series: try row.textOrNull(17),
            chipKey: try row.blobOrNull(18), securityObject: try row.blobOrNull(19),
            ordered: Instant(microseconds: try row.int64(20)), changed: Instant(microseconds: try row.int64(21)))
    }
}
