import Database
import Foundation
import Testing

@Suite(
    "A chip on a reader, through PC/SC", .serialized,
    .enabled(if: PrivateReaders.isPossible, "pcscd, vpcd or opensc is missing, or may not run in a namespace"))
struct CardReaderTests {
    private static let passphrase = "một mật khẩu đủ dài\n"

    /// A place with a pcscd of its own and a card that was exported with its key; gives the card's folder.
    private func withCard(_ body: (Place, PrivateReaders, String) async throws -> Void) async throws {
        try await Place.with(.sqlite) { place in
            #expect(try await place.run("batch", "import", try place.file("s.csv", Story.file.utf8)).status == 0)
            let secret = try place.file("passphrase", CardReaderTests.passphrase.utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secret)
            let made = try await Program.start(
                ["pki", "create", "--dir", "pki", "--passphrase-file", secret], in: place.folder
            ).outcome()
            #expect(made.status == 0, "\(made.errors)")
            let export = try await place.run(
                "card", "specimen", Story.an, "--out", "cards", "--pki", "pki", "--passphrase-file", secret,
                "--keep-chip-key", "--json")
            let handle = try #require(export.objects.first?["handle"] as? String, "\(export.errors)")
            _ = try place.file("can", (Story.an.suffix(6) + "\n").utf8)
            try await PrivateReaders.with(in: place.folder) { readers in
                try await body(place, readers, "cards/\(handle)")
            }
        }
    }

    /// Lets a chip lie on the reader as long as the body takes.
    private func withChip(
        _ arguments: [String], on readers: PrivateReaders, _ body: () async throws -> Void
    ) async throws {
        let chip = try readers.start(["card", "chip", "--port", "\(readers.port)"] + arguments)
        try await readers.waitForCard(true)
        try await body()
        chip.stop()
        let end = try await chip.outcome(within: 30)
        #expect(end.status == 0 && end.output.isEmpty, "\(end.errors)")
        #expect(!end.errors.contains(Story.an))
        try await readers.waitForCard(false)
    }

    private func inspect(_ readers: PrivateReaders, _ arguments: String...) async throws -> Program.Outcome {
        try await readers.start(["card", "inspect", "--reader", "--json"] + arguments).outcome()
    }

    private func outcome(_ outcome: Program.Outcome, of check: String) -> String? {
        let checks = outcome.objects.first?["checks"] as? [[String: Any]]
        let line = checks?.first { $0["check"] as? String == check }
        return (line?["code"] ?? line?["outcome"]) as? String
    }

    private func code(_ outcome: Program.Outcome) -> String? {
        (outcome.objects.first?["error"] as? [String: String])?["code"]
    }

    /// The zone of a card, as it is printed.
    private func zone(_ card: String, in place: Place) throws -> String {
        let file = try Data(contentsOf: place.folder.appendingPathComponent("\(card)/EF.DG1.bin"))
        let zone = String(decoding: file.suffix(90), as: UTF8.self)
        let lines = [0, 30, 60].map { zone.dropFirst($0).prefix(30) + "\n" }
        return try place.file("zone", lines.joined().utf8)
    }

    @Test("a terminal opens the chip with CAN or zone, and finds it genuine and no copy")
    func genuine() async throws {
        try await withCard { place, readers, card in
            #expect(code(try await inspect(readers, "--can-file", "can")) == "reader_no_card")
            try await withChip([card, "--passphrase-file", "passphrase"], on: readers) {
                let ways = [["--can-file", "can"], ["--zone-file", try zone(card, in: place)]]
                for way in ways {
                    let verdict = try await inspect(readers, "--trust", "pki", way[0], way[1])
                    #expect(verdict.status == 0, "\(verdict.output)\(verdict.errors)")
                    #expect(verdict.objects.first?["genuine"] as? Bool == true)
                    for check in ["access", "hash_dg2", "active_authentication", "chip_authentication"] {
                        #expect(outcome(verdict, of: check) == "passed", "\(check)")
                    }
                    #expect(!(verdict.output + verdict.errors).contains(Story.an))
                }
                _ = try place.file("other", "000000\n".utf8)
                let wrong = try await inspect(readers, "--trust", "pki", "--can-file", "other")
                #expect(wrong.status == 4 && outcome(wrong, of: "access") == "card_access_code_wrong")
                let unknown = try await readers.start(
                    ["card", "inspect", "--reader", "Other", "--can-file", "can", "--json"]
                ).outcome()
                #expect(unknown.status == 4 && code(unknown) == "reader_unknown")
                let named = try await readers.start(
                    ["card", "inspect", "--reader", "Dancu 00 00", "--can-file", "can", "--trust", "pki"]
                ).outcome()
                #expect(named.status == 0, "\(named.output)\(named.errors)")
            }
            let gone = try await inspect(readers, "--can-file", "can")
            #expect(gone.status == 4 && code(gone) == "reader_no_card")
        }
    }

    @Test("a terminal with a right reads the fingers, a chip that believes somebody else keeps them")
    func rights() async throws {
        try await withCard { place, readers, card in
            func rights(_ arguments: String...) async throws {
                let made = try await Program.start(["pki", "rights"] + arguments, in: place.folder).outcome()
                #expect(made.status == 0, "\(made.errors)")
            }
            let own = ["--passphrase-file", "passphrase"]
            for (folder, holder) in [("cvca", "VNCVCA00001"), ("other", "VNCVCA00002")] {
                try await rights("authority", "--dir", folder, "--holder", holder, "--days", "900", own[0], own[1])
            }
            for (issuer, folder) in [("cvca", "dv"), ("other", "other-dv")] {
                try await rights(
                    "verifier", "--issuer", issuer, "--issuer-passphrase-file", "passphrase", "--dir", folder,
                    "--holder", "VNDV0000001", "--days", "300", own[0], own[1])
                try await rights(
                    "terminal", "--issuer", folder, "--issuer-passphrase-file", "passphrase", "--dir",
                    "\(folder)-terminal", "--holder", "VNIS0000001", "--days", "30", own[0], own[1])
            }
            let shown = try await Program.start(
                ["pki", "rights", "show", "dv-terminal/terminal.cvcert", "--json"], in: place.folder
            ).outcome()
            #expect(shown.objects.first?["role"] as? String == "terminal")
            #expect(shown.objects.first?["issuer"] as? String == "VNDV0000001")
            try await withChip([card, "--authority", "cvca/authority.cvcert"] + own, on: readers) {
                let plain = try await inspect(readers, "--can-file", "can", "--trust", "pki")
                #expect(outcome(plain, of: "hash_dg3") != "passed")
                for (folder, answer) in [("dv-terminal", "passed"), ("other-dv-terminal", "card_right_not_taken")] {
                    let verdict = try await inspect(
                        readers, "--can-file", "can", "--trust", "pki", "--rights", folder,
                        "--rights-passphrase-file", "passphrase")
                    #expect(verdict.status == 0, "\(verdict.output)\(verdict.errors)")
                    #expect(outcome(verdict, of: "terminal_authentication") == answer)
                    #expect((outcome(verdict, of: "hash_dg3") == "passed") == (answer == "passed"))
                }
            }
        }
    }

    @Test("a copy of the files is found out, whoever signed them")
    func copy() async throws {
        try await withCard { _, readers, card in
            try await withChip([card], on: readers) {
                let verdict = try await inspect(readers, "--can-file", "can", "--trust", "pki")
                #expect(verdict.status == 1)
                #expect(outcome(verdict, of: "signature") == "passed")
                for check in ["active_authentication", "chip_authentication"] {
                    #expect(outcome(verdict, of: check) == "card_chip_key_not_proven", "\(check)")
                }
            }
        }
    }

    @Test("OpenSC's tool reads EF.CardAccess and is refused everything else")
    func others() async throws {
        try await withCard { place, readers, card in
            try await withChip([card], on: readers) {
                func answers(_ commands: String...) async throws -> [String] {
                    let outcome = try await readers.openSC(["-r", "0"] + commands.flatMap { ["-s", $0] })
                    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
                    return outcome.output.matches(of: /SW1=0x([0-9A-F]{2}), SW2=0x([0-9A-F]{2})/).map {
                        String($0.1 + $0.2)
                    }
                }
                #expect(try await answers("00A4020C02011C", "00B0000000", "00B09C0000") == ["9000", "9000", "9000"])
                #expect(try await answers("00A4040C07A0000002471001") == ["9000"])
                for file in ["0101", "0102", "0103", "010D", "010E", "010F", "011D", "011E", "0999"] {
                    #expect(try await answers("00A4020C02\(file)") == ["6982"], "\(file)")
                }
                #expect(try await answers("00B0810000", "0088000008010203040506070800") == ["6982", "6982"])
                let atr = try await readers.openSC(["-r", "0", "-a"])
                #expect(atr.output.contains("3b:85:80:01:80:73:94:01:40:22"), "\(atr.output)")
            }
        }
    }

    /// OpenPACE's library, which a small program of ours puts together with PC/SC.
    private static let hasOpenPACE =
        ["/usr/lib/x86_64-linux-gnu/libeac.so.3", "/usr/lib/aarch64-linux-gnu/libeac.so.3"]
        .contains(where: FileManager.default.fileExists)

    @Test("OpenPACE opens the chip with its CAN and reads what was written, byte for byte", .enabled(if: hasOpenPACE))
    func openPACE() async throws {
        try await withCard { place, readers, card in
            let terminal = Shared.repository.appendingPathComponent("Tests/Chip/terminal").path
            try await withChip([card], on: readers) {
                let outcome = try await readers.start(["can", "read"], executable: terminal).outcome()
                #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
                let folder = place.folder.appendingPathComponent("read")
                let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                #expect(names.count == 7)
                for name in names {
                    let written = try Data(contentsOf: place.folder.appendingPathComponent("\(card)/\(name)"))
                    #expect(try Data(contentsOf: folder.appendingPathComponent(name)) == written, "\(name)")
                }
                _ = try place.file("other", "000000\n".utf8)
                let wrong = try await readers.start(["other", "none"], executable: terminal).outcome()
                #expect(wrong.status != 0 && wrong.errors.contains("86: 6300"), "\(wrong.errors)")
            }
        }
    }

    @Test("without a reader, a card or a service one is told what to do")
    func missing() async throws {
        try await Place.with(.sqlite) { place in
            _ = try place.file("can", "000123\n".utf8)
            let service = try await Program.start(
                [
                    "PCSCLITE_CSOCK_NAME=\(place.folder.path)/none", Program.path, "card", "inspect", "--reader",
                    "--can-file", "can", "--json",
                ], in: place.folder, executable: "/usr/bin/env"
            ).outcome()
            #expect(service.status == 4 && code(service) == "reader_service_missing", "\(service.output)")
            _ = try place.file("bad", "12345\n".utf8)
            let bad = try await Program.start(
                ["card", "inspect", "--reader", "--can-file", "bad", "--json"], in: place.folder
            ).outcome()
            #expect(bad.status == 1 && code(bad) == "can_malformed" && !bad.output.contains("12345"))
            for arguments in [
                ["--reader"], ["folder", "--reader", "--can-file", "can"], [], ["x", "--can-file", "can"],
            ] {
                let outcome = try await Program.start(["card", "inspect"] + arguments, in: place.folder).outcome()
                #expect(outcome.status == 64, "\(arguments): \(outcome.errors)")
            }
            let empty = try await Program.start(["card", "chip", "nowhere"], in: place.folder).outcome()
            #expect(empty.status == 1 && empty.errors.contains("card_folder_incomplete"))
        }
    }
}
