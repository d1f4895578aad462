import Access
import Civil
import Database
import Foundation
import Ledger
import TestStores
import Testing

@testable import Population

@Suite("Dwellings")
struct DwellingTests {
    private static func address(_ detail: String, _ unit: String? = "00001") -> Address {
        Address(
            unit: unit.map { UnitCode($0, .untilJune2025) }, detail: detail,
            written: "\(detail), Phường Phúc Xá, Hà Nội")
    }

    @Test(
        "an address that names a house is a dwelling, however it is written",
        arguments: [
            ("Số 8", "SỐ 8"), ("số nhà 12, ngõ 9", "Số nhà 12 - Ngõ 9"), ("12/5 Hàng Than", "12/5 hàng than"),
            ("Căn 1203 CT2", "căn 1203, CT2"), ("Thôn 3, số 7", "thôn 3 – SỐ 7"),
        ])
    func houses(one: String, other: String) throws {
        let key = try #require(DwellingKey(DwellingTests.address(one)))
        #expect(DwellingKey(DwellingTests.address(other)) == key)
        #expect(DwellingKey(DwellingTests.address(other))?.indexed == key.indexed)
        #expect(key.indexed > 0)
        #expect(DwellingKey(DwellingTests.address(one, "00004")) != key)
    }

    @Test(
        "an address that names none is no dwelling",
        arguments: [
            "", "Thôn 3", "Tổ 1, Thôn 3", "Ngõ 9", "Xóm Đình", "khu 4", "Ấp 2", "Thôn số 2", "Tổ dân phố số 12",
            "Đường số 7", "Ngõ số 9, Thôn 3",
        ])
    func hamlets(detail: String) {
        #expect(DwellingKey(DwellingTests.address(detail)) == nil)
        #expect(DwellingKey(DwellingTests.address("Số 8", nil)) == nil)
        #expect(DwellingKey(nil) == nil)
    }

    /// Seals a record as two officers would have.
    private static func seal(_ handle: String, in register: PopulationRegister) async throws {
        let selector = try #require(PersonSelector(parsing: handle))
        try await register.database.write { connection in
            guard let person = try PopulationRegister.find(selector, on: connection)?.state.person else { return }
            try connection.execute(
                """
                INSERT INTO seal_request (request_id, person_id, reason, asker, asker_role, asker_office, asked_at,
                    expires_at) VALUES (1, ?, 'bảo vệ nhân chứng', 'an', 'approver', 'xa-00001', 1, 9)
                """, [.integer(person)])
            try connection.execute(
                """
                INSERT INTO seal_decision (request_id, asker, account, role, office, decided_at)
                VALUES (1, 'an', 'ba', 'approver', 'xa-00001', 2)
                """)
            try connection.execute(
                "INSERT INTO standing_seal (person_id, seal_id, since) VALUES (?, 1, 2)", [.integer(person)])
        }
    }

    private static let home = "Số 8, Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội"

    private static func household(of handle: String, in register: PopulationRegister) async throws -> Handle {
        let selector = try #require(PersonSelector(parsing: handle))
        let text = try await register.database.read { connection in
            let household = try PopulationRegister.find(selector, on: connection)?.state.household?.household
            return try household.flatMap { try PersonStore().household($0, on: connection)?.handle }
        }
        return try #require(text.flatMap { Handle(parsing: $0) })
    }

    /// What stands at the dwelling: households by the number of members shown and whether they have gone, residents.
    private static func told(_ answer: DwellingAnswer?) -> [String] {
        (answer?.households ?? []).map { "\($0.members.count) \($0.since)–\($0.until?.description ?? "")" }
            + (answer?.residents ?? []).map { "\($0.kind.rawValue) \($0.since)–\($0.until?.description ?? "")" }
    }

    @Test(
        "a dwelling is told with its households and those who stay there, now and before", arguments: TestStore.engines)
    func history(engine: Engine) async throws {
        try await QualityFixture.with(engine, at: "2021-06-01T03:00:00Z") { fixture in
            let handles = try await fixture.load().compactMap { $0 }
            let register = fixture.register
            let first = try await DwellingTests.household(of: handles[0], in: register)
            let operatorHere = LocalOperator.requester
            func told(_ asOf: AsOf = AsOf()) async throws -> [String] {
                DwellingTests.told(try await register.look(atDwellingOf: first, asOf: asOf, by: operatorHere))
            }
            #expect(try await told() == ["3 2020-09-15–"])

            try await fixture.record(
                #"""
                {"kind": "household_split", "effective": "2021-02-01", "content": {"split_from": "\#(first.text)",
                 "address": "\#(DwellingTests.home)", "head": "\#(handles[1])",
                 "members": [{"person": "\#(handles[1])", "relation": "head"}]}}
                """#)
            try await fixture.record(
                #"""
                {"kind": "temporary_residence_registered", "effective": "2021-03-01", "persons": ["\#(handles[3])"],
                 "content": {"address": "\#(DwellingTests.home)", "until": "2021-04-30"}}
                """#)
            #expect(
                try await told() == ["2 2020-09-15–", "1 2021-02-01–", "temporary 2021-03-01–2021-05-01"])
            let march = AsOf(effectiveAt: CalendarDate(iso: "2021-03-15"))
            #expect(try await told(march) == ["2 2020-09-15–", "1 2021-02-01–", "temporary 2021-03-01–"])
            #expect(try await told(AsOf(effectiveAt: CalendarDate(iso: "2021-01-01"))) == ["3 2020-09-15–"])

            // The second household goes; the dwelling keeps its time there, and she is registered there still.
            try await fixture.record(
                #"""
                {"kind": "household_member_left", "effective": "2021-05-20", "content": {
                 "household": "\#(try await DwellingTests.household(of: handles[1], in: register).text)",
                 "person": "\#(handles[1])"}}
                """#)
            #expect(
                try await told() == [
                    "2 2020-09-15–", "0 2021-02-01–2021-05-20", "permanent 2020-09-15–",
                    "temporary 2021-03-01–2021-05-01",
                ])
            #expect(try await register.rebuild(writing: false).isClean)
        }
    }

    @Test(
        "a household without a house has no dwelling, and other places are told nothing", arguments: TestStore.engines)
    func refusals(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            let handles = try await fixture.load().compactMap { $0 }
            let register = fixture.register
            let housed = try await DwellingTests.household(of: handles[0], in: register)
            let houseless = try await DwellingTests.household(of: handles[3], in: register)
            await #expect(throws: DwellingRefusal.noHouse) {
                try await register.look(atDwellingOf: houseless, by: LocalOperator.requester)
            }
            let far = UnitCode("00376", QualityFixture.old)
            let stranger = Requester(
                actor: Actor(account: "xa", role: Role.communeOfficer.rawValue, office: "xa-00376"),
                role: .communeOfficer, jurisdiction: .places(of: far, [far]), ground: .kept(.counter))
            for household in [housed, houseless] {
                let told = try? await register.look(atDwellingOf: household, by: stranger)
                #expect(told?.receipt == nil, "\(household.text)")
            }
            let before = try await fixture.looks()
            let answer = try #require(try await register.look(atDwellingOf: housed, by: LocalOperator.requester))
            #expect(answer.address.detail == "Số 8")
            #expect(try await fixture.looks() == before + 1)
        }
    }

    @Test(
        "of whoever is protected a dwelling tells nothing, not even that a household is there",
        arguments: TestStore.engines)
    func seals(engine: Engine) async throws {
        try await QualityFixture.with(engine, at: "2021-06-01T03:00:00Z") { fixture in
            let handles = try await fixture.load().compactMap { $0 }
            let register = fixture.register
            let first = try await DwellingTests.household(of: handles[0], in: register)
            try await fixture.record(
                #"""
                {"kind": "household_split", "effective": "2021-02-01", "content": {"split_from": "\#(first.text)",
                 "address": "\#(DwellingTests.home)", "head": "\#(handles[1])",
                 "members": [{"person": "\#(handles[1])", "relation": "head"}]}}
                """#)
            let second = try await DwellingTests.household(of: handles[1], in: register)
            let unit = UnitCode("00001", QualityFixture.old)
            let officer = Requester(
                actor: Actor(account: "an", role: Role.communeOfficer.rawValue, office: "xa-00001"),
                role: .communeOfficer, jurisdiction: .places(of: unit, [unit]), ground: .kept(.counter))
            #expect(try await register.look(atDwellingOf: first, by: officer)?.households.count == 2)
            #expect(try await register.look(atDwellingOf: second, by: officer)?.households.count == 2)
            try await DwellingTests.seal(handles[1], in: register)
            let told = try #require(try await register.look(atDwellingOf: first, by: officer))
            #expect(told.households.map(\.handle) == [first.text])
            #expect(told.hidden == 0)
            let asked = try? await register.look(atDwellingOf: second, by: officer)
            #expect(asked?.receipt == nil)
        }
    }

    @Test("the index of dwellings is compared with the acts and put right", arguments: TestStore.engines)
    func rebuilds(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            try await fixture.load()
            let register = fixture.register
            #expect(try await register.rebuild(writing: false).isClean)
            try await register.database.write { connection in
                try connection.execute("UPDATE dwelling_subject SET dwelling = dwelling + 1")
            }
            let check = try await register.rebuild(writing: false)
            #expect(Set(check.differences.map(\.what)) == [.missing, .surplus])
            #expect(check.differences.allSatisfy { $0.place.hasPrefix("dwelling of ") })
            _ = try await register.rebuild(writing: true)
            #expect(try await register.rebuild(writing: false).isClean)
        }
    }
}
