import Database
import HTTPTypes
import Ledger
import Population
import TestStores
import Testing

@testable import Web

@Suite("The logs over HTTP")
struct LogRouteTests {
    @Test(
        "a receipt becomes a proof that anybody can check with the key and the checkpoint", arguments: TestStore.engines
    )
    func proof(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let person = try #require(try await fixture.persons().first)
            let receipt = try #require(try await client.get("/api/v1/persons/\(person)").json["receipt"]?.text)
            let waiting = try await client.get("/api/v1/logs/looks/entries/\(receipt)/proof")
            #expect(waiting.status == 404)
            #expect(waiting.code == "entry_not_logged")

            try await fixture.sequencer.integrate()
            let proof = try await client.get("/api/v1/logs/looks/entries/\(receipt)/proof")
            #expect(proof.status == 200)
            #expect(proof.text.hasPrefix("c2sp.org/tlog-proof@v1\n"))
            let checkpoint = try await client.get("/api/v1/logs/looks/checkpoint")
            #expect(proof.text.hasSuffix(checkpoint.text))
            let key = try LogVerificationKey(
                parsing: String(try await client.get("/api/v1/logs/looks/key").text.dropLast()))
            #expect(key == fixture.server.keys[.looks])
            _ = try Checkpoint(verifying: try SignedNote(parsing: checkpoint.text), by: key)
        }
    }

    @Test("tiles are the hashes of the tree; a path that is not canonical is none")
    func tiles() async throws {
        try await WebFixture.with(.sqlite) { fixture, client in
            let size = try await fixture.register.database.read { try LogReader(connection: $0).size(of: .acts) }
            let tile = try await client.get("/api/v1/logs/acts/tile/0/000.p/\(size)")
            #expect(tile.status == 200)
            #expect(tile.bytes.count == Int(size) * 32)
            #expect(tile.headers[.contentType] == "application/octet-stream")
            #expect(tile.headers[.cacheControl] == "no-store")
            let hashes = Digest32.list(from: tile.bytes) ?? []
            let checkpoint = try await client.get("/api/v1/logs/acts/checkpoint").text
            #expect(checkpoint.contains(MerkleHash.root(of: hashes).base64))
            for path in ["0/000", "0/000.p/\(size + 1)", "0/0", "9/000.p/1", "0/000.p/0", "x"] {
                #expect(try await client.get("/api/v1/logs/acts/tile/\(path)").status == 404, "\(path)")
            }
        }
    }

    @Test("a full tile may be kept for ever")
    func fullTile() async throws {
        try await WebFixture.with(.sqlite) { fixture, client in
            let person = try #require(try await fixture.persons().first)
            for _ in 0..<256 { _ = try await client.get("/api/v1/persons/\(person)") }
            try await fixture.sequencer.integrate()
            let tile = try await client.get("/api/v1/logs/looks/tile/0/000")
            #expect(tile.bytes.count == 256 * 32)
            #expect(tile.headers[.cacheControl] == "public, max-age=31536000, immutable")
        }
    }

    @Test("health and metrics tell what waits; entries that nobody integrates are no health")
    func watching() async throws {
        try await WebFixture.with(.sqlite) { fixture, client in
            #expect(try await client.get("/health").json["status"] == .string("ok"))
            let person = try #require(try await fixture.persons().first)
            _ = try await client.get("/api/v1/persons/\(person)")
            let health = try await client.get("/health")
            #expect(health.json["log"]?["waiting"] != .integer(0))
            let metrics = try await client.get("/metrics").text
            #expect(
                metrics.contains(
                    #"dancu_http_requests_total{route="/api/v1/persons/{handle}",method="GET",status="200"} 1"#))
            #expect(metrics.contains("dancu_looks_recorded_total 1\n"))
            #expect(metrics.contains(#"dancu_log_size{log="acts"}"#))
            #expect(!metrics.contains(person))
            try await fixture.sequencer.integrate()
            #expect(try await client.get("/health").json["log"]?["waiting"] == .integer(0))
        }
    }
}
