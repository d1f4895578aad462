import Database
import Foundation
import TestStores
import Testing

/// The jobs of a result file.
private struct ResultLine: Decodable {
    var job: String

    static func jobs(_ file: Data) throws -> [String] {
        try file.split(separator: 10).map { try JSONDecoder().decode(ResultLine.self, from: Data($0)).job }
    }
}

@Suite("Cards from the counter to the hand, through the command line", .serialized)
struct FactoryCommandTests {
    private func issuer(_ place: Place) async throws -> [String] {
        let path = try place.file("passphrase", "một mật khẩu đủ dài\n".utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        let made = try await Program.start(
            ["pki", "create", "--dir", "pki", "--passphrase-file", path], in: place.folder
        ).outcome()
        #expect(made.status == 0, "\(made.errors)")
        return ["--pki", "pki", "--passphrase-file", path]
    }

    /// Runs a command that is to succeed; the text of a member of its first line.
    @discardableResult
    private func run(_ place: Place, _ arguments: [String], _ member: String? = nil) async throws -> String {
        let outcome = try await place.run(arguments + (member == nil ? [] : ["--json"]))
        #expect(outcome.status == 0, "\(arguments): \(outcome.output)\(outcome.errors)")
        guard let member else { return outcome.output }
        return try #require(outcome.objects.first?[member] as? String, "\(arguments): \(outcome.output)")
    }

    @Test("an application that was booked goes on, and one that is submitted is withdrawn")
    func steps() async throws {
        try await Place.with(.sqlite) { place in
            #expect(try await place.run("batch", "import", try place.file("s.csv", Story.file.utf8)).status == 0)
            let booked = try await run(place, ["card", "apply", Story.an, "--book", "2099-12-01"], "application")
            let early = try await place.run("card", "step", booked, "go-on")
            #expect(early.status == 1 && early.errors.contains("card_application_not_now"), "\(early.errors)")
            #expect(try await place.run("card", "step", booked, "identify").status == 64)
            let come = ["card", "step", booked, "identify", "--reason", "đã đến"]
            #expect(try await run(place, come, "status") == "opened")
            #expect(try await run(place, ["card", "step", booked, "go-on"], "status") == "submitted")
            let withdrawn = ["card", "step", booked, "withdraw", "--reason", "công dân rút"]
            #expect(try await run(place, withdrawn, "status") == "withdrawn")
            try await run(place, ["card", "apply", Story.an])
        }
    }

    @Test("one card, and the death of its holder", arguments: TestStore.engines)
    func wholeWay(engine: Engine) async throws {
        try await Place.with(engine) { place in
            #expect(try await place.run("batch", "import", try place.file("s.csv", Story.file.utf8)).status == 0)
            let issuer = try await issuer(place)
            let tried = try await place.run("card", "apply", Story.an, "--dry-run", "--json")
            #expect(tried.status == 0 && tried.objects.first?["dry_run"] as? Bool == true, "\(tried.errors)")
            let application = try await run(place, ["card", "apply", Story.an], "application")
            let twice = try await place.run("card", "apply", Story.an)
            #expect(twice.status == 1 && twice.errors.contains("card_application_open_already"))
            try await run(place, ["card", "decide", application, "--approve"])
            let card = try await run(place, ["card", "order", "--all"], "card")
            let issued = try await run(place, ["card", "list", Story.an], "issued")

            try await run(place, ["factory", "site", "hn", "--name", "Hà Nội", "--capacity", "100"])
            try await run(
                place,
                ["factory", "stock", "receive", "AA00000001", "--count", "5", "--series", "s1", "--note", "PN 1"])
            let batch = try await run(place, ["factory", "batch", "open", "--site", "hn"], "batch")
            try await run(place, ["factory", "stock", "issue", batch, "--count", "2"])
            let made = try await run(place, ["factory", "produce", batch, "--out", "cards"] + issuer, "card")
            #expect(made == card)
            let verdict = try await Program.start(
                ["card", "inspect", "cards/\(card)", "--trust", "pki", "--json"], in: place.folder
            ).outcome()
            #expect(verdict.status == 0, "\(verdict.output)")
            try await run(place, ["factory", "batch", "close", batch])
            let parcel = try await run(place, ["factory", "parcel", "--pack", "hn"], "parcel")
            try await run(place, ["factory", "parcel", "--send", parcel, "--tracking", "EV 1"])
            let miscounted = try await place.run("factory", "parcel", "--receive", parcel, "--count", "2")
            #expect(miscounted.status == 1 && miscounted.errors.contains("card_parcel_differs"))
            try await run(place, ["factory", "parcel", "--receive", parcel, "--count", "1"])
            #expect(try await place.run("card", "status", Story.an, "--issued", issued).status == 1)
            try await run(place, ["card", "deliver", card, "--check", "face"])
            #expect(try await place.run("card", "status", Story.an, "--issued", issued).status == 0)

            try await run(place, ["factory", "series", "--suspend", "s1", "--reason", "thử"])
            #expect(try await place.run("card", "status", "--chip", "cards/\(card)").status == 1)
            try await run(place, ["card", "status-list", "--out", "the.list"] + issuer)
            let suspended = try await inspected(card, by: "the.list", place)
            #expect(suspended.status == 1 && suspended.output.contains("card_holds_no_more"), "\(suspended.output)")
            try await run(place, ["factory", "series", "--resume", "s1", "--reason", "đã kiểm tra"])
            #expect(try await place.run("card", "status", "--chip", "cards/\(card)").status == 0)
            try await run(place, ["card", "status-list", "--out", "next.list"] + issuer)
            #expect(try await inspected(card, by: "next.list", place).status == 0)
            let bad = try await inspected(card, by: try damagedList(place), place)
            #expect(bad.output.contains("card_status_list_untrusted"), "\(bad.output)")
            #expect(try await place.run(["act", "record"], input: Story.died(Story.an, "2022-05-01")).status == 0)
            let status = try await place.run("card", "status", Story.an, "--issued", issued, "--json")
            #expect(status.status == 1 && status.objects.first?["status"] as? String == "stopped_on_death")
            let history = try await place.run("card", "history", card, "--json")
            #expect(history.objects.count == 7, "\(history.output)")
            #expect(!history.output.contains(Story.an) && !history.output.contains("Nguyễn"))
            try await run(place, ["factory", "balance"])
            try await run(place, ["factory", "verify"])
            try await place.expectSound()
        }
    }

    /// A terminal without a line: what it says of a card with the issuer's list at hand.
    private func inspected(_ card: String, by list: String, _ place: Place) async throws -> Program.Outcome {
        try await Program.start(
            ["card", "inspect", "cards/\(card)", "--trust", "pki", "--status-list", list, "--json"], in: place.folder
        ).outcome()
    }

    /// The list `next.list` with one bit turned, beside the same certificate.
    private func damagedList(_ place: Place) throws -> String {
        func bytes(_ name: String) throws -> [UInt8] {
            Array(try Data(contentsOf: place.folder.appendingPathComponent(name)))
        }
        var list = try bytes("next.list")
        list[60] ^= 1
        _ = try place.file("bad.list", list)
        _ = try place.file("bad.list.der", try bytes("next.list.der"))
        return "bad.list"
    }

    @Test("a machine elsewhere gets a sealed file, answers with a file, and takes no file twice")
    func machineElsewhere() async throws {
        try await Place.with(.sqlite) { place in
            #expect(try await place.run("batch", "import", try place.file("s.csv", Story.file.utf8)).status == 0)
            let issuer = try await issuer(place)
            let application = try await run(place, ["card", "apply", Story.an], "application")
            try await run(place, ["card", "decide", application, "--approve"])
            let card = try await run(place, ["card", "order", application], "card")
            try await run(place, ["factory", "site", "hn", "--name", "Hà Nội", "--capacity", "100"])
            try await run(
                place,
                ["factory", "stock", "receive", "AA00000001", "--count", "2", "--series", "s1", "--note", "PN 1"])
            let batch = try await run(place, ["factory", "batch", "open", "--site", "hn"], "batch")
            try await run(place, ["factory", "stock", "issue", batch, "--count", "1"])
            func alone(_ arguments: [String]) async throws -> Program.Outcome {
                try await Program.start(arguments, in: place.folder).outcome()
            }
            #expect(try await alone(["factory", "machine-key", "--out", "site"]).status == 0)
            try await run(
                place,
                ["factory", "work", batch, "--machine", "m", "--seal-to", "site.pub", "--out", "work.sealed"] + issuer)
            let sealed = try Data(contentsOf: place.folder.appendingPathComponent("work.sealed"))
            #expect(sealed.range(of: Data(Story.an.utf8)) == nil)
            let machine =
                ["factory", "machine", "work.sealed", "--key", "site.key", "--out", "made", "--results", "r.jsonl"]
                + issuer
            let made = try await alone(machine)
            #expect(made.status == 0, "\(made.errors)")
            let results = place.folder.appendingPathComponent("r.jsonl")
            let said = try Data(contentsOf: results)
            #expect(try await alone(machine).status == 0)
            #expect(try Data(contentsOf: results) == said)
            let again = try await alone(machine.map { $0 == "r.jsonl" ? "elsewhere.jsonl" : $0 })
            #expect(again.status == 1 && again.errors.contains("card_work_replayed"), "\(again.errors)")
            try await run(place, ["factory", "results", "r.jsonl"])
            try await run(place, ["factory", "results", "r.jsonl"])
            try await run(place, ["factory", "check", card, "--files", "made/\(card)"] + issuer)
            try await run(place, ["factory", "batch", "close", batch])
            try await run(place, ["factory", "verify"])
            // A run that broke off with the card at the machine: nobody knows what stands on its blank.
            let job = try #require(try ResultLine.jobs(said).first)
            try Data().write(to: results)
            try Data(job.utf8).write(to: results.appendingPathExtension("now"))
            #expect(try await alone(machine).status == 0)
            let broken = String(decoding: try Data(contentsOf: results), as: UTF8.self)
            #expect(broken.contains(job) && broken.contains("encoder_fault") && broken.contains("spoiled"))
        }
    }

    @Test("machines that fail at random leave nothing unaccounted for", arguments: TestStore.engines)
    func rehearsal(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let issuer = try await issuer(place)
            let demo = try await place.run(
                ["factory", "demo", "--cards", "20", "--faults", "0.15", "--seed", "3", "--out", "cards", "--json"]
                    + issuer)
            #expect(demo.status == 0, "\(demo.output)\(demo.errors)")
            let report = try #require(demo.objects.first)
            #expect(report["balanced"] as? Bool == true)
            let handedOver = try #require(report["handed_over"] as? Int)
            #expect(handedOver > 10 && report["applications"] as? Int == handedOver)
            let blanks = try #require(report["blanks"] as? [String: Int])
            #expect(blanks["difference"] == 0 && blanks["good"] == handedOver && blanks["issued"] == 0)
            let folders = try FileManager.default.contentsOfDirectory(
                atPath: place.folder.appendingPathComponent("cards").path)
            #expect(folders.count == handedOver + 1)
            let cards = folders.filter { $0 != "certificates" }
            try await expectExport(place, of: cards)
            // Without a named issuer the register's own signs, and its cards are exported beside the others.
            let again = try await place.run(
                "factory", "demo", "--cards", "5", "--faults", "0.1", "--seed", "4", "--json")
            #expect(again.status == 0, "\(again.output)\(again.errors)")
            let more = try await place.run("card", "export", "--out", "more", "--json")
            #expect(more.status == 0 && more.objects.count > cards.count, "\(more.errors)")
            let trust = try FileManager.default.contentsOfDirectory(
                atPath: place.folder.appendingPathComponent("more/certificates").path)
            #expect(trust.sorted() == ["csca-2.der", "csca.crl", "csca.der", "signer-2.der", "signer.der"])
            let balance = try await place.run("factory", "balance", "--json")
            #expect(balance.status == 0 && balance.objects.first?["balanced"] as? Bool == true)
            try await run(place, ["factory", "verify"])
            try await place.expectSound()
        }
    }

    /// Exports all cards and one, and holds their files against those that the machines wrote.
    private func expectExport(_ place: Place, of cards: [String]) async throws {
        let all = try await place.run("card", "export", "--out", "all", "--json")
        #expect(all.status == 0, "\(all.errors)")
        #expect(Set(all.objects.compactMap { $0["card"] as? String }) == Set(cards))
        for card in cards {
            let (made, exported) = try (files(place, "cards/\(card)"), files(place, "all/\(card)"))
            #expect(made == exported && made.count >= 8, "\(card)")
        }
        let card = try #require(cards.sorted().first)
        try await run(place, ["card", "export", card, "--out", "one"])
        #expect(try files(place, "one/\(card)") == files(place, "cards/\(card)"))
        // What stands beside the cards is enough to check them; nobody named the issuer, whose list is left out.
        func inspected(by trust: String) async throws -> Program.Outcome {
            try await Program.start(["card", "inspect", "all/\(card)", "--trust", trust], in: place.folder).outcome()
        }
        let open = try await inspected(by: "all/certificates")
        #expect(open.status == 0 && open.output.contains("revocation"), "\(open.output)\(open.errors)")
        try await expectOthersAgree(place, "all", of: cards)
        let known = try await inspected(by: "pki")
        #expect(known.status == 0, "\(known.output)")
        let full = try await place.run("card", "export", "--out", "all")
        #expect(full.status == 1 && full.errors.contains("folder_not_empty"), "\(full.errors)")
        let nobody = try await place.run("card", "export", Story.an, "--out", "none")
        #expect(nobody.status == 1 && nobody.errors.contains("card_unknown"), "\(nobody.errors)")
    }

    /// OpenSSL, and PyPI's mrz where it is, accept every exported card, and none with a bit turned.
    private func expectOthersAgree(_ place: Place, _ folder: String, of cards: [String]) async throws {
        let script = Shared.repository.appendingPathComponent("Tests/Chip/verify-export").path
        func verified() async throws -> Program.Outcome {
            try await Program.start([folder], in: place.folder, executable: script).outcome()
        }
        let whole = try await verified()
        #expect(whole.status == 0, "\(whole.output)\(whole.errors)")
        #expect(whole.output.split(separator: "\n").count == cards.count)
        let card = try #require(cards.sorted().last)
        let file = place.folder.appendingPathComponent("\(folder)/\(card)/EF.DG13.bin")
        let bytes = try Data(contentsOf: file)
        var altered = bytes
        altered[altered.count - 1] ^= 1
        try altered.write(to: file)
        let broken = try await verified()
        #expect(
            broken.status == 1 && broken.output.contains("\(card) EF.DG13.bin has another hash"), "\(broken.output)")
        try bytes.write(to: file)
    }

    @Test("a thousand cards on machines that fail end with every blank accounted for", .enabled(if: Shared.isFull))
    func thousand() async throws {
        try await Place.with(.sqlite) { place in
            let demo = try await place.run(
                "factory", "demo", "--cards", "1000", "--faults", "0.03", "--seed", "7", "--json")
            #expect(demo.status == 0, "\(demo.output)\(demo.errors)")
            let report = try #require(demo.objects.first)
            let blanks = try #require(report["blanks"] as? [String: Int])
            #expect(report["balanced"] as? Bool == true && blanks["difference"] == 0)
            let exported = try await place.run("card", "export", "--out", "all", "--json")
            #expect(exported.status == 0, "\(exported.errors)")
            let cards = exported.objects.compactMap { $0["card"] as? String }
            #expect(cards.count > 900)
            try await expectOthersAgree(place, "all", of: cards)
            try await run(place, ["factory", "verify"])
            try await place.expectSound()
            Testimony.say("\(cards.count) cards made, blanks \(blanks)")
        }
    }

    private func files(_ place: Place, _ folder: String) throws -> [String: Data] {
        let url = place.folder.appendingPathComponent(folder)
        return try FileManager.default.contentsOfDirectory(atPath: url.path).reduce(into: [:]) { files, name in
            files[name] = try Data(contentsOf: url.appendingPathComponent(name))
        }
    }

    @Test("kill -9 at any moment: the next run goes on, and the balance is zero", arguments: TestStore.engines)
    func killed(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let issuer = try await issuer(place)
            let demo = ["factory", "demo", "--cards", "12", "--faults", "0.1", "--seed", "5", "--json"] + issuer
            var random = SeededRandom(seed: engine == .sqlite ? 5 : 6)
            var killed = 0
            var window = KillWindow(longest: 2.7)
            for round in 0..<(Shared.isFull ? 30 : 5) {
                let run = try place.start(demo)
                run.kill(after: window.moment(&random))
                let outcome = try await run.outcome()
                window.note(hit: outcome.status == -SIGKILL)
                #expect(outcome.status == 0 || outcome.status == -SIGKILL, "\(round): \(outcome.errors)")
                if outcome.status == -SIGKILL { killed += 1 }
            }
            #expect(killed > 0)
            let last = try await place.run(demo)
            #expect(last.status == 0, "\(last.output)\(last.errors)")
            #expect(last.objects.first?["balanced"] as? Bool == true)
            try await run(place, ["factory", "verify"])
            try await place.expectSound("after \(killed) kills")
        }
    }

    @Test("what the database and the rules refuse, the command line tells")
    func refused() async throws {
        try await Place.with(.sqlite) { place in
            #expect(try await place.run("batch", "import", try place.file("s.csv", Story.file.utf8)).status == 0)
            for (arguments, code) in [
                (["card", "decide", "x", "--approve"], "card_application_unknown"),
                (["card", "deliver", "x", "--check", "face"], "card_unknown"),
                (["card", "apply", Story.an, "--representative", "005999999999"], "card_representative_unfit"),
                (["card", "status", Story.an, "--issued", "2026-01-01"], "card_unknown"),
                (["factory", "batch", "open", "--site", "hn"], "card_site_unknown"),
                (
                    ["factory", "stock", "receive", "A1", "--count", "5", "--series", "s", "--note", "n"],
                    "blank_serial_malformed"
                ),
                (["factory", "series", "--suspend", "s", "--reason", "thử"], "card_series_unknown"),
                (["factory", "parcel", "--send", "K1", "--tracking", "x"], "card_parcel_unknown"),
                (["factory", "stock", "destroy", "AA00000001", "--note", "n"], "blank_unknown"),
                (["factory", "stock", "destructions", "--confirm", "7"], "blank_destruction_unknown"),
            ] {
                let outcome = try await place.run(arguments)
                #expect(outcome.status == 1 && outcome.errors.contains(code), "\(arguments): \(outcome.errors)")
            }
            for arguments in [
                ["card", "decide", "x"], ["card", "status"], ["card", "change", "x", "hold"],
                ["card", "change", "x", "revoke", "--ground", "wish"], ["factory", "parcel"],
                ["factory", "jobs", "--reconcile", "5"], ["factory", "site", "hn", "--stop"],
                ["factory", "site", "--reason", "x"],
            ] {
                #expect(try await place.run(arguments).status == 64, "\(arguments)")
            }
        }
    }
}
