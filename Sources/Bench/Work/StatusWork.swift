import Cards
import Database
import Foundation
import Ledger
import Population

/// Whether a card holds, asked over HTTP with each look durable before its answer, beside the register's own look-up.
struct StatusWork {
    let place: BenchPlace

    private static let cards = 20_000
    /// Whatever two runs on one machine differ by.
    private static let least = 0.9

    func measure() async throws -> [Figure] {
        guard place.postgres != nil else { return [] }
        let http = HTTPWork(place: place)
        let register = try await place.register(.postgresql)
        let database = try await register.open()
        let population = try await register.population(database)
        let numbers = try await LookupWork.numbers(database, atMost: StatusWork.cards)
        let isFilled = try await database.read {
            try $0.first("SELECT 1 FROM card WHERE series = 'bench-status' LIMIT 1") { _ in true } ?? false
        }
        if !isFilled {
            let cards = CardRegister(population: population, numbers: EntryNumbers(population.surroundings))
            _ = try await CardRows(of: cards).active(StatusWork.cards, series: "bench-status")
        }
        let asked = try await database.read { connection in
            try connection.rows(
                "SELECT number, issued FROM card WHERE series = 'bench-status' ORDER BY card_id % 1009, card_id"
            ) { (try $0.int64(0), try $0.text(1)) }
        }
        await database.close()
        let server = try BenchServer(place.program, register, port: HTTPWork.port)
        defer { server.stop() }
        try await server.waitUntilItAnswers()
        let (looks, checks) = (try list("looks", numbers.map(Self.text)), try list("checks", asked.map(Self.check)))
        var samples = (checks: Samples(), looks: Samples())
        for _ in 0..<place.runs {
            samples.checks.add(
                try http.load(script: HTTPWork.posts(checks, to: "/api/v1/cards/status"), path: "/").rate)
            samples.looks.add(
                try http.load(script: HTTPWork.posts(looks, to: "/api/v1/persons/lookup"), path: "/").rate)
        }
        return [
            Figure(
                work: "status of a card over HTTP, durable entry, 32 clients", value: samples.checks.median, unit: "/s",
                baseline: "look-up by number over HTTP", baselineValue: samples.looks.median,
                required: "as fast (≥ \(StatusWork.least) of it)",
                isReached: samples.checks.median >= StatusWork.least * samples.looks.median,
                least: samples.checks.least, greatest: samples.checks.greatest)
        ]
    }

    private static func digits(_ number: Int64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: 12 - digits.count) + digits
    }

    private static func text(_ number: Int64) -> String { #"{"number":"\#(digits(number))"}"# }

    private static func check(_ number: Int64, _ issued: String) -> String {
        #"{"number":"\#(digits(number))","issued":"\#(issued)"}"#
    }

    /// A file with a body a line.
    private func list(_ name: String, _ bodies: [String]) throws -> String {
        let file = place.folder.appendingPathComponent("\(name).jsonl")
        try bodies.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }
}
