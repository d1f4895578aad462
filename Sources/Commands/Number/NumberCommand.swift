import Access
import ArgumentParser
import Civil
import Ledger
import Population

/// The command `dancu number`.
struct NumberCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "number", abstract: "Số định danh cá nhân: give numbers, and look at what a number is.",
        subcommands: [NumberRunCommand.self, NumberShowCommand.self])
}

/// The command `dancu number run --unit CODE`.
struct NumberRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Cấp số cho một đơn vị: number everybody who may have one; say who is left out and why.",
        usage: "dancu number run --unit <unit> [options]",
        discussion: """
            Examples:
              dancu number run --unit until-2025-06-30/24283 --dry-run
              dancu number run --unit 24286 --json
            """)

    @Option(name: .long, help: "A commune, district or province: a code (today's, else the older set's), or set/code.")
    var unit: String

    @Flag(name: .long, help: "Say who would get a number; give none.")
    var dryRun = false

    @OptionGroup var day: DayOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil) { register in
            let found = try UnitOutput.find(unit, on: try day.day(register), in: register.population.units)
            let result = try await register.population.runNumbers(
                in: found.code, by: LocalOperator.requester, dryRun: dryRun)
            if output.json { try showJSON(result) } else { showText(result) }
        }
    }

    private func showJSON(_ result: NumberRunResult) throws {
        try Console.json(
            JSONValue.object([
                "dry_run": .bool(dryRun), "already_held": .integer(Int64(result.alreadyHeld)),
                "given": .array(
                    result.given.map { given in
                        .object(
                            dryRun
                                ? ["person": .string(given.person)]
                                : ["person": .string(given.person), "number": .string(given.number)])
                    }),
                "left_out": .array(
                    result.leftOut.map { out in
                        .object([
                            "reason": .string(out.obstacle.rawValue), "person": out.person.map { .string($0) } ?? .null,
                            "batch": out.sheet.map { .string($0.batch) } ?? .null,
                            "row": out.sheet.map { .integer(Int64($0.row)) } ?? .null,
                        ])
                    }),
            ]))
    }

    private func showText(_ result: NumberRunResult) {
        Console.line("\(dryRun ? "Sẽ cấp / would be given" : "Đã cấp / given"): \(result.given.count)")
        Console.line("Đã có số / held a number already: \(result.alreadyHeld)")
        Console.line("Chưa cấp / left out: \(result.leftOut.count)")
        for obstacle in NumberingObstacle.allCases {
            let out = result.leftOut.filter { $0.obstacle == obstacle }
            guard !out.isEmpty else { continue }
            Console.line(
                "  \(out.count)  \(obstacle.rawValue): \(obstacle.sentence.inBoth)")
            for one in out.prefix(20) {
                Console.line("      \(one.person ?? one.sheet.map { "\($0.batch), row \($0.row)" } ?? "")")
            }
            if out.count > 20 { Console.line("      … \(out.count - 20) more (--json lists all)") }
        }
    }
}

/// The command `dancu number show NUMBER`.
struct NumberShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Xem một số: what its digits hint at, and who holds or held it.",
        discussion: """
            Examples:
              dancu number show 005087000123

            The digits are a hint, never a source of truth. A cancelled number leads to its holder for ever.
            """)

    @Argument(help: "A 12-digit number.")
    var number: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let number = try PersonalIdentificationNumber(parsing: number)
        try await OpenedRegister.with(register, creating: nil) { register in
            let answer = try await register.population.look(
                at: .number(number), by: LocalOperator.requester)
            let hint = number.hint
            let state: String =
                if let answer { answer.state.number == number.digits ? "in_force" : "cancelled" } else { "unknown" }
            if output.json {
                try Console.json(
                    JSONValue.object([
                        "number": .string(number.digits), "state": .string(state), "test": .bool(number.isTest),
                        "person": answer.map { .string($0.handle) } ?? .null,
                        "hint": .object([
                            "prefix": .string(hint.prefix), "province": hint.province.map { .string($0) } ?? .null,
                            "sex": .string(hint.sex.rawValue), "birth_year": .integer(Int64(hint.birthYear)),
                        ]),
                    ]))
                return
            }
            Console.line("\(number.digits)  \(state)")
            Console.line(
                "  gợi ý / hint: \(hint.province ?? (number.isTest ? "số thử / test prefix" : "?")) "
                    + "\(hint.prefix), \(hint.sex.vietnamese), \(hint.birthYear)"
            )
            if let answer { Console.line("  \(answer.handle)  \(answer.state.details.name ?? "")") }
        }
    }
}
