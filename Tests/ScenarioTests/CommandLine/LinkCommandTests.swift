import Database
import Foundation
import TestStores
import Testing

@Suite("Linking files at the command line", .serialized)
struct LinkCommandTests {
    /// Forty invented people, of whom two have a second record.
    private static let file: String = {
        let surnames = ["Nguyễn", "Trần", "Lê", "Phạm", "Bùi"]
        let givens = ["Hùng", "Dũng", "Lan", "Hoa", "Khuê", "Nam", "Trang", "Vân"]
        var lines = ["id,full_name,date_of_birth,sex,birth_province,commune,father_name,mother_name,old_id_number"]
        for person in 0..<40 {
            let surname = surnames[person % 5]
            let given = givens[person / 5]
            lines.append(
                "\(person),\(surname) Văn \(given),19\(50 + person)-0\(1 + person % 9)-1\(person % 7),M,0\(person % 4),"
                    + "0\(person % 4)00\(person % 6),\(surname) Văn Ông \(givens[person % 8]),"
                    + "Đỗ Thị \(givens[(person + 3) % 8]) Bà,01234\(1_000 + person * 37)")
        }
        lines.append("90,NGUYEN VAN HUNG,1950-01-10,M,00,00000,Nguyễn Văn Ông Hùng,Đỗ Thị Hoa Bà,012341000")
        lines.append("91,Văn Vân Bùi,1989-13-04,M,03,03003,Bùi Văn Ông Vân,,012342443")
        return lines.joined(separator: "\n") + "\n"
    }()

    @Test("pairs, clusters, a report, an explanation, decisions")
    func story() async throws {
        try await Place.with(.sqlite) { place in
            let file = try place.file("people.csv", LinkCommandTests.file.utf8)
            let out = { (name: String) in place.folder.appendingPathComponent(name).path }
            let found = try await Program.start(
                [
                    "link", "find", file, "--pairs", out("p.csv"), "--clusters", out("c.csv"), "--report",
                    out("r.html"), "--json",
                ], in: place.folder
            ).outcome()
            #expect(found.status == 0, "\(found.errors)")
            #expect(found.objects.first?["records"] as? Int == 42)
            let pairs = try String(contentsOfFile: out("p.csv"), encoding: .utf8).split(separator: "\n")
            #expect(pairs.first == "id_l,id_r,probability")
            #expect(pairs.contains { $0.hasPrefix("0,90,") })
            let clusters = try String(contentsOfFile: out("c.csv"), encoding: .utf8).split(separator: "\n")
            #expect(clusters.count == 43 && clusters.contains("90,0"))
            let report = try String(contentsOfFile: out("r.html"), encoding: .utf8)
            #expect(report.contains("<svg") && !report.contains("<script") && !report.contains("NGUYEN"))

            let explained = try await Program.start(["link", "explain", file, "0", "90"], in: place.folder).outcome()
            #expect(explained.output.contains("Một bên ghi họ tên không dấu"), "\(explained.errors)")

            let decisions = try place.file("d.csv", "id_l,id_r,decision\n0,90,different\n".utf8)
            let after = try await Program.start(
                ["link", "find", file, "--pairs", out("p2.csv"), "--decisions", decisions], in: place.folder
            ).outcome()
            #expect(after.status == 0, "\(after.errors)")
            #expect(try !String(contentsOfFile: out("p2.csv"), encoding: .utf8).contains("0,90,"))
            let alone = try place.file("one.csv", "id_l,id_r,decision\n5,5,same\n".utf8)
            let refused = try await Program.start(
                ["link", "find", file, "--pairs", out("p3.csv"), "--decisions", alone], in: place.folder
            ).outcome()
            #expect(refused.status == 1 && refused.errors.contains("link_decision_on_one"), "\(refused.errors)")
        }
    }

    @Test("one file is found in another")
    func two() async throws {
        try await Place.with(.sqlite) { place in
            let lines = LinkCommandTests.file.split(separator: "\n")
            let first = try place.file("a.csv", lines.prefix(41).joined(separator: "\n").utf8)
            let second = try place.file("b.csv", ([lines[0]] + lines.suffix(2)).joined(separator: "\n").utf8)
            let pairs = place.folder.appendingPathComponent("p.csv").path
            let outcome = try await Program.start(
                ["link", "two", first, second, "--pairs", pairs], in: place.folder
            ).outcome()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try String(contentsOfFile: pairs, encoding: .utf8).contains("0,90,"))
        }
    }

    @Test(
        "what cannot be linked is told by its code",
        arguments: [
            ("id,full_name\n1,A\n1,B\n", [], "link_id_twice"), ("", [], "link_file_empty"),
            ("id,full_name\n1,A\n", ["--memory", "1M"], "link_memory_too_small"),
            ("id,commune\n1,A\n", ["--units", "nowhere"], "link_units_unknown"),
            ("id,note\n1,A\n", [], "link_nothing_to_compare"),
        ])
    func refusals(text: String, options: [String], code: String) async throws {
        try await Place.with(.sqlite) { place in
            let file = try place.file("x.csv", text.utf8)
            let outcome = try await Program.start(["link", "find", file] + options, in: place.folder).outcome()
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains(code), "\(outcome.errors)")
        }
    }
}
