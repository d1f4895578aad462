import Access
import ArgumentParser
import Database
import Foundation
import Population
import TestStores
import Testing

@testable import Commands

@Suite("The signing key", .serialized)
struct KeyTests {
    @Test("a key that others can read, of another register, or damaged is refused", arguments: TestStore.engines)
    func wrongKeys(engine: Engine) async throws {
        try await Place.with(engine) { place in
            #expect(try await place.run("batch", "import", try place.file("s.csv", Story.file.utf8)).status == 0)
            let mode = try FileManager.default.attributesOfItem(atPath: place.keyFile.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let key = try FileBytes.read(place.keyFile.path)
            func expect(_ code: String) async throws {
                let outcome = try await place.run("person", "show", Story.an, "--json")
                #expect(outcome.status == 4, "\(code): \(outcome.output)")
                let error = outcome.objects.first?["error"] as? [String: String]
                #expect(error?["code"] == code, "\(outcome.output)")
                #expect(outcome.errors.contains("[\(code)]"))
                #expect(!outcome.errors.contains(String(decoding: key, as: UTF8.self).prefix(20)))
            }
            func put(_ bytes: [UInt8], mode: Int) throws {
                try Data(bytes).write(to: place.keyFile)
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: place.keyFile.path)
            }
            try put(key, mode: 0o644)
            try await expect("log_key_exposed")
            try put(Array("not a key".utf8), mode: 0o600)
            try await expect("log_key_unreadable")
            try put(Array((String(repeating: "A", count: 43) + "=\n").utf8), mode: 0o600)
            try await expect("log_key_of_another_register")
            try put(key, mode: 0o600)
            try await place.expectSound()
        }
    }

    @Test("a second register is not made with the keys of the first", arguments: TestStore.engines)
    func secondRegister(engine: Engine) async throws {
        try await Place.with(engine) { place in
            #expect(try await place.run("register", "create").status == 0)
            try await place.withEmptyStore { second in
                let outcome = try await second.run("register", "create", "--json")
                #expect(outcome.status == 1, "\(outcome.output)")
                #expect(outcome.errors.contains("[log_key_taken]"), "\(outcome.errors)")
            }
            // The first one stays what it is.
            #expect(try await place.run("log", "verify").status == 0)
        }
    }

    @Test("what a long command writes gets its place while it still works", arguments: TestStore.engines)
    func integrates(engine: Engine) async throws {
        try await Place.with(engine) { place in
            #expect(try await place.run("batch", "import", try place.file("s.csv", Story.file.utf8)).status == 0)
            let options = try RegisterOptions.parse(place.options)
            try await OpenedRegister.with(options, creating: nil) { opened in
                let selector = try #require(PersonSelector(parsing: Story.an))
                _ = try await opened.population.look(at: selector, by: LocalOperator.requester)
                func waiting() async throws -> Int {
                    try await opened.database.read { connection in
                        try connection.first("SELECT count(*) FROM log_pending") { try $0.int(0) } ?? 0
                    }
                }
                let deadline = ContinuousClock.now.advanced(by: .seconds(60))
                while try await waiting() > 0, ContinuousClock.now < deadline { await Task.yield() }
                #expect(try await waiting() == 0)
            }
        }
    }

    @Test("the keys of a register on a server lie under the name of its database")
    func folders() throws {
        func folder(_ database: String) throws -> String {
            let options = try RegisterOptions.parse(["--database", database])
            return options.keyFile(for: try options.location()).folder.relativePath
        }
        #expect(try folder("postgres://dancu@db.local/ha_noi") == ".dancu/ha_noi.keys")
        #expect(try folder("postgres://dancu@/ha-noi?host=/run/pg") == ".dancu/ha-noi.keys")
        #expect(try folder("sqlite:/srv/a.sqlite") == "/srv/a.sqlite.keys")
    }

    @Test(
        "without the key the register is read; what is written waits, and is said to wait", arguments: TestStore.engines
    )
    func missingKey(engine: Engine) async throws {
        try await Place.with(engine) { place in
            #expect(try await place.run("batch", "import", try place.file("s.csv", Story.file.utf8)).status == 0)
            let aside = place.folder.appendingPathComponent("aside")
            try FileManager.default.moveItem(at: place.keys, to: aside)
            let shown = try await place.run("person", "show", Story.an, "--json")
            #expect(shown.status == 0, "\(shown.errors)")
            #expect(shown.errors.contains("[log_key_missing]"), "\(shown.errors)")
            let verified = try await place.run("log", "verify", "--json")
            #expect(verified.status == 0, "\(verified.output)")
            #expect(verified.objects.first?["waiting"] as? Int == 1)
            try FileManager.default.moveItem(at: aside, to: place.keys)
            let later = try await place.run("log", "verify", "--json")
            #expect(later.objects.first?["waiting"] as? Int == 0)
            #expect((later.objects.first?["leaves"] as? [String: Int])?["looks"] == 1)
            try await place.expectSound()
        }
    }
}
