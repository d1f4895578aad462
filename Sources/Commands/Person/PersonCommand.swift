import Access
import ArgumentParser
import Civil
import Population
import Web

/// The command `dancu person`.
struct PersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person", abstract: "Công dân: look persons up; every look is recorded.",
        subcommands: [PersonShowCommand.self, PersonHistoryCommand.self, PersonSearchCommand.self])
}

/// The options of every look at a person's data.
struct LookOptions: ParsableArguments {
    @Option(name: .long, help: "Mục đích: why the data are read, at most 200 characters.")
    var purpose: String?

    /// Who runs the program on the register's machine, with the purpose that they state.
    ///
    /// - Parameter usual: the purpose of a command that has one of its own.
    func requester(otherwise usual: String? = nil) throws -> Requester {
        guard let purpose = purpose ?? usual else { return LocalOperator.requester }
        guard let stated = Purpose(stated: purpose, legalBasis: Purpose.operation.legalBasis) else {
            throw ValidationError("The purpose is empty or longer than \(Purpose.maximumLength) characters.")
        }
        return LocalOperator.requester.stating(stated)
    }
}

extension AsOfOptions {
    /// The two points of time, or an explanation of how to write them.
    func asOf() throws -> AsOf {
        var asOf = AsOf()
        if let effectiveAt {
            guard let date = CalendarDate(iso: effectiveAt) else {
                throw ValidationError("--effective-at takes a day such as 2021-02-25, not \(effectiveAt).")
            }
            asOf.effectiveAt = date
        }
        if let knownAt {
            guard let instant = Instant(parsing: knownAt) else {
                throw ValidationError(
                    "--known-at takes a day or an instant such as 2021-02-25T08:00:00+07:00, not \(knownAt).")
            }
            asOf.knownAt = instant
        }
        return asOf
    }
}

/// A handle or number as an argument.
enum PersonArgument {
    static func selector(_ text: String) throws -> PersonSelector {
        guard let selector = PersonSelector(parsing: text) else {
            throw ValidationError("A person is named by a handle (26 letters and digits) or a number (12 digits).")
        }
        return selector
    }

    static var missing: CommandFailure {
        CommandFailure(
            code: "person_not_found", exit: .refused,
            vietnamese: "Không có người này, hoặc lúc đó chưa biết đến; kiểm tra mã, số và ngày.",
            english: "There is no such person, or nothing was known of them then; check handle, number and dates.")
    }
}

/// The command `dancu person show PERSON`.
struct PersonShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Tra cứu một công dân, as of today or of any past day.",
        usage: "dancu person show <person> [options]",
        discussion: """
            Examples:
              dancu person show 005087000123
              dancu person show 3f6k2m9q0v7x1c8b5n4d2h6j0t --effective-at 2021-02-25
              dancu person show 005087000123 --known-at 2021-06-30 --json
              dancu person show 005087000123 --ask religion --ask ethnicity
            """)

    @Argument(help: "A handle or a 12-digit number.")
    var person: String

    @Option(name: .long, help: "Dữ liệu nhạy cảm: show religion, ethnicity or biometrics too; may be repeated.")
    var ask: [FieldGroup] = []

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var look: LookOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let selector = try PersonArgument.selector(person)
        let time = try asOf.asOf()
        let requester = try look.requester()
        try await OpenedRegister.with(register, creating: nil) { register in
            let answer = try await register.population.look(
                at: selector, asOf: time, asking: FieldGroups(groups: ask), by: requester)
            guard let answer else { throw PersonArgument.missing }
            if output.json {
                try Console.json(PersonJSON.person(answer, asOf: time, in: register.population))
            } else {
                Console.line(PersonText.person(answer, in: register.population))
            }
        }
    }
}

/// The command `dancu person history PERSON`.
struct PersonHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Lịch sử: every act of a person's record, with who, when and on which basis.",
        usage: "dancu person history <person> [options]",
        discussion: """
            Examples:
              dancu person history 005087000123
              dancu person history 005087000123 --json
            """)

    @Argument(help: "A handle or a 12-digit number.")
    var person: String

    @OptionGroup var look: LookOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let selector = try PersonArgument.selector(person)
        let requester = try look.requester()
        try await OpenedRegister.with(register, creating: nil) { register in
            let answer = try await register.population.history(of: selector, by: requester)
            guard let answer else { throw PersonArgument.missing }
            if output.json {
                try Console.json(PersonJSON.history(answer, in: register.population))
            } else {
                Console.line(PersonText.history(answer))
            }
        }
    }
}

extension FieldGroup: ExpressibleByArgument {}
