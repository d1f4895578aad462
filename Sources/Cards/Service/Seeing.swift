import Access
import Civil
import Database
import Ledger
import Population

/// Việc đã ghi về một hồ sơ, một thẻ: an act with what it says.
package struct CardEvent: Sendable {
    package let act: Act
    package let change: CardChange

    package init(act: Act, change: CardChange) {
        self.act = act
        self.change = change
    }
}

/// Hồ sơ cấp thẻ hoặc thẻ như người có việc với nó thấy: beside it the record of whom it is for.
package struct CardFile: Sendable {
    package let application: CardApplication
    /// Nil until it is ordered.
    package let card: Card?
    /// The handle of the certificate that was issued instead of a card.
    package let certificate: String?
    /// Mã tra cứu of the holder.
    package let person: String
    /// The holder's record, as far as a card asks.
    package let state: PersonState
    /// What the register says is still what the applicant has confirmed.
    package let isUnchanged: Bool
    /// Why the record lets nobody apply any more; nil when it does.
    package let obstacle: ApplicationRefusal?
    /// Whether the applicant's age asks for a portrait.
    package let takesPortrait: Bool
    package let portrait: PortraitNote?
    /// How each finger was taken; empty before, and where none is asked for.
    package let fingers: [FingerNote]
    /// The card that the holder has, when it is another one.
    package let heldCard: Card?
    /// Everything that was done, in order.
    package let events: [CardEvent]
    /// The number of the look.
    package let receipt: Int64

    /// Ảnh đã thu: its sides, and whether the program drew it.
    package struct PortraitNote: Hashable, Sendable {
        package let width: Int
        package let height: Int
        package let isSpecimen: Bool

        package init(width: Int, height: Int, isSpecimen: Bool) {
            self.width = width
            self.height = height
            self.isSpecimen = isSpecimen
        }
    }

    package init(
        application: CardApplication, card: Card?, certificate: String? = nil, person: String, state: PersonState,
        isUnchanged: Bool = true,
        obstacle: ApplicationRefusal? = nil, takesPortrait: Bool = true, portrait: PortraitNote? = nil,
        fingers: [FingerNote] = [], heldCard: Card? = nil, events: [CardEvent] = [], receipt: Int64
    ) {
        self.application = application
        self.card = card
        self.certificate = certificate
        self.person = person
        self.state = state
        self.isUnchanged = isUnchanged
        self.obstacle = obstacle
        self.takesPortrait = takesPortrait
        self.portrait = portrait
        self.fingers = fingers
        self.heldCard = heldCard
        self.events = events
        self.receipt = receipt
    }
}

/// Thẻ và hồ sơ của một người: as that person's page lists them; those of merged duplicates behind the person's own.
package struct PersonCards: Sendable {
    package let applications: [CardApplication]
    package let cards: [Card]

    package init(applications: [CardApplication], cards: [Card]) {
        self.applications = applications
        self.cards = cards
    }

    package var isEmpty: Bool { applications.isEmpty && cards.isEmpty }
}

extension FieldGroup {
    /// What stands beside an application or card: what is compared with the applicant and with the papers.
    static let beside: [FieldGroup] = [.identity, .birth, .origin, .residence, .family, .numbers, .life]
}

extension CardRegister {
    /// Một hồ sơ: for the office that took it, the one that hands the card over, and those above; a look on record.
    package func file(ofApplication handle: String, by requester: Requester) async throws -> CardFile {
        try AccessPolicy.require(requester, toUse: .checkCardStatus)
        return try await see(by: requester) { desk in
            let application = try desk.application(handle)
            return (application, try CardStore().card(ofApplication: application.id, on: desk.connection))
        } orElse: {
            ApplicationRefusal.unknown
        }
    }

    /// Một thẻ: for the same offices.
    package func file(ofCard handle: String, by requester: Requester) async throws -> CardFile {
        try AccessPolicy.require(requester, toUse: .checkCardStatus)
        return try await see(by: requester) { desk in
            let card = try desk.card(handle)
            guard let application = try ApplicationStore().application(card.application, on: desk.connection) else {
                throw ProductionRefusal.cardUnknown
            }
            return (application, card)
        } orElse: {
            ProductionRefusal.cardUnknown
        }
    }

    /// Ảnh chân dung của hồ sơ: a look at the face of the applicant.
    package func portrait(ofApplication handle: String, by requester: Requester) async throws -> Capture.Portrait {
        try AccessPolicy.require(requester, toUse: .checkCardStatus)
        let purpose = requester.onDuty(.cardApplication).ground.purpose
        return try await write(by: requester.actor) { desk in
            let application = try desk.application(handle)
            guard try concerns(application, requester, on: desk.connection),
                let portrait = try ApplicationStore().portrait(of: application.id, on: desk.connection)
            else { throw ApplicationRefusal.unknown }
            try desk.look(at: [application.person], fields: [FieldGroup.biometrics.rawValue], for: purpose)
            return portrait
        }
    }

    /// Thẻ và hồ sơ của người vừa được xem: of whomever the requester has just looked at; a look where there are any.
    package func cards(of answer: PersonAnswer, by requester: Requester) async throws -> PersonCards {
        try AccessPolicy.require(requester, toUse: .checkCardStatus)
        let person = answer.state.person
        let found = try await database.read { connection in
            let persons = try CardRegister.withMerged(answer.state, connection)
            return PersonCards(
                applications: try persons.flatMap { try ApplicationStore().applications(of: $0, on: connection) },
                cards: try persons.flatMap { try CardStore().cards(of: $0, on: connection) })
        }
        guard !found.isEmpty else { return found }
        let purpose = requester.onDuty(.cardStatus).ground.purpose
        _ = try await write(by: requester.actor) { desk in
            try desk.look(at: [person], fields: ["card_status"], for: purpose)
        }
        return found
    }

    /// A person's record and all that were merged into it, and into those before.
    static func withMerged(_ state: PersonState, _ connection: Connection) throws -> [Int64] {
        var persons = [state.person]
        var next = state.mergedFrom
        while let person = next.popLast() {
            guard !persons.contains(person) else { continue }
            persons.append(person)
            next += try RecordReader().record(of: person, on: connection)?.state.mergedFrom ?? []
        }
        return persons
    }

    /// Whether an application is work of one of the requester's offices.
    func concerns(
        _ application: CardApplication, _ requester: Requester, on connection: Connection
    ) throws -> Bool {
        guard let offices = try offices(of: requester, on: connection) else { return true }
        return offices.contains(application.office) || offices.contains(application.pickup)
    }

    private func see(
        by requester: Requester, _ find: @escaping @Sendable (CardDesk) throws -> (CardApplication, Card?),
        orElse refusal: @escaping @Sendable () -> any Error
    ) async throws -> CardFile {
        let purpose = requester.onDuty(.cardApplication).ground.purpose
        return try await write(by: requester.actor) { desk in
            let (application, card) = try find(desk)
            guard try concerns(application, requester, on: desk.connection) else { throw refusal() }
            guard let record = try RecordReader().record(of: application.person, on: desk.connection) else {
                throw ApplicationRefusal.unknown
            }
            let receipt = try desk.look(
                at: [application.person], fields: FieldGroup.beside.map(\.rawValue), for: purpose)
            return try desk.file(application, card, record, receipt: receipt)
        }
    }

    // MARK: Lists

    /// So many of a kind stand on one page.
    package static let mostListed = 100

    /// Hồ sơ chờ ở các bước: those of the requester's offices, the oldest first; nobody by name.
    package func waiting(
        at statuses: [ApplicationStatus], by requester: Requester
    ) async throws -> [CardApplication] {
        try AccessPolicy.require(requester, toUse: .checkCardStatus)
        return try await database.read { connection in
            let desk = desk(for: requester.actor, on: connection)
            return try ApplicationStore().applications(
                at: statuses, ofOffices: try offices(of: requester, on: connection), limit: CardRegister.mostListed,
                on: connection
            ).filter { try !desk.isHidden($0.person) }
        }
    }

    /// Thẻ chờ trao: those that lie at the requester's offices, the oldest first; nobody by name.
    package func readyToHandOver(by requester: Requester) async throws -> [Card] {
        try AccessPolicy.require(requester, toUse: .deliverCards)
        return try await database.read { connection in
            let desk = desk(for: requester.actor, on: connection)
            return try CardStore().cards(
                at: .atOffice, ofOffices: try offices(of: requester, on: connection), limit: CardRegister.mostListed,
                on: connection
            ).filter { try !desk.isHidden($0.person) }
        }
    }

    /// Số việc chờ của cơ quan: what stands on the page of everybody's work.
    package func counts(by requester: Requester) async throws -> CardCounts {
        var counts = CardCounts()
        let role = requester.role
        if role.may(.decideOnCard) {
            let waiting = try await waiting(at: [.submitted, .approved], by: requester)
            counts.toDecide = waiting.count
            counts.firstDue = waiting.compactMap(\.due).min()
        }
        if role.may(.applyForCard) {
            counts.toFinish = try await waiting(at: CardRegister.unfinished, by: requester).count
        }
        if role.may(.deliverCards) { counts.toHandOver = try await readyToHandOver(by: requester).count }
        return counts
    }

    /// What whoever takes applications has begun and not submitted.
    package static let unfinished: [ApplicationStatus] = [.booked, .opened, .blocked, .captured, .confirmed]
}

/// Số việc chờ về thẻ.
package struct CardCounts: Hashable, Sendable {
    /// Each is nil for a role that does not do it.
    package var toDecide: Int?
    package var firstDue: CalendarDate?
    package var toFinish: Int?
    package var toHandOver: Int?

    package init() {}
}

extension CardDesk {
    func events(of subject: Int64) throws -> [CardEvent] {
        try acts.stream(of: .set(subject), on: connection).compactMap { stored in
            try stored.content.map { CardEvent(act: stored.act, change: try CardChange(bytes: $0)) }
        }
    }

    fileprivate func file(
        _ application: CardApplication, _ card: Card?, _ record: (state: PersonState, handle: String), receipt: Int64
    ) throws -> CardFile {
        let applicant = Applicant(record.state)
        let portrait = try ApplicationStore().portrait(of: application.id, on: connection)
        let others = try CardStore().cards(of: application.person, on: connection)
        var seen: Set<Int64> = []
        let subjects = [application.id] + [card?.id].compactMap { $0 }
        let events = try subjects.flatMap { try self.events(of: $0) }
            .filter { seen.insert($0.act.id.rawValue).inserted }
        return CardFile(
            application: application, card: card,
            certificate: try CertificateStore().certificate(ofApplication: application.id, on: connection)?.handle,
            person: record.handle,
            state: record.state.showing(FieldGroups(groups: FieldGroup.beside)),
            isUnchanged: applicant.version == application.personVersion, obstacle: applicant.obstacle,
            takesPortrait: applicant.birth.map { CardRules.needs(age: CardRules.age(born: $0, on: today)).biometrics }
                ?? true,
            portrait: portrait.map { .init(width: $0.width, height: $0.height, isSpecimen: $0.isSpecimen) },
            fingers: try ApplicationStore().fingerNotes(of: application.id, on: connection),
            heldCard: others.first { ($0.status?.isWithHolder ?? false) && $0.id != card?.id },
            events: events.sorted { $0.act.id.rawValue < $1.act.id.rawValue }, receipt: receipt)
    }
}
