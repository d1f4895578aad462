import Database
import Foundation
import TestStores
import Testing

@Suite("The first start of a server", .serialized)
struct FirstRunTests {
    private static let batch = "24283-demonstration"

    @Test("an empty register is filled, also where a first filling was stopped", arguments: TestStore.engines)
    func fills(engine: Engine) async throws {
        try await Place.with(engine) { place in
            // A filling in small pieces, ended by a power cut as soon as something of it is there.
            let first = try place.start("batch", "import", Shared.demonstration, "--piece", "50")
            while try await place.batches()[FirstRunTests.batch] == nil, first.memory != nil { await Task.yield() }
            first.kill()
            _ = try await first.outcome()
            for _ in 1...2 {
                let server = try place.start("serve", "--first-run", "--port", "0")
                defer { server.stop() }
                let port = try await server.announcedPort()
                #expect(port > 0)
                server.stop()
                #expect(try await server.outcome().status == 0)
                let counts = try #require(try await place.batches()[FirstRunTests.batch])
                #expect(counts.addUp && counts.rows == 401, "\(counts)")
            }
            try await place.expectSound()
        }
    }
}
