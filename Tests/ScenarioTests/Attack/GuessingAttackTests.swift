import Access
import Database
import Foundation
import HTTPTypes
import HummingbirdTesting
import TestStores
import Testing

@testable import Web

/// An officer who tries numbers out, and the data-protection officer who is told.
@Suite("Guessing of numbers")
struct GuessingAttackTests {
    private static func body(_ number: String) -> String { #"{"number": "\#(number)", "purpose": "kiểm tra"}"# }

    private static func number(_ index: Int) -> String { "0050800009\(10 + index)" }

    @Test("numbers tried out are refused after twenty, whoever they belong to", arguments: TestStore.engines)
    func numbers(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let thief = try await stage.signedIn("can-bo-xa")
            for index in 0..<GuessKind.misses.most {
                let answer = try await thief.api(.post, "persons/lookup", GuessingAttackTests.body(number(index)))
                #expect(answer.status == 404 && answer.code == "person_not_found_here")
            }
            let looks = try await stage.fixture.looks()
            for guess in [GuessingAttackTests.number(50), WebSamples.father] {
                let answer = try await thief.api(.post, "persons/lookup", GuessingAttackTests.body(guess))
                #expect(answer.status == 429 && answer.code == "look_ups_paused")
            }
            let page = try await thief.post("/search", ["q": WebSamples.father, "purpose": "kiểm tra"])
            #expect(!page.text.contains("Trần Văn Bình"))
            #expect(try await stage.fixture.looks() == looks, "nothing was shown")
            #expect(try await thief.page("/persons/\(stage.father)").status == 200, "work by handle goes on")
            let colleague = try await stage.signedIn("phe-duyet")
            let other = try await colleague.api(
                .post, "persons/lookup", GuessingAttackTests.body(WebSamples.father))
            #expect(other.status == 200, "a colleague is not paused")
        }
    }

    private func number(_ index: Int) -> String { GuessingAttackTests.number(index) }

    @Test("acts and strange handles are no way around the limit", arguments: TestStore.engines)
    func otherWays(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let thief = try await stage.signedIn("can-bo-xa")
            for index in 0..<GuessKind.misses.most / 2 {
                let act = #"{"kind": "absence_declared", "persons": ["\#(number(index))"], "content": {"reason": "a"}}"#
                #expect(try await thief.api(.post, "acts?dry_run=true", act).status == 422)
                let handle = String(repeating: "0", count: 24) + String(10 + index)
                #expect(try await thief.api(.get, "persons/\(handle)").status == 404)
            }
            let answer = try await thief.api(.post, "persons/lookup", GuessingAttackTests.body(WebSamples.father))
            #expect(answer.status == 429)
            #expect(try await stage.fixture.server.access.openAlarms() == 1)
        }
    }

    @Test(
        "the data-protection officer sees who, where, when and how many, and no citizen", arguments: TestStore.engines)
    func alarm(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let reviewer = try await stage.signedIn("bao-ve-du-lieu")
            #expect(try await reviewer.page("/alarms").status == 200)
            let thief = try await stage.signedIn("can-bo-xa")
            for index in 0...GuessKind.misses.most {
                _ = try await thief.api(.post, "persons/lookup", GuessingAttackTests.body(number(index)))
            }
            #expect(try await stage.client.get("/metrics").text.contains("dancu_alarms_open 1"))
            #expect(try await reviewer.page("/work").text.contains("href=\"/alarms\"><span class=\"count\">1</span>"))
            let page = try await reviewer.page("/alarms").text
            #expect(page.contains("can-bo-xa") && page.contains("xa-00097"))
            #expect(page.contains("<dd class=\"digits\">21</dd>"))
            #expect(!page.contains("00508"))
            let action = try #require(
                page.components(separatedBy: "action=\"/alarms/").dropFirst().first.map {
                    "/alarms/" + $0.prefix { $0 != "\"" }
                })
            #expect(try await reviewer.post(action, ["note": " "]).status == 422)
            #expect(try await thief.page("/alarms").status == 403)
            #expect(try await thief.post(action, ["note": "không sao"]).status == 403)
            #expect(try await reviewer.post(action, ["note": "đã hỏi <b>"]).status == 303)
            #expect(try await reviewer.post(action, ["note": "lần nữa"]).status == 409)
            #expect(try await reviewer.page("/alarms").text.contains("đã hỏi &lt;b&gt;"))
            #expect(try await stage.client.get("/metrics").text.contains("dancu_alarms_open 0"))
        }
    }
}
