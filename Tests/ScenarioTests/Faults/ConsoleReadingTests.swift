import Database
import Foundation
import HTTPTypes
import HummingbirdTesting
import Synchronization
import TestStores
import Testing

/// Every page of a person leaves its entry, however many an officer reads.
@Suite("A day of reading at the console", .serialized)
struct ConsoleReadingTests {
    /// A thousand in full runs.
    private static let persons = Shared.isFull ? 1_000 : 120

    @Test(
        "reading a thousand people leaves a thousand entries, each of whom it names, and the log is clean",
        arguments: TestStore.engines)
    func reads(engine: Engine) async throws {
        try await Place.with(engine) { place in
            var writer = SheetWriter(seed: 2025)
            let text = writer.batch(rows: ConsoleReadingTests.persons * 5 / 4 + 60)
            #expect(try await place.run("batch", "import", try place.file("24283-lo.csv", text.utf8)).status == 0)
            let persons = try await place.rows("24283-lo").filter { $0.fate == "accepted" }.compactMap(\.person)
                .prefix(ConsoleReadingTests.persons)
            try #require(persons.count == ConsoleReadingTests.persons)
            let run = try place.start("serve", "--first-run", "--port", "0")
            defer { run.kill() }
            let port = try await run.announcedPort()
            let patient = TestClient.Configuration(timeout: .seconds(300))
            let found = Mutex<[(look: Int64, person: String)]>([])
            try await TestClient.withClient(host: "127.0.0.1", port: port, configuration: patient) { http in
                let browser = try await ConsoleBrowser("can-bo-bo", http)
                for person in persons {
                    let page = try await browser.page("/persons/\(person)")
                    #expect(page.status == .ok)
                    let look = try #require(ConsoleBrowser.trace(of: page.text))
                    found.withLock { $0.append((look, person)) }
                }
            }
            run.stop()
            #expect(try await run.outcome().status == 0)
            let entries = found.withLock { $0 }
            #expect(Set(entries.map(\.look)).count == ConsoleReadingTests.persons, "an entry of its own for each")
            let store = try await Database.open(
                try DatabaseLocation(parsing: place.database), options: DatabaseOptions(createIfMissing: false))
            let unnamed = try await store.read { connection in
                try entries.filter { entry in
                    try connection.first(
                        """
                        SELECT 1 FROM look_person l JOIN person p ON p.person_id = l.person_id
                        WHERE l.look_id = ? AND p.handle = ?
                        """, [.integer(entry.look), .text(entry.person)]
                    ) { _ in true } == nil
                }
            }
            await store.close()
            #expect(unnamed.isEmpty)
            try await place.expectSound()
            Testimony.say("\(engine): \(entries.count) pages of people, \(entries.count) entries that name them")
        }
    }
}
