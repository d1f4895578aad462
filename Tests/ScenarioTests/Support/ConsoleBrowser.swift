import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore

@testable import Web

/// An officer's browser at a server that runs: signed in by one click, with a purpose for looks without a file.
struct ConsoleBrowser: Sendable {
    struct NotSignedIn: Error {}

    let http: TestClient
    private var headers: HTTPFields = [.accept: "text/html", .userAgent: "Test/1.0"]
    private(set) var token = ""

    init(_ account: String, _ http: TestClient) async throws {
        self.http = http
        let answer = try await post("/sign-in/demonstration", ["account": account])
        guard answer.status == .seeOther, let set = answer.headers[.setCookie] else { throw NotSignedIn() }
        headers[.cookie] = String(set.prefix { $0 != ";" })
        let page = try await self.page("/work").text
        guard let found = page.firstMatch(of: /name="csrf" value="([^"]+)"/)?.output.1 else { throw NotSignedIn() }
        token = String(found)
        let stated = try await post("/purpose", ["purpose": "trả lời công dân tại quầy", "back": "/work"])
        guard stated.status == .seeOther else { throw NotSignedIn() }
    }

    func page(_ path: String) async throws -> (status: HTTPResponse.Status, text: String) {
        let answer = try await http.get(path, headers: headers)
        return (answer.status, answer.body.map { String(buffer: $0) } ?? "")
    }

    func post(_ path: String, _ fields: [String: String]) async throws -> TestClient.Response {
        let body = fields.merging(["csrf": token]) { first, _ in first }
            .map { "\(PathText.encoded($0))=\(PathText.encoded($1))" }.joined(separator: "&")
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        return try await http.post(path, headers: headers, body: ByteBuffer(string: body))
    }

    /// The number of the look that a page names; nil where it names none.
    static func trace(of page: String) -> Int64? {
        page.firstMatch(of: /class="trace">[^<]*<span class="digits">(\d+)/).flatMap { Int64($0.output.1) }
    }
}
