import Database
import Foundation
import TestStores
import Testing

@Suite("Cards through the command line", .serialized)
struct CardCommandTests {
    /// Runs a command that needs no register.
    private func run(_ place: Place, _ arguments: String...) async throws -> Program.Outcome {
        try await Program.start(arguments, in: place.folder).outcome()
    }

    private func secret(_ place: Place, _ text: String, mode: Int = 0o600) throws -> String {
        let path = try place.file("passphrase", text.utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    private func outcome(_ outcome: Program.Outcome, of check: String) -> [String: Any]? {
        (outcome.objects.first?["checks"] as? [[String: Any]])?.first { $0["check"] as? String == check }
    }

    @Test("a specimen card is made from the register, on record, and checks as genuine", arguments: TestStore.engines)
    func wholeWay(engine: Engine) async throws {
        try await Place.with(engine) { place in
            #expect(try await place.run("batch", "import", try place.file("s.csv", Story.file.utf8)).status == 0)
            let passphrase = try secret(place, "một mật khẩu đủ dài\n")
            let made = try await run(place, "pki", "create", "--dir", "pki", "--passphrase-file", passphrase)
            #expect(made.status == 0, "\(made.errors)")
            let key = place.folder.appendingPathComponent("pki/csca.key").path
            #expect(try FileManager.default.attributesOfItem(atPath: key)[.posixPermissions] as? Int == 0o600)
            let again = try await run(place, "pki", "create", "--dir", "pki", "--passphrase-file", passphrase)
            #expect(again.status == 1 && again.errors.contains("folder_not_empty"))

            let looks = try await place.leaves()["looks"] ?? 0
            let export = try await place.run(
                "card", "specimen", Story.an, "--out", "cards", "--pki", "pki", "--passphrase-file", passphrase,
                "--json")
            #expect(export.status == 0, "\(export.errors)")
            #expect(try await place.leaves()["looks"] == looks + 1)
            let handle = try #require(export.objects.first?["handle"] as? String)
            let card = "cards/\(handle)"
            let names = try FileManager.default.contentsOfDirectory(
                atPath: place.folder.appendingPathComponent(card).path)
            #expect(
                names.sorted() == [
                    "EF.COM.bin", "EF.CardAccess.bin", "EF.DG1.bin", "EF.DG13.bin", "EF.DG14.bin", "EF.DG15.bin",
                    "EF.DG2.bin", "EF.DG3.bin", "EF.SOD.bin",
                ])

            let verdict = try await run(place, "card", "inspect", card, "--trust", "pki", "--json")
            #expect(verdict.status == 0, "\(verdict.output)\(verdict.errors)")
            #expect(verdict.objects.first?["genuine"] as? Bool == true)
            #expect(!verdict.output.contains("NGUYEN") && !verdict.output.contains(Story.an))
            let alone = try await run(place, "card", "inspect", card, "--json")
            #expect(alone.status == 4)
            #expect(outcome(alone, of: "chain")?["code"] as? String == "card_no_trust")

            let portrait = place.folder.appendingPathComponent("\(card)/EF.DG2.bin")
            var bytes = try Data(contentsOf: portrait)
            bytes[bytes.count - 10] ^= 1
            try bytes.write(to: portrait)
            let altered = try await run(place, "card", "inspect", card, "--trust", "cards/certificates", "--json")
            #expect(altered.status == 1)
            #expect(outcome(altered, of: "hash_dg2")?["code"] as? String == "card_hash_differs")
            #expect(outcome(altered, of: "hash_dg1")?["outcome"] as? String == "passed")
        }
    }

    @Test("wrong passphrases, exposed ones, strangers and production registers are refused")
    func refused() async throws {
        try await Place.with(.sqlite) { place in
            #expect(try await place.run("batch", "import", try place.file("s.csv", Story.file.utf8)).status == 0)
            let short = try await run(
                place, "pki", "create", "--dir", "a", "--passphrase-file", try secret(place, "ngắn"))
            #expect(short.status == 1 && short.errors.contains("signing_passphrase_too_short"))
            let exposed = try secret(place, "một mật khẩu đủ dài", mode: 0o644)
            let open = try await run(place, "pki", "create", "--dir", "a", "--passphrase-file", exposed)
            #expect(open.status == 4 && open.errors.contains("log_key_exposed"))
            let right = try secret(place, "một mật khẩu đủ dài")
            #expect(try await run(place, "pki", "create", "--dir", "pki", "--passphrase-file", right).status == 0)
            let stranger = try await place.run(
                "card", "specimen", "005090999999", "--out", "b", "--pki", "pki", "--passphrase-file", right)
            #expect(stranger.status == 1 && stranger.errors.contains("person_not_found"))
            let wrong = try secret(place, "một mật khẩu khác hẳn")
            let closed = try await place.run(
                "card", "specimen", Story.an, "--out", "c", "--pki", "pki", "--passphrase-file", wrong)
            #expect(closed.status == 1 && closed.errors.contains("signing_key_not_opened"))
            #expect(!FileManager.default.fileExists(atPath: place.folder.appendingPathComponent("c").path))
            let none = try await run(place, "card", "inspect", "nowhere")
            #expect(none.status == 1 && none.output.contains("card_no_security_object"))
        }
    }
}
