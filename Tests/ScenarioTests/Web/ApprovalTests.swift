import Access
import Civil
import Database
import Foundation
import HTTPTypes
import Ledger
import Population
import TestStores
import Testing

@testable import Web

/// What one officer asks and another one decides.
@Suite("Two-person approvals")
struct ApprovalTests {
    @Test("an accepted act carries both names and is recorded once", arguments: TestStore.engines)
    func accepted(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let first = try await stage.requester("phe-duyet")
            let second = try await stage.requester("phe-duyet-2")
            let before = try await stage.acts()
            await #expect(throws: RecordingRefusal.access(.secondPersonNeeded)) {
                try await register.record(try stage.cancellation(), by: first)
            }
            let approval = try await register.ask(try stage.cancellation(), by: first)
            #expect(try await stage.acts() == before)
            #expect(try await register.approvals(waitingFor: second).map(\.id) == [approval.id])
            #expect(try await register.approvals(waitingFor: first) == [])

            let shown = try await register.approval(approval.id, by: second)
            #expect(shown.persons.map(\.handle) == [stage.father] && shown.isForRequester)
            #expect(
                shown.lines == [
                    PreviewLine(person: stage.father, field: .number, before: WebSamples.father, after: nil)
                ])

            let outcome = try await register.decide(approval.id, .accept, by: second)
            let act = try #require(outcome.receipt?.act)
            #expect(act.kind == .numberCancelled && act.actor == first.actor)
            #expect(
                act.legalBasis == "Nghị định 70/2024/NĐ-CP, Điều 11; phê duyệt: phe-duyet-2, approver, xa-00097")
            #expect(try await stage.acts() == before + 1)
            let handle = try #require(Handle(parsing: stage.father))
            #expect(try await register.look(at: .handle(handle), by: second)?.state.number == nil)
            for verdict in [Verdict.accept, .reject(reason: "thôi")] {
                await #expect(throws: ApprovalRefusal.alreadyDecided) {
                    try await register.decide(approval.id, verdict, by: second)
                }
            }
            #expect(try await register.approvals(waitingFor: second) == [])
            #expect(try await register.approvals(askedBy: first).first?.decision?.outcome == .accepted(act.id))
        }
    }

    @Test("nobody records, asks or approves what concerns their own record", arguments: TestStore.engines)
    func ownRecord(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let (access, register) = (stage.fixture.server.access, stage.fixture.register)
            let handle = try #require(Handle(parsing: stage.father))
            let state = try #require(try await register.look(at: .handle(handle), by: LocalOperator.requester)?.state)
            func identify(_ account: String) async throws {
                try await access.identify(
                    account, as: state.person, handle: stage.father, by: LocalOperator.requester)
            }
            let asked = try await register.ask(
                try stage.cancellation(), by: try await stage.requester("phe-duyet"))
            for account in ["can-bo-xa", "phe-duyet", "phe-duyet-2"] { try await identify(account) }
            let before = try await stage.acts()
            let json = #"{"kind": "absence_declared", "persons": ["\#(stage.father)"], "content": {"reason": "xa"}}"#
            let own = try await stage.signedIn("can-bo-xa")
            #expect(try await own.api(.post, "acts", json).code == "own_record")
            await #expect(throws: RecordingRefusal.access(.ownRecord)) {
                _ = try await register.ask(try stage.cancellation(), by: try await stage.requester("phe-duyet"))
            }
            await #expect(throws: RecordingRefusal.access(.ownRecord)) {
                _ = try await register.decide(
                    asked.id, .accept, by: try await stage.requester("phe-duyet-2"))
            }
            #expect(try await stage.acts() == before)
            #expect(try await own.page("/persons/\(stage.father)").status == 200, "looking is on record like any look")
        }
    }

    @Test("alike requests are accepted together once some were opened; others stay", arguments: TestStore.engines)
    func together(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let first = try await stage.requester("phe-duyet")
            let desk = try await stage.signedIn("phe-duyet-2")
            let persons = try await stage.fixture.persons().prefix(3)
            var asked: [Int64] = []
            for person in persons {
                let json =
                    #"{"kind": "set_aside", "persons": ["\#(person)"], "content": {"reason": "rà soát đợt 3"}}"#
                let request = try JSONDecoder().decode(ActRequest.self, from: Data(json.utf8))
                asked.append(try await register.ask(request, by: first).id)
            }
            let other = try await register.ask(try stage.cancellation(), by: first)
            let list = try await desk.page("/approvals").text
            #expect(list.contains("3 đề nghị cùng loại đang chờ"), "\(list)")
            let path = "/approvals/\(asked[0])/alike"
            #expect(try await !desk.page(path).text.contains("approval-\(other.id)"))
            let all = Dictionary(uniqueKeysWithValues: asked.map { ("approval-\($0)", "1") })
            let early = try await desk.post(path, all)
            #expect(early.status == 422 && early.text.contains("class=\"problems\""), "\(early.text)")
            for id in asked { #expect(try await desk.page("/approvals/\(id)").status == 200) }
            _ = try await desk.page("/approvals/\(other.id)")
            let mixed = try await desk.post(path, all.merging(["approval-\(other.id)": "1"]) { $1 })
            #expect(mixed.status == 422, "\(mixed.text)")
            let acts = try await stage.acts()
            // Somebody else has decided one of them meanwhile.
            _ = try await register.decide(
                asked[1], .reject(reason: "thôi"), by: try await stage.requester("phe-duyet-2"))
            let done = try await desk.post(path, all)
            #expect(done.status == 200 && done.text.contains("2 đề nghị đã được chấp thuận"), "\(done.text)")
            #expect(try await stage.acts() == acts + 2)
            #expect(
                try await register.approvals(waitingFor: try await stage.requester("phe-duyet-2")).map(\.id)
                    == [other.id])
        }
    }

    @Test("what is not granted comes back to whoever asked, until they have seen why", arguments: TestStore.engines)
    func returned(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let (first, second) = (try await stage.requester("phe-duyet"), try await stage.requester("phe-duyet-2"))
            var asked: [Approval] = []
            for _ in 0..<3 { asked.append(try await register.ask(try stage.cancellation(), by: first)) }
            var waiting: [Int64] = []
            var place: ListPlace?
            repeat {
                let page = try await register.approvals(waitingFor: second, after: place, limit: 1)
                waiting += page.lines.map(\.id)
                place = page.next
            } while place != nil
            #expect(Set(waiting) == Set(asked.map(\.id)) && waiting.count == 3)
            #expect(try await register.approvals(returnedTo: first) == [])
            _ = try await register.decide(asked[0].id, .reject(reason: "thiếu giấy tờ"), by: second)
            #expect(try await register.approvals(returnedTo: first).map(\.id) == [asked[0].id])
            #expect(try await register.approvals(returnedTo: second) == [])
            let desk = try await stage.signedIn("phe-duyet")
            #expect(try await desk.page("/work").text.contains("Đề nghị trả lại tôi"))
            #expect(try await desk.page("/approvals/\(asked[0].id)").text.contains("thiếu giấy tờ"))
            #expect(try await register.approvals(returnedTo: first) == [])
            #expect(try await !desk.page("/work").text.contains("Đề nghị trả lại tôi"))
        }
    }

    @Test("whoever asked, and whoever has no right, decides nothing", arguments: TestStore.engines)
    func refused(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let first = try await stage.requester("phe-duyet")
            let approval = try await register.ask(try stage.cancellation(), by: first)
            await #expect(throws: AccessRefusal.samePerson) {
                try await register.decide(approval.id, .accept, by: first)
            }
            for account in ["can-bo-xa", "phe-duyet-khac", "kiem-tra-tinh", "quan-tri"] {
                let other = try await stage.requester(account)
                #expect(try await register.approvals(waitingFor: other) == [])
                for verdict in [Verdict.accept, .reject(reason: "không")] {
                    await #expect(throws: AccessRefusal.secondMayNotApprove, "\(account)") {
                        try await register.decide(approval.id, verdict, by: other)
                    }
                }
                await #expect(throws: ApprovalRefusal.unknown) { try await register.approval(approval.id, by: other) }
            }
            await #expect(throws: ApprovalRefusal.unknown) {
                try await register.decide(1, .accept, by: try await stage.requester("phe-duyet-2"))
            }
            // Who asked sees it, and cannot decide it.
            #expect(try await register.approval(approval.id, by: first).isForRequester == false)
        }
    }

    @Test("the store itself keeps a decision apart, once and for good", arguments: TestStore.engines)
    func store(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let first = try await stage.requester("phe-duyet")
            let second = try await stage.requester("phe-duyet-2")
            let approval = try await register.ask(try stage.cancellation(), by: first)
            func decide(_ actor: Actor) async throws {
                let decision = Approval.Decision(
                    actor: actor, decided: approval.asked, outcome: .rejected(reason: "không"))
                try await register.database.write { try ApprovalStore().decide(approval, decision, on: $0) }
            }
            await #expect(throws: DatabaseError.checkViolation("approval_second_person")) {
                try await decide(first.actor)
            }
            try await decide(second.actor)
            await #expect(throws: DatabaseError.self) { try await decide(second.actor) }
            for statement in [
                "UPDATE approval SET office = 'x'", "DELETE FROM approval_decision",
                "UPDATE approval_decision SET reason = 'x'",
            ] {
                await #expect(throws: DatabaseError.self) {
                    try await register.database.write { try $0.execute(statement) }
                }
            }
            #expect(try await register.approvals(askedBy: first).first?.decision?.actor == second.actor)
        }
    }

    @Test("a rejection leaves no act and says why", arguments: TestStore.engines)
    func rejected(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let second = try await stage.requester("phe-duyet-2")
            let approval = try await register.ask(
                try stage.cancellation(), by: try await stage.requester("phe-duyet"))
            let before = try await stage.acts()
            for reason in ["", "  ", String(repeating: "a", count: 201)] {
                await #expect(throws: ApprovalRefusal.reasonMissing) {
                    try await register.decide(approval.id, .reject(reason: reason), by: second)
                }
            }
            let outcome = try await register.decide(approval.id, .reject(reason: " thiếu  giấy tờ "), by: second)
            #expect(outcome.receipt == nil)
            #expect(outcome.approval.decision?.outcome == .rejected(reason: "thiếu giấy tờ"))
            #expect(try await stage.acts() == before)
            await #expect(throws: ApprovalRefusal.alreadyDecided) {
                try await register.decide(approval.id, .accept, by: second)
            }
        }
    }

    @Test("what has changed meanwhile is not recorded as it was asked", arguments: TestStore.engines)
    func changed(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let second = try await stage.requester("phe-duyet-2")
            let asked = try await stage.requester("phe-duyet")
            let approval = try await register.ask(try stage.cancellation(), by: asked)
            try await stage.absence()
            let before = try await stage.acts()
            await #expect(throws: ApprovalRefusal.changed) {
                try await register.decide(approval.id, .accept, by: second)
            }
            #expect(try await stage.acts() == before)
            _ = try await register.decide(approval.id, .reject(reason: "đã thay đổi"), by: second)
            // Asked anew it goes, unless the role of whoever asked has ended.
            let again = try await register.ask(try stage.cancellation(), by: asked)
            let access = stage.fixture.server.access
            let grant = try #require(try await access.officer(account: "phe-duyet")?.grants.first)
            try await access.revoke(grant.id, of: "phe-duyet", reason: "thôi việc", by: LocalOperator.requester)
            await #expect(throws: ApprovalRefusal.askerGone) {
                try await register.decide(again.id, .accept, by: second)
            }
        }
    }

    @Test("after seven days nobody decides", arguments: TestStore.engines)
    func expired(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let second = try await stage.requester("phe-duyet-2")
            let asked = try await register.ask(
                try stage.cancellation(), by: try await stage.requester("phe-duyet"))
            let day: Int64 = 86_400_000_000
            #expect(asked.expires.microseconds - asked.asked.microseconds == 7 * day)
            let long = Instant(microseconds: asked.asked.microseconds - 7 * day)
            let old = Approval(
                id: asked.id + 2, kind: asked.kind, request: asked.request, subjects: asked.subjects,
                preview: asked.preview, asker: asked.asker, asked: long, expires: Approval.expiry(askedAt: long))
            try await register.database.write { try ApprovalStore().insert(old, on: $0) }
            #expect(try await register.approvals(waitingFor: second).map(\.id) == [asked.id])
            for verdict in [Verdict.accept, .reject(reason: "muộn")] {
                await #expect(throws: ApprovalRefusal.expired) {
                    try await register.decide(old.id, verdict, by: second)
                }
            }
        }
    }

    @Test("what needs one, what the rules forbid and what claims an approval is not asked")
    func notAsked() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let register = stage.fixture.register
            let first = try await stage.requester("phe-duyet")
            await #expect(throws: ApprovalRefusal.notNeeded) {
                try await register.ask(try stage.cancellation(), by: LocalOperator.requester)
            }
            await #expect(throws: RecordingRefusal.access(.roleMayNotRecord)) {
                try await register.ask(try stage.cancellation(), by: try await stage.requester("can-bo-xa"))
            }
            await #expect(throws: RecordingRefusal.access(.outsideJurisdiction)) {
                try await register.ask(try stage.cancellation(), by: try await stage.requester("phe-duyet-khac"))
            }
            for mark in [
                "Phê Duyệt:", "phê\u{200B} duyệt:", "phê duyệt\u{2060}:", "phê  duyệt :", "PHE DUYET：",
                "ph\u{AD}ê duyệt:",
            ] {
                var claimed = try stage.cancellation()
                claimed.legalBasis = "Điều 11; \(mark) can-bo-bo"
                await #expect(throws: RecordingRefusal.request(.unreadable("legal_basis")), "\(mark)") {
                    try await register.ask(claimed, by: first)
                }
            }
            var other = try stage.cancellation()
            other.content = .object([
                "number": .string(WebSamples.child), "ground": .string("false_papers"), "requested": .bool(false),
            ])
            await #expect(throws: RecordingRefusal.self) { try await register.ask(other, by: first) }
            #expect(try await register.approvals(askedBy: first) == [])
        }
    }

    @Test("where nobody else of the office could, it waits for the office above", arguments: TestStore.engines)
    func above(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let province = try await stage.requester("phe-duyet-tinh")
            let approval = try await register.ask(
                try stage.cancellation(), by: try await stage.requester("phe-duyet"))
            #expect(try await register.approvals(waitingFor: province) == [])
            try await stage.fixture.server.access.setDisabled(
                true, "phe-duyet-2", reason: "nghỉ", by: LocalOperator.requester)
            #expect(try await register.approvals(waitingFor: province).map(\.id) == [approval.id])
            let act = try #require(try await register.decide(approval.id, .accept, by: province).receipt?.act)
            #expect(act.legalBasis.hasSuffix("; phê duyệt: phe-duyet-tinh, approver, tinh-01"))
        }
    }

    @Test("over the API: asked with 202, listed, shown, decided", arguments: TestStore.engines)
    func api(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let first = try await stage.signedIn("phe-duyet")
            let second = try await stage.signedIn("phe-duyet-2")
            #expect(try await first.api(.post, "acts", stage.cancellationJSON).code == "second_person_needed")
            let asked = try await first.api(.post, "approvals", stage.cancellationJSON)
            #expect(asked.status == 202)
            let number = try #require(asked.json["approval"]?.text)
            #expect(try await second.api(.get, "approvals").json["waiting"] == .array([asked.json]))
            let path = "approvals/\(number)"
            let decision = path + "/decision"
            #expect(try await first.api(.post, decision, #"{"decision": "accept"}"#).code == "second_person_is_first")
            #expect(try await second.api(.post, decision, #"{"decision": "reject"}"#).status == 422)
            #expect(try await second.api(.post, decision, #"{"decision": "perhaps"}"#).status == 400)
            #expect(try await second.api(.get, "approvals/x").status == 404)
            let accepted = try await second.api(.post, decision, #"{"decision": "accept"}"#)
            #expect(accepted.status == 200 && accepted.json["receipt"]?["kind"] == .string("number_cancelled"))
            #expect(try await second.api(.post, decision, #"{"decision": "accept"}"#).status == 409)
        }
    }

    @Test("at the console: the queue, the page with before and after, the decision", arguments: TestStore.engines)
    func console(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let first = try await stage.signedIn("phe-duyet")
            let second = try await stage.signedIn("phe-duyet-2")
            let number = try #require(
                try await first.api(.post, "approvals", stage.cancellationJSON).json["approval"]?.text)
            let work = try await second.page("/work").text
            #expect(work.contains("<a href=\"/approvals\"><span class=\"count\">1</span>"))
            #expect(work.contains("08/09/2025"))
            #expect(try await second.page("/approvals").text.contains("href=\"/approvals/\(number)\""))
            let looks = try await stage.fixture.looks()
            let page = try await second.page("/approvals/\(number)").text
            #expect(try await stage.fixture.looks() == looks + 1)
            #expect(page.contains("Trần Văn Bình") && page.contains("005\u{A0}080\u{A0}000\u{A0}111</del>"))
            #expect(page.contains("value=\"accept\""))
            #expect(try await first.page("/approvals/\(number)").text.contains("value=\"accept\"") == false)
            let without = try await second.post("/approvals/\(number)", ["verdict": "reject", "reason": ""])
            #expect(without.status == 422 && without.text.contains("Từ chối phải nêu lý do"))
            #expect(try await first.post("/approvals/\(number)", ["verdict": "accept"]).status == 403)
            let stranger = try await second.post("/approvals/\(number)", ["verdict": "accept", "csrf": "x"])
            #expect(stranger.status == 403)
            let decided = try await second.post("/approvals/\(number)", ["verdict": "accept"])
            #expect(decided.status == 303 && decided.headers[.location] == "/approvals/\(number)")
            #expect(try await first.page("/approvals/\(number)").text.contains("Đã chấp thuận: phe-duyet-2, xa-00097"))
            #expect(try await second.post("/approvals/\(number)", ["verdict": "accept"]).status == 409)
        }
    }
}
