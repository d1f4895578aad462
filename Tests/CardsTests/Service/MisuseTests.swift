import Access
import Civil
import Database
import Ledger
import Population
import TestStores
import Testing

@testable import Cards

@Suite("What officers must not do with cards, and mistakes that are taken back")
struct MisuseTests {
    @Test("whoever had a part in taking an application does not decide on it", arguments: TestStore.engines)
    func ownApplication(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let cards = stage.cards
            let application = try await stage.submitted(0)
            try await cards.sendBack(application, reason: "ảnh mờ", by: CardStage.ministry)
            // Another picture by the one who would then approve it.
            try await cards.capture(application, CardStage.capture, by: CardStage.ministry)
            try await cards.confirm(application, by: CardStage.counter)
            _ = try await cards.submit(application, by: CardStage.counter)
            await #expect(throws: ApplicationRefusal.ownApplication) {
                try await cards.approve(application, by: CardStage.ministry)
            }
            try await cards.approve(application, by: CardStage.decider)
        }
    }

    @Test(
        "what changed after the decision is not printed; the applicant confirms it anew", arguments: TestStore.engines)
    func changedRecord(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let cards = stage.cards
            let application = try await stage.submitted(0)
            try await cards.approve(application, by: CardStage.decider)
            try await stage.record("details_changed", of: CardStage.number(0), #""details":{"phone":"0900000011"}"#)
            await #expect(throws: ApplicationRefusal.recordChanged) {
                try await cards.order(application, by: CardStage.decider)
            }
            try await cards.sendBack(application, reason: "dữ liệu đã đổi", by: CardStage.decider)
            _ = try await cards.goOn(application, face: CardStage.face, by: CardStage.counter)
            try await cards.approve(application, by: CardStage.decider)
            _ = try await cards.order(application, by: CardStage.decider)
        }
    }

    @Test("a card of another office is none; its loss is told anywhere", arguments: TestStore.engines)
    func otherOffice(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            try await stage.openFactory()
            let card = try await stage.held(0).handle
            let (clerk, approver) = (stranger(.communeOfficer), stranger(.approver))
            await #expect(throws: ProductionRefusal.cardUnknown) { try await stage.cards.card(card, by: clerk) }
            await #expect(throws: ProductionRefusal.cardUnknown) { try await stage.cards.history(of: card, by: clerk) }
            await #expect(throws: ProductionRefusal.cardUnknown) {
                try await stage.cards.hold(card, .prison, by: clerk)
            }
            await #expect(throws: ProductionRefusal.cardUnknown) {
                try await stage.cards.revoke(card, .altered, by: approver)
            }
            #expect(try await stage.card(card).status == .active)
            try await stage.cards.reportLost(card, by: clerk)
            #expect(try await stage.card(card).status == .lost)
            await #expect(throws: ProductionRefusal.cardUnknown) { try await stage.cards.reportFound(card, by: clerk) }
            let application = try await stage.submitted(1)
            await #expect(throws: ApplicationRefusal.unknown) {
                try await stage.cards.application(application, by: clerk)
            }
            try await stage.cards.approve(application, by: CardStage.decider)
            await #expect(throws: ApplicationRefusal.unknown) { try await stage.cards.order(application, by: approver) }
        }
    }

    @Test("a card is handed over at an office that there is", arguments: TestStore.engines)
    func pickup(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            for place in ["xa-99999", "", String(repeating: "x", count: 1_000), "xa-00004\nxa-00005"] {
                await #expect(throws: ApplicationRefusal.pickupUnknown) {
                    try await stage.cards.apply(
                        for: try stage.person(0), CardRequest(ground: .first, pickup: place), by: CardStage.counter)
                }
            }
        }
    }

    @Test("an annulled death makes of a card what it was", arguments: TestStore.engines)
    func resumed(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            try await stage.openFactory()
            let (lost, held, active) = (
                try await stage.held(0), try await stage.held(1), try await stage.held(2)
            )
            try await stage.cards.reportLost(lost.handle, by: CardStage.counter)
            try await stage.cards.hold(held.handle, .prison, by: CardStage.counter)
            for place in 0..<3 {
                try await stage.die(place)
                try await stage.comeBack(place)
            }
            #expect(try await stage.card(lost.handle).status == .lost)
            #expect(try await stage.card(held.handle).status == .held)
            #expect(try await stage.card(active.handle).status == .active)
            // A second death finds the same.
            try await stage.die(0)
            try await stage.comeBack(0, certificate: "2/2026")
            #expect(try await stage.card(lost.handle).status == .lost)
            #expect(try await stage.cards.verify(by: CardStage.auditor).isClean)
        }
    }

    @Test("a card at the office is handed over after a death that was none", arguments: TestStore.engines)
    func handedOverAfterAll(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            try await stage.openFactory()
            let card = try await stage.atOffice(0)
            try await stage.die(0)
            try await stage.comeBack(0)
            try await stage.cards.handOver(card.handle, check: .face, oldCard: .none, by: CardStage.counter)
            #expect(try await stage.card(card.handle).status == .active)
            #expect(try await stage.cards.verify(by: CardStage.auditor).isClean)
        }
    }

    @Test("a card that was never activated ends with the next one", arguments: TestStore.engines)
    func neverActivated(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            try await stage.openFactory()
            let first = try await stage.atOffice(0)
            try await stage.cards.handOver(
                first.handle, check: .face, oldCard: .none, activating: false, by: CardStage.counter)
            #expect(try await stage.card(first.handle).status == .delivered)
            let second = try await stage.atOffice(0, .wish)
            await #expect(throws: CardLifeRefusal.oldCardMissing) {
                try await stage.cards.handOver(second.handle, check: .face, oldCard: .none, by: CardStage.counter)
            }
            try await stage.cards.handOver(second.handle, check: .face, oldCard: .collected, by: CardStage.counter)
            #expect(try await stage.card(first.handle).status == .exchanged)
            try await stage.die(0)
            try await stage.comeBack(0)
            #expect(try await stage.card(second.handle).status == .active)
        }
    }

    @Test("a blank that came back to the vault is the batch's no more", arguments: TestStore.engines)
    func givenBack(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            try await stage.openFactory()
            _ = try await stage.ordered(0)
            let batch = try await stage.runningBatch(blanks: 2)
            let (ticket, reading, _) = try await stage.make(batch)
            _ = try await stage.check(ticket.card, reading)
            #expect(try await stage.cards.giveBackBlanks(of: batch, by: CardStage.keeper) == 1)
            // The one that came back, named twice.
            try await stage.cards.record(
                .lose, of: ["AA00000002", "AA00000002"], reason: "kiểm kê", by: CardStage.keeper)
            #expect(try await stage.cards.closeBatch(batch, by: CardStage.factory).difference == 0)
            #expect(try await stage.cards.verify(by: CardStage.auditor).isClean)
        }
    }

    @Test("serials that somebody types are counted before they are written out")
    func typedSerials() throws {
        #expect(throws: BlankRefusal.tooManyAtOnce) {
            try SerialRanges.serials(typed: Array(repeating: "AA00000001-AA99999999", count: 11_000))
        }
        for text in ["AA1", "AA00000002-AA00000001", "AA00000001-AB00000002", "AA00000001-AA00000002-AA00000003", "-"] {
            #expect(throws: BlankRefusal.serialMalformed) { try SerialRanges.serials(typed: [text]) }
        }
        #expect(throws: BlankRefusal.serialMalformed) { try SerialRanges.serials(typed: []) }
        #expect(try SerialRanges.serials(typed: ["AA00000001-AA00000002", "AB00000009"]).count == 3)
    }

    @Test("so many blanks as there are, and none less than one", arguments: TestStore.engines)
    func issued(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            try await stage.openFactory()
            _ = try await stage.ordered(0)
            let batch = try await stage.runningBatch(blanks: 1)
            for count in [-1, 0, 2_000_000_000] {
                await #expect(throws: BlankRefusal.tooManyAtOnce) {
                    try await stage.cards.issueBlanks(count, to: batch, by: CardStage.keeper)
                }
            }
        }
    }

    /// An officer of an office that has nothing to do with the applications of the stage.
    private func stranger(_ role: Role) -> Requester {
        Requester(
            actor: Actor(account: "khac", role: role.rawValue, office: "xa-99999"), role: role, jurisdiction: .nobody,
            ground: .stated(.cardApplication))
    }
}
