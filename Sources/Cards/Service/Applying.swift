import Access
import Chip
import Civil
import Database
import Ledger
import Population

extension CardRegister {
    /// Tiếp nhận hồ sơ: takes an application of somebody who is named by handle or number; everything else comes from
    /// the register.
    ///
    /// The officer must be able to look at the person, which is recorded; whoever comes from another place is named by
    /// number, name and date of birth. A record that is missing or wrong is collected or corrected first.
    package func apply(
        for selector: PersonSelector, _ request: CardRequest, representative: PersonSelector? = nil,
        once key: SentForm? = nil, by requester: Requester, dryRun: Bool = false
    ) async throws -> CardApplication {
        try AccessPolicy.require(requester, toUse: .applyForCard)
        let requester = requester.onDuty(.cardApplication)
        try await database.read { try check(pickup: request.pickup, by: requester, $0) }
        guard let answer = try await population.look(at: selector, by: requester) else {
            throw AccessRefusal.notFoundHere
        }
        var other: PersonAnswer?
        if let representative {
            other = try await population.look(at: representative, by: requester)
            if other == nil { throw ApplicationRefusal.representativeUnfit }
        }
        let person = answer.state.person
        let representing = other?.state.person
        let names = (person: answer.handle, representative: other?.handle)
        do {
            return try await write(by: requester.actor) { desk in
                let application = try desk.opened(
                    person, representing, request, names: names, office: requester.actor.office, once: key)
                if dryRun { throw Rehearsed(value: application) }
                return application
            }
        } catch let tried as Rehearsed<CardApplication> {
            return tried.value
        } catch DatabaseError.uniqueViolation(let what) where what.contains("card_application") {
            throw ApplicationRefusal.anotherIsOpen
        }
    }

    /// Where a card is handed over is an office of that day, so that its parcel arrives; whoever runs the program on
    /// the register's machine may have none.
    private func check(pickup: String, by requester: Requester, _ connection: Connection) throws {
        guard PlainLine.parse(pickup, longest: CardRequest.longestPickup) != nil else {
            throw ApplicationRefusal.pickupUnknown
        }
        guard requester.role != .localOperator, pickup != requester.actor.office else { return }
        guard try standings.isOpen(office: pickup, on: population.surroundings.now().dayInVietnam, connection) else {
            throw ApplicationRefusal.pickupUnknown
        }
    }

    /// Thu nhận ảnh, vân tay: takes what the age of the applicant asks for, or a record of why it is missing.
    ///
    /// - Parameter reason: why a portrait is taken that the checks refuse; it stands in the act, where whoever decides
    ///   sees it, and it is theirs to accept it.
    package func capture(
        _ handle: String, _ capture: Capture, accepting reason: String? = nil, by requester: Requester
    ) async throws {
        try AccessPolicy.require(requester, toUse: .applyForCard)
        try refuseInvented(capture)
        let reason = try CardRegister.ifStated(reason, or: ApplicationRefusal.reasonNeeded)
        try await write(by: requester.actor) { desk in
            var application = try desk.application(handle, takenBy: requester)
            try desk.take(capture, of: &application, accepting: reason)
        }
    }

    /// Thu nhận ảnh: the portrait alone; fingers that were taken before stay, and without any the reason is that there
    /// is no device.
    ///
    /// - Parameter reason: as in `capture`.
    package func capturePortrait(
        _ handle: String, _ portrait: Capture.Portrait, accepting reason: String? = nil, by requester: Requester
    ) async throws {
        try AccessPolicy.require(requester, toUse: .applyForCard)
        try refuseInvented(Capture(portrait: portrait))
        let reason = try CardRegister.ifStated(reason, or: ApplicationRefusal.reasonNeeded)
        try await write(by: requester.actor) { desk in
            var application = try desk.application(handle, takenBy: requester)
            var capture = Capture.withoutFingers(.noDevice, portrait: portrait)
            let before = try ApplicationStore().fingers(of: application.id, on: desk.connection)
            if !before.isEmpty { capture.fingers = before }
            try desk.take(capture, of: &application, accepting: reason)
        }
    }

    /// Thu nhận vân tay: all ten fingers, each taken or with the reason why not; the portrait comes first.
    ///
    /// - Parameters:
    ///   - fingers: those that are taken now; one that is not named stays as it was.
    ///   - reason: why those are taken that the checks refuse; it stands in an act of its own for each, where whoever
    ///     decides sees it.
    package func captureFingers(
        _ handle: String, _ fingers: [Finger: FingerCapture], accepting reason: String? = nil, by requester: Requester
    ) async throws {
        try AccessPolicy.require(requester, toUse: .applyForCard)
        try refuseInvented(Capture(fingers: fingers))
        let reason = try CardRegister.ifStated(reason, or: ApplicationRefusal.reasonNeeded)
        let fingers = fingers.mapValues { $0.accepted(for: reason) }
        try await write(by: requester.actor) { desk in
            var application = try desk.application(handle, takenBy: requester)
            let store = ApplicationStore()
            var capture = Capture(
                portrait: try store.portrait(of: application.id, on: desk.connection),
                fingers: try store.fingers(of: application.id, on: desk.connection))
            capture.fingers.merge(fingers) { $1 }
            // What was accepted of the portrait when that was taken is so still.
            let note = try desk.events(of: application.id).acceptedPortrait
            try desk.take(capture, of: &application, accepting: note)
        }
    }

    /// What the program draws is nobody's, and no production register takes it.
    private func refuseInvented(_ capture: Capture) throws {
        guard population.kind == .production else { return }
        if capture.portrait?.isSpecimen == true { throw ApplicationRefusal.portraitNeeded }
        let isInvented = capture.fingers.values.contains {
            if case .taken(let print) = $0 { print.isSpecimen } else { false }
        }
        if isInvented { throw ApplicationRefusal.fingersIncomplete }
    }

    /// Công dân kiểm tra và ký: the applicant has seen what the register says, and confirms it as it stands now.
    package func confirm(_ handle: String, by requester: Requester) async throws {
        try AccessPolicy.require(requester, toUse: .applyForCard)
        try await write(by: requester.actor) { desk in
            var application = try desk.application(handle, takenBy: requester)
            let applicant = try desk.applicant(application.person)
            if let obstacle = applicant.obstacle { throw obstacle }
            guard applicant.product == application.product else {
                throw CertificateRefusal.otherProduct(application.product)
            }
            application.personVersion = applicant.version
            try desk.move(&application, .confirm)
        }
    }

    /// Trình duyệt: the time that the law gives begins.
    package func submit(_ handle: String, by requester: Requester) async throws -> CardApplication {
        try AccessPolicy.require(requester, toUse: .applyForCard)
        let submitted = try await write(by: requester.actor) { desk in
            var application = try desk.application(handle, takenBy: requester)
            // What the office sends back to itself gives it no more time.
            application.due =
                application.due
                ?? CardRules.due(submitted: desk.today, application.product, application.ground)
            try desk.move(&application, .submit)
            return application
        }
        do {
            try await searchDuplicates(handle, by: requester)
        } catch ApplicationRefusal.searchFailed {
            // Nobody waits at the counter for another program: who approves has it searched then.
        }
        return submitted
    }

    /// Thu nhận bản mẫu: where there is no device and no picture, a drawn portrait with drawn fingers, or nothing where
    /// the age is such that nothing is taken.
    package func captureSpecimen(
        _ handle: String, face: Capture.Portrait?, by requester: Requester
    ) async throws {
        do {
            var specimen = Capture.withoutFingers(.noDevice, portrait: face)
            if face?.isSpecimen ?? false {
                let person = try await application(handle, by: requester).person
                specimen.fingers = Capture.specimenFingers(for: person)
            }
            try await capture(handle, specimen, by: requester)
        } catch ApplicationRefusal.nothingIsTaken {
            try await capture(handle, Capture(), by: requester)
        }
    }

    /// Các bước khác của người tiếp nhận: booking identified, blocked by the record, withdrawn by the applicant.
    package func step(
        _ handle: String, _ action: ApplicationAction, reason: String, by requester: Requester
    ) async throws {
        try AccessPolicy.require(requester, toUse: .applyForCard)
        let note = try CardRegister.stated(reason, or: ApplicationRefusal.reasonNeeded)
        try await write(by: requester.actor) { desk in
            var application = try desk.application(handle, takenBy: requester)
            switch action {
            case .identify: try desk.identify(&application, note: note)
            case .block, .withdraw: try desk.move(&application, action, note: note)
            // Those have use cases of their own.
            case .capture, .confirm, .submit, .sendBack, .approve, .refuse, .order, .complete, .end:
                throw ApplicationRefusal.notNow(action, application.status)
            }
        }
    }

    /// Đi tiếp hồ sơ dở dang: whatever is left until it is submitted.
    ///
    /// - Parameter face: the portrait, where none was taken yet and the age asks for one.
    package func goOn(
        _ handle: String, face: Capture.Portrait?, by requester: Requester
    ) async throws -> CardApplication {
        var status = try await application(handle, by: requester).status
        if status == .opened {
            try await captureSpecimen(handle, face: face, by: requester)
            status = .captured
        }
        if status == .captured { try await confirm(handle, by: requester) }
        return try await submit(handle, by: requester)
    }

    /// Một lượt tại quầy: everything from the application to its submission in one sitting.
    package func applyInOneSitting(
        for selector: PersonSelector, _ request: CardRequest, _ capture: Capture,
        representative: PersonSelector? = nil, by requester: Requester
    ) async throws -> CardApplication {
        let application = try await apply(for: selector, request, representative: representative, by: requester)
        try await self.capture(application.handle, capture, by: requester)
        try await confirm(application.handle, by: requester)
        return try await submit(application.handle, by: requester)
    }

    /// The application that a form opened before; nil when it did not.
    package func application(of key: SentForm) async throws -> CardApplication? {
        try await database.read { connection in
            try key.made(on: connection).flatMap { try ApplicationStore().application($0, on: connection) }
        }
    }

    /// Hồ sơ: one as it stands.
    package func application(_ handle: String, by requester: Requester) async throws -> CardApplication {
        try AccessPolicy.require(requester, toUse: .checkCardStatus)
        return try await database.read { connection in
            let application = try desk(for: requester.actor, on: connection).application(handle)
            guard try concerns(application, requester, on: connection) else { throw ApplicationRefusal.unknown }
            return application
        }
    }

    /// The handles of applications at a status, the longest there first.
    package func applications(
        at status: ApplicationStatus, limit: Int = 1_000, by requester: Requester
    ) async throws -> [String] {
        try AccessPolicy.require(requester, toUse: .checkCardStatus)
        return try await database.read { try ApplicationStore().handles(at: status, limit: limit, on: $0) }
    }
}

extension [CardEvent] {
    /// Why the portrait that was taken last is one that the checks refuse; nil where it passed them.
    package var acceptedPortrait: String? {
        for event in reversed() {
            if case .applicationChanged(_, .capture, let note, _) = event.change { return note }
        }
        return nil
    }
}

extension CardDesk {
    func applicant(_ person: Int64) throws -> Applicant {
        guard let record = try RecordReader().record(of: person, on: connection) else {
            throw ApplicationRefusal.unknown
        }
        return Applicant(record.state)
    }

    /// Takes in what was captured: the rule of the age, rows, act.
    fileprivate func take(
        _ capture: Capture, of application: inout CardApplication, accepting reason: String? = nil
    ) throws {
        let applicant = try applicant(application.person)
        guard let birth = applicant.birth else { throw ApplicationRefusal.recordIncomplete(.birth) }
        let fault = try capture.check(age: CardRules.age(born: birth, on: today), accepting: reason != nil)
        try ApplicationStore().put(capture, of: application.id, on: connection)
        try move(&application, .capture, note: fault == nil ? nil : reason, picture: capture.fingerprint)
        try noteAccepted(capture, of: application)
    }

    /// One act for each finger that was taken in spite of the checks, unless that very picture has one.
    private func noteAccepted(_ capture: Capture, of application: CardApplication) throws {
        let accepted = capture.fingers.values.compactMap { taken -> FingerPrint? in
            if case .taken(let print) = taken, print.accepted != nil { print } else { nil }
        }
        guard !accepted.isEmpty else { return }
        let known = Set(
            try events(of: application.id).compactMap { event -> String? in
                if case .fingerAccepted(_, _, _, _, let picture) = event.change { picture } else { nil }
            })
        for print in accepted.sorted(by: { $0.finger.rawValue < $1.finger.rawValue }) {
            let picture = Fingerprint.text(print.content)
            guard !known.contains(picture), let reason = print.accepted, let fault = FingerCheck.fault(of: print)
            else { continue }
            try append(
                .fingerAccepted(
                    application: application.handle, finger: print.finger.word, fault: fault.rawValue, reason: reason,
                    picture: picture), about: application.id)
        }
    }

    private func knownCards(of person: Int64) throws -> KnownCards {
        let cards = try CardStore().cards(of: person, on: connection)
        return KnownCards(
            hasCard: cards.contains { $0.stage == .handedOver },
            held: cards.first { $0.status?.isHeld ?? false }.map { .init(expires: $0.expires) })
    }

    private func note(
        _ fee: Fee?, exemption: FeeExemption?, hasLevelTwo: Bool, of application: CardApplication
    ) throws {
        guard let fee else { return }
        let note = FeeNote(fee, exemption: exemption, hasLevelTwo: hasLevelTwo, on: today)
        try append(.feeSet(application: application.handle, fee: note), about: application.id)
    }

    /// Công dân đến theo lịch hẹn: the rules and the fee of this day and not of the day of the booking.
    fileprivate func identify(_ application: inout CardApplication, note reason: String) throws {
        let claimed = try events(of: application.id).fee
        let request = CardRequest(
            ground: application.ground, channel: application.channel, exemption: claimed?.exemption,
            hasLevelTwo: claimed?.hasLevelTwo ?? false, pickup: application.pickup)
        let fee = try CardRules.decide(
            request, of: try applicant(application.person),
            representative: try application.representative.map { try applicant($0) },
            cards: try knownCards(of: application.person), on: today)
        try move(&application, .identify, note: reason)
        guard let fee, claimed.map({ $0.amount != fee.amount || $0.day != today.description }) ?? true else { return }
        application.fee = fee.amount
        try ApplicationStore().setFee(fee.amount, of: application.id, on: connection)
        try note(fee, exemption: request.exemption, hasLevelTwo: request.hasLevelTwo, of: application)
    }

    fileprivate func opened(
        _ person: Int64, _ representing: Int64?, _ request: CardRequest,
        names: (person: String, representative: String?), office: String, once key: SentForm?
    ) throws -> CardApplication {
        let id = surroundings.randomID()
        try key?.mark(id, at: now, on: connection)
        let applicant = try applicant(person)
        let representative = try representing.map { try self.applicant($0) }
        let known = try knownCards(of: person)
        if try ApplicationStore().living(of: person, on: connection) != nil { throw ApplicationRefusal.anotherIsOpen }
        let fee = try CardRules.decide(
            request, of: applicant, representative: representative, cards: known, on: today)
        let application = CardApplication(
            id: id, handle: Handle(random: surroundings.random(16)).text, person: person,
            personVersion: applicant.version, ground: request.ground, channel: request.channel,
            status: request.booked == nil ? .opened : .booked,
            fee: fee?.amount ?? 0, representative: representing, product: applicant.product, officer: actor.account,
            office: office,
            pickup: request.pickup, isUrgent: request.isUrgent, opened: now, changed: now)
        try ApplicationStore().insert(application, on: connection)
        try append(
            .applicationOpened(
                application: application.handle, person: names.person, ground: request.ground,
                channel: request.channel, fee: application.fee, pickup: request.pickup,
                representative: names.representative, urgent: request.isUrgent), about: application.id)
        try note(fee, exemption: request.exemption, hasLevelTwo: request.hasLevelTwo, of: application)
        if let day = request.booked {
            try append(
                .applicationBooked(application: application.handle, day: day.description), about: application.id)
        }
        try pass(application)
        // Whoever says that the card is lost has said it now, and not when the next one is handed over.
        if request.ground == .lost {
            let cards = try CardStore().cards(of: person, on: connection)
            for var card in cards where card.status?.ways[.reportLost] != nil {
                try change(&card, .reportLost, note: application.handle)
            }
        }
        return application
    }
}
