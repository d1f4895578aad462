import Access
import Civil
import Database
import Foundation
import HTTPTypes
import Ledger
import Population
import TestStores
import Testing

@testable import Web

@Suite("Administration at the console")
struct AdministrationStoryTests {
    /// The last day of a role, within a year of the clock of the tests.
    private static func until(_ stage: ApprovalStage) -> [String: String] {
        let now = stage.fixture.server.access.surroundings.now()
        let day = Instant(microseconds: now.microseconds + 30 * 86_400_000_000).dayInVietnam
        return ["until-day": "\(day.day)", "until-month": "\(day.month)", "until-year": "\(day.year)"]
    }

    @Test("An account is made, its role approved by another, its link shown once", arguments: TestStore.engines)
    func enrols(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let access = stage.fixture.server.access
            let desk = try await stage.signedIn("quan-tri")
            let list = try await desk.page("/administration").text
            #expect(list.contains("/administration/offices/bo"))
            #expect(!list.contains("/administration/offices/xa-00097"), "communes are below their province")
            let form = AdministrationStoryTests.until(stage).merging(
                ["account": "lan.nt", "name": "Lan", "role": "commune_officer"]) { first, _ in first }
            let made = try await desk.post("/administration/offices/xa-00097", form)
            #expect(made.status == 303)
            #expect(try await access.officer(account: "lan.nt")?.grants == [])
            let again = try await desk.post("/administration/offices/xa-00097", form)
            #expect(again.status == 409)
            #expect(again.text.contains("id=\"account-error\""))
            let second = try await stage.signedIn("can-bo-bo")
            let waiting = try await second.page("/role-changes").text
            let number = try #require(
                waiting.components(separatedBy: "action=\"/role-changes/").dropFirst().first.map {
                    String($0.prefix { $0 != "\"" })
                })
            let own = try await desk.post("/role-changes/\(number)", ["verdict": "accept"])
            #expect(own.status == 403)
            let silent = try await second.post("/role-changes/\(number)", ["verdict": "reject", "reason": ""])
            #expect(silent.status == 422)
            let accepted = try await second.post("/role-changes/\(number)", ["verdict": "accept"])
            #expect(accepted.status == 303)
            #expect(try await access.officer(account: "lan.nt")?.grants.map(\.role) == [.communeOfficer])
            let link = try await desk.post("/administration/officers/lan.nt", ["step": "link"])
            #expect(link.status == 200)
            #expect(link.text.contains("/enrol/"))
            let later = try await desk.page("/administration/officers/lan.nt").text
            #expect(!later.contains("/enrol/"))
        }
    }

    @Test("An office is opened at a place by its name, ended on a day, and opened anew", arguments: TestStore.engines)
    func opensOffices(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let access = stage.fixture.server.access
            let desk = try await stage.signedIn("quan-tri")
            func form(_ changes: [String: String]) -> [String: String] {
                [
                    "code": "xa-moi", "name": "Công an xã mới", "level": "commune",
                    "unit": "Phường Ba Đình, Thành phố Hà Nội", "day-day": "1", "day-month": "7", "day-year": "2025",
                ].merging(changes) { $1 }
            }
            for (changes, place) in [
                (["code": "Xã mới"], "code-error"), (["name": ""], "name-error"),
                (["unit": "Xã Không Đâu"], "unit-error"),
                (["level": "province"], "unit-error"), (["day-month": "13"], "day-error"),
            ] {
                let refused = try await desk.post("/administration/offices", form(changes))
                #expect(
                    refused.status == 422 && refused.text.contains("id=\"\(place)\""), "\(changes): \(refused.text)")
            }
            let opened = try await desk.post("/administration/offices", form([:]))
            #expect(opened.status == 303, "\(opened.text)")
            #expect(try await access.office("xa-moi")?.unit == UnitCode("00004", .fromJuly2025))
            let twice = try await desk.post("/administration/offices", form([:]))
            #expect(twice.status == 409 && twice.text.contains("id=\"code-error\""))

            try await stage.enrol("nguoi-cu", .communeOfficer, in: "xa-moi")
            let page = try await desk.page("/administration/offices/xa-moi").text
            #expect(page.contains("Kết thúc giai đoạn của cơ quan"))
            let end = "/administration/offices/xa-moi/end"
            let early = try await desk.post(end, ["day-day": "1", "day-month": "7", "day-year": "2025"])
            #expect(early.status == 422 && early.text.contains("id=\"day-error\""), "\(early.text)")
            #expect(try await desk.post(end, ["day-day": "1", "day-month": "8", "day-year": "2025"]).status == 303)
            #expect(try await access.office("xa-moi") == nil, "it has ended")
            let closed = try await desk.page("/administration/offices/xa-moi").text
            #expect(!closed.contains("Kết thúc giai đoạn của cơ quan"))
            let raised = form(["day-month": "9", "level": "province", "unit": "Thành phố Hà Nội"])
            let refused = try await desk.post("/administration/offices", raised)
            #expect(refused.status == 409 && refused.text.contains("id=\"level-error\""), "\(refused.text)")
            let next = try await desk.post("/administration/offices", form(["day-month": "9"]))
            #expect(next.status == 303, "\(next.text)")
            #expect(try await access.office("xa-moi")?.since == CalendarDate(iso: "2025-09-01"))
            #expect(
                try await access.officer(account: "nguoi-cu")?.grants.map { $0.revoked != nil } == [true],
                "roles of before end")
            // Whoever administers no office is shown none of it.
            let officer = try await stage.signedIn("can-bo-xa")
            #expect(try await officer.post("/administration/offices", form(["code": "xa-khac"])).status == 403)
            #expect(try await access.office("xa-khac") == nil)
        }
    }

    @Test(
        "An officer who will be absent asks for a deputy, with no more than the own role", arguments: TestStore.engines)
    func deputises(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let access = stage.fixture.server.access
            let absent = try await stage.signedIn("can-bo-xa")
            #expect(try await absent.page("/sessions").text.contains("/deputy"))
            let until = AdministrationStoryTests.until(stage)
            for account in ["can-bo-xa", "phe-duyet-khac", "khong-co"] {
                let form = until.merging(["account": account]) { $1 }
                let refused = try await absent.post("/deputy", form)
                #expect(refused.status == 422 && refused.text.contains("id=\"account-error\""), "\(account)")
            }
            let late = try await absent.post(
                "/deputy", ["account": "phe-duyet-2", "until-day": "1", "until-month": "1", "until-year": "2040"])
            #expect(late.status == 422 && late.text.contains("id=\"until-error\""), "\(late.text)")
            let asked = try await absent.post("/deputy", until.merging(["account": "phe-duyet-2"]) { $1 })
            #expect(asked.status == 303, "\(asked.text)")
            #expect(try await absent.page("/role-changes").text.contains("phe-duyet-2 thay can-bo-xa"))
            let twice = try await absent.post("/deputy", until.merging(["account": "phe-duyet-2"]) { $1 })
            #expect(twice.status == 409, "\(twice.text)")
            #expect(try await access.officer(account: "phe-duyet-2")?.grants.map(\.role) == [.approver])

            let second = try await stage.signedIn("phe-duyet")
            let waiting = try await second.page("/role-changes").text
            #expect(waiting.contains("phe-duyet-2 thay can-bo-xa"), "\(waiting)")
            let number = try #require(
                waiting.components(separatedBy: "action=\"/role-changes/").dropFirst().first.map {
                    String($0.prefix { $0 != "\"" })
                })
            #expect(try await absent.post("/role-changes/\(number)", ["verdict": "accept"]).status == 403)
            #expect(try await second.post("/role-changes/\(number)", ["verdict": "accept"]).status == 303)
            let grants = try await access.officer(account: "phe-duyet-2")?.grants ?? []
            let given = try #require(grants.first { $0.role == .communeOfficer })
            #expect(given.deputyFor == (try await access.officer(account: "can-bo-xa")?.officer.id))
            // The deputy goes on in the other role, without signing in again, and records what it may.
            let page = try await stage.signedIn("phe-duyet-2").page("/sessions").text
            #expect(page.contains("value=\"\(given.id)\""), "\(page)")
            let deputy = try await stage.signedIn("phe-duyet-2")
            let forms = "/persons/\(stage.father)/acts/absence"
            #expect(try await deputy.page(forms).status == 200)
            let other = try await access.officer(account: "can-bo-xa")?.grants.first?.id ?? 0
            #expect(try await deputy.post("/sessions/role", ["grant": String(other)]).status == 401)
            let chosen = try await deputy.post("/sessions/role", ["grant": String(given.id)])
            #expect(chosen.status == 303, "\(chosen.text)")
            #expect(try await deputy.page("/work").status == 303, "the session before has ended")
            let cookie = try #require(chosen.headers[.setCookie]).prefix { $0 != ";" }
            let next = ApprovalStage.Desk(client: stage.client, cookie: String(cookie), token: "")
            let work = try await next.page("/work").text
            #expect(work.contains("Cán bộ cấp xã · ") && work.contains("/sessions#roles"), "\(work)")
            #expect(try await next.page("/deputy").status == 200)
            #expect(try await next.page("/sessions").text.contains("thay người vắng mặt"))
        }
    }

    @Test("A deputy is held to the rules again when the second person decides", arguments: TestStore.engines)
    func deputiesLater(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let access = stage.fixture.server.access
            let absent = try await stage.requester("can-bo-xa")
            let second = try await stage.requester("phe-duyet")
            let until = Instant(microseconds: access.surroundings.now().microseconds + 10 * 86_400_000_000)
            let change = try await access.ask(toDeputise: "phe-duyet-2", until: until, by: absent)
            try await access.setDisabled(true, "phe-duyet-2", reason: "chuyển công tác", by: LocalOperator.requester)
            await #expect(throws: AdministrationRefusal.colleagueUnknown) {
                try await access.decide(roleChange: change.id, .accept, by: second)
            }
            try await access.setDisabled(false, "phe-duyet-2", reason: "trở lại", by: LocalOperator.requester)
            let own = try #require(
                try await access.officer(account: "can-bo-xa")?.grants.first { $0.role == .communeOfficer })
            try await access.grant(
                .communeOfficer, in: "xa-00097", to: "can-bo-xa",
                until: Instant(microseconds: until.microseconds - 86_400_000_000), by: LocalOperator.requester)
            try await access.revoke(own.id, of: "can-bo-xa", reason: "đổi thời hạn", by: LocalOperator.requester)
            await #expect(throws: AdministrationRefusal.grantTooLong) {
                try await access.decide(roleChange: change.id, .accept, by: second)
            }
            #expect(try await access.officer(account: "phe-duyet-2")?.grants.map(\.role) == [.approver])
            // A deputy has no deputy.
            try await access.grant(
                .approver, in: "xa-00097", to: "can-bo-xa", until: until, deputyFor: "phe-duyet",
                by: LocalOperator.requester)
            let asDeputy = Requester(
                actor: Actor(account: "can-bo-xa", role: Role.approver.rawValue, office: "xa-00097"), role: .approver,
                jurisdiction: absent.jurisdiction, ground: absent.ground)
            await #expect(throws: AdministrationRefusal.grantTooLong) {
                _ = try await access.ask(toDeputise: "phe-duyet-2", until: until, by: asDeputy)
            }
        }
    }

    @Test(
        "A target is set on the page of a unit by whoever answers for it, and shown at once",
        arguments: TestStore.engines)
    func setsTargets(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let ministry = try await stage.signedIn("can-bo-bo")
            let path = "/quality/from-2025-07-01/00097"
            #expect(try await ministry.page(path).text.contains("\(path)/targets"))
            let form = [
                "measure": "complete", "value": "98,5 %", "due-day": "30", "due-month": "6", "due-year": "2027",
            ]
            for (changes, place) in [(["value": "nhiều"], "value-error"), (["due-month": "13"], "due-error")] {
                let refused = try await ministry.post("\(path)/targets", form.merging(changes) { $1 })
                #expect(refused.status == 422 && refused.text.contains("id=\"\(place)\""), "\(refused.text)")
            }
            #expect(try await ministry.post("\(path)/targets", form).status == 303)
            let targets = try await stage.fixture.register.targets().map(\.target)
            #expect(targets.map(\.perMillion) == [985_000] && targets.first?.unit == ApprovalStage.home)
            #expect(try await ministry.page(path).text.contains("30/06/2027"))
            let officer = try await stage.signedIn("can-bo-xa")
            #expect(try await !officer.page(path).text.contains("\(path)/targets"))
            #expect(try await officer.post("\(path)/targets", form.merging(["value": "1"]) { $1 }).status == 403)
        }
    }

    @Test("An account is disabled with a reason, and its sessions end", arguments: TestStore.engines)
    func disables(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let desk = try await stage.signedIn("quan-tri")
            let officer = try await stage.signedIn("can-bo-xa")
            let path = "/administration/officers/can-bo-xa"
            let silent = try await desk.post(path, ["step": "disable", "reason": ""])
            #expect(silent.status == 422)
            let working = try await officer.page("/work")
            #expect(working.status == 200)
            let ended = try await desk.post(path, ["step": "end", "reason": "quên đăng xuất"])
            #expect(ended.status == 303)
            let afterwards = try await officer.page("/work")
            #expect(afterwards.status == 303)
            let disabled = try await desk.post(path, ["step": "disable", "reason": "mất thiết bị"])
            #expect(disabled.status == 303)
            let state = try await stage.fixture.server.access.officer(account: "can-bo-xa")
            #expect(state?.officer.disabled != nil)
        }
    }

    @Test("Nobody else administers, and nobody their own account", arguments: TestStore.engines)
    func refuses(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let paths = ["/administration", "/administration/offices/xa-00097", "/administration/officers/can-bo-xa"]
            for account in ["can-bo-xa", "phe-duyet", "can-bo-bo", "bao-ve-du-lieu", "kiem-toan"] {
                let desk = try await stage.signedIn(account)
                for path in paths {
                    let answer = try await desk.page(path)
                    #expect(answer.status == 403, "\(account) \(path)")
                }
                let work = try await desk.page("/work").text
                #expect(!work.contains("href=\"/administration\""))
                let change = try await desk.post(
                    "/administration/officers/can-bo-xa", ["step": "disable", "reason": "thử"])
                #expect(change.status == 403)
            }
            let desk = try await stage.signedIn("quan-tri")
            let own = try await desk.post("/administration/officers/quan-tri", ["step": "link"])
            #expect(own.status == 403)
            #expect(!own.text.contains("/enrol/"))
            let untouched = try await stage.fixture.server.access.officer(account: "can-bo-xa")
            #expect(untouched?.officer.disabled == nil)
        }
    }
}
