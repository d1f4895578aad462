import Access
import Chip
import Civil
import Database
import Ledger
import Population

extension CardRegister {
    /// Duyệt hồ sơ: whoever took it does not approve it, and the record is still the one that the applicant confirmed.
    ///
    /// - Parameter reason: why candidates of the search for duplicates are other persons; needed where there are some.
    package func approve(_ handle: String, despite reason: String? = nil, by requester: Requester) async throws {
        let note = try CardRegister.ifStated(reason, or: ApplicationRefusal.reasonNeeded)
        do {
            try await decide(handle, .approve, note: note, by: requester)
        } catch ApplicationRefusal.searchFailed {
            // The service was silent when it was submitted; whoever may decide has it asked again.
            try await searchDuplicates(handle, by: requester)
            try await decide(handle, .approve, note: note, by: requester)
        }
    }

    /// Từ chối (CC03): with the article that forbids it.
    package func refuse(
        _ handle: String, _ article: RefusalArticle, reason: String, by requester: Requester
    ) async throws {
        let stated = try CardRegister.stated(reason, or: ApplicationRefusal.reasonNeeded)
        let note = try CardRegister.stated(article.reason(stated), or: ApplicationRefusal.reasonNeeded)
        try await decide(handle, .refuse, note: note, by: requester)
    }

    /// Trả lại cho người tiếp nhận: to be taken anew.
    package func sendBack(_ handle: String, reason: String, by requester: Requester) async throws {
        let note = try CardRegister.stated(reason, or: ApplicationRefusal.reasonNeeded)
        try await decide(handle, .sendBack, note: note, by: requester)
    }

    private func decide(
        _ handle: String, _ action: ApplicationAction, note: String?, by requester: Requester
    ) async throws {
        try AccessPolicy.require(requester, toUse: .decideOnCard)
        do {
            try await write(by: requester.actor) { desk in
                var application = try desk.application(handle)
                guard try offices(of: requester, on: desk.connection)?.contains(application.office) ?? true else {
                    throw ApplicationRefusal.unknown
                }
                if requester.role != .localOperator, try desk.hasTaken(application, requester.actor.account) {
                    throw ApplicationRefusal.ownApplication
                }
                if action == .approve {
                    let applicant = try desk.applicant(application.person)
                    if let obstacle = applicant.obstacle { throw obstacle }
                    guard applicant.version == application.personVersion else { throw ApplicationRefusal.recordChanged }
                    let events = try desk.events(of: application.id)
                    if search != nil, events.awaitsSearch { throw ApplicationRefusal.searchFailed }
                    let candidates = events.biometricFinding?.candidates ?? []
                    guard candidates.isEmpty || note != nil else {
                        throw ApplicationRefusal.candidatesUndecided(candidates.count)
                    }
                    try desk.look(
                        at: [application.person], fields: FieldGroup.decidedOn.map(\.rawValue), for: .cardApplication)
                }
                try desk.move(&application, action, note: note)
                try ApplicationStore().decided(
                    application.id, by: requester.actor.account, role: requester.role.rawValue, on: desk.connection)
            }
        } catch DatabaseError.checkViolation(let what) where what.contains("second_person") {
            throw ApplicationRefusal.ownApplication
        }
    }

    /// Đặt sản xuất: whoever may decide takes the snapshot of the record that the card shows from then on.
    package func order(_ handle: String, by requester: Requester) async throws -> Card {
        try AccessPolicy.require(requester, toUse: .orderCards)
        let units = population.units
        return try await write(by: requester.actor) { desk in
            var application = try desk.application(handle)
            guard try offices(of: requester, on: desk.connection)?.contains(application.office) ?? true,
                let record = try RecordReader().record(of: application.person, on: desk.connection)
            else { throw ApplicationRefusal.unknown }
            guard application.product == .card else { throw CertificateRefusal.otherProduct(application.product) }
            let applicant = Applicant(record.state)
            if let obstacle = applicant.obstacle { throw obstacle }
            // Time may have passed since the decision; nobody has confirmed what changed in between.
            guard applicant.version == application.personVersion else { throw ApplicationRefusal.recordChanged }
            try desk.look(
                at: [application.person], fields: FieldGroup.printed.map(\.rawValue), for: .cardProduction)
            let portrait = try ApplicationStore().portrait(of: application.id, on: desk.connection)
            let fingers = try ApplicationStore().fingers(of: application.id, on: desk.connection).values
                .compactMap { if case .taken(let print) = $0 { print } else { nil } }
            // A chip takes no more; what has no room is told here, before a blank is touched.
            let pictures = (portrait?.image.count ?? 0) + fingers.compactMap(\.print).reduce(0) { $0 + $1.image.count }
            guard pictures <= Personalisation.mostPictures else { throw ProductionRefusal.picturesTooLarge }
            let content = try OrderContent(
                record.state, issued: desk.today, portrait: portrait.map { Fingerprint.text($0.image) },
                fingers: fingers, units: units)
            let card = try desk.ordered(content, for: application, person: record.handle)
            try desk.move(&application, .order)
            return card
        }
    }
}

extension FieldGroup {
    /// What whoever decides on an application sees.
    static let decidedOn: [FieldGroup] = [.identity, .birth, .residence, .numbers, .life]
    /// What is printed on a card or written onto its chip.
    static let printed: [FieldGroup] = [
        .identity, .birth, .origin, .residence, .family, .numbers, .life, .religion, .ethnicity,
    ]
}

extension CardDesk {
    /// Whether an account had a part in taking an application: opened it, or carried out one of its steps.
    fileprivate func hasTaken(_ application: CardApplication, _ account: String) throws -> Bool {
        if application.officer == account { return true }
        return try events(of: application.id).contains { event in
            guard event.act.actor.account == account, case .applicationChanged(_, let action, _, _) = event.change
            else { return false }
            return action.isTaking
        }
    }

    fileprivate func ordered(
        _ content: OrderContent, for application: CardApplication, person: String
    ) throws -> Card {
        let chip = try content.cardContent()
        let card = Card(
            id: surroundings.randomID(), handle: Handle(random: surroundings.random(16)).text,
            application: application.id, person: application.person, number: chip.number, issued: chip.issued,
            expires: chip.expires, stage: .waiting, pickup: application.pickup, isUrgent: application.isUrgent,
            due: application.due, ordered: now, changed: now)
        let bytes = try content.bytes()
        try CardStore().insert(card, content: bytes, on: connection)
        try append(
            .cardOrdered(
                card: card.handle, application: application.handle, person: person, issued: content.issued,
                expires: content.expires, content: Fingerprint.text(bytes)), about: card.id, application.id)
        try save([card])
        return card
    }
}
