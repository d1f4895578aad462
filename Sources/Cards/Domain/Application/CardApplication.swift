import Civil
import Population

/// Đề nghị cấp thẻ: what is asked for, before anything is looked at.
package struct CardRequest: Hashable, Sendable {
    package var ground: CardGround
    package var channel: FilingChannel
    package var exemption: FeeExemption?
    /// Tài khoản định danh mức 2.
    package var hasLevelTwo: Bool
    /// Cơ quan trả thẻ: the office where the card is handed over.
    package var pickup: String
    /// Characters of an office's code at most.
    package static let longestPickup = 64
    /// Ưu tiên: made before others.
    package var isUrgent: Bool
    /// Ngày hẹn đến: the day for which it is booked; nil for somebody who stands at the counter.
    package var booked: CalendarDate?

    package init(
        ground: CardGround, channel: FilingChannel = .counter, exemption: FeeExemption? = nil,
        hasLevelTwo: Bool = false, pickup: String, isUrgent: Bool = false, booked: CalendarDate? = nil
    ) {
        self.ground = ground
        self.channel = channel
        self.exemption = exemption
        self.hasLevelTwo = hasLevelTwo
        self.pickup = pickup
        self.isUrgent = isUrgent
        self.booked = booked
    }
}

/// Hồ sơ cấp thẻ: an application as it stands.
package struct CardApplication: Hashable, Sendable {
    package let id: Int64
    /// Mã hồ sơ: what it is called outside.
    package let handle: String
    package let person: Int64
    /// The version of the record that the applicant confirmed, or that was read last.
    package var personVersion: Int64
    package let ground: CardGround
    package let channel: FilingChannel
    package var status: ApplicationStatus
    /// Đồng; a booking's is reckoned anew on the day on which the applicant comes.
    package var fee: Int
    package let representative: Int64?
    /// What is asked for; the record said which when it was taken.
    package let product: CardProduct
    /// Who took it.
    package let officer: String
    package let office: String
    package let pickup: String
    package let isUrgent: Bool
    package let opened: Instant
    package var changed: Instant
    /// Ngày hẹn trả; set when it is submitted.
    package var due: CalendarDate?

    /// The status after an action, or the rule that forbids it.
    package func after(_ action: ApplicationAction) throws(ApplicationRefusal) -> ApplicationStatus {
        guard let next = status.ways[action] else { throw .notNow(action, status) }
        return next
    }
}

/// Thẻ đã biết của người đề nghị: what the rules ask of the cards that an applicant has had here.
package struct KnownCards: Hashable, Sendable {
    /// Whether a card was made for them that was not destroyed.
    package var hasCard: Bool
    /// The expiry of the card that they hold; nil within it when it does not expire.
    package var held: Held?

    package struct Held: Hashable, Sendable {
        package let expires: CalendarDate?
        package init(expires: CalendarDate?) { self.expires = expires }
    }

    package init(hasCard: Bool = false, held: Held? = nil) {
        self.hasCard = hasCard
        self.held = held
    }
}

extension CardRules {
    /// What a certificate can be asked for; which grounds the law has for it was not compared with its text.
    private static let certificateGrounds: Set<CardGround> = [
        .first, .nameOrBirth, .features, .cardError, .lost, .unusable,
    ]

    /// Whether the request can be taken on a day; the fee with its reasons, nil where none is known of the product, or
    /// the rule that forbids it.
    package static func decide(
        _ request: CardRequest, of applicant: Applicant, representative: Applicant?, cards: KnownCards,
        on day: CalendarDate
    ) throws(ApplicationRefusal) -> Fee? {
        if let obstacle = applicant.obstacle { throw obstacle }
        guard let law = laws.rule(on: day)?.value, let birth = applicant.birth,
            basis(of: request.ground, on: day) != nil
        else { throw .groundNotInForce(request.ground) }
        if applicant.product == .certificate, !certificateGrounds.contains(request.ground) {
            throw .groundNotInForce(request.ground)
        }
        let age = age(born: birth, on: day)
        guard age >= law.youngest else { throw .tooYoung(law.youngest) }
        if needs(age: age).representative {
            guard let representative else { throw .representativeNeeded }
            guard isFit(representative, for: applicant, on: day) else { throw .representativeUnfit }
        }
        switch request.ground.kind {
        case .first: if cards.hasCard { throw .hasCard }
        case .exchange:
            if request.ground == .milestone, let held = cards.held, !isDue(cardExpires: held.expires, on: day) {
                throw .milestoneNotNear
            }
        case .reissue: break
        }
        // No tariff of certificates is known; nothing is taken until there is one.
        if applicant.product == .certificate { return nil }
        let fee = Tariff.card(
            request.ground.feeMatter, on: day, by: request.channel, hasLevelTwo: request.hasLevelTwo,
            exemption: request.exemption)
        guard let fee else { throw .noTariff }
        return fee
    }

    private static func isFit(_ other: Applicant, for applicant: Applicant, on day: CalendarDate) -> Bool {
        guard other.person != applicant.person, other.life == .living, let birth = other.birth else { return false }
        return age(born: birth, on: day) >= 18
    }
}
