import Database
import Foundation
import TestStores
import Testing

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
