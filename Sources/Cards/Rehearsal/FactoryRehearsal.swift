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

    // MARK: Who does it

    private static func officer(_ name: String, _ role: Role, _ office: String) -> Requester {
        Requester(
            actor: Actor(account: "dien-tap-\(name)", role: role.rawValue, office: office), role: role,
            jurisdiction: .nation, ground: .stated(.cardApplication))
    }

    private var counter: Requester { Self.officer("tiep-nhan", .communeOfficer, plan.office) }
    private var decider: Requester { Self.officer("duyet", .approver, plan.office) }
    private var factory: Requester { Self.officer("san-xuat", .ministryOperator, plan.site) }
    private var keeper: Requester { Self.officer("thu-kho", .ministryOperator, plan.site) }
    private static let witness = "dien-tap-chung-kien"

    // MARK: The way

    /// The whole way of all of them.
    package mutating func run(
        _ persons: [PersonSelector], progress: (String, Int) -> Void = { _, _ in }
    ) async throws {
        try await prepare(for: persons.count)
        for (place, person) in persons.enumerated() {
            try await apply(for: person)
            if place % 50 == 49 { progress("application", place + 1) }
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

    private mutating func apply(for person: PersonSelector) async throws {
        do {
            let request = CardRequest(
                ground: .first, pickup: plan.office, isUrgent: draws.happens(plan.faults))
            let application = try await register.apply(for: person, request, by: counter)
            let handle = application.handle
            // Nobody has a portrait here, and there is no device for fingers; the record says so of each.
            let face = Capture.specimen(for: application.person)
            do {
                try await register.capture(handle, .withoutFingers(.noDevice, portrait: face), by: counter)
            } catch ApplicationRefusal.nothingIsTaken {
                try await register.capture(handle, Capture(), by: counter)
            }
            try await register.confirm(handle, by: counter)
            _ = try await register.submit(handle, by: counter)
            if draws.happens(plan.faults / 4) {
                try await register.refuse(handle, reason: "diễn tập: từ chối", by: decider)
                return
            }
            try await register.approve(handle, by: decider)
            _ = try await register.order(handle, by: factory)
            report.applications += 1
        } catch let refusal as any ExplainedRefusal {
            report.refusedApplications[refusal.code, default: 0] += 1
        }
    }

    private mutating func makeBatch() async throws {
        let batch = try await register.openBatch(at: plan.site, size: plan.cardsPerBatch, by: factory)
        report.batches += 1
        var toMake = try await register.balance(ofBatch: batch.code, by: factory).openCards
        while toMake > 0 {
            try await register.issueBlanks(toMake, to: batch.code, by: keeper)
            try await workOff(batch.code)
            try await reconcile()
            try await check()
            toMake = try await register.balance(ofBatch: batch.code, by: factory).openCards
        }
        _ = try await register.giveBackBlanks(of: batch.code, by: keeper)
        _ = try await register.closeBatch(batch.code, by: factory)
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
        var reading = try Self.reading(of: ticket, chip)
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
    private static func reading(of ticket: WorkTicket, _ chip: PersonalisedChip) throws -> QualityReading {
        let printed = try Personalisation.printed(ticket.content)
        return QualityReading(zone: printed.zone, code: printed.code, files: chip.files)
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
            let rejects = try await register.check(card, reading, trust: trust, by: keeper)
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
                try await register.dispatch(parcel.code, tracking: "VD-\(parcel.code)", by: factory)
                let inside = try await register.cards(at: .inTransit, limit: Parcel.mostCards, by: factory).count
                if draws.happens(plan.faults * 4) {
                    note("parcel_miscounted")
                    do {
                        try await register.receive(parcel.code, counted: inside + 1, by: counter)
                    } catch ProductionRefusal.parcelDiffers {}
                }
                try await register.receive(parcel.code, counted: inside, by: counter)
            }
        }
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
        try await register.destroyBlanks(spoiled, note: "tiêu hủy phôi hỏng", second: Self.witness, by: keeper)
        report.destroyed += spoiled.count
    }
}

extension Capture {
    /// Ảnh bản mẫu: a drawn figure of nobody, the same for the same person.
    package static func specimen(for person: Int64) -> Portrait? {
        let number = PersonalIdentificationNumber(value: 3_300_000_001 + person % 97)
        guard let number, let face = SpecimenPortrait.face(for: number, sex: nil) else { return nil }
        return Portrait(image: face.image, width: face.width, height: face.height, isSpecimen: true)
    }
}
