import Access
import Civil
import Database
import Ledger
import Population

/// Hệ thống sản xuất, cấp và quản lý thẻ căn cước: applications, production, stock, delivery and the life of cards; one
/// method per use case in the files of `Service`.
///
/// What happens to them is written as acts of kind `card_changed`, each in the stream of its application, card, batch,
/// delivery note, parcel or series.
package struct CardRegister: Sendable {
    package let database: Database
    package let surroundings: Surroundings
    package let population: PopulationRegister
    let acts: ActStore
    let looks: LookStore
    let standings: Standings
    /// Who compares fingers; nil where nobody does.
    let matcher: (any FingerMatcher)?
    /// Who searches for the same face and fingers; nil where nobody does.
    let search: (any BiometricSearch)?

    package init(
        population: PopulationRegister, numbers: EntryNumbers, matcher: (any FingerMatcher)? = nil,
        search: (any BiometricSearch)? = nil
    ) {
        self.matcher = matcher
        self.search = search
        self.population = population
        database = population.database
        surroundings = population.surroundings
        acts = ActStore(surroundings: surroundings, numbers: numbers)
        looks = LookStore(surroundings: surroundings, numbers: numbers)
        standings = Standings(units: population.unitsInForce)
    }

    /// The offices whose work is the requester's: their own and those in their places; nil: everybody's.
    func offices(of requester: Requester, on connection: Connection) throws -> Set<String>? {
        try standings.offices(of: requester, connection)?.union([requester.actor.office])
    }

    /// One write at this instant by an actor; a lost race, by default over a stream, is tried again.
    ///
    /// - Parameter table: the part of a key's name by which the race is known.
    func write<Value: Sendable>(
        by actor: Actor, racingFor table: String = "act_subject", tries: Int = 2,
        _ body: @escaping @Sendable (CardDesk) throws -> Value
    ) async throws -> Value {
        for _ in 0..<tries {
            do {
                return try await database.write { try body(desk(for: actor, on: $0)) }
            } catch DatabaseError.uniqueViolation(let what) where what.contains(table) {
                // Somebody else was faster; the next try sees what they did.
            }
        }
        throw DatabaseError.contended
    }

    func desk(for actor: Actor, on connection: Connection) -> CardDesk {
        CardDesk(
            connection: connection, acts: acts, looks: looks, surroundings: surroundings, actor: actor,
            now: surroundings.now())
    }

    /// A reason or note as somebody stated it: one line.
    static func stated(_ text: String, or refusal: some Error) throws -> String {
        guard let line = PlainLine.parse(text, longest: 200) else { throw refusal }
        return line
    }

    /// The same of one that need not be stated.
    static func ifStated(_ text: String?, or refusal: some Error) throws -> String? {
        try text.map { try stated($0, or: refusal) }
    }
}

/// What every use case of the card system does inside its transaction: acts, rows and passages, always together.
struct CardDesk {
    let connection: Connection
    let acts: ActStore
    let looks: LookStore
    let surroundings: Surroundings
    let actor: Actor
    let now: Instant

    var today: CalendarDate { now.dayInVietnam }

    /// Writes an act into the streams of its subjects.
    func append(_ change: CardChange, about subjects: Int64...) throws {
        let versions = try subjects.map { id in
            SubjectVersion(.set(id), version: try acts.version(of: .set(id), on: connection) + 1)
        }
        let draft = ActDraft(
            kind: .cardChanged, subjects: versions, effective: nil, legalBasis: change.legalBasis,
            content: try change.bytes())
        _ = try acts.append([draft], by: actor, on: connection)
    }

    // MARK: Applications

    /// An application by its handle; of sealed persons only whoever opens seals is told.
    ///
    /// - Parameter taker: whoever takes it, which is work of the office that opened it.
    func application(_ handle: String, takenBy taker: Requester? = nil) throws -> CardApplication {
        guard let application = try ApplicationStore().application(handle: handle, on: connection),
            try !isHidden(application.person),
            taker.map({ $0.jurisdiction == .nation || $0.actor.office == application.office }) ?? true
        else { throw ApplicationRefusal.unknown }
        return application
    }

    /// Whether a seal hides somebody from whoever acts here.
    func isHidden(_ person: Int64) throws -> Bool {
        if Role(rawValue: actor.role)?.opensSeals ?? false { return false }
        return try StandingSeals(of: [person], at: now, on: connection).isSealed(person)
    }

    /// Carries out an action on an application: rule, act, row, passage.
    func move(
        _ application: inout CardApplication, _ action: ApplicationAction, note: String? = nil,
        picture: String? = nil
    ) throws {
        application.status = try application.after(action)
        application.changed = now
        try ApplicationStore().update(application, on: connection)
        try append(
            .applicationChanged(application: application.handle, action: action, note: note, picture: picture),
            about: application.id)
        try pass(application)
    }

    func pass(_ application: CardApplication) throws {
        try FlowStore().pass(
            [
                .init(
                    id: surroundings.randomID(), subject: application.id, stage: application.status.flow,
                    office: application.pickup, due: application.due)
            ], at: now, on: connection)
    }

    // MARK: Cards

    func card(_ handle: String) throws -> Card {
        guard let card = try CardStore().card(handle: handle, on: connection), try !isHidden(card.person) else {
            throw ProductionRefusal.cardUnknown
        }
        return card
    }

    /// A card as a thing, whosever it is: the factory sees no holder.
    func piece(_ handle: String) throws -> Card {
        guard let card = try CardStore().card(handle: handle, on: connection) else {
            throw ProductionRefusal.cardUnknown
        }
        return card
    }

    /// A card as a thing, by the serial that stands on it.
    func piece(serial: String) throws -> Card {
        let typed = serial.filter { !$0.isWhitespace }.uppercased()
        guard let blank = BlankSerial(canonical: typed),
            let card = try CardStore().card(blank: blank, on: connection)
        else { throw ProductionRefusal.cardUnknown }
        return card
    }

    /// A card as a thing, by its handle or by the serial that stands on it.
    func piece(named text: String) throws -> Card {
        try CardStore().card(handle: text, on: connection) ?? piece(serial: text)
    }

    func card(_ id: Int64) throws -> Card {
        guard let card = try CardStore().card(id, on: connection) else { throw ProductionRefusal.cardUnknown }
        return card
    }

    /// Moves a card to the next stage; the act is the caller's, who knows what else it tells.
    func step(_ card: inout Card, _ action: OrderAction) throws {
        card.stage = try card.stage.after(action)
        card.changed = now
    }

    /// Writes cards that have moved, with their passages.
    func save(_ cards: [Card]) throws {
        try CardStore().update(cards, on: connection)
        try FlowStore().pass(
            cards.map {
                .init(
                    id: surroundings.randomID(), subject: $0.id, stage: $0.stage.flow, office: $0.pickup, due: $0.due)
            }, at: now, on: connection)
    }

    /// Moves a card, with an act of its own.
    func move(_ card: inout Card, _ action: OrderAction, note: String? = nil) throws {
        try step(&card, action)
        try save([card])
        try append(.cardMoved(card: card.handle, action: action, note: note), about: card.id)
    }

    /// Changes whether a card holds: rule, act, row.
    func change(
        _ card: inout Card, _ action: CardAction, ground: String? = nil, note: String? = nil
    ) throws {
        guard let status = card.status else { throw ProductionRefusal.cardNotNow(.handOver, card.stage) }
        card.status = try status.after(action)
        card.changed = now
        try CardStore().update(card, on: connection)
        try append(.cardChanged(card: card.handle, action: action, ground: ground, note: note), about: card.id)
    }

    // MARK: Factory

    func batch(_ code: String) throws -> ProductionBatch {
        guard let batch = try FactoryStore().batch(code: code, on: connection) else {
            throw ProductionRefusal.batchUnknown
        }
        return batch
    }

    func move(_ batch: inout ProductionBatch, _ action: BatchAction, site: String? = nil) throws {
        batch.status = try batch.status.after(action)
        if let site { batch.site = site }
        try FactoryStore().update(batch, at: now, on: connection)
        try append(.batchChanged(batch: batch.code, action: action, site: site), about: batch.id)
    }

    /// Moves blanks: the way between fates, and the rows; the act is the caller's.
    func move(
        _ blanks: [Blank], _ move: BlankMove, batch: Int64? = nil, card: Int64? = nil, reject: RejectCode? = nil
    ) throws -> [Blank] {
        let moved = try blanks.map { blank in
            var blank = blank
            blank.fate = try blank.fate.after(move)
            blank.batch = move == .giveBack ? nil : batch ?? blank.batch
            blank.card = card ?? blank.card
            blank.reject = reject ?? blank.reject
            return blank
        }
        try BlankStore().update(moved, at: now, on: connection)
        return moved
    }

    /// A look at somebody's record, in the transaction that reads it.
    @discardableResult
    func look(at persons: [Int64], fields: [String], for purpose: Purpose) throws -> Int64 {
        try looks.append(
            by: actor, purpose: purpose.text, legalBasis: purpose.legalBasis, persons: persons, fields: fields,
            on: connection
        ).id
    }
}
