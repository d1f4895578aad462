import Access
import Civil
import Database
import Drawing
import Ledger
import Population
import TestStores
import Testing

@testable import Cards

@Suite("What is printed of applications and cards")
struct PrintingTests {
    /// Every value of a paper, one after the other.
    private func values(
        of form: ApplicationForm, _ handle: String, on stage: CardStage
    ) async throws -> [String] {
        let record = try await stage.cards.record(of: handle, for: form, by: CardStage.counter)
        let paper = ApplicationPaper(
            record, offices: [CardStage.office: "Công an Phường Ba Đình"], units: stage.population.units,
            today: stage.population.surroundings.today, isSpecimen: true
        ).paper(form)
        #expect(paper.code == handle && paper.office == "Công an Phường Ba Đình")
        return paper.sections.flatMap(\.rows).compactMap(\.value)
    }

    @Test(
        "the collection sheet shows the record as it was confirmed, whatever comes after", arguments: TestStore.engines)
    func collection(engine: Engine) async throws {
        try await CardStage.with(engine) { stage in
            let application = try await stage.cards.applyInOneSitting(
                for: try stage.person(0), stage.request(), CardStage.capture, by: CardStage.counter)
            let looks = try await stage.count("SELECT count(*) FROM look")
            let before = try await values(of: .cc01, application.handle, on: stage)
            #expect(try await stage.count("SELECT count(*) FROM look") == looks + 1)
            #expect(before.contains("NGUYỄN VĂN AN AN") && before.contains(CardStage.number(0)))
            #expect(before.contains("Không") && !before.contains("Phật giáo"))
            #expect(before.contains("Đã thu nhận 0 ngón; 10 ngón chưa có máy thu"))
            try await stage.record(
                "details_changed", of: CardStage.number(0), #""details":{"religion":"Phật giáo"}"#)
            #expect(try await values(of: .cc01, application.handle, on: stage) == before)
        }
    }

    @Test("the slip says when and where, the refusal why; neither is there before its step")
    func slipAndRefusal() async throws {
        try await CardStage.with(.sqlite) { stage in
            let application = try await stage.cards.applyInOneSitting(
                for: try stage.person(1), stage.request(), CardStage.capture, by: CardStage.counter)
            let slip = try await values(of: .cc02, application.handle, on: stage)
            #expect(slip.contains("09/12/2026") && slip.contains("Công an Phường Ba Đình"))
            #expect(!slip.contains(CardStage.number(1)))
            await #expect(throws: ApplicationRefusal.paperNotNow(.submitted)) {
                try await values(of: .cc03, application.handle, on: stage)
            }
            let reason = "Luật 26/2023/QH15, Điều 19: chưa đủ điều kiện"
            try await stage.cards.refuse(
                application.handle, .entitled, reason: "chưa đủ điều kiện", by: CardStage.decider)
            #expect(try await values(of: .cc03, application.handle, on: stage).contains(reason))
            await #expect(throws: ApplicationRefusal.paperNotNow(.refused)) {
                try await values(of: .cc02, application.handle, on: stage)
            }
            var booking = stage.request()
            booking.booked = CalendarDate(iso: "2026-12-03")
            let booked = try await stage.cards.apply(for: try stage.person(2), booking, by: CardStage.counter)
            #expect(try await values(of: .cc02, booked.handle, on: stage).contains("03/12/2026"))
        }
    }

    @Test("the faces show the snapshot with its portrait, a child's without; a look each time")
    func faces() async throws {
        try await CardStage.with(.sqlite) { stage in
            let card = try await stage.ordered(0)
            let looks = try await stage.count("SELECT count(*) FROM look")
            let printed = try await stage.cards.faces(of: card.handle, by: CardStage.counter)
            #expect(try await stage.count("SELECT count(*) FROM look") == looks + 1)
            #expect(printed.content.portrait == CardStage.face?.image && printed.content.isSpecimen)
            #expect(printed.content.zone.count == 3 && printed.content.design == .identityCard2024)
            #expect(printed.content.code.hasPrefix(CardStage.number(0)))
            #expect(try CardFaces(printed.content).pdf().starts(with: "%PDF-".utf8))

            let infant = try #require(PersonSelector(parsing: CardStage.infant))
            let application = try await stage.cards.applyInOneSitting(
                for: infant, stage.request(), Capture(), representative: try stage.person(0), by: CardStage.counter)
            let sheet = try await values(of: .cc01, application.handle, on: stage)
            #expect(sheet.contains { $0.hasPrefix("Nguyễn Văn An An · ") })
            try await stage.cards.approve(application.handle, by: CardStage.decider)
            let child = try await stage.cards.order(application.handle, by: CardStage.decider)
            #expect(try await stage.cards.faces(of: child.handle, by: CardStage.counter).content.portrait == nil)
        }
    }

    @Test("roles without cards to hand over or applications to take see nothing")
    func roles() async throws {
        try await CardStage.with(.sqlite) { stage in
            let card = try await stage.ordered(0)
            await #expect(throws: AccessRefusal.roleMayNotDo) {
                try await stage.cards.faces(of: card.handle, by: CardStage.auditor)
            }
        }
    }
}
