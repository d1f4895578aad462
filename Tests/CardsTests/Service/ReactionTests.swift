import Access
import Chip
import Civil
import Database
import Ledger
import Population
import TestStores
import Testing

@testable import Cards

@Suite("What the register's acts do to cards, in their own transaction")
struct ReactionTests {
    @Test("a death stops the card that is held, and an annulment gives it back", arguments: TestStore.engines)
    func death(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            try await stage.openFactory()
            let card = try await stage.held(0)
            try await stage.die(0)
            let stopped = try await stage.card(card.handle)
            #expect(stopped.status == .stoppedOnDeath && stopped.stopped == .death)
            let standing = try await stage.cards.standing(
                number: card.number, issued: card.issued, by: CardStage.counter)
            #expect(standing?.isValid == false)
            // The card's act carries the instant of the death's act.
            let times = try await stage.cards.database.read { connection in
                try connection.rows(
                    "SELECT kind, recorded_at FROM act ORDER BY act_id DESC LIMIT 3"
                ) { (try $0.text(0), try $0.int64(1)) }
            }
            #expect(Set(times.map(\.0)) == ["died", "card_changed"])
            await #expect(throws: ApplicationRefusal.personDead) {
                try await stage.cards.apply(for: try stage.person(0), stage.request(.lost), by: CardStage.counter)
            }
            try await stage.comeBack(0)
            #expect(try await stage.card(card.handle).status == .active)
        }
    }

    @Test("a death ends an application at any step, and the order with it", arguments: TestStore.engines)
    func applications(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let opened = try await stage.cards.apply(
                for: try stage.person(0), stage.request(), by: CardStage.counter)
            let ordered = try await stage.ordered(1)
            try await stage.die(0)
            try await stage.die(1)
            #expect(
                try await stage.cards.application(opened.handle, by: CardStage.counter).status == .ended)
            #expect(try await stage.card(ordered.handle).stage == .cancelled)
            #expect(try await stage.count("SELECT count(*) FROM card_application WHERE status = 'ended'") == 2)
        }
    }

    @Test("somebody dies between print and hand-over: the card never leaves", arguments: TestStore.engines)
    func between(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            for place in 0..<4 { _ = try await stage.ordered(place) }
            try await stage.openFactory()
            let batch = try await stage.runningBatch(blanks: 8)
            // At the machine.
            let working = try await stage.cards.lease(of: batch, to: "may-1", by: CardStage.factory)
            // Made, and not checked yet.
            let (produced, reading, _) = try await stage.make(batch)
            // Passed.
            let (passed, second, _) = try await stage.make(batch)
            _ = try await stage.check(passed.card, second)
            // At the office.
            let (sent, third, _) = try await stage.make(batch)
            _ = try await stage.check(sent.card, third)
            try await stage.send(2)
            for ticket in [working, produced, passed, sent] {
                try await stage.die(ticket.content.number)
            }
            try await stage.cards.release(working.job.id, by: CardStage.factory)
            #expect(try await stage.card(working.card).stage == .cancelled)
            #expect(try await stage.check(produced.card, reading) == [.holderStopped])
            #expect(try await stage.card(produced.card).stage == .cancelled)
            for ticket in [passed, sent] {
                await #expect(throws: ProductionRefusal.holderStopped) {
                    try await stage.cards.handOver(ticket.card, check: .face, oldCard: .none, by: CardStage.counter)
                }
                let plan = try await stage.cards.planDestruction(
                    card: ticket.card, note: "người được cấp đã chết", by: CardStage.keeper)
                try await stage.cards.confirmDestruction(plan.id, by: CardStage.witness)
            }
            _ = try await stage.cards.giveBackBlanks(of: batch, by: CardStage.keeper)
            #expect(try await stage.cards.closeBatch(batch, by: CardStage.factory).difference == 0)
            #expect(try await stage.cards.stock(by: CardStage.auditor).difference == 0)
            #expect(try await stage.cards.flow(by: CardStage.auditor).isBalanced)
            let verification = try await stage.cards.verify(by: CardStage.auditor)
            #expect(verification.isClean, "\(verification.differences)")
        }
    }

    @Test("who loses the nationality loses the card, on the law's ground", arguments: TestStore.engines)
    func nationality(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            try await stage.openFactory()
            let card = try await stage.held(0)
            try await stage.record("nationality_changed", of: CardStage.number(0), #""nationality":"Lào""#)
            #expect(try await stage.card(card.handle).status == .revoked)
            let history = try await stage.cards.history(of: card.handle, by: CardStage.counter)
            #expect(
                history.last?.change
                    == .cardChanged(card: card.handle, action: .revoke, ground: "nationality_lost", note: nil))
        }
    }

    @Test("what fails in the reaction undoes the death", arguments: TestStore.engines)
    func together(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            try await stage.openFactory()
            _ = try await stage.held(0)
            let acts = try await stage.count("SELECT count(*) FROM act")
            // The card's row is made such that no change of it is written.
            try await stage.cards.database.write { connection in
                try connection.execute(
                    "INSERT INTO card_application SELECT application_id + 1, 'x' || substr(handle, 2), person_id, "
                        + "person_version, ground, channel, 'opened', fee, representative, officer, office, pickup, "
                        + "urgent, opened_at, changed_at, due, decided_by, decider_role, product FROM card_application")
                try connection.execute("UPDATE card_application SET ground = 'broken' WHERE status = 'opened'")
            }
            await #expect(throws: (any Error).self) { try await stage.die(0) }
            #expect(try await stage.count("SELECT count(*) FROM act") == acts)
            #expect(try await stage.count("SELECT count(*) FROM person WHERE life = 'dead'") == 0)
        }
    }

    @Test(
        "a merge stops the duplicate's cards, the other's go on, and undoing it gives them back",
        arguments: TestStore.engines)
    func merge(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            try await stage.openFactory()
            let (lost, kept) = (try await stage.held(0), try await stage.held(1))
            try await stage.cards.reportLost(lost.handle, by: CardStage.counter)
            let waiting = try await stage.ordered(2)
            let (goesOn, duplicates) = (
                try await stage.handle(1), [try await stage.handle(0), try await stage.handle(2)]
            )
            for duplicate in duplicates { try await stage.merge(duplicate, into: goesOn) }
            let stopped = try await stage.card(lost.handle)
            #expect(stopped.status == .stoppedOnMerge && stopped.stopped == .merge)
            #expect(try await stage.card(waiting.handle).stage == .cancelled)
            #expect(try await stage.card(kept.handle).status == .active)
            let standing = try await stage.cards.standing(
                number: lost.number, issued: lost.issued, by: CardStage.counter)
            #expect(standing?.isValid == false)
            let list = try await stage.cards.statusList(by: try SoftwareSigner(), by: CardStage.counter)
            #expect(list.count == 1)
            #expect(try await stage.cards.cards(of: stage.person(1), by: CardStage.counter).count == 3)
            #expect(try await stage.cards.verify(by: CardStage.auditor).isClean)
            for duplicate in duplicates { try await stage.merge(duplicate, into: goesOn, undoing: true) }
            #expect(try await stage.card(lost.handle).status == .lost)
            // What was cancelled does not come back: whoever still wants a card applies anew.
            #expect(try await stage.card(waiting.handle).stage == .cancelled)
            #expect(try await stage.cards.cards(of: stage.person(1), by: CardStage.counter).count == 1)
            #expect(try await stage.cards.verify(by: CardStage.auditor).isClean)
        }
    }

    @Test("who died and is then merged stays dead when the merge is undone", arguments: TestStore.engines)
    func mergedDead(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            try await stage.openFactory()
            let card = try await stage.held(0).handle
            try await stage.die(0)
            let (duplicate, goesOn) = (try await stage.handle(0), try await stage.handle(1))
            try await stage.merge(duplicate, into: goesOn)
            #expect(try await stage.card(card).status == .stoppedOnDeath)
            try await stage.merge(duplicate, into: goesOn, undoing: true)
            #expect(try await stage.card(card).status == .stoppedOnDeath)
            #expect(try await stage.card(card).stopped == .death)
            try await stage.comeBack(0)
            #expect(try await stage.card(card).status == .active)
        }
    }
}
