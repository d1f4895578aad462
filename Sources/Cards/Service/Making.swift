import Access
import Civil
import Database
import Ledger

extension CardRegister {
    /// Giao việc cho máy: the next card of a batch with a blank of its own, on lease.
    ///
    /// A lease is no act: it says what may happen, and its end is on record whichever way it ends.
    package func lease(
        of code: String, to machine: String, minutes: Int = Job.leaseMinutes, by requester: Requester
    ) async throws -> WorkTicket {
        guard
            let ticket = try await leases(of: code, to: machine, minutes: minutes, limit: 1, by: requester).first
        else { throw ProductionRefusal.nothingToMake }
        return ticket
    }

    /// So many machines may be faster in turn; beyond it one waits a moment before it asks again.
    private static let mostLeaseTries = 16

    /// Giao nhiều việc: the next cards of a batch, each with a blank of its own, in one transaction; at least one.
    func leases(
        of code: String, to machine: String, minutes: Int, limit: Int, by requester: Requester
    ) async throws -> [WorkTicket] {
        try AccessPolicy.require(requester, toUse: .produceCards)
        let machine = try CardRegister.stated(machine, or: ProductionRefusal.jobUnknown)
        // Another machine may be faster with a card or blank; there are others.
        return try await write(by: requester.actor, racingFor: "card_job", tries: CardRegister.mostLeaseTries) { desk in
            let batch = try desk.batch(code)
            guard batch.status == .running else { throw ProductionRefusal.batchNotNow(.start, batch.status) }
            var cards = try CardStore().cards(ofBatch: batch.id, at: .batched, limit: limit, on: desk.connection)
            guard !cards.isEmpty else { throw ProductionRefusal.nothingToMake }
            let blanks = try BlankStore().free(inBatch: batch.id, limit: cards.count, on: desk.connection)
            guard !blanks.isEmpty else { throw ProductionRefusal.noBlank }
            cards.removeLast(cards.count - blanks.count)
            let until = Instant(microseconds: desk.now.microseconds + Int64(minutes) * 60_000_000)
            var tickets: [WorkTicket] = []
            for (place, blank) in blanks.enumerated() {
                let card = cards[place]
                guard let content = try CardStore().content(of: card.id, on: desk.connection) else {
                    throw ProductionRefusal.nothingToMake
                }
                let job = Job(
                    id: surroundings.randomID(), card: card.id, batch: batch.id, blank: blank.serial, machine: machine,
                    state: .running, leaseUntil: until)
                tickets.append(
                    WorkTicket(
                        job: job, card: card.handle, content: content,
                        portrait: try ApplicationStore().portrait(of: card.application, on: desk.connection),
                        fingers: try ApplicationStore().prints(
                            of: content, application: card.application, on: desk.connection)))
                try desk.step(&cards[place], .start)
            }
            try FactoryStore().insert(tickets.map(\.job), on: desk.connection)
            try desk.save(cards)
            // What a machine is given is everything that the register knows of the holder, face and fingers too.
            try desk.look(
                at: cards.map(\.person), fields: (FieldGroup.printed + [.biometrics]).map(\.rawValue),
                for: .cardProduction)
            return tickets
        }
    }

    /// Máy báo xong: the same report again changes nothing.
    package func finish(_ job: Int64, _ made: MadeChip, by requester: Requester) async throws {
        try await end(job, .finish, made: made, by: requester)
    }

    /// Máy báo hỏng: the blank is spoiled, and the card waits for another one.
    package func fail(_ job: Int64, _ reject: RejectCode, by requester: Requester) async throws {
        try await end(job, .fail, reject: reject, by: requester)
    }

    /// Máy trả việc: it has not touched the blank.
    package func release(_ job: Int64, by requester: Requester) async throws {
        try await end(job, .release, by: requester)
    }

    /// Máy hỏng giữa chừng: whoever stands beside it says so before its lease is over.
    package func loseTrack(_ job: Int64, by requester: Requester) async throws {
        try await end(job, .expire, by: requester)
    }

    /// Đối soát: somebody has looked at the machine and says what became of a job whose outcome was unknown.
    ///
    /// - Parameter made: what stands on the chip, when the card is found finished.
    package func reconcile(
        _ job: Int64, _ found: JobEvent, made: MadeChip? = nil, by requester: Requester
    ) async throws {
        switch found {
        case .foundFinished: guard made != nil else { throw ProductionRefusal.mustBeReconciled }
        case .foundSpoiled, .foundUntouched, .foundMissing: break
        case .finish, .fail, .release, .expire: throw ProductionRefusal.mustBeReconciled
        }
        try await end(job, found, made: made, reject: found == .foundSpoiled ? .printerFault : nil, by: requester)
    }

    private func end(
        _ id: Int64, _ event: JobEvent, made: MadeChip? = nil, reject: RejectCode? = nil, by requester: Requester
    ) async throws {
        try AccessPolicy.require(requester, toUse: .produceCards)
        do {
            try await write(by: requester.actor) { desk in
                guard let job = try FactoryStore().job(id, on: desk.connection) else {
                    throw ProductionRefusal.jobUnknown
                }
                if try desk.isRepeated(job, event, made) { return }
                try desk.end(job, event, made: made, reject: reject)
            }
        } catch DatabaseError.uniqueViolation(let what) where what.contains("chip_key") {
            throw ProductionRefusal.chipKnown
        }
    }

    /// Mất liên lạc: jobs whose lease is over are of unknown outcome from now on; how many.
    package func expireLeases(by requester: Requester) async throws -> Int {
        try AccessPolicy.require(requester, toUse: .produceCards)
        return try await write(by: requester.actor) { desk in
            let jobs = try FactoryStore().overdue(at: desk.now, limit: 1_000, on: desk.connection)
            for job in jobs { try desk.end(job, .expire) }
            return jobs.count
        }
    }

    /// Các lượt in theo tình trạng.
    package func jobs(at state: JobState, by requester: Requester) async throws -> [Job] {
        try AccessPolicy.require(requester, toUse: .produceCards)
        return try await database.read { try FactoryStore().jobs(at: state, on: $0) }
    }
}

extension CardDesk {
    /// Whether a machine reports an outcome that it has reported before.
    fileprivate func isRepeated(_ job: Job, _ event: JobEvent, _ made: MadeChip?) throws -> Bool {
        guard !job.state.isOpen, JobState.running.ways[event] == job.state else { return false }
        guard event == .finish else { return true }
        let card = try card(job.card)
        return card.blank == job.blank && card.made == made
    }

    /// Ends a job, or loses track of it: the job, the card, the blank and one act.
    fileprivate func end(_ job: Job, _ event: JobEvent, made: MadeChip? = nil, reject: RejectCode? = nil) throws {
        var job = job
        job.state = try job.state.after(event)
        try FactoryStore().update(job, at: now, on: connection)
        guard let blank = try BlankStore().blank(job.blank, on: connection),
            let batch = try FactoryStore().batch(job.batch, on: connection)
        else { throw BlankRefusal.unknown }
        var card = try card(job.card)
        try step(&card, event.orderAction)
        if event.orderAction == .finish {
            card.blank = job.blank
            card.series = blank.series
            card.chipKey = made?.key
            card.securityObject = made?.securityObject
        }
        if let move = event.blankMove { _ = try self.move([blank], move, reject: reject) }
        try save([card])
        try append(
            .jobEnded(
                card: card.handle, event: event, blank: job.blank.canonical, machine: job.machine, batch: batch.code,
                chip: made.map { Fingerprint.hexadecimal($0.key) },
                securityObject: made.map { Fingerprint.hexadecimal($0.securityObject) },
                rejects: [reject].compactMap { $0 }), about: card.id, blank.lot)
        // Nothing is made any more for somebody who has died meanwhile.
        if card.stopped != nil, card.stage == .batched { try self.move(&card, .cancel) }
    }
}
