import Foundation
import Testing

@Suite("The database server is killed during an import", .serialized)
struct ServerKillTests {
    @Test(
        "kill -9 of PostgreSQL at any moment: the next import goes on, and every row has one fate",
        .enabled(if: OwnServer.isPossible, "there is no PostgreSQL"))
    func killedServer() async throws {
        let folder = try Folder.make()
        let server = OwnServer(folder: folder)
        do {
            try await rounds(server, Shared.isFull ? 100 : 10)
        } catch {
            Issue.record("\(error)")
        }
        await server.stop()
        Folder.remove(folder)
    }

    private func rounds(_ server: OwnServer, _ rounds: Int) async throws {
        var random = SeededRandom(seed: 31)
        var writer = SheetWriter(seed: 2022)
        let text = writer.batch(rows: 4_700)
        let rows = text.split(separator: "\n").count - 1
        var seconds = 6.0
        var hit = 0
        var batches = 0
        let clock = ContinuousClock()
        while hit < rounds {
            batches += 1
            // A register of its own for each whole import: its key tells it apart.
            let maintenance = try await server.start()
            let folder = server.folder.appendingPathComponent("r\(batches)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let place = try await Place.on(maintenance, database: "r\(batches)", folder: folder)
            #expect(try await place.run("register", "create").status == 0)
            let path = try place.file("big.csv", text.utf8)
            var ended = false
            while !ended {
                let began = clock.now
                let run = try place.start("batch", "import", path, "--json")
                let isLast = hit >= rounds
                let cut = DispatchWorkItem { server.kill() }
                if !isLast {
                    let moment = 0.05 + random.part() * seconds * 0.6
                    DispatchQueue.global().asyncAfter(deadline: .now() + moment, execute: cut)
                }
                let outcome = try await run.outcome()
                cut.cancel()
                if outcome.status == 0 {
                    if isLast { seconds = (clock.now - began) / .seconds(1) }
                    // The moment may come after the end; then nothing was interrupted.
                    ended = true
                } else {
                    #expect(outcome.status == 4, "\(outcome.status): \(outcome.errors)")
                    #expect(
                        ["store_unavailable", "commit_outcome_unknown"].contains { outcome.errors.contains("[\($0)]") },
                        "\(outcome.errors)")
                    hit += 1
                }
                server.kill()
                _ = try await server.start()
            }
            let counts = try #require(try await place.batch("big"))
            #expect(counts.rows == rows)
            #expect(counts.addUp, "\(counts)")
            let answers = try await place.rows("big")
            #expect(Set(answers.map(\.place)).count == rows)
            #expect(answers.count == rows)
            try await place.expectSound("after \(hit) kills of the server")
        }
        Testimony.say("postgresql: server killed \(hit) times over \(batches) imports of \(rows) rows, each whole")
    }
}
