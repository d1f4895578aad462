import Database
import Foundation
import TestStores
import Testing

@testable import Web

@Suite("Texts of acts over HTTP")
struct ActTextTests {
    @Test(
        "an address with a character that nobody writes is refused, and changes nothing",
        arguments: TestStore.engines, ["\\u0000", "\\u2069", "\\u0007", "\\u202e"])
    func addresses(engine: Engine, sign: String) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let person = try #require(try await fixture.persons().last)
            let body = """
                {"kind":"moved","effective":"2025-02-01","persons":["\(person)"],\
                "content":{"address":"Số 2, \(sign)Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội"}}
                """
            let answer = try await client.post("/api/v1/acts", body)
            #expect(answer.status == 400)
            #expect(answer.code == "request_unreadable")
        }
    }

    @Test(
        "a sign that nobody sees is refused in every text of an act",
        arguments: TestStore.engines, ["\\u0000", "\\u200b", "\\u0007", "\\u202e"])
    func everywhere(engine: Engine, sign: String) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let person = try #require(try await fixture.persons().last)
            let contents = [
                #""kind":"died","content":{"certificate":"12\#(sign)/2025"}"#,
                #""kind":"died","legal_basis":"Luật\#(sign) 60","content":{}"#,
                #""kind":"details_changed","content":{"details":{"email":"a\#(sign)@vi.du"}}"#,
            ]
            let bodies = contents.map { #"{"effective":"2025-02-01","persons":["\#(person)"],\#($0)}"# }
            for body in bodies {
                let answer = try await client.post("/api/v1/acts", body)
                #expect(answer.status == 400, "\(body): \(answer.json)")
                #expect(answer.code == "request_unreadable")
                let clean = try await client.post("/api/v1/acts?dry_run=true", body.replacing(sign, with: ""))
                #expect(clean.code != "request_unreadable", "\(body): \(clean.json)")
            }
        }
    }
}
