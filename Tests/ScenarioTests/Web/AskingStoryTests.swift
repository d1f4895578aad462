import Access
import Database
import HTTPTypes
import Ledger
import Population
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
            fields["confirm"] = "1234"
            let unsure = try await asker.post(path, fields)
            #expect(unsure.status == 422 && unsure.text.contains("id=\"confirm-error\""), "\(unsure.text)")
            fields["confirm"] = String(WebSamples.father.suffix(4))
            let asked = try await asker.post(path, fields)
            #expect(asked.status == 303, "\(asked.text)")
            #expect(try await asker.post(path, fields).location == asked.location, "the same form asks once")
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

    @Test("what was rejected is opened anew with its answers, for whoever asked alone", arguments: TestStore.engines)
    func askedAgain(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let asker = try await stage.signedIn("phe-duyet")
            let second = try await stage.signedIn("phe-duyet-2")
            let path = "/persons/\(stage.father)/acts/number-cancelled"
            var fields = SessionAttackTests.filled(try await asker.page(path).text)
            fields["number"] = WebSamples.father
            fields["cancellation-ground"] = "false_papers"
            fields["ground"] = "Biên bản xác minh số 34"
            let check = try await asker.post(path, fields)
            fields["step"] = "record"
            fields["version"] = SessionAttackTests.hidden("version", in: check.text)
            fields["key"] = SessionAttackTests.hidden("key", in: check.text)
            fields["confirm"] = String(WebSamples.father.suffix(4))
            let approval = try await asker.post(path, fields).headers[.location] ?? ""
            #expect(approval.hasPrefix("/approvals/"))
            #expect(try await !asker.page(approval).text.contains("\(approval)/again"), "it waits still")
            #expect(try await !asker.page("/work").text.contains("Bản nháp"), "no draft of a form")
            let rejected = try await second.post(approval, ["verdict": "reject", "reason": "Sai căn cứ"])
            #expect(rejected.status == 303)
            #expect(try await asker.page(approval).text.contains("\(approval)/again"))
            #expect(try await !second.page(approval).text.contains("\(approval)/again"))
            let stolen = try await second.post("\(approval)/again", [:])
            #expect(stolen.headers[.location] == approval, "nothing of it is anybody else's")
            let again = try await asker.post("\(approval)/again", [:])
            #expect(again.status == 303 && again.headers[.location] == path, "\(again.text)")
            #expect(try await asker.page(path).text.contains("Biên bản xác minh số 34"))
        }
    }

    @Test(
        "a number is drawn when it is asked for, and the second person approves that one", arguments: TestStore.engines)
    func reestablished(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let asker = try await stage.signedIn("phe-duyet")
            let second = try await stage.signedIn("phe-duyet-2")
            let path = "/persons/\(stage.father)/acts/number-reestablished"
            // Whoever has no place of birth registration gets no number.
            let place = JSONValue.object(["birth_registration_place": .string("Phường Hồng Hà, Thành phố Hà Nội")])
            _ = try await stage.fixture.register.record(
                ActRequest(
                    kind: .detailsCorrected, persons: [stage.father], content: .object(["details": place])),
                by: LocalOperator.requester)
            var fields = SessionAttackTests.filled(try await asker.page(path).text)
            fields["number"] = WebSamples.father
            fields["cancellation-ground"] = "false_papers"
            fields["ground"] = "Kết luận xác minh số 13, Công an phường"
            let approval = try await asked(path, &fields, by: asker)
            let shown = try await second.page(approval)
            let drawn = try #require(
                shown.text.matches(of: /\d{3}\s\d{3}\s\d{3}\s\d{3}/).map { $0.output.filter(\.isNumber) }
                    .first { $0 != WebSamples.father }, "\(shown.text)")
            #expect(try await second.post(approval, ["verdict": "accept"]).status == 303)
            let person = try await asker.page("/persons/\(stage.father)").text.filter { !$0.isWhitespace }
            #expect(person.contains(drawn), "the number that was approved, not another")
        }
    }

    @Test("an act is annulled by two, chosen from the acts of the record", arguments: TestStore.engines)
    func annulled(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let clerk = try await stage.signedIn("can-bo-xa")
            let asker = try await stage.signedIn("phe-duyet")
            let second = try await stage.signedIn("phe-duyet-2")
            let person = "/persons/\(stage.father)"
            let path = "\(person)/acts/annulment"
            #expect(try await !asker.page(person).text.contains(path), "a first sheet is not annulled")
            var absence = SessionAttackTests.filled(try await clerk.page("\(person)/acts/absence").text)
            absence["effective-day"] = "3"
            absence["effective-month"] = "2"
            absence["effective-year"] = "2025"
            absence["reason"] = "đi làm xa"
            let check = try await clerk.post("\(person)/acts/absence", absence)
            absence["step"] = "record"
            absence["version"] = SessionAttackTests.hidden("version", in: check.text)
            absence["key"] = SessionAttackTests.hidden("key", in: check.text)
            #expect(try await clerk.post("\(person)/acts/absence", absence).status == 303)
            #expect(try await asker.page(person).text.contains(path))
            let form = try await asker.page(path).text
            let act = try #require(form.firstMatch(of: /<option value="(\d+)"/)?.output.1)
            var fields = SessionAttackTests.filled(form)
            fields["reason"] = "ghi nhầm người"
            #expect(try await asker.post(path, fields).status == 422, "no act was chosen")
            fields["act"] = String(act)
            let approval = try await asked(path, &fields, by: asker)
            #expect(try await second.post(approval, ["verdict": "accept"]).status == 303)
            #expect(try await asker.page(person).text.contains("class=\"annulled\""))
        }
    }

    /// Checks the answers and asks; where the approval stands.
    private func asked(
        _ path: String, _ fields: inout [String: String], by asker: ApprovalStage.Desk
    ) async throws -> String {
        let check = try await asker.post(path, fields)
        #expect(check.status == 200, "\(check.text)")
        fields["step"] = "record"
        fields["version"] = SessionAttackTests.hidden("version", in: check.text)
        fields["key"] = SessionAttackTests.hidden("key", in: check.text)
        if check.text.contains("name=\"confirm\"") { fields["confirm"] = String(WebSamples.father.suffix(4)) }
        let asked = try await asker.post(path, fields)
        #expect(asked.status == 303, "\(asked.text)")
        return asked.headers[.location] ?? ""
    }
}
