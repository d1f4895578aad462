import ArgumentParser
import Cards
import Civil
import Ledger
import Population

/// The command `dancu card fee`.
struct CardFeeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fee", abstract: "Lệ phí thẻ: what a card costs on a day, with every reason.",
        usage: "dancu card fee [--ground <ground>] [--channel <channel>] [--on <day>] [options]",
        discussion: """
            Examples:
              dancu card fee --ground lost
              dancu card fee --ground lost --channel online --level-two --on 2026-12-01 --json

            Needs no register. What was not compared with the text of the circular is marked likely.
            """)

    @Option(name: .long, help: "The ground of the law.")
    var ground: CardGround = .first

    @Option(name: .long, help: "counter or online.")
    var channel: FilingChannel = .counter

    @Option(name: .long, help: "Why nothing is paid: poor_household and so on.")
    var exemption: FeeExemption?

    @Flag(name: .long, help: "The applicant has an electronic identity of level 2.")
    var levelTwo = false

    @Option(name: .long, help: "The day (YYYY-MM-DD), else today.")
    var on: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let on, CalendarDate(iso: on) == nil {
            throw ValidationError("--on takes a day such as 2026-12-01, not \(on).")
        }
    }

    func run() async throws {
        let day = on.flatMap { CalendarDate(iso: $0) } ?? Surroundings.system.today
        let fee = Tariff.card(
            ground.feeMatter, on: day, by: channel, hasLevelTwo: levelTwo, exemption: exemption)
        guard let fee else { throw ApplicationRefusal.noTariff }
        guard output.json else { return tell(fee) }
        let lines = fee.lines.map { line -> JSONValue in
            .object([
                "amount": .integer(Int64(line.amount)), "vi": .string(line.reason.vietnamese),
                "en": .string(line.reason.english), "basis": .string(line.basis.description),
                "certainty": .string(line.certainty.rawValue),
            ])
        }
        try Console.json(
            JSONValue.object([
                "fee": .integer(Int64(fee.amount)), "day": .string(day.description), "lines": .array(lines),
            ]))
    }

    private func tell(_ fee: Fee) {
        let rows = fee.lines.map { line in
            [
                String(line.amount), line.reason.inBoth,
                "\(line.basis) (\(line.certainty.rawValue))",
            ]
        }
        Console.line(Console.table(rows + [["= \(fee.amount)", "đồng", ""]]))
    }
}
