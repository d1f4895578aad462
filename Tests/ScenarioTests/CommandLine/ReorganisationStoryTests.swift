import Civil
import Database
import Foundation
import TestStores
import Testing

@Suite("A new reorganisation is a data file and one command", .serialized)
struct ReorganisationStoryTests {
    /// The shipped set of 2025 under a new name and day, with one commune renamed, and the conversion to it.
    private func files() throws -> (set: String, conversion: String) {
        let shipped = try #require(ShippedUnits.bytes("from-2025-07-01.tsv"))
        let rows = String(decoding: shipped, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
        let renamed = rows.map { $0.replacing("Phường Hồng Hà", with: "Phường Sông Hồng") }
        let set =
            ["# set: from-2025-09-01", "# valid-from: 2025-09-01", "# basis: Nghị quyết giả định"] + renamed
        let communes = rows.filter { $0.hasPrefix("commune") }.map { $0.split(separator: "\t")[1] }
        let conversion =
            ["# from: from-2025-07-01", "# to: from-2025-09-01", "from\tto\textent\tdefault"]
            + communes.map { "\($0)\t\($0)\twhole\t" }
        return (set.joined(separator: "\n") + "\n", conversion.joined(separator: "\n") + "\n")
    }

    /// Asks the server for the commune of the new set until it knows it.
    private func isShown(_ name: String, at port: Int) async throws -> Bool {
        let deadline = ContinuousClock.now.advanced(by: .seconds(60))
        while ContinuousClock.now < deadline {
            let connection = try RawConnection(port: port)
            defer { connection.close() }
            connection.send(
                "GET /api/v1/units/from-2025-09-01/00097 HTTP/1.1\r\nHost: localhost:\(port)\r\n"
                    + "Connection: close\r\n\r\n")
            guard let answer = await connection.rest() else { return false }
            if answer.contains(name) { return true }
            guard answer.contains("unit_unknown") else { return false }
        }
        return false
    }

    @Test("units, addresses and numbers follow two reorganisations", arguments: TestStore.engines)
    func follows(engine: Engine) async throws {
        try await Place.with(engine) { place in
            #expect(try await place.run("batch", "import", try place.file("story.csv", Story.file.utf8)).status == 0)
            let (set, conversion) = try files()
            let paths = [try place.file("set.tsv", set.utf8), try place.file("conversion.tsv", conversion.utf8)]
            let server = try place.start("serve", "--port", "0")
            defer { server.stop() }
            let port = try await server.announcedPort()
            let dry = try await place.run(["unit", "load", "--dry-run"] + paths)
            #expect(dry.status == 0, "\(dry.errors)")
            let short = try place.file(
                "short.tsv", conversion.split(separator: "\n").dropLast().joined(separator: "\n").utf8)
            let refused = try await place.run("unit", "load", paths[0], short)
            #expect(refused.status == 1 && refused.errors.contains("unit_file_not_converted"), "\(refused.errors)")
            let loaded = try await place.run(["unit", "load"] + paths)
            #expect(loaded.status == 0, "\(loaded.errors)")
            let again = try await place.run(["unit", "load"] + paths)
            #expect(again.status == 0 && again.output.contains("nothing changed"), "\(again.output)\(again.errors)")

            // The server that runs all the while goes by them too.
            #expect(try await isShown("Phường Sông Hồng", at: port))
            server.stop()
            #expect(try await server.outcome().status == 0)

            let old = try await place.run("unit", "convert", "until-2025-06-30/00001")
            #expect(old.output.contains("Phường Sông Hồng"), "\(old.output)")
            let address = try await place.run("unit", "resolve", "Phường Phúc Xá, Quận Ba Đình, Hà Nội", "--json")
            let first = (address.objects.first?["candidates"] as? [[String: Any]])?.first?["unit"] as? [String: Any]
            #expect(first?["name"] as? String == "Phường Sông Hồng", "\(address.output)")

            // Nobody who was collected two sets ago is left out.
            let run = try await place.run("number", "run", "--unit", "00097", "--json")
            #expect((run.objects.first?["given"] as? [Any])?.count == 3, "\(run.output)\(run.errors)")
            #expect(run.objects.first?["already_held"] as? Int == 1)
            let rows = try await place.run("batch", "rows", "story", "--json").objects
            let today = rows.first?["permanent_commune_today"] as? [String: Any]
            #expect(today?["set"] as? String == "from-2025-09-01" && today?["code"] as? String == "00097")
            try await place.expectSound()
        }
    }
}
