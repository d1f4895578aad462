import Access
import Civil
import Database
import Ledger
import Population
import TestStores
import Testing

@testable import Web

@Suite("Emergency access")
struct EmergencyTests {
    private static let reason = "cấp cứu, cần người thân"

    private static func handle(_ stage: ApprovalStage) throws -> Handle { try #require(Handle(parsing: stage.father)) }

    /// The commune's officer asks for somebody who is sealed.
    private static func asked(_ stage: ApprovalStage, minutes: Int = 60) async throws -> Emergency {
        try await stage.fixture.register.askEmergency(
            persons: [try handle(stage)], reason: reason, minutes: minutes,
            by: try await stage.requester("can-bo-xa"))
    }

    private static func granted(_ stage: ApprovalStage, minutes: Int = 60) async throws -> Emergency {
        let emergency = try await asked(stage, minutes: minutes)
        for account in ["phe-duyet", "phe-duyet-tinh"] {
            try await stage.fixture.register.decide(
                emergency: emergency.id, .accept, by: try await stage.requester(account))
        }
        return emergency
    }

    @Test("It opens a sealed record to whoever asked, for an hour, on its own ground", arguments: TestStore.engines)
    func opens(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let handle = try EmergencyTests.handle(stage)
            try await SealTests.seal(stage)
            let emergency = try await EmergencyTests.asked(stage)
            let officer = try await stage.requester("can-bo-xa")
            let other = try await stage.requester("phe-duyet")
            try await register.decide(emergency: emergency.id, .accept, by: other)
            await #expect(throws: AccessRefusal.notFoundHere, "one approval is none") {
                try await register.look(at: .handle(handle), by: officer)
            }
            try await register.decide(
                emergency: emergency.id, .accept, by: try await stage.requester("phe-duyet-tinh"))
            let answer = try #require(try await register.look(at: .handle(handle), by: officer))
            #expect(answer.allowance.reason == .emergency && answer.isSealed)
            #expect(answer.allowance.masked == .sensitive)
            #expect(try await register.history(of: .handle(handle), by: officer) != nil)
            #expect(try await register.emergencies(by: officer).running.map(\.id) == [emergency.id])
            await #expect(throws: AccessRefusal.notFoundHere) {
                try await register.look(at: .handle(handle), by: other)
            }
            let found = try await register.search(PersonSearch(name: "Trần Văn Bình"), by: officer)
            #expect(!found.results.map(\.handle).contains(stage.father), "it opens no lists")
            let purposes = try await register.database.read { connection in
                try connection.rows(
                    "SELECT purpose FROM look WHERE account = 'can-bo-xa' ORDER BY look_id LIMIT 2"
                ) { try $0.text(0) }
            }
            #expect(purposes == Array(repeating: "truy cập khẩn cấp số \(emergency.id)", count: 2))
            let bases = try await register.database.read { connection in
                try connection.rows(
                    "SELECT legal_basis FROM act WHERE account = 'can-bo-xa' AND kind = 'access_changed'"
                ) { try $0.text(0) }
            }
            #expect(
                bases.first?.contains("phê duyệt: phe-duyet, approver, xa-00097; phê duyệt: phe-duyet-tinh") == true)
            let differences = try await register.rebuild(writing: false)
            #expect(differences.isClean)
        }
    }

    @Test("At the sixty-first minute a running session is refused", arguments: TestStore.engines)
    func ends(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            try await SealTests.seal(stage)
            let desk = try await stage.signedIn("can-bo-xa")
            _ = try await EmergencyTests.granted(stage)
            let path = "/persons/\(stage.father)"
            let early = try await desk.page(path)
            #expect(early.status == 200)
            // A session rests for half an hour at most.
            for _ in 0..<2 {
                stage.fixture.advance(minutes: 29)
                let later = try await desk.page(path)
                #expect(later.status == 200)
            }
            stage.fixture.advance(minutes: 2)
            let late = try await desk.page(path)
            #expect(late.status == 404)
            #expect(!late.text.contains("Trần Văn Bình"))
            let work = try await desk.page("/work")
            #expect(work.status == 200, "the session itself goes on")
        }
    }

    @Test("Two approvers of two offices, neither of them whoever asked", arguments: TestStore.engines)
    func approvers(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let emergency = try await EmergencyTests.asked(stage)
            for (account, refusal) in [
                ("can-bo-xa", AccessRefusal.samePerson), ("phe-duyet-khac", .secondMayNotApprove),
                ("bao-ve-du-lieu", .secondMayNotApprove),
            ] {
                let requester = try await stage.requester(account)
                await #expect(throws: refusal) {
                    try await register.decide(emergency: emergency.id, .accept, by: requester)
                }
                #expect(try await register.emergencies(waitingFor: requester).isEmpty)
            }
            let first = try await stage.requester("phe-duyet")
            try await register.decide(emergency: emergency.id, .accept, by: first)
            await #expect(throws: ApprovalRefusal.alreadyDecided) {
                try await register.decide(emergency: emergency.id, .accept, by: first)
            }
            let colleague = try await stage.requester("phe-duyet-2")
            #expect(try await register.emergencies(waitingFor: colleague).isEmpty)
            await #expect(throws: AccessRefusal.approversNotApart) {
                try await register.decide(emergency: emergency.id, .accept, by: colleague)
            }
            // The database refuses by itself what the program would let pass.
            let standing = try #require(
                try await register.database.read { try EmergencyStore().emergency(emergency.id, on: $0) })
            for actor in [colleague.actor, emergency.asker] {
                await #expect(throws: (any Error).self) {
                    try await register.database.write { connection in
                        try EmergencyStore().decide(
                            standing, .init(actor: actor, decided: emergency.asked, rejection: nil), on: connection)
                    }
                }
            }
            let span = Emergency.Span(
                since: emergency.asked, until: Instant(microseconds: emergency.asked.microseconds + 1))
            await #expect(throws: (any Error).self) {
                try await register.database.write { connection in
                    try EmergencyStore().grant(
                        emergency.id, span, approvedBy: first.actor, and: first.actor, on: connection)
                }
            }
            let ministry = try await stage.requester("can-bo-bo")
            #expect(try await register.emergencies(waitingFor: ministry).map(\.id) == [emergency.id])
            try await register.decide(emergency: emergency.id, .reject(reason: "không khẩn cấp"), by: ministry)
            let told = try await register.emergencies(by: try await stage.requester("can-bo-xa"))
            #expect(told.running.isEmpty)
            #expect(told.asked.first?.rejection?.rejection == "không khẩn cấp")
        }
    }

    @Test("What may not be asked for is refused, and a day later nothing is approved", arguments: TestStore.engines)
    func asking(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let handle = try EmergencyTests.handle(stage)
            let officer = try await stage.requester("can-bo-xa")
            let many = (0..<21).map { Handle(random: Array(repeating: UInt8($0), count: 16)) }
            let cases: [([Handle], String, Int, AccessRefusal)] = [
                ([], EmergencyTests.reason, 10, .personsNotNamed), (many, EmergencyTests.reason, 10, .personsNotNamed),
                ([handle], " ", 10, .reasonNeeded), ([handle], EmergencyTests.reason, 61, .emergencyTooLong),
                ([handle], EmergencyTests.reason, 0, .emergencyTooLong),
            ]
            for (persons, reason, minutes, refusal) in cases {
                await #expect(throws: refusal) {
                    try await register.askEmergency(persons: persons, reason: reason, minutes: minutes, by: officer)
                }
            }
            await #expect(throws: EmergencyRefusal.personUnknown) {
                try await register.askEmergency(
                    persons: [handle, many[3]], reason: EmergencyTests.reason, minutes: 10, by: officer)
            }
            let auditor = try await stage.requester("kiem-toan")
            await #expect(throws: AccessRefusal.roleMayNotDo) {
                try await register.askEmergency(
                    persons: [handle], reason: EmergencyTests.reason, minutes: 10, by: auditor)
            }
            let emergency = try await EmergencyTests.asked(stage)
            stage.fixture.advance(minutes: 24 * 60)
            let approver = try await stage.requester("phe-duyet")
            await #expect(throws: ApprovalRefusal.expired) {
                try await register.decide(emergency: emergency.id, .accept, by: approver)
            }
        }
    }

    @Test("Every grant is reviewed, and who was looked at is told or told later", arguments: TestStore.engines)
    func reviews(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let handle = try EmergencyTests.handle(stage)
            let emergency = try await EmergencyTests.granted(stage, minutes: 10)
            let officer = try await stage.requester("can-bo-xa")
            for _ in 0..<2 { _ = try await register.look(at: .handle(handle), by: officer) }
            let protector = try await stage.requester("bao-ve-du-lieu")
            let queue = try await register.emergencyReviews(by: protector)
            #expect(queue.open.map(\.id) == [emergency.id])
            #expect(queue.notices.count == 1, "two looks, one notice")
            await #expect(throws: EmergencyRefusal.stillRunning) {
                try await register.review(emergency: emergency.id, note: "đúng mục đích", by: protector)
            }
            stage.fixture.advance(minutes: 10)
            await #expect(throws: EmergencyRefusal.noteMissing) {
                try await register.review(emergency: emergency.id, note: " ", by: protector)
            }
            let day = try #require(CalendarDate(iso: "2025-12-31"))
            await #expect(throws: EmergencyRefusal.putOffIncomplete) {
                try await register.review(
                    emergency: emergency.id, note: "đúng mục đích", puttingOffUntil: day, by: protector)
            }
            await #expect(throws: AccessRefusal.roleMayNotDo) {
                try await register.review(emergency: emergency.id, note: "tự xem", by: officer)
            }
            try await register.review(
                emergency: emergency.id, note: "đúng mục đích", puttingOffUntil: day, because: "đang điều tra",
                by: protector)
            await #expect(throws: EmergencyRefusal.reviewed) {
                try await register.review(emergency: emergency.id, note: "lần nữa", by: protector)
            }
            let after = try await register.emergencyReviews(by: protector)
            #expect(after.open.isEmpty && after.reviewed.first?.review?.putOff?.reason == "đang điều tra")
            #expect(after.notices.map(\.due) == [Instant(endOf: day)])
            try await register.tell(emergency: emergency.id, handle, how: "thư bảo đảm", by: protector)
            #expect(try await register.emergencyReviews(by: protector).notices.isEmpty)
            await #expect(throws: EmergencyRefusal.noticeUnknown) {
                try await register.tell(emergency: emergency.id, handle, how: "lần nữa", by: protector)
            }
            var question = AuditQuestion()
            question.words = "truy cập khẩn cấp số \(emergency.id)"
            let looks = try await register.audit(question, by: protector)
            #expect(looks.entries.filter { $0.actor.account == "can-bo-xa" }.count == 2)
        }
    }

    @Test("The page asks, approves, shows what runs and reviews it")
    func pages() async throws {
        try await ApprovalStage.with(.sqlite) { stage in
            try await SealTests.seal(stage)
            let officer = try await stage.signedIn("can-bo-xa")
            let fields = ["persons": stage.father, "reason": EmergencyTests.reason, "minutes": "10"]
            for (name, value) in [("persons", "sai-ma"), ("minutes", "61"), ("reason", "")] {
                let wrong = try await officer.post("/emergency", fields.merging([name: value]) { $1 })
                #expect(wrong.status == 422 || wrong.status == 403, "\(name)")
                #expect(wrong.text.contains("role=\"alert\""))
            }
            let sent = try await officer.post("/emergency", fields)
            #expect(sent.status == 303)
            for account in ["phe-duyet", "phe-duyet-tinh"] {
                let desk = try await stage.signedIn(account)
                let list = try await desk.page("/emergency").text
                let action = try #require(list.firstMatch(of: /\/emergency\/[0-9]+/).map { String($0.output) })
                let own = try await officer.post(action, ["verdict": "accept"])
                #expect(own.status == 403)
                let approved = try await desk.post(action, ["verdict": "accept"])
                #expect(approved.status == 303)
            }
            let running = try await officer.page("/emergency").text
            #expect(running.contains("href=\"/persons/\(stage.father)\""))
            let seen = try await officer.page("/persons/\(stage.father)")
            #expect(seen.status == 200)
            stage.fixture.advance(minutes: 11)
            let desk = try await stage.signedIn("bao-ve-du-lieu")
            let queue = try await desk.page("/emergency").text
            let review = try #require(
                queue.firstMatch(of: /\/emergency\/[0-9]+\/review/).map { String($0.output) })
            let silent = try await desk.post(review, ["note": ""])
            #expect(silent.status == 422)
            let reviewed = try await desk.post(review, ["note": "đúng mục đích"])
            #expect(reviewed.status == 303)
            let told = review.replacing("review", with: "told")
            let noted = try await desk.post(told, ["person": stage.father, "how": "thư bảo đảm"])
            #expect(noted.status == 303)
            for account in ["kiem-toan", "quan-tri", "kiem-tra-tinh"] {
                let page = try await stage.signedIn(account).page("/emergency")
                #expect(page.status == 403, "\(account)")
            }
        }
    }
}
