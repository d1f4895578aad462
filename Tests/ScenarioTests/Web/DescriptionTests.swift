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

@Suite("The description in openapi.json")
struct DescriptionTests {
    private static func description() throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(try Pages().openAPI))
    }

    /// `get /api/v1/…` of the description, with `**` where a part of the path has slashes in it.
    private static func described(_ description: JSONValue) -> Set<String> {
        guard case .object(let paths)? = description["paths"] else { return [] }
        return paths.reduce(into: []) { result, path in
            guard case .object(let methods) = path.value else { return }
            for method in methods.map(\.key) {
                result.insert("\(method) \(path.key.replacingOccurrences(of: "{path}", with: "**"))")
            }
        }
    }

    @Test("it names every route for programs, and every route that it names is there")
    func routes() async throws {
        try await WebFixture.with(.sqlite) { fixture, _ in
            let routes = Set(
                try fixture.server.router().routes.map { route in
                    let path = route.path.description
                    return "\(route.method.rawValue.lowercased()) \(path.hasPrefix("/") ? path : "/" + path)"
                })
            // The pages of the console are for people; programs have the interface.
            let described = DescriptionTests.described(try DescriptionTests.description())
            let forPrograms = routes.filter { $0.contains(" /api/") }
            #expect(forPrograms.subtracting(described).isEmpty)
            #expect(described.subtracting(routes).isEmpty)
            #expect(routes.count >= 18)
        }
    }

    @Test("no path and no query of it carries a number")
    func noNumbers() throws {
        let description = try DescriptionTests.description()
        guard case .object(let paths)? = description["paths"] else {
            Issue.record("the description has paths")
            return
        }
        for (path, methods) in paths {
            #expect(!path.contains("number"))
            guard case .object(let operations) = methods else { continue }
            for operation in operations.map(\.value) {
                guard case .array(let parameters)? = operation["parameters"] else { continue }
                for parameter in parameters { #expect(parameter["name"] != .string("number"), "\(path)") }
            }
        }
    }

    @Test("it says who must sign in: whoever does not gets nothing there, and everything that is for everybody")
    func security() async throws {
        try await WebFixture.with(.sqlite) { fixture, _ in
            let description = try DescriptionTests.description()
            guard case .object(let paths)? = description["paths"] else { return }
            try await Application(router: fixture.server(admitting: .nobody).router()).test(.router) { client in
                for (path, methods) in paths {
                    guard case .object(let operations) = methods else { continue }
                    for (method, operation) in operations {
                        let uri = DescriptionTests.example(of: path)
                        let answer =
                            method == "get" ? try await client.get(uri) : try await client.post(uri, "{}")
                        let isForAll = operation["security"] == .array([])
                        #expect(isForAll == (answer.status != 401), "\(method) \(path): \(answer.status)")
                    }
                }
            }
        }
    }

    /// A path whose parts have the form that is asked for, though nothing is there.
    private static func example(of path: String) -> String {
        let parts = [
            "set": "from-2025-07-01", "code": "00004", "log": "acts", "path": "0/000", "entry": "1", "place": "1",
        ]
        return path.split(separator: "/").map { part -> String in
            guard part.hasPrefix("{") else { return String(part) }
            return parts[String(part.dropFirst().dropLast())] ?? String(repeating: "0", count: 26)
        }.reduce("") { $0 + "/" + $1 }
    }

    @Test("real answers have every documented field and no other", arguments: TestStore.engines)
    func answers(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let description = try DescriptionTests.description()
            var schema = Schema(of: description)
            for (path, method, answer) in try await DescriptionTests.ask(fixture, client) {
                let operation = description["paths"]?[path]?[method]
                let response = operation?["responses"]?[String(answer.status)]
                let documented = response?["content"]?["application/json"]?["schema"]
                #expect(documented != nil, "\(method) \(path) \(answer.status) \(answer.text.prefix(200))")
                schema.check(answer.json, against: documented ?? .null, at: path)
            }
            for answer in try await DescriptionTests.refusals(fixture, client) {
                schema.check(
                    answer.json, against: .object(["$ref": .string("#/components/schemas/Problem")]), at: "problem")
            }
            await fixture.register.database.close()
            #expect(try await client.get("/metrics").text.contains("dancu_store_up 0\n"))
            let failing = try await client.get("/health")
            #expect(failing.status == 503)
            schema.check(failing.json, against: .object(["$ref": .string("#/components/schemas/Health")]), at: "health")
            #expect(schema.problems == [])

            let requests = [
                "Lookup.", "Search.", "ActRequest.", "Resolve.", "Decision.", "PasskeyLink.", "PasskeySignIn.",
                "PasskeyMade.", "PasskeyEnrolment.", "PasskeyAdding.", "PurposeForm.", "NewFile.", "FileStepRequest.",
                "DuplicateDecisionRequest.", "DuplicateRuleRequest.", "DuplicateRuleDecisionRequest.",
                "HeldRowDecisionRequest.",
                "NewCardApplication.", "CardPortrait.", "CardFingers.", "CardFinger.", "CardProbe.",
                "CertificateDelivery.", "CertificateChange.", "CardStep.", "CardDecision.", "CardStatusQuestion.",
                "CardDelivery.", "CardChangeRequest.", "NewCardBatch.", "BlankIssue.",
                "CardReading.", "CardSupplyChange.",
                "ReasonForm.", "NewSeal.", "NewEmergency.", "EmergencyReviewForm.", "EmergencyToldForm.", "AlarmNote.",
                "AuditQuestion.", "NewOffice.", "OfficeEnd.", "NewOfficer.", "NewRole.", "OfficerStep.", "NewDeputy.",
                "SessionEnd.", "NewSheet.", "RoleChoice.", "PasswordChange.", "KeyStep.", "NewTarget.",
                "ApprovalsChosen.",
                "DuplicatesTogether.", "RowsTogether.", "NewExport.",
                "PasswordSignIn.",
            ]
            let missing = Schema.properties(of: schema.schemas).subtracting(schema.seen).filter { property in
                !requests.contains { property.hasPrefix($0) }
            }
            #expect(missing == [])
        }
    }

    /// The civil-status system says something that the register thinks impossible.
    private static func contradict(_ fixture: WebFixture, _ person: String) async throws {
        let book = Requester(
            actor: Actor(account: "ho-tich", role: Role.civilStatusSystem.rawValue, office: "bo-tu-phap"),
            role: .civilStatusSystem, jurisdiction: .nobody, ground: .duty(.operation))
        _ = try await fixture.register.record(
            ActRequest(kind: .returned, persons: [person], content: .object([:])), by: book)
    }

    /// One answer of every route that gives JSON, and more where a field is rarely there.
    private static func ask(
        _ fixture: WebFixture, _ client: any TestClientProtocol
    ) async throws -> [(path: String, method: String, answer: WebAnswer)] {
        let persons = try await fixture.persons()
        let household = try await fixture.household()
        // While the number is there that an approval cancels.
        let stage = try await ApprovalStage(fixture, client)
        let decided = try await approvals(stage)
        let batch = "/api/v1/batches/Ph%C3%BAc%20X%C3%A1%201"
        var answers: [(String, String, WebAnswer)] = []
        for body in acts(persons) {
            answers.append(("/api/v1/acts", "post", try await client.post("/api/v1/acts", body)))
        }
        try await contradict(fixture, persons[0])
        let first = acts(persons)[0]
        answers.append(("/api/v1/acts", "post", try await client.post("/api/v1/acts?dry_run=true", first)))
        let number = #"{"number": "\#(WebSamples.child)"}"#
        answers.append(("/api/v1/persons/lookup", "post", try await client.post("/api/v1/persons/lookup", number)))
        let search = #"{"name": "tran van binh"}"#
        answers.append(("/api/v1/persons/search", "post", try await client.post("/api/v1/persons/search", search)))
        for person in persons {
            answers.append(("/api/v1/persons/{handle}", "get", try await client.get("/api/v1/persons/\(person)")))
            let history = try await client.get("/api/v1/persons/\(person)/history")
            answers.append(("/api/v1/persons/{handle}/history", "get", history))
        }
        let path = "/api/v1/households/\(household)"
        answers.append(("/api/v1/households/{handle}", "get", try await client.get(path)))
        let dwelling = "/api/v1/households/{handle}/dwelling"
        let stays = #"""
            {"kind": "temporary_residence_registered", "effective": "2021-05-01", "persons": ["\#(persons[1])"],
             "content": {"address": "Số 8, Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội", "until": "2021-05-20"}}
            """#
        answers.append(("/api/v1/acts", "post", try await client.post("/api/v1/acts", stays)))
        answers.append((dwelling, "get", try await client.get(path + "/dwelling")))
        answers += decided
        answers += try await passkeys(fixture, client)
        answers += try await quality(fixture, client)
        answers += try await cards(fixture, client)
        answers.append(("/api/v1/batches", "get", try await client.get("/api/v1/batches")))
        answers.append(("/api/v1/batches/{name}", "get", try await client.get(batch)))
        answers.append(("/api/v1/batches/{name}/rows", "get", try await client.get(batch + "/rows")))
        for text in ["P. Phúc Xá, Ba Đình, HN", "Tân Hưng, Hà Nội", "ở đâu đó"] {
            let body = #"{"text": "\#(text)", "on": "2021-02-25"}"#
            answers.append(("/api/v1/units/resolve", "post", try await client.post("/api/v1/units/resolve", body)))
        }
        for code in ["00001", "00004"] {
            let unit = try await client.get("/api/v1/units/until-2025-06-30/\(code)")
            answers.append(("/api/v1/units/{set}/{code}", "get", unit))
        }
        answers += try await OversightRouteTests.answers(stage)
        answers += try await AccountRouteTests.answers(stage, owner: "phe-duyet-2")
        answers += try await PersonExportTests.answers(stage)
        try await fixture.sequencer.integrate()
        answers.append(("/health", "get", try await client.get("/health")))
        return answers
    }

    /// Asked twice: the first is rejected, the second waits.
    private static func approvals(_ stage: ApprovalStage) async throws -> [(String, String, WebAnswer)] {
        let first = try await stage.signedIn("phe-duyet")
        let second = try await stage.signedIn("phe-duyet-2")
        let path = "/api/v1/approvals"
        var answers: [(String, String, WebAnswer)] = []
        for body in [#"{"decision": "reject", "reason": "thiếu giấy tờ"}"#, ""] {
            let asked = try await first.api(.post, "approvals", stage.cancellationJSON)
            let number = asked.json["approval"]?.text ?? ""
            answers.append((path, "post", asked))
            answers.append((path + "/{approval}", "get", try await second.api(.get, "approvals/\(number)")))
            guard !body.isEmpty else { continue }
            let decided = try await second.api(.post, "approvals/\(number)/decision", body)
            answers.append((path + "/{approval}/decision", "post", decided))
        }
        answers.append((path, "get", try await first.api(.get, "approvals")))
        answers.append((path, "get", try await second.api(.get, "approvals")))
        return try await answers + files(stage, stage.signedIn("can-bo-xa")) + duplicates(stage) + held(stage)
    }

    /// A pair that is unclear first, and then asked to be merged, after a sweep.
    private static func duplicates(_ stage: ApprovalStage) async throws -> [(String, String, WebAnswer)] {
        try await stage.fixture.register.sweepDuplicates()
        let pair = try await DuplicateQueueTests.fill(stage, [(0, 2)])[0]
        let doubled = try await doubled(stage) + rules(stage)
        let (path, template) = ("duplicates/\(pair[0])/\(pair[1])", "/api/v1/duplicates/{one}/{other}")
        let officer = try await stage.signedIn("phe-duyet")
        let body = #"{"decision": "unclear", "reason": "hỏi xã"}"#
        var answers = [(template + "/decision", "post", try await officer.api(.post, path + "/decision", body))]
        answers.append(("/api/v1/duplicates", "get", try await officer.api(.get, "duplicates")))
        answers.append(("/api/v1/duplicates/sweep", "get", try await officer.api(.get, "duplicates/sweep")))
        _ = try await stage.fixture.register.sweepDuplicates(DuplicateSweepWish(threshold: 0.7, goesOn: { _ in false }))
        answers.append(("/api/v1/duplicates/sweep", "get", try await officer.api(.get, "duplicates/sweep")))
        answers.append((template, "get", try await officer.api(.get, path)))
        answers += doubled
        let same = #"{"decision": "same", "remains": "\#(pair[0])", "reason": "một giấy khai sinh"}"#
        answers.append((template + "/decision", "post", try await officer.api(.post, path + "/decision", same)))
        return answers
    }

    /// The rules of automatic merging: one person asks, another agrees.
    private static func rules(_ stage: ApprovalStage) async throws -> [(String, String, WebAnswer)] {
        let access = stage.fixture.server.access
        let since = try #require(CalendarDate(iso: "2021-02-25"))
        try await access.open(
            Office(code: "bo-thu", name: "Bộ", level: .ministry, unit: nil, since: since),
            by: LocalOperator.requester)
        for account in ["bo-thu-1", "bo-thu-2"] { try await stage.enrol(account, .approver, in: "bo-thu") }
        let (first, second) = (try await stage.signedIn("bo-thu-1"), try await stage.signedIn("bo-thu-2"))
        let path = "/api/v1/duplicate-rules"
        let body = #"{"threshold": 0.9995, "reason": "thử"}"#
        var answers = [(path, "post", try await first.api(.post, "duplicate-rules", body))]
        let rule = answers[0].2.json["id"]?.text ?? ""
        let agreed = try await second.api(.post, "duplicate-rules/\(rule)/decision", #"{"accept": true}"#)
        answers.append((path + "/{rule}/decision", "post", agreed))
        answers.append((path, "get", try await first.api(.get, "duplicate-rules")))
        return answers
    }

    /// A batch with people of another one, and what officers' decisions on them make of quality.
    private static func doubled(_ stage: ApprovalStage) async throws -> [(String, String, WebAnswer)] {
        let register = stage.fixture.register
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("twice-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in DuplicateSweepTests.files() {
            let file = folder.appendingPathComponent("\(name).csv")
            try Data(text.utf8).write(to: file)
            _ = try await register.importBatch(path: file.path, by: LocalOperator.requester)
        }
        let pair = try #require(try await register.duplicates(by: LocalOperator.requester).listings.last).handles
        _ = try await register.decide(
            duplicate: try #require(Handle(parsing: pair[0])), try #require(Handle(parsing: pair[1])), .different,
            reason: "hai người", by: LocalOperator.requester)
        let officer = try await stage.signedIn("can-bo-xa")
        return [
            ("/api/v1/batches/{name}/rows", "get", try await officer.api(.get, "batches/hai/rows")),
            ("/api/v1/quality", "get", try await officer.api(.get, "quality")),
        ]
    }

    /// A row that waits, before and after it is corrected.
    private static func held(_ stage: ApprovalStage) async throws -> [(String, String, WebAnswer)] {
        try await HeldRowRouteTests.fill(stage)
        let officer = try await stage.signedIn("can-bo-xa")
        let (path, template) = ("batches/cho-xem/held", "/api/v1/batches/{name}/held")
        var answers = [(template, "get", try await officer.api(.get, path))]
        answers.append((template + "/{place}", "get", try await officer.api(.get, path + "/2")))
        let body = #"{"decision": "correct", "fields": {"ngay_sinh": "28/02/1980"}, "reason": "giấy khai sinh"}"#
        answers.append(
            (template + "/{place}/decision", "post", try await officer.api(.post, path + "/1/decision", body)))
        answers.append((template + "/{place}", "get", try await officer.api(.get, path + "/1")))
        return answers
    }

    /// A file with an act, in work, waiting, and one that is open.
    private static func files(
        _ stage: ApprovalStage, _ officer: ApprovalStage.Desk
    ) async throws -> [(String, String, WebAnswer)] {
        let opened = try await officer.api(.post, "files", FileRouteTests.new(stage))
        let code = opened.json["code"]?.text ?? ""
        let chosen = try await officer.api(.post, "files/\(code)/choose")
        _ = try await officer.api(.post, "acts", FileRouteTests.absence(stage))
        let path = "/api/v1/files"
        var answers = [(path, "post", opened), (path + "/{code}/choose", "post", chosen)]
        for step in [#""in_work", "version": 1"#, #""waiting", "version": 2, "note": "thiếu giấy tờ""#] {
            let moved = try await officer.api(.post, "files/\(code)/steps", #"{"step": \#(step)}"#)
            answers.append((path + "/{code}/steps", "post", moved))
        }
        answers.append((path, "get", try await officer.api(.get, "files")))
        answers.append((path + "/{code}", "get", try await officer.api(.get, "files/\(code)")))
        return answers
    }

    /// A key made through a link, one more made with it, and a sign-in.
    private static func passkeys(
        _ fixture: WebFixture, _ client: any TestClientProtocol
    ) async throws -> [(String, String, WebAnswer)] {
        let desk = ApprovalStage.Desk(client: client, cookie: "", token: "")
        let path = "/api/v1/passkeys"
        let link = try await fixture.server.access.issueEnrolment(for: "phe-duyet-2", by: LocalOperator.requester)
        var first = try await PasskeyClient.make(at: "passkeys/enrolment", ["token": .string(link)], by: desk)
        let challenge = try await desk.api(.post, "passkeys/sign-in/challenge", "{}")
        let body = try await PasskeyClient.signed(&first.device, by: desk)
        let started = try await desk.api(.post, "passkeys/sign-in", body)
        let cookie = String(started.headers[.setCookie]?.prefix { $0 != ";" } ?? "")
        let signedIn = ApprovalStage.Desk(client: client, cookie: cookie, token: "")
        let second = try await PasskeyClient.make(at: "passkeys", by: signedIn)
        return [
            (path + "/enrolment/challenge", "post", first.challenge), (path + "/enrolment", "post", first.answer),
            (path + "/sign-in/challenge", "post", challenge), (path + "/sign-in", "post", started),
            (path + "/challenge", "post", second.challenge), (path, "post", second.answer),
        ]
    }

    /// Quality with a series, a target, expected people and something to do.
    private static func quality(
        _ fixture: WebFixture, _ client: any TestClientProtocol
    ) async throws -> [(String, String, WebAnswer)] {
        let register = fixture.register
        let lines = AgeGroup.allCases.map { "00001\t\($0.code)\t4" }.joined(separator: "\n")
        let head = "# set: until-2025-06-30\n# year: 2021\n# source: số liệu thử\ncode\tage\tpersons\n"
        try await register.loadExpectedPopulation(Array((head + lines + "\n").utf8))
        let unit = UnitCode("00001", .untilJune2025)
        let due = register.surroundings.today.advanced(byDays: 30)
        try await register.setTarget(
            QualityTarget(unit: unit, set: unit.set, measure: .complete, due: due, perMillion: 985_000),
            by: LocalOperator.requester)
        try await register.recordQualityDay()
        let path = "/api/v1/quality/until-2025-06-30"
        let template = "/api/v1/quality/{set}/{code}"
        return [
            ("/api/v1/quality", "get", try await client.get("/api/v1/quality")),
            ("/api/v1/quality", "get", try await client.get("/api/v1/quality?set=until-2025-06-30")),
            ("/api/v1/quality/targets", "get", try await client.get("/api/v1/quality/targets")),
            (template, "get", try await client.get("\(path)/00001")),
            (template, "get", try await client.get("\(path)/001")),
            (template + "/worklist", "get", try await client.get("\(path)/01/worklist?limit=500")),
        ]
    }

    private static func acts(_ persons: [String]) -> [String] {
        let address = "Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội"
        let head = #""effective": "2021-05-01", "persons": ["\#(persons[0])"]"#
        let cancelled = #"{"number": "\#(WebSamples.father)", "ground": "false_papers", "requested": false}"#
        return [
            #"{"kind": "moved", \#(head), "content": {"address": "\#(address)"}}"#,
            #"{"kind": "temporary_residence_registered", \#(head), "content": {"address": "\#(address)"}}"#,
            #"{"kind": "stay_notified", \#(head), "content": {"address": "\#(address)"}}"#,
            #"{"kind": "absence_declared", \#(head), "content": {"reason": "đi học", "until": "2021-09"}}"#,
            #"{"kind": "number_cancelled", \#(head), "content": \#(cancelled)}"#,
        ]
    }

    private static func refusals(_ fixture: WebFixture, _ client: any TestClientProtocol) async throws -> [WebAnswer] {
        let persons = try await fixture.persons()
        let pair = #"{"spouses": [{"person": "\#(persons[0])"}, {"person": "\#(persons[3])"}]}"#
        let wedding = #"{"kind": "married", "effective": "2021-01-01", "content": \#(pair)}"#
        let birth = #"""
            {"kind": "registered_at_birth", "effective": "2021-01-01", "content": {
             "mother": {"person": "\#(persons[1])"},
             "details": {"name": "Trần Thị Bé", "birth": "2021-01-01", "sex": "Nữ",
             "birth_registration_place": "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội"}}}
            """#
        _ = try await client.post("/api/v1/acts", birth)
        let known = try await client.post("/api/v1/acts", birth)
        #expect(known.json["code"]?.text == "person_maybe_known", "\(known.text)")
        return [try await client.get("/nothing"), try await client.post("/api/v1/acts", wedding), known]
    }
}
