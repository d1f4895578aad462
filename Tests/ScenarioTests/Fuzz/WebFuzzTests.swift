import Database
import Foundation
import HummingbirdTesting
import TestStores
import Testing

@testable import Population
@testable import Web

@Suite("Requests from bad input")
struct WebFuzzTests {
    private static func acts(_ person: String, _ household: String) -> [String] {
        let them = #""persons":["\#(person)"]"#
        let address = "Số 2, Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội"
        return [
            ("moved", "2025-02-01", them, #"{"address":"\#(address)"}"#),
            (
                "details_corrected", "2025-02", #""persons":["005080000111"]"#,
                #"{"details":{"name":"Trần Văn Bính","birth":"1980-05-13","sex":"male"}}"#
            ),
            (
                "married", "2025-08-01", #""persons":[]"#,
                #"{"spouses":[{"person":"\#(person)"},{"name":"Lò Thị Mẫu"}],"certificate":"7/2025"}"#
            ),
            (
                "registered_at_birth", "2025-08", #""persons":null"#,
                #"{"details":{"name":"Trần Bé"},"father":{"person":"\#(person)"}}"#
            ),
            ("household_member_left", "2025-03", them, #"{"household":"\#(household)","person":"\#(person)"}"#),
            ("annulled", "2025", #""persons":[]"#, #"{"act":"17","reason":"ghi nhầm"}"#),
            ("died", "2025-08-15", them, #"{"certificate":"1/2025","note":null}"#),
            ("number_assigned", "2025-08-15", them, #"{"number":"005055000999"}"#),
        ].map { kind, day, persons, content in
            #"{"kind":"\#(kind)","effective":"\#(day)",\#(persons),"content":\#(content)}"#
        }
    }

    private static let searches = [
        #"{"name":"traanf van bihn","born":"1980","years_around":1,"sex":"Nam","limit":20,"purpose":"tìm người"}"#,
        #"{"name":"Lê Thị Hoa","unit":"until-2025-06-30/00001","parent":"Lê Văn","old_number":"123456789"}"#,
        #"{"name":"Tran","limit":1,"after":"1-0123456789abcdefghjkmnpqrs"}"#, #"{"old_number":"123 456 789"}"#,
    ]

    @Test("no body of an act brings the server down or changes more than an act", arguments: TestStore.engines)
    func acts(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let person = try #require(try await fixture.persons().last)
            let examples = Self.acts(person, try await fixture.household())
            for seed in Fuzz.seeds {
                var mutator = Mutator(seed: seed)
                for _ in 0..<(Shared.isFull ? 1_500 : 150) {
                    let body = mutator.text(examples)
                    let before = try await SheetFuzzTests.size(of: fixture)
                    let answer = try await client.post("/api/v1/acts", body)
                    let after = try await SheetFuzzTests.size(of: fixture)
                    Fuzz.hold(
                        [201, 400, 403, 404, 409, 413, 422].contains(answer.status), "status \(answer.status)", body)
                    if answer.status == 201 {
                        Fuzz.hold(after[0] == before[0] + 1, "one act", body)
                    } else {
                        Fuzz.hold(after == before, "a refused request changes nothing", body)
                        Fuzz.hold(answer.code != nil, "a refusal has a code", body)
                    }
                }
            }
            let rebuild = try await fixture.register.rebuild(writing: false)
            #expect(rebuild.isClean, "\(rebuild.differences.prefix(3)) \(rebuild.damaged.prefix(3))")
        }
    }

    @Test("every search is answered and recorded, or refused and not", arguments: TestStore.engines)
    func searches(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            for seed in Fuzz.seeds {
                var mutator = Mutator(seed: seed)
                for _ in 0..<(Shared.isFull ? 1_500 : 200) {
                    let body = mutator.text(Self.searches)
                    let before = try await fixture.looks()
                    let answer = try await client.post("/api/v1/persons/search", body)
                    let looks = try await fixture.looks() - before
                    Fuzz.hold(looks == (answer.status == 200 ? 1 : 0), "a look for each answer", body)
                    Fuzz.hold([200, 400, 404, 413].contains(answer.status), "status \(answer.status)", body)
                    guard case .array(let results)? = answer.json["results"] else { continue }
                    Fuzz.hold(results.count <= PersonSearch.mostLimit, "no more than a page", body)
                }
            }
        }
    }

    @Test("every path is answered or refused", arguments: Fuzz.seeds)
    func paths(seed: UInt64) async throws {
        try await WebFixture.with(.sqlite) { fixture, client in
            let person = try #require(try await fixture.persons().first)
            let examples = [
                "/api/v1/persons/\(person)", "/api/v1/persons/\(person)/history", "/api/v1/households/\(person)",
                "/api/v1/batches/Phúc Xá 1/rows", "/api/v1/units/until-2025-06-30/00001",
                "/api/v1/logs/acts/tile/0/000.p/5", "/api/v1/logs/looks/entries/12/proof",
                "/api/v1/logs/acts/checkpoint",
            ]
            let queries = [
                "effective_at=2024-02-01&known_at=2025-08-01T10:00:00Z", "after=3&limit=2", "purpose=tìm", "limit=x",
                "text=Phường Phúc Xá, Hà Nội&on=2020-01-01",
            ]
            var mutator = Mutator(seed: seed)
            for _ in 0..<(Shared.isFull ? 1_500 : 250) {
                let path = Self.encoded(mutator.bytes(examples.map { Array($0.utf8) }), "/-_.")
                let query = Self.encoded(mutator.bytes(queries.map { Array($0.utf8) }), "&=-_.")
                let uri = "/" + path.drop { $0 == "/" } + "?" + query
                let answer = try await client.get(uri)
                Fuzz.hold(
                    [200, 303, 400, 401, 403, 404, 405, 414].contains(answer.status), "status \(answer.status)", uri)
            }
        }
    }

    /// Letters, digits and these signs stay, everything else is written as `%XX`.
    private static func encoded(_ bytes: [UInt8], _ signs: String) -> String {
        bytes.prefix(2_000).map { byte in
            let isPlain = byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || (48...57).contains(byte))
            if isPlain || signs.utf8.contains(byte) { return String(decoding: [byte], as: UTF8.self) }
            return "%" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }
}
