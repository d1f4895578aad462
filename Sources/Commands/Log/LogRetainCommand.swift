import Access
import ArgumentParser
import Civil
import Ledger
import Population

/// `dancu log retain`: what a retention rule orders to be taken away.
struct LogRetainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retain", abstract: "Thời hạn lưu giữ: take away what a rule no longer lets be kept.",
        discussion: """
            Examples:
              dancu log retain looks --before 2021-01-01 --basis "Luật 91/2025/QH15, Điều 5" --dry-run
              dancu log retain act 1863290412345678 --basis "Quyết định 12/QĐ-UBND" --confirm 1863290412345678
            """, subcommands: [LogRetainLooksCommand.self, LogRetainActCommand.self])
}

/// The options of every removal.
struct RetentionOptions: ParsableArguments {
    @Option(name: .long, help: "The document and article that order the removal; kept beside it for ever.")
    var basis: String

    @Flag(name: .long, help: "Say what would go; remove nothing.")
    var dryRun = false

    @Option(name: .long, help: "What is removed, named once more: the day, or the number of the act.")
    var confirm: String?

    /// What is removed is gone for ever, so it is named twice.
    func check(naming what: String) throws {
        guard !dryRun, confirm != what else { return }
        throw ValidationError(
            "What is removed is gone for ever: try it with --dry-run, then add --confirm \(what).")
    }
}

/// The command `dancu log retain looks --before DAY --basis TEXT`.
struct LogRetainLooksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "looks", abstract: "Xóa lượt tra cứu cũ: remove the looks before a day.",
        usage: "dancu log retain looks --before <day> --basis <basis> [options]",
        discussion: """
            Examples:
              dancu log retain looks --before 2021-01-01 --basis "Luật 91/2025/QH15, Điều 5" --dry-run

            Their hashes stay in the log, so that log verify is clean before and after. Later looks cannot be removed.
            """)

    @Option(name: .long, help: "The first day (YYYY-MM-DD) whose looks stay.")
    var before: String

    @OptionGroup var retention: RetentionOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        if CalendarDate(iso: before) == nil { throw ValidationError("--before takes a day such as 2021-01-01.") }
        try retention.check(naming: before)
    }

    func run() async throws {
        guard let day = CalendarDate(iso: before) else { return }
        let count = try await OpenedRegister.with(register, creating: nil) { register in
            try await register.sequencer?.integrate()
            return try await register.population.retainLooks(
                from: day, legalBasis: retention.basis, by: LocalOperator.requester.actor, dryRun: retention.dryRun
            ) { try await register.sequencer?.integrate() }
        }
        if output.json {
            try Console.json(
                JSONValue.object([
                    "removed": .integer(Int64(count)), "before": .string(before), "dry_run": .bool(retention.dryRun),
                ]))
        } else {
            Console.line("\(retention.dryRun ? "Sẽ xóa / would be removed" : "Đã xóa / removed"): \(count)")
        }
    }
}

/// The command `dancu log retain act ACT --basis TEXT`.
struct LogRetainActCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "act", abstract: "Xóa nội dung sự việc: remove the content of one act, never its envelope.",
        usage: "dancu log retain act <act> --basis <basis> [options]",
        discussion: """
            Examples:
              dancu log retain act 1863290412345678 --basis "Quyết định 12/QĐ-UBND" --dry-run

            Stays, absences, set-aside notes, and changed or corrected telephone, e-mail, religion and blood group \
            can go; everything else is kept for ever. The record is as if the act had not been said; dancu person \
            history shows the act without content.
            """)

    @Argument(help: "The number of the act, as person history shows it.")
    var act: Int64

    @OptionGroup var retention: RetentionOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws { try retention.check(naming: String(act)) }

    func run() async throws {
        let id = ActID(rawValue: act)
        let removed = try await OpenedRegister.with(register, creating: nil) { register in
            try await register.sequencer?.integrate()
            return try await register.population.removeContent(
                of: id, legalBasis: retention.basis, by: LocalOperator.requester.actor, dryRun: retention.dryRun)
        }
        if output.json {
            try Console.json(
                JSONValue.object([
                    "act": .string(String(act)), "kind": .string(removed.kind.rawValue),
                    "dry_run": .bool(retention.dryRun),
                ]))
        } else {
            let what = "\(removed.kind.rawValue) \(act)"
            Console.line("\(retention.dryRun ? "Sẽ xóa / would be removed" : "Đã xóa / removed"): \(what)")
        }
    }
}
