import Database
import Foundation
import TestStores
import Testing

@Suite("What sheets say of fathers, mothers and spouses", .serialized)
struct RelativeTests {
    private typealias Row = [String: String]

    private static let number = ["005070000201", "005070000202", "005170000203", "005170000204"]

    private func file(_ rows: [Row]) -> [UInt8] {
        let lines = rows.enumerated().map { place, row in
            SheetWriter.row(place + 1, household: row["ma_ho"] ?? "H\(place)", row)
        }
        return Array(([SheetWriter.heading] + lines).joined(separator: "\n").utf8)
    }

    /// A row of somebody: name, number, and whom it names as spouse.
    private func somebody(_ name: String, _ number: String = "", spouse: (String, String) = ("", ""), more: Row = [:])
        -> Row
    {
        var row: Row = [
            "ho_ten": name, "so_dinh_danh": number, "gioi_tinh": number.dropFirst(3).first == "1" ? "Nữ" : "Nam",
            "ho_ten_vo_chong": spouse.0, "dinh_danh_vo_chong": spouse.1, "tinh_trang_hon_nhan": "Đã kết hôn",
        ]
        row.merge(more) { $1 }
        return row
    }

    private func findings(_ place: Place, _ name: String, _ rows: [Row]) async throws -> [[String]] {
        let outcome = try await place.run("batch", "import", try place.file(name + ".csv", file(rows)))
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try await marks(place, name)
    }

    /// The findings of each row; that everybody here is a head does not matter.
    private func marks(_ place: Place, _ batch: String) async throws -> [[String]] {
        try await place.rows(batch).map { $0.findings.filter { $0 != "household_head" } }
    }

    @Test(
        "two living people who name the same spouse are both marked, whoever else is not", arguments: TestStore.engines)
    func sharedSpouse(engine: Engine) async throws {
        let number = RelativeTests.number
        try await Place.with(engine) { place in
            let found = try await findings(
                place, "one",
                [
                    // She names her husband; he names her; another man names her too.
                    somebody("Trần Thị Bích", number[2], spouse: ("Lê Văn Cường", number[0])),
                    somebody("Lê Văn Cường", number[0], spouse: ("Trần Thị Bích", number[2])),
                    somebody("Đỗ Văn Dũng", number[1], spouse: ("Trần Thị Bích", number[2])),
                    // A couple, and a divorced wife who still names him.
                    somebody("Vũ Thị Hoa", number[3], spouse: ("Hồ Văn Khánh", ""), more: ["ma_ho": "K"]),
                    somebody("Hồ Văn Khánh", "", spouse: ("Vũ Thị Hoa", number[3]), more: ["ma_ho": "K"]),
                    somebody(
                        "Ngô Thị Lan", "", spouse: ("Hồ Văn Khánh", ""),
                        more: ["ma_ho": "K", "gioi_tinh": "Nữ", "tinh_trang_hon_nhan": "Đã ly hôn"]),
                    // A dead wife, and the one he married after.
                    somebody("Bùi Văn Minh", "", spouse: ("Đặng Thị Nga", ""), more: ["ma_ho": "M"]),
                    somebody(
                        "Đặng Thị Nga", "", spouse: ("Bùi Văn Minh", ""), more: ["ma_ho": "M", "gioi_tinh": "Nữ"]),
                    somebody(
                        "Phạm Thị Oanh", "", spouse: ("Bùi Văn Minh", ""),
                        more: ["ma_ho": "M", "gioi_tinh": "Nữ", "ghi_chu": "đã chết năm 2001"]),
                ])
            #expect(found[1] == ["spouse_of_two"] && found[2] == ["spouse_of_two"], "\(found)")
            for row in [0, 3, 4, 5, 6, 7] { #expect(found[row].isEmpty, "row \(row): \(found[row])") }
            #expect(found[8] == ["dead"])

            // In a later batch somebody names a person of this one: the earlier sheet is marked as well.
            let later = try await findings(
                place, "two",
                [
                    somebody("Mai Thị Phượng", "", spouse: ("Hồ Văn Khánh", "005090000000"), more: ["gioi_tinh": "Nữ"]),
                    somebody("Mai Văn Quân", "", spouse: ("Vũ Thị Hoa", number[3])),
                ])
            #expect(later == [[], ["spouse_of_two"]])
            #expect(try await marks(place, "one")[4] == ["spouse_of_two"])
            #expect(try await place.rows("one").map(\.fate)[4] == "accepted_with_findings")
            try await place.expectSound()
        }
    }

    @Test("a number of somebody else does not make a stranger a parent or spouse", arguments: TestStore.engines)
    func strangers(engine: Engine) async throws {
        let number = RelativeTests.number
        try await Place.with(engine) { place in
            let found = try await findings(
                place, "one",
                [
                    somebody("Lê Văn Cường", number[0], more: ["ngay_sinh": "01/02/1970"]),
                    somebody("Trần Thị Bích", number[2], more: ["ngay_sinh": "01/02/1970"]),
                    // The mother's number stands in the father's field; the father's in the mother's.
                    somebody(
                        "Lê Văn Đạt", "",
                        more: [
                            "ngay_sinh": "01/01/1993", "ho_ten_cha": "Lê Văn Cường", "dinh_danh_cha": number[2],
                            "ho_ten_me": "Trần Thị Bích",
                            "dinh_danh_me": number[0],
                        ]),
                    // The right number, and a name with a slip.
                    somebody(
                        "Lê Thị Em", "",
                        more: [
                            "gioi_tinh": "Nữ", "ngay_sinh": "01/01/1995", "ho_ten_cha": "Lê Văn Cươngg",
                            "dinh_danh_cha": number[0],
                        ]),
                    // The person's own number as the father's.
                    somebody(
                        "Phan Văn Giang", number[1], more: ["ho_ten_cha": "Phan Văn Hải", "dinh_danh_cha": number[1]]),
                ])
            #expect(found[2] == ["relative_number_mismatch", "relative_number_mismatch"], "\(found)")
            #expect(found[3].isEmpty)
            #expect(found[4] == ["relative_number_mismatch"])
            let rows = try await place.rows("one")
            let stranger = try await place.run("person", "show", rows[2].person ?? "", "--json").objects.first
            #expect((stranger?["father"] as? [String: Any])?["handle"] as? String == nil, "\(stranger ?? [:])")
            let child = try await place.run("person", "show", rows[3].person ?? "", "--json").objects.first
            #expect((child?["father"] as? [String: Any])?["handle"] as? String == rows[0].person, "\(child ?? [:])")

            // A parent of an earlier batch who is younger than the child.
            let later = try await findings(
                place, "two",
                [
                    somebody(
                        "Lê Văn Ích", "",
                        more: [
                            "ngay_sinh": "01/01/1960", "ho_ten_cha": "Lê Văn Cường", "dinh_danh_cha": number[0],
                        ])
                ])
            #expect(later == [["parent_not_older"]])
            try await place.expectSound()
        }
    }

    @Test("a district alone is no residence: the row says so, and the number run too", arguments: TestStore.engines)
    func districtAlone(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let rows = [somebody("Lê Văn Cường", "", more: ["thuong_tru": "Quận Ba Đình, Hà Nội"])]
            #expect(try await findings(place, "one", rows) == [["address_unresolved"]])
            #expect(try await place.rows("one").first?.permanent == nil)
            let run = try await place.run("number", "run", "--unit", "until-2025-06-30/001", "--dry-run", "--json")
            let left = run.objects.first?["left_out"] as? [[String: Any]] ?? []
            #expect(left.map { $0["reason"] as? String } == ["no_permanent_residence"], "\(run.output)\(run.errors)")
            try await place.expectSound()
        }
    }

    @Test("whoever got a number after the collection is known by it in the next batch", arguments: TestStore.engines)
    func numberedLater(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let home = "Phường Phúc Xá, Quận Ba Đình, Hà Nội"
            _ = try await findings(
                place, "one", [somebody("Lê Văn Cường", "", more: ["thuong_tru": home, "noi_dang_ky_khai_sinh": home])])
            let run = try await place.run("number", "run", "--unit", "until-2025-06-30/00001", "--json")
            let given = (run.objects.first?["given"] as? [[String: String]])?.first?["number"]
            let number = try #require(given, "\(run.output)\(run.errors)")
            let rows = [
                somebody(
                    "Lê Văn Cường", number,
                    more: ["thuong_tru": "Xã Hòa An, Huyện Phú Hòa, Tỉnh Phú Yên", "gioi_tinh": "Nam"])
            ]
            #expect(try await findings(place, "two", rows) == [["duplicate"]])
            #expect(try await place.rows("two").first?.fate == "held")
            #expect(try await place.rows("one").first?.findings == ["duplicate"])
            try await place.expectSound()
        }
    }
}
