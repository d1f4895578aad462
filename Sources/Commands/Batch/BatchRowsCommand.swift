import Access
import ArgumentParser
import Civil
import Ledger
import Population
import Web

/// The command `dancu batch rows BATCH`.
struct BatchRowsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rows", abstract: "Các dòng của lô: every row of a batch with its fate and findings.",
        discussion: """
            Examples:
              dancu batch rows 24283 --json
              dancu batch rows 24283 --held

            Each page of rows is a look at its persons and is recorded.
            """)

    @Argument(help: "The batch: its file's name without extension.")
    var batch: String

    @Flag(name: .long, help: "Only the rows that are held.")
    var held = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil) { register in
            guard let found = try await register.population.batch(named: batch) else {
                throw BatchMissing.failure(batch)
            }
            var after = 0
            while true {
                let rows = try await register.population.rows(ofBatch: found, after: after, by: LocalOperator.requester)
                guard let last = rows.last else { break }
                for row in rows where !held || row.fate == .held { try show(row, register) }
                after = last.place
            }
        }
    }

    private func show(_ row: SheetRow, _ register: OpenedRegister) throws {
        if output.json {
            try Console.json(
                BatchJSON.row(row, units: register.population.units, today: register.population.surroundings.today))
            return
        }
        let facts = SheetFacts(row.content)
        Console.line(
            "\(row.row)  \(row.fate.text)  \(facts.details.name ?? "—")  \(facts.details.birth?.description ?? "—")  "
                + row.findings.map(\.code.rawValue).joined(separator: " "))
        for finding in row.findings where finding.code.weight == .held || row.fate == .held {
            Console.line("    \(finding.code.sentence.vietnamese)")
            Console.line("    \(finding.code.sentence.english)")
        }
    }
}

/// The command `dancu batch list`.
struct BatchListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Danh sách lô: all batches with their counts.",
        discussion: """
            Examples:
              dancu batch list
              dancu batch list --json
            """)

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil) { register in
            for summary in try await register.population.batches() {
                if output.json {
                    try Console.json(BatchJSON.summary(summary))
                } else {
                    Console.line(BatchText.summary(summary))
                }
            }
        }
    }
}

enum BatchMissing {
    static func failure(_ name: String) -> CommandFailure {
        CommandFailure(
            code: "batch_unknown", exit: .refused,
            vietnamese: "Không có lô \(name); xem các lô bằng dancu batch list.",
            english: "There is no batch \(name); list them with dancu batch list.")
    }
}
