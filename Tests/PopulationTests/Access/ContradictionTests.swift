import Access
import Civil
import Database
import Foundation
import Ledger
import TestStores
import Testing

@testable import Population

/// What the civil-status book says is stored, even where it breaks our expectations.
@Suite("A verified source that contradicts the register")
struct ContradictionTests {
    private static let book = Requester(
        actor: Actor(account: "ho-tich", role: Role.civilStatusSystem.rawValue, office: "bo-tu-phap"),
        role: .civilStatusSystem, jurisdiction: .nobody, ground: .duty(.operation))

    private static func officer(_ role: Role, _ account: String) -> Requester {
        let unit = UnitCode("00001", QualityFixture.old)
        return Requester(
            actor: Actor(account: account, role: role.rawValue, office: "xa-00001"), role: role,
            jurisdiction: .places(of: unit, [unit, UnitCode("00004", QualityFixture.old)]), ground: .duty(.operation))
    }

    private static func request(_ json: String) throws -> ActRequest {
        try JSONDecoder().decode(ActRequest.self, from: Data(json.utf8))
    }

    private static func marriage(_ one: String, _ other: String) throws -> ActRequest {
        try request(
            #"""
            {"kind": "married", "effective": "2020-12-01",
             "content": {"spouses": [{"person": "\#(one)"}, {"person": "\#(other)"}]}}
            """#)
    }

    private static func annulment(_ act: Int64) throws -> ActRequest {
        try request(#"{"kind": "annulled", "content": {"act": "\#(act)", "reason": "đã đối chiếu giấy tờ"}}"#)
    }

    private static func annul(_ act: Int64, in register: PopulationRegister) async throws {
        _ = try await register.record(
            try annulment(act), by: officer(.approver, "an"),
            approvedBy: SecondPerson(officer(.approver, "ba"), isOfOfficeAbove: false))
    }

    private static func state(_ handle: String, in register: PopulationRegister) async throws -> PersonState {
        let selector = try #require(PersonSelector(parsing: handle))
        return try #require(
            try await register.database.read { try PopulationRegister.find(selector, on: $0)?.state })
    }

    private static func with(
        _ engine: Engine, _ body: @Sendable (QualityFixture, _ handles: [String]) async throws -> Void
    ) async throws {
        try await QualityFixture.with(engine) { fixture in
            let handles = try await fixture.load().compactMap { $0 }
            try #require(handles.count == 5)
            try await body(fixture, handles)
        }
    }

    @Test(
        "what breaks a rule of life is refused to an officer, and stored with a finding when the book says it",
        arguments: TestStore.engines)
    func stores(engine: Engine) async throws {
        try await ContradictionTests.with(engine) { fixture, handles in
            let (binh, hoa, lan) = (handles[0], handles[1], handles[4])
            let register = fixture.register
            let marriage = try ContradictionTests.marriage(binh, lan)
            await #expect(throws: RecordingRefusal.rule(.alreadyDead)) {
                try await register.record(marriage, by: ContradictionTests.officer(.communeOfficer, "an"))
            }
            let tried = try await register.record(marriage, by: ContradictionTests.book, dryRun: true)
            #expect(tried.findings == [.alreadyDead, .alreadyMarried])
            #expect(try await ContradictionTests.state(binh, in: register).contradictions == nil)

            let receipt = try await register.record(marriage, by: ContradictionTests.book)
            #expect(receipt.findings == [.alreadyDead, .alreadyMarried])
            for handle in [binh, lan] {
                let state = try await ContradictionTests.state(handle, in: register)
                #expect(state.contradictedRules == [.alreadyDead, .alreadyMarried])
                #expect(state.contradictions?.allSatisfy { $0.act == receipt.act.id.rawValue } == true)
            }
            let scope = QualityScope(unit: UnitCode("00001", QualityFixture.old))
            let list = try await register.worklist(of: scope, by: LocalOperator.requester)
            #expect(list.items.first { $0.handle == binh }?.contradictions == [.alreadyDead, .alreadyMarried])

            // One of them is settled, with a reason and by two; the other goes with the act itself.
            let noted = try #require(try await ContradictionTests.state(binh, in: register).contradictions)
            try await ContradictionTests.annul(noted[0].notedBy, in: register)
            #expect(try await ContradictionTests.state(binh, in: register).contradictedRules == [.alreadyMarried])
            #expect(try await ContradictionTests.state(lan, in: register).contradictedRules == [.alreadyMarried])
            #expect(try await register.rebuild(writing: false).isClean)
            try await ContradictionTests.annul(receipt.act.id.rawValue, in: register)
            let after = try await ContradictionTests.state(binh, in: register)
            #expect(after.contradictions == nil)
            #expect(after.spouse?.person == (try await ContradictionTests.state(hoa, in: register)).person)
            #expect(try await register.rebuild(writing: false).isClean)
        }
    }

    @Test("a divorce from somebody else leaves the marriage on record as it is", arguments: TestStore.engines)
    func divorces(engine: Engine) async throws {
        try await ContradictionTests.with(engine) { fixture, handles in
            let register = fixture.register
            let before = try await ContradictionTests.state(handles[0], in: register)
            let divorce = try ContradictionTests.request(
                #"""
                {"kind": "divorced", "effective": "2020-12-01",
                 "content": {"spouses": [{"person": "\#(handles[0])"}, {"person": "\#(handles[3])"}]}}
                """#)
            let receipt = try await register.record(divorce, by: ContradictionTests.book)
            #expect(receipt.findings == [.notMarriedToEachOther])
            let after = try await ContradictionTests.state(handles[0], in: register)
            #expect(after.spouse == before.spouse)
            #expect(after.details.maritalStatus == before.details.maritalStatus)
            #expect(after.contradictedRules == [.notMarriedToEachOther])
        }
    }

    @Test("a rule of structure is broken by nobody", arguments: TestStore.engines)
    func structure(engine: Engine) async throws {
        try await ContradictionTests.with(engine) { fixture, handles in
            let marriage = try ContradictionTests.marriage(handles[0], handles[0])
            await #expect(throws: RecordingRefusal.rule(.coupleNeedsTwoDifferentPersons)) {
                try await fixture.register.record(marriage, by: ContradictionTests.book)
            }
            let noted = try ContradictionTests.request(
                #"{"kind": "finding_noted", "persons": ["\#(handles[0])"], "content": {"act": "1", "rule": "x"}}"#)
            for requester in [ContradictionTests.book, LocalOperator.requester] {
                await #expect(throws: RecordingRefusal.self) {
                    try await fixture.register.record(noted, by: requester)
                }
            }
        }
    }

    @Test("a request that comes twice is told the same findings", arguments: TestStore.engines)
    func twice(engine: Engine) async throws {
        try await ContradictionTests.with(engine) { fixture, handles in
            let form = try #require(SentForm(programKey: "k-1", of: ContradictionTests.book, content: [1]))
            let marriage = try ContradictionTests.marriage(handles[0], handles[4])
            let receipt = try await fixture.register.record(marriage, by: ContradictionTests.book, once: form)
            #expect(try await fixture.register.receipt(of: form) == receipt)
        }
    }

    @Test("what the book says of a merged record is said of the one that goes on", arguments: TestStore.engines)
    func follows(engine: Engine) async throws {
        try await ContradictionTests.with(engine) { fixture, handles in
            try await fixture.record(
                #"{"kind": "merged_with", "content": {"duplicate": "\#(handles[4])", "into": "\#(handles[1])"}}"#)
            let death = try ContradictionTests.request(
                #"{"kind": "died", "effective": "2021-01-02", "persons": ["\#(handles[4])"], "content": {}}"#)
            let receipt = try await fixture.register.record(death, by: ContradictionTests.book)
            #expect(receipt.persons == [handles[1]])
            #expect(try await ContradictionTests.state(handles[1], in: fixture.register).life.status == .dead)
        }
    }

    @Test("a spouse whose record was merged is still the spouse", arguments: TestStore.engines)
    func mergedSpouse(engine: Engine) async throws {
        try await ContradictionTests.with(engine) { fixture, handles in
            let (binh, hoa, ha) = (handles[0], handles[1], handles[3])
            let register = fixture.register
            try await fixture.record(
                #"{"kind": "merged_with", "content": {"duplicate": "\#(hoa)", "into": "\#(ha)"}}"#)
            // The book names the spouse as the register knew her first.
            let divorce = try ContradictionTests.request(
                #"""
                {"kind": "divorced", "effective": "2020-12-01",
                 "content": {"spouses": [{"person": "\#(binh)"}, {"person": "\#(hoa)"}]}}
                """#)
            let receipt = try await register.record(divorce, by: ContradictionTests.book)
            #expect(receipt.findings == [])
            #expect(receipt.persons.sorted() == [binh, ha].sorted())
            let after = try await ContradictionTests.state(binh, in: register)
            #expect(after.spouse == nil)
            #expect(after.details.maritalStatus == .divorcedOrWidowed)
            #expect(try await register.rebuild(writing: false).isClean)
        }
    }

    @Test("a merge has no day of its own", arguments: TestStore.engines)
    func daysOfMerges(engine: Engine) async throws {
        try await ContradictionTests.with(engine) { fixture, handles in
            let merge =
                #"{"kind": "merged_with", "effective": "2020-12-01", "content": "#
                + #"{"duplicate": "\#(handles[4])", "into": "\#(handles[1])"}}"#
            await #expect(throws: RecordingRefusal.rule(.mergeWithDay)) { try await fixture.record(merge) }
        }
    }
}
