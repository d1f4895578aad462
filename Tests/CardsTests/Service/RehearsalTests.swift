import Access
import Civil
import Database
import TestStores
import Testing

@testable import Cards

@Suite("A factory with random faults")
struct RehearsalTests {
    @Test("whatever fails, every blank and every card is accounted for", arguments: [1, 2, 3, 4] as [UInt64])
    func balances(seed: UInt64) async throws {
        try await walk(.sqlite, seed: seed, people: 24, faults: 0.15)
    }

    @Test("the same on the other engines", arguments: TestStore.engines.filter { $0 != .sqlite })
    func balancesElsewhere(engine: Engine) async throws {
        try await walk(engine, seed: 5, people: 16, faults: 0.2)
    }

    private func walk(_ engine: Engine, seed: UInt64, people: Int, faults: Double) async throws {
        try await CardStage.with(engine, people: people) { stage in
            var rehearsal = FactoryRehearsal(
                of: stage.cards,
                .init(site: "dt", office: CardStage.office, faults: faults, seed: seed, cardsPerBatch: 7),
                signer: stage.issuer.signer, trust: stage.issuer.trust)
            try await rehearsal.run(try (0..<people).map(stage.person))
            let report = rehearsal.report
            #expect(report.applications == report.handedOver && report.handedOver > 0, "\(report)")
            #expect(report.applications + report.refusedApplications.values.reduce(0, +) <= people)
            #expect(!report.faults.isEmpty && report.jobs > report.handedOver)
            try await expectSound(stage)
        }
    }

    @Test("what broke off at any moment is gone on with, and balances")
    func goesOn() async throws {
        struct PowerCut: Error {}
        try await CardStage.with(.sqlite, people: 8) { stage in
            let people = try (0..<8).map(stage.person)
            func rehearsal(_ seed: UInt64, cutAfter: Int?) -> FactoryRehearsal {
                var left = cutAfter
                return FactoryRehearsal(
                    of: stage.cards,
                    .init(site: "dt", office: CardStage.office, faults: 0.1, seed: seed, cardsPerBatch: 3),
                    signer: stage.issuer.signer, trust: stage.issuer.trust
                ) { _, _ in
                    // The power goes while the files of a card that has just passed are written.
                    left = left.map { $0 - 1 }
                    if left == 0 { throw PowerCut() }
                }
            }
            for (seed, cut) in [(1, 1), (2, 2), (3, 3)] as [(UInt64, Int)] {
                var broken = rehearsal(seed, cutAfter: cut)
                await #expect(throws: PowerCut.self) { try await broken.run(people) }
            }
            var last = rehearsal(4, cutAfter: nil)
            try await last.run(people)
            try await expectSound(stage)
        }
    }

    /// The invariants of stock, batches, cards and flow, each counted from the rows themselves.
    private func expectSound(_ stage: CardStage) async throws {
        let stock = try await stage.cards.stock(by: CardStage.auditor)
        #expect(stock.difference == 0 && stock.unmatched == 0, "\(stock)")
        #expect(stock.fates[.issued] == nil && stock.fates[.received] == nil && stock.fates[.spoiled] == nil)
        for batch in try await stage.cards.batches(by: CardStage.auditor) {
            let balance = try await stage.cards.balance(ofBatch: batch.code, by: CardStage.auditor)
            #expect(batch.status == .closed && balance.obstacle == nil, "\(batch.code) \(balance)")
        }
        let verification = try await stage.cards.verify(by: CardStage.auditor)
        #expect(verification.isClean && verification.acts > 0, "\(verification.differences)")
        let flow = try await stage.cards.flow(by: CardStage.auditor)
        #expect(flow.isBalanced && flow.lines.allSatisfy { $0.count.waits == 0 }, "\(flow)")
        for (rule, sql) in [
            ("a card was made on one good blank", "SELECT count(*) FROM blank WHERE fate = 'good'"),
            ("a card that passed is active", "SELECT count(*) FROM card WHERE status IS NOT NULL"),
        ] {
            let made = try await stage.count("SELECT count(*) FROM card WHERE status = 'active'")
            #expect(try await stage.count(sql) == made, "\(rule)")
        }
        let spoiledJobs = try await stage.count("SELECT count(*) FROM card_job WHERE state = 'spoiled'")
        let rejected = try await stage.count(
            """
            SELECT count(*) FROM card_job j WHERE j.state = 'finished' AND NOT EXISTS (
                SELECT 1 FROM card c WHERE c.blank = j.serial)
            """)
        let lost = try await stage.count("SELECT count(*) FROM card_job WHERE state = 'lost'")
        let stockNow = stock.fates
        #expect(stockNow[.destroyed, default: 0] == spoiledJobs + rejected)
        #expect(stockNow[.lost, default: 0] == lost)
    }
}
