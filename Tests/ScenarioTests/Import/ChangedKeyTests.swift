import Database
import Foundation
import TestStores
import Testing

@Suite("A sheet about somebody whose record was corrected", .serialized)
struct ChangedKeyTests {
    private func file(_ rows: [[String: String]]) -> [UInt8] {
        let lines = rows.enumerated().map { SheetWriter.row($0.offset + 1, household: "H\($0.offset)", $0.element) }
        return Array(([SheetWriter.heading] + lines).joined(separator: "\n").utf8)
    }

    @Test(
        "the right name, date or old number of later finds the person; so does the wrong one of before",
        arguments: TestStore.engines)
    func found(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let first = try place.file(
                "first.csv",
                file([
                    ["ho_ten": "Nguyễn Văn Sai", "ngay_sinh": "03/04/1970"],
                    ["ho_ten": "Trần Văn Cũ", "ngay_sinh": "05/06/1971", "so_cmnd": "012345678"],
                ]))
            #expect(try await place.run("batch", "import", first).status == 0)
            let people = try await place.rows("first").compactMap(\.person)
            try #require(people.count == 2)
            let corrections = [
                #"{"kind":"details_corrected","persons":["\#(people[0])"],"#
                    + #""content":{"details":{"name":"Nguyễn Văn Đúng","birth":"1970-03-04"}}}"#,
                #"{"kind":"details_corrected","persons":["\#(people[1])"],"#
                    + #""content":{"details":{"old_number":"012345679"}}}"#,
            ]
            for correction in corrections {
                let outcome = try await place.run("act", "record", "--json", input: correction)
                #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            }
            try await place.expectSound("corrected")
            // Lost keys are made anew, as they are for a register of an earlier version.
            let database = try await Database.open(try DatabaseLocation(parsing: place.database))
            try await database.write { _ = try $0.execute("DELETE FROM match_key WHERE sheet_id = 0") }
            await database.close()
            let check = try await place.run("register", "rebuild", "--check", "--json")
            #expect(check.status == 3 && check.output.contains("key of person"), "\(check.output)")
            #expect(try await place.run("register", "rebuild").status == 0)
            try await place.expectSound("rebuilt")

            let later = try place.file(
                "later.csv",
                file([
                    ["ho_ten": "Nguyễn Văn Đúng", "ngay_sinh": "03/04/1970"],
                    ["ho_ten": "Nguyễn Văn Đúng", "ngay_sinh": "04/03/1970"],
                    ["ho_ten": "Trần Văn Cũ", "ngay_sinh": "05/06/1971", "so_cmnd": "012345679", "thuong_tru": ""],
                    ["ho_ten": "Nguyễn Văn Sai", "ngay_sinh": "03/04/1970"],
                ]))
            #expect(try await place.run("batch", "import", later).status == 0)
            let found = try await place.rows("later").map { row in row.findings.contains("duplicate") }
            // The first has the right name with the wrong date, which is no sure evidence.
            #expect(found == [false, true, true, true])

            // A second correction leaves the keys of the first behind.
            let again =
                #"{"kind":"details_corrected","persons":["\#(people[0])"],"#
                + #""content":{"details":{"name":"Nguyễn Văn Rất"}}}"#
            #expect(try await place.run("act", "record", input: again).status == 0)
            try await place.expectSound("corrected twice")
        }
    }
}
