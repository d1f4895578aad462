import Chip
import Civil
import Database
import Foundation
import Ledger
import Testing

@testable import Commands

@Suite("Key ceremonies through the command line", .serialized)
struct CeremonyCommandTests {
    private func refused(_ outcome: Program.Outcome, _ code: String, exit: Int32 = 1) -> Bool {
        outcome.status == exit && outcome.errors.contains("[\(code)]")
    }

    @Test("a whole ceremony: CSCA, lists, signer, the next CSCA, a master list, and OpenSSL follows")
    func wholeWay() async throws {
        try await CeremonyHall.with { hall in
            for outcome in try await hall.begin() { #expect(outcome.status == 0, "\(outcome.errors)") }
            let two = CeremonyHall.shares([1, 3]) + ["--present", "master", "--present", "witness-1"]
            let signer = try await hall.run(["signer", "--signer-passphrase-file", "factory", "--json"] + two)
            #expect(signer.status == 0, "\(signer.errors)")
            #expect(
                signer.objects.first?["present"] as? [String] == ["master", "holder-1", "holder-3", "witness-1"])
            #expect(try await hall.run(["crl"] + two).status == 0)
            #expect(try await hall.run(["export", "--out", "pki"]).status == 0)
            let revoked = try await hall.run(["crl", "--revoke", "le/003-signer/signer-1.der"] + two)
            #expect(revoked.status == 0, "\(revoked.errors)")
            let link = try await hall.run(
                ["link"] + CeremonyHall.shares([2, 3]) + CeremonyHall.everybody
                    + CeremonyHall.fresh("--new-passphrase-file", ["a2", "b2", "c2"]))
            #expect(link.status == 0, "\(link.errors)")
            let old = try await hall.run(["crl"] + two)
            #expect(refused(old, "ceremony_share_foreign"), "\(old.errors)")
            let next =
                CeremonyHall.shares([1, 2], key: "csca-2", step: "006-link")
                + ["--present", "master", "--present", "witness-1"]
            let list = try await hall.run(["master-list"] + next)
            #expect(list.status == 0, "\(list.errors)")
            // The new CSCA's list tells of signers of the one before.
            #expect(try await hall.run(["crl"] + next).status == 0)
            #expect(try await hall.run(["export", "--out", "after"]).status == 0)
            let carried = try RevocationList(bytes: CardFolder.bytes(hall.path("after/csca.crl").path))
            #expect(carried.number == 3 && carried.revoked.count == 1)
            let whole = try await hall.run(["verify", "--json"])
            #expect(whole.objects.first?["lines"] as? Int == 8, "\(whole.errors)")
            try modes(of: hall)
            if CeremonyHall.hasOpenSSL { try await judge(hall) }
        }
    }

    /// Every file is its owner's alone, every folder too.
    private func modes(of hall: CeremonyHall) throws {
        let place = hall.path("le").path
        for name in try FileManager.default.subpathsOfDirectory(atPath: place) + [""] {
            let attributes = try FileManager.default.attributesOfItem(atPath: place + "/" + name)
            let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
            #expect(attributes[.posixPermissions] as? Int == (isFolder ? 0o700 : 0o600), "\(name)")
        }
    }

    private func judge(_ hall: CeremonyHall) async throws {
        for (der, pem) in [
            ("002-csca/csca-1", "one"), ("003-signer/signer-1", "ds"), ("006-link/csca-2", "two"),
            ("006-link/link-2", "link"), ("007-master-list/master-list-1", "ml"),
        ] {
            let made = try await hall.openssl(
                "x509", "-inform", "DER", "-in", "le/\(der).der", "-out", "\(pem).pem", "-text")
            #expect(made.status == 0, "\(made.errors)")
        }
        #expect(try await hall.openssl("verify", "-CAfile", "one.pem", "ds.pem").status == 0)
        #expect(try await hall.openssl("verify", "-CAfile", "two.pem", "ds.pem").status != 0)
        #expect(try await hall.openssl("verify", "-partial_chain", "-CAfile", "one.pem", "link.pem").status == 0)
        #expect(try await hall.openssl("verify", "-CAfile", "two.pem", "ml.pem").status == 0)
        for (list, count) in [("004-crl/crl-1", 0), ("005-crl/crl-2", 1)] {
            let read = try await hall.openssl(
                "crl", "-inform", "DER", "-in", "le/\(list).crl", "-CAfile", "one.pem", "-noout", "-text")
            #expect(read.errors.contains("verify OK"), "\(read.errors)")
            #expect(read.output.components(separatedBy: "Serial Number:").count - 1 == count)
        }
        let cms = try await hall.openssl(
            "cms", "-verify", "-inform", "DER", "-in", "le/007-master-list/master-list-1.ml", "-CAfile", "two.pem",
            "-purpose", "any", "-out", "content.der")
        #expect(cms.status == 0, "\(cms.errors)")
    }

    @Test("cards are made with the signer of a ceremony, and check against it")
    func makesCards() async throws {
        try await Place.with(.sqlite) { place in
            #expect(try await place.run("batch", "import", try place.file("s.csv", Story.file.utf8)).status == 0)
            let hall = CeremonyHall(folder: place.folder)
            try hall.prepare()
            for outcome in try await hall.begin() { #expect(outcome.status == 0, "\(outcome.errors)") }
            let two = CeremonyHall.shares([1, 2]) + ["--present", "master", "--present", "witness-1"]
            #expect(refused(try await hall.run(["export", "--out", "pki"]), "ceremony_signer_missing"))
            #expect(try await hall.run(["signer", "--signer-passphrase-file", "factory"] + two).status == 0)
            #expect(refused(try await hall.run(["export", "--out", "pki"]), "ceremony_list_missing"))
            #expect(try await hall.run(["crl"] + two).status == 0)
            #expect(try await hall.run(["export", "--out", "pki", "--dry-run"]).status == 0)
            #expect(!hall.exists("pki"))
            #expect(try await hall.run(["export", "--out", "pki"]).status == 0)
            #expect(refused(try await hall.run(["export", "--out", "pki"]), "folder_not_empty"))
            let export = try await place.run(
                "card", "specimen", Story.an, "--out", "cards", "--pki", "pki", "--passphrase-file", "factory", "--json"
            )
            #expect(export.status == 0, "\(export.errors)")
            let handle = try #require(export.objects.first?["handle"] as? String)
            let verdict = try await Program.start(
                ["card", "inspect", "cards/\(handle)", "--trust", "pki", "--json"], in: place.folder
            ).outcome()
            #expect(verdict.objects.first?["genuine"] as? Bool == true, "\(verdict.output)")
        }
    }

    @Test("shares that are too few, another's, wrong or brought twice open nothing, and nothing is written")
    func refusesShares() async throws {
        try await CeremonyHall.with { hall in
            #expect(refused(try await hall.run(["verify"]), "ceremony_not_opened"))
            for outcome in try await hall.begin() { #expect(outcome.status == 0, "\(outcome.errors)") }
            let there = ["--present", "master", "--present", "witness-1"]
            let share = "le/002-csca/holder-1.csca-1.share"
            try FileManager.default.copyItem(at: hall.path(share), to: hall.path("copy.share"))
            try hall.alter("copy.share", at: try Data(contentsOf: hall.path(share)).count - 10)
            let again = CeremonyHall.shares([1]) + ["--share", share, "--passphrase-file", "a"]
            let wrong: [([String], String, String)] = [
                (CeremonyHall.shares([2]) + there, "ceremony_shares_too_few", "1"),
                (there, "ceremony_shares_too_few", "0"),
                (again + there, "ceremony_holder_twice", "Nguyễn Văn An"),
                (
                    CeremonyHall.shares([1, 2], passphrases: ["a", "c"]) + there, "ceremony_share_not_opened",
                    "Trần Thị Bình"
                ),
                (
                    CeremonyHall.shares([2]) + ["--share", "copy.share", "--passphrase-file", "a"] + there,
                    "ceremony_share_not_opened", "Nguyễn Văn An"
                ),
                (
                    CeremonyHall.shares([2]) + ["--share", "plan.json", "--passphrase-file", "a"] + there,
                    "ceremony_share_malformed", "plan.json"
                ),
                (CeremonyHall.shares([1]) + ["--share", share] + there, "ceremony_passphrases_uneven", "2"),
                (CeremonyHall.shares([1, 2]) + ["--present", "master"], "ceremony_role_missing", "witness"),
                (
                    CeremonyHall.shares([1, 2]) + there + ["--present", "nobody"], "ceremony_participant_unknown",
                    "nobody"
                ),
            ]
            for (words, code, word) in wrong {
                let outcome = try await hall.run(["crl"] + words)
                #expect(refused(outcome, code) && outcome.errors.contains(word), "\(code): \(outcome.errors)")
            }
            #expect(!hall.exists("le/003-crl"))
            let twice = try await hall.run(CeremonyHall.making)
            #expect(refused(twice, "ceremony_authority_there"), "\(twice.errors)")
            let tried = try await hall.run(["crl", "--dry-run"] + CeremonyHall.shares([1, 2]) + there)
            #expect(tried.status == 0 && !hall.exists("le/003-crl"), "\(tried.errors)")
        }
    }

    @Test("a share of another ceremony is told, and one that was exchanged is named by its holder")
    func refusesStrangeShares() async throws {
        try await CeremonyHall.with { hall in
            for outcome in try await hall.begin() { #expect(outcome.status == 0, "\(outcome.errors)") }
            try FileManager.default.moveItem(at: hall.path("le"), to: hall.path("other"))
            for outcome in try await hall.begin() { #expect(outcome.status == 0, "\(outcome.errors)") }
            let there = ["--present", "master", "--present", "witness-1"]
            let foreign = try await hall.run(
                ["crl"] + CeremonyHall.shares([1])
                    + ["--share", "other/002-csca/holder-2.csca-1.share", "--passphrase-file", "b"] + there)
            #expect(refused(foreign, "ceremony_share_foreign"), "\(foreign.errors)")
            // Somebody who knows the format seals another value under the right label.
            let file = hall.path("le/002-csca/holder-2.csca-1.share")
            let label = try #require(HolderShare.label(of: try String(contentsOf: file, encoding: .utf8)))
            let forged = HolderShare(label: label, value: [UInt8](repeating: 1, count: 32))
            try Data(try forged.sealed(passphrase: "mật khẩu riêng của b").utf8).write(to: file)
            let wrong = try await hall.run(["crl"] + CeremonyHall.shares([1, 2]) + there)
            #expect(refused(wrong, "ceremony_share_wrong") && wrong.errors.contains("Trần Thị Bình"), "\(wrong.errors)")
            #expect(try await hall.run(["crl"] + CeremonyHall.shares([1, 3]) + there).status == 0)
        }
    }

    @Test("plans, roles and passphrases that do not fit are refused before anything is made")
    func refusesBeginnings() async throws {
        try await CeremonyHall.with { hall in
            let alone = try await hall.run(["open", "--plan", "plan.json", "--present", "master"])
            #expect(refused(alone, "ceremony_role_missing") && !hall.exists("le"), "\(alone.errors)")
            let tried = try await hall.run(CeremonyHall.opening + ["--dry-run"])
            #expect(tried.status == 0 && !hall.exists("le"), "\(tried.errors)")
            #expect(try await hall.run(CeremonyHall.opening).status == 0)
            #expect(refused(try await hall.run(CeremonyHall.opening), "folder_not_empty"))
            let there = CeremonyHall.everybody
            try hall.secret("short", "ngắn")
            for (files, code) in [
                (["a", "b"], "ceremony_passphrases_uneven"), (["a", "b", "a"], "ceremony_passphrase_twice"),
                (["a", "b", "short"], "signing_passphrase_too_short"),
            ] {
                let outcome = try await hall.run(["csca"] + CeremonyHall.fresh("--passphrase-file", files) + there)
                #expect(refused(outcome, code), "\(outcome.errors)")
            }
            let early = try await hall.run(["crl"] + there)
            #expect(refused(early, "ceremony_authority_missing"), "\(early.errors)")
            // What an interrupted step left on the side does not count, and is gone with the next step.
            try FileManager.default.createDirectory(at: hall.path("le/.step"), withIntermediateDirectories: false)
            try Data("x".utf8).write(to: hall.path("le/.step/csca-1.key"))
            #expect(try await hall.run(["verify"]).status == 0)
            #expect(try await hall.run(CeremonyHall.making + ["--dry-run"]).status == 0)
            #expect(!hall.exists("le/002-csca"))
            #expect(try await hall.run(CeremonyHall.making).status == 0)
            #expect(!hall.exists("le/.step") && hall.exists("le/002-csca/csca-1.key"))
        }
    }

    @Test("changed lines, changed files and another protocol are found, and no step is taken on them")
    func findsChanges() async throws {
        try await CeremonyHall.with { hall in
            for outcome in try await hall.begin() { #expect(outcome.status == 0, "\(outcome.errors)") }
            let head = try #require(try await hall.run(["verify", "--json"]).objects.first?["head"] as? String)
            let two = CeremonyHall.shares([1, 2]) + ["--present", "master", "--present", "witness-1"]
            #expect(try await hall.run(["crl"] + two).status == 0)
            // The paper was signed a step earlier.
            #expect(try await hall.run(["verify", "--head", head]).status == 0)
            #expect(try await hall.run(["verify", "--head", head.prefix(8) + " " + head.dropFirst(8)]).status == 0)
            let other = try await hall.run(["verify", "--head", String(head.reversed())])
            #expect(refused(other, "ceremony_protocol_other"), "\(other.errors)")
            for (file, code) in [
                ("001-open/plan.json", "ceremony_file_changed"), ("002-csca/csca-1.der", "ceremony_file_changed"),
                ("002-csca/line.json", "ceremony_protocol_changed"), ("003-crl/crl-1.crl", "ceremony_file_changed"),
            ] {
                try hall.alter("le/\(file)", at: 20)
                let found = try await hall.run(["verify"])
                #expect(refused(found, code), "\(file): \(found.errors)")
                #expect(refused(try await hall.run(["crl"] + two), code))
                try hall.alter("le/\(file)", at: 20)
            }
            #expect(try await hall.run(["verify"]).status == 0)
            try FileManager.default.removeItem(at: hall.path("le/002-csca"))
            #expect(refused(try await hall.run(["verify"]), "ceremony_protocol_changed"))
        }
    }

    @Test("the protocol is printed in both languages, with a place for everybody who was there")
    func prints() async throws {
        try await CeremonyHall.with { hall in
            for outcome in try await hall.begin() { #expect(outcome.status == 0, "\(outcome.errors)") }
            let text = try await hall.run(["protocol"])
            for word in ["Biên bản lễ tạo khóa / Protocol of a key ceremony", "Trần Thị Bình", "csca-1.der", "2 / 3"] {
                #expect(text.output.contains(word), "\(text.output)")
            }
            let printed = try await hall.run(["protocol", "--out", "bien-ban.pdf"])
            #expect(printed.status == 0, "\(printed.errors)")
            #expect(try Data(contentsOf: hall.path("bien-ban.pdf")).starts(with: Data("%PDF".utf8)))
            #expect(refused(try await hall.run(["protocol", "--out", "bien-ban.pdf"]), "file_not_writable", exit: 4))
            let reader = "/usr/bin/pdftotext"
            guard FileManager.default.isExecutableFile(atPath: reader) else { return }
            let words = try await Program.start(["bien-ban.pdf", "-"], in: hall.folder, executable: reader).outcome()
            for name in ["Lê Thị Chủ", "Nguyễn Văn An", "Phạm Văn Chi", "Đỗ Thị Dung", "Vũ Văn Em", "witness-1"] {
                #expect(words.output.contains(name), "\(words.output)")
            }
        }
    }

    @Test("a CSCA that may sign no more signs nothing, and no step is taken by a clock that is behind")
    func refusesEndedAuthority() async throws {
        try await CeremonyHall.with { hall in
            for outcome in try await hall.begin() { #expect(outcome.status == 0, "\(outcome.errors)") }
            let later = Surroundings(
                now: { Instant(microseconds: Surroundings.system.now().microseconds + 6 * 365 * 86_400_000_000) },
                random: Surroundings.system.random)
            let desk = CeremonyDesk(folder: CeremonyFolder(url: hall.path("le")), surroundings: later)
            let attendance = CeremonyDesk.Attendance(present: ["master", "witness-1", "auditor-1"], shares: [])
            #expect(throws: CeremonyRefusal.authorityEnded) {
                try desk.signList(attendance, revoking: [], module: nil)
            }
            let early = Surroundings(now: { Instant(microseconds: 0) }, random: Surroundings.system.random)
            #expect(throws: CeremonyRefusal.clockBehind) {
                try CeremonyDesk(folder: CeremonyFolder(url: hall.path("le")), surroundings: early)
                    .signList(attendance, revoking: [], module: nil)
            }
            #expect(throws: CeremonyRefusal.authorityEnded) {
                try desk.makeLink(attendance, passphrases: [], at: .file, module: nil)
            }
        }
    }

    @Test("a step that is killed at any moment has happened or not, and the next one goes on")
    func survivesKills() async throws {
        try await CeremonyHall.with { hall in
            for outcome in try await hall.begin() { #expect(outcome.status == 0, "\(outcome.errors)") }
            let two = CeremonyHall.shares([1, 2]) + ["--present", "master", "--present", "witness-1"]
            var lines = 2
            for part in 1...8 {
                let run = try hall.start(["crl"] + two)
                run.kill(after: Double(part) * 0.08)
                _ = try await run.outcome()
                let whole = try await hall.run(["verify", "--json"])
                let now = try #require(whole.objects.first?["lines"] as? Int, "\(whole.errors)")
                #expect(now == lines || now == lines + 1)
                lines = now
            }
            #expect(try await hall.run(["crl"] + two).status == 0)
            #expect(try await hall.run(["verify", "--json"]).objects.first?["lines"] as? Int == lines + 1)
        }
    }

    @Test("two steps at once: the second is told to wait")
    func refusesTwoSteps() async throws {
        try await CeremonyHall.with { hall in
            #expect(try await hall.run(CeremonyHall.opening).status == 0)
            let folder = CeremonyFolder(url: hall.path("le"))
            let isTold = try folder.alone { () throws -> Bool in
                do {
                    try folder.alone {}
                    return false
                } catch CeremonyRefusal.busy {
                    return true
                }
            }
            #expect(isTold)
            try folder.alone {}
        }
    }
}
