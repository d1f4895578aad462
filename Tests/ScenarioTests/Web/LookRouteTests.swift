import Access
import Civil
import Database
import Ledger
import Population
import TestStores
import Testing

@testable import Web

@Suite("Looking persons and households up over HTTP")
struct LookRouteTests {
    @Test(
        "a number or a handle in the body finds the person, and every answer has its recorded look",
        arguments: TestStore.engines)
    func lookup(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let before = try await fixture.looks()
            let found = try await client.post("/api/v1/persons/lookup", #"{"number": "005080000111"}"#)
            #expect(found.status == 200)
            #expect(found.json["name"] == .string("Trần Văn Bình"))
            #expect(found.json["number"] == .string(WebSamples.father))
            #expect(found.json["demonstration"] == .bool(true))
            let unit = found.json["permanent_residence"]?["address"]?["unit"]
            #expect(unit?["path"] == .string("Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội"))
            #expect(try await fixture.looks() == before + 1)

            let handle = try #require(found.json["handle"]?.text)
            let body = #"{"handle": "\#(handle)", "purpose": "cấp giấy xác nhận cư trú"}"#
            let again = try await client.post("/api/v1/persons/lookup", body)
            #expect(again.json["name"] == found.json["name"])
            #expect(again.json["receipt"] != found.json["receipt"])
            #expect(try await fixture.looks() == before + 2)
            let purpose = try await fixture.register.database.read {
                try $0.first("SELECT purpose FROM look ORDER BY look_id DESC LIMIT 1") { try $0.text(0) }
            }
            #expect(purpose == Purpose.withoutFile + "cấp giấy xác nhận cư trú")
        }
    }

    @Test("person, history and household are read by handle, each with one look more", arguments: TestStore.engines)
    func byHandle(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let person = try #require(try await fixture.persons().first)
            let household = try await fixture.household()
            for path in ["persons/\(person)", "persons/\(person)/history", "households/\(household)"] {
                let before = try await fixture.looks()
                let answer = try await client.get("/api/v1/\(path)")
                #expect(answer.status == 200, "\(path)")
                #expect(try await fixture.looks() == before + 1, "\(path)")
            }
            let members = try await client.get("/api/v1/households/\(household)").json["members"]
            guard case .array(let list)? = members else {
                Issue.record("a household has members")
                return
            }
            #expect(list.count == 3)
            #expect(list.filter { $0["head"] == .bool(true) }.count == 1)
        }
    }

    @Test("a history never shows a key of the register itself", arguments: TestStore.engines)
    func historyKeys(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let keys = try await fixture.register.database.read { connection in
                try connection.rows("SELECT person_id FROM person") { try $0.int64(0) }
                    + connection.rows("SELECT household_id FROM household") { try $0.int64(0) }
            }
            for person in try await fixture.persons() {
                let history = try await client.get("/api/v1/persons/\(person)/history")
                for key in keys { #expect(!history.text.contains(String(key))) }
                #expect(history.json["handle"] == .string(person))
                #expect(history.text.contains(#""kind":"collected""#))
            }
        }
    }

    @Test("fifty looks at the same time leave fifty looks", arguments: TestStore.engines)
    func manyAtOnce(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let persons = try await fixture.persons()
            let before = try await fixture.looks()
            let receipts = try await withThrowingTaskGroup(of: String?.self) { group in
                for index in 0..<50 {
                    let path = "/api/v1/persons/\(persons[index % persons.count])"
                    group.addTask { try await client.get(path).json["receipt"]?.text }
                }
                return try await group.reduce(into: Set<String>()) { set, receipt in
                    if let receipt { set.insert(receipt) }
                }
            }
            #expect(receipts.count == 50)
            #expect(try await fixture.looks() == before + 50)
        }
    }

    @Test(
        "an act with a past date changes effective answers and leaves what was known before",
        arguments: TestStore.engines)
    func asOf(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let person = try #require(try await fixture.persons().first)
            let before = fixture.register.surroundings.now().iso
            let act = #"""
                {"kind": "moved", "effective": "2022-03-01", "persons": ["\#(person)"],
                 "content": {"address": "Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội"}}
                """#
            let dry = try await client.post("/api/v1/acts?dry_run=true", act)
            #expect(dry.status == 200)
            #expect(dry.json["dry_run"] == .bool(true))
            #expect(try await client.get("/api/v1/persons/\(person)").json["version"] == .integer(1))
            let recorded = try await client.post("/api/v1/acts", act)
            #expect(recorded.status == 201)
            #expect(recorded.json["persons"] == .array([.string(person)]))

            func current(_ query: String) async throws -> JSONValue? {
                let answer = try await client.get("/api/v1/persons/\(person)\(query)")
                return answer.json["current_residence"]?["address"]?["unit"]?["code"]
            }
            #expect(try await current("") == .string("00004"))
            #expect(try await current("?effective_at=2022-03-01") == .string("00004"))
            #expect(try await current("?effective_at=2022-02-28") == .string("00001"))
            #expect(try await current("?known_at=\(before)") == .string("00001"))
            let history = try await client.get("/api/v1/persons/\(person)/history")
            #expect(history.text.contains(#""kind":"moved""#))
        }
    }

    @Test("whoever was not born or not known yet is not found, and leaves no look")
    func notThen() async throws {
        try await WebFixture.with(.sqlite) { fixture, client in
            let person = try #require(try await fixture.persons().first)
            let before = try await fixture.looks()
            for query in ["effective_at=1979-01-01", "known_at=2020-01-01"] {
                let answer = try await client.get("/api/v1/persons/\(person)?\(query)")
                #expect(answer.status == 404)
                #expect(answer.code == "person_not_found")
            }
            #expect(try await fixture.looks() == before)
        }
    }
}
