import Access
import Database
import HTTPTypes
import HummingbirdCore
import HummingbirdTesting
import Ledger
import NIOCore
import NIOSSL
import TestStores
import Testing

@testable import Web

/// A server that others than this machine reach: through its own TLS, or through a proxy that it trusts.
@Suite("Reaching the server from elsewhere")
struct ReachTests {
    private static func certificate(key: String = TestCertificate.key) throws(WebRefusal) -> ServerCertificate {
        try ServerCertificate(certificate: Array(TestCertificate.certificate.utf8), key: Array(key.utf8))
    }

    private static func trusting(_ versions: (TLSVersion, TLSVersion)? = nil) throws -> TestClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(TestCertificate.certificate.utf8)))
        if let versions {
            tls.minimumTLSVersion = versions.0
            tls.maximumTLSVersion = versions.1
        }
        return TestClient.Configuration(tlsConfiguration: tls, serverName: "localhost")
    }

    @Test("through TLS every answer orders TLS, and cookies are bound to it")
    func tls() async throws {
        try await LiveServer.with(.tls(try ReachTests.certificate())) { fixture, port in
            let answer = try await TestClient.withClient(
                host: "localhost", port: port, configuration: try ReachTests.trusting()
            ) { client in
                try await client.get("/sign-in", headers: [.connection: "close", .accept: "text/html"])
            }
            #expect(answer.status == .ok)
            #expect(!String(buffer: answer.body ?? ByteBuffer()).contains("can-bo-xa"), "no sign-in by one click")
            let hsts = try #require(HTTPField.Name("Strict-Transport-Security"))
            #expect(answer.headers[hsts] == "max-age=63072000; includeSubDomains")
        }
    }

    @Test("old versions of TLS and connections without it are not answered")
    func onlyTLS() async throws {
        try await LiveServer.with(.tls(try ReachTests.certificate())) { _, port in
            await #expect(throws: (any Error).self) {
                try await TestClient.withClient(
                    host: "localhost", port: port, configuration: try ReachTests.trusting((.tlsv1, .tlsv11))
                ) { client in
                    try await client.get("/health", headers: [.connection: "close"])
                }
            }
            let connection = try RawConnection(port: port)
            defer { connection.close() }
            connection.send("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            let text = await connection.rest()
            #expect(text.map { !$0.contains("HTTP/1.1 200") } ?? false)
        }
    }

    @Test("a key of another certificate, and what is no certificate, are refused when the server starts")
    func certificates() {
        #expect(throws: WebRefusal.certificateUnreadable) {
            try ReachTests.certificate(key: TestCertificate.strangeKey)
        }
        #expect(throws: WebRefusal.certificateUnreadable) { try ReachTests.certificate(key: "x") }
        #expect(throws: WebRefusal.certificateUnreadable) { try ServerCertificate(certificate: [], key: []) }
    }

    /// The whole answer to a request with these header fields.
    private static func ask(_ port: Int, _ path: String, _ fields: [String], method: String = "GET") async throws
        -> String
    {
        let connection = try RawConnection(port: port)
        defer { connection.close() }
        connection.send(
            (["\(method) \(path) HTTP/1.1", "Host: dancu.example", "Accept: text/html", "Connection: close"] + fields)
                .joined(separator: "\r\n") + "\r\n\r\n")
        return try #require(await connection.rest())
    }

    @Test("behind a proxy only its own word counts, and only for what came through TLS")
    func proxy() async throws {
        let https = "X-Forwarded-Proto: https"
        let client = "X-Forwarded-For: 203.0.113.9"
        try await LiveServer.with(try .proxy(at: "127.0.0.1")) { _, port in
            let good = try await ReachTests.ask(port, "/sign-in", [https, client])
            #expect(good.hasPrefix("HTTP/1.1 200") && good.contains("Strict-Transport-Security"))
            for fields in [
                [], [https], [client], ["X-Forwarded-Proto: http", client], [https, https, client],
                ["X-Forwarded-Proto: https, http", client], [https, "X-Forwarded-For: unknown"],
                [https, "X-Forwarded-For: 203.0.113.9, "],
            ] {
                let answer = try await ReachTests.ask(port, "/sign-in", fields)
                #expect(answer.hasPrefix("HTTP/1.1 403"), "\(fields)")
            }
            #expect(try await ReachTests.ask(port, "/health", []).hasPrefix("HTTP/1.1 200"), "who watches, beside it")
            #expect(try await ReachTests.ask(port, "/metrics", []).hasPrefix("HTTP/1.1 200"))
            #expect(try await ReachTests.ask(port, "/metrics", [https, client]).hasPrefix("HTTP/1.1 404"))
        }
        try await LiveServer.with(try .proxy(at: "192.0.2.1")) { _, port in
            let answer = try await ReachTests.ask(port, "/sign-in", [https, client])
            #expect(answer.hasPrefix("HTTP/1.1 403"), "from elsewhere the headers are only what somebody wrote")
        }
    }

    @Test("the address of a client is the one that the proxy saw, never one that the client wrote")
    func addresses() throws {
        #expect(ForwardedAddress.client(of: ["203.0.113.9"]) == "203.0.113.9")
        #expect(ForwardedAddress.client(of: ["10.0.0.1, 203.0.113.9"]) == "203.0.113.9")
        #expect(ForwardedAddress.client(of: ["10.0.0.1", "2001:db8::1"]) == "2001:db8::1")
        for headers in [[], [""], ["unknown"], ["203.0.113.9,"], ["_hidden"], ["203.0.113.9:80 x"]] {
            #expect(ForwardedAddress.client(of: headers) == nil)
        }
        #expect(throws: WebRefusal.proxyMalformed) { try WebReach.proxy(at: "proxy.example") }
    }

    @Test("where others reach the server nobody is its operator, and what is for this machine is not shown")
    func strangers() async throws {
        let forwarded = ["X-Forwarded-Proto: https", "X-Forwarded-For: 203.0.113.9"]
        try await LiveServer.with(try .proxy(at: "127.0.0.1")) { fixture, port in
            let person = try #require(try await fixture.persons().first)
            let answer = try await ReachTests.ask(port, "/api/v1/persons/\(person)", forwarded)
            #expect(answer.hasPrefix("HTTP/1.1 401"))
            let start = try await ReachTests.ask(port, "/", forwarded)
            #expect(start.hasPrefix("HTTP/1.1 303") && !start.contains("Phúc Xá"))
            let own = forwarded + ["Origin: https://dancu.example", "Content-Length: 0"]
            let click = try await ReachTests.ask(
                port, "/sign-in/demonstration",
                own + ["Content-Type: application/x-www-form-urlencoded"], method: "POST")
            #expect(click.hasPrefix("HTTP/1.1 403"))
            let plain = forwarded + ["Origin: http://dancu.example", "Content-Length: 0"]
            let downgraded = try await ReachTests.ask(port, "/sign-out", plain, method: "POST")
            #expect(downgraded.hasPrefix("HTTP/1.1 403"), "the origin is that of TLS")
        }
    }

    @Test("without TLS only this machine is served, with it every address")
    func hosts() async throws {
        try await WebFixture.with(.sqlite) { fixture, _ in
            func server(_ reach: WebReach) throws(WebRefusal) -> WebServer {
                try WebServer(
                    register: fixture.register, access: fixture.server.access, cards: fixture.server.cards,
                    identity: fixture.server.identity,
                    sequencer: nil, localOperator: .everybody, keys: [:], host: "0.0.0.0", port: 0, reach: reach)
            }
            #expect(throws: WebRefusal.hostNotLoopback) { try server(.local) }
            let secure = try server(.tls(try ReachTests.certificate()))
            #expect(secure.cookie.name == "__Host-dancu")
            guard case .nobody = secure.localOperator else {
                Issue.record("somebody is the operator")
                return
            }
        }
    }

    @Test("cookies behind TLS are bound to it and to the host")
    func cookies() throws {
        var response = PlainAnswer.text("x")
        SessionCookie(isSecure: true).set("abc", in: &response)
        LanguageCookie(isSecure: true).set(.english, in: &response)
        let cookies = response.headers[values: .setCookie]
        #expect(cookies.count == 2)
        for cookie in cookies {
            #expect(cookie.hasPrefix("__Host-") && cookie.hasSuffix("; Secure") && cookie.contains("Path=/;"))
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains("Domain"))
        }
    }
}
