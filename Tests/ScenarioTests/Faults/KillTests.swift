import Database
import Foundation
import TestStores
import Testing

@Suite("The program is killed while it imports", .serialized)
struct KillTests {
    @Test("kill -9 at any moment: the next import goes on, and every row has one fate", arguments: TestStore.engines)
    func killedProgram(engine: Engine) async throws {
        var random = SeededRandom(seed: engine == .sqlite ? 11 : 12)
        let rounds = Kills.rounds
        var writer = SheetWriter(seed: 2021)
        let text = writer.batch(rows: Kills.rows)
        let clock = ContinuousClock()
        // An undisturbed import, to compare with.
        let (expected, rows, seconds) = try await Place.with(engine) { place in
            let path = try place.file("big.csv", text.utf8)
            let began = clock.now
            let outcome = try await place.run(Kills.arguments(path))
            let took = (clock.now - began) / .seconds(1)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let counts = try #require(outcome.objects.first.flatMap(Counts.init))
            return (counts, try await place.rows("big").map(\.withoutHandles), took)
        }
        var killed = 0
        var imports = 0
        var window = KillWindow(longest: seconds * 0.7)
        while killed < rounds {
            imports += 1
            try await Place.with(engine) { place in
                let path = try place.file("big.csv", text.utf8)
                var ended = false
                while !ended {
                    let run = try place.start(Kills.arguments(path))
                    if killed < rounds { run.kill(after: window.moment(&random)) }
                    let outcome = try await run.outcome()
                    window.note(hit: outcome.status == -SIGKILL)
                    switch outcome.status {
                    case 0: ended = true
                    case -SIGKILL:
                        killed += 1
                        // What was written stands whole, at every moment.
                        // The kill may come before there is a register at all.
                        let list = try await place.run("batch", "list")
                        if killed % 5 == 0, !list.errors.contains("register_missing") {
                            try await place.expectSound("after kill \(killed)")
                        }
                    default:
                        Issue.record("exit \(outcome.status): \(outcome.errors)")
                        ended = true
                        killed = rounds
                    }
                }
                #expect(try await place.batch("big") == expected)
                #expect(try await place.rows("big").map(\.withoutHandles) == rows)
                try await place.expectSound("after \(killed) kills")
            }
        }
        Testimony.say(
            "\(engine): killed \(killed) times over \(imports) imports of \(expected.rows) rows, all whole; "
                + "undisturbed \(Int(Double(expected.rows) / seconds)) rows/s")
    }

    @Test("two imports of the same file at once both end well, every row once", arguments: TestStore.engines)
    func sameFileTwice(engine: Engine) async throws {
        var writer = SheetWriter(seed: 7)
        let text = writer.batch(rows: Shared.isFull ? 3_500 : 700)
        try await Place.with(engine) { place in
            let path = try place.file("twice.csv", text.utf8)
            #expect(try await place.run("register", "create").status == 0)
            let runs = try (1...2).map { _ in try place.start(Kills.arguments(path)) }
            var answers: [Counts] = []
            for run in runs {
                let outcome = try await run.outcome()
                #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
                answers += outcome.objects.compactMap(Counts.init)
            }
            #expect(answers.count == 2)
            #expect(answers.first == answers.last)
            #expect(answers.first?.addUp == true)
            let rows = try await place.rows("twice")
            #expect(Set(rows.map(\.place)).count == rows.count)
            #expect(rows.count == answers.first?.rows)
            try await place.expectSound()
        }
    }

    @Test(
        "two imports into a place where no register is yet: one register, both end well", arguments: TestStore.engines)
    func twoCreate(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let first = try place.file("first.csv", SheetWriter.file(rows: 40).utf8)
            let second = try place.file("second.csv", SheetWriter.file(rows: 50).utf8)
            let runs = try [first, second].map { try place.start("batch", "import", $0, "--json") }
            for run in runs {
                let outcome = try await run.outcome()
                #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            }
            let rows = try await place.batches().mapValues(\.rows)
            #expect(rows == ["first": 40, "second": 50])
            try await place.expectSound()
        }
    }

    @Test("six small batches at once each get a number of their own", arguments: TestStore.engines)
    func sixAtOnce(engine: Engine) async throws {
        try await Place.with(engine) { place in
            #expect(try await place.run("register", "create").status == 0)
            let runs = try (1...6).map { number in
                let row = SheetWriter.row(number, household: "H\(number)", ["so_cmnd": String(300_000_000 + number)])
                let path = try place.file("six-\(number).csv", (SheetWriter.heading + "\n" + row + "\n").utf8)
                return try place.start("batch", "import", path, "--json")
            }
            for run in runs {
                let outcome = try await run.outcome()
                #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            }
            #expect(try await place.batches().count == 6)
            try await place.expectSound()
        }
    }

    @Test("two overlapping batches at once: nobody stands twice", arguments: TestStore.engines)
    func overlapping(engine: Engine) async throws {
        let third = Shared.isFull ? 1_000 : 200
        let lines = (1...third * 3).map { number in
            SheetWriter.row(
                number, household: "H\(number)",
                ["so_cmnd": String(200_000_000 + number), "ngay_sinh": "\(number % 28 + 1)/05/\(1950 + number % 50)"])
        }
        try await Place.with(engine) { place in
            let halves = ["left": lines[..<(third * 2)], "right": lines[third...]]
            #expect(try await place.run("register", "create").status == 0)
            let runs = try halves.map { name, rows in
                let text = ([SheetWriter.heading] + rows).joined(separator: "\n")
                return try place.start(Kills.arguments(try place.file(name + ".csv", text.utf8)))
            }
            for run in runs {
                let outcome = try await run.outcome()
                #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            }
            let batches = try await place.batches()
            for batch in batches.values { #expect(batch.addUp, "\(batch)") }
            #expect(batches.values.map(\.persons).reduce(0, +) == third * 3)
            #expect(batches.values.map(\.held).reduce(0, +) == third)
            for batch in batches.values { #expect(batch.findings["duplicate"] == third, "\(batch)") }
            try await place.expectSound()
        }
    }
}
