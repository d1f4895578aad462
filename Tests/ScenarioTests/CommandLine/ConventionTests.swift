import Database
import Foundation
import TestStores
import Testing

@Suite("The conventions of the command line", .serialized)
struct ConventionTests {
    /// All of them; a test holds the list against the program.
    private static let commands = [
        "serve", "batch import", "batch decide", "batch rows", "batch report", "batch list", "person show",
        "person history", "person search", "household show", "household dwelling", "unit resolve", "unit show",
        "unit convert", "unit load", "number run", "number show", "act record", "register create", "register rebuild",
        "log checkpoint", "log verify", "log prove", "log unseal", "log retain looks", "log retain act", "backup",
        "restore", "demo generate", "demo tamper", "quality report", "quality record", "quality worklist",
        "quality target set", "quality target list", "quality expect", "office list", "office open", "office close",
        "officer list", "officer create", "officer grant", "officer revoke", "officer disable", "officer link",
        "officer person",
        "link find", "link explain", "link two", "duplicates sweep", "duplicates status", "duplicates review",
        "duplicates find", "duplicates decide", "duplicates rule list", "duplicates rule set", "card inspect",
        "card export", "card specimen", "pki create", "pki rights authority", "pki rights verifier",
        "pki rights terminal", "pki rights show", "pki ceremony open", "pki ceremony csca",
        "pki ceremony signer", "pki ceremony crl", "pki ceremony link", "pki ceremony master-list",
        "pki ceremony export", "pki ceremony verify", "pki ceremony protocol", "card apply", "card step", "card decide",
        "card order", "card deliver", "card change", "card status", "card list", "card history", "card status-list",
        "card fee", "card draw", "card paper", "card chip", "factory site", "factory stock receive",
        "factory stock issue", "factory supplies",
        "factory stock record", "factory stock destroy", "factory stock destructions", "card certificate issue",
        "card certificate paper",
        "card certificate deliver", "card certificate change", "card compare", "card match",
        "factory batch open", "factory batch list",
        "factory batch move", "factory batch close", "factory batch cancel", "factory produce", "factory jobs",
        "factory parcel", "factory series", "factory balance", "factory verify", "factory work", "factory results",
        "factory check", "factory machine", "factory machine-key", "factory demo",
    ]

    private struct Described: Decodable {
        var commandName: String
        var subcommands: [Described]?

        /// The commands that do something, by their words.
        func leaves(_ path: [String] = []) -> [String] {
            let below = (subcommands ?? []).filter { $0.commandName != "help" }
            return below.isEmpty
                ? [path.joined(separator: " ")] : below.flatMap { $0.leaves(path + [$0.commandName]) }
        }
    }

    private func described() async throws -> [String] {
        struct Dump: Decodable {
            var command: Described
        }
        let folder = try Folder.make()
        defer { Folder.remove(folder) }
        let outcome = try await Program.start(["--experimental-dump-help"], in: folder).outcome()
        return try JSONDecoder().decode(Dump.self, from: Data(outcome.output.utf8)).command.leaves()
    }

    @Test("every command is held to the conventions, and every command that the mission names is there")
    func complete() async throws {
        let commands = try await described()
        #expect(commands.sorted() == ConventionTests.commands.sorted())
        let mission = try String(
            contentsOf: Shared.repository.appendingPathComponent("docs/mission.md"), encoding: .utf8)
        let named = mission.matches(of: /`dancu ([a-z][a-z -]*[a-z])/).map { String($0.1) }
        #expect(named.count > 20)
        for words in Set(named) {
            let command = words.split(separator: " --")[0]
            #expect(commands.contains { $0 == command || $0.hasPrefix(command + " ") }, "\(command)")
        }
    }

    /// Those that read, that write files alone, that go on for ever, or whose first word is what would be tried.
    private static let withoutTrial: Set<String> = [
        "serve", "batch rows", "batch report", "batch list", "person show", "person history", "person search",
        "household show", "household dwelling", "unit resolve", "unit show", "unit convert", "number show",
        "log checkpoint", "log verify", "log prove", "log unseal", "demo generate", "demo tamper", "quality report",
        "quality worklist", "quality target list", "office list", "officer list", "link find", "link explain",
        "link two", "duplicates status", "duplicates rule list", "duplicates review", "duplicates find",
        "register rebuild", "card inspect", "card export", "card specimen", "pki create", "pki rights authority",
        "pki rights verifier", "pki rights terminal", "pki rights show", "pki ceremony verify",
        "pki ceremony protocol", "card chip", "card status", "card list", "card history", "card status-list",
        "card fee", "card match", "card certificate paper",
        "card draw",
        "card paper", "factory batch list", "factory balance", "factory verify", "factory produce", "factory work",
        "factory check", "factory machine", "factory machine-key", "factory demo",
    ]

    @Test("every command that writes into a register can be tried", arguments: commands)
    func triable(command: String) async throws {
        let folder = try Folder.make()
        defer { Folder.remove(folder) }
        let words = command.split(separator: " ").map(String.init)
        let outcome = try await Program.start(words + ["--help"], in: folder).outcome()
        let isTriable = outcome.output.contains("--dry-run")
        #expect(isTriable != ConventionTests.withoutTrial.contains(command), "\(command)")
    }

    @Test("the help of every command has examples and fits a narrow terminal", arguments: commands)
    func help(command: String) async throws {
        let folder = try Folder.make()
        defer { Folder.remove(folder) }
        let words = command.split(separator: " ").map(String.init)
        let outcome = try await Program.start(words + ["--help"], in: folder).outcome()
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("Examples:\n"))
        #expect(outcome.output.contains("dancu \(command)"))
        for line in outcome.output.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
        let unknown = try await Program.start(words + ["--no-such-flag"], in: folder).outcome()
        #expect(unknown.status == 64, "\(unknown.errors)")
    }

    @Test("the overview names every command; wrong use exits with 64")
    func overview() async throws {
        let folder = try Folder.make()
        defer { Folder.remove(folder) }
        let help = try await Program.start(["--help"], in: folder).outcome()
        for command in ConventionTests.commands {
            #expect(help.output.contains(command.split(separator: " ")[0]), "\(command)")
        }
        for line in help.output.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
        for arguments in [
            ["nothing"], ["person", "show"], ["person", "show", "abc"], ["log", "prove", "acts", "x"],
            ["log", "checkpoint", "others"], ["person", "show", "005070000123", "--effective-at", "tomorrow"],
        ] {
            let outcome = try await Program.start(arguments, in: folder).outcome()
            #expect(outcome.status == 64, "\(arguments): \(outcome.errors)")
            #expect(!outcome.errors.isEmpty)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { $0.hasPrefix("run-") })
    }

    @Test("errors are JSON when asked for, and name nobody", arguments: TestStore.engines)
    func errors(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let missing = try await place.run("person", "show", Story.an, "--json")
            #expect(missing.status == 4, "no register yet: \(missing.errors)")
            #expect(code(missing) == "register_missing")
            #expect(try await place.run("batch", "import", try place.file("s.csv", Story.file.utf8)).status == 0)
            let stranger = "005090999999"
            let cases: [([String], String, String?)] = [
                (["person", "show", stranger, "--json"], "person_not_found", nil),
                (["person", "history", stranger, "--json"], "person_not_found", nil),
                (["batch", "rows", "none", "--json"], "batch_unknown", nil),
                (["log", "prove", "acts", "77", "--json"], "entry_not_logged", nil),
                (
                    ["act", "record", "--json"], "person_not_found",
                    #"{"kind":"died","effective":"2022-01-01","persons":["\#(stranger)"],"content":{}}"#
                ),
                (
                    ["act", "record", "--json"], "request_unreadable",
                    #"{"kind":"died","persons":["\#(Story.an)"],"content":{"name":"Nguyễn Văn An"}"#
                ),
            ]
            for (arguments, expected, input) in cases {
                let outcome = try await place.run(arguments, input: input)
                #expect(outcome.status == 1, "\(arguments): \(outcome.errors)")
                #expect(code(outcome) == expected, "\(arguments): \(outcome.output)")
                for secret in [stranger, Story.an, "Nguyễn"] {
                    #expect(!(outcome.errors + outcome.output).contains(secret), "\(arguments)")
                }
            }
        }
    }

    private func code(_ outcome: Program.Outcome) -> String? {
        (outcome.objects.first?["error"] as? [String: String])?["code"]
    }

    @Test("what an import would come to is told, and nothing of it stays", arguments: TestStore.engines)
    func triesImports(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let file = try place.file("s.csv", Story.file.utf8)
            let early = try await place.run("batch", "import", "--dry-run", "--json", file)
            #expect(code(early) == "register_missing", "\(early.output)")
            #expect(
                try await place.run("register", "create", "--json").objects.first?["kind"] as? String == "demonstration"
            )
            let leaves = try await place.leaves()["acts"]
            let tried = try await place.run("batch", "import", "--dry-run", "--json", file)
            #expect(tried.status == 0, "\(tried.errors)")
            #expect(tried.objects.first?["dry_run"] as? Bool == true)
            #expect(try await place.leaves()["acts"] == leaves)
            #expect(try await place.batches().isEmpty)
            let done = try await place.run("batch", "import", "--json", file)
            for key in ["rows", "done", "accepted", "accepted_with_findings", "held", "persons", "households"] {
                #expect(tried.objects.first?[key] as? Int == done.objects.first?[key] as? Int, "\(key)")
            }
            let findings = [tried, done].map { $0.objects.first?["findings"] as? [String: Int] }
            #expect(findings[0] == findings[1])
            // Again: the file is known; and another file under its name is refused as an import would.
            let known = try await place.run("batch", "import", "--dry-run", "--json", file)
            #expect(known.objects.first?["done"] as? Int == 4)
            try FileManager.default.createDirectory(
                at: place.folder.appendingPathComponent("other"), withIntermediateDirectories: true)
            let other = try place.file(
                "other/s.csv", (Story.file + SheetWriter.row(5, household: "H9", [:]) + "\n").utf8)
            #expect(code(try await place.run("batch", "import", "--dry-run", "--json", other)) == "batch_name_taken")
            let person = try await place.run("batch", "import", "--dry-run", file)
            #expect(person.output.contains("nothing was taken in"))
            try await place.expectSound()
        }
    }

    @Test("a place that is none is refused with what to write")
    func places() async throws {
        let folder = try Folder.make()
        defer { Folder.remove(folder) }
        for (database, code, status) in [
            ("mysql://x/y", "malformed_location", 64), ("postgres://a:secret@h/d", "password_in_url", 64),
            ("postgres://postgres@/x?host=/nowhere", "store_unavailable", 4),
        ] as [(String, String, Int32)] {
            let outcome = try await Program.start(["batch", "list", "--json", "--database", database], in: folder)
                .outcome()
            #expect(outcome.status == status, "\(database): \(outcome.errors)")
            #expect(self.code(outcome) == code, "\(outcome.output)")
            #expect(!outcome.errors.contains("secret"))
        }
        try Data("this is no database, however long it may be".utf8).write(
            to: folder.appendingPathComponent("text.sqlite"))
        let outcome = try await Program.start(
            ["batch", "list", "--json", "--database", "sqlite:" + folder.appendingPathComponent("text.sqlite").path],
            in: folder
        ).outcome()
        #expect(outcome.status == 3, "\(outcome.errors)")
        #expect(code(outcome) == "store_corrupt", "\(outcome.output)")
    }
}
