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

    @OptionGroup var question: HouseholdOptions

    func run() async throws {
        try await question.ask { register, handle, time, requester in
            try await register.look(atDwellingOf: handle, asOf: time, by: requester)
        } asJSON: { answer, time, register in
            PersonJSON.dwelling(answer, asOf: time, in: register)
        } asText: { answer, register in
            PersonText.dwelling(answer, in: register)
        }
    }
}
