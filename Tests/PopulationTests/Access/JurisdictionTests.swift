import Access
import Civil
import Database
import Ledger
import Linkage
import TestStores
import Testing

@testable import Population

/// What an office sees of the people of another: nothing, unless they are named exactly.
///
/// Of the fixture's people Bình, Hoa and An are registered in Phúc Xá; Hà and Lan live in Trúc Bạch, and so does Hoa.
@Suite("An office and the people of its places")
struct JurisdictionTests {
    private static let phucXa = UnitCode("00001", QualityFixture.old)
    private static let trucBach = UnitCode("00004", QualityFixture.old)
    private static let number = "005080000111"

    private static func officer(
        _ unit: UnitCode?, _ role: Role = .communeOfficer, account: String = "an", office: String? = nil,
        ground: Requester.Ground? = nil
    ) throws -> Requester {
        let purpose = try #require(Purpose(stated: "xác nhận cư trú", legalBasis: "Luật 68/2020/QH14"))
        return Requester(
            actor: Actor(account: account, role: role.rawValue, office: office ?? "xa-\(unit?.code ?? "")"), role: role,
            jurisdiction: unit.map { .places(of: $0, [$0]) } ?? .nation, ground: ground ?? .stated(purpose))
    }

    private static func with(
        _ engine: Engine, _ body: @Sendable (QualityFixture, _ handles: [Handle]) async throws -> Void
    ) async throws {
        let seal = LookSeal(publicKey: try LookSeal.publicKey(of: Array(repeating: 9, count: 32)))
        try await QualityFixture.with(engine, seal: seal) { fixture in
            let handles = try await fixture.load().compactMap { $0.flatMap { Handle(parsing: $0) } }
            try #require(handles.count == 5)
            try await body(fixture, handles)
        }
    }

    private static func exact(_ name: String, _ birth: String = "1980-05-12", _ number: String = number) throws
        -> PersonSelector
    {
        .exact(
            ExactPerson(
                number: try PersonalIdentificationNumber(parsing: number), name: try PersonName(parsing: name),
                birth: try #require(PartialDate(canonical: birth))))
    }

    /// The entry of the last look: account, purpose and fields.
    private static func lastLook(_ fixture: QualityFixture) async throws -> [String]? {
        try await fixture.register.database.read {
            try $0.first("SELECT account, purpose, fields FROM look ORDER BY look_id DESC LIMIT 1") { row in
                [try row.text(0), try row.text(1)] + (try row.text(2)).split(separator: ",").map(String.init)
            }
        }
    }

    @Test("somebody of one's places is shown, sensitive fields when they are asked for", arguments: TestStore.engines)
    func inside(engine: Engine) async throws {
        try await JurisdictionTests.with(engine) { fixture, handles in
            let officer = try JurisdictionTests.officer(JurisdictionTests.phucXa)
            let number = try PersonalIdentificationNumber(parsing: JurisdictionTests.number)
            for selector in [
                PersonSelector.handle(handles[0]), .number(number), try JurisdictionTests.exact("Trần Văn Bình"),
            ] {
                let answer = try #require(try await fixture.register.look(at: selector, by: officer))
                #expect(answer.state.details.name == "Trần Văn Bình")
                #expect(answer.state.number == JurisdictionTests.number && answer.children.count == 1)
                #expect(answer.allowance.reason == .inside && answer.allowance.masked == .sensitive)
                #expect(answer.state.details.ethnicity == nil && answer.state.details.bloodGroup == nil)
                let look = try #require(try await JurisdictionTests.lastLook(fixture))
                #expect(look.starts(with: ["an", "\(Purpose.withoutFile)xác nhận cư trú"]) && look.contains("name"))
                #expect(!look.contains("ethnicity") && !look.contains("religion") && !look.contains("bloodGroup"))
            }
            let asked = FieldGroups(groups: [.ethnicity, .biometrics])
            let answer = try await fixture.register.look(at: .handle(handles[0]), asking: asked, by: officer)
            #expect(answer?.state.details.ethnicity != nil && answer?.state.details.bloodGroup == .a)
            #expect(answer?.state.details.religion == nil)
            let look = try #require(try await JurisdictionTests.lastLook(fixture))
            #expect(look.contains("ethnicity") && look.contains("bloodGroup") && !look.contains("religion"))
        }
    }

    @Test("somebody of elsewhere and nobody at all are refused alike, and leave no entry", arguments: TestStore.engines)
    func outside(engine: Engine) async throws {
        try await JurisdictionTests.with(engine) { fixture, handles in
            let officer = try JurisdictionTests.officer(JurisdictionTests.trucBach)
            let register = fixture.register
            let looks = try await fixture.looks()
            let nobody = "005080000999"
            let selectors: [PersonSelector] = [
                .handle(handles[0]), .handle(Handle(random: Array(repeating: 3, count: 16))),
                .number(try PersonalIdentificationNumber(parsing: JurisdictionTests.number)),
                .number(try PersonalIdentificationNumber(parsing: nobody)),
                try JurisdictionTests.exact("Trần Văn Bính"), try JurisdictionTests.exact("Tran Van Binh"),
                try JurisdictionTests.exact("Trần Văn Bình", "1980"),
                try JurisdictionTests.exact("Trần Văn Bình", "1980-05-12", nobody),
            ]
            for selector in selectors {
                await #expect(throws: AccessRefusal.notFoundHere) { try await register.look(at: selector, by: officer) }
                await #expect(throws: AccessRefusal.notFoundHere) {
                    try await register.history(of: selector, by: officer)
                }
            }
            // Somebody who sees nobody, and somebody without a purpose, are told so before anybody is searched for.
            for selector in [selectors[2], selectors[3]] {
                let auditor = try JurisdictionTests.officer(JurisdictionTests.phucXa, .readOnlyAuditor)
                await #expect(throws: AccessRefusal.roleSeesNoPersons) {
                    try await register.look(at: selector, by: auditor)
                }
                let idle = try JurisdictionTests.officer(JurisdictionTests.phucXa, ground: .duty(.dataQuality))
                await #expect(throws: AccessRefusal.purposeNeeded) { try await register.look(at: selector, by: idle) }
            }
            #expect(try await fixture.looks() == looks)
        }
    }

    @Test("whoever names somebody exactly is shown what a move needs, and no history", arguments: TestStore.engines)
    func exactly(engine: Engine) async throws {
        try await JurisdictionTests.with(engine) { fixture, handles in
            let officer = try JurisdictionTests.officer(JurisdictionTests.trucBach)
            let selector = try JurisdictionTests.exact("TRẦN VĂN BÌNH")
            let answer = try #require(
                try await fixture.register.look(at: selector, asking: .sensitive, by: officer))
            #expect(answer.allowance.reason == .exact)
            #expect(answer.allowance.withheld.isSuperset(of: .sensitive) && answer.allowance.masked.isEmpty)
            #expect(answer.state.details.name == "Trần Văn Bình" && answer.state.permanentResidence != nil)
            #expect(answer.state.details.ethnicity == nil && answer.state.details.religion == nil)
            #expect(answer.state.details.bloodGroup == nil && answer.state.details.phone == nil)
            #expect(answer.handle == handles[0].text)
            let looks = try await fixture.looks()
            await #expect(throws: AccessRefusal.historyNotShown) {
                try await fixture.register.history(of: selector, by: officer)
            }
            #expect(try await fixture.looks() == looks)
        }
    }

    @Test("looks that come together are each decided alone", arguments: TestStore.engines)
    func together(engine: Engine) async throws {
        try await JurisdictionTests.with(engine) { fixture, handles in
            let register = fixture.register
            let looks = try await fixture.looks()
            let offices = [JurisdictionTests.phucXa, JurisdictionTests.trucBach, nil]
            let shown = try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<60 {
                    let officer = try JurisdictionTests.officer(offices[index % 3])
                    let isInside = index % 3 != 1
                    group.addTask {
                        do {
                            let answer = try await register.look(at: .handle(handles[0]), by: officer)
                            #expect(isInside && answer != nil)
                            return true
                        } catch AccessRefusal.notFoundHere {
                            #expect(!isInside)
                            return false
                        }
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(shown == 40)
            #expect(try await fixture.looks() == looks + 40)
        }
    }

    @Test("whoever lived in a place is still its people's, and the new place's too", arguments: TestStore.engines)
    func lived(engine: Engine) async throws {
        try await JurisdictionTests.with(engine) { fixture, handles in
            let lake = "Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội"
            for kind in ["moved", "permanent_residence_registered"] {
                try await fixture.record(
                    #"""
                    {"kind": "\#(kind)", "effective": "2021-01-02", "persons": ["\#(handles[0].text)"],
                     "content": {"address": "\#(lake)"}}
                    """#)
            }
            for unit in [JurisdictionTests.phucXa, JurisdictionTests.trucBach] {
                let officer = try JurisdictionTests.officer(unit)
                let answer = try await fixture.register.look(at: .handle(handles[0]), by: officer)
                #expect(answer?.allowance.reason == .inside)
                #expect(answer?.state.permanentResidence?.address.unit == JurisdictionTests.trucBach)
            }
            let stranger = try JurisdictionTests.officer(UnitCode("00376", QualityFixture.old))
            await #expect(throws: AccessRefusal.notFoundHere) {
                try await fixture.register.look(at: .handle(handles[0]), by: stranger)
            }
        }
    }

    @Test("a history masks what its acts say of religion and ethnicity", arguments: TestStore.engines)
    func history(engine: Engine) async throws {
        try await JurisdictionTests.with(engine) { fixture, handles in
            let officer = try JurisdictionTests.officer(JurisdictionTests.phucXa)
            func sheet(_ asked: FieldGroups) async throws -> Collected? {
                let answer = try await fixture.register.history(of: .handle(handles[0]), asking: asked, by: officer)
                guard case .collected(let sheet)? = answer?.entries.first?.content else { return nil }
                return sheet
            }
            let masked = try #require(try await sheet([]))
            #expect(masked.details.religion == nil && masked.details.name != nil && masked.sheet.written.isEmpty)
            #expect(try await JurisdictionTests.lastLook(fixture)?.dropFirst(2) == ["history"])
            let whole = try #require(try await sheet(.sensitive))
            #expect(whole.details.religion != nil && whole.sheet.written.contains("Trần Văn Bình"))
            let look = try await JurisdictionTests.lastLook(fixture)?.dropFirst(2)
            #expect(look == ["biometrics", "ethnicity", "history", "religion"])
        }
    }

    @Test("of a household those are shown who live in one's places", arguments: TestStore.engines)
    func household(engine: Engine) async throws {
        try await JurisdictionTests.with(engine) { fixture, handles in
            let register = fixture.register
            let own = try JurisdictionTests.officer(JurisdictionTests.phucXa)
            let person = try #require(try await register.look(at: .handle(handles[0]), by: own))
            let household = try #require(person.households.values.first.flatMap { Handle(parsing: $0) })
            let whole = try #require(try await register.look(atHousehold: household, by: own))
            #expect(whole.members.count == 3 && whole.hidden == 0)
            #expect(whole.members.allSatisfy { $0.person.details.ethnicity == nil && $0.person.number == nil })
            // Hoa lives in Trúc Bạch; her husband and son do not.
            let other = try JurisdictionTests.officer(JurisdictionTests.trucBach)
            let part = try #require(try await register.look(atHousehold: household, by: other))
            #expect(part.members.map(\.person.details.name) == ["Lê Thị Hoa"])
            #expect(part.hidden == 2 && part.state.members.count == 1)
            let stranger = try JurisdictionTests.officer(UnitCode("00376", QualityFixture.old))
            for handle in [household, Handle(random: Array(repeating: 3, count: 16))] {
                await #expect(throws: AccessRefusal.notFoundHere) {
                    try await register.look(atHousehold: handle, by: stranger)
                }
            }
        }
    }

    @Test("a search finds people of one's places alone", arguments: TestStore.engines)
    func search(engine: Engine) async throws {
        try await JurisdictionTests.with(engine) { fixture, _ in
            let register = fixture.register
            func names(_ search: PersonSearch, _ officer: Requester) async throws -> [String?] {
                try await register.search(search, by: officer).results.map(\.state.details.name)
            }
            let phucXa = try JurisdictionTests.officer(JurisdictionTests.phucXa)
            let trucBach = try JurisdictionTests.officer(JurisdictionTests.trucBach)
            let nation = try JurisdictionTests.officer(nil, .ministryOperator)
            // Whom one office may see, best first; others that are only alike stand behind.
            func expect(_ name: String, _ whole: Set<String>, _ officer: Requester) async throws {
                let found = try await names(PersonSearch(name: name), officer).compactMap { $0 }
                #expect(whole.isSuperset(of: found))
                #expect(found.first?.lowercased() == name || !whole.contains { $0.lowercased() == name })
            }
            let inPhucXa: Set<String> = ["Trần Văn Bình", "Lê Thị Hoa", "Trần Gia An"]
            let inTrucBach: Set<String> = ["Lê Thị Hoa", "Nguyễn Thu Hà", "Phạm Ngọc Lan"]
            for name in inPhucXa.union(inTrucBach).map({ $0.lowercased() }) {
                try await expect(name, inPhucXa, phucXa)
                try await expect(name, inTrucBach, trucBach)
                try await expect(name, inPhucXa.union(inTrucBach), nation)
            }
            // Asking for another office's place finds nobody either; that one's own place was meant is no reason.
            let elsewhere = PersonSearch(name: "nguyễn thu hà", unit: JurisdictionTests.trucBach)
            #expect(try await names(elsewhere, phucXa) == [])
            let found = try await register.search(PersonSearch(name: "nguyễn thu hà"), by: trucBach)
            #expect(found.results.first?.reasons == [.nameEqual] && found.next == nil)
            #expect(found.results.first?.state.details.ethnicity == nil && found.results.first?.state.father == nil)
            let narrowed = try await register.search(elsewhere, by: trucBach)
            #expect(narrowed.results.first?.reasons.contains(.placeFits) == true)
            let administrator = try JurisdictionTests.officer(nil, .systemAdministrator)
            await #expect(throws: AccessRefusal.roleMayNotDo) {
                try await register.search(PersonSearch(name: "lê thị hoa"), by: administrator)
            }
        }
    }

    @Test(
        "rows, worklists, targets, numbers and batches are those of one's places and role", arguments: TestStore.engines
    )
    func work(engine: Engine) async throws {
        try await JurisdictionTests.with(engine) { fixture, _ in
            let register = fixture.register
            let batch = try #require(try await register.batch(named: "phuc-xa"))
            func rows(_ officer: Requester, page: Int) async throws -> [Int] {
                var rows: [Int] = []
                while true {
                    let next = try await register.rows(ofBatch: batch, after: rows.last ?? 0, limit: page, by: officer)
                    if next.isEmpty { return rows }
                    rows += next.map(\.place)
                }
            }
            let phucXa = try JurisdictionTests.officer(JurisdictionTests.phucXa)
            let trucBach = try JurisdictionTests.officer(JurisdictionTests.trucBach)
            for page in [1, 2, 500] {
                #expect(try await rows(phucXa, page: page) == [1, 2, 3])
                #expect(try await rows(trucBach, page: page) == [2, 4, 5, 6])
            }
            let scope = QualityScope(unit: JurisdictionTests.phucXa)
            let all = try await register.worklist(of: scope, by: phucXa)
            #expect(all.items.count > 1 && all.next == nil)
            var paged: [String] = []
            var place: ListPlace?
            repeat {
                let page = try await register.worklist(of: scope, after: place, limit: 1, by: phucXa)
                #expect(page.items.count == 1 && page.whole == all.whole)
                paged += page.items.map(\.handle)
                place = page.next
            } while place != nil
            #expect(paged == all.items.map(\.handle))
            for scope in [scope, QualityScope(nationIn: QualityFixture.old)] {
                await #expect(throws: AccessRefusal.outsideJurisdiction) {
                    try await register.worklist(of: scope, by: trucBach)
                }
            }
            await #expect(throws: RecordingRefusal.access(.roleMayNotRecord)) {
                try await register.runNumbers(in: JurisdictionTests.phucXa, by: phucXa)
            }
            await #expect(throws: AccessRefusal.roleMayNotDo) {
                try await register.importBatch(
                    path: "/nowhere.csv", by: try JurisdictionTests.officer(JurisdictionTests.phucXa, .approver))
            }
        }
    }
}
