import Access
import Chip
import Civil
import Database
import Ledger
import Population
import TestStores
import Testing

@testable import Cards

@Suite("Machines, blanks and batches")
struct FactoryTests {
    @Test(
        "a spoiled card is made again on another blank, and its own is accounted for first",
        arguments: TestStore.engines)
    func spoiled(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let card = try await stage.ordered(0).handle
            try await stage.openFactory(blanks: 5)
            let batch = try await stage.runningBatch(blanks: 3)
            let first = try await stage.cards.lease(of: batch, to: "may-1", by: CardStage.factory)
            await #expect(throws: ProductionRefusal.nothingToMake) {
                try await stage.cards.lease(of: batch, to: "may-2", by: CardStage.factory)
            }
            try await stage.cards.fail(first.job.id, .printerFault, by: CardStage.factory)
            // The same report twice changes nothing; another one is refused.
            try await stage.cards.fail(first.job.id, .printerFault, by: CardStage.factory)
            await #expect(throws: ProductionRefusal.jobIsOver(.spoiled)) {
                try await stage.cards.release(first.job.id, by: CardStage.factory)
            }
            #expect(try await stage.cards.blanks(.spoiled, by: CardStage.keeper) == [first.job.blank.canonical])

            var (ticket, reading, chip) = try await stage.make(batch)
            #expect(ticket.card == card && ticket.job.blank != first.job.blank)
            try await stage.cards.finish(ticket.job.id, chip.made, by: CardStage.factory)
            reading.code += "x"
            reading.files?[.dg1] = nil
            #expect(
                try await stage.check(card, reading) == [.printedCode, .chipZone, .chipNotGenuine])
            #expect(try await stage.card(card).stage == .batched)
            await #expect(throws: ProductionRefusal.cardsNotDone(1)) {
                _ = try await stage.cards.giveBackBlanks(of: batch, by: CardStage.keeper)
                _ = try await stage.cards.closeBatch(batch, by: CardStage.factory)
            }
            await #expect(throws: ProductionRefusal.noBlank) {
                try await stage.cards.lease(of: batch, to: "may-1", by: CardStage.factory)
            }
            try await stage.cards.issueBlanks(1, to: batch, by: CardStage.keeper)
            (ticket, reading, chip) = try await stage.make(batch)
            #expect(try await stage.check(card, reading) == [])
            let balance = try await stage.cards.closeBatch(batch, by: CardStage.factory)
            #expect(balance.issued == 4 && balance.good == 1 && balance.spoiled == 2 && balance.givenBack == 1)
            #expect(try await stage.cards.stock(by: CardStage.auditor).difference == 0)
        }
    }

    @Test(
        "a machine that falls silent leaves an unknown outcome, which only a person clears",
        arguments: TestStore.engines)
    func unknown(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let card = try await stage.ordered(0).handle
            try await stage.openFactory(blanks: 5)
            let batch = try await stage.runningBatch(blanks: 5)
            let ticket = try await stage.cards.lease(of: batch, to: "may-1", by: CardStage.factory)
            #expect(try await stage.cards.expireLeases(by: CardStage.factory) == 0)
            stage.advance(minutes: Job.leaseMinutes + 1)
            #expect(try await stage.cards.expireLeases(by: CardStage.factory) == 1)
            #expect(try await stage.card(card).stage == .unknown)
            let chip = try Personalisation.chip(
                for: ticket, by: stage.issuer.signer, at: stage.cards.surroundings.now())
            await #expect(throws: ProductionRefusal.mustBeReconciled) {
                try await stage.cards.finish(ticket.job.id, chip.made, by: CardStage.factory)
            }
            await #expect(throws: ProductionRefusal.outcomesUnknown(1)) {
                _ = try await stage.cards.closeBatch(batch, by: CardStage.factory)
            }
            await #expect(throws: BlankRefusal.atMachine) {
                try await stage.cards.record(
                    .lose, of: [ticket.job.blank.canonical], reason: "không thấy", by: CardStage.keeper)
            }
            try await stage.cards.reconcile(ticket.job.id, .foundMissing, by: CardStage.factory)
            #expect(try await stage.card(card).stage == .batched)
            #expect(try await stage.cards.blanks(.lost, by: CardStage.keeper) == [ticket.job.blank.canonical])
            try await stage.cards.record(
                .find, of: [ticket.job.blank.canonical], reason: "thấy sau máy", by: CardStage.keeper)
            #expect(try await stage.cards.blanks(.spoiled, by: CardStage.keeper).count == 1)

            let second = try await stage.cards.lease(of: batch, to: "may-1", by: CardStage.factory)
            try await stage.cards.loseTrack(second.job.id, by: CardStage.factory)
            let made = try Personalisation.chip(
                for: second, by: stage.issuer.signer, at: stage.cards.surroundings.now())
            try await stage.cards.reconcile(second.job.id, .foundFinished, made: made.made, by: CardStage.factory)
            let printed = try Personalisation.printed(second.content)
            #expect(
                try await stage.check(
                    card, QualityReading(zone: printed.zone, code: printed.code, files: made.files)) == [])
        }
    }

    @Test(
        "the database itself keeps one fate for a blank, two persons, and a batch at zero", arguments: TestStore.engines
    )
    func structure(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            _ = try await stage.ordered(0)
            try await stage.openFactory(blanks: 5)
            let batch = try await stage.runningBatch(blanks: 2)
            let database = stage.cards.database
            func refused(_ sql: String) async -> String {
                do {
                    try await database.write { try $0.execute(sql) }
                    return "done"
                } catch let error as DatabaseError {
                    return "\(error)"
                } catch {
                    return "other"
                }
            }
            #expect(await refused("UPDATE blank SET fate = 'good'").contains("blank_"))
            #expect(
                await refused("UPDATE blank SET fate = 'received' WHERE fate = 'vaulted'").contains("blank_one_fate"))
            #expect(await refused("DELETE FROM blank").contains("blank_one_fate"))
            #expect(await refused("UPDATE blank SET lot_id = lot_id + 1").contains("blank_one_fate"))
            #expect(
                await refused("UPDATE card_batch SET status = 'closed', closed_at = 1").contains("card_batch_zero"))
            #expect(await refused("UPDATE card_order SET digest = digest").contains("append_only"))
            #expect(await refused("DELETE FROM blank_lot").contains("append_only"))
            #expect(
                await refused(
                    "INSERT INTO blank_destruction (destruction_id, first_person, second_person, note, destroyed_at) "
                        + "VALUES (1, 'a', 'a', 'n', 1)"
                ).contains("two_persons"))
            #expect(
                await refused("UPDATE card_application SET decided_by = officer, decider_role = 'approver'")
                    .contains("second_person"))
            #expect(await refused("UPDATE card SET status = 'made'").contains("card_made_whole"))
            _ = try await stage.cards.lease(of: batch, to: "may-1", by: CardStage.factory)
            #expect(
                await refused(
                    "INSERT INTO card_job SELECT job_id + 1, card_id, batch_id, serial, machine, state, lease_until, "
                        + "ended_at FROM card_job"
                ).contains("card_job"))
            // The table of ways in the database is the one in the code.
            let ways = try await database.read { connection in
                try connection.rows("SELECT old_fate, new_fate FROM blank_way") {
                    "\(try $0.text(0))>\(try $0.text(1))"
                }
            }
            let expected = BlankFate.allCases.flatMap { fate in
                fate.ways.values.map { "\(fate.rawValue)>\($0.rawValue)" }
            }
            #expect(Set(ways) == Set(expected))
        }
    }

    /// A plan by one is carried out by another, once; a plan that was dropped is carried out by nobody.
    private func destroyedByTwo(_ stage: CardStage, _ serial: String) async throws {
        let cards = stage.cards
        let dropped = try await cards.planDestruction(of: [serial], note: "nhầm", by: CardStage.keeper).id
        await #expect(throws: BlankRefusal.plannedAlready) {
            _ = try await cards.planDestruction(of: [serial], note: "hai lần", by: CardStage.witness)
        }
        try await cards.dropDestruction(dropped, reason: "đếm lại", by: CardStage.keeper)
        await #expect(throws: BlankRefusal.planUnknown) {
            try await cards.confirmDestruction(dropped, by: CardStage.witness)
        }
        let plan = try await cards.planDestruction(of: [serial], note: "hết hạn lưu", by: CardStage.keeper).id
        #expect(try await cards.destructionPlans(by: CardStage.witness).map(\.id) == [plan])
        await #expect(throws: BlankRefusal.secondPersonNeeded) {
            try await cards.confirmDestruction(plan, by: CardStage.keeper)
        }
        #expect(try await cards.blanks(.destroyed, by: CardStage.keeper).isEmpty)
        await #expect(throws: DatabaseError.self) {
            try await cards.database.write {
                try $0.execute(
                    "UPDATE blank_destruction_plan SET outcome = 'destroyed', decided_by = planned_by, decided_at = 1 "
                        + "WHERE outcome IS NULL")
            }
        }
        try await cards.confirmDestruction(plan, by: CardStage.witness)
        #expect(try await cards.destructionPlans(by: CardStage.witness).isEmpty)
        #expect(try await stage.count("SELECT count(*) FROM blank_destruction WHERE first_person = 'kho'") == 1)
        // Both stand in the log by what they did themselves.
        let accounts = try await cards.database.read { connection in
            try connection.rows("SELECT account FROM act ORDER BY act_id DESC LIMIT 2") { try $0.text(0) }
        }
        #expect(accounts == ["kho-2", "kho"])
        #expect(try await cards.verify(by: CardStage.auditor).isClean)
    }

    @Test("blanks: received once, taken as samples, destroyed by two", arguments: TestStore.engines)
    func stock(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            try await stage.openFactory(blanks: 5)
            await #expect(throws: BlankRefusal.receivedBefore) {
                try await stage.cards.receiveBlanks(
                    first: "AA00000005", count: 2, series: "loat-2", note: "PN-2", by: CardStage.keeper)
            }
            await #expect(throws: BlankRefusal.serialMalformed) {
                try await stage.cards.receiveBlanks(
                    first: "AA5", count: 2, series: "loat-2", note: "PN-2", by: CardStage.keeper)
            }
            #expect(try await stage.cards.stock(by: CardStage.auditor).received == 5)
            try await stage.cards.record(.sample, of: ["AA00000001"], reason: "lưu mẫu", by: CardStage.keeper)
            try await stage.cards.record(.lose, of: ["AA00000002"], reason: "thiếu khi kiểm kê", by: CardStage.keeper)
            await #expect(throws: BlankRefusal.notNow(.destroy, .vaulted)) {
                _ = try await stage.cards.planDestruction(of: ["AA00000003"], note: "thử", by: CardStage.keeper)
            }
            try await destroyedByTwo(stage, "AA00000001")
            let balance = try await stage.cards.stock(by: CardStage.auditor)
            #expect(balance.fates == [.destroyed: 1, .lost: 1, .vaulted: 3] && balance.difference == 0)
            await #expect(throws: BlankRefusal.notEnough(3)) {
                _ = try await stage.ordered(0)
                _ = try await stage.runningBatch(blanks: 4)
            }
        }
    }

    @Test("a batch that has not begun is cancelled, and its cards wait for another", arguments: TestStore.engines)
    func cancels(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let card = try await stage.ordered(0).handle
            try await stage.openFactory(blanks: 5)
            let batch = try await stage.cards.openBatch(at: "hn", size: 5, by: CardStage.factory).code
            try await stage.cards.cancelBatch(batch, by: CardStage.factory)
            #expect(try await stage.card(card).stage == .waiting)
            let next = try await stage.runningBatch(blanks: 1)
            await #expect(throws: ProductionRefusal.batchNotNow(.cancel, .running)) {
                try await stage.cards.cancelBatch(next, by: CardStage.factory)
            }
            await #expect(throws: ProductionRefusal.batchNotNow(.start, .cancelled)) {
                try await stage.cards.issueBlanks(1, to: batch, by: CardStage.keeper)
            }
            let verification = try await stage.cards.verify(by: CardStage.auditor)
            #expect(verification.isClean && verification.batches == 2, "\(verification.differences)")
        }
    }

    @Test("machines at once get cards and blanks of their own", arguments: TestStore.engines)
    func machinesAtOnce(engine: Engine) async throws {
        try await CardStage.with(engine, people: 8) { stage in
            for place in 0..<8 { _ = try await stage.ordered(place) }
            try await stage.openFactory(blanks: 10)
            let batch = try await stage.runningBatch(blanks: 8)
            let tickets = try await withThrowingTaskGroup(of: [WorkTicket].self) { group in
                for machine in 0..<4 {
                    group.addTask {
                        var tickets: [WorkTicket] = []
                        while true {
                            do {
                                tickets.append(
                                    try await stage.cards.lease(
                                        of: batch, to: "may-\(machine)", by: CardStage.factory))
                            } catch ProductionRefusal.nothingToMake {
                                return tickets
                            }
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(tickets.count == 8)
            #expect(Set(tickets.map(\.card)).count == 8 && Set(tickets.map(\.job.blank)).count == 8)
        }
    }

    @Test("a row that does not follow from the acts is found", arguments: TestStore.engines)
    func verifies(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let card = try await stage.ordered(0).handle
            try await stage.openFactory(blanks: 5)
            #expect(try await stage.cards.verify(by: CardStage.auditor).isClean)
            for (sql, name) in [
                ("UPDATE card SET stopped = 'death'", card),
                ("UPDATE blank SET fate = 'lost' WHERE serial = 'AA00000003'", "AA00000003"),
                ("UPDATE card_series SET suspended_at = 1, reason = 'x'", "series loat-1"),
                ("UPDATE card_application SET status = 'approved'", ""),
            ] {
                let before = try await stage.cards.verify(by: CardStage.auditor).differenceCount
                try await stage.cards.database.write { try $0.execute(sql) }
                let after = try await stage.cards.verify(by: CardStage.auditor)
                #expect(after.differenceCount == before + 1, "\(after.differences)")
                #expect(after.differences.contains { $0.hasPrefix(name) })
            }
        }
    }

    @Test(
        "a batch moves to another site when its own fails, but not while a machine has a card",
        arguments: TestStore.engines)
    func moves(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let card = try await stage.ordered(0).handle
            try await stage.openFactory(blanks: 5)
            try await stage.cards.open(
                ProductionSite(code: "hcm", name: "TP. HCM", capacity: 10), by: CardStage.factory)
            let batch = try await stage.runningBatch(blanks: 2)
            let ticket = try await stage.cards.lease(of: batch, to: "may-1", by: CardStage.factory)
            await #expect(throws: ProductionRefusal.outcomesUnknown(1)) {
                try await stage.cards.move(batch, to: "hcm", by: CardStage.factory)
            }
            try await stage.cards.release(ticket.job.id, by: CardStage.factory)
            try await stage.cards.move(batch, to: "hcm", by: CardStage.factory)
            #expect(try await stage.card(card).site == "hcm")
            let (made, reading, _) = try await stage.make(batch)
            #expect(try await stage.check(made.card, reading) == [])
            #expect(try await stage.cards.officesToPack(at: "hn", by: CardStage.factory) == [])
            #expect(try await stage.cards.officesToPack(at: "hcm", by: CardStage.factory) == [CardStage.office])
        }
    }

    @Test(
        "a site that has stopped gets nothing and nobody counts on it, until it works again",
        arguments: TestStore.engines)
    func stops(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            _ = try await stage.ordered(0)
            try await stage.openFactory(blanks: 5)
            let cards = stage.cards
            try await cards.open(ProductionSite(code: "hcm", name: "TP. HCM", capacity: 10), by: CardStage.factory)
            func change(_ capacity: Int?, _ stopped: Bool?, _ reason: String = "mất điện") async throws {
                try await cards.change(
                    site: "hn", capacity: capacity, stopped: stopped, reason: reason, by: CardStage.factory)
            }
            await #expect(throws: CardLifeRefusal.reasonNeeded) { try await change(nil, true, " ") }
            await #expect(throws: ProductionRefusal.siteMalformed) { try await change(0, nil) }
            await #expect(throws: AccessRefusal.roleMayNotDo) {
                try await cards.change(site: "hn", stopped: true, reason: "x", by: CardStage.counter)
            }
            try await change(nil, true)
            await #expect(throws: ProductionRefusal.siteStopped) {
                _ = try await cards.openBatch(at: "hn", size: 1, by: CardStage.factory)
            }
            let batch = try await cards.openBatch(at: "hcm", size: 1, by: CardStage.factory).code
            await #expect(throws: ProductionRefusal.siteStopped) {
                try await cards.move(batch, to: "hn", by: CardStage.factory)
            }
            let flow = try await cards.flowByPlace(by: CardStage.auditor)
            #expect(flow.whole.lines.first { $0.stage == .making }?.perDay == 10)
            #expect(flow.sites.first { $0.site == "hn" }?.isStopped == true)
            try await change(nil, true)
            try await change(250, false, "đã có điện")
            #expect(
                try await cards.sites().first { $0.code == "hn" }
                    == ProductionSite(
                        code: "hn", name: "Hà Nội", capacity: 250))
            try await cards.move(batch, to: "hn", by: CardStage.factory)
            #expect(try await cards.verify(by: CardStage.auditor).isClean)
            _ = try await cards.database.write { try $0.execute("UPDATE card_site SET capacity = 7 WHERE site = 'hn'") }
            #expect(try await cards.verify(by: CardStage.auditor).differences.count == 1)
        }
    }

    @Test(
        "a miscounted parcel is not taken over; undelivered cards are destroyed by two after a year",
        arguments: TestStore.engines)
    func undelivered(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let card = try await stage.ordered(0).handle
            try await stage.openFactory()
            let (ticket, reading, _) = try await stage.make(try await stage.runningBatch(blanks: 1))
            _ = try await stage.check(ticket.card, reading)
            let parcel = try await stage.cards.pack(at: "hn", for: CardStage.office, by: CardStage.factory)
            try await stage.cards.dispatch(parcel.code, tracking: "VD", by: CardStage.factory)
            await #expect(throws: ProductionRefusal.parcelDiffers) {
                try await stage.cards.receive(parcel.code, counted: 2, by: CardStage.counter)
            }
            try await stage.cards.receive(parcel.code, counted: 1, by: CardStage.counter)
            await #expect(throws: ProductionRefusal.parcelNotNow) {
                try await stage.cards.receive(parcel.code, counted: 0, by: CardStage.counter)
            }
            await #expect(throws: CardLifeRefusal.notDueYet) {
                _ = try await stage.cards.planDestruction(card: card, note: "không nhận", by: CardStage.keeper)
            }
            try await stage.cards.sendBack(card: card, reason: "không có người nhận", by: CardStage.counter)
            let serial = try #require(try await stage.card(card).blank?.canonical)
            await #expect(throws: ProductionRefusal.cardUnknown) {
                try await stage.cards.bringBack(serial: "ZZ00000001", by: CardStage.factory)
            }
            try await stage.cards.bringBack(serial: serial, by: CardStage.factory)
            stage.advance(days: ProductionLimits.undeliveredDays + 1)
            let plan = try await stage.cards.planDestruction(card: card, note: "không nhận", by: CardStage.keeper)
            try await stage.cards.confirmDestruction(plan.id, by: CardStage.witness)
            #expect(try await stage.card(card).status == .destroyed)
            // Its application is over, so that the holder can apply anew.
            _ = try await stage.cards.apply(for: try stage.person(0), stage.request(), by: CardStage.counter)
            #expect(try await stage.cards.verify(by: CardStage.auditor).isClean)
            #expect(try await stage.cards.stock(by: CardStage.auditor).difference == 0)
        }
    }

    @Test("a card that was sent and did not arrive is lost; its holder applies anew", arguments: TestStore.engines)
    func missing(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            try await stage.openFactory()
            var serials: [String] = []
            var chips: [ECPublicKey] = []
            for person in 0..<3 {
                _ = try await stage.ordered(person)
                let (ticket, reading, chip) = try await stage.make(try await stage.runningBatch(blanks: 1))
                _ = try await stage.check(ticket.card, reading)
                serials.append(ticket.job.blank.canonical)
                chips.append(chip.key.publicKey)
            }
            let cards = stage.cards
            let parcel = try await cards.pack(at: "hn", for: CardStage.office, by: CardStage.factory)
            try await cards.dispatch(parcel.code, tracking: "VD", by: CardStage.factory)
            let contents = try #require(try await cards.contents(of: [parcel], by: CardStage.counter)[parcel.code])
            #expect(contents.joined().contains(serials[0]))
            await #expect(throws: ProductionRefusal.parcelDiffers) {
                try await cards.receive(parcel.code, counted: 3, missing: [serials[1]], by: CardStage.counter)
            }
            await #expect(throws: ProductionRefusal.cardUnknown) {
                try await cards.receive(parcel.code, counted: 2, missing: ["ZZ00000001"], by: CardStage.counter)
            }
            try await cards.receive(parcel.code, counted: 2, missing: [serials[1]], by: CardStage.counter)
            let lost = try #require(try await cards.cards(of: stage.person(1), by: CardStage.counter).first)
            #expect(lost.stage == .lost && lost.status == .missing)
            let key = try SoftwareSigner(secret: [UInt8](repeating: 8, count: 32))
            let list = try await cards.statusList(by: key, by: CardStage.counter)
            #expect(chips.map(list.contains) == [false, true, false])
            _ = try await cards.apply(for: try stage.person(1), stage.request(), by: CardStage.counter)
            // Another that lies at the office is lost there.
            await #expect(throws: CardLifeRefusal.reasonNeeded) {
                try await cards.lose(serial: serials[2], reason: " ", by: CardStage.counter)
            }
            try await cards.lose(serial: serials[2], reason: "mất ở kho", by: CardStage.counter)
            await #expect(throws: ProductionRefusal.self) {
                try await cards.lose(serial: serials[2], reason: "mất ở kho", by: CardStage.counter)
            }
            #expect(try await cards.verify(by: CardStage.auditor).isClean)
            #expect(try await cards.stock(by: CardStage.auditor).difference == 0)
        }
    }

    @Test("a series is suspended and resumed in one act, and seen at once", arguments: TestStore.engines)
    func series(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            try await stage.openFactory()
            let card = try await stage.held(0)
            func isValid() async throws -> Bool? {
                try await stage.cards.standing(number: card.number, issued: card.issued, by: CardStage.counter)?.isValid
            }
            #expect(try await stage.cards.allSeries(by: CardStage.auditor).map(\.cards) == [1])
            let acts = try await stage.count("SELECT count(*) FROM act")
            try await stage.cards.suspend(series: "loat-1", reason: "chip bị phá", by: CardStage.ministry)
            #expect(try await stage.count("SELECT count(*) FROM act") == acts + 1)
            #expect(try await isValid() == false)
            await #expect(throws: CardLifeRefusal.seriesSuspended) {
                try await stage.cards.suspend(series: "loat-1", reason: "lần nữa", by: CardStage.ministry)
            }
            let signer = stage.issuer.signer
            let key = try SoftwareSigner(secret: [UInt8](repeating: 9, count: 32))
            _ = signer
            let list = try await stage.cards.statusList(by: key, by: CardStage.counter)
            #expect(list.count == 1)
            try await stage.cards.resume(series: "loat-1", reason: "đã kiểm tra", by: CardStage.ministry)
            #expect(try await isValid() == true)
            #expect(try await stage.cards.statusList(by: key, by: CardStage.counter).count == 0)
            await #expect(throws: CardLifeRefusal.seriesUnknown) {
                try await stage.cards.suspend(series: "loat-9", reason: "x", by: CardStage.ministry)
            }
        }
    }

    @Test("the signed list is read, searched, and refused when a byte differs", arguments: TestStore.engines)
    func list(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            try await stage.openFactory()
            var chips: [ECPublicKey] = []
            for place in 0..<3 {
                let card = try await stage.ordered(place).handle
                let batch = try await stage.runningBatch(blanks: 1)
                let (ticket, reading, chip) = try await stage.make(batch)
                _ = try await stage.check(ticket.card, reading)
                try await stage.send(1)
                try await stage.cards.handOver(card, check: .face, oldCard: .none, by: CardStage.counter)
                if place != 1 { try await stage.cards.reportLost(card, by: CardStage.counter) }
                chips.append(chip.key.publicKey)
            }
            let key = try SoftwareSigner(secret: [UInt8](repeating: 9, count: 32))
            let made = try await stage.cards.statusList(by: key, by: CardStage.counter)
            let list = try #require(StatusList(bytes: made.bytes, signedBy: key.publicKey))
            #expect(list == made)
            #expect(chips.map(list.contains) == [true, false, true])
            for place in [0, 30, made.bytes.count - 70, made.bytes.count - 1] {
                var bytes = made.bytes
                bytes[place] ^= 1
                #expect(StatusList(bytes: bytes, signedBy: key.publicKey) == nil)
            }
            #expect(StatusList(bytes: [], signedBy: key.publicKey) == nil)
        }
    }
}
