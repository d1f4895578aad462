import Access
import Civil
import Database
import HummingbirdTesting
import Ledger
import Population
import TestStores
import Testing

@testable import Web

@Suite("Finding persons over HTTP")
struct SearchRouteTests {
    private static func search(_ client: some TestClientProtocol, _ body: String) async throws -> WebAnswer {
        try await client.post("/api/v1/persons/search", body)
    }

    private static func names(_ answer: WebAnswer) -> [String] {
        guard case .array(let results)? = answer.json["results"] else { return [] }
        return results.compactMap { $0["name"]?.text }
    }

    @Test("a name heard by half finds the person; the search is a recorded look", arguments: TestStore.engines)
    func finds(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let before = try await fixture.looks()
            let answer = try await Self.search(client, #"{"name": "traanf van bihn", "purpose": "tìm người"}"#)
            #expect(answer.status == 200)
            #expect(Self.names(answer).first == "Trần Văn Bình")
            #expect(try await fixture.looks() == before + 1)
            let nobody = try await Self.search(client, #"{"name": "Zzyzx Qwrtp"}"#)
            #expect(Self.names(nobody) == [])
            #expect(try await fixture.looks() == before + 2, "looking for nobody is a look too")
        }
    }

    @Test("what a rebuild puts right is found by whoever runs meanwhile", arguments: TestStore.engines)
    func rebuilt(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let name = #"{"name": "Trần Văn Bình"}"#
            try await fixture.register.database.write { connection in
                try connection.execute(
                    "UPDATE person SET state = replace(state, '\"name\":\"Trần Văn Bình\"', '\"name\":\"Zz Qq\"')")
            }
            let damaged = try await Self.search(client, name)
            #expect(!Self.names(damaged).contains("Trần Văn Bình"), "\(damaged.text)")
            #expect(try await !fixture.register.rebuild(writing: true).isClean)
            #expect(Self.names(try await Self.search(client, name)).contains("Trần Văn Bình"))
            #expect(try await fixture.register.rebuild(writing: true).isClean)
        }
    }

    @Test("what was typed is sealed, and the log holds the seal", arguments: TestStore.engines)
    func sealed(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let answer = try await Self.search(client, #"{"name": "Trần Văn Bình", "born": "1980"}"#)
            let receipt = try #require(answer.json["receipt"]?.text.flatMap(Int64.init))
            let sealed = try #require(
                try await fixture.register.database.read { try LookStore.sealed(of: receipt, on: $0) })
            #expect(!String(decoding: sealed, as: UTF8.self).contains("Bình"))
            #expect(try LookSeal.open(sealed, with: WebFixture.unsealing) == "name=Trần Văn Bình\nbirth=1980")
            #expect(throws: (any Error).self) {
                try LookSeal.open(sealed, with: Array(repeating: 8, count: 32))
            }
            try await fixture.sequencer.integrate()
            let clean = try await LogVerifier(database: fixture.register.database, keys: fixture.server.keys).verify()
            #expect(clean.isClean)
            // One byte of the seal is changed: the place is named.
            try await fixture.register.database.write { connection in
                switch connection.engine {
                case .sqlite: try connection.execute("DROP TRIGGER look_update")
                case .postgresql: try connection.execute("ALTER TABLE look DISABLE TRIGGER USER")
                }
                var changed = sealed
                changed[40] ^= 1
                try connection.execute(
                    "UPDATE look SET sealed = ? WHERE look_id = ?", [.blob(changed), .integer(receipt)])
            }
            let damaged = try await LogVerifier(database: fixture.register.database, keys: fixture.server.keys).verify()
            #expect(damaged.damages.map(\.kind) == [.entryChanged])
        }
    }

    @Test("a change is found from the moment it is recorded, integrated or not", arguments: TestStore.engines)
    func follows(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let found = try await Self.search(client, #"{"name": "Trần Văn Bình"}"#)
            guard case .array(let results)? = found.json["results"], let handle = results.first?["handle"]?.text else {
                Issue.record("somebody is found")
                return
            }
            let act = #"""
                {"kind": "details_corrected", "effective": "2025-08-01", "persons": ["\#(handle)"],
                 "content": {"details": {"name": "Trần Quang Khải"}}}
                """#
            let recorded = try await client.post("/api/v1/acts", act)
            #expect(recorded.status == 201, "\(recorded.json)")
            for _ in 0..<2 {
                #expect(
                    Self.names(try await Self.search(client, #"{"name": "tran quang khai"}"#)).first
                        == "Trần Quang Khải")
                #expect(
                    !Self.names(try await Self.search(client, #"{"name": "Trần Văn Bình"}"#)).contains("Trần Văn Bình"))
                try await fixture.sequencer.integrate()
            }
            try await fixture.register.rebuildSearch()
            #expect(
                Self.names(try await Self.search(client, #"{"name": "tran quang khai"}"#)).first == "Trần Quang Khải")
        }
    }

    @Test("another process that opened the register before finds it too", arguments: TestStore.engines)
    func severalProcesses(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let other = PopulationRegister(
                database: fixture.register.database, surroundings: fixture.register.surroundings,
                numbers: EntryNumbers(fixture.register.surroundings), kind: .demonstration,
                units: fixture.register.unitsInForce,
                seal: LookSeal(publicKey: try LookSeal.publicKey(of: WebFixture.unsealing)))
            #expect(try await other.prepareSearch() > 0)
            let person = try #require(try await fixture.persons().first)
            _ = try await client.post(
                "/api/v1/acts",
                #"{"kind":"details_corrected","persons":["\#(person)"],"content":{"details":{"name":"Mạc Đĩnh Chi"}}}"#
            )
            let request = PersonSearch(name: "mac dinh chi")
            let first = try await fixture.register.search(request, by: LocalOperator.requester)
            let second = try await other.search(request, by: LocalOperator.requester)
            #expect(first.results.map(\.handle) == [person])
            #expect(second.results.map(\.handle) == first.results.map(\.handle))
            #expect(second.results.map(\.score) == first.results.map(\.score))
        }
    }

    @Test("pages follow one another without a gap")
    func pages() async throws {
        try await WebFixture.with(.sqlite) { _, client in
            let all = try await Self.search(client, #"{"name": "Tran", "limit": 100}"#)
            guard case .array(let whole)? = all.json["results"] else { return }
            #expect(whole.count > 1)
            var seen: [JSONValue?] = []
            var after: String?
            repeat {
                let cursor = after.map { #", "after": "\#($0)""# } ?? ""
                let page = try await Self.search(client, #"{"name": "Tran", "limit": 1\#(cursor)}"#)
                guard case .array(let results)? = page.json["results"] else { return }
                seen += results.map { $0["handle"] }
                after = page.json["next"]?.text
            } while after != nil
            #expect(seen == whole.map { $0["handle"] })
        }
    }

    @Test(
        "what cannot be searched is refused with what to do",
        arguments: [
            ("{}", 400, "search_too_wide"), (#"{"name": "   "}"#, 400, "search_too_wide"),
            (#"{"born": "1980"}"#, 400, "search_too_wide"), (#"{"name": "a"}"#, 400, "search_name_too_short"),
            (#"{"name": "🙂🙂"}"#, 400, "search_name_unreadable"),
            (#"{"name": "An", "limit": 0}"#, 400, "limit_out_of_range"),
            (#"{"name": "An", "limit": 101}"#, 400, "limit_out_of_range"),
            (#"{"name": "An", "years_around": 9}"#, 400, "search_years_out_of_range"),
            (#"{"name": "An", "unit": "99999"}"#, 400, "unit_unknown"),
            (#"{"name": "An", "old_number": "12"}"#, 400, "search_old_number_malformed"),
            (#"{"name": "An", "born": "hôm qua"}"#, 400, "date_malformed"),
            (#"{"name": "An", "after": "x"}"#, 400, "body_malformed"),
        ])
    func refusals(body: String, status: Int, code: String) async throws {
        try await WebFixture.with(.sqlite) { fixture, client in
            let before = try await fixture.looks()
            let answer = try await Self.search(client, body)
            #expect(answer.status == status)
            #expect(answer.json["code"] == .string(code))
            #expect(try await fixture.looks() == before)
        }
        try await WebFixture.with(.sqlite) { _, client in
            let long = String(repeating: "a", count: 200)
            let answer = try await Self.search(client, #"{"name": "\#(long)"}"#)
            #expect(answer.json["code"] == .string("search_name_too_long"))
        }
    }

    @Test("a unit of today finds those who were registered in what became of it", arguments: TestStore.engines)
    func units(engine: Engine) async throws {
        try await WebFixture.with(engine) { _, client in
            for unit in ["until-2025-06-30/00001", "until-2025-06-30/001", "01", "00097"] {
                let answer = try await Self.search(client, #"{"name": "tran van binh", "unit": "\#(unit)"}"#)
                #expect(Self.names(answer).first == "Trần Văn Bình", "\(unit)")
            }
            let elsewhere = try await Self.search(client, #"{"name": "tran van binh", "unit": "until-2025-06-30/017"}"#)
            #expect(!Self.names(elsewhere).contains("Trần Văn Bình"))
        }
    }
}
