import Access
import Civil
import Database
import Foundation
import Ledger
import TestStores
import Testing

@testable import Population

/// The register merges by itself, when two people have said from which probability on.
@Suite("Automatic merging")
struct AutomaticMergeTests {
    /// Everybody of one file again, with another place where they live now and nothing that contradicts.
    private static func files() -> [(name: String, text: String)] {
        let homes = [
            "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội", "Phường Ngọc Hà, Quận Ba Đình, Thành phố Hà Nội",
        ]
        let givens = ["An", "Bình", "Cường", "Dung", "Giang", "Hạnh", "Khánh", "Lan", "Minh", "Nga", "Oanh"]
        let middles = ["Thị Ngọc", "Văn", "Đình", "Thu", "Quang", "Bích", "Hữu"]
        func row(_ number: Int, _ current: String, again: Bool) -> String {
            SheetWriter.row(
                number, household: "\(again ? "L" : "H")\(number)",
                [
                    "ho_ten": "\(["Nguyễn", "Trần", "Lê"][number % 3]) \(middles[number % 7]) \(givens[number % 11])",
                    "gioi_tinh": number % 2 == 0 ? "Nam" : "Nữ",
                    "ngay_sinh": "\(number % 27 + 2)/\(number * 7 % 12 + 1)/\(1950 + number % 50)",
                    "ho_ten_cha": "Vũ Công \(givens[number * 5 % 11])",
                    "ho_ten_me": "Đỗ Thị \(givens[number * 3 % 11])",
                    "thuong_tru": homes[0], "noi_o_hien_tai": current,
                ])
        }
        return zip(["mot", "hai"], homes).map { name, home in
            let rows = (1...120).map { row($0, home, again: name == "hai") }
            return (name, ([SheetWriter.heading] + rows).joined(separator: "\n") + "\n")
        }
    }

    private static func rules(_ place: Place) async throws -> [String: Any] {
        try await place.run("duplicates", "rule", "list", "--json").objects.first ?? [:]
    }

    @Test(
        "off unless a rule says so; a merge names its rule, and undone it is not made again",
        arguments: TestStore.engines)
    func merges(engine: Engine) async throws {
        try await Place.with(engine) { place in
            for (name, text) in AutomaticMergeTests.files() {
                let path = try place.file("\(name).csv", text.utf8)
                #expect(try await place.run("batch", "import", path).status == 0)
            }
            func sweep() async throws -> Int? {
                let outcome = try await place.run("duplicates", "sweep", "--json")
                #expect(outcome.status == 0, "\(outcome.errors)")
                return outcome.objects.first?["merged"] as? Int
            }
            #expect(try await sweep() == 0)
            let set = ["duplicates", "rule", "set", "--reason", "quyết định 12"]
            #expect(try await place.run(set + ["--threshold", "0.99"]).errors.contains("duplicate_rule_too_low"))
            #expect(try await place.run(set + ["--threshold", "0.999", "--dry-run"]).status == 0)
            #expect(try await sweep() == 0)
            #expect(try await place.run(set + ["--threshold", "0.999"]).status == 0)
            let merged = try #require(try await sweep())
            Testimony.say("\(engine): \(merged) of 120 merged automatically")
            #expect(merged > 60 && merged <= 120)
            let rule = try #require(try await AutomaticMergeTests.rules(place)["in_force"] as? [String: Any])
            try await place.expectSound("merged")

            // Each leads to the right record, by an act that names the rule.
            let (first, second) = (try await place.rows("mot"), try await place.rows("hai"))
            var gone: (duplicate: String, into: String)?
            for row in second {
                let person = try #require(row.person)
                let shown = try await place.run("person", "show", person, "--json").objects.first
                guard let into = shown?["merged_into"] as? String else { continue }
                #expect(into == first.first { $0.row == row.row }?.person)
                gone = (person, into)
                if row.row > 20 { break }
            }
            let pair = try #require(gone)
            let history = try await place.run("person", "history", pair.duplicate, "--json").output
            #expect(history.contains("\"\(rule["id"] as? String ?? "?")\""), "\(history.suffix(600))")
            #expect(history.contains("automatic"))
            let undo = #"""
                {"kind": "unmerged", "content": {"duplicate": "\#(pair.duplicate)", "into": "\#(pair.into)"}}
                """#
            let undone = try await place.run("act", "record", "-", input: undo)
            #expect(undone.status == 0, "\(undone.errors)")
            #expect(try await AutomaticMergeTests.rules(place)["undone"] as? Int == 1)
            #expect(try await sweep() == 0)
            try await place.expectSound("parted")
            #expect(try await place.run("duplicates", "rule", "set", "--off", "--reason", "đã tách").status == 0)
            #expect(try await AutomaticMergeTests.rules(place)["in_force"] is NSNull)
        }
    }

    @Test("what both records state and contradicts keeps them apart")
    func contradictions() {
        var one = PersonState(person: 1)
        one.details.name = "Nguyễn Văn An"
        one.details.birth = PartialDate(canonical: "1980-02-03")
        one.details.sex = .male
        let other = one
        #expect(AutomaticMerge.fits(one, other))
        func differs(_ change: (inout PersonState) -> Void) -> Bool {
            var changed = other
            change(&changed)
            return !AutomaticMerge.fits(one, changed) && !AutomaticMerge.fits(changed, one)
        }
        #expect(differs { $0.details.name = "Nguyễn Văn Anh" })
        #expect(differs { $0.details.birth = PartialDate(canonical: "1980-03-02") })
        #expect(differs { $0.details.birth = nil })
        #expect(differs { $0.details.sex = .female })
        #expect(differs { $0.life.status = .dead })
        one.details.oldNumber = "200000001"
        #expect(differs { $0.details.oldNumber = "200000002" })
        one.number = "003080000111"
        #expect(differs { $0.number = "003080000222" })
        one.father = PersonReference(name: "Vũ Công Lan")
        #expect(differs { $0.father = PersonReference(name: "Vũ Công Nga") })
        #expect(AutomaticMerge.fits(one, other))
    }

    @Test("what officers decided rests on what the records say, and not on where a place lies today")
    func reorganised() throws {
        var units = UnitDirectory()
        for name in ShippedUnits.names {
            try units.load(Array(try #require(ShippedUnits.bytes(name))))
        }
        func residence(_ code: String) -> PersonState.Residence {
            .init(address: Address(unit: UnitCode(code, .untilJune2025), detail: "", written: code), since: nil)
        }
        var one = PersonState(person: 1)
        one.details.name = "Nguyễn Văn An"
        one.permanentResidence = residence("00001")
        let then = try #require(DuplicateRecord(one, in: PlacementTable(into: .untilJune2025, units: units)))
        let today = PlacementTable(into: .fromJuly2025, units: units)
        let now = try #require(DuplicateRecord(one, in: today))
        #expect(then.unit != now.unit)
        #expect(then.digest == now.digest)
        one.permanentResidence = residence("00004")
        #expect(try #require(DuplicateRecord(one, in: today)).digest != now.digest, "who moves is asked about anew")
        one.permanentResidence = residence("00001")
        one.details.oldNumber = "200000001"
        #expect(try #require(DuplicateRecord(one, in: today)).digest != now.digest)
    }
}
