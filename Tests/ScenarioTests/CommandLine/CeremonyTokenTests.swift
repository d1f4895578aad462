import Database
import Foundation
import Testing

@Suite(
    "Key ceremonies on a token", .serialized,
    .enabled(if: FileManager.default.fileExists(atPath: CeremonyHall.tokenLibrary)))
struct CeremonyTokenTests {
    private static let two = CeremonyHall.shares([2, 3]) + ["--present", "master", "--present", "witness-1"]

    /// A token of SoftHSM in the hall's own folder; gives the variable by which the library finds it.
    private func token(in hall: CeremonyHall) async throws -> [String] {
        let tokens = hall.path("tokens")
        try FileManager.default.createDirectory(at: tokens, withIntermediateDirectories: false)
        try Data("directories.tokendir = \(tokens.path)\nlog.level = ERROR\n".utf8).write(to: hall.path("hsm.conf"))
        let variables = ["SOFTHSM2_CONF=\(hall.path("hsm.conf").path)"]
        let made = try await Program.start(
            variables + [
                "softhsm2-util", "--init-token", "--free", "--label", "CSCA", "--pin", "87654321", "--so-pin", "1234",
            ],
            in: hall.folder, executable: "/usr/bin/env"
        ).outcome()
        #expect(made.status == 0, "\(made.errors)")
        try hall.secret("pin", "87654321")
        return variables
    }

    @Test("the key stays on the token, and the holders' shares give its PIN")
    func wholeWay() async throws {
        try await CeremonyHall.with { hall in
            let variables = try await token(in: hall)
            let library = ["--token", CeremonyHall.tokenLibrary]
            let home = library + ["--slot", "CSCA", "--pin-file", "pin"]
            #expect(try await hall.run(CeremonyHall.opening).status == 0)
            #expect(try await hall.run(CeremonyHall.making + ["--dry-run"] + home, variables: variables).status == 0)
            let made = try await hall.run(CeremonyHall.making + home, variables: variables)
            #expect(made.status == 0, "\(made.errors)")
            #expect(!hall.exists("le/002-csca/csca-1.key"))
            let kept = try String(contentsOf: hall.path("le/002-csca/csca-1.token"), encoding: .utf8)
            #expect(!kept.contains("87654321"))
            try FileManager.default.removeItem(at: hall.path("pin"))

            let blind = try await hall.run(["crl"] + Self.two, variables: variables)
            #expect(blind.status == 1 && blind.errors.contains("[ceremony_token_needed]"), "\(blind.errors)")
            let list = try await hall.run(["crl"] + library + Self.two, variables: variables)
            #expect(list.status == 0, "\(list.errors)")
            let signer = try await hall.run(
                ["signer", "--signer-passphrase-file", "factory"] + library + Self.two, variables: variables)
            #expect(signer.status == 0, "\(signer.errors)")
            // A key on a token is not followed by one in a file.
            let link =
                ["link"] + CeremonyHall.shares([1, 2]) + CeremonyHall.everybody
                + CeremonyHall.fresh("--new-passphrase-file", ["a2", "b2", "c2"])
            let weaker = try await hall.run(link + library, variables: variables)
            #expect(weaker.status == 1 && weaker.errors.contains("[ceremony_token_needed]"), "\(weaker.errors)")
            try hall.secret("pin", "87654321")
            let next = try await hall.run(link + home, variables: variables)
            #expect(next.status == 0, "\(next.errors)")
            #expect(try await hall.run(["verify"]).status == 0)
            guard CeremonyHall.hasOpenSSL else { return }
            for (der, pem) in [("002-csca/csca-1", "one"), ("004-signer/signer-1", "ds"), ("005-link/link-2", "link")] {
                _ = try await hall.openssl("x509", "-inform", "DER", "-in", "le/\(der).der", "-out", "\(pem).pem")
            }
            #expect(try await hall.openssl("verify", "-CAfile", "one.pem", "ds.pem").status == 0)
            #expect(try await hall.openssl("verify", "-partial_chain", "-CAfile", "one.pem", "link.pem").status == 0)
        }
    }

    @Test("cards are signed by a document signer whose key is on the factory's token")
    func signsCards() async throws {
        try await Place.with(.sqlite) { place in
            #expect(try await place.run("batch", "import", try place.file("s.csv", Story.file.utf8)).status == 0)
            let hall = CeremonyHall(folder: place.folder)
            try hall.prepare()
            let variables = try await token(in: hall)
            for outcome in try await hall.begin() { #expect(outcome.status == 0, "\(outcome.errors)") }
            let library = ["--token", CeremonyHall.tokenLibrary]
            let home = ["--slot", "CSCA", "--pin-file", "pin"]
            let signer = try await hall.run(["signer"] + home + library + Self.two, variables: variables)
            #expect(signer.status == 0, "\(signer.errors)")
            let both = try await hall.run(
                ["signer", "--signer-passphrase-file", "factory"] + home + library + Self.two, variables: variables)
            #expect(both.status == 64, "\(both.errors)")
            #expect(try await hall.run(["crl"] + Self.two).status == 0)
            #expect(try await hall.run(["export", "--out", "pki"]).status == 0)
            #expect(!hall.exists("pki/signer.key") && hall.exists("pki/signer.token"))
            let words =
                ["card", "specimen", Story.an, "--out", "cards", "--pki", "pki", "--passphrase-file", "pin", "--json"]
                + place.options
            let blind = try await Program.start(words, in: place.folder).outcome()
            #expect(blind.errors.contains("[ceremony_token_needed]"), "\(blind.errors)")
            let export = try await Program.start(
                variables + [Program.path] + words + library, in: place.folder, executable: "/usr/bin/env"
            ).outcome()
            #expect(export.status == 0, "\(export.errors)")
            let handle = try #require(export.objects.first?["handle"] as? String)
            let verdict = try await Program.start(
                ["card", "inspect", "cards/\(handle)", "--trust", "pki", "--json"], in: place.folder
            ).outcome()
            #expect(verdict.objects.first?["genuine"] as? Bool == true, "\(verdict.output)")
        }
    }

    @Test("a wrong PIN or a token that is not there is told before anything is written")
    func refuses() async throws {
        try await CeremonyHall.with { hall in
            let variables = try await token(in: hall)
            #expect(try await hall.run(CeremonyHall.opening).status == 0)
            try hall.secret("pin", "00000000")
            for (slot, code) in [("CSCA", "token_pin_wrong"), ("Other", "token_not_found")] {
                let outcome = try await hall.run(
                    CeremonyHall.making + ["--token", CeremonyHall.tokenLibrary, "--slot", slot, "--pin-file", "pin"],
                    variables: variables)
                #expect(outcome.status == 1 && outcome.errors.contains("[\(code)]"), "\(outcome.errors)")
            }
            let alone = try await hall.run(
                CeremonyHall.making + ["--token", CeremonyHall.tokenLibrary], variables: variables)
            #expect(alone.status == 64, "\(alone.errors)")
            #expect(!hall.exists("le/002-csca"))
        }
    }
}
