import Database
import Ledger
import TestStores

@testable import Web

/// A server on a socket of its own, as long as a test needs it.
enum LiveServer {
    /// Runs `body` with the register and the port of the server.
    static func with(
        _ reach: WebReach = .local, limits: WebLimits = WebLimits(), host: String = "127.0.0.1",
        _ body: @Sendable @escaping (WebFixture, Int) async throws -> Void
    ) async throws {
        try await WebFixture.with(.sqlite) { fixture, _ in
            let server = try WebServer(
                register: fixture.register, access: fixture.server.access, cards: fixture.server.cards,
                identity: fixture.server.identity,
                sequencer: nil, localOperator: .everybody, keys: [:], host: host, port: 0, reach: reach, limits: limits)
            let (ports, port) = AsyncStream.makeStream(of: Int.self)
            let running = Task {
                defer { port.finish() }
                try await server.run { port.yield($0) }
            }
            defer { running.cancel() }
            for await number in ports.prefix(1) { try await body(fixture, number) }
            running.cancel()
            _ = await running.result
        }
    }
}
