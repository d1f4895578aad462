import Database
import Foundation
import HTTPTypes
import HummingbirdTesting
import TestStores
import Testing

@testable import Web

/// Requests that another site makes an officer's browser send, and links that lead away from here.
@Suite("Attacks from other sites")
struct OriginAttackTests {
    private static let elsewhere = [
        "https://example.org", "http://localhost.example.org", "http://localhost:9999", "https://localhost", "null", "",
        "http://", "http://localhost@example.org", "localhost", "http://localhost, http://example.org",
    ]

    @Test("a form that another origin sends is refused, with the session's own token too", arguments: elsewhere)
    func foreignOrigin(origin: String) async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            let before = try await stage.fixture.looks()
            let answer = try await desk.post("/search", ["q": "Trần Văn Bình"], headers: ["Origin": origin])
            #expect(answer.status == 403)
            #expect(try await stage.fixture.looks() == before)
            #expect(try await desk.page("/work").status == 200, "the session goes on")
        }
    }

    @Test("what the browser says of a request's site is believed when the origin is missing")
    func fetchMetadata() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            for site in ["cross-site", "same-site", "nonsense"] {
                let form = try await desk.post("/search", ["q": "Trần"], headers: ["Sec-Fetch-Site": site])
                #expect(form.status == 403)
                let embedded = try await desk.page(
                    "/work", headers: ["Sec-Fetch-Site": site, "Sec-Fetch-Mode": "cors"])
                #expect(embedded.status == 403)
                let link = try await desk.page(
                    "/work", headers: ["Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"])
                #expect(link.status == 200)
                let program = try await desk.page(
                    "/api/v1/batches", headers: ["Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"])
                #expect(program.status == 403)
            }
            for site in ["same-origin", "none"] {
                let form = try await desk.post(
                    "/search", ["q": "Trần"], headers: ["Sec-Fetch-Site": site, "Origin": "http://localhost"])
                #expect(form.status == 200)
            }
        }
    }

    @Test("an origin is scheme, host and port, and the usual port is no other one")
    func origins() {
        #expect(WebOrigin("http://localhost:80") == WebOrigin(isSecure: false, authority: "LOCALHOST"))
        #expect(WebOrigin("https://dancu.example:443") == WebOrigin(isSecure: true, authority: "dancu.example"))
        #expect(WebOrigin("http://[::1]:8080") == WebOrigin(isSecure: false, authority: "[::1]:8080"))
        #expect(WebOrigin("http://localhost:443") != WebOrigin(isSecure: false, authority: "localhost"))
        #expect(WebOrigin("null") == nil)
        #expect(WebOrigin("javascript://localhost") == nil)
        #expect(WebOrigin.host(of: "localhost:80@example.org") == nil)
        #expect(WebOrigin.host(of: "[::1]:8080") == "::1")
        #expect(WebOrigin.host(of: "local/host") == nil)
    }

    @Test(
        "a path that names another server is no link, no form and no way back",
        arguments: ["//example.org/x", "//example.org", "/\\example.org/x"])
    func otherServers(path: String) async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            for answer in [try await desk.page(path), try await desk.post(path, [:])] {
                #expect(answer.status == 404)
                #expect(!answer.text.contains("example.org"))
            }
            let unknown = ApprovalStage.Desk(client: stage.client, cookie: "", token: "")
            #expect(try await !unknown.page(path).text.contains("example.org"))
        }
    }

    @Test("a path of ours stays as it is, everything else leads to the first page")
    func ownPaths() {
        for path in ["/work", "/persons/abc?effective=1/2/2020", "/a//b"] { #expect(OwnPath.of(path) == path) }
        for text in [
            nil, "", "work", "//a", "/\\a", "https://a", "/a b", "/a\r\nSet-Cookie: b", "/ế", "javascript:alert(1)",
            "/" + String(repeating: "a", count: OwnPath.longest),
        ] { #expect(OwnPath.of(text) == OwnPath.first) }
    }

    @Test("a query is decoded once: what was encoded twice stays encoded")
    func decodedOnce() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            let once = try await desk.page("/sign-in?next=%2Fpeople")
            #expect(once.headers[.location] == "/people")
            let twice = try await desk.page("/sign-in?next=%252F%252Fexample.org")
            #expect(twice.headers[.location] == "/work")
            let person = stage.father
            #expect(try await desk.page("/persons/\(person)?effective=1%2F1%2F2022").status == 200)
            #expect(try await desk.page("/persons/\(person)?effective=1%252F1%252F2022").status == 400)
        }
    }
}
