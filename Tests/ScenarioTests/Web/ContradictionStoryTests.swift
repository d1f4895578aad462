import Access
import Civil
import Database
import Foundation
import HTTPTypes
import Population
import TestStores
import Testing

@testable import Web

@Suite("What the civil-status system says against the register")
struct ContradictionStoryTests {
    @Test(
        "it is recorded, told in the answer, shown to the officer, and gone once an approver has settled it",
        arguments: TestStore.engines)
    func story(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            try await stage.enrol("ho-tich", .civilStatusSystem, in: "xa-00097")
            let book = try await stage.signedIn("ho-tich")
            let officer = try await stage.signedIn("can-bo-xa")
            let returned =
                #"{"kind": "returned", "persons": ["\#(stage.father)"], "content": {"certificate": "7/2021"}}"#
            #expect(try await officer.api(.post, "acts", returned).json["code"] == .string("not_missing_or_dead"))

            let answer = try await book.api(.post, "acts", returned, key: "su-kien-7")
            #expect(answer.status == 201, "\(answer.text)")
            guard case .array(let findings)? = answer.json["findings"] else {
                Issue.record("no findings: \(answer.text)")
                return
            }
            #expect(findings.map { $0["code"] } == [.string("not_missing_or_dead")])
            let again = try await book.api(.post, "acts", returned, key: "su-kien-7")
            #expect(again.status == 200 && again.json["findings"] == answer.json["findings"], "\(again.text)")

            let page = try await officer.page("/persons/\(stage.father)")
            #expect(page.text.contains("Có mâu thuẫn"))
            #expect(page.text.contains(Refusal.notMissingOrDead.sentence.vietnamese))
            #expect(page.text.contains("Ghi nhận mâu thuẫn"))
            let record = try await officer.api(.get, "persons/\(stage.father)").json
            guard case .array(let open)? = record["contradictions"], case .string(let noted)? = open.first?["noted_by"]
            else {
                Issue.record("no contradictions: \(record)")
                return
            }

            let settling =
                #"{"kind": "annulled", "content": {"act": "\#(noted)", "reason": "Đã đối chiếu sổ hộ tịch"}}"#
            let first = try await stage.signedIn("phe-duyet")
            let asked = try await first.api(.post, "approvals", settling)
            guard case .string(let approval)? = asked.json["approval"] else {
                Issue.record("not asked: \(asked.text)")
                return
            }
            let second = try await stage.signedIn("phe-duyet-2")
            _ = try await second.api(.get, "approvals/\(approval)")
            let decided = try await second.api(
                .post, "approvals/\(approval)/decision", #"{"decision": "accept"}"#)
            #expect(decided.status == 200, "\(decided.text)")
            #expect(try await !officer.page("/persons/\(stage.father)").text.contains("Có mâu thuẫn"))
        }
    }
}
