import Access
import Civil
import Database
import Foundation
import Ledger
import TestStores
import Testing

@testable import Population
@testable import Web

@Suite("Whoever makes a record is told who may have one")
struct AlikeTests {
    /// A sheet about the father of the sheets; a mark is lost.
    private static func sheet(_ name: String = "Trần Van Bình") -> [SheetColumn: String] {
        [
            .name: name, .birth: "12/05/1980", .sex: "Nam",
            .permanent: "Số 8, Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội",
        ]
    }

    private static func record(_ json: String, _ stage: ApprovalStage) async throws {
        let request = try JSONDecoder().decode(ActRequest.self, from: Data(json.utf8))
        _ = try await stage.fixture.register.record(request, by: LocalOperator.requester)
    }

    @Test(
        "the index follows corrections and what is set aside, and is made anew by a sweep", arguments: TestStore.engines
    )
    func follows(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let officer = try await stage.requester("can-bo-xa")
            func told(_ name: String = "Trần Van Bình") async throws -> [String?] {
                try await register.alike(toSheet: AlikeTests.sheet(name), seen: nil, by: officer).map(\.handle)
            }
            #expect(try await told() == [stage.father])
            let corrected = #"""
                {"kind": "details_corrected", "persons": ["\#(stage.father)"], "content": {
                 "details": {"name": "Lý Đình Khang"}}}
                """#
            try await AlikeTests.record(corrected, stage)
            #expect(try await told().isEmpty)
            #expect(try await told("Lý Đinh Khang") == [stage.father])
            func edition() async throws -> Int64 {
                try await register.database.read { try DuplicateStore().weightsEdition(on: $0) }
            }
            // By it a process sees that another one has learnt new weights.
            let before = try await edition()
            try await register.sweepDuplicates()
            #expect(try await edition() != before)
            #expect(try await told("Lý Đinh Khang") == [stage.father])
            try await AlikeTests.record(
                #"{"kind": "set_aside", "persons": ["\#(stage.father)"], "content": {"reason": "xem lại"}}"#, stage)
            #expect(try await told("Lý Đinh Khang").isEmpty)
        }
    }

    @Test(
        "what is told is a look; what the mark answers is none; a sealed person is nobody", arguments: TestStore.engines
    )
    func looks(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let officer = try await stage.requester("can-bo-xa")
            let before = try await stage.fixture.looks()
            let told = try await register.alike(toSheet: AlikeTests.sheet(), seen: "", by: officer)
            #expect(told.map(\.name) == ["Trần Văn Bình"] && (told.first?.told?.probability ?? 0) > 0.25)
            #expect(try await stage.fixture.looks() == before + 1)
            let seen = try await register.alike(
                toSheet: AlikeTests.sheet(), seen: AlikePerson.mark(of: told), by: officer)
            #expect(seen.isEmpty)
            #expect(try await register.alike(toSheet: AlikeTests.sheet("Vàng Seo Páo"), seen: nil, by: officer).isEmpty)
            #expect(try await stage.fixture.looks() == before + 1)
            try await SealTests.seal(stage)
            #expect(try await register.alike(toSheet: AlikeTests.sheet(), seen: nil, by: officer).isEmpty)
        }
    }

    @Test("somebody of elsewhere is told with nothing about them, and counts as a guess", arguments: TestStore.engines)
    func elsewhere(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            try await stage.enrol("can-bo-khac", .communeOfficer, in: "xa-00004")
            let officer = try await stage.requester("can-bo-khac")
            let sheet = AlikeTests.sheet("Trần Văn Bình")
            for _ in 0..<GuessKind.misses.most {
                let told = try await register.alike(toSheet: sheet, seen: nil, by: officer)
                #expect(told.count == 1 && told[0].handle == nil && told[0].told == nil && told[0].birth == nil)
            }
            await #expect(throws: AccessRefusal.lookUpsPaused) {
                try await register.alike(toSheet: sheet, seen: nil, by: officer)
            }
        }
    }
}
