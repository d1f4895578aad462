import Access
import Database
import HTTPTypes
import Ledger
import Population
import TestStores
import Testing

@testable import Web

/// What somebody typed is not lost when they stop in the middle, or when their session ends while they type.
@Suite("Drafts of forms")
struct DraftStoryTests {
    private static let typed = "Trần Bé Nháp"

    /// Fills the form of a birth in as far as the child's name.
    private static func begun(_ desk: ApprovalStage.Desk, _ path: String) async throws -> [String: String] {
        var fields = SessionAttackTests.filled(try await desk.page(path).text)
        fields["name"] = typed
        return fields
    }

    private static func lapse(_ stage: ApprovalStage) async throws {
        try await stage.fixture.register.database.write { connection in
            try connection.execute("UPDATE session SET used_at = used_at - ?", [.integer(Session.idle)])
        }
    }

    @Test("a form that was begun is filled in with what was typed, for its officer alone", arguments: TestStore.engines)
    func filledIn(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            let path = "/persons/\(stage.father)/acts/birth"
            let wrong = try await desk.post(path, try await DraftStoryTests.begun(desk, path))
            #expect(wrong.status == 422, "the day of birth is missing")
            // Another session of the same account finds it, from the first page too.
            let later = try await stage.signedIn("can-bo-xa")
            let work = try await later.page("/work").text
            #expect(work.contains("href=\"\(path)\"") && work.contains("Trần Văn Bình"), "\(work)")
            #expect(try await later.page(path).text.contains(DraftStoryTests.typed))
            let colleague = try await stage.signedIn("phe-duyet")
            #expect(try await !colleague.page(path).text.contains(DraftStoryTests.typed))
            #expect(try await !colleague.page("/work").text.contains("href=\"\(path)\""))

            #expect(try await later.post(path, ["step": "discard"]).status == 303)
            #expect(try await !later.page(path).text.contains(DraftStoryTests.typed))
            #expect(try await !later.page("/work").text.contains("href=\"\(path)\""))
        }
    }

    @Test("what is sent after the session's time is kept until its officer signs in", arguments: TestStore.engines)
    func lapsed(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            let path = "/persons/\(stage.father)/acts/birth"
            let fields = try await DraftStoryTests.begun(desk, path)
            try await DraftStoryTests.lapse(stage)
            let late = try await desk.post(path, fields)
            #expect(late.status == 303)
            #expect(late.headers[.location] == "/sign-in?next=\(PathText.encoded(path))")
            let again = try await stage.signedIn("can-bo-xa")
            #expect(try await again.page(path).text.contains(DraftStoryTests.typed))
            // A sheet of somebody new is kept as well.
            var sheet = SessionAttackTests.filled(try await again.page("/sheets/new").text)
            sheet["ho_ten"] = DraftStoryTests.typed
            try await DraftStoryTests.lapse(stage)
            let location = try await again.post("/sheets/new", sheet).headers[.location]
            #expect(location == "/sign-in?next=\(PathText.encoded("/sheets/new"))")
            let third = try await stage.signedIn("can-bo-xa")
            #expect(try await third.page("/sheets/new").text.contains(DraftStoryTests.typed))
        }
    }

    @Test("a session that somebody ended, and a form of elsewhere, keep nothing", arguments: TestStore.engines)
    func refused(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let path = "/persons/\(stage.father)/acts/birth"
            let lapsed = try await stage.signedIn("can-bo-xa")
            let fields = try await DraftStoryTests.begun(lapsed, path)
            try await DraftStoryTests.lapse(stage)
            let foreign = ApprovalStage.Desk(
                client: stage.client, cookie: lapsed.cookie, token: String(repeating: "0", count: 64))
            #expect(try await foreign.post(path, fields).status == 401)
            let ended = try await stage.signedIn("can-bo-xa")
            #expect(try await ended.post("/sign-out", [:]).status == 303)
            #expect(try await ended.post(path, fields).status == 401)
            let again = try await stage.signedIn("can-bo-xa")
            #expect(try await !again.page(path).text.contains(DraftStoryTests.typed))
        }
    }

    @Test("a recorded form leaves no draft, and its fields stand in the office's sum", arguments: TestStore.engines)
    func recorded(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            #expect(try await !desk.page("/work").text.contains("id=\"prefilled\""))
            let path = "/persons/\(stage.father)/acts/absence"
            var fields = SessionAttackTests.filled(try await desk.page(path).text)
            for (name, text) in ["day": "1", "month": "9", "year": "2025"] { fields["effective-" + name] = text }
            fields["reason"] = "đi làm xa"
            let check = try await desk.post(path, fields)
            #expect(check.status == 200, "\(check.text)")
            #expect(try await desk.page("/work").text.contains("href=\"\(path)\""))
            fields["step"] = "record"
            fields["version"] = SessionAttackTests.hidden("version", in: check.text)
            fields["key"] = SessionAttackTests.hidden("key", in: check.text)
            let done = try await desk.post(path, fields)
            #expect(done.status == 303, "\(done.text)")
            // The same form once more is the same act, and leads to the same slip, which can be printed again.
            let acts = try await stage.acts()
            #expect(try await desk.post(path, fields).location == done.location)
            #expect(try await stage.acts() == acts)
            let slip = try await desk.page(done.location)
            #expect(slip.status == 200 && slip.text.contains("đi làm xa") && slip.text.contains("class=\"outcome\""))
            let act = try #require(done.location.firstMatch(of: /slips\/(\d+)/)?.output.1)
            let person = try await desk.page("/persons/\(stage.father)").text
            #expect(person.contains("/slips/\(act)\""))
            #expect(try await desk.page("/persons/\(stage.father)/slips/7").status == 404)
            let elsewhere = try await stage.signedIn("phe-duyet-khac")
            #expect(try await elsewhere.page("/persons/\(stage.father)/slips/\(act)").status == 404)
            let work = try await desk.page("/work").text
            #expect(!work.contains("href=\"\(path)\"") && work.contains("id=\"prefilled\""))
        }
    }
}
