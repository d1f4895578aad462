import Access
import Database
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import Population
import TestStores
import Testing

@testable import Web

/// Files over the interface for programs, and requests that are sent again.
@Suite("Files over the API")
struct FileRouteTests {
    static func new(_ stage: ApprovalStage) -> String {
        #"{"procedure": "data_corrected", "applicant": {"handle": "\#(stage.father)"}}"#
    }

    static func absence(_ stage: ApprovalStage, reason: String = "đi làm xa") -> String {
        #"{"kind": "absence_declared", "persons": ["\#(stage.father)"], "content": {"reason": "\#(reason)"}}"#
    }

    @Test("a file is opened, worked in, passed on and closed; its acts stand in it", arguments: TestStore.engines)
    func wholeWay(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let officer = try await stage.signedIn("can-bo-xa")
            let opened = try await officer.api(.post, "files", FileRouteTests.new(stage))
            #expect(opened.status == 201)
            let code = opened.json["code"]?.text ?? ""
            #expect(try await officer.api(.post, "files/\(code)/choose").status == 200)
            let act = try await officer.api(.post, "acts", FileRouteTests.absence(stage))
            #expect(act.status == 201)
            #expect(try await officer.api(.post, "files/leave").status == 204)
            // Left: what follows belongs to no file.
            #expect(try await officer.api(.post, "acts", FileRouteTests.absence(stage, reason: "khác")).status == 201)
            let file = try await officer.api(.get, "files/\(code)")
            guard case .array(let acts)? = file.json["acts"] else { return #expect(Bool(false), "\(file.text)") }
            #expect(acts.map { $0["act"]?.text } == [act.json["act"]?.text])
            #expect(acts.first?["persons"] == .array([.string(stage.father)]))
            let page = try await officer.page("/files/\(code)")
            #expect(page.text.contains(act.json["act"]?.text ?? "-"))

            let steps = "files/\(code)/steps"
            let stranger = try await officer.api(
                .post, steps, #"{"step": "pass", "version": 1, "colleague": "phe-duyet-khac"}"#)
            #expect(stranger.status == 422 && stranger.json["code"]?.text == "file_colleague_unknown")
            let passed = try await officer.api(
                .post, steps, #"{"step": "pass", "version": 1, "colleague": "phe-duyet"}"#)
            #expect(passed.json["officer"]?.text == "phe-duyet" && passed.json["stage"]?.text == "in_work")
            let stale = try await officer.api(.post, steps, #"{"step": "closed", "version": 1}"#)
            #expect(stale.status == 409)
            let others = try await officer.api(.post, steps, #"{"step": "closed", "version": 2}"#)
            #expect(others.status == 403)
            let colleague = try await stage.signedIn("phe-duyet")
            let closed = try await colleague.api(.post, steps, #"{"step": "closed", "version": 2}"#)
            #expect(closed.json["stage"]?.text == "closed")
            let elsewhere = try await stage.signedIn("phe-duyet-khac")
            #expect(try await elsewhere.api(.get, "files/\(code)").status == 404)
        }
    }

    @Test("what is asked in a file comes into it when it is approved", arguments: TestStore.engines)
    func approved(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let asker = try await stage.signedIn("phe-duyet")
            let code = try await asker.api(.post, "files", FileRouteTests.new(stage)).json["code"]?.text ?? ""
            #expect(try await asker.api(.post, "files/\(code)/choose").status == 200)
            let asked = try await asker.api(.post, "approvals", stage.cancellationJSON)
            let number = asked.json["approval"]?.text ?? ""
            #expect(try await asker.api(.get, "files/\(code)").json["acts"] == .array([]))
            let second = try await stage.signedIn("phe-duyet-2")
            let decided = try await second.api(.post, "approvals/\(number)/decision", #"{"decision": "accept"}"#)
            #expect(decided.status == 200)
            guard case .array(let acts)? = try await asker.api(.get, "files/\(code)").json["acts"] else {
                return #expect(Bool(false), "the file has acts")
            }
            #expect(acts.map { $0["kind"]?.text } == ["number_cancelled"])
        }
    }

    @Test("a request with the same key does its work once", arguments: TestStore.engines)
    func sentAgain(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let officer = try await stage.signedIn("can-bo-xa")
            let before = try await stage.acts()
            let body = FileRouteTests.absence(stage)
            // At once, and later: whoever comes second gets what the first one made.
            let answers = try await withThrowingTaskGroup(of: WebAnswer.self) { group in
                for _ in 0..<4 {
                    group.addTask { try await officer.api(.post, "acts", body, key: "9f2c-1") }
                }
                return try await group.reduce(into: [WebAnswer]()) { $0.append($1) }
            }
            let again = try await officer.api(.post, "acts", body, key: #""9f2c-1""#)
            #expect(answers.map(\.status).sorted() == [200, 200, 200, 201])
            #expect(again.status == 200)
            #expect(Set((answers + [again]).map(\.text)).count == 1, "\(answers.map(\.text))")
            #expect(try await stage.acts() == before + 1)

            let other = try await officer.api(
                .post, "acts", FileRouteTests.absence(stage, reason: "khác"), key: "9f2c-1")
            #expect(other.status == 422 && other.json["code"]?.text == "idempotency_key_reused")
            for key in [String(repeating: "k", count: 101), "hai từ"] {
                let malformed = try await officer.api(.post, "acts", body, key: key)
                #expect(malformed.json["code"]?.text == "idempotency_key_malformed", "\(malformed.text)")
            }
            // Another account's key is another one.
            try await stage.enrol("can-bo-xa-2", .communeOfficer, in: "xa-00097")
            let colleague = try await stage.signedIn("can-bo-xa-2")
            #expect(try await colleague.api(.post, "acts", body, key: "9f2c-1").status == 201)

            let file = try await officer.api(.post, "files", FileRouteTests.new(stage), key: "f")
            let same = try await officer.api(.post, "files", FileRouteTests.new(stage), key: "f")
            #expect(file.status == 201 && same.status == 200 && file.json["code"] == same.json["code"])
        }
    }

    @Test("a change with the same key is done once, and answered as it was", arguments: TestStore.engines)
    func changedAgain(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let approval = try await register.ask(
                try stage.cancellation(), by: try await stage.requester("phe-duyet"))
            let second = try await stage.signedIn("phe-duyet-2")
            let path = "approvals/\(approval.id)/decision"
            let body = #"{"decision": "reject", "reason": "thiếu giấy tờ"}"#
            // Refused, it is not done, and can be sent again.
            let empty = try await second.api(.post, path, #"{"decision": "reject", "reason": ""}"#, key: "empty")
            #expect(empty.status == 422)
            let first = try await second.api(.post, path, body, key: "q-1")
            let again = try await second.api(.post, path, body, key: "q-1")
            #expect(first.status == 200 && again.status == 200 && first.text == again.text, "\(again.text)")
            #expect(again.headers[.contentType] == first.headers[.contentType])
            #expect(try await second.api(.post, path, body, key: "q-2").status == 409)
            let other = try await second.api(.post, path, #"{"decision": "accept"}"#, key: "q-1")
            #expect(other.json["code"]?.text == "idempotency_key_reused")
            // The program ended between the change and its answer.
            try await register.database.write { connection in
                try connection.execute("UPDATE sent_form SET status = NULL, answer = NULL")
            }
            let lost = try await second.api(.post, path, body, key: "q-1")
            #expect(lost.status == 409 && lost.json["code"]?.text == "idempotency_answer_lost")
        }
    }

    @Test("what can be done twice is not, when it is sent again with its key", arguments: TestStore.engines)
    func askedAgain(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let desk = try await stage.signedIn("phe-duyet")
            let body = #"{"persons": ["\#(stage.father)"], "reason": "cấp cứu", "minutes": 30}"#
            let answers = try await withThrowingTaskGroup(of: WebAnswer.self) { group in
                for _ in 0..<4 { group.addTask { try await desk.api(.post, "emergency", body, key: "e-1") } }
                return try await group.reduce(into: [WebAnswer]()) { $0.append($1) }
            }
            #expect(answers.contains { $0.status == 200 }, "\(answers.map(\.text))")
            #expect(answers.allSatisfy { [200, 409].contains($0.status) })
            #expect(try await desk.api(.post, "emergency", body, key: "e-1").status == 200)
            let asked = try await stage.fixture.register.database.read { connection in
                try connection.first("SELECT count(*) FROM emergency") { try $0.int(0) }
            }
            #expect(asked == 1)
        }
    }

    @Test("a birth that is sent again names the same child", arguments: TestStore.engines)
    func birth(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let officer = try await stage.signedIn("can-bo-xa")
            let body = #"""
                {"kind": "registered_at_birth", "effective": "2025-08-30", "content": {
                 "father": {"person": "\#(stage.father)"}, "details": {"name": "Lò Thị Bé", "birth": "2025-08-30",
                 "sex": "Nữ", "birth_registration_place": "Phường Hồng Hà, Thành phố Hà Nội"}}}
                """#
            let first = try await officer.api(.post, "acts", body, key: "b")
            let again = try await officer.api(.post, "acts", body, key: "b")
            #expect(first.status == 201, "\(first.text)")
            #expect(again.status == 200 && again.text == first.text)
            #expect(first.json["created"]?.text?.isEmpty == false)
        }
    }

    @Test(
        "a child who may be registered already is told, and registered when it is another one",
        arguments: TestStore.engines)
    func twice(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let officer = try await stage.signedIn("can-bo-xa")
            func body(_ name: String, _ mark: String = "") -> String {
                #"""
                {"kind": "registered_at_birth", "effective": "2025-08-30", \#(mark) "content": {
                 "father": {"person": "\#(stage.father)"}, "details": {"name": "\#(name)", "birth": "2025-08-30",
                 "sex": "Nữ", "birth_registration_place": "Phường Hồng Hà, Thành phố Hà Nội"}}}
                """#
            }
            let first = try await officer.api(.post, "acts", body("Trần Thị Bé"))
            let child = first.json["created"]?.text
            // A twin has another given name.
            let twin = try await officer.api(.post, "acts", body("Trần Thị Lan"))
            #expect(twin.status == 201, "\(twin.text)")
            for path in ["acts", "acts?dry_run=true"] {
                let told = try await officer.api(.post, path, body("TRẦN THỊ BÉ"))
                #expect(told.status == 409 && told.json["code"]?.text == "person_maybe_known", "\(told.text)")
                var alike: [JSONValue] = []
                if case .array(let told)? = told.json["alike"] { alike = told }
                #expect(alike.first?["handle"]?.text == child)
            }
            let told = try await officer.api(.post, "acts", body("Trần Thị Bé"))
            let mark = try #require(told.json["another_than"]?.text)
            let wrong = try await officer.api(.post, "acts", body("Trần Thị Bé", #""another_than": "1","#))
            #expect(wrong.status == 409)
            let second = try await officer.api(.post, "acts", body("Trần Thị Bé", #""another_than": "\#(mark)","#))
            #expect(second.status == 201 && second.json["created"]?.text != child, "\(second.text)")
        }
    }
}
