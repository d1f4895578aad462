import Access
import ArgumentParser
import Civil
import Foundation
import Ledger
import Population
import Web

/// The command `dancu batch report BATCH`.
struct BatchReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Báo cáo lô: what became of a batch, as HTML with charts.",
        discussion: """
            Examples:
              dancu batch report 24283 --output 24283.html
              dancu batch report 24283 > 24283.html
            """)

    @Argument(help: "The batch: its file's name without extension.")
    var batch: String

    @Option(name: .long, help: "The file to write; standard output without it.")
    var output: String?

    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let html = try await OpenedRegister.with(register, creating: nil) { register in
            guard let found = try await register.population.batch(named: batch) else {
                throw BatchMissing.failure(batch)
            }
            return try await BatchReport.html(of: found, in: register.population, by: LocalOperator.requester)
        }
        guard let output else {
            Console.line(html)
            return
        }
        do {
            try Data(html.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
        } catch {
            throw CommandFailure(
                code: "file_not_written", exit: .unavailable,
                vietnamese: "Không ghi được \(output); kiểm tra thư mục và đĩa.",
                english: "\(output) cannot be written; check the folder and the disk.")
        }
        Console.line(output)
    }
}
