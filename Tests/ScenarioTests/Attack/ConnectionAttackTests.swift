import Database
import Foundation
import HummingbirdTesting
import TestStores
import Testing

@testable import Web

/// What a client does to the connection itself: slowly, with too much, or with a framing that two readers understand
/// differently.
@Suite("Attacks on the connection")
struct ConnectionAttackTests {
    /// Sends the text; what comes back until the server closes the connection, nil when it does not.
    private static func answer(_ port: Int, _ text: String) async throws -> String? {
        let connection = try RawConnection(port: port)
        defer { connection.close() }
        connection.send(text)
        return await connection.rest()
    }

    @Test(
        "a client that is silent, or that stops in its head or body, is cut off",
        arguments: [
            "", "GET /health HTT", "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: 1\r\n",
            "POST /api/v1/acts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100\r\n\r\n{",
        ])
    func silence(start: String) async throws {
        var limits = WebLimits()
        limits.idle = .milliseconds(200)
        try await LiveServer.with(limits: limits) { _, port in
            let answer = try await ConnectionAttackTests.answer(port, start)
            let text = try #require(answer)
            #expect(!text.hasPrefix("HTTP/1.1 2"))
        }
    }

    @Test("a body that takes too long as a whole is cut off, however lively the client is")
    func slowBody() async throws {
        var limits = WebLimits()
        limits.idle = .seconds(600)
        limits.wholeRequest = .milliseconds(200)
        try await LiveServer.with(limits: limits) { _, port in
            let answer = try await ConnectionAttackTests.answer(
                port,
                "POST /api/v1/acts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 100\r\n\r\n{")
            let text = try #require(answer)
            #expect(!text.hasPrefix("HTTP/1.1 2"))
        }
    }

    @Test("a head that is too long, or that has too many fields, is refused")
    func longHeads() async throws {
        try await LiveServer.with { _, port in
            let long = "X-Long: " + String(repeating: "a", count: WebLimits().headerField + 1) + "\r\n"
            let many = (0...WebLimits().headerCount).map { "X-\($0): a\r\n" }.joined()
            for fields in [long, many] {
                let answer = try await ConnectionAttackTests.answer(
                    port, "GET /health HTTP/1.1\r\nHost: localhost\r\n\(fields)Connection: close\r\n\r\n")
                let text = try #require(answer)
                #expect(text.hasPrefix("HTTP/1.1 4"))
            }
        }
    }

    @Test(
        "a body that is framed wrongly, or in two ways, is refused and never read as another request",
        arguments: [
            "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n",
            "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}GET /smuggled HTTP/1.1\r\n\r\n",
            "Transfer-Encoding: gzip, identity\r\n\r\n{}", "Content-Length: -1\r\n\r\n{}",
        ])
    func framing(rest: String) async throws {
        try await LiveServer.with { _, port in
            let answer = try await ConnectionAttackTests.answer(
                port,
                "POST /api/v1/persons/lookup HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + rest)
            let text = try #require(answer)
            #expect(text.hasPrefix("HTTP/1.1 400"), "\(text.prefix(60))")
            #expect(text.components(separatedBy: "HTTP/1.1 ").count == 2, "one answer")
        }
    }
}
