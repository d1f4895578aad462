import Civil
import Database
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import TestStores
import Testing

@testable import Population
@testable import Web

@Suite("Refusals over HTTP")
struct ProblemTests {
    @Test("what is not understood or not there gets its status, its code and what to do in both languages")
    func refusals() async throws {
        try await WebFixture.with(.sqlite) { fixture, client in
            let stranger = String(repeating: "0", count: 26)
            let asked: [(WebAnswer, Int, String)] = [
                (try await client.get("/api/v1/persons/\(stranger)"), 404, "person_not_found"),
                (try await client.get("/api/v1/persons/\(stranger)/history"), 404, "person_not_found"),
                (try await client.get("/api/v1/households/\(stranger)"), 404, "household_not_found"),
                (try await client.get("/api/v1/persons/005080000111"), 400, "handle_malformed"),
                (try await client.get("/api/v1/persons/%3Cscript%3E"), 400, "handle_malformed"),
                (try await client.get("/api/v1/persons/\(stranger)?effective_at=1.2.2020"), 400, "date_malformed"),
                (try await client.get("/api/v1/batches/none"), 404, "batch_unknown"),
                (try await client.get("/batches/none/report"), 404, "batch_unknown"),
                (try await client.get("/api/v1/batches/none/rows"), 404, "batch_unknown"),
                (try await client.get("/api/v1/units/until-2025-06-30/99999"), 404, "unit_unknown"),
                (try await client.get("/api/v1/logs/other/checkpoint"), 404, "log_unknown"),
                (try await client.get("/api/v1/logs/acts/tile/0/999"), 404, "tile_not_found"),
                (try await client.get("/api/v1/logs/acts/tile/../../etc"), 404, "tile_not_found"),
                (try await client.get("/api/v1/logs/acts/entries/12/proof"), 404, "entry_not_logged"),
                (try await client.get("/nothing"), 404, "route_not_found"),
                (try await client.post("/api/v1/persons/lookup", "{"), 400, "body_malformed"),
                (try await client.post("/api/v1/persons/lookup", "[]"), 400, "body_malformed"),
                (
                    try await client.post(
                        "/api/v1/persons/lookup", #"{"number": "003085001234", "effective": "2020-01-01"}"#),
                    400, "body_malformed"
                ),
                (try await client.post("/api/v1/persons/lookup", "{}"), 400, "selector_missing"),
                (try await client.post("/api/v1/persons/lookup", #"{"number": "12"}"#), 400, "number_malformed"),
                (
                    try await client.post("/api/v1/persons/lookup", #"{"number": "003000000000"}"#), 404,
                    "person_not_found"
                ),
                (
                    try await client.post("/api/v1/persons/lookup", #"{"number": "003000000000", "purpose": " "}"#),
                    400, "purpose_malformed"
                ),
                (
                    try await client.post("/api/v1/persons/lookup", "{}", type: "text/plain"), 415,
                    "content_type_not_json"
                ),
                (try await client.post("/api/v1/units/resolve", #"{"on": "2020-01-01"}"#), 400, "body_malformed"),
                (try await client.post("/api/v1/acts", #"{"kind": "promoted"}"#), 400, "body_malformed"),
                (try await client.post("/api/v1/acts", #"{"kind": "died"}"#), 422, "persons_missing"),
                (
                    try await client.post("/api/v1/acts", #"{"kind": "died", "persons": ["\#(stranger)"]}"#), 422,
                    "person_not_found"
                ),
            ]
            for (answer, status, code) in asked {
                #expect(answer.status == status, "\(code)")
                #expect(answer.code == code)
                #expect(answer.headers[.contentType]?.hasPrefix("application/problem+json") == true)
                #expect(answer.json["detail"]?.text?.contains(answer.json["detail_vi"]?.text ?? "?") == true)
                #expect(answer.json["incident"]?.text?.count == 16)
            }
            #expect(Set(asked.compactMap { $0.0.json["incident"]?.text }).count == asked.count)
            _ = fixture
        }
    }

    @Test("a body over one MiB is refused")
    func oversized() async throws {
        try await WebFixture.with(.sqlite) { _, client in
            let body = #"{"number": ""# + String(repeating: "0", count: WebServer.longestBody) + #""}"#
            let answer = try await client.post("/api/v1/persons/lookup", body)
            #expect(answer.status == 413)
            #expect(answer.code == "body_too_large")
        }
    }

    @Test("a rule of life refuses an act with its own code and article")
    func rule() async throws {
        try await WebFixture.with(.sqlite) { fixture, client in
            let persons = try await fixture.persons()
            let pair = #"[{"person": "\#(persons[0])"}, {"person": "\#(persons[3])"}]"#
            let body = #"{"kind": "married", "effective": "2021-01-01", "content": {"spouses": \#(pair)}}"#
            let answer = try await client.post("/api/v1/acts", body)
            #expect(answer.status == 422)
            #expect(answer.code == "already_married")
            #expect(answer.json["legal_basis"]?.text?.isEmpty == false)
        }
    }

    @Test("an error never shows what the program or the store says to itself, nor anything of a person")
    func silence() throws {
        struct Inner: Error { let secret = "Trần Văn Bình 005080000111" }
        let errors: [(any Error, Int, String)] = [
            (Inner(), 500, "internal_error"),
            (DatabaseError.unavailable("Trần Văn Bình 005080000111"), 503, "store_unavailable"),
            (DatabaseError.statement("Trần Văn Bình 005080000111"), 503, "statement_refused"),
            (DatabaseError.corrupt("Trần Văn Bình 005080000111"), 503, "store_corrupt"),
            (DatabaseError.diskFull, 507, "disk_full"),
            (RecordingRefusal.lostRace, 409, "record_has_changed"),
            (DamagedContent(reason: "Trần Văn Bình 005080000111"), 500, "record_damaged"),
        ]
        for (error, status, code) in errors {
            let problem = Problem(error)
            #expect(problem.status == status)
            #expect(problem.code == code)
            let text = problem.sentence.vietnamese + problem.sentence.english
            #expect(!text.contains("Bình"))
            #expect(!text.contains("005080"))
        }
    }

    @Test("every refusal of the server has a code of its own and a sentence in both languages")
    func codes() {
        let all: [WebRefusal] = [
            .hostNotLoopback, .portOutOfRange, .bodyMalformed(field: "x"), .bodyTooLarge, .bodyUnreadable,
            .handleMalformed,
            .selectorMissing, .numberMalformed, .dateMalformed(field: "x"), .purposeMalformed, .limitMalformed,
            .personNotFound, .householdNotFound, .batchNotFound, .unitNotFound, .logNotFound, .logEmpty,
            .tileNotFound, .entryNotLogged, .routeNotFound, .requestFromElsewhere, .notJSON,
        ]
        #expect(Set(all.map(\.code)).count == all.count)
        #expect(Set(all.map(\.sentence)).count == all.count)
    }

    @Test("only the loopback address is served")
    func loopback() async throws {
        try await WebFixture.with(.sqlite) { fixture, client in
            func host(_ host: String) -> WebRefusal? {
                do {
                    _ = try WebServer(
                        register: fixture.register, access: fixture.server.access, cards: fixture.server.cards,
                        identity: fixture.server.identity,
                        sequencer: nil, localOperator: .nobody, keys: [:],
                        host: host, port: 0)
                    return nil
                } catch {
                    return error
                }
            }
            for name in ["0.0.0.0", "::", "192.168.1.2", "example.org", ""] { #expect(host(name) == .hostNotLoopback) }
            for name in ["127.0.0.1", "::1", "localhost"] { #expect(host(name) == nil) }
            let origin = try #require(HTTPField.Name("Origin"))
            let foreign = try await client.get("/", headers: [origin: "https://example.org"])
            #expect(foreign.status == 403)
            #expect(foreign.code == "request_from_elsewhere")
            #expect(try await client.get("/", headers: [origin: "http://localhost"]).status == 200)
        }
    }
}
