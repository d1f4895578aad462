import Access
import ArgumentParser
import Population
import Web

/// The command `dancu household`.
struct HouseholdCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "household", abstract: "Hộ gia đình: look at households and their dwellings.",
        subcommands: [HouseholdShowCommand.self, HouseholdDwellingCommand.self])
}

/// The command `dancu household show HANDLE`.
struct HouseholdShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Tra cứu một hộ: its members, as of today or of any past day.",
        usage: "dancu household show <household> [options]",
        discussion: """
            Examples:
              dancu household show 3f6k2m9q0v7x1c8b5n4d2h6j0t
              dancu household show 3f6k2m9q0v7x1c8b5n4d2h6j0t --effective-at 2021-02-25 --json
            """)

    @OptionGroup var question: HouseholdOptions

    func run() async throws {
        try await question.ask { register, handle, time, requester in
            try await register.look(atHousehold: handle, asOf: time, by: requester)
        } asJSON: { answer, time, register in
            PersonJSON.household(answer, asOf: time, in: register)
        } asText: { answer, register in
            PersonText.household(answer, in: register)
        }
    }
}

/// The arguments and options of every question about one household.
struct HouseholdOptions: ParsableArguments {
    @Argument(help: "The household's handle; person show prints it.")
    var household: String

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var look: LookOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    /// Looks, and writes the answer as it is wanted.
    func ask<Answer: Sendable>(
        _ looking: (PopulationRegister, Handle, AsOf, Requester) async throws -> Answer?,
        asJSON json: (Answer, AsOf, PopulationRegister) -> JSONValue,
        asText text: (Answer, PopulationRegister) -> String
    ) async throws {
        guard let handle = Handle(parsing: household) else {
            throw ValidationError("A household is named by its handle: 26 letters and digits.")
        }
        let time = try asOf.asOf()
        let requester = try look.requester()
        try await OpenedRegister.with(register, creating: nil) { opened in
            let register = opened.population
            guard let answer = try await looking(register, handle, time, requester) else {
                throw CommandFailure.householdNotFound
            }
            if output.json {
                try Console.json(json(answer, time, register))
            } else {
                Console.line(text(answer, register))
            }
        }
    }
}

extension CommandFailure {
    fileprivate static let householdNotFound = CommandFailure(
        code: "household_not_found", exit: .refused,
        vietnamese: "Không có hộ này, hoặc lúc đó chưa biết đến; kiểm tra mã và ngày.",
        english: "There is no such household, or nothing was known of it then; check handle and dates.")
}
