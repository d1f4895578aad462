import Database
import Foundation
import TestStores
import Testing

@Suite("Files as nobody should hand them in", .serialized)
struct FileFaultTests {
    /// A file that is no batch, and the code of the refusal.
    private static let refused: [(name: String, bytes: [UInt8], code: String)] = [
        ("empty", [], "batch_empty"),
        ("only-bom", [0xEF, 0xBB, 0xBF], "batch_encoding"),
        ("only-heading", Array((SheetWriter.heading + "\n").utf8), "batch_only_heading"),
        ("heading-unended", Array(SheetWriter.heading.utf8), "batch_only_heading"),
        ("binary", (0..<5_000).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ $0 / 7) }, "batch_encoding"),
        ("zeros", Array(repeating: 0, count: 4_096), "batch_encoding"),
        ("utf16-le", utf16(bigEndian: false), "batch_encoding"),
        ("utf16-be", utf16(bigEndian: true), "batch_encoding"),
        ("prose", Array("Kính gửi Ủy ban nhân dân xã\nKèm theo danh sách\n".utf8), "batch_no_heading"),
        ("heading-lost", Array("1,H1,Chủ hộ,Nguyễn An,01/02/1980,Nam\n".utf8), "batch_no_heading"),
        ("open-quote", Array((SheetWriter.file(rows: 20) + "21,H21,\"Chủ hộ").utf8), "batch_quote_not_closed"),
        ("no-name-column", heading(replacing: "ho_ten", with: "cot_la"), "batch_columns_missing"),
        ("no-address-column", heading(replacing: "thuong_tru", with: "cot_la"), "batch_columns_missing"),
        ("column-twice", heading(replacing: "ghi_chu", with: "ho_ten"), "batch_column_twice"),
        ("semicolons", separated(by: ";"), "batch_separator"),
        ("tabs", separated(by: "\t"), "batch_separator"),
        // Told last, since it is no error among others.
        ("other-table", Array("batch,row,person\na,1,2\n".utf8), "batch_other_table"),
    ]

    private static func utf16(bigEndian: Bool) -> [UInt8] {
        let units = [0xFEFF] + Array(SheetWriter.file(rows: 3).utf16)
        return units.flatMap { unit in
            let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            return bigEndian ? pair : pair.reversed()
        }
    }

    private static func heading(replacing column: String, with other: String) -> [UInt8] {
        let heading = SheetWriter.columns.map { $0 == column ? other : $0 }.joined(separator: ",")
        return Array(SheetWriter.file(rows: 3).replacing(SheetWriter.heading, with: heading).utf8)
    }

    private static func separated(by separator: String) -> [UInt8] {
        Array(SheetWriter.file(rows: 3).replacing(",", with: separator).utf8)
    }

    @Test(
        "a file that is no batch is refused with its code and what to do; nothing is stored",
        arguments: TestStore.engines)
    func refusedFiles(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let paths = try FileFaultTests.refused.map { try place.file($0.name + ".csv", $0.bytes) }
            let all = try await place.run(["batch", "import", "--json"] + paths)
            #expect(all.status == 1)
            let errors = all.objects.compactMap { $0["error"] as? [String: String] }
            #expect(errors.count == FileFaultTests.refused.count)
            for (error, file) in zip(errors, FileFaultTests.refused) {
                #expect(error["code"] == file.code, "\(file.name): \(error)")
                #expect((error["vi"] ?? "").contains(file.name))
                #expect((error["en"] ?? "").contains(file.name))
            }
            expect(
                try await place.run("batch", "import", "not-there.csv", "--json"), code: "batch_not_found", "missing")
            expect(
                try await place.run("batch", "import", place.folder.path, "--json"), code: "batch_not_found", "folder")
            #expect(try await place.batches().isEmpty)
            #expect(try await place.leaves()["acts"] == Place.ownActs)
            try await place.expectSound()
        }
    }

    private func expect(_ outcome: Program.Outcome, code: String, _ name: String) {
        #expect(outcome.status == 1, "\(name): \(outcome.output)\(outcome.errors)")
        let error = outcome.objects.first?["error"] as? [String: String]
        #expect(error?["code"] == code, "\(name): \(outcome.output)")
        #expect((error?["vi"] ?? "").count > 20, "\(name)")
        #expect((error?["en"] ?? "").count > 20, "\(name)")
        #expect(outcome.errors.contains("[\(code)]"), "\(name)")
    }

    @Test("a file over the stated limit is refused before it is read")
    func tooLarge() async throws {
        try await Place.with(.sqlite) { place in
            let path = try place.file("large.csv", SheetWriter.file(rows: 2).utf8)
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try file.truncate(atOffset: (4 << 30) + 1)
            try file.close()
            let outcome = try await place.run("batch", "import", path, "--json")
            expect(outcome, code: "batch_too_large", "large")
            #expect(try await place.batches().isEmpty)
        }
    }

    @Test(
        "a file that may not be read is refused",
        .enabled(if: geteuid() != 0, "root may read every file"))
    func unreadable() async throws {
        try await Place.with(.sqlite) { place in
            let path = try place.file("secret.csv", SheetWriter.file(rows: 2).utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
            expect(try await place.run("batch", "import", path, "--json"), code: "batch_not_readable", "unreadable")
        }
    }

    @Test("one file that is no batch does not keep the others out", arguments: TestStore.engines)
    func amongOthers(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let good = try place.file("good.csv", SheetWriter.file(rows: 4).utf8)
            let bad = try place.file("bad.csv", [])
            let last = try place.file("last.csv", SheetWriter.file(rows: 2).utf8)
            let outcome = try await place.run("batch", "import", good, bad, last)
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("bad.csv"))
            #expect(Set(try await place.batches().keys) == ["good", "last"])
            try await place.expectSound()
        }
    }

    @Test("a table of another kind among the files is left out; alone it is an error", arguments: TestStore.engines)
    func otherTable(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let table = try place.file("truth.csv", Array("batch,row,person\na,1,2\n".utf8))
            #expect(try await place.run("batch", "import", table).status == 1)
            #expect(try await place.run("batch", "import", table, table).status == 1)
            let good = try place.file("good.csv", SheetWriter.file(rows: 4).utf8)
            let outcome = try await place.run("batch", "import", good, table, "--json")
            #expect(outcome.status == 0)
            #expect(outcome.errors.contains("batch_other_table"))
            #expect(outcome.objects.compactMap { $0["rows"] as? Int } == [4] && outcome.objects.count == 1)
            #expect(Set(try await place.batches().keys) == ["good"])
        }
    }

    @Test("the counts are told as they stand after the last file", arguments: TestStore.engines, [false, true])
    func told(engine: Engine, asJSON: Bool) async throws {
        try await Place.with(engine) { place in
            let first = try place.file("first.csv", SheetWriter.file(rows: 4).utf8)
            let second = try place.file("second.csv", SheetWriter.file(rows: 2).utf8)
            let outcome = try await place.run(["batch", "import", first, second] + (asJSON ? ["--json"] : []))
            #expect(outcome.status == 0)
            let marked = try await place.rows("first").filter { $0.findings.contains("duplicate") }.count
            #expect(marked == 2)
            guard asJSON else {
                #expect(outcome.output.components(separatedBy: "\nfirst  (").count == 2, "\(outcome.output)")
                #expect(outcome.output.contains("Marked further by a later file"))
                return
            }
            #expect(outcome.objects.compactMap { $0["batch"] as? String } == ["first", "second"])
            #expect(outcome.objects.first?["accepted_with_findings"] as? Int == marked)
        }
    }

    @Test("another file under a name that is taken is refused; the first stays", arguments: TestStore.engines)
    func nameTaken(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let path = try place.file("xa.csv", SheetWriter.file(rows: 3).utf8)
            #expect(try await place.run("batch", "import", path).status == 0)
            _ = try place.file("xa.csv", SheetWriter.file(rows: 5).utf8)
            expect(try await place.run("batch", "import", path, "--json"), code: "batch_name_taken", "name")
            #expect(try await place.batch("xa")?.rows == 3)
            try await place.expectSound()
        }
    }
}
