import Access
import Civil
import Database
import HTTPTypes
import Ledger
import Population
import TestStores
import Testing

@testable import Web

@Suite("The audit of the logs at the console")
struct AuditStoryTests {
    private static func looks(_ stage: ApprovalStage) async throws -> Int {
        try await stage.fixture.register.database.read { connection in
            try connection.first("SELECT count(*) FROM look") { try $0.int(0) } ?? 0
        }
    }

    @Test("Who looked at a person is found, and the search itself is on record", arguments: TestStore.engines)
    func finds(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let officer = try await stage.signedIn("can-bo-xa")
            let seen = try await officer.page("/persons/\(stage.father)")
            #expect(seen.status == 200)
            let desk = try await stage.signedIn("bao-ve-du-lieu")
            let before = try await AuditStoryTests.looks(stage)
            let found = try await desk.post("/audit", ["log": "looks", "person": stage.father])
            #expect(found.status == 200)
            #expect(found.text.contains("can-bo-xa, "))
            #expect(!found.text.contains(WebSamples.father), "no number of anybody")
            #expect(try await AuditStoryTests.looks(stage) == before + 1)
            let again = try await desk.post("/audit", ["log": "looks", "account": "bao-ve-du-lieu"])
            #expect(again.text.contains("kiểm tra nhật ký: looks"))
            let nobody = try await desk.post("/audit", ["log": "looks", "account": "khong-co"])
            #expect(!nobody.text.contains("<ol class=\"hits\">"))
        }
    }

    @Test("Filters leave out what they say, and pages follow one another", arguments: TestStore.engines)
    func filters(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let requester = try await stage.requester("bao-ve-du-lieu")
            var question = AuditQuestion()
            question.log = .acts
            let all = try await register.audit(question, by: requester)
            #expect(all.entries.contains { $0.kind == .accessChanged })
            #expect(all.entries.map(\.id) == all.entries.map(\.id).sorted(by: >))
            let middle = try #require(all.entries.dropFirst(2).first)
            let rest = try await register.audit(question, before: middle.id, by: requester)
            #expect(rest.entries.first?.id == all.entries[3].id)
            question.kind = .collected
            let collected = try await register.audit(question, by: requester)
            let kinds = Set(collected.entries.map(\.kind))
            #expect(kinds == [.collected])
            question.kind = nil
            question.until = CalendarDate(year: 2001, month: 1, day: 1)
            let old = try await register.audit(question, by: requester)
            #expect(old.entries == [])
            question.until = nil
            question.since = CalendarDate(year: 2001, month: 1, day: 1)
            let since = try await register.audit(question, by: requester)
            #expect(since.entries == all.entries)
            question.words = "không có căn cứ nào như vậy"
            let words = try await register.audit(question, by: requester)
            #expect(words.entries == [])
        }
    }

    @Test("Looks without a file stand apart from the register's own work", arguments: TestStore.engines)
    func stated(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let handle = try #require(Handle(parsing: stage.father))
            let officer = try await stage.requester("can-bo-xa")
            _ = try await register.look(at: .handle(handle), by: officer.onDuty(.dataQuality))
            let purpose = Purpose(stated: "xác nhận cư trú", legalBasis: Purpose.counter.legalBasis)
            _ = try await register.look(at: .handle(handle), by: officer.stating(purpose))
            var question = AuditQuestion()
            question.account = "can-bo-xa"
            let auditor = try await stage.requester("kiem-toan")
            let both = try await register.audit(question, by: auditor)
            let without = Purpose.withoutFile
            #expect(
                both.entries.map(\.purpose)
                    == ["\(without)xác nhận cư trú", Purpose.dataQuality.text])
            question.withoutFile = true
            let stated = try await register.audit(question, by: auditor)
            #expect(stated.entries.map(\.purpose) == ["\(without)xác nhận cư trú"])
        }
    }

    @Test("An auditor of a province sees what the offices of the province did, and nothing of the ministry's")
    func places() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let register = stage.fixture.register
            let handle = try #require(Handle(parsing: stage.father))
            for account in ["can-bo-xa", "can-bo-bo"] {
                _ = try await register.look(at: .handle(handle), by: try await stage.requester(account))
            }
            var question = AuditQuestion()
            question.person = handle
            let province = try await register.audit(question, by: try await stage.requester("kiem-tra-tinh"))
            #expect(Set(province.entries.map(\.actor.account)) == ["can-bo-xa"])
            let nation = try await register.audit(question, by: try await stage.requester("kiem-toan"))
            #expect(Set(nation.entries.map(\.actor.account)).isSuperset(of: ["can-bo-xa", "can-bo-bo"]))
        }
    }

    @Test("An export needs a role and a reason, which is on record", arguments: TestStore.engines)
    func exports(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let desk = try await stage.signedIn("bao-ve-du-lieu")
            let silent = try await desk.post("/audit/export", ["log": "acts"])
            #expect(silent.status == 422)
            let file = try await desk.post("/audit/export", ["log": "acts", "reason": "kiểm tra quý I"])
            #expect(file.status == 200)
            #expect(file.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(file.text.contains("\"access_changed\""))
            let own = try await desk.post("/audit", ["log": "looks", "account": "bao-ve-du-lieu"])
            #expect(own.text.contains("kiểm tra quý I"))
            for account in ["can-bo-xa", "phe-duyet", "can-bo-bo", "quan-tri"] {
                let other = try await stage.signedIn(account)
                let page = try await other.page("/audit")
                #expect(page.status == 403, "\(account)")
                let found = try await other.post("/audit", ["log": "looks"])
                #expect(found.status == 403, "\(account)")
            }
            let province = try await stage.signedIn("kiem-tra-tinh")
            let refused = try await province.post("/audit/export", ["log": "acts", "reason": "thử"])
            #expect(refused.status == 403)
        }
    }

    @Test("What a spreadsheet would take for a formula is text")
    func cells() {
        #expect(AuditCSV.cell("=1+1") == "\"'=1+1\"")
        #expect(AuditCSV.cell("a \"b\", c") == "\"a \"\"b\"\", c\"")
    }
}
