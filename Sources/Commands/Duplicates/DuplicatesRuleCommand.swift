import Access
import ArgumentParser
import Civil
import Population
import Web

/// The command `dancu duplicates rule`: whether the register merges by itself.
struct DuplicatesRuleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rule",
        abstract: "Quy tắc hợp nhất tự động: from which probability on the register merges by itself.",
        subcommands: [DuplicatesRuleListCommand.self, DuplicatesRuleSetCommand.self])
}

/// The command `dancu duplicates rule list`.
struct DuplicatesRuleListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Các quy tắc: the rules of automatic merging, the latest first.",
        discussion: """
            Examples:
              dancu duplicates rule list
              dancu duplicates rule list --json

            Without a rule in force nothing is merged automatically.
            """)

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil) { register in
            let rules = try await register.population.duplicateRules(by: LocalOperator.requester)
            if output.json { return try Console.json(DuplicateJSON.rules(rules)) }
            Console.line(
                rules.inForce?.threshold.map { "Hợp nhất tự động từ / merges automatically from: \($0)" }
                    ?? "Không hợp nhất tự động. / Nothing is merged automatically.")
            Console.line("Đã hợp nhất / merged: \(rules.merged); đã tách lại / undone: \(rules.undone)")
            Console.line(
                Console.table(
                    rules.rules.map { rule in
                        [
                            rule.stated.iso, rule.threshold.map { String($0) } ?? "tắt / off",
                            rule.since == nil ? "chưa có hiệu lực / not in force" : "", rule.reason,
                        ]
                    }))
        }
    }
}

/// The command `dancu duplicates rule set`.
struct DuplicatesRuleSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Đặt quy tắc: merge by itself from a probability on, or not at all.",
        usage: "dancu duplicates rule set (--threshold <probability> | --off) --reason <reason> [options]",
        discussion: """
            Examples:
              dancu duplicates rule set --threshold 0.9995 --reason "decision 12/QĐ of the ministry"
              dancu duplicates rule set --off --reason "three merges were undone"

            Every sweep then merges the pairs at or above it whose records contradict each other in \
            nothing and of which one at most has a number. Such merges are acts that name the rule, \
            and can be undone. Officers state a rule at the console, where a second one agrees.
            """)

    @Option(name: .long, help: "From this probability on: 0.999 to 1.")
    var threshold: Double?

    @Flag(name: .long, help: "Merge nothing automatically.")
    var off = false

    @Option(name: .long, help: "Why; one line.")
    var reason: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard (threshold == nil) == off else { throw ValidationError("State either --threshold or --off.") }
    }

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            let rule = try await register.population.stateDuplicateRule(
                threshold: threshold, reason: reason, by: LocalOperator.requester)
            if output.json { return try Console.json(DuplicateJSON.rule(rule)) }
            Console.line(
                rule.threshold.map { "Hợp nhất tự động từ / merges automatically from: \($0)" }
                    ?? "Không hợp nhất tự động. / Nothing is merged automatically.")
        }
    }
}
