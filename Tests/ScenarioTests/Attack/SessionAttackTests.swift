import Access
import Civil
import Database
import Foundation
import HTTPTypes
import HummingbirdTesting
import Population
import TestStores
import Testing

@testable import Web

/// Sessions that somebody prepared, stole, kept or sends again.
@Suite("Attacks on sessions")
struct SessionAttackTests {
    /// Signs in by one click in a browser that has this cookie already; the cookie that it has then.
    private static func signIn(_ stage: ApprovalStage, as account: String, having desk: ApprovalStage.Desk) async throws
        -> String
    {
        let answer = try await desk.post("/sign-in/demonstration", ["account": account])
        #expect(answer.status == 303)
        let cookie = try #require(answer.headers[.setCookie])
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/"))
        return String(cookie.prefix { $0 != ";" })
    }

    @Test("a session that somebody chose beforehand is never the one that is signed in", arguments: TestStore.engines)
    func fixation(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let chosen = "dancu=" + String(repeating: "ab", count: 32)
            let victim = ApprovalStage.Desk(client: stage.client, cookie: chosen, token: "")
            let cookie = try await SessionAttackTests.signIn(stage, as: "can-bo-xa", having: victim)
            #expect(cookie != chosen)
            #expect(try await victim.page("/work").status == 303, "the chosen one stays nobody's")
        }
    }

    @Test("signing in again ends the session that the browser had", arguments: TestStore.engines)
    func again(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let before = try await stage.signedIn("can-bo-xa")
            let cookie = try await SessionAttackTests.signIn(stage, as: "phe-duyet", having: before)
            #expect(try await before.page("/work").status == 303)
            let after = ApprovalStage.Desk(client: stage.client, cookie: cookie, token: "")
            #expect(try await after.page("/work").status == 200)
        }
    }

    @Test("nobody is signed in through a form of another session, or without its token", arguments: TestStore.engines)
    func strangeTokens(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let one = try await stage.signedIn("can-bo-xa")
            let other = try await stage.signedIn("phe-duyet")
            for token in ["", "0", other.token, one.token.uppercased() + "0", String(repeating: "0", count: 64)] {
                let forged = ApprovalStage.Desk(client: stage.client, cookie: one.cookie, token: token)
                for path in [
                    "/search", "/sign-out", "/language", "/sign-in/demonstration", "/persons/\(stage.father)/reveal",
                ] {
                    #expect(
                        try await forged.post(path, ["q": "Trần", "account": "phe-duyet"]).status == 403, "\(path)")
                }
            }
            #expect(try await one.page("/work").status == 200)
        }
    }

    @Test("after signing out, a copy of the cookie is worth nothing", arguments: TestStore.engines)
    func kept(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            let out = try await desk.post("/sign-out", [:])
            #expect(out.status == 303)
            #expect(out.headers.contains { $0.name.canonicalName == "clear-site-data" })
            #expect(try await desk.page("/work").status == 303)
            #expect(try await desk.post("/search", ["q": "Trần"]).status == 401)
            #expect(try await desk.api(.get, "persons/\(stage.father)").status == 401)
        }
    }

    @Test("a stolen cookie in another browser ends the session for both")
    func stolen() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            #expect(try await desk.page("/work", headers: ["User-Agent": "Thief/1.0"]).status == 303)
            #expect(try await desk.page("/work").status == 303)
        }
    }

    @Test("a form that is sent twice records one act", arguments: TestStore.engines)
    func replayed(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            let path = "/persons/\(stage.father)/acts/absence"
            var fields = [
                "effective-day": "1", "effective-month": "7", "effective-year": "2025", "reason": "đi làm xa",
                "until-day": "1", "until-month": "9", "until-year": "2025",
            ]
            let check = try await desk.post(path, fields)
            #expect(check.status == 200)
            fields["step"] = "record"
            fields["version"] = SessionAttackTests.hidden("version", in: check.text)
            fields["key"] = SessionAttackTests.hidden("key", in: check.text)
            let before = try await stage.acts()
            let done = try await desk.post(path, fields)
            #expect(done.status == 303 && done.location.contains("/slips/"), "\(done.text)")
            #expect(try await desk.post(path, fields).location == done.location)
            #expect(try await stage.acts() == before + 1)
            fields["key"] = String(repeating: "7d", count: 32)
            #expect(try await desk.post(path, fields).status == 409, "another form of the record as it was")
            fields["version"] = nil
            #expect(try await desk.post(path, fields).status == 409, "nor without the version")
        }
    }

    @Test("a birth that is sent twice makes one child, though no record changes by it", arguments: TestStore.engines)
    func replayedBirth(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let officer = try await stage.requester("can-bo-xa")
            let json = """
                {"kind": "registered_at_birth", "effective": "2021-01-05",
                 "content": {"father": {"person": "\(stage.father)"},
                    "details": {"name": "Trần Bé Ba", "birth": "2021-01-05", "sex": "\(Sex.male.rawValue)",
                     "birth_registration_place": "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội"}}}
                """
            let birth = try JSONDecoder().decode(ActRequest.self, from: Data(json.utf8))
            let form = try #require(SentForm(key: String(repeating: "5a", count: 32)))
            let register = stage.fixture.register
            let before = try await stage.acts()
            _ = try await register.record(birth, by: officer, dryRun: true, once: form)
            _ = try await register.record(birth, by: officer, once: form)
            await #expect(throws: RecordingRefusal.sentTwice) {
                try await register.record(birth, by: officer, once: form)
            }
            #expect(try await stage.acts() == before + 1)
            for text in ["", "5a", String(repeating: "5a", count: 33)] { #expect(SentForm(key: text) == nil) }
        }
    }

    static func hidden(_ name: String, in html: String) -> String? {
        html.components(separatedBy: "name=\"\(name)\" value=\"").dropFirst().first.map {
            String($0.prefix { $0 != "\"" })
        }
    }

    /// What a form is filled in with, as a browser would send it: texts, and the choices that are chosen.
    static func filled(_ html: String, everyBoxTicked: Bool = false) -> [String: String] {
        var fields: [String: String] = [:]
        for part in html.components(separatedBy: "<input ").dropFirst() {
            let tag = String(part.prefix { $0 != ">" })
            guard let name = attribute("name", of: tag), name != "csrf", name != "q" else { continue }
            let isChoice = tag.contains("type=\"radio\"") || tag.contains("type=\"checkbox\"")
            if !isChoice || everyBoxTicked || tag.contains(" checked") {
                fields[name] = attribute("value", of: tag) ?? ""
            }
        }
        for part in html.components(separatedBy: "<select ").dropFirst() {
            guard let name = attribute("name", of: String(part.prefix { $0 != ">" })) else { continue }
            let options = part.components(separatedBy: "</select>")[0].components(separatedBy: "<option ").dropFirst()
            let chosen = options.first { $0.prefix { $0 != ">" }.contains(" selected") }
            fields[name] = chosen.flatMap { attribute("value", of: String($0.prefix { $0 != ">" })) } ?? ""
        }
        return fields
    }

    private static func attribute(_ name: String, of tag: String) -> String? {
        (" " + tag).components(separatedBy: " \(name)=\"").dropFirst().first.map { String($0.prefix { $0 != "\"" }) }
    }
}
