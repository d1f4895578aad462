import Database
import Foundation
import TestStores
import Testing

@Suite("Rows as nobody should write them", .serialized)
struct OddRowTests {
    /// A file with something odd in it, how many rows it has, which of them are held, and a finding on those.
    private struct Odd {
        let name: String
        let bytes: [UInt8]
        let rows: Int
        var held: [Int] = []
        var finding: String?

        init(_ name: String, _ text: String, rows: Int, held: [Int] = [], finding: String? = nil) {
            self.init(name, bytes: Array(text.utf8), rows: rows, held: held, finding: finding)
        }

        init(_ name: String, bytes: [UInt8], rows: Int, held: [Int] = [], finding: String? = nil) {
            self.name = name
            self.bytes = bytes
            self.rows = rows
            self.held = held
            self.finding = finding
        }
    }

    private static func file(_ rows: [String]) -> String {
        ([SheetWriter.heading] + rows).joined(separator: "\n") + "\n"
    }

    /// Ten good rows; the fifth is changed.
    private static func fifth(_ changes: [String: String]) -> String {
        file((1...10).map { SheetWriter.row($0 + 10, household: "H\($0)", $0 == 5 ? changes : [:]) })
    }

    private static var brokenLetters: [UInt8] {
        var bytes = Array(fifth(["ho_ten": "Nguyễn Văn @@@@ Bình"]).utf8)
        for index in bytes.indices where bytes[index] == UInt8(ascii: "@") { bytes[index] = 0xFF }
        return bytes
    }

    private static var odd: [Odd] {
        let whole = fifth([:])
        let cut = String(whole[..<(whole.ranges(of: "/05/1970").last?.lowerBound ?? whole.endIndex)])
        return [
            Odd("cut-in-a-row", cut, rows: 10, held: [10]),
            Odd("broken-utf8", bytes: brokenLetters, rows: 10, held: [5], finding: "encoding_broken"),
            Odd("crlf", whole.replacing("\n", with: "\r\n"), rows: 10),
            Odd("cr", whole.replacing("\n", with: "\r"), rows: 10),
            Odd("blank-lines", whole.replacing("\n", with: "\n\n"), rows: 10),
            Odd("bom", "\u{FEFF}" + whole, rows: 10),
            Odd("long-field", fifth(["ghi_chu": letters(100_000)]), rows: 10, held: [5], finding: "field_too_long"),
            Odd("long-name", fifth(["ho_ten": letters(100_000)]), rows: 10, held: [5], finding: "field_too_long"),
            Odd("million", fifth(["ghi_chu": letters(1_000_000)]), rows: 10, held: [5]),
            Odd("millions", fifth(["ghi_chu": letters(3_000_000)]), rows: 10, held: [5], finding: "row_too_long"),
            Odd("lines-in-quotes", fifth(["ghi_chu": "dòng một\ndòng hai \"trích\""]), rows: 10),
        ]
    }

    private static func letters(_ count: Int) -> String { String(repeating: "a", count: count) }

    @Test("an odd row gets its fate and the others theirs", arguments: TestStore.engines)
    func oddRows(engine: Engine) async throws {
        try await Place.with(engine) { place in
            // In each file other people: of the same ones, the later sheets would be duplicates.
            let paths = try OddRowTests.odd.enumerated().map { number, odd in
                let bytes = Data(odd.bytes)
                let year = Data("/\(1940 + number),".utf8)
                var changed = Data()
                var rest = bytes[...]
                while let range = rest.range(of: Data("/1970,".utf8)) {
                    changed += rest[..<range.lowerBound] + year
                    rest = rest[range.upperBound...]
                }
                return try place.file(odd.name + ".csv", changed + rest)
            }
            let outcome = try await place.run(["batch", "import", "--json"] + paths)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let batches = try await place.batches()
            for odd in OddRowTests.odd {
                let counts = batches[odd.name]
                #expect(counts?.addUp == true, "\(odd.name)")
                #expect(counts?.rows == odd.rows, "\(odd.name)")
                let rows = try await place.rows(odd.name)
                let held = rows.filter { $0.fate == "held" }
                #expect(held.map(\.place) == odd.held, "\(odd.name): \(rows.map(\.findings))")
                guard let finding = odd.finding else { continue }
                for row in held { #expect(row.findings.contains(finding), "\(odd.name): \(row.findings)") }
            }
            try await place.expectSound()
        }
    }

    @Test(
        "columns in another order, under other known names, and unknown ones beside them", arguments: TestStore.engines)
    func columnsMoved(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let text = """
                Quê quán,GHI CHÚ,Họ và tên,mau_mat,Phái,Ngày sinh,Hộ khẩu thường trú,Nơi ở hiện nay
                ,,Nguyễn Văn An,nâu,Nam,12/05/1987,"Phường Phúc Xá, Quận Ba Đình, Hà Nội",
                ,,Trần Thị Bích,đen,Nữ,1990,"Phường Phúc Xá, Quận Ba Đình, Hà Nội",
                """
            let outcome = try await place.run("batch", "import", try place.file("moved.csv", text.utf8), "--json")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let rows = try await place.rows("moved")
            #expect(rows.map(\.name) == ["Nguyễn Văn An", "Trần Thị Bích"])
            #expect(rows.map(\.birth) == ["1987-05-12", "1990"])
            #expect(rows.map(\.sex) == ["M", "F"])
            #expect(rows.allSatisfy { $0.permanent == "00001" && $0.fate != "held" }, "\(rows)")
            try await place.expectSound()
        }
    }

    @Test("impossible values in every field become findings, and what was written stays", arguments: TestStore.engines)
    func impossibleEverywhere(engine: Engine) async throws {
        let values = [
            "99999999999999999999", "-1", "31/02/1850", "💣", "\u{0}", "'; DROP TABLE act; --", "\u{202E}olleh",
            "NaN", "0/0/0", "\u{FEFF}\u{200B}", "%s%n", "{\"a\":1}",
        ]
        try await Place.with(engine) { place in
            var rows: [String] = []
            for (number, value) in values.enumerated() where value != "\u{0}" {
                rows.append(SheetWriter.line(SheetWriter.columns.reduce(into: [:]) { $0[$1] = value }))
                for column in SheetWriter.columns where column != "ma_ho" {
                    rows.append(SheetWriter.row(rows.count + 1, household: "N\(number)\(column)", [column: value]))
                }
            }
            let path = try place.file("impossible.csv", OddRowTests.file(rows).utf8)
            let outcome = try await place.run("batch", "import", path, "--json")
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.objects.first.flatMap(Counts.init)?.addUp == true)
            #expect(try await place.rows("impossible").count == rows.count)
            try await place.expectSound()
        }
    }

    @Test("formulas and markup are text; the report shows them as text", arguments: TestStore.engines)
    func formulas(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let names = ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "@SUM(A1:A9)", "Lê \"Bi\" Na"]
            let rows = names.enumerated().map { number, name in
                SheetWriter.row(number + 1, household: "H\(number)", ["ho_ten": name, "ghi_chu": name])
            }
            let path = try place.file("markup-x.csv", OddRowTests.file(rows).utf8)
            #expect(try await place.run("batch", "import", path).status == 0)
            let batch = "markup-x"
            #expect(try await place.rows(batch).count == names.count)
            let report = try await place.run("batch", "report", batch)
            #expect(report.status == 0)
            #expect(!report.output.contains("<script>alert"))
            try await place.expectSound()
        }
    }

    @Test("ten thousand rows with one household code, and none with any")
    func households() async throws {
        try await Place.with(.sqlite) { place in
            let one = OddRowTests.file(
                (1...10_000).map { number in
                    let year = 1930 + number % 80
                    return SheetWriter.row(
                        number, household: "H1",
                        [
                            "quan_he_chu_ho": number == 1 ? "Chủ hộ" : "Con đẻ", "ho_ten": "Nguyễn Văn A\(number % 7)",
                            "ngay_sinh": "\(number % 28 + 1)/\(number % 12 + 1)/\(year)",
                            "so_cmnd": String(100_000_000 + number),
                        ])
                })
            let outcome = try await place.run(
                "batch", "import", try place.file("one-household.csv", one.utf8), "--json")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.objects.first.flatMap(Counts.init)?.addUp == true)
            let none = SheetWriter.file(rows: 30).split(separator: "\n").map { line in
                line.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false).enumerated()
                    .filter { $0.offset != 1 }.map { String($0.element) }.joined(separator: ",")
            }.joined(separator: "\n")
            let second = try await place.run("batch", "import", try place.file("none.csv", none.utf8), "--json")
            let counts = try #require(second.objects.first.flatMap(Counts.init), "\(second.errors)")
            #expect(counts.addUp)
            #expect(counts.held == 0, "\(counts)")
            try await place.expectSound()
        }
    }
}
