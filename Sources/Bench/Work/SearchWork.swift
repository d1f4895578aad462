import Civil
import Database
import Foundation
import Invention
import Linkage

/// Search by names with slips, among as many invented people as are asked for; `pg_trgm` beside it.
struct SearchWork {
    let place: BenchPlace

    private static let questions = 2_000
    private static let baselineQuestions = 60

    /// The units that come with the program.
    static func units() throws -> UnitDirectory {
        var units = UnitDirectory()
        for name in ShippedUnits.names { try units.load(ShippedUnits.bytes(name) ?? []) }
        return units
    }

    func measure() async throws -> [Figure] {
        guard let map = NationMap(units: try SearchWork.units()) else { return [] }
        let nation = InventedNation(
            plan: NationPlan(
                people: place.people, seed: UInt64(BenchPlace.seed),
                collected: CalendarDate(year: 2020, month: 9, day: 15) ?? CalendarDate(daysSinceEpoch: 0)),
            map: map)
        var builder = SearchIndex.Builder(expecting: place.people)
        var people: [Question.Person] = []
        var number: Int64 = 0
        let build = await Stopwatch.seconds {
            for share in nation.shares {
                for household in nation.households(of: share) {
                    for member in household.members {
                        number += 1
                        builder.add(SearchEntry(person: number, names: [member.name], birth: PartialDate(member.birth)))
                        people.append(Question.Person(number: number, name: member.name, year: member.birth.year))
                    }
                }
            }
        }
        let started = ContinuousClock.now
        let index = builder.build()
        var figures = [
            Figure(
                work: "search: index built", value: Double(number) / (build + Stopwatch.seconds(since: started)),
                unit: "names/s"),
            Figure(
                work: "search: memory of the index", value: Double(index.bytes) / Double(max(1, number)),
                unit: "bytes/name"),
        ]
        let questions = Question.drawn(SearchWork.questions, from: people, seed: 7)
        let baseline = try await TrigramBaseline(place: place, people: people)?
            .measure(Array(questions.prefix(SearchWork.baselineQuestions)))
        figures += ask(index, questions, withYear: true, baseline?.withYear, limit: (30, 0.9))
        figures += ask(index, questions, withYear: false, baseline?.alone, limit: (100, nil))
        return figures
    }

    private func ask(
        _ index: SearchIndex, _ questions: [Question], withYear: Bool, _ baseline: TrigramBaseline.Answer?,
        limit: (milliseconds: Double, found: Double?)
    ) -> [Figure] {
        var times = Samples()
        var found = 0
        for question in questions {
            var criteria = SearchCriteria(name: question.typed)
            if withYear { criteria.birth = PartialDate(year: question.year) }
            let started = ContinuousClock.now
            let hits = index.search(criteria)
            times.add(Stopwatch.seconds(since: started) * 1_000)
            if hits.prefix(20).contains(where: { $0.person == question.person.number }) { found += 1 }
        }
        let share = Double(found) / Double(max(1, questions.count))
        let what = withYear ? "search: name + year ± 1" : "search: name alone"
        return [
            Figure(work: "\(what), p50", value: times.median, unit: "ms"),
            Figure(
                work: "\(what), p99", value: times.percentile(0.99), unit: "ms",
                baseline: baseline.map { _ in "pg_trgm p99" }, baselineValue: baseline?.p99,
                required: "≤ \(Int(limit.milliseconds)) ms", isReached: times.percentile(0.99) <= limit.milliseconds),
            Figure(
                work: "\(what), wanted among the first 20", value: share, unit: "",
                baseline: baseline.map { _ in "pg_trgm" }, baselineValue: baseline?.found,
                required: limit.found.map { "≥ \($0)" }, isReached: limit.found.map { share >= $0 }),
        ]
    }
}

/// A search that somebody makes, and who is meant.
struct Question: Sendable {
    struct Person: Sendable {
        let number: Int64
        let name: String
        let year: Int
    }

    let person: Person
    let typed: String
    /// The year that is remembered: the right one, or one beside it.
    let year: Int

    /// Questions with one or two slips each, the same for the same seed.
    static func drawn(_ count: Int, from people: [Person], seed: UInt64) -> [Question] {
        var slips = Slips(seed: seed)
        return (0..<count).map { _ in
            let person = people[slips.below(people.count)]
            var typed = person.name
            for _ in 0...slips.below(2) { typed = slips.slipped(typed) }
            return Question(person: person, typed: typed, year: person.year + [0, 0, 0, -1, 1][slips.below(5)])
        }
    }
}

/// PostgreSQL's own index of trigrams on the same names.
struct TrigramBaseline {
    struct Answer {
        let p99: Double
        let found: Double
    }

    private let database: Database

    /// Nil where there is no server with the extension.
    init?(place: BenchPlace, people: [Question.Person]) async throws {
        guard place.postgres != nil else { return nil }
        let url = try await place.database(named: "dancu_bench_trigram_\(place.people)", fresh: false)
        database = try await Database.open(try DatabaseLocation(parsing: url))
        do {
            try await database.writeBulk { connection in
                try connection.script(
                    """
                    CREATE EXTENSION IF NOT EXISTS pg_trgm;
                    CREATE TABLE IF NOT EXISTS named (id BIGINT PRIMARY KEY, name TEXT NOT NULL, year INT NOT NULL);
                    """)
                let count = try connection.first("SELECT count(*) FROM named") { try $0.int(0) } ?? 0
                if count == people.count { return }
                try connection.execute("DELETE FROM named")
                for start in stride(from: 0, to: people.count, by: 50_000) {
                    let rows = people[start..<min(start + 50_000, people.count)].map { person -> [SQLValue] in
                        [.integer(person.number), .text(Folding.key(person.name)), .integer(person.year)]
                    }
                    try connection.insert(into: "named", columns: ["id", "name", "year"], rows: rows)
                }
                try connection.script(
                    """
                    CREATE INDEX IF NOT EXISTS named_trigrams ON named USING gin (name gin_trgm_ops);
                    ANALYZE named;
                    """)
            }
        } catch {
            await database.close()
            return nil
        }
    }

    func measure(_ questions: [Question]) async throws -> (withYear: Answer, alone: Answer) {
        let withYear = try await ask(questions, "AND year BETWEEN ?2 AND ?3")
        let alone = try await ask(questions, "AND year > ?2 - ?3")
        await database.close()
        return (withYear, alone)
    }

    private func ask(_ questions: [Question], _ condition: String) async throws -> Answer {
        var times = Samples()
        var found = 0
        for question in questions {
            let typed = Folding.key(question.typed)
            let isAlone = condition.contains("-")
            let started = ContinuousClock.now
            let ids = try await database.read { connection in
                try connection.rows(
                    "SELECT id FROM named WHERE name % ?1 \(condition) ORDER BY similarity(name, ?1) DESC LIMIT 20",
                    [
                        .text(typed), .integer(isAlone ? 0 : question.year - 1),
                        .integer(isAlone ? 10_000 : question.year + 1),
                    ]
                ) { try $0.int64(0) }
            }
            times.add(Stopwatch.seconds(since: started) * 1_000)
            if ids.contains(question.person.number) { found += 1 }
        }
        return Answer(p99: times.percentile(0.99), found: Double(found) / Double(max(1, questions.count)))
    }
}
