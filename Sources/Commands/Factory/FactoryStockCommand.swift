import Access
import ArgumentParser
import Cards
import Civil
import Population
import Web

/// The command `dancu factory stock`.
struct FactoryStockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stock", abstract: "Kho phôi: every blank has one fate.",
        subcommands: [
            FactoryStockReceiveCommand.self, FactoryStockIssueCommand.self, FactoryStockRecordCommand.self,
            FactoryStockDestroyCommand.self, FactoryStockDestructionsCommand.self,
        ])
}

/// The command `dancu factory stock receive FIRST --count N`.
struct FactoryStockReceiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receive", abstract: "Nhận phôi: a delivery with consecutive serials, counted into the vault.",
        usage: "dancu factory stock receive <first> --count <n> --series <series> --note <code>",
        discussion: """
            Examples:
              dancu factory stock receive AA00000001 --count 1000 --series loat-2026-07 --note PN-2026-11
            """)

    @Argument(help: "The first serial: two capital letters, eight digits.")
    var first: String

    @Option(name: .long, help: "How many.")
    var count: Int

    @Option(name: .long, help: "The series of their chips.")
    var series: String

    @Option(name: .long, help: "The number of the delivery note.")
    var note: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let requester = LocalOperator.requester
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            try await register.cards.receiveBlanks(
                first: first, count: count, series: series, note: note, by: requester)
            while try await register.cards.vaultBlanks(limit: 5_000, by: requester) > 0 {}
            try await FactoryStockCommand.tell(register, output)
        }
    }
}

extension FactoryStockCommand {
    static func tell(_ register: OpenedRegister, _ output: OutputOptions) async throws {
        let stock = try await register.cards.stock(by: LocalOperator.requester)
        if output.json {
            try Console.json(CardJSON.stock(stock))
        } else {
            Console.line(FactoryText.text(stock))
        }
    }
}

/// The command `dancu factory stock issue BATCH --count N`.
struct FactoryStockIssueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue", abstract: "Cấp phôi cho lô, from the vault.",
        usage: "dancu factory stock issue <batch> --count <n>",
        discussion: """
            Examples:
              dancu factory stock issue hn-000017 --count 520
            """)

    @Argument(help: "The code of the batch.")
    var batch: String

    @Option(name: .long, help: "How many.")
    var count: Int

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            try await register.cards.issueBlanks(count, to: batch, by: LocalOperator.requester)
            try await FactoryStockCommand.tell(register, output)
        }
    }
}

/// The command `dancu factory stock record MOVE SERIAL…`.
struct FactoryStockRecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "Lấy mẫu, ghi hỏng, báo mất, báo tìm thấy: single blanks.",
        usage: "dancu factory stock record <sample|spoil|lose|find> <serial> ... --reason <reason>",
        discussion: """
            Examples:
              dancu factory stock record lose AA00000017 --reason "thiếu khi kiểm kê"
              dancu factory stock record sample AA00000018 AA00000019 --reason "lưu mẫu"
            """)

    enum Move: String, ExpressibleByArgument, CaseIterable {
        case sample, spoil, lose, find

        var move: BlankMove {
            switch self {
            case .sample: .sample
            case .spoil: .spoil
            case .lose: .lose
            case .find: .find
            }
        }
    }

    @Argument(help: "What happened.")
    var move: Move

    @Argument(help: "Serials.")
    var serials: [String]

    @Option(name: .long, help: "Why, 1 to 200 characters.")
    var reason: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            try await register.cards.record(move.move, of: serials, reason: reason, by: LocalOperator.requester)
            try await FactoryStockCommand.tell(register, output)
        }
    }
}
