import ArgumentParser
import Population

/// The command `dancu register`.
struct RegisterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register", abstract: "Cơ sở dữ liệu: create a register, rebuild it from its acts.",
        subcommands: [RegisterCreateCommand.self, RegisterRebuildCommand.self])
}

/// The command `dancu register create`.
struct RegisterCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Tạo cơ sở dữ liệu: an empty register with its log and signing key.",
        usage: "dancu register create [--production] [options]",
        discussion: """
            Examples:
              dancu register create --production --database sqlite:/var/lib/dancu/register.sqlite
              dancu register create --database postgres://dancu@db.local/dancu

            Without --production it is a demonstration register: it takes and draws only numbers whose prefix no \
            province holds, and says so everywhere. A register never changes its kind.
            """)

    @Flag(name: .long, help: "A register for real people: real numbers alone.")
    var production = false

    @Flag(name: .long, help: "Say whether it could be made there; write nothing.")
    var dryRun = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let kind: RegisterKind = production ? .production : .demonstration
        let wasUsed = try await register.location().isUsed()
        if dryRun, !wasUsed {
            guard output.json else { return Console.line("Sẽ tạo / would be created: \(kind.rawValue)") }
            return try Console.json(JSONValue.object(["kind": .string(kind.rawValue), "dry_run": .bool(true)]))
        }
        let opened = try await OpenedRegister.open(register, creating: dryRun ? nil : kind)
        let identity = opened.identity
        let isEmpty = try await opened.population.batches().isEmpty
        try await opened.finish()
        guard identity.kind == kind, isEmpty else {
            throw CommandFailure(
                code: "register_exists", exit: .refused,
                vietnamese: "Ở đó đã có cơ sở dữ liệu (\(identity.kind.rawValue)); chọn nơi khác.",
                english: "There is a register already (\(identity.kind.rawValue)); choose another place.")
        }
        if output.json {
            try Console.json(
                JSONValue.object([
                    "register": .string(identity.id), "kind": .string(identity.kind.rawValue),
                    "log_key": .string(identity.logKey), "created": .bool(!wasUsed),
                ]))
        } else {
            let done = wasUsed ? "Đã có sẵn, còn trống / there already, still empty" : "Đã tạo / created"
            Console.line("\(done): \(identity.kind.rawValue), \(identity.id)")
        }
    }
}

/// The command `dancu register rebuild [--check]`.
struct RegisterRebuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Dựng lại: fold every act anew and compare with the tables, or write them.",
        discussion: """
            Examples:
              dancu register rebuild --check
              dancu register rebuild

            Persons, households, numbers, batches, their rows, findings and keys are compared with the acts, and so is \
            what the register is and which units it goes by. Exit code 3 when they do not follow from them. Without \
            --check, what differs is put right; what cannot be is named, and the exit code is 3: a number that no act \
            gives or that stands beside another person (the database lets nobody take a number away), what the \
            register is, a file of units that did not come with the program, and acts that cannot be understood, whose \
            rows stay as they are. Those need a backup; a file of units, dancu unit load.
            """)

    @Flag(name: .long, help: "Compare only; change nothing.")
    var check = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let result = try await OpenedRegister.with(register, creating: nil, evenDamaged: true) { register in
            try await register.population.rebuild(writing: !check)
        }
        if output.json {
            try Console.json(
                JSONValue.object([
                    "clean": .bool(result.isClean), "persons": .integer(Int64(result.persons)),
                    "households": .integer(Int64(result.households)), "sheets": .integer(Int64(result.sheets)),
                    "numbers": .integer(Int64(result.numbers)),
                    "difference_count": .integer(Int64(result.differenceCount)),
                    "unrepairable_count": .integer(Int64(result.unrepairableCount)),
                    "differences": .array(
                        result.differences.map {
                            .object([
                                "what": .string($0.what.rawValue), "place": .string($0.place),
                                "repairable": .bool($0.isRepairable),
                            ])
                        }),
                    "damaged": .array(result.damaged.map { .string($0) }),
                ]))
        } else {
            Console.line(
                "persons \(result.persons), households \(result.households), sheets \(result.sheets), "
                    + "numbers \(result.numbers)"
            )
            for difference in result.differences.prefix(50) {
                let rest = difference.isRepairable ? "" : "  (không sửa được / cannot be put right)"
                Console.line("  \(difference.what.rawValue)  \(difference.place)\(rest)")
            }
            for damaged in result.damaged.prefix(50) { Console.line("  damaged  \(damaged)") }
            if result.isClean {
                Console.line("Khớp với các sự việc. / Clean: everything follows from the acts.")
            } else if check {
                Console.line("LỆCH / DIFFERENT: \(result.differenceCount). dancu register rebuild")
            } else {
                Console.line("Đã sửa / put right: \(result.differenceCount - result.unrepairableCount)")
                if result.unrepairableCount + result.damaged.count > 0 {
                    Console.line(
                        "Không sửa được; khôi phục từ bản sao lưu. / Cannot be put right; restore from a backup: "
                            + "\(result.unrepairableCount + result.damaged.count)")
                }
            }
        }
        let isRight = check ? result.isClean : result.unrepairableCount == 0 && result.damaged.isEmpty
        if !isRight { throw ExitCode(CommandFailure.Exit.damaged.rawValue) }
    }
}
