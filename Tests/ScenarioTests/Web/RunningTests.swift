import Database
import HTTPTypes
import HummingbirdTesting
import Ledger
import NIOCore
import Population
import Synchronization
import TestStores
import Testing

@testable import Web

@Suite("The server on its socket")
struct RunningTests {
    @Test("it answers on the loopback address, gives new entries their places, and ends when it is told to")
    func whole() async throws {
        try await WebFixture.with(.sqlite) { fixture, _ in
            let server = try WebServer(
                register: fixture.register, access: fixture.server.access, cards: fixture.server.cards,
                identity: fixture.server.identity,
                sequencer: fixture.sequencer, localOperator: .everybody, keys: fixture.server.keys, host: "localhost",
                port: 0)
            let person = try #require(try await fixture.persons().first)
            let (ports, port) = AsyncStream.makeStream(of: Int.self)
            let running = Task { try await server.run { port.yield($0) } }
            for await number in ports.prefix(1) {
                let answer = try await TestClient.withClient(host: "localhost", port: number) { client in
                    try await client.get("/api/v1/persons/\(person)", headers: [.connection: "close"])
                }
                #expect(answer.status == .ok)
            }
            running.cancel()
            _ = await running.result
            // The last look was integrated before the server ended.
            #expect(try await fixture.sequencer.waiting() == 0)
        }
    }
}
