import Access
import Civil
import Database
import Foundation
import Ledger
import TestStores
import Testing

@testable import Population

/// Who may record an act about whom, held against a register.
@Suite("Acts, places and the second person")
struct RecordingAccessTests {
    private static let lake = "Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội"
    private static let number = "005080000111"

    private static func officer(
        _ code: String, _ role: Role = .communeOfficer, account: String = "an", office: String? = nil
    ) -> Requester {
        let unit = UnitCode(code, QualityFixture.old)
        return Requester(
            actor: Actor(account: account, role: role.rawValue, office: office ?? "xa-\(code)"), role: role,
            jurisdiction: .places(of: unit, [unit]), ground: .duty(.operation))
    }

    private static func request(_ json: String) throws -> ActRequest {
        try JSONDecoder().decode(ActRequest.self, from: Data(json.utf8))
    }

    private static func move(_ person: String) throws -> ActRequest {
        try request(
            #"""
            {"kind": "moved", "effective": "2021-01-02", "persons": ["\#(person)"], "content": {"address": "\#(lake)"}}
            """#)
    }

    private static func absence(_ person: String) throws -> ActRequest {
        try request(#"{"kind": "absence_declared", "persons": ["\#(person)"], "content": {"reason": "đi làm xa"}}"#)
    }

    private static func with(
        _ engine: Engine, _ body: @Sendable (PopulationRegister, _ handles: [String]) async throws -> Void
    ) async throws {
        try await QualityFixture.with(engine) { fixture in
            let handles = try await fixture.load().compactMap { $0 }
            try #require(handles.count == 5)
            try await body(fixture.register, handles)
        }
    }

    @Test("one's own people, by handle and by number; others neither way", arguments: TestStore.engines)
    func places(engine: Engine) async throws {
        try await RecordingAccessTests.with(engine) { register, handles in
            let own = RecordingAccessTests.officer("00001")
            let other = RecordingAccessTests.officer("00004")
            let binh = handles[0]
            let byNumber = try RecordingAccessTests.absence(RecordingAccessTests.number)
            #expect(try await register.record(byNumber, by: own).persons == [binh])
            #expect(try await register.record(try RecordingAccessTests.absence(binh), by: own).persons == [binh])
            await #expect(throws: RecordingRefusal.access(.outsideJurisdiction)) {
                try await register.record(try RecordingAccessTests.absence(binh), by: other)
            }
            // A number that somebody elsewhere holds, and one that nobody holds, whatever else is wrong.
            for number in [RecordingAccessTests.number, "005080000999"] {
                let nobody = RecordingRefusal.request(.unknownPerson(field: "persons"))
                await #expect(throws: nobody) {
                    try await register.record(try RecordingAccessTests.absence(number), by: other, dryRun: true)
                }
                await #expect(throws: nobody) {
                    try await register.record(try RecordingAccessTests.move(number), by: other, dryRun: true)
                }
                await #expect(throws: nobody) {
                    try await register.record(
                        try RecordingAccessTests.request(
                            #"{"kind": "moved", "persons": ["\#(number)"], "content": {"address": "?"}}"#), by: other)
                }
            }
            // Within a file of requests each is decided alone.
            let results = try await register.record(
                [try RecordingAccessTests.absence(binh), try RecordingAccessTests.absence(handles[3])], by: other)
            #expect(throws: RecordingRefusal.access(.outsideJurisdiction)) { try results[0].get() }
            #expect(try results[1].get().persons == [handles[3]])
        }
    }

    @Test("the place that somebody moves to records the move", arguments: TestStore.engines)
    func arrival(engine: Engine) async throws {
        try await RecordingAccessTests.with(engine) { register, handles in
            let receiving = RecordingAccessTests.officer("00004")
            let receipt = try await register.record(try RecordingAccessTests.move(handles[0]), by: receiving)
            #expect(receipt.act.actor == receiving.actor)
            // Somebody who only watches may not send people there.
            await #expect(throws: RecordingRefusal.access(.outsideJurisdiction)) {
                try await register.record(
                    try RecordingAccessTests.move(handles[0]), by: RecordingAccessTests.officer("00376"))
            }
        }
    }

    @Test("a district or province alone is not where somebody lives", arguments: TestStore.engines)
    func communes(engine: Engine) async throws {
        try await RecordingAccessTests.with(engine) { register, handles in
            let own = RecordingAccessTests.officer("00001")
            for kind in ["moved", "permanent_residence_registered", "temporary_residence_registered"] {
                for address in ["Quận Ba Đình, Thành phố Hà Nội", "Thành phố Hà Nội"] {
                    let request = try RecordingAccessTests.request(
                        #"""
                        {"kind": "\#(kind)", "effective": "2021-01-02", "persons": ["\#(handles[0])"],
                         "content": {"address": "\#(address)"}}
                        """#)
                    await #expect(throws: RecordingRefusal.request(.communeMissing(field: "address"))) {
                        try await register.record(request, by: own)
                    }
                }
            }
        }
    }

    @Test("a request that cannot be read is refused with the field that is wrong")
    func fields() {
        let requests = [
            ("{", "JSON"), ("[]", "JSON"), ("{}", "kind"), (#"{"kind": "dies"}"#, "kind"),
            (#"{"kind": "died", "effective": "hôm qua"}"#, "effective"),
            (#"{"kind": "died", "persons": ["a", 7]}"#, "persons[1]"),
            (#"{"kind": "died", "legal_basis": 7}"#, "legal_basis"),
        ]
        for (json, field) in requests {
            #expect(throws: RequestRefusal.unreadable(field)) { try ActRequest.read(Data(json.utf8)) }
        }
    }

    @Test("of a content that cannot be read the field is named", arguments: TestStore.engines)
    func contentFields(engine: Engine) async throws {
        try await RecordingAccessTests.with(engine) { register, handles in
            let contents = [
                ("number_cancelled", #"{"number": "005080000111", "requested": true}"#, "ground"),
                (
                    "number_cancelled", #"{"number": "005080000111", "ground": "false_papers", "requested": 7}"#,
                    "requested"
                ),
                ("annulled", #"{"act": "12"}"#, "reason"), ("absence_declared", #"{"reason": ["a"]}"#, "reason"),
            ]
            for (kind, content, field) in contents {
                let request = try RecordingAccessTests.request(
                    #"{"kind": "\#(kind)", "persons": ["\#(handles[0])"], "content": \#(content)}"#)
                await #expect(throws: RecordingRefusal.request(.unreadable(field))) {
                    try await register.record(request, by: LocalOperator.requester)
                }
            }
        }
    }

    @Test("a birth is recorded where a parent lives, or by whoever finds a child", arguments: TestStore.engines)
    func birth(engine: Engine) async throws {
        try await RecordingAccessTests.with(engine) { register, handles in
            func birth(_ mother: String?) throws -> ActRequest {
                let named = mother.map { #""mother": {"person": "\#($0)"},"# } ?? ""
                return try RecordingAccessTests.request(
                    #"""
                    {"kind": "registered_at_birth", "effective": "2021-01-05", "content": {\#(named)
                     "details": {"name": "Trần Gia Mới", "birth": "2021-01-03", "sex": "Nữ",
                     "birth_registration_place": "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội"}}}
                    """#)
            }
            let own = RecordingAccessTests.officer("00001")
            let ofOwn = try await register.record(try birth(handles[1]), by: own, dryRun: true)
            let found = try await register.record(try birth(nil), by: own, dryRun: true)
            #expect(ofOwn.dryRun && found.dryRun)
            await #expect(throws: RecordingRefusal.access(.outsideJurisdiction)) {
                try await register.record(try birth(handles[3]), by: own, dryRun: true)
            }
        }
    }

    @Test("what needs two is not recorded by one", arguments: TestStore.engines)
    func two(engine: Engine) async throws {
        try await RecordingAccessTests.with(engine) { register, handles in
            let cancel = try RecordingAccessTests.request(
                #"""
                {"kind": "number_cancelled", "persons": ["\#(handles[0])"],
                 "content": {"number": "\#(RecordingAccessTests.number)", "ground": "false_papers", "requested": false}}
                """#)
            let first = RecordingAccessTests.officer("00001", .approver)
            func record(_ second: Requester?, above: Bool = false) async throws -> ActReceipt {
                try await register.record(
                    cancel, by: first, approvedBy: second.map { SecondPerson($0, isOfOfficeAbove: above) })
            }
            await #expect(throws: RecordingRefusal.access(.roleMayNotRecord)) {
                try await register.record(cancel, by: RecordingAccessTests.officer("00001"))
            }
            await #expect(throws: RecordingRefusal.access(.secondPersonNeeded)) { try await record(nil) }
            await #expect(throws: RecordingRefusal.access(.samePerson)) { try await record(first) }
            await #expect(throws: RecordingRefusal.access(.secondMayNotApprove)) {
                try await record(RecordingAccessTests.officer("00001", account: "binh"))
            }
            // An approver of another place approves nothing here, of whichever office.
            let elsewhere = RecordingAccessTests.officer("00004", .approver, account: "binh")
            await #expect(throws: RecordingRefusal.access(.secondMayNotApprove)) { try await record(elsewhere) }
            await #expect(throws: RecordingRefusal.access(.secondMayNotApprove)) {
                try await record(elsewhere, above: true)
            }
            let colleague = RecordingAccessTests.officer("00001", .approver, account: "binh")
            #expect(try await record(colleague).act.kind == .numberCancelled)
        }
    }
}
