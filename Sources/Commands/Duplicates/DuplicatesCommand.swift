import Access
import ArgumentParser
import Civil
import Ledger
import Population
import Web

/// The command `dancu duplicates`: the same person once in the register.
struct DuplicatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicates",
        abstract: "Nghi trùng: find people who stand in the register twice, and decide on them.",
        subcommands: [
            DuplicatesSweepCommand.self, DuplicatesStatusCommand.self, DuplicatesReviewCommand.self,
            DuplicatesFindCommand.self,
            DuplicatesDecideCommand.self, DuplicatesRuleCommand.self,
        ])
}

/// The command `dancu duplicates review`.
struct DuplicatesReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Hàng đợi nghi trùng: the pairs that wait, the most harmful and likeliest first.",
        discussion: """
            Examples:
              dancu duplicates review
              dancu duplicates review --limit 500 --json

            Nobody is named: persons stand by their handles, with what speaks for and against. Decide with \
            dancu duplicates decide, or at the console.
            """)

    @Option(name: .long, help: "How many pairs at most.")
    var limit = 20

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit lies from 1 to 10000.") }
    }

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil) { register in
            let queue = try await register.population.duplicates(limit: limit, by: LocalOperator.requester)
            try DuplicateText.show(queue, asJSON: output.json)
        }
    }
}

/// The command `dancu duplicates find PERSON`.
struct DuplicatesFindCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find", abstract: "Người này có thể đứng hai lần: the pairs that wait about one person.",
        discussion: """
            Examples:
              dancu duplicates find 0123456789abcdefghjkmnpqrs
              dancu duplicates find 0123456789abcdefghjkmnpqrs --json

            It tells what the last sweep found about the person.
            """)

    @Argument(help: "The person's handle.")
    var person: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let handle = try DuplicateText.handle(person)
        try await OpenedRegister.with(register, creating: nil) { register in
            let queue = try await register.population.duplicates(of: handle, by: LocalOperator.requester)
            try DuplicateText.show(queue, asJSON: output.json)
        }
    }
}

/// The command `dancu duplicates decide ONE OTHER VERDICT`.
struct DuplicatesDecideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide", abstract: "Kết luận: that two records are one person's, two people's, or unclear.",
        usage: "dancu duplicates decide <one> <other> <verdict> --reason <reason> [options]",
        discussion: """
            Examples:
              dancu duplicates decide 0123456789abcdefghjkmnpqrs 1123456789abcdefghjkmnpqrs different --reason "twins"
              dancu duplicates decide 0123456789abcdefghjkmnpqrs 1123456789abcdefghjkmnpqrs same \\
                --remains 0123456789abcdefghjkmnpqrs --reason "same birth certificate"

            "same" merges the records: the one that remains goes on, and merging can be undone with an act (unmerged). \
            "different" is not asked again while what was compared is the same.
            """)

    @Argument(help: "The handle of one person.")
    var one: String

    @Argument(help: "The handle of the other.")
    var other: String

    @Argument(help: "same, different or unclear.")
    var verdict: String

    @Option(name: .long, help: "Of two records of one person, the handle of the one that goes on.")
    var remains: String?

    @Option(name: .long, help: "Why; one line.")
    var reason: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        guard let verdict = DuplicateVerdict(name: verdict) else {
            throw ValidationError("The verdict is same, different or unclear.")
        }
        let pair = (try DuplicateText.handle(one), try DuplicateText.handle(other))
        let remains = try remains.map(DuplicateText.handle)
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            let outcome = try await register.population.decide(
                duplicate: pair.0, pair.1, verdict, remains: remains, reason: reason, by: LocalOperator.requester)
            let act: String? = if case .merged(let receipt) = outcome { String(receipt.act.id.rawValue) } else { nil }
            if output.json {
                return try Console.json(
                    JSONValue.object([
                        "act": CommonJSON.text(act), "verdict": .string(verdict.name),
                    ]))
            }
            Console.line(
                act.map { "Đã hợp nhất, sự việc / merged, act: \($0)" } ?? "Đã ghi kết luận / decision noted")
        }
    }
}
