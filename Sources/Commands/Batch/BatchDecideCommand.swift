import Access
import ArgumentParser
import Civil
import Ledger
import Population
import Web

/// The command `dancu batch decide BATCH PLACE`.
struct BatchDecideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide", abstract: "Quyết định phiếu chờ xem xét: what becomes of a row that is held.",
        usage: "dancu batch decide <batch> <place> <decision> --reason <text> [options]",
        discussion: """
            Examples:
              dancu batch rows 24283 --held
              dancu batch decide 24283 72 --set ngay_sinh=12/05/1980 --reason "giấy khai sinh số 12"
              dancu batch decide 24283 15 --same 4epp856qc7mfwmrkd4th9r51pz --reason "một số định danh"
              dancu batch decide 24283 90 --accept --reason "hai người trùng tên, đã gặp cả hai"
              dancu batch decide 24283 91 --reject --reason "phiếu bỏ trống" --dry-run

            The place is the row's in the file, from 1. Exactly one of --accept, --same, --set and --reject is given; \
            --set can be repeated, with the columns of form DC01. The row stays held in the counts of the import; the \
            decision is an act beside it.
            """)

    @Argument(help: "The batch: its file's name without extension.")
    var batch: String

    @Argument(help: "The row's place in the file.")
    var place: Int

    @Flag(name: .long, help: "Somebody new: nobody in the register is the same person.")
    var accept = false

    @Option(name: .long, help: ArgumentHelp("The person of the register whom the row is about.", valueName: "handle"))
    var same: String?

    @Option(
        name: .long,
        help: ArgumentHelp("A field as it should have been written, then accept.", valueName: "column=text"))
    var set: [String] = []

    @Flag(name: .long, help: "The row becomes nobody.")
    var reject = false

    @Option(name: .long, help: "Why, at most 500 characters.")
    var reason: String

    @Flag(name: .long, help: "Check everything, record nothing.")
    var dryRun = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard [accept, reject, same != nil, !set.isEmpty].count(where: { $0 }) == 1 else {
            throw ValidationError("Exactly one of --accept, --same, --set and --reject is needed.")
        }
        _ = try choice()
    }

    private func choice() throws -> SheetChoice {
        if accept { return .accept(reason: reason) }
        if reject { return .reject(reason: reason) }
        if let same {
            guard let handle = Handle(parsing: same) else { throw ValidationError("--same takes a handle.") }
            return .same(handle, reason: reason)
        }
        var fields: [SheetColumn: String] = [:]
        for text in set {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, let column = SheetColumn(rawValue: parts[0]), column != .row else {
                throw ValidationError("--set takes column=text with a column of form DC01, such as ngay_sinh=1980.")
            }
            fields[column] = parts[1]
        }
        return .correct(fields, reason: reason)
    }

    func run() async throws {
        let receipt = try await OpenedRegister.with(register, creating: nil) { register in
            guard let found = try await register.population.batch(named: batch) else {
                throw BatchMissing.failure(batch)
            }
            return try await register.population.decide(
                place, ofBatch: found, try choice(), by: LocalOperator.requester, dryRun: dryRun)
        }
        if dryRun {
            guard output.json else {
                return Console.line("Có thể ghi; chưa ghi gì. / It could be recorded; nothing was.")
            }
            try Console.json(JSONValue.object(["dry_run": .bool(true)]))
        } else if output.json {
            try Console.json(HeldRowJSON.receipt(receipt))
        } else {
            Console.line("Đã ghi / recorded: act \(receipt.act.rawValue)  \(receipt.person ?? "—")")
        }
    }
}
