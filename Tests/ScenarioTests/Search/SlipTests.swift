import Access
import ArgumentParser
import Database
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Population
import TestStores
import Testing

@testable import Commands
@testable import Web

@Suite("People of the demonstration, half remembered", .serialized)
struct SlipTests {
    private struct Person {
        let handle: String
        let name: String
        let year: Int
    }

    /// Twenty persons of the batch with a name of two words or more and a year of birth.
    private static func people(_ place: Place, seed: UInt64) async throws -> [Person] {
        let rows = try await place.rows("24283-demonstration")
        let known = rows.compactMap { row -> Person? in
            guard let handle = row.person, let name = row.name, name.contains(" "), let birth = row.birth,
                let year = Int(birth.prefix(4))
            else { return nil }
            return Person(handle: handle, name: name, year: year)
        }
        var random = SeededRandom(seed: seed)
        return Array(known.shuffled(using: &random).prefix(20))
    }

    @Test(
        "more than twenty kinds of slips find each of twenty persons among the first twenty, over HTTP",
        arguments: TestStore.engines)
    func slips(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let crowd = Shared.isFull ? 10_000 : 1_500
            #expect(try await place.run("demo", "generate", "--people", "\(crowd)", "--seed", "3").status == 0)
            #expect(try await place.run("batch", "import", Shared.demonstration).status == 0)
            try await place.withClient { client in
                for seed in Fuzz.seeds {
                    try await Self.search(try await Self.people(place, seed: seed), seed, client, crowd)
                }
            }
        }
    }

    private static func search(
        _ people: [Person], _ seed: UInt64, _ client: some TestClientProtocol, _ crowd: Int
    ) async throws {
        #expect(people.count == 20)
        var random = SeededRandom(seed: seed &+ 77)
        var missed: [String] = []
        var lines: [String] = []
        var (all, found, withoutYear) = (0, 0, 0)
        for kind in Misheard.allCases {
            var (asked, good) = (0, 0)
            for person in people {
                guard let text = kind.text(of: person.name, &random) else { continue }
                asked += 1
                let year = person.year + random.number(-1...1)
                if try await isFound(person, ["name": text, "born": "\(year)"], client) {
                    good += 1
                } else {
                    missed.append("\(kind): \(person.name) as \(text)")
                }
                if try await isFound(person, ["name": text], client) { withoutYear += 1 }
            }
            all += asked
            found += good
            lines.append("\(kind) \(good)/\(asked)")
            // No kind of slip is lost among the others.
            #expect(good * 100 >= asked * (asked < 10 ? 50 : 80), "\(kind): \(missed)")
        }
        Testimony.say(
            "\(found) of \(all) found among \(crowd) with the year ± 1, \(withoutYear) by the name alone; "
                + lines.joined(separator: ", ") + missed.map { "\n  missed: \($0)" }.joined())
        #expect(all >= 400)
        #expect(found * 100 >= all * 95, "\(missed)")
        #expect(withoutYear * 100 >= all * 90, "by the name alone")
    }

    private static func isFound(
        _ person: Person, _ fields: [String: String], _ client: some TestClientProtocol
    ) async throws -> Bool {
        let body = String(decoding: try JSONEncoder().encode(fields), as: UTF8.self)
        let answer = try await client.post("/api/v1/persons/search", body)
        if answer.status == 400 {
            // Of a name like "L? A D?" no word is left that could be searched.
            #expect(answer.code == "search_name_too_short", "\(body)")
            return false
        }
        #expect(answer.status == 200, "\(body)")
        guard case .array(let results)? = answer.json["results"] else { return false }
        #expect(results.count <= 20)
        return results.contains { $0["handle"]?.text == person.handle }
    }
}

extension Place {
    /// The register of the place, opened as the server opens it, while `body` runs.
    func withRegister<Result: Sendable>(
        _ body: @Sendable (OpenedRegister) async throws -> Result
    ) async throws -> Result {
        let options = try RegisterOptions.parse(["--database", database, "--keys", keys.path])
        return try await OpenedRegister.with(options, creating: nil, body)
    }

    /// A client of the routes of that register.
    func withClient(_ body: @Sendable @escaping (any TestClientProtocol) async throws -> Void) async throws {
        try await withRegister { register in
            let server = try WebServer(
                register: register.population, access: register.access, cards: register.cards,
                identity: register.identity,
                sequencer: register.sequencer, localOperator: .everybody, keys: register.verificationKeys,
                host: "127.0.0.1", port: 8080)
            try await Application(router: try server.router()).test(.router) { try await body($0) }
        }
    }
}
