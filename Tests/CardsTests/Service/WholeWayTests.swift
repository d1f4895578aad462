import Access
import Chip
import Civil
import Database
import Ledger
import Population
import TestStores
import Testing

@testable import Cards

@Suite("From the counter to the hand of the holder")
struct WholeWayTests {
    @Test(
        "one card: applied for, made, checked, sent, handed over; found by number and by chip",
        arguments: TestStore.engines)
    func wholeWay(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let ordered = try await stage.ordered(0)
            #expect(ordered.stage == .waiting && ordered.due?.description == "2026-12-09")
            try await stage.openFactory(blanks: 3)
            let batch = try await stage.runningBatch(blanks: 2)
            let (ticket, reading, chip) = try await stage.make(batch)
            #expect(try await stage.check(ticket.card, reading) == [])
            #expect(try await stage.cards.giveBackBlanks(of: batch, by: CardStage.keeper) == 1)
            #expect(try await stage.cards.closeBatch(batch, by: CardStage.factory).difference == 0)
            try await stage.send(1)

            let number = try #require(PersonalIdentificationNumber(canonical: CardStage.number(0)))
            let waiting = try await stage.cards.standing(number: number, issued: ordered.issued, by: CardStage.counter)
            #expect(waiting?.status == .made && waiting?.isValid == false)
            try await stage.cards.handOver(ordered.handle, check: .face, oldCard: .none, by: CardStage.counter)
            let looks = try await stage.count("SELECT count(*) FROM look")
            let standing = try await stage.cards.standing(number: number, issued: ordered.issued, by: CardStage.counter)
            #expect(standing?.isValid == true && standing?.card == ordered.handle)
            #expect(try await stage.count("SELECT count(*) FROM look") == looks + 1)
            let byChip = try await stage.cards.standing(chipKey: chip.key.publicKey, by: CardStage.counter)
            #expect(byChip == standing)
            #expect(
                try await stage.cards.standing(
                    number: number, issued: ordered.issued.advanced(byDays: 1), by: CardStage.counter) == nil)

            let history = try await stage.cards.history(of: ordered.handle, by: CardStage.counter)
            #expect(history.count == 5 && history.allSatisfy { $0.act.kind == .cardChanged })
            #expect(history.map(\.act.actor.account).contains("quay"))
            #expect(try await stage.cards.stock(by: CardStage.auditor).difference == 0)
            let flow = try await stage.cards.flow(by: CardStage.auditor)
            #expect(flow.isBalanced && !flow.hasAlarm)
            for line in flow.lines where line.stage != .reconciling {
                #expect(line.count.waits == 0 && line.count.came > 0, "\(line.stage)")
            }
            try await expectPlaces(stage)
            // The snapshot has the day's name of the place, and the card says what the snapshot says.
            #expect(ticket.content.residence?.hasSuffix("Phường Ba Đình, Thành phố Hà Nội") == true)
            let inspection = PassiveAuthentication(trust: stage.issuer.trust, at: stage.cards.surroundings.now())
            #expect(inspection.verdict(on: chip.files).isGenuine)
        }
    }

    /// The parts are the whole: of the provinces, of the communes of one, and of the sites.
    private func expectPlaces(_ stage: CardStage) async throws {
        let whole = try await stage.cards.flow(by: CardStage.auditor)
        let unknown = try await stage.cards.flowByPlace(by: CardStage.auditor)
        #expect(unknown.places.map(\.unit) == [nil], "an office that nobody opened is of no place")
        try await stage.cards.database.write { connection in
            try connection.execute(
                """
                INSERT INTO office (code, since, name, level, unit_set, unit_code)
                VALUES (?, '2021-02-25', 'Công an Phường Ba Đình', 'commune', 'from-2025-07-01', '00004')
                """, [.text(CardStage.office)])
        }
        let hanoi = UnitCode("01", .fromJuly2025)
        for (province, unit) in [(nil, hanoi), (hanoi, UnitCode("00004", .fromJuly2025))] {
            let flow = try await stage.cards.flowByPlace(under: province, by: CardStage.auditor)
            #expect(flow.places.map(\.unit) == [unit])
            let place = try #require(flow.places.first)
            #expect(place.isBalanced && !place.alarm)
            #expect(place.handedOver == whole.lines.first { $0.stage == .handingOver }?.count.went)
            #expect(place.underWay == 0 && place.ready == 0 && place.oldest == nil && place.firstDue == nil)
            #expect(flow.sites.map(\.site) == ["hn"] && flow.sites.allSatisfy { $0.forecast == 0 })
        }
        let elsewhere = try await stage.cards.flowByPlace(
            under: UnitCode("79", .fromJuly2025), by: CardStage.auditor)
        #expect(elsewhere.places.isEmpty && !elsewhere.sites.isEmpty)
        await #expect(throws: AccessRefusal.roleMayNotDo) {
            try await stage.cards.flowByPlace(by: CardStage.officer("ho-tich", .civilStatusSystem))
        }
    }

    @Test("an exchanged card ends when the next one is handed over", arguments: TestStore.engines)
    func exchange(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            try await stage.openFactory()
            let first = try await stage.held(0)
            let second = try await stage.ordered(0, .nameOrBirth)
            let batch = try await stage.runningBatch(blanks: 1)
            let (ticket, reading, _) = try await stage.make(batch)
            _ = try await stage.check(ticket.card, reading)
            try await stage.send(1)
            await #expect(throws: CardLifeRefusal.oldCardMissing) {
                try await stage.cards.handOver(second.handle, check: .face, oldCard: .none, by: CardStage.counter)
            }
            await #expect(throws: CardLifeRefusal.identityNotChecked) {
                try await stage.cards.handOver(second.handle, check: nil, oldCard: .collected, by: CardStage.counter)
            }
            #expect(try await stage.card(first.handle).status == .active)
            try await stage.cards.handOver(second.handle, check: .papers, oldCard: .collected, by: CardStage.counter)
            #expect(try await stage.card(first.handle).status == .exchanged)
            #expect(try await stage.card(second.handle).status == .active)
            #expect(try await stage.count("SELECT count(*) FROM card WHERE status = 'active'") == 1)
        }
    }

    @Test("held, lost, found, revoked, expired: each as the ways allow", arguments: TestStore.engines)
    func life(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            try await stage.openFactory()
            let card = try await stage.held(0).handle
            func standing() async throws -> CardStanding? {
                let card = try await stage.card(card)
                return try await stage.cards.standing(number: card.number, issued: card.issued, by: CardStage.counter)
            }
            try await stage.cards.hold(card, .detention, by: CardStage.counter)
            #expect(try await standing()?.isValid == false)
            await #expect(throws: CardLifeRefusal.notNow(.reportLost, .held)) {
                try await stage.cards.reportLost(card, by: CardStage.counter)
            }
            try await stage.cards.giveBack(card, by: CardStage.counter)
            try await stage.cards.reportLost(card, by: CardStage.counter)
            #expect(try await standing()?.status == .lost)
            try await stage.cards.reportFound(card, by: CardStage.counter)
            await #expect(throws: AccessRefusal.roleMayNotDo) {
                try await stage.cards.revoke(card, .altered, by: CardStage.counter)
            }
            #expect(try await standing()?.isValid == true)
            // Born in May 1980, it holds until May 2040; the day decides, noted or not.
            stage.advance(days: 365 * 14)
            #expect(try await standing()?.status == .expired)
            #expect(try await stage.cards.expireDue(by: CardStage.factory) == 1)
            #expect(try await stage.card(card).status == .expired)
        }
    }

    @Test("children: none taken under six, with a representative; DG2 is not there", arguments: TestStore.engines)
    func children(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let infant = try #require(PersonSelector(parsing: CardStage.infant))
            await #expect(throws: ApplicationRefusal.representativeNeeded) {
                try await stage.cards.apply(for: infant, stage.request(), by: CardStage.counter)
            }
            let application = try await stage.cards.applyInOneSitting(
                for: infant, stage.request(), Capture(), representative: try stage.person(0), by: CardStage.counter)
            try await stage.cards.approve(application.handle, by: CardStage.decider)
            let card = try await stage.cards.order(application.handle, by: CardStage.decider)
            #expect(card.expires?.description == "2037-02-01")
            try await stage.openFactory()
            let (ticket, reading, chip) = try await stage.make(try await stage.runningBatch(blanks: 1))
            #expect(ticket.portrait == nil && chip.files[.dg2] == nil)
            #expect(try await stage.check(ticket.card, reading) == [])
        }
    }

    @Test("who may not do it, and a second application, are refused", arguments: TestStore.engines)
    func refused(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let application = try await stage.cards.applyInOneSitting(
                for: try stage.person(0), stage.request(), CardStage.capture, by: CardStage.counter)
            await #expect(throws: ApplicationRefusal.anotherIsOpen) {
                try await stage.cards.apply(for: try stage.person(0), stage.request(), by: CardStage.counter)
            }
            await #expect(throws: AccessRefusal.roleMayNotDo) {
                try await stage.cards.approve(application.handle, by: CardStage.counter)
            }
            let same = Requester(
                actor: Actor(account: "quay", role: "approver", office: CardStage.office), role: .approver,
                jurisdiction: .nation, ground: CardStage.decider.ground)
            await #expect(throws: ApplicationRefusal.ownApplication) {
                try await stage.cards.approve(application.handle, by: same)
            }
            // The record changes between the signature and the decision.
            try await stage.record(
                "details_changed", of: CardStage.number(0), #""details":{"religion":"Phật giáo"}"#)
            await #expect(throws: ApplicationRefusal.recordChanged) {
                try await stage.cards.approve(application.handle, by: CardStage.decider)
            }
            try await stage.cards.sendBack(application.handle, reason: "dữ liệu đã đổi", by: CardStage.decider)
            try await stage.cards.capture(application.handle, CardStage.capture, by: CardStage.counter)
            try await stage.cards.confirm(application.handle, by: CardStage.counter)
            _ = try await stage.cards.submit(application.handle, by: CardStage.counter)
            try await stage.cards.approve(application.handle, by: CardStage.decider)
            await #expect(throws: ApplicationRefusal.notNow(.approve, .approved)) {
                try await stage.cards.approve(application.handle, by: CardStage.decider)
            }
            var booking = stage.request()
            booking.booked = stage.cards.surroundings.today.advanced(byDays: 3)
            let booked = try await stage.cards.apply(for: try stage.person(2), booking, by: CardStage.counter)
            #expect(booked.status == .booked)
            await #expect(throws: ApplicationRefusal.notNow(.capture, .booked)) {
                try await stage.cards.capture(booked.handle, CardStage.capture, by: CardStage.counter)
            }
            try await stage.cards.step(booked.handle, .identify, reason: "đã đến", by: CardStage.counter)
            let elsewhere = Requester(
                actor: Actor(account: "quay-khac", role: "commune_officer", office: "xa-khac"), role: .communeOfficer,
                jurisdiction: .nobody, ground: CardStage.counter.ground)
            await #expect(throws: ApplicationRefusal.unknown) {
                try await stage.cards.capture(booked.handle, CardStage.capture, by: elsewhere)
            }
            #expect(try await stage.cards.verify(by: CardStage.auditor).isClean)
            let dry = try await stage.cards.apply(
                for: try stage.person(1), stage.request(), by: CardStage.counter, dryRun: true)
            #expect(dry.fee == 0)
            #expect(try await stage.count("SELECT count(*) FROM card_application") == 2)
        }
    }

    @Test("two at once for one person: one application stands", arguments: TestStore.engines)
    func atOnce(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let person = try stage.person(2)
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        (try? await stage.cards.apply(for: person, stage.request(), by: CardStage.counter)) != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(outcomes == 1)
            #expect(try await stage.count("SELECT count(*) FROM card_application") == 1)
        }
    }
}
