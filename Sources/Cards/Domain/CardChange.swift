import Civil
import Foundation

/// Thay đổi về thẻ: what happened to an application, a card, blanks, a batch; the content of an act of its own kind.
///
/// Persons, applications and cards stand in it by handle. Pictures and what is printed are named by their hashes: they
/// are personal data, and the log is for ever.
package enum CardChange: Codable, Hashable, Sendable {
    // Hồ sơ
    case applicationOpened(
        application: String, person: String, ground: CardGround, channel: FilingChannel, fee: Int, pickup: String,
        representative: String?, urgent: Bool)
    /// It was booked for a day; behind `applicationOpened`, which tells everything else.
    case applicationBooked(application: String, day: String)
    /// What it costs and why; behind `applicationOpened`, and again when a booking is reckoned anew.
    case feeSet(application: String, fee: FeeNote)
    case applicationChanged(application: String, action: ApplicationAction, note: String?, picture: String?)

    /// A finger that the checks refuse was taken for a reason; `picture` is the SHA-256 of what was taken.
    case fingerAccepted(application: String, finger: String, fault: String, reason: String, picture: String)
    /// Somebody else was looked for with this face or these fingers; handles of persons, the likeliest first.
    case duplicatesSearched(application: String, by: String, candidates: [String])

    // Thẻ
    case cardOrdered(
        card: String, application: String, person: String, issued: String, expires: String?, content: String)
    case jobEnded(
        card: String, event: JobEvent, blank: String, machine: String, batch: String, chip: String?,
        securityObject: String?, rejects: [RejectCode])
    case cardChecked(card: String, blank: String, rejects: [RejectCode])
    case cardMoved(card: String, action: OrderAction, note: String?)
    case cardChanged(card: String, action: CardAction, ground: String?, note: String?)
    /// A finger of whoever came for the card was compared with what the holder gave.
    case fingersCompared(card: String, finger: String, isMatch: Bool)
    /// The card must not leave any more; nil when it may again.
    case cardStopped(card: String, cause: StopCause?)

    // Giấy chứng nhận căn cước
    case certificateIssued(
        certificate: String, application: String, person: String, issued: String, expires: String?, content: String)
    case certificateChanged(certificate: String, action: CertificateAction, note: String?)

    // Sản xuất
    case siteOpened(site: String, name: String, capacity: Int)
    /// How it stands from then on: what it makes in a day, and whether it makes anything.
    case siteChanged(site: String, capacity: Int, stopped: Bool, reason: String)
    case batchOpened(batch: String, site: String, priority: Int, cards: [String])
    case batchChanged(batch: String, action: BatchAction, site: String?)
    case parcelChanged(parcel: String, action: OrderAction, office: String, cards: [String], tracking: String?)

    // Phôi
    case blanksReceived(lot: String, series: String, first: String, count: Int)
    case blanksMoved(move: BlankMove, serials: [String], batch: String?, note: String?)
    /// By whoever confirms it, who is somebody else than the second, who planned it.
    case blanksDestroyed(serials: [String], second: String, note: String)
    /// Somebody wants blanks destroyed, or a card with its blank; nothing is destroyed until another one confirms it.
    case destructionPlanned(serials: [String], card: String?, note: String)
    /// It will not be destroyed after all.
    case destructionDropped(serials: [String], note: String)

    // Vật tư
    /// In cards that it serves.
    case supplyReceived(site: String, kind: SupplyKind, cards: Int, note: String)
    /// What was there when somebody counted it.
    case supplyCounted(site: String, kind: SupplyKind, cards: Int, leadDays: Int, note: String)

    // Loạt chip
    case seriesSuspended(series: String, reason: String)
    case seriesResumed(series: String, reason: String)

    /// The content as it is stored and hashed: members sorted by name.
    package func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }

    /// The change of a stored content.
    package init(bytes: [UInt8]) throws {
        self = try JSONDecoder().decode(CardChange.self, from: Data(bytes))
    }

    /// The legal basis that the act carries.
    package var legalBasis: String {
        switch self {
        case .applicationOpened, .applicationBooked, .feeSet, .applicationChanged, .cardOrdered, .fingersCompared,
            .duplicatesSearched, .fingerAccepted:
            "Luật 26/2023/QH15, Điều 24"
        case .cardChanged(_, let action, _, _):
            switch action {
            case .hold, .giveBack, .revoke: "Luật 26/2023/QH15, Điều 29"
            case .deliver, .activate, .reportLost, .reportFound, .exchange, .expire, .stopOnDeath, .stopOnMerge,
                .resume,
                .resumeUndelivered, .resumeInactive, .resumeHeld, .resumeLost, .lose, .destroy:
                "Luật 26/2023/QH15, Điều 24"
            }
        case .certificateIssued, .certificateChanged, .cardStopped, .jobEnded, .cardChecked, .cardMoved, .siteOpened,
            .siteChanged,
            .batchOpened, .batchChanged,
            .parcelChanged,
            .blanksReceived, .blanksMoved, .blanksDestroyed, .destructionPlanned, .destructionDropped, .seriesSuspended,
            .seriesResumed, .supplyReceived, .supplyCounted:
            "Luật 26/2023/QH15"
        }
    }
}
