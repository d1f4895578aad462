import Access
import ArgumentParser
import Cards
import Civil
import Ledger
import Population
import Web

extension SupplyKind: ExpressibleByArgument {}

/// The command `dancu factory supplies`.
struct FactorySuppliesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "supplies", abstract: "Vật tư: ribbons, laminate, envelopes, and by when they must be ordered.",
        usage: "dancu factory supplies [--received <kind> | --counted <kind>] [options]",
        discussion: """
            Examples:
              dancu factory supplies
              dancu factory supplies --counted ribbon --site hn --cards 12000 --lead-days 20 --note KK-2026-11
              dancu factory supplies --received ribbon --site hn --cards 50000 --note PN-2026-41

            Amounts are in cards that they serve. What is used follows from the cards that were printed and packed \
            since the last count. The pace is that of the last five working days, or the site's capacity.
            """)

    @Option(name: .long, help: "What a delivery brought: ribbon, laminate or envelope.")
    var received: SupplyKind?

    @Option(name: .long, help: "What was counted.")
    var counted: SupplyKind?

    @Option(name: .long, help: "The code of the site.")
    var site: String?

    @Option(name: .long, help: "How many cards it serves.")
    var cards: Int?

    @Option(name: .long, help: "Working days from an order to its delivery; with --counted.")
    var leadDays: Int?

    @Option(name: .long, help: "The delivery note, or the protocol of the count.")
    var note: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        let isWritten = received != nil || counted != nil
        guard received == nil || counted == nil, isWritten == (site != nil), isWritten == (cards != nil),
            isWritten == (note != nil), leadDays == nil || counted != nil
        else {
            throw ValidationError("--received or --counted goes with --site, --cards and --note.")
        }
    }

    func run() async throws {
        let requester = LocalOperator.requester
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            if let site, let cards, let note {
                if let received {
                    try await register.cards.receive(received, at: site, cards: cards, note: note, by: requester)
                } else if let counted {
                    try await register.cards.count(
                        counted, at: site, cards: cards, leadDays: leadDays ?? Supply.usualLeadDays, note: note,
                        by: requester)
                }
            }
            let today = register.population.surroundings.today
            let supplies = try await register.cards.supplies(by: requester)
            if output.json {
                try Console.json(CardJSON.supplies(supplies, on: today))
            } else {
                Console.line(FactoryText.text(supplies, on: today))
            }
        }
    }
}
