import Database
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Synchronization
import TestStores
import Testing

/// What the server has answered is in the register, whatever ends the server or its database.
@Suite("Nothing that was acknowledged is lost", .serialized)
struct AcknowledgedTests {
    private static var rounds: Int { Shared.isFull ? 20 : 3 }
    private static let clients = 4

    @Test(
        "kill -9 of the server at any moment: every look and every act that was answered is there",
        arguments: TestStore.engines)
    func killedProgram(engine: Engine) async throws {
        try await Place.with(engine) { place in
            try await AcknowledgedTests.rounds(place, seed: 41) { run in run.kill() }
        }
    }

    @Test(
        "kill -9 of PostgreSQL at any moment: every look and every act that was answered is there",
        .enabled(if: OwnServer.isPossible, "there is no PostgreSQL"))
    func killedDatabase() async throws {
        let folder = try Folder.make()
        let server = OwnServer(folder: folder)
        do {
            let place = try await Place.on(try await server.start(), database: "answers", folder: folder)
            try await AcknowledgedTests.rounds(place, seed: 42) { run in
                server.kill()
                run.kill()
                _ = try await server.start()
            }
        } catch {
            Issue.record("\(error)")
        }
        await server.stop()
        Folder.remove(folder)
    }

    private static func rounds(
        _ place: Place, seed: UInt64, _ cut: @escaping @Sendable (Program.Run) async throws -> Void
    ) async throws {
        var random = SeededRandom(seed: seed)
        var writer = SheetWriter(seed: 2024)
        let text = writer.batch(rows: 120)
        #expect(try await place.run("batch", "import", try place.file("24283-lo.csv", text.utf8)).status == 0)
        let persons = try await place.rows("24283-lo").filter { $0.fate == "accepted" }.compactMap(\.person)
        var looks = 0
        var pages = 0
        var acts = 0
        for round in 0..<rounds {
            let answered = Answered()
            let run = try place.start("serve", "--first-run", "--port", "0")
            defer { run.kill() }
            let port = try await run.announcedPort()
            let moment = Double(400 + random.next() % 1_200) / 1_000
            try await withThrowingTaskGroup(of: Void.self) { group in
                for client in 0..<clients {
                    group.addTask { await answered.gather(UInt64(round * clients + client) + 7, persons, port) }
                }
                let (shown, first) = AsyncStream.makeStream(of: Void.self)
                group.addTask {
                    await answered.leaf(UInt64(round) + 3, persons, port) { first.finish() }
                    first.finish()
                }
                group.addTask {
                    // The moment comes while the clients are at work; every other time the console too, however slow
                    // the machine is.
                    if round.isMultiple(of: 2) { for await _ in shown {} }
                    await withCheckedContinuation { continuation in
                        DispatchQueue.global().asyncAfter(deadline: .now() + moment) { continuation.resume() }
                    }
                    try await cut(run)
                }
                try await group.waitForAll()
            }
            #expect(try await run.outcome().status == -SIGKILL)
            let told = answered.entries.withLock { $0 }
            #expect(try await place.missing(told.looks, in: "look", "look_id") == [])
            #expect(try await place.missing(told.acts, in: "act", "act_id") == [])
            looks += told.looks.count
            pages += told.pages
            acts += told.acts.count
        }
        #expect(looks > 0 && acts > 0 && pages > 0)
        try await place.expectSound()
        Testimony.say(
            "\(place.engine): \(looks) looks (\(pages) of them pages of the console) and \(acts) acts "
                + "answered before \(rounds) kills, all there")
    }

    /// The entries that answers named.
    private final class Answered: Sendable {
        let entries = Mutex((looks: [Int64](), acts: [Int64](), pages: 0))

        /// Looks and records until the server answers no more.
        func gather(_ seed: UInt64, _ persons: [String], _ port: Int) async {
            let json: HTTPFields = [.contentType: "application/json"]
            try? await TestClient.withClient(host: "127.0.0.1", port: port) { http in
                var random = SeededRandom(seed: seed)
                while true {
                    let person = persons[Int(random.next() % UInt64(persons.count))]
                    if random.next() % 3 == 0 {
                        let body =
                            #"{"kind": "absence_declared", "persons": ["\#(person)"], "content": {"reason": "xa"}}"#
                        let answer = try await http.post("/api/v1/acts", headers: json, body: ByteBuffer(string: body))
                        guard answer.status == .created, let act = Answered.number("act", in: answer) else { return }
                        self.entries.withLock { $0.acts.append(act) }
                    } else {
                        let answer = try await http.get("/api/v1/persons/\(person)")
                        guard answer.status == .ok, let look = Answered.number("receipt", in: answer) else { return }
                        self.entries.withLock { $0.looks.append(look) }
                    }
                }
            }
        }

        /// Reads pages of people and results of searches at the console until the server answers no more.
        func leaf(_ seed: UInt64, _ persons: [String], _ port: Int, onPage: @escaping @Sendable () -> Void) async {
            try? await TestClient.withClient(host: "127.0.0.1", port: port) { http in
                let browser = try await ConsoleBrowser("can-bo-bo", http)
                var random = SeededRandom(seed: seed)
                while true {
                    let page: String
                    if random.next() % 4 == 0 {
                        let found = try await browser.post("/search", ["q": "Nguyễn Văn"])
                        page = found.body.map { String(buffer: $0) } ?? ""
                    } else {
                        let person = persons[Int(random.next() % UInt64(persons.count))]
                        page = try await browser.page("/persons/\(person)").text
                    }
                    guard let look = ConsoleBrowser.trace(of: page) else { return }
                    self.entries.withLock { entries in
                        entries.looks.append(look)
                        entries.pages += 1
                    }
                    onPage()
                }
            }
        }

        private static func number(_ member: String, in answer: TestClient.Response) -> Int64? {
            guard let body = answer.body,
                let object = try? JSONSerialization.jsonObject(with: Data(body.readableBytesView)) as? [String: Any]
            else { return nil }
            return (object[member] as? String).flatMap(Int64.init)
        }
    }
}

extension Place {
    /// Which of these entries the register does not have.
    fileprivate func missing(_ entries: [Int64], in table: String, _ column: String) async throws -> [Int64] {
        let store = try await Database.open(
            try DatabaseLocation(parsing: database), options: DatabaseOptions(createIfMissing: false))
        let missing = try await store.read { connection in
            try entries.filter { entry in
                try connection.first("SELECT 1 FROM \(table) WHERE \(column) = ?", [.integer(entry)]) { _ in true }
                    == nil
            }
        }
        await store.close()
        return missing
    }
}
