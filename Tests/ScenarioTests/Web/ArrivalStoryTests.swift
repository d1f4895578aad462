import Access
import Civil
import Database
import HTTPTypes
import Population
import TestStores
import Testing

@testable import Web

/// Somebody who comes from another commune: found by number, name and date of birth, moved in, one's own from then on.
@Suite("Arrivals from another commune at the console")
struct ArrivalStoryTests {
    private static let card = "\(WebSamples.father) Trần Văn Bình 12/05/1980"
    private static let purpose = "Đăng ký thường trú theo đề nghị của công dân"

    private static func with(
        _ engine: Engine, _ body: @Sendable @escaping (ApprovalStage, ApprovalStage.Desk) async throws -> Void
    ) async throws {
        try await ApprovalStage.with(engine) { stage in
            try await stage.enrol("can-bo-khac", .communeOfficer, in: "xa-00004")
            try await body(stage, try await stage.signedIn("can-bo-khac"))
        }
    }

    private static func look(_ desk: ApprovalStage.Desk) async throws -> WebAnswer {
        try await desk.post("/search", ["q": card, "purpose": purpose])
    }

    private static func path(_ stage: ApprovalStage, _ form: GuidedForm) -> String { form.path(for: stage.father) }

    private static let naming = ["exact": card, "exact-purpose": purpose]

    @Test(
        "a permanent residence is recorded for somebody of elsewhere, who is found by a handle then",
        arguments: TestStore.engines)
    func movesIn(engine: Engine) async throws {
        try await ArrivalStoryTests.with(engine) { stage, desk in
            let path = ArrivalStoryTests.path(stage, .permanentResidence)
            #expect(try await desk.page("/persons/\(stage.father)").status == 404)
            #expect(try await desk.page(path).status == 404)
            let page = try await ArrivalStoryTests.look(desk)
            #expect(page.status == 200 && page.text.contains("Người của nơi khác."), "\(page.text)")
            #expect(page.text.contains("action=\"\(path)\""))
            // Only what brings somebody here is offered, and nothing leads to a page that would be refused.
            #expect(!page.text.contains("/acts/death") && !page.text.contains("href=\"/households/"))
            #expect(!page.text.contains("class=\"asof\""))

            let opened = try await desk.post(path, ArrivalStoryTests.naming.merging(["step": "open"]) { $1 })
            var fields = SessionAttackTests.filled(opened.text, everyBoxTicked: true)
            #expect(opened.status == 200 && fields["exact"] == ArrivalStoryTests.card, "\(opened.text)")
            let commune = try #require(opened.text.firstMatch(of: /<option value="([^"]*\/00004)"/)?.1)
            for (name, text) in [
                "address-commune": String(commune), "address-other": "", "address-detail": "Số 3, ngõ 5",
                "effective-day": "20", "effective-month": "8", "effective-year": "2025",
            ] { fields[name] = text }
            let check = try await desk.post(path, fields)
            #expect(check.status == 200 && check.text.contains("Số 3, ngõ 5"), "\(check.text)")
            var hidden = SessionAttackTests.filled(check.text)
            #expect(hidden["exact"] == ArrivalStoryTests.card)
            hidden["step"] = "record"
            let done = try await desk.post(path, hidden)
            #expect(done.status == 303, "\(done.text)")
            let slip = try await desk.page(done.location)
            #expect(slip.status == 200 && slip.text.contains("Phiếu kết quả"), "\(slip.text)")
            let own = try await desk.page("/persons/\(stage.father)")
            #expect(own.status == 200 && own.text.contains("Số 3, ngõ 5"))
            #expect(!own.text.contains("Người của nơi khác."))
        }
    }

    @Test(
        "each step is the same look: without the number, with another name, or for another form nobody is there",
        arguments: TestStore.engines)
    func staysClosed(engine: Engine) async throws {
        try await ArrivalStoryTests.with(engine) { stage, desk in
            let idle = try await stage.signedIn("can-bo-khac", for: nil)
            let path = ArrivalStoryTests.path(stage, .stay)
            let looks = try await stage.fixture.looks()
            let open = ["step": "open", "exact-purpose": ArrivalStoryTests.purpose]
            for typed in ["", WebSamples.father, "\(WebSamples.father) Trần Văn Bảo 12/05/1980", "Trần Văn Bình 1980"] {
                let answer = try await desk.post(path, open.merging(["exact": typed]) { $1 })
                #expect(answer.status == 404, "\(typed): \(answer.status)")
            }
            let death = ArrivalStoryTests.path(stage, .death)
            #expect(try await desk.post(death, open.merging(ArrivalStoryTests.naming) { $1 }).status == 404)
            let unstated = try await idle.post(path, ["step": "open", "exact": ArrivalStoryTests.card])
            #expect(unstated.status == 403, "\(unstated.status)")
            #expect(try await stage.fixture.looks() == looks)
            #expect(try await desk.post(path, open.merging(ArrivalStoryTests.naming) { $1 }).status == 200)
            #expect(try await stage.fixture.looks() > looks)
        }
    }

    @Test("what was typed to find somebody is not kept in the draft", arguments: TestStore.engines)
    func keepsNoNumber(engine: Engine) async throws {
        try await ArrivalStoryTests.with(engine) { stage, desk in
            let path = ArrivalStoryTests.path(stage, .stay)
            let typed = ArrivalStoryTests.naming.merging(["step": "check", "address-detail": "Số 9"]) { $1 }
            #expect(try await desk.post(path, typed).status == 422)
            let drafts = try await stage.fixture.register.database.read { connection in
                try connection.rows("SELECT fields FROM form_draft") { String(decoding: try $0.blob(0), as: UTF8.self) }
            }
            #expect(drafts.count == 1 && !drafts.contains { $0.contains(WebSamples.father) })
            // Whoever names the person again finds what was typed.
            let again = try await desk.post(path, ArrivalStoryTests.naming.merging(["step": "open"]) { $1 })
            #expect(SessionAttackTests.filled(again.text)["address-detail"] == "Số 9")
        }
    }
}
