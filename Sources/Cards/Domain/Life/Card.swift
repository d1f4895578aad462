import Civil

/// Thẻ: one card, from its order to its end; the same through every attempt to make it.
package struct Card: Hashable, Sendable {
    package let id: Int64
    /// Mã thẻ: what it is called outside; it stands nowhere on the card.
    package let handle: String
    package let application: Int64
    package let person: Int64
    package let number: PersonalIdentificationNumber
    package let issued: CalendarDate
    package let expires: CalendarDate?
    package var stage: OrderStage
    /// Nil until quality control has passed it.
    package var status: CardStatus?
    package var stopped: StopCause?
    package var site: String?
    package var batch: Int64?
    package var parcel: Int64?
    package let pickup: String
    package let isUrgent: Bool
    package let due: CalendarDate?
    package var blank: BlankSerial?
    /// Loạt chip: of the blank that it was made on.
    package var series: String?
    package var chipKey: [UInt8]?
    package var securityObject: [UInt8]?
    package let ordered: Instant
    package var changed: Instant

    /// The chip that was made, as long as one is.
    package var made: MadeChip? {
        guard let chipKey, let securityObject else { return nil }
        return MadeChip(key: chipKey, securityObject: securityObject)
    }
}

/// Lý do dừng: why a card must not leave any more.
package enum StopCause: String, Codable, CaseIterable, Hashable, Sendable {
    case death
    case nationality
    /// The record is another one's duplicate.
    case merge
}

/// Câu trả lời về thẻ: whether a card holds, as anybody who checks it is told; nothing of its holder.
package struct CardStanding: Hashable, Sendable {
    package let card: String
    package let status: CardStatus
    package let issued: CalendarDate
    package let expires: CalendarDate?
    /// Whether the series of its chip is suspended.
    package let isSuspended: Bool

    /// Whether it may be relied on today.
    package var isValid: Bool { status == .active && !isSuspended }

    package init(_ card: Card, isSuspended: Bool, on day: CalendarDate) {
        self.card = card.handle
        issued = card.issued
        expires = card.expires
        self.isSuspended = isSuspended
        let status = card.status ?? .made
        // The day itself decides, whether or not anybody has noted it yet.
        let isOver = card.expires.map { $0 < day } ?? false
        self.status = isOver && status.isHeld ? .expired : status
    }
}

/// Tình trạng loạt chip: whether the cards of a series are suspended, all at once.
package struct SeriesStanding: Hashable, Sendable {
    package let series: String
    package let suspended: Instant?
    package let reason: String?
    package let cards: Int

    package init(series: String, suspended: Instant?, reason: String?, cards: Int) {
        self.series = series
        self.suspended = suspended
        self.reason = reason
        self.cards = cards
    }
}
