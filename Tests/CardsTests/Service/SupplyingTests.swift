import Access
import Civil
import Database
import Ledger
import Population
import TestStores
import Testing

@testable import Cards

@Suite("Supplies of a site")
struct SupplyingTests {
    @Test("what is left follows from the cards that were printed and packed", arguments: TestStore.engines)
    func used(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let card = try await stage.ordered(0)
            try await stage.openFactory(blanks: 5)
            let cards = stage.cards
            for kind in SupplyKind.allCases {
                try await cards.receive(kind, at: "hn", cards: 7, note: "PN-1", by: CardStage.keeper)
                try await cards.count(kind, at: "hn", cards: 40, leadDays: 3, note: "KK-1", by: CardStage.keeper)
                try await cards.receive(kind, at: "hn", cards: 10, note: "PN-2", by: CardStage.keeper)
            }
            func left() async throws -> [SupplyKind: Int] {
                let supplies = try await cards.supplies(by: CardStage.auditor)
                #expect(supplies.allSatisfy { $0.supply.leadDays == 3 && $0.supply.site == "hn" })
                return Dictionary(uniqueKeysWithValues: supplies.map { ($0.supply.kind, $0.left) })
            }
            #expect(try await left() == [.ribbon: 50, .laminate: 50, .envelope: 50])
            let batch = try await stage.runningBatch(blanks: 3)
            let untouched = try await cards.lease(of: batch, to: "may-1", by: CardStage.factory)
            try await cards.release(untouched.job.id, by: CardStage.factory)
            #expect(try await left() == [.ribbon: 50, .laminate: 50, .envelope: 50])
            let spoiled = try await cards.lease(of: batch, to: "may-1", by: CardStage.factory)
            try await cards.fail(spoiled.job.id, .printerFault, by: CardStage.factory)
            let made = try await stage.make(batch)
            #expect(try await stage.check(card.handle, made.reading) == [])
            #expect(try await left() == [.ribbon: 48, .laminate: 48, .envelope: 50])
            _ = try await cards.pack(at: "hn", for: try await stage.card(card.handle).pickup, by: CardStage.factory)
            #expect(try await left() == [.ribbon: 48, .laminate: 48, .envelope: 49])
            #expect(try await cards.verify(by: CardStage.auditor).isClean)
            try await cards.count(.ribbon, at: "hn", cards: 45, leadDays: 3, note: "KK-2", by: CardStage.keeper)
            #expect(try await left()[.ribbon] == 45)
            #expect(try await cards.verify(by: CardStage.auditor).isClean)
        }
    }

    @Test("what cannot be is refused, and nothing is written")
    func refused() async throws {
        try await CardStage.with(.sqlite) { stage in
            try await stage.openFactory(blanks: 1)
            let cards = stage.cards
            func receive(
                _ site: String = "hn", _ count: Int = 1, _ note: String = "PN", by: Requester = CardStage.keeper
            )
                async -> (any Error)?
            {
                do {
                    try await cards.receive(.ribbon, at: site, cards: count, note: note, by: by)
                    return nil
                } catch { return error }
            }
            #expect(await receive("xx") as? ProductionRefusal == .siteUnknown)
            #expect(await receive("hn", 0) as? SupplyRefusal == .countOutOfRange)
            #expect(await receive("hn", Supply.most + 1) as? SupplyRefusal == .countOutOfRange)
            #expect(await receive("hn", 1, " ") as? SupplyRefusal == .noteNeeded)
            #expect(await receive(by: CardStage.factory) is AccessRefusal)
            await #expect(throws: SupplyRefusal.leadDaysOutOfRange) {
                try await cards.count(.laminate, at: "hn", cards: 0, leadDays: 366, note: "KK", by: CardStage.keeper)
            }
            #expect(try await cards.supplies(by: CardStage.auditor) == [])
            #expect(await receive("hn", Supply.most) == nil)
            #expect(await receive() as? SupplyRefusal == .countOutOfRange)
        }
    }
}
