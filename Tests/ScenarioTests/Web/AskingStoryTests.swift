import Database
import HTTPTypes
import TestStores
import Testing

@testable import Web

/// An act that needs two is asked for at the console, and recorded when the second person accepts.
@Suite("Asking for approval at the console")
struct AskingStoryTests {
    @Test("a number is cancelled by two, each at their own page", arguments: TestStore.engines)
    func cancelled(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let asker = try await stage.signedIn("phe-duyet")
            let path = "/persons/\(stage.father)/acts/number-cancelled"
            #expect(try await asker.page("/persons/\(stage.father)").text.contains(path))
            var fields = SessionAttackTests.filled(try await asker.page(path).text)
            fields["number"] = WebSamples.father
            fields["cancellation-ground"] = "entry_error"
            fields["ground"] = "Biên bản xác minh số 12, Công an phường"
            let unasked = try await asker.post(path, fields)
            #expect(unasked.status == 422, "the ground needs the citizen's request: \(unasked.text)")
            fields["cancellation-ground"] = "false_papers"
            let before = try await stage.acts()
            let check = try await asker.post(path, fields)
            #expect(check.status == 200 && check.text.contains("Gửi đề nghị phê duyệt"), "\(check.text)")
            fields["step"] = "record"
            fields["version"] = SessionAttackTests.hidden("version", in: check.text)
            fields["key"] = SessionAttackTests.hidden("key", in: check.text)
            let asked = try await asker.post(path, fields)
            #expect(asked.status == 303, "\(asked.text)")
            #expect(try await asker.post(path, fields).status == 409, "the same form asks once")
            #expect(try await stage.acts() == before)
            let approval = asked.headers[.location] ?? ""
            #expect(try await asker.post(approval, ["verdict": "accept"]).status == 403)
            let second = try await stage.signedIn("phe-duyet-2")
            #expect(try await second.post(approval, ["verdict": "accept"]).status == 303)
            #expect(try await stage.acts() == before + 1)
            let clerk = try await stage.signedIn("can-bo-xa")
            #expect(try await !clerk.page("/persons/\(stage.father)").text.contains(path))
        }
    }
}
