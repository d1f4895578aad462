import Civil
import Database
import Foundation
import HTTPTypes
import Ledger
import TestStores
import Testing

@testable import Access
@testable import Population
@testable import Web

/// One's own account, many decisions at once, batches and targets for programs: as at the console.
@Suite("One's own account and decisions together through the interface")
struct AccountRouteTests {
    typealias Asked = (path: String, method: String, answer: WebAnswer)

    /// One answer of every route of these; the account has a passkey already.
    static func answers(_ stage: ApprovalStage, owner account: String) async throws -> [Asked] {
        var owner = try await stage.signedIn(account)
        let own = try await owner.api(.get, "sessions")
        var asked: [Asked] = [("/api/v1/sessions", "get", own)]
        guard case .array(let keys)? = own.json["keys"], let key = keys.first?["key"]?.text,
            case .array(let roles)? = own.json["roles"], let grant = roles.first?["grant"]?.text
        else { throw Missing(text: own.text) }
        let named = try await owner.api(
            .post, "sessions/keys", #"{"key": "\#(key)", "step": "rename", "label": "máy ở quầy"}"#)
        asked.append(("/api/v1/sessions/keys", "post", named))
        let chosen = try await owner.api(.post, "sessions/role", #"{"grant": "\#(grant)"}"#)
        asked.append(("/api/v1/sessions/role", "post", chosen))
        #expect(try await owner.api(.get, "sessions").status == 401, "the session before has ended")
        let cookie = try #require(chosen.headers[.setCookie]).prefix { $0 != ";" }
        owner = ApprovalStage.Desk(client: stage.client, cookie: String(cookie), token: "")
        #expect(try await owner.api(.get, "sessions").status == 200)
        return try await asked + together(stage) + targets(stage)
    }

    private struct Missing: Error {
        let text: String
    }

    // MARK: Together

    private static func together(_ stage: ApprovalStage) async throws -> [Asked] {
        let second = try await stage.signedIn("phe-duyet-2")
        let first = try await stage.requester("phe-duyet")
        // Twice the same: what the first one changes, the second one does not know.
        let person = try await stage.fixture.persons()[2]
        let json = #"{"kind": "set_aside", "persons": ["\#(person)"], "content": {"reason": "rà soát đợt 3"}}"#
        let request = try JSONDecoder().decode(ActRequest.self, from: Data(json.utf8))
        var numbers: [String] = []
        for _ in 0..<2 { numbers.append(String(try await stage.fixture.register.ask(request, by: first).id)) }
        let body = "{\"approvals\": [\(numbers.map { "\"\($0)\"" }.joined(separator: ", "))]}"
        let early = try await second.api(.post, "approvals/acceptance", body)
        #expect(early.status == 422 && early.code == "approval_sample_too_small", "\(early.text)")
        for number in numbers { #expect(try await second.api(.get, "approvals/\(number)").status == 200) }
        let accepted = try await second.api(.post, "approvals/acceptance", body, key: "nhieu")
        #expect(try await second.api(.post, "approvals/acceptance", body, key: "nhieu").text == accepted.text)
        let asked: [Asked] = [("/api/v1/approvals/acceptance", "post", accepted)]
        return try await asked + duplicates(stage) + rows(stage)
    }

    private static func duplicates(_ stage: ApprovalStage) async throws -> [Asked] {
        let pairs = try await DuplicateQueueTests.fill(stage, [(0, 1), (1, 2)])
        let officer = try await stage.signedIn("phe-duyet")
        let listed = try await officer.api(.get, "duplicates")
        guard case .array(let lines)? = listed.json["pairs"], let pattern = lines.first?["pattern"]?.text else {
            throw Missing(text: listed.text)
        }
        let chosen = pairs.map { "[\"\($0[0])\", \"\($0[1])\"]" }.joined(separator: ", ")
        let body = #"{"pairs": [\#(chosen)], "pattern": "\#(pattern)", "decision": "unclear", "reason": "hỏi xã"}"#
        let early = try await officer.api(.post, "duplicates/decisions", body)
        #expect(early.status == 422, "\(early.text)")
        for pair in pairs {
            // Whichever of the two is named first.
            #expect(try await officer.api(.get, "duplicates/\(pair[1])/\(pair[0])").status == 200)
        }
        let decided = try await officer.api(.post, "duplicates/decisions", body)
        #expect(decided.json["decided"] == .integer(2), "\(decided.text)")
        return [("/api/v1/duplicates", "get", listed), ("/api/v1/duplicates/decisions", "post", decided)]
    }

    private static func rows(_ stage: ApprovalStage) async throws -> [Asked] {
        let clerk = try await stage.signedIn("can-bo-xa")
        let (path, body) = (
            "batches/qua-api/held", #"{"places": [1, 2], "cause": "missing_name", "accept": false, "reason": "trắng"}"#
        )
        let uploaded = try await upload(stage, as: clerk)
        let early = try await clerk.api(.post, path + "/decisions", body)
        #expect(early.status == 422 && early.code == "sheet_sample_too_small", "\(early.text)")
        for place in [1, 2] { #expect(try await clerk.api(.get, path + "/\(place)").status == 200) }
        let decided = try await clerk.api(.post, path + "/decisions", body)
        #expect(decided.json["decided"] == .integer(2), "\(decided.text)")
        return [
            ("/api/v1/batches", "post", uploaded), ("/api/v1/batches/{name}/held/decisions", "post", decided),
        ]
    }

    // MARK: Batches and targets

    /// Sends a batch of two sheets without a name, and waits for its import.
    private static func upload(_ stage: ApprovalStage, as clerk: ApprovalStage.Desk) async throws -> WebAnswer {
        let home = "Số 8, Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội"
        let rows = (1...2).map { number in
            SheetWriter.row(
                number, household: "U\(number)", ["ho_ten": "", "thuong_tru": home, "noi_o_hien_tai": home])
        }
        let text = ([SheetWriter.heading] + rows).joined(separator: "\n") + "\n"
        let path = "batches?name=qua-api.csv"
        let json = try await clerk.api(.post, path, "{}")
        #expect(json.status == 415 && json.code == "content_type_not_csv", "\(json.text)")
        let sent = try await clerk.upload(path, text)
        #expect(sent.status == 202 && sent.json["batch"]?.text == "qua-api", "\(sent.text)")
        var again = try await clerk.upload(path, text)
        while again.json["running"] == .bool(true) { again = try await clerk.upload(path, text) }
        let auditor = try await stage.signedIn("kiem-toan")
        #expect(try await auditor.upload(path, text).status == 403)
        return sent
    }

    private static func targets(_ stage: ApprovalStage) async throws -> [Asked] {
        let officer = try await stage.signedIn("kiem-tra-tinh")
        func body(_ value: String) -> String {
            #"{"measure": "complete", "value": \#(value), "by": "2030-12-31", "set": "until-2025-06-30", "unit": "01"}"#
        }
        let beyond = try await officer.api(.post, "quality/targets", body("2.5"))
        #expect(beyond.status == 422 || beyond.status == 403, "\(beyond.text)")
        let requester = try await stage.signedIn("bo-thu-1")
        let set = try await requester.api(.post, "quality/targets", body("0.985"))
        return set.status == 201 ? [("/api/v1/quality/targets", "post", set)] : []
    }

    @Test("in by password and code, another password, and out again", arguments: TestStore.engines)
    func password(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let access = stage.fixture.server.access
            let (old, new) = ("một câu dài dễ nhớ 2026", "câu khác cũng dài và dễ nhớ")
            let link = try await access.issueEnrolment(for: "can-bo-xa", by: LocalOperator.requester)
            let offer = try await access.enrolmentOffer(token: link)
            let secret = try #require(Base32Text.bytes(of: offer.codeSecret))
            func code() throws -> String {
                stage.fixture.advance(minutes: 1)
                let step = OneTimeCode.step(at: access.surroundings.now())
                return try #require(OneTimeCode(secret: secret)).code(step: step)
            }
            try await access.enrol(token: link, password: old, codeSecret: offer.codeSecret, code: try code())
            func signIn(_ password: String, _ code: String) async throws -> WebAnswer {
                try await ApprovalStage.Desk(client: stage.client, cookie: "", token: "").api(
                    .post, "sign-in",
                    #"{"account": "can-bo-xa", "password": "\#(password)", "code": "\#(code)"}"#)
            }
            let wrong = try await signIn("sai", code())
            #expect(wrong.status == 401 && wrong.headers[.setCookie] == nil, "\(wrong.text)")
            let started = try await signIn(old, code())
            #expect(started.status == 200, "\(started.text)")
            let cookie = try #require(started.headers[.setCookie]).prefix { $0 != ";" }
            let officer = ApprovalStage.Desk(client: stage.client, cookie: String(cookie), token: "")
            #expect(try await officer.api(.get, "work").status == 200)
            let change = #"{"present": "\#(old)", "new": "\#(new)", "code": "\#(try code())"}"#
            #expect(try await officer.api(.post, "sessions/password", change).status == 204)
            #expect(try await officer.api(.post, "sign-out").status == 204)
            #expect(try await officer.api(.get, "work").status == 401)
            #expect(try await signIn(old, code()).status == 401)
            #expect(try await signIn(new, code()).status == 200)
        }
    }

    @Test("a wrong password changes nothing, and no other account's key is named", arguments: TestStore.engines)
    func own(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let officer = try await stage.signedIn("can-bo-xa")
            let wrong = #"{"present": "sai mật khẩu", "new": "quán cà phê bên hồ 17", "code": "000000"}"#
            let refused = try await officer.api(.post, "sessions/password", wrong)
            #expect((400..<500).contains(refused.status) && refused.code != nil, "\(refused.text)")
            for key in ["17", "không"] {
                let gone = try await officer.api(.post, "sessions/keys", #"{"key": "\#(key)", "step": "remove"}"#)
                #expect([403, 422].contains(gone.status), "\(gone.text)")
            }
            #expect(try await officer.api(.post, "sessions/role", #"{"grant": "1"}"#).status == 401)
        }
    }
}
