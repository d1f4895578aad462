import Access
import Cards
import Chip
import Civil
import Database
import Foundation
import HTTPTypes
import Ledger
import Population
import TestStores
import Testing

@testable import Web

/// A card from the counter to the hand, at the console: each desk does its own, and nothing of another.
@Suite("Cards at the console")
struct CardStoryTests {
    @Test("One application goes through every desk to its holder's hand", arguments: TestStore.engines)
    func wholeWay(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let way = try CardWay(stage)
            let application = try await way.ordered()
            let batch = try await way.runningBatch()
            let card = try await way.make(String(batch.split(separator: "/").last ?? ""))
            let producer = try await stage.signedIn("san-xuat-the")
            let open = try await producer.post(batch, ["step": "close"])
            #expect(open.status == 409, "a blank is still at large")
            let keeper = try await stage.signedIn("kho-phoi")
            _ = try CardWay.path(try await keeper.post(batch, ["step": "give_back"]))
            _ = try CardWay.path(try await producer.post(batch, ["step": "close"]))
            _ = try CardWay.path(
                try await producer.post("/factory", ["step": "pack", "site": "hn", "office": "xa-00097"]))
            let parcel = try #require(try await way.cards.parcels(at: .packed, by: LocalOperator.requester).first)
            _ = try CardWay.path(
                try await producer.post(
                    "/factory", ["step": "dispatch", "parcel": parcel.code, "tracking": "VD 1"]))

            let officer = try await stage.signedIn("can-bo-xa")
            let miscounted = try await officer.post("/cards/parcels/\(parcel.code)", ["counted": "2"])
            #expect(miscounted.status == 409)
            _ = try CardWay.path(try await officer.post("/cards/parcels/\(parcel.code)", ["counted": "1"]))
            let path = "/cards/\(card)"
            #expect(try await officer.page("/cards").text.contains(path))
            let unchecked = try await officer.post(path, ["step": "hand_over", "activate": "yes"])
            #expect(unchecked.status == 422)
            let byFingers = ["step": "hand_over", "check": "fingers", "activate": "yes"]
            #expect(try await officer.post(path, byFingers).status == 409, "no finger was compared")
            let probe = SpecimenFinger(seed: 9, finger: .rightIndex).jpeg()
            _ = try CardWay.path(
                try await officer.upload(path + "/fingers", ["finger": "right_index"], files: ["file": probe]))
            _ = try CardWay.path(try await officer.post(path, byFingers))
            #expect(try await officer.page(path).text.contains("đang có giá trị"))
            #expect(try await officer.page("/persons/\(stage.father)").text.contains(path))
            #expect(try await officer.page(application).text.contains("đã trả thẻ"))
            let verification = try await way.cards.verify(by: LocalOperator.requester)
            #expect(verification.isClean, "\(verification.differences)")
            let flow = try await stage.signedIn("kiem-toan").page("/factory/flow")
            #expect(flow.status == 200 && flow.text.contains("cân đối"))
        }
    }

    @Test("What one keeper plans to destroy waits for another one")
    func destruction() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let way = try CardWay(stage)
            _ = try await way.ordered()
            _ = try await way.runningBatch()
            let keeper = try await stage.signedIn("kho-phoi")
            let (page, serial) = ("/factory/stock", ["serials": "AA00000005"])
            _ = try CardWay.path(
                try await keeper.post(
                    page, serial.merging(["step": "record", "move": "sample", "reason": "mẫu"]) { $1 }))
            _ = try CardWay.path(
                try await keeper.post(page, serial.merging(["step": "destroy", "note": "biên bản 7"]) { $1 }))
            #expect(try await keeper.page(page).text.contains("biên bản 7"))
            let own = try await stage.requester("kho-phoi")
            let plan = try #require(try await way.cards.destructionPlans(by: own).first)
            let confirming = ["step": "confirm", "plan": String(plan.id)]
            #expect(try await keeper.post(page, confirming).status == 422)
            #expect(try await way.cards.blanks(.destroyed, by: own).isEmpty)
            try await way.cards.confirmDestruction(plan.id, by: LocalOperator.requester)
            #expect(try await way.cards.blanks(.destroyed, by: own) == ["AA00000005"])
            #expect(try await keeper.post(page, confirming).status == 404)
        }
    }

    @Test("A card's life is recorded on the grounds of the law alone, and a status check says so")
    func life() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let way = try CardWay(stage)
            _ = try await way.ordered()
            let batch = try await way.runningBatch()
            let card = try await way.make(String(batch.split(separator: "/").last ?? ""))
            let local = LocalOperator.requester
            let parcel = try await way.cards.pack(at: "hn", for: "xa-00097", by: local)
            try await way.cards.dispatch(parcel.code, tracking: "VD 1", by: local)
            try await way.cards.receive(parcel.code, counted: 1, by: local)
            try await way.cards.handOver(card, check: .face, oldCard: .none, by: local)

            let officer = try await stage.signedIn("can-bo-xa")
            let path = "/cards/\(card)"
            let today = stage.fixture.register.surroundings.today
            let question = [
                "number": WebSamples.father, "issued-day": String(today.description.suffix(2)),
                "issued-month": String(today.description.dropFirst(5).prefix(2)), "issued-year": String(today.year),
            ]
            func verdict() async throws -> Bool {
                try await officer.post("/cards/status", question).text.contains("Thẻ đang có giá trị")
            }
            #expect(try await verdict())
            let groundless = try await officer.post(path, ["step": "hold"])
            #expect(groundless.status == 422)
            for (step, holds) in [("report_lost", false), ("report_found", true)] {
                _ = try CardWay.path(try await officer.post(path, ["step": step]))
                #expect(try await verdict() == holds)
            }
            _ = try CardWay.path(try await officer.post(path, ["step": "hold", "ground-hold": "detention"]))
            #expect(try await !verdict())
            _ = try CardWay.path(try await officer.post(path, ["step": "give_back"]))
            let unable = try await officer.post(path, ["step": "revoke", "ground-revoke": "altered"])
            #expect(unable.status == 403)
            let approver = try await stage.signedIn("phe-duyet")
            _ = try CardWay.path(try await approver.post(path, ["step": "revoke", "ground-revoke": "altered"]))
            #expect(try await !verdict())
            let unknown = try await officer.post("/cards/status", question.merging(["issued-year": "2020"]) { $1 })
            #expect(unknown.status == 200 && unknown.text.contains("Không có thẻ nào như vậy"))
            #expect(try await officer.post("/cards/status", ["number": "1"]).status == 422)
        }
    }

    @Test("Every desk is told of its own work alone, and each look at an application is on record")
    func desks() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let way = try CardWay(stage)
            let path = try await way.ordered()
            for account in ["san-xuat-the", "kiem-tra-the", "kho-phoi", "kiem-toan", "quan-tri"] {
                let desk = try await stage.signedIn(account)
                let before = try await stage.fixture.looks()
                #expect(try await desk.page(path).status == 403, "\(account)")
                #expect(try await desk.page("\(path)/portrait").status == 403, "\(account)")
                #expect(try await stage.fixture.looks() == before)
            }
            // Another commune is told that there is none.
            let neighbour = try await stage.signedIn("phe-duyet-khac")
            #expect(try await neighbour.page(path).status == 404)
            #expect(try await neighbour.post(path, ["step": "send_back", "reason": "x"]).status == 404)
            let officer = try await stage.signedIn("can-bo-xa")
            let before = try await stage.fixture.looks()
            #expect(try await officer.page(path).status == 200)
            #expect(try await stage.fixture.looks() == before + 1)
            let portrait = try await officer.page("\(path)/portrait")
            #expect(portrait.headers[.contentType] == "image/jpeg")
            #expect(try await stage.fixture.looks() == before + 2)
            #expect(try await officer.page("/factory").status == 200)
            #expect(try await officer.post("/factory", ["step": "pack", "site": "hn", "office": "x"]).status == 403)
        }
    }

    @Test("An application that stopped midway goes on, is refused with the article, or is withdrawn")
    func midway() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let officer = try await stage.signedIn("can-bo-xa")
            let cards = stage.fixture.server.cards
            let requester = try await stage.requester("can-bo-xa")
            let father = try #require(PersonSelector(parsing: stage.father))
            var request = CardRequest(ground: .first, pickup: "xa-00097")
            request.booked = stage.fixture.register.surroundings.today.advanced(byDays: 3)
            let booked = try await cards.apply(for: father, request, by: requester)
            let path = CardWords.path(ofApplication: booked.handle)
            #expect(try await officer.page("/cards").text.contains(path))
            #expect(try await officer.post(path, ["step": "submit"]).status == 409)
            #expect(try await officer.post(path, ["step": "identify", "reason": ""]).status == 422)
            _ = try CardWay.path(try await officer.post(path, ["step": "identify", "reason": "đã đến"]))
            _ = try CardWay.path(try await officer.post(path, ["step": "specimen"]))
            _ = try CardWay.path(try await officer.post(path, ["step": "submit"]))
            let approver = try await stage.signedIn("phe-duyet")
            let bare = try await approver.post(path, ["step": "refuse", "article": "19", "reason": ""])
            #expect(bare.status == 422)
            _ = try CardWay.path(
                try await approver.post(path, ["step": "refuse", "article": "19", "reason": "không đủ điều kiện"]))
            let refused = try await officer.page(path)
            #expect(refused.text.contains("Luật 26/2023/QH15, Điều 19: không đủ điều kiện"))

            let again = try await cards.apply(
                for: father, CardRequest(ground: .first, pickup: "xa-00097"), by: requester)
            let second = CardWords.path(ofApplication: again.handle)
            _ = try CardWay.path(try await officer.post(second, ["step": "withdraw", "reason": "công dân rút"]))
            #expect(try await cards.application(again.handle, by: requester).status == .withdrawn)
        }
    }
}
