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

/// Protection, emergencies, alarms, logs, offices and sessions for programs: the same decisions as at the console.
@Suite("Oversight and administration through the interface")
struct OversightRouteTests {
    typealias Asked = (path: String, method: String, answer: WebAnswer)

    /// One answer of every route of these, with everything that is rarely there.
    static func answers(_ stage: ApprovalStage) async throws -> [Asked] {
        try await officers(stage) + counter(stage) + alarms(stage) + protection(stage)
    }

    private static func day(_ stage: ApprovalStage, _ days: Int) -> String {
        stage.fixture.register.surroundings.today.advanced(byDays: days).description
    }

    /// A text of the first entry of a list in an answer.
    private static func first(_ list: String, _ name: String, _ answer: WebAnswer) throws -> String {
        guard case .array(let entries)? = answer.json[list] else { throw Missing(text: answer.text) }
        return try #require(entries.first?[name]?.text, "\(answer.text)")
    }

    private struct Missing: Error {
        let text: String
    }

    private static let accept = #"{"decision": "accept"}"#

    // MARK: Protection and emergencies

    private static func protection(_ stage: ApprovalStage) async throws -> [Asked] {
        let (asker, second) = (try await stage.signedIn("phe-duyet"), try await stage.signedIn("phe-duyet-2"))
        let new = #"{"person": "\#(stage.father)", "until": "\#(day(stage, 30))", "reason": "nạn nhân được bảo vệ"}"#
        var asked: [Asked] = [("/api/v1/seals", "post", try await asker.api(.post, "seals", new))]
        let request = try first("asked", "request", asked[0].answer)
        asked.append(("/api/v1/seals", "get", try await second.api(.get, "seals")))
        let decision = "/api/v1/seals/requests/{request}/decision"
        asked.append((decision, "post", try await second.api(.post, "seals/requests/\(request)/decision", accept)))
        let seal = try first("standing", "seal", try await asker.api(.get, "seals"))
        asked += try await emergency(stage)
        let reason = #"{"reason": "hết lý do"}"#
        // An hour has passed, and with it the sessions.
        let (later, other) = (try await stage.signedIn("phe-duyet"), try await stage.signedIn("phe-duyet-2"))
        let lifting = try await later.api(.post, "seals/\(seal)/lift", reason)
        asked.append(("/api/v1/seals/{seal}/lift", "post", lifting))
        let waiting = try await other.api(.get, "seals")
        let lift = try first("waiting", "request", waiting)
        asked.append((decision, "post", try await other.api(.post, "seals/requests/\(lift)/decision", accept)))
        #expect(asked.last?.answer.json["standing"] == .array([]))
        return asked
    }

    private static func emergency(_ stage: ApprovalStage) async throws -> [Asked] {
        let (path, template) = ("emergency", "/api/v1/emergency")
        let officer = try await stage.signedIn("can-bo-xa")
        #expect(try await officer.api(.get, "persons/\(stage.father)").status == 404, "sealed")
        let body = #"{"persons": ["\#(stage.father)"], "minutes": 60, "reason": "cấp cứu, cần người thân"}"#
        var asked: [Asked] = [(template, "post", try await officer.api(.post, path, body))]
        let id = try first("asked", "emergency", asked[0].answer)
        for account in ["phe-duyet", "phe-duyet-tinh"] {
            let approver = try await stage.signedIn(account)
            asked.append((template, "get", try await approver.api(.get, path)))
            let decided = try await approver.api(.post, "\(path)/\(id)/decision", accept)
            asked.append((template + "/{emergency}/decision", "post", decided))
        }
        #expect(try await officer.api(.get, "persons/\(stage.father)").status == 200)
        asked.append((template, "get", try await officer.api(.get, path)))
        stage.fixture.advance(minutes: 61)
        let reviewer = try await stage.signedIn("bao-ve-du-lieu")
        let late = #"""
            {"note": "đúng quy định", "put_off_until": "\#(day(stage, 5))", "put_off_reason": "đang xác minh"}
            """#
        let reviewed = try await reviewer.api(.post, "\(path)/\(id)/review", late)
        asked.append((template + "/{emergency}/review", "post", reviewed))
        let told = #"{"person": "\#(stage.father)", "how": "gửi thư"}"#
        let answer = try await reviewer.api(.post, "\(path)/\(id)/told", told)
        asked.append((template + "/{emergency}/told", "post", answer))
        return asked
    }

    // MARK: Alarms and the logs

    private static func alarms(_ stage: ApprovalStage) async throws -> [Asked] {
        try await stage.enrol("can-bo-do", .communeOfficer, in: "xa-00097")
        let thief = try await stage.signedIn("can-bo-do")
        for index in 0...GuessKind.misses.most {
            let number = "00509900\(1000 + index)"
            _ = try await thief.api(.post, "persons/lookup", #"{"number": "\#(number)"}"#)
        }
        let reviewer = try await stage.signedIn("bao-ve-du-lieu")
        var asked: [Asked] = [("/api/v1/alarms", "get", try await reviewer.api(.get, "alarms"))]
        let alarm = try first("open", "alarm", asked[0].answer)
        let note = #"{"note": "đã hỏi cơ quan"}"#
        asked.append(
            ("/api/v1/alarms/{alarm}/answer", "post", try await reviewer.api(.post, "alarms/\(alarm)/answer", note)))
        let looks = #"{"log": "looks", "account": "can-bo-xa", "without_file": true}"#
        asked.append(("/api/v1/audit", "post", try await reviewer.api(.post, "audit", looks)))
        let acts = #"{"log": "acts", "reason": "kiểm tra quý", "since": "2021-01-01"}"#
        asked.append(("/api/v1/audit/export", "post", try await reviewer.api(.post, "audit/export", acts)))
        #expect(try await reviewer.api(.post, "audit/export", looks).status == 422, "no reason")
        #expect(try await thief.api(.post, "audit", looks).status == 403)
        return asked
    }

    // MARK: Offices, accounts, roles, sessions

    private static func officers(_ stage: ApprovalStage) async throws -> [Asked] {
        let (administrator, second) = (try await stage.signedIn("quan-tri"), try await stage.signedIn("can-bo-bo"))
        var asked: [Asked] = []
        func post(_ desk: ApprovalStage.Desk, _ path: String, _ template: String, _ body: String) async throws
            -> WebAnswer
        {
            let answer = try await desk.api(.post, path, body)
            asked.append(("/api/v1/" + template, "post", answer))
            return answer
        }
        let office = #"{"office": "bo-khac", "name": "Cục", "level": "ministry", "since": "2022-01-01"}"#
        _ = try await post(administrator, "offices", "offices", office)
        _ = try await post(administrator, "offices/bo-khac/end", "offices/{office}/end", #"{"until": "2023-01-01"}"#)
        asked.append(("/api/v1/offices", "get", try await administrator.api(.get, "offices")))
        let home = try await administrator.api(.get, "offices/xa-00097")
        asked.append(("/api/v1/offices/{office}", "get", home))
        let until = day(stage, 20)
        let role = #""role": "commune_officer", "office": "xa-00097", "until": "\#(until)""#
        _ = try await post(administrator, "officers", "officers", #"{"account": "lan.nt", "name": "Lan", \#(role)}"#)
        let waiting = try await second.api(.get, "role-changes")
        asked.append(("/api/v1/role-changes", "get", waiting))
        let change = try first("waiting", "change", waiting)
        let template = "role-changes/{change}/decision"
        _ = try await post(second, "role-changes/\(change)/decision", template, accept)
        let link = try await post(administrator, "officers/lan.nt/link", "officers/{account}/link", "{}")
        #expect(link.json["path"]?.text?.hasPrefix("/enrol/") == true)
        _ = try await stage.signedIn("lan.nt")
        let shown = try await administrator.api(.get, "officers/lan.nt")
        asked.append(("/api/v1/officers/{account}", "get", shown))
        let grant = try first("grants", "grant", shown)
        let end = #"{"step": "end_sessions", "reason": "máy bị bỏ quên"}"#
        let ended = try await post(administrator, "officers/lan.nt/steps", "officers/{account}/steps", end)
        #expect(ended.json["sessions"] == .array([]))
        let auditor = #"{"role": "approver", "office": "xa-00097", "until": "\#(until)"}"#
        let roles = try await post(administrator, "officers/lan.nt/roles", "officers/{account}/roles", auditor)
        let rejected = #"{"decision": "reject", "reason": "đã có người"}"#
        _ = try await post(
            second, "role-changes/\(try first("asked", "change", roles))/decision", template, rejected)
        _ = try await post(
            administrator, "officers/lan.nt/roles/\(grant)/revoke", "officers/{account}/roles/{grant}/revoke",
            #"{"reason": "chuyển công tác"}"#)
        _ = try await post(
            try await stage.signedIn("phe-duyet"), "deputies", "deputies",
            #"{"account": "phe-duyet-2", "until": "\#(until)"}"#)
        #expect(try await second.api(.get, "offices").status == 403)
        return asked
    }

    private static func counter(_ stage: ApprovalStage) async throws -> [Asked] {
        let (officer, twice) = (try await stage.signedIn("can-bo-xa"), try await stage.signedIn("can-bo-xa"))
        var asked: [Asked] = [("/api/v1/work", "get", try await officer.api(.get, "work"))]
        let sheet = #"""
            {"fields": {"ho_ten": "Lò Thị Phiếu", "ngay_sinh": "12/03/1991", "gioi_tinh": "Nữ", "ma_ho": "Q-9",
             "thuong_tru": "Số 9, Phường Hồng Hà, Thành phố Hà Nội", "quan_he_chu_ho": "Chủ hộ"}}
            """#
        let made = try await officer.api(.post, "sheets", sheet, key: "phieu-1")
        asked.append(("/api/v1/sheets", "post", made))
        let person = try #require(made.json["person"]?.text, "\(made.text)")
        let again = try await officer.api(.post, "sheets", sheet, key: "phieu-1")
        #expect(again.json["person"]?.text == person, "the same key is the same sheet: \(again.text)")
        let known = try await officer.api(.post, "sheets", sheet, key: "phieu-2")
        #expect(known.status == 409 && known.json["code"]?.text == "person_maybe_known", "\(known.text)")
        let bare = #"{"fields": {"ho_ten": "Lò Thị Thiếu"}}"#
        #expect(try await officer.api(.post, "sheets", bare).status == 400)
        asked.append(("/api/v1/sessions", "get", try await officer.api(.get, "sessions")))
        let ended = try await officer.api(.post, "sessions/end", "{}")
        asked.append(("/api/v1/sessions/end", "post", ended))
        #expect(try await twice.api(.get, "work").status == 401)
        #expect(try await officer.api(.post, "sessions/end", #"{"session": "x"}"#).status == 400)
        return asked
    }

    @Test("what the console asks and decides, a program asks and decides as well", arguments: TestStore.engines)
    func whole(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            for asked in try await OversightRouteTests.answers(stage) {
                #expect(
                    (200..<300).contains(asked.answer.status), "\(asked.method) \(asked.path): \(asked.answer.text)")
            }
        }
    }
}
