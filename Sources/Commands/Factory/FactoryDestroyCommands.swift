import Access
import ArgumentParser
import Cards
import Civil
import Ledger
import Population
import Web

/// The command `dancu factory stock destroy SERIAL…`.
struct FactoryStockDestroyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "destroy", abstract: "Đề nghị tiêu hủy phôi hỏng, phôi mẫu, thẻ không trao: another confirms it.",
        usage: "dancu factory stock destroy (<serial> ... | --spoiled | --card <card>) --note <note>",
        discussion: """
            Examples:
              dancu factory stock destroy AA00000017 --note "biên bản 12/2026"
              dancu factory stock destroy --spoiled --note "biên bản 12/2026" --dry-run
              dancu factory stock destroy --card 3f6k2m9q0v7x1c8b5n4d2h6j0t --note "biên bản 13/2026"

            Nothing is destroyed yet: another account confirms it, at the console (/factory/stock) or with dancu \
            factory stock destructions. What is planned here is confirmed there, since whoever runs the program on \
            the register's machine is one account.
            """)

    @Argument(help: "Serials.")
    var serials: [String] = []

    @Flag(name: .long, help: "Every spoiled blank that is in no plan yet.")
    var spoiled = false

    @Option(name: .long, help: "A card that nobody came for, or that was stopped.")
    var card: String?

    @Option(name: .long, help: "The number of the protocol.")
    var note: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard [!serials.isEmpty, spoiled, card != nil].filter({ $0 }).count == 1 else {
            throw ValidationError("Name serials, --spoiled or --card.")
        }
    }

    func run() async throws {
        let requester = LocalOperator.requester
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            let cards = register.cards
            let plan: DestructionPlan
            if let card {
                plan = try await cards.planDestruction(card: card, note: note, by: requester)
            } else {
                let named = spoiled ? try await cards.spoiledBlanksUnplanned(by: requester) : serials
                plan = try await cards.planDestruction(of: named, note: note, by: requester)
            }
            try FactoryStockDestructionsCommand.tell([plan], output)
        }
    }
}

/// The command `dancu factory stock destructions`.
struct FactoryStockDestructionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "destructions", abstract: "Các đề nghị tiêu hủy: list them; confirm or drop one of another's.",
        usage: "dancu factory stock destructions [--confirm <plan> | --drop <plan> --reason <reason>]",
        discussion: """
            Examples:
              dancu factory stock destructions
              dancu factory stock destructions --confirm 812345678901234567
              dancu factory stock destructions --drop 812345678901234567 --reason "đếm lại"

            Whoever planned it cannot confirm it; the database itself refuses that.
            """)

    @Option(name: .long, help: "The plan that is carried out.")
    var confirm: Int64?

    @Option(name: .long, help: "The plan that is not.")
    var drop: Int64?

    @Option(name: .long, help: "Why it is dropped, 1 to 200 characters.")
    var reason: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard confirm == nil || drop == nil, (drop == nil) == (reason == nil) else {
            throw ValidationError("Name --confirm, or --drop with --reason, or neither.")
        }
    }

    func run() async throws {
        let requester = LocalOperator.requester
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            if let confirm { try await register.cards.confirmDestruction(confirm, by: requester) }
            if let drop { try await register.cards.dropDestruction(drop, reason: reason ?? "", by: requester) }
            try Self.tell(try await register.cards.destructionPlans(by: requester), output)
        }
    }

    static func tell(_ plans: [DestructionPlan], _ output: OutputOptions) throws {
        for plan in plans {
            let ranges = SerialRanges.texts(plan.serials.compactMap { BlankSerial(canonical: $0) })
            if output.json {
                try Console.json(
                    JSONValue.object([
                        "plan": .string(String(plan.id)), "serials": .array(ranges.map { .string($0) }),
                        "card": plan.card.map { .string($0) } ?? .null, "note": .string(plan.note),
                        "planned_by": .string(plan.plannedBy), "planned": .string(plan.planned.iso),
                    ]))
            } else {
                Console.line(
                    "\(plan.id)  \(plan.plannedBy)  \(plan.planned.iso)  \(ranges.joined(separator: " "))"
                        + (plan.card.map { "  \($0)" } ?? "") + "  \(plan.note)")
            }
        }
    }
}
