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

    @Argument(help: "The household's handle; person show prints it.")
    var household: String

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var look: LookOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        guard let handle = Handle(parsing: household) else {
            throw ValidationError("A household is named by its handle: 26 letters and digits.")
        }
        let time = try asOf.asOf()
        let requester = try look.requester()
        try await OpenedRegister.with(register, creating: nil) { register in
            let answer = try await register.population.look(
                atHousehold: handle, asOf: time, by: requester)
            guard let answer else { throw CommandFailure.householdNotFound }
            if output.json {
                try Console.json(PersonJSON.household(answer, in: register.population))
            } else {
                Console.line(PersonText.household(answer, in: register.population))
            }
        }
    }
}

extension CommandFailure {
    static let householdNotFound = CommandFailure(
        code: "household_not_found", exit: .refused,
        vietnamese: "Không có hộ này, hoặc lúc đó chưa biết đến; kiểm tra mã và ngày.",
        english: "There is no such household, or nothing was known of it then; check handle and dates.")
}
