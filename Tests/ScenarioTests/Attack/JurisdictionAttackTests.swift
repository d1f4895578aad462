import Access
import Database
import HTTPTypes
import HummingbirdTesting
import Population
import TestStores
import Testing

@testable import Web

/// An officer of another commune, and roles that see nobody, with what they learned of this one: handles, numbers of
/// approvals, addresses of forms.
@Suite("Attacks across jurisdictions")
struct JurisdictionAttackTests {
    @Test("handles of another commune open no page, no form and no answer for programs", arguments: TestStore.engines)
    func handles(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let looks = try await stage.fixture.looks()
            let acts = try await stage.acts()
            let father = stage.father
            let thief = try await stage.signedIn("phe-duyet-khac")
            for path in [
                "/persons/\(father)", "/persons/\(father)/acts/correction", "/persons/\(father)?effective=1/1/2022",
            ] {
                let answer = try await thief.page(path)
                #expect(answer.status == 404 && !answer.text.contains("Trần Văn Bình"), "\(path)")
            }
            #expect(try await thief.post("/persons/\(father)/reveal", [:]).status == 404)
            for path in ["persons/\(father)", "persons/\(father)/history"] {
                let answer = try await thief.api(.get, path)
                #expect(answer.status == 404 && answer.code == "person_not_found_here", "\(path)")
            }
            let body = #"{"handle": "\#(father)", "asked": ["religion", "ethnicity", "biometrics"], "purpose": "a"}"#
            #expect(try await thief.api(.post, "persons/lookup", body).status == 404)
            #expect(try await stage.fixture.looks() == looks)
            #expect(try await stage.acts() == acts)
        }
    }

    @Test("no form and no act changes somebody of another commune", arguments: TestStore.engines)
    func acts(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let acts = try await stage.acts()
            let thief = try await stage.signedIn("phe-duyet-khac")
            let reading = try await stage.signedIn("kiem-tra-tinh")
            for form in GuidedForm.allCases {
                let path = "/persons/\(stage.father)/acts/\(form.rawValue)"
                let fields = ["step": "record", "version": "1", "reason": "a", "name": "Trần A"]
                #expect(try await thief.post(path, fields).status == 404, "\(form)")
                #expect(try await reading.post(path, fields).status >= 400, "\(form)")
            }
            let correction = #"{"details": {"name": "Trần A"}}"#
            for act in [
                #"{"kind": "absence_declared", "persons": ["\#(stage.father)"], "content": {"reason": "a"}}"#,
                #"{"kind": "died", "persons": ["\#(stage.father)"], "effective": "2025-01-01", "content": {}}"#,
                #"{"kind": "details_corrected", "persons": ["005080000111"], "content": \#(correction)}"#,
            ] {
                for desk in [thief, reading] {
                    let answer = try await desk.api(.post, "acts", act)
                    #expect([403, 404, 422].contains(answer.status), "\(answer.text)")
                    #expect(!answer.text.contains("Bình"))
                }
            }
            #expect(try await stage.acts() == acts)
        }
    }

    @Test("approvals of another office are nobody's to see or decide", arguments: TestStore.engines)
    func approvals(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let asker = try await stage.requester("phe-duyet")
            let approval = try await stage.fixture.register.ask(try stage.cancellation(), by: asker)
            let path = "/approvals/\(approval.id)"
            for account in ["phe-duyet-khac", "can-bo-xa", "kiem-tra-tinh", "quan-tri", "kiem-toan"] {
                let thief = try await stage.signedIn(account)
                #expect(try await thief.page(path).status == 404, "\(account)")
                #expect(try await thief.api(.get, "approvals/\(approval.id)").status == 404, "\(account)")
                for verdict in ["accept", "reject"] {
                    let answer = try await thief.post(
                        path, ["verdict": verdict, "reason": "a", "account": "phe-duyet-2"])
                    #expect([403, 404].contains(answer.status), "\(account)")
                    for (more, statuses) in [("", [403, 404]), (#", "actor": "phe-duyet-2""#, [400])] {
                        let body = #"{"decision": "\#(verdict)", "reason": "a"\#(more)}"#
                        let program = try await thief.api(.post, "approvals/\(approval.id)/decision", body)
                        #expect(statuses.contains(program.status), "\(account)\(more)")
                    }
                }
            }
            let own = try await stage.signedIn("phe-duyet")
            #expect(try await own.post(path, ["verdict": "accept"]).status == 403, "never by who asked")
            #expect(try await stage.fixture.register.approvals(askedBy: asker).first?.decision == nil)
        }
    }

    @Test("roles that see nobody see nobody by any way", arguments: ["quan-tri", "kiem-toan"])
    func seeNobody(account: String) async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let desk = try await stage.signedIn(account)
            let household = try await stage.fixture.household()
            let looks = try await stage.fixture.looks()
            for answer in [
                try await desk.page("/households/\(household)"), try await desk.api(.get, "households/\(household)"),
                try await desk.post("/search", ["q": "Trần Văn Bình"]),
                try await desk.post("/search", ["q": "005080000111", "purpose": "kiểm tra"]),
                try await desk.api(.post, "persons/search", #"{"name": "Trần Văn Bình"}"#),
                try await desk.api(.get, "batches/Ph%C3%BAc%20X%C3%A1%201/rows"),
                try await desk.page("/batches/Ph%C3%BAc%20X%C3%A1%201/report"),
            ] { #expect(!answer.text.contains("12/05/1980") && !answer.text.contains(stage.father)) }
            let person = try await desk.page("/persons/\(stage.father)")
            #expect(person.status == 403 && !person.text.contains("Bình"))
            #expect(try await stage.fixture.looks() == looks)
        }
    }
}
