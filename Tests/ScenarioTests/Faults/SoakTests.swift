import Database
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Synchronization
import TestStores
import Testing

/// A server at work for a long time: seconds in `./test`, minutes in full runs.
@Suite("The server at work for a while", .serialized)
struct SoakTests {
    private static let duration = Duration.seconds(Shared.isFull ? 180 : 4)
    private static let clients = 6
    /// What the memory may grow by after the first third; what grows with each request would be over it in minutes.
    private static let growth = 64 << 20

    @Test(
        "it answers everything, its memory stays, every look is in the log, and it ends when told to",
        arguments: TestStore.engines)
    func soak(engine: Engine) async throws {
        try await Place.with(engine) { place in
            var writer = SheetWriter(seed: 2023)
            let text = writer.batch(rows: 300)
            #expect(try await place.run("batch", "import", try place.file("lo.csv", text.utf8)).status == 0)
            let persons = try await place.rows("lo").filter { $0.fate == "accepted" }.compactMap(\.person)
            #expect(persons.count > 200)
            let before = try await place.leaves()["looks"] ?? 0
            let run = try place.start("serve", "--port", "0")
            defer { run.kill() }
            let port = try await run.announcedPort()
            let tally = Tally()
            let clock = ContinuousClock()
            let began = clock.now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for client in 0..<SoakTests.clients {
                    group.addTask {
                        try await SoakTests.work(
                            client, persons, port, until: began.advanced(by: SoakTests.duration), tally)
                    }
                }
                group.addTask {
                    // One more client works for a third of the time, and then looks at the memory.
                    try await SoakTests.work(
                        99, persons, port, until: began.advanced(by: SoakTests.duration / 3), tally)
                    tally.early.withLock { $0 = run.memory ?? 0 }
                }
                try await group.waitForAll()
            }
            let early = tally.early.withLock { $0 }
            let late = try #require(run.memory)
            run.stop()
            let outcome = try await run.outcome()
            #expect(outcome.status == 0, "\(outcome.errors)")
            let counts = tally.counts.withLock { $0 }
            #expect(counts.failures == [:])
            #expect(early > 0 && late < early + SoakTests.growth, "\(early >> 20) MiB, then \(late >> 20) MiB")
            let after = try await place.leaves()["looks"] ?? 0
            // A search that finds nobody looks at nobody.
            #expect((counts.looks...counts.looks + counts.searches).contains(after - before))
            try await place.expectSound()
            Testimony.say(
                "\(engine): \(counts.looks) looks, \(counts.searches) searches, \(counts.acts) acts "
                    + "in \(SoakTests.duration), memory \(early >> 20) then \(late >> 20) MiB")
        }
    }

    /// What came back so far.
    private final class Tally: Sendable {
        struct Counts {
            var looks = 0
            var searches = 0
            var acts = 0
            /// Statuses that nobody should get, with how often.
            var failures: [String: Int] = [:]
        }
        let counts = Mutex(Counts())
        let early = Mutex(0)

        func note(_ what: WritableKeyPath<Counts, Int>, _ status: HTTPResponse.Status, _ expected: HTTPResponse.Status)
        {
            counts.withLock { counts in
                if status == expected {
                    counts[keyPath: what] += 1
                } else {
                    counts.failures["\(status.code)", default: 0] += 1
                }
            }
        }
    }

    /// Looks, searches and records until that time; at least once.
    private static func work(
        _ client: Int, _ persons: [String], _ port: Int, until deadline: ContinuousClock.Instant, _ tally: Tally
    ) async throws {
        let json: HTTPFields = [.contentType: "application/json"]
        // Other tests may keep the threads of this process for a while; a connection that waits for them is none lost.
        let patient = TestClient.Configuration(timeout: .seconds(300))
        try await TestClient.withClient(host: "127.0.0.1", port: port, configuration: patient) { http in
            var random = SeededRandom(seed: UInt64(client) + 1)
            repeat {
                let person = persons[Int(random.next() % UInt64(persons.count))]
                switch random.next() % 8 {
                case 0:
                    let body = #"{"name": "Nguyễn Văn", "born": "19\#(50 + random.next() % 40)"}"#
                    let answer = try await http.post(
                        "/api/v1/persons/search", headers: json, body: ByteBuffer(string: body))
                    tally.note(\.searches, answer.status, .ok)
                case 1:
                    let body =
                        #"{"kind": "absence_declared", "persons": ["\#(person)"], "content": {"reason": "đi làm xa"}}"#
                    let answer = try await http.post("/api/v1/acts", headers: json, body: ByteBuffer(string: body))
                    tally.note(\.acts, answer.status, .created)
                case 2:
                    let answer = try await http.get("/api/v1/persons/\(person)/history")
                    tally.note(\.looks, answer.status, .ok)
                default:
                    let answer = try await http.get("/api/v1/persons/\(person)")
                    tally.note(\.looks, answer.status, .ok)
                }
            } while ContinuousClock.now < deadline
        }
    }
}
