import Database
import Foundation
import TestStores
import Testing

@Suite("Quality at the command line", .serialized)
struct QualityCommandTests {
    private static let ward = "until-2025-06-30/00001"

    private func share(_ object: [String: Any]?, _ measure: String) -> [Int] {
        let figures = object?["figures"] as? [String: Any]
        let share = figures?[measure] as? [String: Any]
        return [share?["part"] as? Int ?? -1, share?["whole"] as? Int ?? -1]
    }

    @Test("from a batch to its report, its map, its worklist, its targets and its days", arguments: TestStore.engines)
    func story(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let sheets = SheetWriter.file(rows: 12)
            #expect(try await place.run("batch", "import", try place.file("s.csv", sheets.utf8)).status == 0)

            let first = try await place.run("quality", "report", "--unit", QualityCommandTests.ward, "--json")
            #expect(first.status == 0, "\(first.errors)")
            #expect(share(first.objects.first, "clean") == [12, 12])
            #expect(share(first.objects.first, "alive") == [0, 12])
            #expect(share(first.objects.first, "coverage") == [12, 0])
            let text = try await place.run("quality", "report")
            #expect(text.output.contains("đủ / complete") && text.output.contains("Cục Cảnh sát"))
            #expect(text.output.contains("98.380.000"), "the shipped figures of the provinces")

            let list = try await place.run(
                "quality", "worklist", "--unit", QualityCommandTests.ward, "--limit", "2", "--json")
            let items = try #require(list.objects.first?["items"] as? [[String: Any]])
            #expect(items.count == 2 && list.objects.first?["whole"] as? Int == 12)
            let person = try #require(items.first?["person"] as? String)
            let receipt = try #require(list.objects.first?["receipt"] as? String)
            #expect(try await place.run("log", "prove", "looks", receipt).status == 0)

            let move =
                #"{"kind":"moved","effective":"2021-03-01","persons":["\#(person)"],"#
                + #""content":{"address":"Phường Phúc Xá, Quận Ba Đình, Hà Nội"}}"#
            #expect(try await place.run("act", "record", input: move).status == 0)
            let second = try await place.run("quality", "report", "--unit", QualityCommandTests.ward, "--json")
            #expect(share(second.objects.first, "correct")[0] == 1)

            let expect =
                "# set: until-2025-06-30\n# year: 2021\n# source: số liệu thử\ncode\tage\tpersons\n00001\tall\t16\n"
            #expect(try await place.run("quality", "expect", try place.file("e.tsv", expect.utf8)).status == 0)
            let third = try await place.run("quality", "report", "--unit", QualityCommandTests.ward, "--json")
            #expect(share(third.objects.first, "coverage") == [12, 16])

            try await days(place)
            try await targets(place)
            try await page(place)
            try await place.expectSound("after quality")
        }
    }

    private func days(_ place: Place) async throws {
        let first = try await place.run("quality", "record", "--json")
        #expect(first.objects.first?["new"] as? Bool == true && first.objects.first?["persons"] as? Int == 12)
        let again = try await place.run("quality", "record", "--json")
        #expect(again.objects.first?["new"] as? Bool == false)
        let missing = try await place.run("quality", "report", "--on", "2020-01-01", "--json")
        #expect(missing.status == 1)
        #expect((missing.objects.first?["error"] as? [String: String])?["code"] == "quality_day_missing")
    }

    private func targets(_ place: Place) async throws {
        let set = try await place.run(
            "quality", "target", "set", "--unit", QualityCommandTests.ward, "--measure", "sạch", "--value", "0.98",
            "--by",
            "2021-06-30", "--json")
        #expect(set.objects.first?["standing"] as? String == "reached_late", "\(set.output)\(set.errors)")
        let list = try await place.run("quality", "target", "list", "--json")
        #expect(list.objects.count == 1 && list.objects[0]["measure"] as? String == "clean")
        for (arguments, status) in [
            (["--measure", "tốt", "--value", "0.5", "--by", "2027-01-01"], Int32(64)),
            (["--measure", "đủ", "--value", "1.5", "--by", "2027-01-01"], 1),
            (["--measure", "đủ", "--value", "0.5", "--by", "2027-02-30"], 64),
            (["--measure", "đủ", "--value", "0.5", "--by", "2027-01-01", "--unit", "xx"], 1),
        ] {
            #expect(try await place.run(["quality", "target", "set"] + arguments).status == status, "\(arguments)")
        }
    }

    private func page(_ place: Place) async throws {
        let file = place.folder.appendingPathComponent("q.html")
        let outcome = try await place.run("quality", "report", "--unit", "until-2025-06-30/01", "--html", file.path)
        #expect(outcome.status == 0 && outcome.output.contains("q.html"))
        let html = try String(contentsOf: file, encoding: .utf8)
        #expect(html.contains("Phường Phúc Xá") && html.contains("<svg") && !html.contains("href="))
        let alive = ["quality", "report", "--unit", "until-2025-06-30/01", "--html", file.path, "--measure", "sống"]
        #expect(try await place.run(alive).status == 0)
        let coloured = try String(contentsOf: file, encoding: .utf8)
        #expect(coloured != html && coloured.contains("sống"), "the map is of another measure")
        #expect(try await place.run(alive.dropLast() + ["tốt"]).status == 64)
        let nowhere = try await place.run("quality", "report", "--html", "/nowhere/q.html", "--json")
        #expect(nowhere.status == 4)
    }
}
