import Access
import Civil
import Database
import Foundation
import HTTPTypes
import Ledger
import TestStores
import Testing

@testable import Population
@testable import Web

/// Lists of people are asked for by one, granted by another, and leave a look at everybody in them.
@Suite("Lists of people need two")
struct PersonExportTests {
    typealias Asked = (path: String, method: String, answer: WebAnswer)

    /// Two operators of a ministry.
    private static func ministry(_ stage: ApprovalStage) async throws {
        let since = try #require(CalendarDate(iso: "2021-02-25"))
        try await stage.fixture.server.access.open(
            Office(code: "bo-xuat", name: "Bộ", level: .ministry, unit: nil, since: since),
            by: LocalOperator.requester)
        for account in ["bo-xuat-1", "bo-xuat-2"] { try await stage.enrol(account, .ministryOperator, in: "bo-xuat") }
    }

    /// The commune of the people who have sheets.
    private static let unit = "until-2025-06-30/00001"
    private static let body = #"{"unit": "\#(unit)", "reason": "danh sách cử tri"}"#

    /// One answer of every route of these.
    static func answers(_ stage: ApprovalStage) async throws -> [Asked] {
        try await ministry(stage)
        let (first, second) = (try await stage.signedIn("bo-xuat-1"), try await stage.signedIn("bo-xuat-2"))
        var asked: [Asked] = []
        for decision in [#"{"decision": "reject", "reason": "quá rộng"}"#, #"{"decision": "accept"}"#] {
            let new = try await first.api(.post, "exports", body)
            asked.append(("/api/v1/exports", "post", new))
            asked.append(("/api/v1/exports", "get", try await second.api(.get, "exports")))
            let id = try newest(new)
            asked.append(
                (
                    "/api/v1/exports/{export}/decision", "post",
                    try await second.api(.post, "exports/\(id)/decision", decision)
                ))
            if decision.contains("accept") {
                #expect(try await first.api(.post, "exports/\(id)/file").status == 200)
            }
        }
        asked.append(("/api/v1/exports", "get", try await first.api(.get, "exports")))
        return asked
    }

    private static func newest(_ answer: WebAnswer) throws -> String {
        guard case .array(let asked)? = answer.json["asked"] else { return "" }
        return try #require(asked.first?["export"]?.text, "\(answer.text)")
    }

    @Test("asked by one, granted by another, taken within a day, everybody looked at", arguments: TestStore.engines)
    func taken(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            try await PersonExportTests.ministry(stage)
            let register = stage.fixture.register
            let (first, second) = (try await stage.signedIn("bo-xuat-1"), try await stage.signedIn("bo-xuat-2"))
            let id = try PersonExportTests.newest(try await first.api(.post, "exports", PersonExportTests.body))
            let file = "exports/\(id)/file"
            let early = try await first.api(.post, file)
            #expect(early.status == 409 && early.code == "export_not_granted")
            let own = try await first.api(.post, "exports/\(id)/decision", #"{"decision": "accept"}"#)
            #expect(own.status == 403, "\(own.text)")
            #expect(try await second.page("/work").text.contains("href=\"/exports\""))
            let granted = try await second.post("/exports/\(id)", ["verdict": "accept"])
            #expect(granted.status == 303, "\(granted.text)")
            #expect(try await second.api(.post, file).status == 404, "it is not theirs")

            let before = try await PersonExportTests.looks(register)
            let list = try await first.api(.post, file)
            let persons = try await stage.fixture.persons()
            let shown = persons.filter { list.text.contains($0) }
            #expect(list.status == 200 && shown.count > 1, "\(list.text)")
            #expect(list.text.contains(WebSamples.father) && list.headers[.contentDisposition] != nil)
            let after = try await PersonExportTests.looks(register)
            #expect(after.looks == before.looks + 1 && after.persons == before.persons + shown.count)
            let page = try await first.page("/exports").text
            #expect(page.contains("/exports/\(id)/file"))
            #expect(try await first.post("/exports/\(id)/file", [:]).text == list.text)

            stage.fixture.advance(minutes: 24 * 60 + 1)
            let late = try await stage.signedIn("bo-xuat-1").api(.post, file)
            #expect(late.status == 409 && late.code == "export_over", "\(late.text)")
        }
    }

    @Test("who is sealed is in no list; others ask for none", arguments: TestStore.engines)
    func kept(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            try await PersonExportTests.ministry(stage)
            let register = stage.fixture.register
            let (first, second) = (try await stage.requester("bo-xuat-1"), try await stage.requester("bo-xuat-2"))
            let sealing = try await register.ask(
                toSeal: Handle(parsing: stage.father), reason: "nạn nhân được bảo vệ", by: first)
            try await register.decide(seal: sealing.id, .accept, by: second)
            let unit = register.units.unit(
                named: PersonExportTests.unit, on: register.surroundings.today)?.code
            let export = try await register.ask(toExport: unit, reason: "danh sách cử tri", by: first)
            try await register.decide(export: export.id, .accept, by: second)
            let list = try await register.take(export: export.id, by: first)
            #expect(!list.persons.isEmpty && !list.persons.map(\.handle).contains(stage.father))
            await #expect(throws: ApprovalRefusal.alreadyDecided) {
                try await register.decide(export: export.id, .accept, by: second)
            }
            for account in ["phe-duyet", "can-bo-xa", "kiem-tra-tinh", "quan-tri"] {
                let other = try await stage.requester(account)
                await #expect(throws: AccessRefusal.self, "\(account)") {
                    try await register.ask(toExport: unit, reason: "thử", by: other)
                }
                await #expect(throws: AccessRefusal.self, "\(account)") { try await register.exports(by: other) }
            }
            for (unit, reason) in [(nil, "thử"), (unit, " ")] as [(UnitCode?, String)] {
                await #expect(throws: PersonExportRefusal.self) {
                    try await register.ask(toExport: unit, reason: reason, by: first)
                }
            }
        }
    }

    private static func looks(_ register: PopulationRegister) async throws -> (looks: Int, persons: Int) {
        try await register.database.read { connection in
            let looks = try connection.first(
                "SELECT count(*) FROM look WHERE purpose LIKE 'xuất danh sách%'", []
            ) { try $0.int(0) }
            let persons = try connection.first(
                """
                SELECT count(*) FROM look_person p JOIN look l ON l.look_id = p.look_id
                WHERE l.purpose LIKE 'xuất danh sách%'
                """, []
            ) { try $0.int(0) }
            return (looks ?? 0, persons ?? 0)
        }
    }
}
