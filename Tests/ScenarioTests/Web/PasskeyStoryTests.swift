import Access
import Database
import Foundation
import HTTPTypes
import HummingbirdTesting
import Ledger
import Population
import TestAuthenticator
import TestStores
import Testing

@testable import Web

/// Passkeys, sessions and sign-ins on record, over HTTP.
@Suite("Passkeys over HTTP")
struct PasskeyStoryTests {
    private static let signIn = "passkeys/sign-in"

    @Test("A link makes a key, and the key signs in; the browser is sent on", arguments: TestStore.engines)
    func enrols(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let stranger = PasskeyClient.stranger(stage)
            let link = try await stage.fixture.server.access.issueEnrolment(
                for: "phe-duyet-2", by: LocalOperator.requester)
            let page = try await stranger.page("/enrol/\(link)")
            #expect(page.status == 200)
            #expect(page.text.contains("data-ceremony=\"enrolment\" data-site=\"localhost\""))
            #expect(page.text.contains("data-token=\"\(link)\""))
            var made = try await PasskeyClient.make(
                at: "passkeys/enrolment", ["token": .string(link)], by: stranger)
            #expect(made.answer.status == 200)
            #expect(made.answer.json["next"] == .string("/sign-in"))
            #expect(try await stranger.page("/enrol/\(link)").status == 422, "the link is used")
            let body = try await PasskeyClient.signed(&made.device, by: stranger, next: "/people")
            let answer = try await stranger.api(.post, PasskeyStoryTests.signIn, body)
            #expect(answer.status == 200)
            #expect(answer.json["next"] == .string("/people"))
            let set = try #require(answer.headers[.setCookie])
            #expect(set.contains("HttpOnly") && set.contains("SameSite=Strict"))
            let desk = try #require(PasskeyClient.desk(answer, stage))
            #expect(try await desk.page("/work").text.contains("phe-duyet-2"))
            let replayed = try await stranger.api(.post, PasskeyStoryTests.signIn, body)
            #expect(replayed.code == "passkey_challenge_wrong")
            #expect(replayed.headers[.setCookie] == nil)
        }
    }

    @Test("Where to go on is a path of this server alone", arguments: ["//example.org", "https://example.org", "x"])
    func redirects(next: String) async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            var made = try await PasskeyClient.make(at: "passkeys", by: try await stage.signedIn("phe-duyet"))
            let stranger = PasskeyClient.stranger(stage)
            let body = try await PasskeyClient.signed(&made.device, by: stranger, next: next)
            let answer = try await stranger.api(.post, PasskeyStoryTests.signIn, body)
            #expect(answer.json["next"] == .string("/work"))
        }
    }

    @Test("Every lie is refused with its code, sets no cookie, and stands on record")
    func lies() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let made = try await PasskeyClient.make(at: "passkeys", by: try await stage.signedIn("phe-duyet"))
            let others = try await PasskeyClient.make(at: "passkeys", by: try await stage.signedIn("phe-duyet-2"))
            let stranger = PasskeyClient.stranger(stage)
            let lies: [(String, @Sendable (inout SoftAuthenticator) -> Void)] = [
                ("passkey_origin_wrong", { $0.origin = "http://localhost:9999" }),
                ("passkey_origin_wrong", { $0.isCrossOrigin = true }),
                ("passkey_site_wrong", { $0.relyingParty = "example.org" }),
                ("passkey_user_not_verified", { $0.flags = 0b001 }),
                ("passkey_user_wrong", { [other = others.device.credential] in $0.credential = other }),
                ("passkey_unknown", { $0.credential = Array(repeating: 3, count: 40) }),
                ("passkey_counter_went_back", { $0.counter = 1 }),
            ]
            for (code, lie) in lies {
                var device = made.device
                lie(&device)
                let body = try await PasskeyClient.signed(&device, by: stranger)
                let answer = try await stranger.api(.post, PasskeyStoryTests.signIn, body)
                #expect(answer.code == code)
                #expect(answer.headers[.setCookie] == nil, "\(code)")
            }
            let refused = try await stage.fixture.register.database.read { connection in
                try connection.rows(
                    "SELECT reason FROM sign_in_entry WHERE event = 'refused' AND method = 'passkey' ORDER BY entry_id"
                ) { try $0.text(0) }
            }
            #expect(refused == lies.map(\.0))
        }
    }

    @Test("A disabled officer's key opens nothing, and a form of another site asks for nothing")
    func refused() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            var made = try await PasskeyClient.make(at: "passkeys", by: try await stage.signedIn("phe-duyet"))
            try await stage.fixture.server.access.setDisabled(
                true, "phe-duyet", reason: "mất thiết bị", by: LocalOperator.requester)
            let stranger = PasskeyClient.stranger(stage)
            let body = try await PasskeyClient.signed(&made.device, by: stranger)
            #expect(try await stranger.api(.post, PasskeyStoryTests.signIn, body).code == "no_role")
            for path in ["sign-in/challenge", "challenge", "enrolment/challenge", "sign-in", "enrolment", ""] {
                let form = try await stranger.post("/api/v1/passkeys" + (path.isEmpty ? "" : "/" + path), ["a": "b"])
                #expect(form.status == 415, "\(path)")
            }
            #expect(try await stranger.api(.post, "passkeys/challenge", "{}").code == "session_missing")
            for broken in ["[]", "{}", #"{"credential": {"id": "=", "response": {}}}"#] {
                #expect(try await stranger.api(.post, PasskeyStoryTests.signIn, broken).code == "body_malformed")
            }
        }
    }

    @Test("An officer sees sessions, keys and sign-ins, and changes their own", arguments: TestStore.engines)
    func keeps(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let desk = try await stage.signedIn("phe-duyet")
            let elsewhere = try await stage.signedIn("phe-duyet")
            let made = try await PasskeyClient.make(at: "passkeys", naming: "Máy ở quầy", by: desk)
            #expect(made.answer.json["next"] == .string("/sessions"))
            let page = try await desk.page("/sessions").text
            #expect(page.contains("Máy ở quầy") && page.contains("trong thiết bị"))
            #expect(!page.contains("value=\"remove\""), "the last way to sign in")
            let key = try #require(PasskeyStoryTests.hidden("passkey", in: page))
            let removed = try await desk.post("/sessions/keys", ["passkey": key, "step": "remove"])
            #expect(removed.status == 422)
            let renamed = try await desk.post(
                "/sessions/keys", ["passkey": key, "step": "rename", "label": "<b>Khóa & 2</b>"])
            #expect(renamed.status == 303)
            #expect(try await desk.page("/sessions").text.contains(HTMLText.escaped("<b>Khóa & 2</b>")))
            #expect(try await elsewhere.page("/work").status == 200)
            let other = try #require(PasskeyStoryTests.hidden("session", in: page))
            #expect(try await desk.post("/sessions/end", ["session": "alle"]).status == 400)
            #expect(try await desk.post("/sessions/end", ["session": other]).status == 303)
            #expect(try await elsewhere.page("/work").status == 303)
            #expect(try await desk.page("/work").status == 200)
            let third = try await stage.signedIn("phe-duyet")
            #expect(try await desk.post("/sessions/end-others", [:]).status == 303)
            #expect(try await third.page("/work").status == 303)
            let stranger = try await stage.signedIn("phe-duyet-2")
            let theirs = try await stranger.post("/sessions/keys", ["passkey": key, "step": "rename", "label": "x"])
            #expect(theirs.status == 422)
        }
    }

    @Test("Ten minutes after signing in keys are not changed any more")
    func recent() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let desk = try await stage.signedIn("phe-duyet")
            #expect(try await desk.page("/sessions").text.contains("data-ceremony=\"add\""))
            try await stage.fixture.register.database.write { connection in
                _ = try connection.execute("UPDATE session SET started_at = started_at - 600000000")
            }
            #expect(!(try await desk.page("/sessions").text.contains("data-ceremony=\"add\"")))
            #expect(try await desk.api(.post, "passkeys/challenge", "{}").code == "sign_in_not_recent")
            let removed = try await desk.post("/sessions/keys", ["passkey": "1", "step": "remove"])
            #expect(removed.status == 403)
        }
    }

    @Test("Signing in anew in the same browser ends the session of before, whoever it was")
    func replaces() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let desk = try await stage.signedIn("phe-duyet")
            let answer = try await desk.post("/sign-in/demonstration", ["account": "can-bo-xa"])
            #expect(answer.status == 303)
            let next = try #require(PasskeyClient.desk(answer, stage))
            #expect(next.cookie != desk.cookie)
            #expect(try await desk.page("/work").status == 303)
            #expect(try await next.page("/work").text.contains("can-bo-xa"))
        }
    }

    @Test("Pages with the button for passkeys may run the one script, every other page none")
    func policies() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let desk = try await stage.signedIn("phe-duyet")
            let stranger = PasskeyClient.stranger(stage)
            for answer in [try await stranger.page("/sign-in"), try await desk.page("/sessions")] {
                #expect(answer.headers[.contentSecurityPolicy] == SecurityHeaders.scriptedPolicy)
                #expect(answer.text.contains("<script src=\"/assets/passkey.js\" defer></script>"))
            }
            #expect(try await desk.page("/work").headers[.contentSecurityPolicy] == SecurityHeaders.policy)
            let script = try await stranger.page("/assets/passkey.js")
            #expect(script.status == 200)
            #expect(script.headers[.contentType] == "text/javascript; charset=utf-8")
        }
    }

    private static func hidden(_ name: String, in html: String) -> String? {
        html.components(separatedBy: "name=\"\(name)\" value=\"").dropFirst().first.map { rest in
            String(rest.prefix { $0 != "\"" })
        }
    }
}
