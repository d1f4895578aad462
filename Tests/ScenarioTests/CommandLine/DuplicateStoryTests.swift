import Database
import Foundation
import TestStores
import Testing

@testable import Civil
@testable import Population

/// Two batches that know some people twice, from the sweep to the merge and back.
@Suite("People who stand in the register twice")
struct DuplicateStoryTests {
    /// People with an old number and a whole date, collected again elsewhere without marks, and with day and month
    /// swapped where that is a date.
    private static func again(_ batch: String) -> (file: String, rows: [Int]) {
        var lines = [SheetWriter.heading]
        var rows: [Int] = []
        for line in batch.split(separator: "\n").dropFirst() {
            let values = Dictionary(
                uniqueKeysWithValues: zip(SheetWriter.columns, CSVFields.split(String(line))))
            let date = (values["ngay_sinh"] ?? "").split(separator: "/").map(String.init)
            guard values["so_cmnd"] != "", values["so_dinh_danh"] == "", date.count == 3, let day = Int(date[0]),
                day <= 12, date[0] != date[1], values["ghi_chu"] == "", let number = Int(values["stt"] ?? ""),
                let name = values["ho_ten"], name != "", values["gioi_tinh"] != ""
            else { continue }
            rows.append(number)
            lines.append(
                SheetWriter.row(
                    rows.count, household: "T\(rows.count)",
                    [
                        "ho_ten": Folding.key(name).capitalized, "ngay_sinh": "\(date[1])/\(date[0])/\(date[2])",
                        "gioi_tinh": values["gioi_tinh"] ?? "", "so_cmnd": values["so_cmnd"] ?? "",
                        "que_quan": values["que_quan"] ?? "", "thuong_tru": values["thuong_tru"] ?? "",
                        "noi_dang_ky_khai_sinh": values["noi_dang_ky_khai_sinh"] ?? "",
                        "noi_o_hien_tai": values["noi_o_hien_tai"] ?? "",
                    ]))
        }
        return (lines.joined(separator: "\n") + "\n", rows)
    }

    /// The handles of both records of each person who was collected twice.
    private static func planted(_ place: Place, _ rows: [Int]) async throws -> Set<Set<String>> {
        let first = Dictionary(
            uniqueKeysWithValues: try await place.rows("first").map { ($0.row, $0.person) })
        var pairs: Set<Set<String>> = []
        for row in try await place.rows("second") {
            if let person = row.person, let other = first[rows[row.row - 1]] ?? nil { pairs.insert([person, other]) }
        }
        return pairs
    }

    private static func told(_ place: Place) async throws -> [[String]] {
        let outcome = try await place.run("duplicates", "review", "--limit", "1000", "--json")
        let pairs = outcome.objects.first?["pairs"] as? [[String: Any]] ?? []
        return pairs.compactMap { pair in
            guard let left = pair["left"] as? String, let right = pair["right"] as? String else { return nil }
            return [left, right]
        }
    }

    @Test("a sweep finds them, what is told apart stays apart, a merge can be undone", arguments: TestStore.engines)
    func story(engine: Engine) async throws {
        try await Place.with(engine) { place in
            var writer = SheetWriter(seed: 61)
            let batch = writer.batch(rows: 1_200)
            let (again, rows) = DuplicateStoryTests.again(batch)
            #expect(rows.count > 60)
            let files = [try place.file("first.csv", batch.utf8), try place.file("second.csv", again.utf8)]
            #expect(try await place.run(["batch", "import"] + files).status == 0)
            #expect(try await place.run("duplicates", "review").output.contains("No sweep yet"))
            let sweep = try await place.run("duplicates", "sweep", "--json")
            #expect(sweep.status == 0, "\(sweep.errors)")

            let planted = try await DuplicateStoryTests.planted(place, rows)
            let pairs = try await DuplicateStoryTests.told(place)
            let found = planted.intersection(pairs.map(Set.init))
            Testimony.say("\(engine): \(pairs.count) pairs told, \(found.count) of \(planted.count) planted")
            #expect(Double(found.count) >= 0.95 * Double(planted.count))
            #expect(Double(found.count) >= 0.95 * Double(pairs.count))

            let (apart, same) = (pairs[0], pairs[1])
            let decide = ["duplicates", "decide"]
            let noted = try await place.run(decide + apart + ["different", "--reason", "hai anh em"])
            #expect(noted.status == 0, "\(noted.errors)")
            #expect(try await place.run(decide + apart + ["different", "--reason", "lần nữa"]).status == 1)
            #expect(try await place.run(decide + same + ["same", "--reason", "một người"]).status == 1)
            let merged = try await place.run(
                decide + same + ["same", "--remains", same[0], "--reason", "một giấy khai sinh"])
            #expect(merged.status == 0, "\(merged.errors)")
            #expect(try await DuplicateStoryTests.told(place).count == pairs.count - 2)
            #expect(try await place.run("duplicates", "find", apart[0], "--json").objects.count == 1)
            let gone = try await place.run("person", "show", same[1], "--json")
            #expect(gone.objects.first?["merged_into"] as? String == same[0], "\(gone.output)")
            try await place.expectSound("merged")

            // A second sweep finds neither the merged record nor the pair that was told apart.
            #expect(try await place.run("duplicates", "sweep").status == 0)
            let later = Set(try await DuplicateStoryTests.told(place).map(Set.init))
            #expect(!later.contains(Set(apart)) && !later.contains(Set(same)))

            let undo = #"""
                {"kind": "unmerged", "content": {"duplicate": "\#(same[1])", "into": "\#(same[0])"}}
                """#
            let undone = try await place.run("act", "record", "-", input: undo)
            #expect(undone.status == 0, "\(undone.errors)")
            try await place.expectSound("parted again")
            #expect(try await place.run("duplicates", "sweep").status == 0)
            #expect(Set(try await DuplicateStoryTests.told(place).map(Set.init)).contains(Set(same)))
        }
    }

    @Test("too little memory is refused before it is used, with what to do")
    func memory() async throws {
        try await Place.with(.sqlite) { place in
            let file = try place.file("a.csv", SheetWriter.file(rows: 20).utf8)
            #expect(try await place.run("batch", "import", file).status == 0)
            let refused = try await place.run("duplicates", "sweep", "--memory", "1M")
            #expect(refused.status == 1)
            #expect(refused.errors.contains("duplicate_memory_too_small"), "\(refused.errors)")
            #expect(try await place.run("duplicates", "sweep").status == 0)
            #expect(try await DuplicateStoryTests.told(place).isEmpty)
        }
    }
}
