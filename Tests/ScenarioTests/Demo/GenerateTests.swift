import Database
import Foundation
import TestStores
import Testing

@Suite("An invented nation, from the command line to the answers", .serialized)
struct GenerateTests {
    private static let people = ["demo", "generate", "--people", "2000", "--seed", "20"]

    private static let fewer = ["demo", "generate", "--people", "700", "--seed", "20", "--years", "2", "--json"]

    @Test("what the import says of invented sheets is what they are, the same on every engine")
    func truth() async throws {
        var counts: [Engine: [String: Counts]] = [:]
        for engine in TestStore.engines {
            try await Place.with(engine) { place in
                let truth = place.folder.appendingPathComponent("truth.csv")
                let outcome = try await place.run(Self.people + ["--truth", truth.path, "--json"])
                #expect(outcome.status == 0, "\(outcome.errors)")
                let made = try #require(outcome.objects.first)
                #expect(made["people"] as? Int == 2_000)
                counts[engine] = try await place.batches()
                if engine == .sqlite {
                    try await compare(place, try Collection.truth(at: truth), rows: made["rows"] as? Int)
                }
                try await place.expectSound()
            }
        }
        for engine in TestStore.engines { #expect(counts[engine] == counts[.sqlite], "\(engine)") }
    }

    private func compare(_ place: Place, _ truth: [String: [Int: TrueRow]], rows made: Int?) async throws {
        var agreement = Agreement()
        var rows = 0
        let batches = try await place.batches()
        #expect(Set(batches.keys) == Set(truth.keys))
        #expect(batches.values.map(\.rows).reduce(0, +) == made)
        for (name, counts) in batches.sorted(by: { $0.key < $1.key }) {
            #expect(counts.addUp, "\(counts)")
            for row in try await place.rows(name) {
                agreement.count(row, try #require(truth[name]?[row.row]))
                rows += 1
            }
        }
        #expect(rows == made)
        Testimony.say(agreement.table)
        // Files of forty rows have few witnesses of how a name is spelt.
        CollectionTests.hold(agreement, floors: ["name, written bare": 0.4, "name, all rows": 0.98])
    }

    @Test("years of life are recorded by the register's own rules; none is refused", arguments: TestStore.engines)
    func years(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let outcome = try await place.run(Self.fewer)
            let made = try #require(outcome.objects.first)
            let requests = try #require(made["requests"] as? Int)
            #expect(requests > 150)
            #expect(made["acts_refused"] as? Int == 0)
            #expect(made["acts_recorded"] as? Int == requests)
            try await place.expectSound()
            // Again, and nothing changes.
            let leaves = try await place.leaves()["acts"]
            let again = try await place.run(Self.fewer)
            #expect(again.objects.first?["acts_recorded"] as? Int == requests)
            #expect(try await place.leaves()["acts"] == leaves)
        }
    }

    @Test("a run that is killed goes on where it stopped, and everything is there once", arguments: TestStore.engines)
    func killed(engine: Engine) async throws {
        let clock = ContinuousClock()
        let (expected, leaves, seconds) = try await Place.with(engine) { place in
            let began = clock.now
            #expect(try await place.run(Self.fewer).status == 0)
            let took = (clock.now - began) / .seconds(1)
            return (try await place.batches(), try await place.leaves()["acts"], took)
        }
        try await Place.with(engine) { place in
            var killed = 0
            while true {
                let run = try place.start(Self.fewer)
                // The first time early, then later and later: in sheets, in acts, between files.
                if killed < 4 { run.kill(after: seconds * Double(killed + 1) / 7) }
                let outcome = try await run.outcome()
                if outcome.status == 0 { break }
                #expect(outcome.status == -SIGKILL, "\(outcome.errors)")
                killed += 1
                guard killed < 20 else { break }
            }
            #expect(killed > 0)
            Testimony.say("\(engine): generating was killed \(killed) times and went on")
            #expect(try await place.batches() == expected)
            #expect(try await place.leaves()["acts"] == leaves)
            try await place.expectSound()
        }
    }

    @Test("batches and acts written as files come in by the commands for files", arguments: TestStore.engines)
    func files(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let folder = place.folder.appendingPathComponent("sheets").path
            let written = try await place.run(
                ["demo", "generate", "--people", "600", "--seed", "5", "--years", "1", "--csv", folder, "--json"])
            #expect(written.status == 0, "\(written.errors)")
            let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".csv") }
            #expect(files.count == written.objects.first?["batches"] as? Int)
            let imported = try await place.run(
                ["batch", "import", "--json"] + files.sorted().map { folder + "/" + $0 })
            #expect(imported.status == 0, "\(imported.errors)")
            let acts = try await place.run("act", "record", "--lines", folder + "/acts.jsonl", "--json")
            #expect(acts.status == 0, "\(acts.errors)")
            let counts = try #require(acts.objects.first)
            #expect(counts["lines"] as? Int == written.objects.first?["requests"] as? Int)
            #expect(counts["recorded"] as? Int == counts["lines"] as? Int, "\(acts.output)")
            try await place.expectSound()
        }
    }

    @Test("requests that a rule forbids are told by line and keep no other out", arguments: TestStore.engines)
    func refusals(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let sheets = try place.file("three.csv", SheetWriter.file(rows: 3).utf8)
            #expect(try await place.run("batch", "import", sheets).status == 0)
            let death = #"{"kind":"died","effective":"2021-05-01","persons":["sheet:three/1"],"content":{}}"#
            let lines = [
                death, death, "{",
                #"{"kind":"died","effective":"2021-05-01","persons":["sheet:three/9"],"content":{}}"#,
                #"{"kind":"moved","effective":"2021-05-02","persons":["line:2"],"content":{"address":"x"}}"#,
                #"{"kind":"number_assigned","effective":"2021-05-02","persons":["sheet:three/2"],"#
                    + #""content":{"number":"005070000001"}}"#,
            ]
            let path = try place.file("acts.jsonl", (lines.joined(separator: "\n") + "\n").utf8)
            let tried = try await place.run("act", "record", "--lines", path, "--json", "--dry-run")
            #expect(tried.objects.first?["recorded"] as? Int == 2 && tried.objects.first?["refused"] as? Int == 4)
            #expect(tried.objects.first?["dry_run"] as? Bool == true)
            #expect(try await place.leaves()["acts"] == Place.ownActs + 3 + 3 + 1)
            let outcome = try await place.run("act", "record", "--lines", path, "--json")
            let counts = try #require(outcome.objects.first)
            #expect(counts["recorded"] as? Int == 2 && counts["dry_run"] == nil)
            let refusals = try #require(counts["refusals"] as? [[String: Any]])
            #expect(refusals.map { $0["line"] as? Int } == [2, 3, 4, 5])
            #expect(
                refusals.map { $0["code"] as? String } == [
                    "already_dead", "request_unreadable", "person_not_found", "person_not_found",
                ])
            let again = try await place.run("act", "record", "--lines", path, "--json")
            #expect(again.objects.first?["recorded"] as? Int == 2)
            #expect(try await place.leaves()["acts"] == Place.ownActs + 3 + 3 + 1 + 2)
            try await place.expectSound()
        }
    }

    @Test("wrong options, a full folder and a production register are refused with a sentence")
    func refused() async throws {
        try await Place.with(.sqlite) { place in
            for options in [
                ["--people", "0"], ["--people", "10000001"], ["--people", "10", "--faults", "500"],
                ["--people", "10", "--single"], ["--people", "10", "--collected", "2020-02-30"],
                ["--people", "10", "--years", "21"], ["--people", "10000000", "--years", "10"],
            ] {
                #expect(try await place.run(["demo", "generate"] + options).status == 64, "\(options)")
            }
            let late = try await place.run(
                "demo", "generate", "--people", "10", "--collected", "2099-01-01", "--years", "1")
            #expect(late.status == 1)
            #expect(late.errors.contains("effective_in_future"))
            let full = try await place.run("demo", "generate", "--people", "10", "--csv", place.folder.path)
            #expect(full.status == 1)
            #expect(full.errors.contains("folder_not_empty"))
            #expect(try await place.run("register", "create", "--production").status == 0)
            let strict = try await place.run("demo", "generate", "--people", "10")
            #expect(strict.status == 1)
            #expect(strict.errors.contains("production_register"))
        }
    }
}
