import Access
import Civil
import Database
import Foundation
import Ledger
import Population
import TestStores
import Testing

@testable import Web

@Suite("Records under special protection")
struct SealTests {
    private static let reason = "nạn nhân được bảo vệ"

    /// The commune's approver asks and a colleague approves.
    @discardableResult
    static func seal(_ stage: ApprovalStage, until: CalendarDate? = nil) async throws -> SealRequest {
        let register = stage.fixture.register
        let request = try await register.ask(
            toSeal: Handle(parsing: stage.father), until: until, reason: reason,
            by: try await stage.requester("phe-duyet"))
        try await register.decide(seal: request.id, .accept, by: try await stage.requester("phe-duyet-2"))
        return request
    }

    private static func stated(_ stage: ApprovalStage, _ account: String) async throws -> Requester {
        let purpose = Purpose(stated: "xác nhận cư trú", legalBasis: Purpose.counter.legalBasis)
        return try await stage.requester(account).stating(purpose)
    }

    private static func handle(_ stage: ApprovalStage) throws -> Handle { try #require(Handle(parsing: stage.father)) }

    @Test("A sealed person is nobody to the commune, however named", arguments: TestStore.engines)
    func looks(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let handle = try SealTests.handle(stage)
            let number = try PersonalIdentificationNumber(parsing: WebSamples.father)
            let selectors: [PersonSelector] = [
                .handle(handle), .number(number),
                .exact(
                    ExactPerson(
                        number: number, name: try PersonName(parsing: "Trần Văn Bình"),
                        birth: try #require(PartialDate(canonical: "1980-05-12")))),
            ]
            let officer = try await SealTests.stated(stage, "can-bo-xa")
            for selector in selectors { _ = try #require(try await register.look(at: selector, by: officer)) }
            try await SealTests.seal(stage)
            let looks = try await stage.fixture.looks()
            for account in ["can-bo-xa", "phe-duyet", "phe-duyet-2", "phe-duyet-tinh"] {
                let requester = try await SealTests.stated(stage, account)
                for selector in selectors {
                    await #expect(throws: AccessRefusal.notFoundHere) {
                        try await register.look(at: selector, by: requester)
                    }
                    await #expect(throws: AccessRefusal.notFoundHere) {
                        try await register.history(of: selector, by: requester)
                    }
                }
            }
            #expect(try await stage.fixture.looks() == looks, "what is refused leaves no look")
            // Somebody of the whole nation who opens no seals is told as of nobody, too.
            let protector = try await SealTests.stated(stage, "bao-ve-du-lieu")
            let hidden = try await register.look(at: selectors[0], by: protector)
            #expect(hidden == nil)
            let untold = try await register.history(of: selectors[0], by: protector)
            #expect(untold == nil)
            let ministry = try await SealTests.stated(stage, "can-bo-bo")
            let answer = try #require(try await register.look(at: selectors[0], by: ministry))
            #expect(answer.isSealed)
            #expect(answer.state.details.name == "Trần Văn Bình")
            #expect(try await register.history(of: selectors[1], by: ministry) != nil)
        }
    }

    @Test("Lists, searches, households and rows go on as if there were nobody", arguments: TestStore.engines)
    func lists(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let officer = try await stage.requester("can-bo-xa")
            let household = try #require(Handle(parsing: try await stage.fixture.household()))
            let scope = QualityScope(unit: ApprovalStage.home)
            let batch = stage.fixture.batch.batch
            let search = PersonSearch(name: "Trần Văn Bình")
            func names(_ requester: Requester) async throws -> [[String]] {
                [
                    try await register.search(search, by: requester).results.map(\.handle),
                    try await register.look(atHousehold: household, by: requester)?.members.map(\.handle) ?? [],
                    try await register.look(atHousehold: household, by: requester)?.state.members.map {
                        String($0.person)
                    } ?? [],
                    try await register.rows(ofBatch: batch, after: 0, by: requester).compactMap(\.person),
                    try await register.worklist(of: scope, by: requester).items.map(\.handle),
                ]
            }
            let before = try await names(officer)
            #expect(before.enumerated().allSatisfy { $0.offset == 2 || $0.element.contains(stage.father) })
            try await SealTests.seal(stage)
            let after = try await names(officer)
            for (old, new) in zip(before, after) {
                #expect(!new.contains(stage.father))
                #expect(new.count == old.count - 1)
            }
            let shown = try #require(try await register.look(atHousehold: household, by: officer))
            #expect(shown.hidden == 0, "not even that there is one more")
            #expect(shown.state.head == nil)
            let child = try #require(Handle(parsing: after[1].last ?? ""))
            let answer = try #require(try await register.look(at: .handle(child), by: officer))
            #expect(!answer.persons.values.contains(stage.father))
            let history = try #require(try await register.history(of: .handle(child), by: officer))
            #expect(!history.persons.values.contains(stage.father))
            let ministry = try await names(try await stage.requester("can-bo-bo"))
            #expect(ministry[0].contains(stage.father) && ministry[1].contains(stage.father))
        }
    }

    @Test("Acts cannot name a sealed person, nor an approval that waited", arguments: TestStore.engines)
    func acts(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let waiting = try await register.ask(
                try stage.cancellation(), by: try await stage.requester("phe-duyet"))
            try await SealTests.seal(stage)
            let officer = try await stage.requester("can-bo-xa")
            for name in [stage.father, WebSamples.father] {
                let json = #"{"kind": "absence_declared", "persons": ["\#(name)"], "content": {"reason": "đi xa"}}"#
                let request = try JSONDecoder().decode(ActRequest.self, from: Data(json.utf8))
                await #expect(throws: RecordingRefusal.request(.unknownPerson(field: "persons"))) {
                    try await register.record(request, by: officer)
                }
            }
            let second = try await stage.requester("phe-duyet-2")
            await #expect(throws: RecordingRefusal.request(.unknownPerson(field: "persons"))) {
                try await register.decide(waiting.id, .accept, by: second)
            }
            let answer = try await register.approval(waiting.id, by: second)
            #expect(answer.persons.isEmpty && answer.lines.isEmpty)
            try await stage.absence()
        }
    }

    @Test("A sealed record is not merged into one that everybody sees", arguments: TestStore.engines)
    func merges(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            try await SealTests.seal(stage)
            let other = try #require(try await stage.fixture.persons().last { $0 != stage.father })
            let json =
                #"{"kind": "merged_with", "content": {"duplicate": "\#(stage.father)", "into": "\#(other)"}}"#
            let merge = try JSONDecoder().decode(ActRequest.self, from: Data(json.utf8))
            await #expect(throws: RecordingRefusal.access(.sealFirst)) {
                _ = try await stage.fixture.register.record(merge, by: LocalOperator.requester)
            }
        }
    }

    @Test("An audit names a sealed person to the data-protection officer alone", arguments: TestStore.engines)
    func audits(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let handle = try SealTests.handle(stage)
            _ = try await register.look(at: .handle(handle), by: try await stage.requester("can-bo-xa"))
            try await SealTests.seal(stage)
            var question = AuditQuestion()
            question.person = handle
            for account in ["kiem-toan", "kiem-tra-tinh"] {
                let auditor = try await stage.requester(account)
                let named = try await register.audit(question, by: auditor)
                #expect(named.entries.isEmpty)
                var other = AuditQuestion()
                other.account = "can-bo-xa"
                let entries = try await register.audit(other, by: auditor).entries
                #expect(entries.count == 1 && entries.allSatisfy { !$0.persons.contains(stage.father) })
            }
            let protector = try await register.audit(question, by: try await stage.requester("bao-ve-du-lieu"))
            #expect(protector.entries.contains { $0.actor.account == "can-bo-xa" })
        }
    }

    @Test("A seal is lifted by two, and both acts name both", arguments: TestStore.engines)
    func lifts(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let first = try await SealTests.seal(stage)
            let asker = try await stage.requester("phe-duyet-2")
            let seals = try await register.seals(by: asker)
            #expect(seals.standing.map(\.id) == [first.id])
            #expect(Array(seals.handles.values) == [stage.father])
            let elsewhere = try await stage.requester("phe-duyet-khac")
            #expect(try await register.seals(by: elsewhere).standing.isEmpty)
            await #expect(throws: SealRefusal.unknown) {
                try await register.ask(toLift: first.id, reason: "hết nguy hiểm", by: elsewhere)
            }
            let lift = try await register.ask(toLift: first.id, reason: "hết nguy hiểm", by: asker)
            try await register.decide(seal: lift.id, .accept, by: try await stage.requester("phe-duyet"))
            #expect(try await register.seals(by: asker).standing.isEmpty)
            let officer = try await stage.requester("can-bo-xa")
            let handle = try SealTests.handle(stage)
            #expect(try await register.look(at: .handle(handle), by: officer) != nil)
            let bases = try await register.database.read { connection in
                try connection.rows(
                    "SELECT account, legal_basis FROM act WHERE legal_basis LIKE '%phê duyệt:%' ORDER BY act_id"
                ) { try $0.text(0) + " " + $0.text(1) }
            }
            #expect(bases.count == 2)
            #expect(bases.first?.contains("phe-duyet Luật") == true)
            #expect(bases.first?.contains("phê duyệt: phe-duyet-2, approver, xa-00097") == true)
            #expect(bases.last?.contains("phê duyệt: phe-duyet, approver, xa-00097") == true)
            let differences = try await register.rebuild(writing: false)
            #expect(differences.isClean)
        }
    }

    @Test("Only a second person of the office or of the one above decides, once", arguments: TestStore.engines)
    func secondPerson(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let handle = try SealTests.handle(stage)
            let asker = try await stage.requester("phe-duyet")
            for (account, refusal) in [
                ("can-bo-xa", AccessRefusal.roleMayNotDo), ("bao-ve-du-lieu", .roleMayNotDo),
                ("phe-duyet-khac", .notFoundHere),
            ] {
                let requester = try await stage.requester(account)
                await #expect(throws: refusal) {
                    try await register.ask(toSeal: handle, reason: SealTests.reason, by: requester)
                }
            }
            await #expect(throws: SealRefusal.reasonMissing) {
                try await register.ask(toSeal: handle, reason: " ", by: asker)
            }
            await #expect(throws: SealRefusal.endNotAhead) {
                try await register.ask(
                    toSeal: handle, until: CalendarDate(iso: "2025-08-31"), reason: SealTests.reason, by: asker)
            }
            await #expect(throws: ApprovalRefusal.notNeeded) {
                try await register.ask(toSeal: handle, reason: SealTests.reason, by: LocalOperator.requester)
            }
            let request = try await register.ask(toSeal: handle, reason: SealTests.reason, by: asker)
            for (account, refusal) in [
                ("phe-duyet", AccessRefusal.samePerson), ("phe-duyet-khac", .secondMayNotApprove),
                ("can-bo-xa", .secondMayNotApprove),
            ] {
                let requester = try await stage.requester(account)
                await #expect(throws: refusal) { try await register.decide(seal: request.id, .accept, by: requester) }
                #expect(try await register.seals(waitingFor: requester).isEmpty)
            }
            // The database refuses by itself what the program would let pass.
            await #expect(throws: (any Error).self) {
                try await register.database.write { connection in
                    try SealStore().decide(
                        request, .init(actor: asker.actor, decided: request.asked, rejection: nil), on: connection)
                }
            }
            let above = try await stage.requester("phe-duyet-tinh")
            try await register.decide(seal: request.id, .reject(reason: "chưa đủ căn cứ"), by: above)
            await #expect(throws: ApprovalRefusal.alreadyDecided) {
                try await register.decide(seal: request.id, .accept, by: above)
            }
            #expect(try await register.look(at: .handle(handle), by: asker)?.isSealed == false)
            #expect(try await register.seals(by: asker).asked.first?.decision?.rejection == "chưa đủ căn cứ")
        }
    }

    @Test("A seal with an end ends by itself, and another can follow", arguments: TestStore.engines)
    func ends(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let handle = try SealTests.handle(stage)
            try await SealTests.seal(stage, until: CalendarDate(iso: "2025-09-01"))
            let officer = try await stage.requester("can-bo-xa")
            let ministry = try await stage.requester("can-bo-bo")
            await #expect(throws: AccessRefusal.notFoundHere) {
                try await register.look(at: .handle(handle), by: officer)
            }
            await #expect(throws: SealRefusal.alreadySealed) {
                try await register.ask(toSeal: handle, reason: SealTests.reason, by: ministry)
            }
            stage.fixture.advance(minutes: 24 * 60)
            #expect(try await register.look(at: .handle(handle), by: officer)?.isSealed == false)
            try await SealTests.seal(stage)
            await #expect(throws: AccessRefusal.notFoundHere) {
                try await register.look(at: .handle(handle), by: officer)
            }
        }
    }

    @Test("The page asks, decides and lifts, and counts what waits")
    func pages() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            let asker = try await stage.signedIn("phe-duyet")
            let second = try await stage.signedIn("phe-duyet-2")
            let form = try await asker.page("/seals?person=\(stage.father)")
            #expect(form.text.contains("value=\"\(stage.father)\""))
            let fields = ["person": stage.father, "reason": SealTests.reason]
            let wrong = try await asker.post("/seals", fields.merging(["until-day": "32"]) { first, _ in first })
            #expect(wrong.status == 422)
            #expect(wrong.text.contains("value=\"32\""))
            let sent = try await asker.post("/seals", fields)
            #expect(sent.status == 303)
            let list = try await second.page("/seals").text
            let action = try #require(list.firstMatch(of: /\/seals\/requests\/[0-9]+/).map { String($0.output) })
            let work = try await second.page("/work").text
            #expect(work.contains("href=\"/seals\""))
            let own = try await asker.post(action, ["verdict": "accept"])
            #expect(own.status == 403)
            let decided = try await second.post(action, ["verdict": "accept"])
            #expect(decided.status == 303)
            let hidden = try await asker.page("/persons/\(stage.father)")
            #expect(hidden.status == 404)
            let shown = try await stage.signedIn("can-bo-bo").page("/persons/\(stage.father)")
            #expect(shown.text.contains("Được niêm phong"))
            let standing = try await asker.page("/seals").text
            let lift = try #require(standing.firstMatch(of: /\/seals\/[0-9]+\/lift/).map { String($0.output) })
            let silent = try await asker.post(lift, ["reason": ""])
            #expect(silent.status == 422)
            let lifted = try await asker.post(lift, ["reason": "hết nguy hiểm"])
            #expect(lifted.status == 303)
            for account in ["can-bo-xa", "bao-ve-du-lieu", "kiem-toan", "quan-tri"] {
                let page = try await stage.signedIn(account).page("/seals")
                #expect(page.status == 403, "\(account)")
            }
        }
    }
}
