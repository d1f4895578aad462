import Database
import Foundation
import TestStores
import Testing

/// A sweep that does not come to its end in one go.
@Suite("A sweep for duplicates in parts", .serialized)
struct DuplicateSweepTests {
    /// People of several provinces, each of whom is collected again elsewhere with day and month swapped.
    static func files() -> [(name: String, text: String)] {
        let provinces = [
            "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội", "Phường An Khánh, Quận Ninh Kiều, Thành phố Cần Thơ",
        ]
        let givens = ["An", "Bình", "Cường", "Dung", "Giang", "Hạnh", "Khánh", "Lan", "Minh", "Nga", "Oanh", "Phúc"]
        let middles = ["Thị Ngọc", "Văn", "Đình", "Thu", "Quang", "Bích", "Hữu", "Kim", "Xuân"]
        func row(_ number: Int, again: Bool) -> String {
            let name = "\(["Nguyễn", "Trần", "Lê", "Phạm"][number % 4]) \(middles[number % 9]) \(givens[number % 12])"
            let (day, month) = (number % 11 + 1, number * 7 % 12 + 1)
            let home = provinces[number % 2]
            return SheetWriter.row(
                number, household: "\(again ? "L" : "H")\(number)",
                [
                    "ho_ten": name, "gioi_tinh": number % 2 == 0 ? "Nam" : "Nữ",
                    "ngay_sinh": again
                        ? "\(month)/\(day)/\(1950 + number % 50)" : "\(day)/\(month)/\(1950 + number % 50)",
                    "so_cmnd": String(200_000_000 + number * 7_919), "thuong_tru": home, "noi_o_hien_tai": home,
                ])
        }
        func file(_ again: Bool) -> String {
            ([SheetWriter.heading] + (1...160).map { row($0, again: again) }).joined(separator: "\n") + "\n"
        }
        return [("mot", file(false)), ("hai", file(true))]
    }

    private static func fill(_ place: Place) async throws {
        for (name, text) in files() {
            let path = try place.file("\(name).csv", text.utf8)
            #expect(try await place.run("batch", "import", path).status == 0)
        }
    }

    private static func queue(_ place: Place) async throws -> [String] {
        let outcome = try await place.run("duplicates", "review", "--limit", "1000", "--json")
        let pairs = outcome.objects.first?["pairs"] as? [[String: Any]] ?? []
        return pairs.map { "\($0["left"] ?? "") \($0["right"] ?? "") \($0["probability"] ?? "")" }
    }

    private static func standing(_ place: Place) async throws -> [String: Any] {
        try await place.run("duplicates", "status", "--json").objects.first ?? [:]
    }

    @Test(
        "it pauses between parts, tells how far it is, and goes on; the queue is that of one go",
        arguments: TestStore.engines)
    func pauses(engine: Engine) async throws {
        try await Place.with(engine) { place in
            try await DuplicateSweepTests.fill(place)
            #expect(try await DuplicateSweepTests.standing(place)["under_way"] is NSNull)
            // What the import of the second batch told.
            let asked = try await DuplicateSweepTests.queue(place)
            #expect(asked.count > 100)
            let first = try await place.run("duplicates", "sweep", "--parts", "1", "--json")
            #expect(first.status == 0, "\(first.errors)")
            let progress = try #require(first.objects.first)
            #expect(progress["parts_done"] as? Int == 1)
            let parts = try #require(progress["parts"] as? Int)
            #expect(parts >= 2, "\(progress)")
            let underWay = try await DuplicateSweepTests.standing(place)["under_way"] as? [String: Any]
            #expect(underWay?["parts_done"] as? Int == 1)
            // Nothing of it is told before all parts are.
            #expect(try await DuplicateSweepTests.queue(place) == asked)
            #expect(try await place.run("duplicates", "status").output.contains("1/\(parts)"))
            // Another threshold is another sweep, and a trial leaves the one that is under way.
            #expect(try await place.run("duplicates", "sweep", "--threshold", "0.9", "--dry-run").status == 0)
            let last = try await place.run("duplicates", "sweep", "--json")
            #expect(last.status == 0, "\(last.errors)")
            #expect(try await DuplicateSweepTests.standing(place)["under_way"] is NSNull)
            let queue = try await DuplicateSweepTests.queue(place)
            #expect(queue.count > 100)
            #expect(try await place.run("duplicates", "sweep", "--anew").status == 0)
            #expect(try await DuplicateSweepTests.queue(place) == queue)
            try await place.expectSound()
        }
    }

    @Test(
        "kill -9 in the middle: the next sweep goes on, and the queue is that of one go", arguments: TestStore.engines)
    func killed(engine: Engine) async throws {
        try await Place.with(engine) { place in
            try await DuplicateSweepTests.fill(place)
            let began = ContinuousClock.now
            #expect(try await place.run("duplicates", "sweep").status == 0)
            let whole = (ContinuousClock.now - began) / .seconds(1)
            let queue = try await DuplicateSweepTests.queue(place)
            var random = SeededRandom(seed: 97)
            var window = KillWindow(longest: whole)
            var (killed, underWay) = (0, 0)
            while killed < 12 {
                // There is a part that is done, whenever the kill comes.
                if try await DuplicateSweepTests.standing(place)["under_way"] is NSNull {
                    #expect(try await place.run("duplicates", "sweep", "--parts", "1").status == 0)
                }
                let run = try place.start("duplicates", "sweep")
                run.kill(after: window.moment(&random))
                let status = try await run.outcome().status
                #expect(status == 0 || status == -SIGKILL)
                window.note(hit: status == -SIGKILL)
                if status == -SIGKILL { killed += 1 }
                if try await DuplicateSweepTests.standing(place)["under_way"] is [String: Any] { underWay += 1 }
                #expect(try await DuplicateSweepTests.queue(place) == queue)
            }
            Testimony.say("\(engine): killed \(killed) sweeps, \(underWay) of them between their parts")
            let last = try await place.run("duplicates", "sweep")
            #expect(last.status == 0, "\(last.errors)")
            #expect(try await DuplicateSweepTests.queue(place) == queue)
            try await place.expectSound()
        }
    }

    @Test(
        "an import marks the rows that are probably somebody's, and puts them into the queue",
        arguments: TestStore.engines)
    func imported(engine: Engine) async throws {
        try await Place.with(engine) { place in
            try await DuplicateSweepTests.fill(place)
            let first = try await place.rows("mot")
            #expect(first.allSatisfy { !$0.findings.contains("possible_duplicate") })
            let outcome = try await place.run("batch", "rows", "hai", "--json")
            let rows = outcome.objects
            #expect(rows.count == 160)
            var (right, accepted) = (0, 0)
            // Where day and month are one number, the second sheet is surely the same person's, and held.
            for row in rows where row["fate"] as? String != "held" {
                accepted += 1
                #expect(row["fate"] as? String == "accepted_with_findings")
                let findings = row["findings"] as? [[String: Any]] ?? []
                let maybe = findings.first { $0["code"] as? String == "possible_duplicate" }?["maybe"] as? [String: Any]
                let number = try #require(row["row"] as? Int)
                if maybe?["person"] as? String == first.first(where: { $0.row == number })?.person { right += 1 }
                #expect(maybe == nil || maybe?["likelihood"] is String)
            }
            Testimony.say("\(engine): \(right) of \(accepted) rows marked with the person whom they double")
            #expect(accepted > 130 && right >= accepted - 3)
            let queue = try await DuplicateSweepTests.queue(place)
            #expect(queue.count >= right)
            // What was marked stands in the acts, so it can be made anew from them.
            try await place.expectSound()
        }
    }
}
