import Access
import Database
import Foundation
import HTTPTypes
import Ledger
import Population
import TestStores
import Testing

@testable import Web

/// A merge that was a mistake, undone at the console by two.
@Suite("Undoing a merge at the console")
struct UnmergeStoryTests {
    @Test("one approver asks, another accepts, and both records are as before", arguments: TestStore.engines)
    func undoes(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let duplicate = try await stage.fixture.persons()[1]
            let merge = try JSONDecoder().decode(
                ActRequest.self,
                from: Data(
                    #"{"kind":"merged_with","content":{"duplicate":"\#(duplicate)","into":"\#(stage.father)"}}"#.utf8))
            let handle = try #require(Handle(parsing: duplicate))
            let before = try await register.look(at: .handle(handle), by: LocalOperator.requester)?.state
            _ = try await register.record(merge, by: LocalOperator.requester)

            let asker = try await stage.signedIn("phe-duyet")
            let path = GuidedForm.unmerge.path(for: stage.father)
            #expect(try await asker.page("/persons/\(stage.father)").text.contains("href=\"\(path)\""))
            #expect(try await !asker.page("/persons/\(duplicate)").text.contains("/acts/unmerge"))
            let fields = SessionAttackTests.filled(try await asker.page(path).text)
            #expect(fields["duplicate"] == duplicate)
            let check = try await asker.post(path, fields)
            #expect(check.status == 200 && check.text.contains("Gửi đề nghị phê duyệt"), "\(check.text)")
            var hidden = SessionAttackTests.filled(check.text)
            hidden["step"] = "record"
            hidden["confirm"] = String(WebSamples.father.suffix(4))
            let asked = try await asker.post(path, hidden)
            #expect(asked.status == 303, "\(asked.text)")
            let approval = try #require(asked.headers[.location])
            #expect(try await asker.page(approval).text.contains("Đã gửi, đang chờ phê duyệt"))

            let second = try await stage.signedIn("phe-duyet-2")
            #expect(try await second.post(approval, ["verdict": "accept"]).status == 303)
            var after = try await register.look(at: .handle(handle), by: LocalOperator.requester)?.state
            #expect(after?.mergedInto == nil)
            after?.version = before?.version ?? 0
            #expect(after == before)
            #expect(try await register.rebuild(writing: false).isClean)
        }
    }
}
