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
            try await rounds(server, Kills.rounds)
        } catch {
            Issue.record("\(error)")
        }
        await server.stop()
        Folder.remove(folder)
    }

    private func rounds(_ server: OwnServer, _ rounds: Int) async throws {
        var random = SeededRandom(seed: 31)
        var writer = SheetWriter(seed: 2022)
        let text = writer.batch(rows: Kills.rows)
        let rows = text.split(separator: "\n").count - 1
        let maintenance = try await server.start()
        // An undisturbed import tells when the server can be hit.
        let seconds = try await imported(text, 0, on: maintenance, in: server.folder) { place, path in
            let began = ContinuousClock.now
            let outcome = try await place.run(Kills.arguments(path))
            #expect(outcome.status == 0, "\(outcome.errors)")
            return (ContinuousClock.now - began) / .seconds(1)
        }
        var hit = 0
        var batches = 0
        var window = KillWindow(longest: seconds * 0.9)
        while hit < rounds {
            batches += 1
            // A register of its own for each whole import: its key tells it apart.
            try await imported(text, batches, on: maintenance, in: server.folder) { place, path in
                var ended = false
                while !ended {
                    let moment = hit < rounds ? window.moment(&random) : nil
                    ended = try await ends(place, path, server, after: moment)
                    window.note(hit: !ended)
                    if !ended { hit += 1 }
                }
                let counts = try #require(try await place.batch("big"))
                #expect(counts.rows == rows)
                #expect(counts.addUp, "\(counts)")
                let answers = try await place.rows("big")
                #expect(Set(answers.map(\.place)).count == rows)
                #expect(answers.count == rows)
                try await place.expectSound("after \(hit) kills of the server")
            }
        }
        Testimony.say("postgresql: server killed \(hit) times over \(batches) imports of \(rows) rows, each whole")
    }

    /// Gives `body` a new register and the file to import; both are gone afterwards.
    private func imported<Result>(
        _ text: String, _ number: Int, on maintenance: String, in home: URL,
        _ body: (Place, String) async throws -> Result
    ) async throws -> Result {
        let folder = home.appendingPathComponent("r\(number)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let place = try await Place.on(maintenance, database: "r\(number)", folder: folder)
        #expect(try await place.run("register", "create").status == 0)
        let result = try await body(place, try place.file("big.csv", text.utf8))
        try await place.drop(from: maintenance)
        return result
    }

    /// Imports while the server is killed after `seconds`, if any, and starts the server anew; whether the import
    /// came to its end.
    private func ends(
        _ place: Place, _ path: String, _ server: OwnServer, after seconds: Double?
    ) async throws -> Bool {
        let run = try place.start(Kills.arguments(path))
        let cut = DispatchWorkItem { server.kill() }
        if let seconds { DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: cut) }
        let outcome = try await run.outcome()
        cut.cancel()
        if outcome.status != 0 {
            #expect(outcome.status == 4, "\(outcome.status): \(outcome.errors)")
            #expect(
                ["store_unavailable", "commit_outcome_unknown"].contains { outcome.errors.contains("[\($0)]") },
                "\(outcome.errors)")
        }
        server.kill()
        _ = try await server.start()
        return outcome.status == 0
    }
}
