import Database
import TestStores
import Testing

@Suite("The demonstration batch", .serialized)
struct DemonstrationTests {
    /// Which rows have which trouble; the batch was made with them.
    private static let planted: [String: [Int]] = [
        "household_head": [36, 39, 41], "year_only": [21, 76, 149, 233, 278, 292, 326, 330],
        "no_day": [16, 62, 150, 219, 367], "impossible_date": [153, 180, 256, 355], "future_date": [225, 247, 288],
        "missing_sex": [86, 101, 387], "missing_dob": [72, 209, 340], "missing_name": [325, 327],
        "number_malformed": [31, 284, 360], "number_sex_mismatch": [66, 117, 131, 289], "dead": [196, 379],
        "no_diacritics": [28, 80, 95, 282, 323, 324],
        "duplicate": [358, 359, 169, 170, 167, 397, 380, 398, 187, 399, 43, 400, 92, 401],
    ]

    @Test("every planted trouble is found on its row and nowhere else", arguments: TestStore.engines)
    func plantedRows(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let outcome = try await place.run("batch", "import", Shared.demonstration, "--json")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let counts = try #require(outcome.objects.first.flatMap(Counts.init))
            #expect(counts.addUp)
            let rows = try await place.rows(counts.batch)
            #expect(rows.count == counts.rows)
            for (code, planted) in DemonstrationTests.planted {
                let found = rows.filter { $0.findings.contains(code) }.map(\.row)
                #expect(found.sorted() == planted.sorted(), "\(code)")
                #expect(counts.findings[code] == planted.count, "\(code)")
            }
            let expected = Set(DemonstrationTests.planted.keys)
            #expect(Set(counts.findings.keys).isSubset(of: expected), "\(counts.findings)")
            try await place.expectSound()
        }
    }

    @Test("the same file again changes nothing, under its own and under another name", arguments: TestStore.engines)
    func again(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let first = try await place.run("batch", "import", Shared.demonstration, "--json")
            let rows = try await place.rows("24283-demonstration")
            let leaves = try await place.leaves()["acts"]
            let second = try await place.run("batch", "import", Shared.demonstration, "--json")
            #expect(second.status == 0)
            #expect(second.output == first.output)
            let bytes = try FileBytes.read(Shared.demonstration)
            let renamed = try await place.run("batch", "import", try place.file("renamed.csv", bytes), "--json")
            #expect(renamed.status == 0)
            #expect(renamed.output == first.output)
            #expect(try await place.rows("24283-demonstration") == rows)
            #expect(try await place.leaves()["acts"] == leaves)
            #expect(try await place.batches().count == 1)
        }
    }
}
