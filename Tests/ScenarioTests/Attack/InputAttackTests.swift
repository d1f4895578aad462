import Access
import Database
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Population
import TestStores
import Testing

@testable import Web

/// What somebody types, uploads or adds to a request: markup, too much, fields that are not asked for, other paths.
@Suite("Attacks by input")
struct InputAttackTests {
    static let evil = [
        #""><script>alert(1)</script>"#, #"'" onfocus=alert(1) autofocus x=""#, "\"\u{301} onclick=alert(1)",
    ]

    /// The scripts that some pages have.
    private static let ownScripts = ["passkey", "camera"].map { #"<script src="/assets/\#($0).js" defer></script>"# }

    /// Whether something typed became markup.
    static func isAttacked(_ html: String) -> Bool {
        let html = ownScripts.reduce(html) { $0.replacing($1, with: "") }
        return html.contains("<script")
            || html.unicodeScalars.split(separator: "<").contains { tag in
                let text = String(String.UnicodeScalarView(tag.prefix { $0 != ">" }))
                return text.contains("\" onfocus") || text.contains("\"\u{301} onclick")
            }
    }

    @Test("what is typed into any field of any form comes back as text", arguments: evil)
    func everyField(evil: String) async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            for form in GuidedForm.allCases {
                let path = "/persons/\(stage.father)/acts/\(form.rawValue)"
                let page = try await desk.page(path)
                #expect(page.status == 200)
                var fields = SessionAttackTests.filled(page.text)
                for name in fields.keys { fields[name] = evil }
                for step in ["", "edit", "record", evil] {
                    fields["step"] = step
                    let answer = try await desk.post(path, fields)
                    #expect([200, 409, 422].contains(answer.status), "\(form) \(answer.status)")
                    #expect(!InputAttackTests.isAttacked(answer.text), "\(form)")
                    #expect(answer.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
                }
            }
            for answer in [
                try await desk.post("/search", ["q": evil, "purpose": evil]),
                try await desk.post("/search", ["q": "005080000111 \(evil) 1/1/1980"]),
                try await desk.post("/sign-in", ["account": evil, "password": evil, "code": evil, "next": evil]),
                try await desk.post("/exports", ["unit": evil, "reason": evil]),
                try await desk.page("/files?queue=\(PathText.encoded(evil))&after=\(PathText.encoded(evil))"),
                try await desk.page("/approvals?after=\(PathText.encoded(evil))"),
                try await desk.post("/language", ["language": evil, "back": evil]),
                try await desk.page("/sign-in?next=\(PathText.encoded(evil))"),
                try await desk.page("/persons/\(PathText.encoded(evil))"),
                try await desk.page("/persons/\(stage.father)?effective=\(PathText.encoded(evil))"),
                try await desk.page("/enrol/\(PathText.encoded(evil))"),
                try await desk.page("/\(PathText.encoded(evil))"),
                try await desk.page("/batches/\(PathText.encoded(evil))/report"),
                try await desk.page("/quality?unit=\(PathText.encoded(evil))"),
            ] { #expect(!InputAttackTests.isAttacked(answer.text)) }
        }
    }

    @Test("what stands in the register is text on every page that shows it", arguments: evil)
    func stored(evil: String) async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            // By scalars: a mark behind a quotation mark makes one character of both.
            let text = evil.unicodeScalars.map { $0 == "\"" ? #"\""# : String($0) }.joined()
            let address = "Số \(text), Phường Hồng Hà, Thành phố Hà Nội"
            let period = #""effective": "2025-08-01", "legal_basis": "\#(text)""#
            let stay = #"{"address": "\#(address)", "reason": "\#(text)", "until": "2026-08-01"}"#
            for (kind, rest) in [
                ("absence_declared", #""legal_basis": "Điều \#(text)", "content": {"reason": "\#(text)"}"#),
                ("temporary_residence_registered", #"\#(period), "content": \#(stay)"#),
                ("details_corrected", #""content": {"details": {"phone": "\#(text)", "other_name": "\#(text)"}}"#),
            ] {
                let act = #"{"kind": "\#(kind)", "persons": ["\#(stage.father)"], \#(rest)}"#
                let answer = try await stage.client.post("/api/v1/acts", act)
                // Names and numbers of telephones with such signs are none, and are not taken at all.
                #expect([201, 400].contains(answer.status), "\(answer.text)")
            }
            let desk = try await stage.signedIn("can-bo-xa")
            let person = try await desk.page("/persons/\(stage.father)")
            #expect(person.status == 200 && person.text.contains("alert(1)"), "something of it was recorded")
            let household = try await stage.fixture.household()
            for page in [
                person, try await desk.page("/households/\(household)"),
                try await desk.post("/search", ["q": "Trần Văn Bình"]),
                try await desk.page("/persons/\(stage.father)/acts/correction"),
                try await desk.page("/persons/\(stage.father)/acts/permanent-residence"),
            ] { #expect(!InputAttackTests.isAttacked(page.text)) }
        }
    }

    @Test("reasons and notes of approvals are text", arguments: evil)
    func reasons(evil: String) async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let first = try await stage.requester("phe-duyet")
            let approval = try await stage.fixture.register.ask(try stage.cancellation(), by: first)
            let desk = try await stage.signedIn("phe-duyet-2")
            let path = "/approvals/\(approval.id)"
            let long = try await desk.post(path, ["verdict": "reject", "reason": String(repeating: evil, count: 12)])
            #expect(long.status == 422 && !InputAttackTests.isAttacked(long.text))
            #expect(try await desk.post(path, ["verdict": "reject", "reason": evil]).status == 303)
            for page in [try await desk.page(path), try await stage.signedIn("phe-duyet").page("/approvals")] {
                #expect(page.text.contains("alert(1)") && !InputAttackTests.isAttacked(page.text))
            }
        }
    }

    @Test("fields that nobody asked for are refused and change nothing", arguments: TestStore.engines)
    func massAssignment(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            let extra =
                #""account": "quan-tri", "role": "local_operator", "office": "bo", "id": 1, "#
                + #""recorded": "2000-01-01T00:00:00Z", "approved_by": "phe-duyet-2", "actor": "bo""#
            func body(_ kind: String, _ content: String, _ extra: String = "") -> String {
                let more = extra.isEmpty ? "" : ", " + extra
                return #"{"kind": "\#(kind)", "persons": ["\#(stage.father)"], "content": \#(content)\#(more)}"#
            }
            let refused = try await desk.api(.post, "acts", body("absence_declared", #"{"reason": "a"}"#, extra))
            #expect(refused.status == 400 && refused.text.contains("account"), "\(refused.text)")
            let answer = try await desk.api(.post, "acts", body("absence_declared", #"{"reason": "a"}"#))
            #expect(answer.status == 201)
            let id = try #require(answer.json["act"]?.text.flatMap { Int64($0) })
            let row = try await stage.fixture.register.database.read { connection in
                try connection.first("SELECT account, role, office FROM act WHERE act_id = ?", [.integer(id)]) {
                    [try $0.text(0), try $0.text(1), try $0.text(2)]
                }
            }
            #expect(row == ["can-bo-xa", "commune_officer", "xa-00097"])
            #expect(answer.json["recorded"]?.text?.hasPrefix("2000") == false)
            let unknown = body("absence_declared", #"{"reason": "a", "number": "005080000999"}"#)
            #expect(try await desk.api(.post, "acts", unknown).status == 400)
            let approver = try await stage.signedIn("phe-duyet")
            let cancelled = try await approver.api(
                .post, "acts",
                body("number_cancelled", #"{"number": "005080000111", "ground": "false_papers", "requested": false}"#))
            #expect(cancelled.status == 403)
            let form = try await desk.post(
                "/persons/\(stage.father)/acts/absence",
                [
                    "reason": "a", "effective-day": "1", "effective-month": "7", "effective-year": "2025",
                    "legal_basis": "không",
                    "kind": "died", "persons": "x", "role": "local_operator", "step": "x",
                ])
            #expect(form.status == 200 && !form.text.contains("không có căn cứ"))
        }
    }

    @Test("a field that is sent twice, or nested, makes the form unreadable")
    func pollution() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            for body in ["q=a&q=b", "q[x]=a", "q[]=a", "csrf=0&q=a"] {
                let answer = try await stage.client.execute(
                    uri: "/search", method: .post,
                    headers: [
                        .accept: "text/html", .cookie: desk.cookie, .userAgent: "Test/1.0",
                        .contentType: "application/x-www-form-urlencoded",
                    ], body: ByteBuffer(string: body + "&csrf=\(desk.token)"))
                #expect(answer.status == .badRequest, "\(body)")
            }
        }
    }

    @Test("forms that are too large, or have too many fields, are refused")
    func oversized() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            let long = try await desk.post("/search", ["q": String(repeating: "a", count: FormInput.longest + 1)])
            #expect(long.status == 400)
            let huge = try await desk.post("/search", ["q": String(repeating: "a", count: FormBody.longest)])
            #expect(huge.status == 413)
            let many = Dictionary(uniqueKeysWithValues: (0...FormInput.most).map { ("f\($0)", "a") })
            #expect(try await desk.post("/search", many).status == 400)
        }
    }

    @Test(
        "a path leads to routes and never to files",
        arguments: [
            "/assets/../console.css", "/assets/..%2F..%2Fetc%2Fpasswd", "/assets/%2e%2e/openapi.json",
            "/..%2fPackage.swift",
            "/assets/vi.txt", "/console/vi.txt", "/Resources/console/vi.txt", "/assets/console.css%00.txt",
            "/.git/config",
            "/batches/..%2F..%2Fetc%2Fpasswd/report", "/api/v1/logs/acts/tile/../../../etc/passwd", "/assets/",
            "/openapi.json/..",
            "/api/v1/units/..%2f/..%2f",
        ])
    func traversal(path: String) async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            let answer = try await desk.page(path)
            #expect([400, 404].contains(answer.status))
            #expect(!answer.text.contains("root:") && !answer.text.contains("layout.skip"))
        }
    }

    @Test("methods that change nothing change nothing, and TRACE and others are unknown")
    func methods() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            let acts = try await stage.acts()
            for path in ["/sign-out", "/search", "/language", "/persons/\(stage.father)/reveal"] {
                #expect(try await desk.page(path).status == 404, "\(path)")
            }
            for method in [HTTPRequest.Method.trace, .put, .delete, .patch, .connect] {
                for path in ["/work", "/persons/\(stage.father)", "/api/v1/acts"] {
                    let answer = try await stage.client.execute(
                        uri: path, method: method, headers: [.cookie: desk.cookie, .userAgent: "Test/1.0"])
                    #expect(answer.status == .notFound)
                }
            }
            #expect(try await stage.acts() == acts)
            #expect(try await desk.page("/work").status == 200, "nobody was signed out")
        }
    }

    @Test("every answer, also a refusal, carries the headers that protect it")
    func headers() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            for path in [
                "/work", "/nothing", "/assets/console.css", "/api/v1/batches", "/api/v1/persons/x", "/health", "/",
            ] {
                let answer = try await desk.page(path)
                func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { answer.headers[$0] } }
                let policy = try #require(header("Content-Security-Policy"))
                for part in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"] {
                    #expect(policy.contains(part), "\(path)")
                }
                #expect(!policy.contains("unsafe") && !policy.contains("script-src *"))
                #expect(header("X-Content-Type-Options") == "nosniff")
                #expect(header("Referrer-Policy") == "same-origin")
                #expect(header("Cross-Origin-Opener-Policy") == "same-origin")
                #expect(header("Cross-Origin-Resource-Policy") == "same-origin")
                #expect(header("Access-Control-Allow-Origin") == nil)
                #expect(header("Strict-Transport-Security") == nil, "only behind TLS")
                #expect(header("Content-Type")?.contains("charset=utf-8") == true, "\(path)")
                if !path.hasPrefix("/assets") { #expect(header("Cache-Control") == "no-store", "\(path)") }
            }
        }
    }
}
