import Access
import Civil
import Database
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import NIOCore
import Population
import TestStores

@testable import Web

/// A register with its officers: two approvers of the commune where everybody lives, one of the next commune, and
/// those of the demonstration.
struct ApprovalStage: Sendable {
    let fixture: WebFixture
    let client: any TestClientProtocol
    /// The father of the sheets, who has a number.
    let father: String

    static let home = UnitCode("00097", .fromJuly2025)
    private static let next = UnitCode("00004", .fromJuly2025)

    static func with(_ engine: Engine, _ body: @Sendable @escaping (ApprovalStage) async throws -> Void) async throws {
        try await WebFixture.with(engine) { fixture, client in
            try await body(try await ApprovalStage(fixture, client))
        }
    }

    init(_ fixture: WebFixture, _ client: any TestClientProtocol) async throws {
        self.fixture = fixture
        self.client = client
        father = try await fixture.persons()[0]
        let access = fixture.server.access
        try await access.prepareDemonstration(around: ApprovalStage.home, by: LocalOperator.requester)
        guard let since = CalendarDate(iso: "2021-02-25") else { return }
        try await access.open(
            Office(
                code: "xa-00004", name: "Công an Phường Ba Đình", level: .commune, unit: ApprovalStage.next,
                since: since),
            by: LocalOperator.requester)
        try await enrol("phe-duyet-2", .approver, in: "xa-00097")
        try await enrol("phe-duyet-khac", .approver, in: "xa-00004")
    }

    func enrol(_ account: String, _ role: Role, in office: String) async throws {
        let access = fixture.server.access
        let until = Instant(microseconds: access.surroundings.now().microseconds + 30 * 86_400_000_000)
        try await access.enrol(account: account, name: account, by: LocalOperator.requester)
        try await access.grant(role, in: office, to: account, until: until, by: LocalOperator.requester)
    }

    /// The officer as a request of theirs would find them now.
    func requester(_ account: String) async throws -> Requester {
        let session = try await session(account)
        return try await fixture.server.access.admission(secret: session.secret.text, agent: "Test/1.0")
            .requester(for: .duty(.counter))
    }

    private func session(_ account: String, for purpose: String? = ApprovalStage.purpose) async throws -> StartedSession
    {
        let entry = try await fixture.server.access.officer(account: account)
        let access = fixture.server.access
        let started = try await access.startSession(
            of: entry?.officer.id ?? 0, by: .demonstration, agent: "Test/1.0")
        try await access.state(
            purpose.flatMap { Purpose(stated: $0, legalBasis: Purpose.counter.legalBasis) }, in: started.session)
        return started
    }

    /// What the looks of the stage's officers are for, who work in no file.
    static let purpose = "trả lời công dân tại quầy"

    /// What a browser or program of the officer sends with each request.
    ///
    /// - Parameter purpose: what looks without a file are for; nil states none.
    func signedIn(_ account: String, for purpose: String? = ApprovalStage.purpose) async throws -> Desk {
        let session = try await session(account, for: purpose)
        return Desk(
            client: client, cookie: "\(SessionCookie(isSecure: false).name)=\(session.secret.text)",
            token: session.session.formToken)
    }

    struct Desk: Sendable {
        let client: any TestClientProtocol
        let cookie: String
        let token: String

        /// - Parameter key: the request's `Idempotency-Key`.
        func api(
            _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, key: String? = nil
        ) async throws -> WebAnswer {
            let others = key.map { ["Idempotency-Key": $0] } ?? [:]
            return try await send(
                method, "/api/v1/" + path, "application/json", accept: "application/json", body, others)
        }

        /// Sends the rows of a batch.
        func upload(_ path: String, _ rows: String) async throws -> WebAnswer {
            try await send(.post, "/api/v1/" + path, "text/csv", accept: "application/json", rows)
        }

        func page(_ path: String, headers: [String: String] = [:]) async throws -> WebAnswer {
            try await send(.get, path, "text/plain", accept: "text/html", nil, headers)
        }

        func post(
            _ path: String, _ fields: [String: String], headers: [String: String] = [:]
        ) async throws -> WebAnswer {
            let body = fields.merging(["csrf": token]) { first, _ in first }
                .map { "\(PathText.encoded($0))=\(PathText.encoded($1))" }.joined(separator: "&")
            return try await send(.post, path, "application/x-www-form-urlencoded", accept: "text/html", body, headers)
        }

        /// A form with files, each with its bytes.
        func upload(
            _ path: String, _ fields: [String: String], files: [String: [UInt8]]
        ) async throws -> WebAnswer {
            try await upload(path, fields, files.map { ($0.key, "a.jpg", $0.value) })
        }

        /// Sends a form with files in one field, each under its own name.
        func upload(
            _ path: String, _ fields: [String: String], attached: [(name: String, bytes: [UInt8])]
        ) async throws -> WebAnswer {
            try await upload(path, fields, attached.map { ("files", $0.name, $0.bytes) })
        }

        private func upload(
            _ path: String, _ fields: [String: String], _ files: [(field: String, name: String, bytes: [UInt8])]
        ) async throws -> WebAnswer {
            var body = ByteBuffer()
            for (name, value) in fields.merging(["csrf": token], uniquingKeysWith: { first, _ in first }) {
                body.writeString("--edge\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n")
            }
            for file in files {
                let head = "form-data; name=\"\(file.field)\"; filename=\"\(file.name)\""
                body.writeString("--edge\r\nContent-Disposition: \(head)\r\n\r\n")
                body.writeBytes(file.bytes)
                body.writeString("\r\n")
            }
            body.writeString("--edge--\r\n")
            return try await send(
                .post, path, "multipart/form-data; boundary=edge", accept: "text/html", bytes: body, [:])
        }

        private func send(
            _ method: HTTPRequest.Method, _ path: String, _ type: String, accept: String, _ body: String?,
            _ others: [String: String] = [:]
        ) async throws -> WebAnswer {
            try await send(
                method, path, type, accept: accept, bytes: body.map { ByteBuffer(string: $0) }, others)
        }

        private func send(
            _ method: HTTPRequest.Method, _ path: String, _ type: String, accept: String, bytes body: ByteBuffer?,
            _ others: [String: String]
        ) async throws -> WebAnswer {
            var headers: HTTPFields = [.accept: accept, .cookie: cookie, .userAgent: "Test/1.0", .contentType: type]
            for (name, value) in others {
                guard let name = HTTPField.Name(name) else { continue }
                headers[name] = value
            }
            let response = try await client.executeRequest(
                uri: path, method: method, headers: headers, body: body)
            return WebAnswer(
                status: response.status.code, headers: response.headers, bytes: Array(response.body.readableBytesView))
        }
    }

    var cancellationJSON: String {
        #"""
        {"kind": "number_cancelled", "persons": ["\#(father)"], "legal_basis": "Nghị định 70/2024/NĐ-CP, Điều 11",
         "content": {"number": "\#(WebSamples.father)", "ground": "false_papers", "requested": false}}
        """#
    }

    func cancellation() throws -> ActRequest {
        try JSONDecoder().decode(ActRequest.self, from: Data(cancellationJSON.utf8))
    }

    /// Something else that happens to the father meanwhile.
    func absence() async throws {
        let json = #"{"kind": "absence_declared", "persons": ["\#(father)"], "content": {"reason": "đi làm xa"}}"#
        let request = try JSONDecoder().decode(ActRequest.self, from: Data(json.utf8))
        _ = try await fixture.register.record(request, by: LocalOperator.requester)
    }

    func acts() async throws -> Int {
        try await fixture.register.database.read { try $0.first("SELECT count(*) FROM act") { try $0.int(0) } ?? 0 }
    }
}
