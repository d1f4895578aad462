import Database
import Foundation
import Testing

@Suite("The disk gives out", .serialized, .enabled(if: SmallDisk.isPossible, "only root may mount a small disk"))
struct DiskTests {
    /// A place whose store is on a small disk; keys and files are elsewhere.
    private func with(size: String, _ body: (Place, SmallDisk) async throws -> Void) async throws {
        let folder = try Folder.make()
        let disk = SmallDisk(path: folder.appendingPathComponent("disk").path)
        try FileManager.default.createDirectory(atPath: disk.path, withIntermediateDirectories: true)
        try #require(disk.mount("size=\(size)"))
        do {
            let place = Place(engine: .sqlite, folder: folder, database: "sqlite:\(disk.path)/register.sqlite")
            try await body(place, disk)
        } catch {
            Issue.record("\(error)")
        }
        disk.unmount()
        Folder.remove(folder)
    }

    @Test("full during an import: said clearly, what is there stays, and the import goes on when there is room")
    func full() async throws {
        var writer = SheetWriter(seed: 77)
        let text = writer.batch(rows: 6_000)
        let rows = text.split(separator: "\n").count - 1
        // Room for some small pieces and not for all.
        try await with(size: "20m") { place, disk in
            let path = try place.file("big.csv", text.utf8)
            let outcome = try await place.run("batch", "import", path, "--json", "--piece", "300")
            #expect(outcome.status == 4, "\(outcome.output)\(outcome.errors)")
            let error = outcome.objects.first?["error"] as? [String: String]
            #expect(error?["code"] == "disk_full", "\(outcome.output)")
            let partial = try #require(try await place.batch("big"), "the register can be read")
            #expect(partial.done < rows)
            #expect(partial.accepted + partial.acceptedWithFindings + partial.held == partial.done)
            #expect(disk.remount("size=400m"))
            try await place.expectSound("once there is room")
            let again = try await place.run("batch", "import", path, "--json")
            #expect(again.status == 0, "\(again.errors)")
            #expect(try await place.batch("big")?.addUp == true)
            #expect(try await place.batch("big")?.rows == rows)
            try await place.expectSound("in the end")
        }
    }

    @Test(
        "PostgreSQL's disk full during an import: said clearly, and the import goes on when there is room",
        .enabled(if: OwnServer.isPossible, "there is no PostgreSQL"))
    func fullServer() async throws {
        var writer = SheetWriter(seed: 78)
        let text = writer.batch(rows: 6_000)
        let rows = text.split(separator: "\n").count - 1
        let folder = try Folder.make()
        let server = OwnServer(folder: folder)
        let disk = SmallDisk(path: folder.appendingPathComponent("pg").path)
        try FileManager.default.createDirectory(atPath: disk.path, withIntermediateDirectories: true)
        try #require(disk.mount("size=400m"))
        do {
            let place = try await Place.on(try await server.start(), database: "crowded", folder: folder)
            #expect(try await place.run("register", "create").status == 0)
            let path = try place.file("big.csv", text.utf8)
            let filler = folder.appendingPathComponent("pg/filler")
            let free = try FileManager.default.attributesOfFileSystem(forPath: disk.path)[.systemFreeSize] as? Int
            try Data(count: max(0, (free ?? 0) - (6 << 20))).write(to: filler)
            let outcome = try await place.run("batch", "import", path, "--json")
            #expect(outcome.status == 4, "\(outcome.output)\(outcome.errors)")
            // Where the log of the server itself finds no room, the server ends.
            let error = outcome.objects.first?["error"] as? [String: String]
            #expect(
                ["disk_full", "store_unavailable", "commit_outcome_unknown"].contains(error?["code"] ?? ""),
                "\(outcome.output)")
            // A program that another test started meanwhile may have the file open: it is emptied, not only unlinked.
            try FileHandle(forWritingTo: filler).truncate(atOffset: 0)
            try FileManager.default.removeItem(at: filler)
            server.kill()
            _ = try await server.start()
            try await place.expectSound("once there is room")
            let again = try await place.run("batch", "import", path, "--json")
            #expect(again.status == 0, "\(again.errors)")
            #expect(try await place.batch("big")?.addUp == true)
            #expect(try await place.batch("big")?.rows == rows)
            try await place.expectSound("in the end")
        } catch {
            Issue.record("\(error)")
        }
        await server.stop()
        disk.unmount()
        Folder.remove(folder)
    }

    @Test("no room for a register at all: said clearly; with room it begins")
    func noRoom() async throws {
        try await with(size: "512k") { place, disk in
            let path = try place.file("story.csv", Story.file.utf8)
            let outcome = try await place.run("batch", "import", path, "--json")
            #expect(outcome.status == 4, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.errors.contains("[disk_full]"), "\(outcome.errors)")
            #expect(disk.remount("size=100m"))
            let again = try await place.run("batch", "import", path, "--json")
            #expect(again.status == 0, "\(again.errors)")
            try await place.expectSound()
        }
    }

    @Test("a disk that may only be read: said clearly, nothing is lost")
    func readOnly() async throws {
        try await with(size: "100m") { place, disk in
            let path = try place.file("story.csv", Story.file.utf8)
            #expect(try await place.run("batch", "import", path).status == 0)
            try #require(disk.remount("ro"))
            let more = try place.file("more.csv", SheetWriter.file(rows: 3).utf8)
            for arguments in [["batch", "import", more, "--json"], ["person", "show", Story.an, "--json"]] {
                let outcome = try await place.run(arguments)
                #expect(outcome.status == 4, "\(arguments): \(outcome.output)\(outcome.errors)")
                let error = outcome.objects.first?["error"] as? [String: String]
                #expect(["store_read_only", "store_unavailable"].contains(error?["code"] ?? ""), "\(outcome.output)")
            }
            try #require(disk.remount("rw"))
            #expect(try await place.batches().keys.sorted() == ["story"])
            try await place.expectSound()
        }
    }
}
