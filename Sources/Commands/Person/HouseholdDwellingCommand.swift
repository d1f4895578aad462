import Access
import ArgumentParser
import Population
import Web

/// The command `dancu household dwelling HANDLE`.
struct HouseholdDwellingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dwelling", abstract: "Tra cứu chỗ ở của một hộ: who is and was at its address.",
        usage: "dancu household dwelling <household> [options]",
        discussion: """
            Examples:
              dancu household dwelling 3f6k2m9q0v7x1c8b5n4d2h6j0t
              dancu household dwelling 3f6k2m9q0v7x1c8b5n4d2h6j0t --effective-at 2021-02-25 --json

            One dwelling may hold several households; whoever is registered there without one stands beside them.
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
            let answer = try await register.population.look(atDwellingOf: handle, asOf: time, by: requester)
            guard let answer else { throw CommandFailure.householdNotFound }
            if output.json {
                try Console.json(PersonJSON.dwelling(answer, asOf: time, in: register.population))
            } else {
                Console.line(PersonText.dwelling(answer, in: register.population))
            }
        }
    }
}
