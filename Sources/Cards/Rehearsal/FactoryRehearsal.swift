import Access
import Chip
import Civil
import Ledger
import Population

/// Diễn tập sản xuất: leads invented people from the counter to the hand-over, through machines that fail at random.
///
/// Nothing is done that a person could not do by a use case of its own; the machines are code, and what they make is
/// read back by quality control. For demonstration registers alone.
package struct FactoryRehearsal {
    /// Kế hoạch diễn tập.
    package struct Plan: Sendable {
        package var site: String
        package var office: String
        /// The share of each kind of fault.
        package var faults: Double
        package var seed: UInt64
        package var cardsPerBatch: Int

        package init(site: String, office: String, faults: Double, seed: UInt64, cardsPerBatch: Int = 250) {
            self.site = site
            self.office = office
            self.faults = faults
            self.seed = seed
            self.cardsPerBatch = cardsPerBatch
        }
    }

    /// Kết quả diễn tập.
    package struct Report: Hashable, Sendable {
        package var applications = 0
        package var refusedApplications: [String: Int] = [:]
        package var batches = 0
        package var jobs = 0
        package var faults: [String: Int] = [:]
        package var rejects: [RejectCode: Int] = [:]
        package var handedOver = 0
        package var destroyed = 0
    }

    let register: CardRegister
    let plan: Plan
    private let signer: DocumentSigner
    private let trust: TrustStore
    private let keep: (String, [ChipFile: [UInt8]]) throws -> Void
    private var draws: SeededDraws
    /// Drawing a figure takes longer than making a card of it.
    private var faces: [Int64: Capture.Portrait] = [:]
    /// What the machines have made, until quality control has seen it.
    private var made: [String: QualityReading] = [:]
    package private(set) var report = Report()

    /// - Parameter keep: gets the files of every card that passed.
    package init(
        of register: CardRegister, _ plan: Plan, signer: DocumentSigner, trust: TrustStore,
        keeping keep: @escaping (String, [ChipFile: [UInt8]]) throws -> Void = { _, _ in }
    ) {
        self.register = register
        self.plan = plan
        self.signer = signer
        self.trust = trust
        self.keep = keep
        draws = SeededDraws(seed: plan.seed)
    }

    /// One chip of so many is read through a terminal, over its own protocols.
    private static let sample = 20

    // MARK: Who does it

    private static func officer(_ name: String, _ role: Role, _ office: String) -> Requester {
        Requester(
            actor: Actor(account: "dien-tap-\(name)", role: role.rawValue, office: office), role: role,
            jurisdiction: .nation, ground: .stated(.cardApplication))
    }

    private var counter: Requester { Self.officer("tiep-nhan", .communeOfficer, plan.office) }
    private var decider: Requester { Self.officer("duyet", .approver, plan.office) }
    private var factory: Requester { Self.officer("san-xuat", .cardProducer, plan.site) }
    private var keeper: Requester { Self.officer("thu-kho", .stockKeeper, plan.site) }
    private var controller: Requester { Self.officer("kiem-tra", .qualityController, plan.site) }
    private var witness: Requester { Self.officer("chung-kien", .stockKeeper, plan.site) }

    // MARK: The way

    /// The whole way of all of them, and before it what an earlier rehearsal that broke off has left.
    ///
    /// - Parameter count: so many shall have a card or one under way; whoever withdraws is made up for by the next of
    ///   the persons. Nil: all of them.
    package mutating func run(
        _ persons: [PersonSelector], until count: Int? = nil, progress: (String, Int) -> Void = { _, _ in }
    ) async throws {
        try await prepare(for: persons.count)
        try await goOn()
        var done = 0
        for person in persons where count.map({ done < $0 }) ?? true {
            if try await apply(for: person) { done += 1 }
            if done % 50 == 49 { progress("application", done + 1) }
        }
        while try await !register.cards(at: .waiting, limit: 1, by: factory).isEmpty {
            try await makeBatch()
            progress("batch", report.batches)
        }
        try await send()
        try await handOver()
        try await destroySpoiled()
    }

    private func prepare(for cards: Int) async throws {
        if try await !register.sites().contains(where: { $0.code == plan.site }) {
            try await register.open(
                ProductionSite(code: plan.site, name: "Nơi sản xuất diễn tập", capacity: 1_000), by: factory)
        }
        let count = cards + 50 + Int(Double(cards) * plan.faults * 12)
        for attempt in 0..<1_000 {
            let first = 1 + Int(plan.seed % 90_000) * 1_000 + attempt * 1_000
            guard let serial = BlankSerial(prefix: "DT", number: first) else { continue }
            do {
                try await register.receiveBlanks(
                    first: serial.canonical, count: count, series: "dien-tap-\(plan.seed)",
                    note: "dien-tap-\(plan.seed)-\(attempt)", by: keeper)
                break
            } catch BlankRefusal.receivedBefore {
                continue  // An earlier rehearsal had them.
            }
        }
        while try await register.vaultBlanks(limit: 5_000, by: keeper) > 0 {}
    }

    /// Whether the person has a card, or one under way.
    private mutating func apply(for person: PersonSelector) async throws -> Bool {
        do {
            let request = CardRequest(
                ground: .first, pickup: plan.office, isUrgent: draws.happens(plan.faults))
            let application = try await register.apply(for: person, request, by: counter)
            if draws.happens(plan.faults / 4) {
                try await register.step(application.handle, .withdraw, reason: "diễn tập: rút hồ sơ", by: counter)
                note("withdrawn")
                return false
            }
            try await lead(application)
            return true
        } catch let refusal as any ExplainedRefusal {
            report.refusedApplications[refusal.code, default: 0] += 1
            return refusal.code == ApplicationRefusal.hasCard.code
                || refusal.code == ApplicationRefusal.anotherIsOpen.code
        }
    }

    /// Leads an application from wherever it stands to the order.
    private mutating func lead(_ application: CardApplication) async throws {
        let handle = application.handle
        var application = application
        while application.status.isLiving, application.status != .ordered {
            switch application.status {
            case .booked, .blocked: try await register.step(handle, .identify, reason: "diễn tập", by: counter)
            case .opened: try await capture(application)
            case .captured: try await register.confirm(handle, by: counter)
            case .confirmed: _ = try await register.submit(handle, by: counter)
            case .submitted: try await register.approve(handle, by: decider)
            case .approved:
                _ = try await register.order(handle, by: decider)
                report.applications += 1
            case .ordered, .completed, .refused, .withdrawn, .ended: return
            }
            application = try await register.application(handle, by: counter)
        }
    }

    /// Nobody has a portrait or fingers here: both are drawn.
    private mutating func capture(_ application: CardApplication) async throws {
        let figure = application.person % Capture.specimens
        let face = faces[figure] ?? Capture.specimen(for: figure)
        faces[figure] = face
        try await register.captureSpecimen(application.handle, face: face, by: counter)
    }

    /// Goes on where another rehearsal broke off: what a factory does on the morning after a power cut.
    private mutating func goOn() async throws {
        for job in try await register.jobs(at: .running, by: factory) {
            try await register.loseTrack(job.id, by: factory)
        }
        try await reconcile()
        // Nothing is known of what those chips hold.
        for card in try await register.cards(at: .produced, limit: 10_000, by: factory) {
            made[card] = QualityReading(zone: [], code: "", files: nil)
        }
        try await check()
        for status in ApplicationStatus.allCases where status.isLiving && status != .ordered {
            for handle in try await register.applications(at: status, limit: 10_000, by: counter) {
                try await lead(try await register.application(handle, by: counter))
            }
        }
        for batch in try await register.batches(by: factory) where batch.status == .sealed || batch.status == .running {
            try await makeUp(batch.code)
        }
        for parcel in try await register.parcels(at: .packed, by: counter) { try await send(parcel) }
        for parcel in try await register.parcels(at: .inTransit, by: counter) {
            try await register.receive(parcel.code, counted: parcel.cards, by: counter)
        }
    }

    private mutating func makeBatch() async throws {
        let batch = try await register.openBatch(at: plan.site, size: plan.cardsPerBatch, by: factory)
        report.batches += 1
        try await makeUp(batch.code)
    }

    /// Makes what a batch has left to make, and closes it.
    private mutating func makeUp(_ batch: String) async throws {
        while true {
            let balance = try await register.balance(ofBatch: batch, by: factory)
            guard balance.openCards > 0 else { break }
            try await register.issueBlanks(balance.openCards, to: batch, by: keeper)
            try await workOff(batch)
            try await reconcile()
            try await check()
        }
        _ = try await register.giveBackBlanks(of: batch, by: keeper)
        _ = try await register.closeBatch(batch, by: factory)
    }

    /// Lets a machine work until the batch has nothing left to make, or no blank.
    private mutating func workOff(_ batch: String) async throws {
        while true {
            let ticket: WorkTicket
            do {
                ticket = try await register.lease(of: batch, to: "may-\(report.jobs % 4 + 1)", by: factory)
            } catch ProductionRefusal.nothingToMake, ProductionRefusal.noBlank {
                return
            }
            report.jobs += 1
            try await work(on: ticket)
        }
    }

    private mutating func work(on ticket: WorkTicket) async throws {
        let job = ticket.job.id
        if draws.happens(plan.faults) {
            note("printer")
            try await register.fail(job, .printerFault, by: factory)
            return
        }
        if draws.happens(plan.faults) {
            note("encoder")
            try await register.fail(job, .encoderFault, by: factory)
            return
        }
        if draws.happens(plan.faults / 2) {
            note("released")
            try await register.release(job, by: factory)
            return
        }
        let chip = try Personalisation.chip(for: ticket, by: signer, at: register.surroundings.now())
        var reading = try reading(of: ticket, chip)
        if draws.happens(plan.faults) { damage(&reading) }
        if draws.happens(plan.faults) {
            note("silent")
            try await register.loseTrack(job, by: factory)
            // Whether the card came out of the machine, only whoever looks will see.
            if draws.happens(0.5) {
                made[ticket.card] = reading
                try await register.reconcile(job, .foundFinished, made: chip.made, by: factory)
            }
            return
        }
        try await register.finish(job, chip.made, by: factory)
        if draws.happens(plan.faults) {
            note("reported_twice")
            try await register.finish(job, chip.made, by: factory)
        }
        made[ticket.card] = reading
    }

    private mutating func note(_ fault: String) { report.faults[fault, default: 0] += 1 }

    /// What quality control will read from the card, if nothing goes wrong.
    private func reading(of ticket: WorkTicket, _ chip: PersonalisedChip) throws -> QualityReading {
        let printed = try Personalisation.printed(ticket.content)
        // Opening a chip takes longer than everything else here, so some are opened, as a sample.
        let isSample = report.jobs % FactoryRehearsal.sample == 1
        let files =
            isSample ? try chip.read(of: ticket.content, random: register.surroundings.random) : chip.files
        return QualityReading(zone: printed.zone, code: printed.code, files: files)
    }

    private mutating func damage(_ reading: inout QualityReading) {
        switch draws.choice([0, 1, 2, 3, 4], or: 0) {
        case 0: reading.files = nil
        case 1: reading.zone = reading.zone.map { String($0.reversed()) }
        case 2: reading.code += "x"
        case 3: reading.seen.insert(.surface)
        default:
            if var bytes = reading.files?[.dg13], let last = bytes.popLast() {
                reading.files?[.dg13] = bytes + [last ^ 1]
            }
        }
    }

    /// Goes to the machines that did not say how they ended.
    private mutating func reconcile() async throws {
        for job in try await register.jobs(at: .unknown, by: factory) {
            let found = draws.choice([.foundSpoiled, .foundUntouched, .foundMissing], or: JobEvent.foundSpoiled)
            note(found.rawValue)
            try await register.reconcile(job.id, found, by: factory)
        }
    }

    private mutating func check() async throws {
        for card in try await register.cards(at: .produced, limit: 10_000, by: factory) {
            guard let reading = made.removeValue(forKey: card) else { continue }
            let rejects = try await register.check(card, reading, trust: trust, by: controller)
            for reject in rejects { report.rejects[reject, default: 0] += 1 }
            if rejects.isEmpty, let files = reading.files { try keep(card, files) }
        }
    }

    private mutating func send() async throws {
        for office in try await register.officesToPack(at: plan.site, by: factory) {
            while true {
                let parcel: Parcel
                do {
                    parcel = try await register.pack(at: plan.site, for: office, by: factory)
                } catch ProductionRefusal.nothingToPack {
                    break
                }
                try await send(parcel)
            }
        }
    }

    private mutating func send(_ parcel: Parcel) async throws {
        try await register.dispatch(parcel.code, tracking: "VD-\(parcel.code)", by: factory)
        if draws.happens(plan.faults * 4) {
            note("parcel_miscounted")
            do {
                try await register.receive(parcel.code, counted: parcel.cards + 1, by: counter)
            } catch ProductionRefusal.parcelDiffers {
                // It is counted again.
            }
        }
        try await register.receive(parcel.code, counted: parcel.cards, by: counter)
    }

    private mutating func handOver() async throws {
        while true {
            let cards = try await register.cards(at: .atOffice, limit: 500, by: counter)
            guard !cards.isEmpty else { return }
            for card in cards {
                try await register.handOver(card, check: .face, oldCard: .none, by: counter)
                report.handedOver += 1
            }
        }
    }

    private mutating func destroySpoiled() async throws {
        let spoiled = try await register.blanks(.spoiled, by: keeper)
        guard !spoiled.isEmpty else { return }
        let plan = try await register.planDestruction(of: spoiled, note: "tiêu hủy phôi hỏng", by: keeper)
        try await register.confirmDestruction(plan.id, by: witness)
        report.destroyed += spoiled.count
    }
}
