import Access
import Civil
import Database
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import Population
import TestStores
import Testing

@testable import Web

/// Officers at the console, through HTTP and without a browser: the pages as they are sent, the entries they leave.
@Suite("Officers at the console")
struct ConsoleStoryTests {
    private static let commune = UnitCode("00097", .fromJuly2025)

    /// Somebody at a browser: keeps the cookie, knows the token of the forms.
    struct Browser {
        let client: any TestClientProtocol
        var cookie = ""
        var token = ""
        var agent = "Browser/1.0"

        func get(_ path: String) async throws -> TestResponse {
            try await client.execute(
                uri: path, method: .get,
                headers: [.accept: "text/html", .cookie: cookie, .userAgent: agent])
        }

        func post(_ path: String, _ fields: [String: String], token other: String? = nil) async throws -> TestResponse {
            var fields = fields
            fields["csrf"] = other ?? token
            let body = fields.map { name, value in
                "\(ConsoleStoryTests.encoded(name))=\(ConsoleStoryTests.encoded(value))"
            }.joined(separator: "&")
            return try await send(path, "application/x-www-form-urlencoded", body)
        }

        func send(_ path: String, _ type: String, _ body: String) async throws -> TestResponse {
            try await client.execute(
                uri: path, method: .post,
                headers: [.accept: "text/html", .cookie: cookie, .userAgent: agent, .contentType: type],
                body: ByteBuffer(string: body))
        }

        /// - Parameter purpose: what the looks without a file are for; nil states none.
        mutating func signIn(as account: String, for purpose: String? = ApprovalStage.purpose) async throws {
            let answer = try await post("/sign-in/demonstration", ["account": account])
            #expect(answer.status == .seeOther)
            let set = try #require(answer.headers[.setCookie])
            #expect(set.contains("HttpOnly") && set.contains("SameSite=Strict"))
            cookie = String(set.prefix { $0 != ";" })
            let page = try await get("/work")
            token = try #require(ConsoleStoryTests.hidden("csrf", in: String(buffer: page.body)))
            guard let purpose else { return }
            let stated = try await post("/purpose", ["purpose": purpose, "back": "/work"])
            #expect(stated.status == .seeOther)
        }
    }

    static func encoded(_ text: String) -> String {
        PathText.encoded(text)
    }

    static func hidden(_ name: String, in html: String) -> String? {
        html.components(separatedBy: "name=\"\(name)\" value=\"").dropFirst().first.map { rest in
            String(rest.prefix { $0 != "\"" })
        }
    }

    static func looks(_ fixture: WebFixture) async throws -> Int {
        try await fixture.register.database.read { connection in
            try connection.first("SELECT count(*) FROM look") { try $0.int(0) } ?? 0
        }
    }

    static func with(
        _ engine: Engine, _ body: @Sendable @escaping (WebFixture, Browser) async throws -> Void
    ) async throws {
        try await WebFixture.with(engine) { fixture, client in
            try await fixture.server.access.prepareDemonstration(
                around: ConsoleStoryTests.commune, by: LocalOperator.requester)
            try await body(fixture, Browser(client: client))
        }
    }

    @Test(
        "Nobody sees a page without signing in, and comes back to where they wanted to go", arguments: TestStore.engines
    )
    func signsIn(engine: Engine) async throws {
        try await ConsoleStoryTests.with(engine) { _, browser in
            var browser = browser
            for path in ["/work", "/people"] {
                let answer = try await browser.get(path)
                #expect(answer.status == .seeOther)
                #expect(answer.headers[.location] == "/sign-in?next=\(PathText.encoded(path))")
            }
            let page = String(buffer: try await browser.get("/sign-in").body)
            #expect(page.contains("can-bo-xa"))
            try await browser.signIn(as: "can-bo-xa")
            let work = try await browser.get("/work")
            #expect(work.status == .ok)
            let out = try await browser.post("/sign-out", [:])
            #expect(out.status == .seeOther)
            #expect(try await browser.get("/work").status == .seeOther)
        }
    }

    @Test(
        "Nobody is looked up without a file or a purpose; what is stated once holds until it is left, and stands out",
        arguments: TestStore.engines)
    func purposes(engine: Engine) async throws {
        try await ConsoleStoryTests.with(engine) { fixture, browser in
            var browser = browser
            try await browser.signIn(as: "can-bo-bo", for: nil)
            let person = "/persons/\(try await fixture.persons()[0])"
            let before = try await ConsoleStoryTests.looks(fixture)
            let asked = try await browser.get(person)
            #expect(asked.status == .forbidden)
            let page = String(buffer: asked.body)
            #expect(page.contains("action=\"/purpose\"") && page.contains("value=\"\(person)\""))
            let searched = String(buffer: try await browser.post("/search", ["q": "Trần Văn Bình"]).body)
            #expect(searched.contains("id=\"purpose\"") && !searched.contains("href=\"/persons/"))
            #expect(try await ConsoleStoryTests.looks(fixture) == before)
            let long = String(repeating: "a", count: 201)
            #expect(
                try await browser.post("/purpose", ["purpose": long, "back": person]).status == .unprocessableContent)

            let stated = try await browser.post("/purpose", ["purpose": "trả lời tòa án", "back": person])
            #expect(stated.headers[.location] == person)
            let shown = try await browser.get(person)
            #expect(shown.status == .ok && String(buffer: shown.body).contains("trả lời tòa án"))
            let purposes = try await fixture.register.database.read { connection in
                try connection.rows("SELECT DISTINCT purpose FROM look ORDER BY purpose") { try $0.text(0) }
            }
            #expect(purposes.contains("không có hồ sơ: trả lời tòa án") && !purposes.contains(Purpose.counter.text))
            _ = try await browser.post("/purpose", ["purpose": "", "back": "https://example.org/"])
            #expect(try await browser.get(person).status == .forbidden)

            // A purpose that is stated with a search is kept as well.
            let found = try await browser.post("/search", ["q": "Trần Văn Bình", "purpose": "đối chiếu"])
            #expect(String(buffer: found.body).contains("href=\"/persons/"))
            #expect(try await browser.get(person).status == .ok)
        }
    }

    @Test("Whatever is remembered narrows a search, each in a field of its own", arguments: TestStore.engines)
    func narrows(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            func found(_ fields: [String: String]) async throws -> WebAnswer {
                try await desk.post(
                    "/search", fields.merging(["detail": "1", "q": "tran van binh"]) { first, _ in first })
            }
            let link = "/persons/\(stage.father)"
            for fields in [
                [:], ["sex": "M"], ["born": "1981"], ["born": "12/05/1980", "place": "Phúc Xá, Ba Đình, Hà Nội"],
                ["place": "Phường Hồng Hà, Hà Nội", "sex": "M"],
            ] {
                let answer = try await found(fields)
                #expect(answer.status == 200 && answer.text.contains(link), "\(fields): \(answer.text)")
            }
            for fields in [["sex": "F"], ["born": "1950"], ["place": "Nơi Không Có"], ["born": "31/31/1980"]] {
                #expect(try await !found(fields).text.contains(link), "\(fields)")
            }
            #expect(try await found(["place": "Nơi Không Có"]).text.contains("class=\"problems\""))
            #expect(try await desk.page("/people").text.contains("name=\"parent\""))
        }
    }

    @Test(
        "An officer finds a person of the commune by name, and each page leaves its entry", arguments: TestStore.engines
    )
    func finds(engine: Engine) async throws {
        try await ConsoleStoryTests.with(engine) { fixture, browser in
            var browser = browser
            try await browser.signIn(as: "can-bo-bo")
            let name = "Trần Văn Bình"
            let before = try await ConsoleStoryTests.looks(fixture)
            let found = try await browser.post("/search", ["q": name])
            #expect(found.status == .ok)
            let html = String(buffer: found.body)
            let path = try #require(
                html.components(separatedBy: "href=\"/persons/").dropFirst().first.map { "/persons/" + $0.prefix(26) })
            #expect(try await ConsoleStoryTests.looks(fixture) == before + 1)
            let person = try await browser.get(path)
            #expect(person.status == .ok)
            #expect(String(buffer: person.body).contains(HTMLText.escaped(name)))
            #expect(try await ConsoleStoryTests.looks(fixture) > before + 1)
        }
    }

    @Test(
        "A birth is recorded from the father's page, with what the register knows filled in",
        arguments: TestStore.engines)
    func birth(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            let path = "/persons/\(stage.father)/acts/birth"
            var fields = SessionAttackTests.filled(try await desk.page(path).text)
            #expect(fields["registered-at-commune"]?.hasSuffix("/00097") == true, "\(fields)")
            for (name, text) in [
                "name": "Trần Bé Ba", "effective-day": "5", "effective-month": "7", "effective-year": "2025",
                "sex": "F",
                "birth-place-commune": fields["registered-at-commune"] ?? "", "origin-other": "",
                "origin-commune": fields["registered-at-commune"] ?? "", "document-number": "17",
                "document-office": "UBND phường Hồng Hà", "document-date-day": "6",
                "document-date-month": "7", "document-date-year": "2025",
            ] { fields[name] = text }
            let check = try await desk.post(path, fields)
            #expect(check.status == 200, "\(check.text)")
            fields["step"] = "record"
            fields["version"] = SessionAttackTests.hidden("version", in: check.text)
            fields["key"] = SessionAttackTests.hidden("key", in: check.text)
            let done = try await desk.post(path, fields)
            #expect(done.status == 303, "\(done.text)")
            let found = try await stage.fixture.register.database.read { connection in
                try connection.first(
                    "SELECT count(*) FROM person p JOIN relative r ON r.person_id = p.person_id WHERE p.state LIKE ?",
                    [.text("%Trần Bé Ba%")]
                ) { try $0.int(0) }
            }
            #expect((found ?? 0) > 0)
            // The commune that registered the birth sees the child, who lives nowhere yet, and finds it.
            let slip = try await desk.page(done.location)
            #expect(slip.text.contains("Trần Bé Ba") && slip.text.contains("Phiếu kết quả"), "\(slip.text)")
            let link = try #require(done.location.firstMatch(of: /^(\/persons\/[a-z0-9]{26})\/slips/)?.1)
            let child = try await desk.page(String(link))
            #expect(child.status == 200 && child.text.contains("Trần Bé Ba"), "\(child.text)")
            let searched = try await desk.post("/search", ["q": "tran be ba 2025"])
            #expect(searched.text.contains(String(link)), "\(searched.text)")
            #expect(try await desk.page("\(link)/acts/permanent-residence").status == 200)
        }
    }

    @Test("A form of another page, and one without the session's token, record nothing", arguments: TestStore.engines)
    func tokens(engine: Engine) async throws {
        try await ConsoleStoryTests.with(engine) { fixture, browser in
            var browser = browser
            try await browser.signIn(as: "can-bo-bo")
            let before = try await ConsoleStoryTests.looks(fixture)
            for token in ["", "0", String(repeating: "0", count: 64)] {
                let answer = try await browser.post("/search", ["q": "Nguyễn"], token: token)
                #expect(answer.status == .forbidden)
            }
            #expect(try await ConsoleStoryTests.looks(fixture) == before)
        }
    }

    @Test("A role that sees nobody is told so, and no look is recorded", arguments: TestStore.engines)
    func seesNobody(engine: Engine) async throws {
        try await ConsoleStoryTests.with(engine) { fixture, browser in
            var browser = browser
            let handle = try #require(try await fixture.persons().first)
            for account in ["quan-tri", "kiem-toan"] {
                try await browser.signIn(as: account)
                let before = try await ConsoleStoryTests.looks(fixture)
                let answer = try await browser.get("/persons/\(handle)")
                #expect(answer.status == .forbidden)
                #expect(try await ConsoleStoryTests.looks(fixture) == before)
            }
        }
    }

    @Test("A revoked officer is refused in mid-work", arguments: TestStore.engines)
    func revoked(engine: Engine) async throws {
        try await ConsoleStoryTests.with(engine) { fixture, browser in
            var browser = browser
            try await browser.signIn(as: "can-bo-xa")
            #expect(try await browser.get("/work").status == .ok)
            try await fixture.server.access.setDisabled(
                true, "can-bo-xa", reason: "mất thiết bị", by: LocalOperator.requester)
            #expect(try await browser.get("/work").status == .seeOther)
            let answer = try await browser.post("/search", ["q": "Nguyễn"])
            #expect(answer.status == .unauthorized)
        }
    }

    @Test(
        "A page is led to paths of this server alone",
        arguments: ["//example.org", "https://example.org", "/\\evil", "x"])
    func redirects(next: String) async throws {
        try await ConsoleStoryTests.with(.sqlite) { _, browser in
            let answer = try await browser.post("/sign-in/demonstration", ["account": "can-bo-xa", "next": next])
            #expect(answer.headers[.location] == "/work")
        }
    }
}
