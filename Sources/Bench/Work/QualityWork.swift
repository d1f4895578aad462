import Civil
import Database
import Foundation
import Ledger
import Population

/// The quality of all people of the register: counted now, and read from the daily series.
struct QualityWork {
    let place: BenchPlace

    func measure() async throws -> [Figure] {
        var figures: [Figure] = []
        for engine in place.engines {
            let register = try await place.register(engine)
            let database = try await register.open()
            let today = try await register.population(database)
            let scope = QualityScope(nationIn: .fromJuly2025)
            let recorded = try await today.recordQualityDay().day
            let tomorrow = try await register.population(database, later: 86_400)
            var fresh = Samples()
            var series = Samples()
            for _ in 0..<place.runs {
                fresh.add(try await Stopwatch.seconds { _ = try await today.quality(of: scope) })
                series.add(
                    try await Stopwatch.seconds { _ = try await tomorrow.quality(of: scope, on: recorded) } * 1_000)
            }
            let persons = Double(try await today.counts().persons)
            await database.close()
            // The figure is asked for a million people; fewer are held to their share of it.
            let asked = 2 * max(persons, 1) / 1_000_000
            figures.append(
                Figure(
                    work: "quality counted now, \(engine)", value: fresh.median, unit: "s",
                    required: "≤ 2 s a million", isReached: fresh.median <= asked, least: fresh.least,
                    greatest: fresh.greatest))
            figures.append(
                Figure(
                    work: "quality from the daily series, \(engine)", value: series.median, unit: "ms",
                    required: "≤ 20 ms", isReached: series.median <= 20, least: series.least,
                    greatest: series.greatest))
        }
        return figures
    }
}
