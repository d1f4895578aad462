import Access
import ArgumentParser
import Civil
import Foundation
import Ledger
import Population
import Web

/// The command `dancu batch import FILE…`.
struct BatchImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Nhập lô phiếu: take files of DC01 rows into the register.",
        usage: "dancu batch import <file> ... [--dry-run] [options]",
        discussion: """
            Examples:
              dancu batch import 24283.csv
              dancu batch import sheets/*.csv --json
              dancu batch import 24283.csv --dry-run

            Every row gets exactly one fate: accepted, accepted with findings, or held. The same file again changes \
            nothing; an interrupted import goes on where it stopped. Rows that are held are no error.

            A file holds at most 4 GiB and 16,777,215 rows; split a larger one by commune. A row longer than 1 MiB is \
            held with row_too_long. A file that is another table is left out and told; it is an error where nothing \
            else was named.

            --dry-run says what an import would come to, for each file alone; a file has at most 20,000 rows then.
            """)

    @Argument(help: "CSV files, UTF-8 or TCVN3; the batch has the file's name.", completion: .file(extensions: ["csv"]))
    var files: [String]

    @Option(
        help: ArgumentHelp(
            "Rows written in one transaction, 50 to 10000; fewer take less memory and more time.", valueName: "n"))
    var piece = PopulationRegister.pieceSize

    @Flag(name: .long, help: "Tell what the import would come to; take nothing in.")
    var dryRun = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard PopulationRegister.pieceSizes.contains(piece) else {
            throw ValidationError("--piece takes 50 to 10000 rows.")
        }
    }

    func run() async throws {
        Arenas.few()
        var failed: CommandFailure?
        // Tables of another kind, which are an error where nothing else was named.
        var leftOut: [(file: String, failure: CommandFailure)] = []
        try await OpenedRegister.with(register, creating: dryRun ? nil : .demonstration) { register in
            var taken: [BatchSummary] = []
            var broken: (any Error)?
            do {
                for file in files {
                    do {
                        let summary = try await take(file, into: register.population)
                        try await register.sequencer?.integrate()
                        if dryRun || !output.json { try tell(summary) }
                        taken.append(summary)
                    } catch let refusal as BatchRefusal {
                        let failure = failure(refusal, of: file)
                        if case .otherTable = refusal {
                            leftOut.append((file, failure))
                        } else {
                            report(failure, of: file, asJSON: output.json)
                            failed = failure
                        }
                    }
                }
            } catch {
                broken = error
            }
            // What was taken in before an error is told all the same.
            if !dryRun { try await tellAsTheyStand(taken, in: register.population) }
            if let broken { throw broken }
            for (file, failure) in leftOut { report(failure, of: file, asJSON: output.json && taken.isEmpty) }
            if taken.isEmpty, failed == nil { failed = leftOut.last?.failure }
        }
        if let failed {
            if files.count > 1 { throw ExitCode(failed.exitCode) }
            throw failed
        }
    }
}

extension BatchImportCommand {
    private func take(_ file: String, into register: PopulationRegister) async throws -> BatchSummary {
        if dryRun { return try await register.tryBatch(path: file, by: LocalOperator.requester) }
        let summary = try await register.importBatch(
            path: file, by: LocalOperator.requester, pieceSize: piece, progress: ImportProgress().show)
        ImportProgress.clear()
        return summary
    }

    /// One file that is no batch does not keep the others out.
    private func failure(_ refusal: BatchRefusal, of file: String) -> CommandFailure {
        CommandFailure(
            code: refusal.code, exit: .refused,
            sentence: .init(
                vietnamese: "\(file): \(refusal.sentence.vietnamese)", english: "\(file): \(refusal.sentence.english)"))
    }

    private func report(_ failure: CommandFailure, of file: String, asJSON: Bool) {
        guard files.count > 1 else { return }
        let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
        failure.report(asJSON: asJSON, ofBatch: name)
    }

    /// Tells the counts as they are after the last file, since it may have marked rows of an earlier one.
    ///
    /// A person who watches has seen each when its file was done, and sees again what has changed.
    private func tellAsTheyStand(_ taken: [BatchSummary], in register: PopulationRegister) async throws {
        for summary in taken {
            let standing = try await register.summary(ofBatch: summary.batch.id)
            guard output.json || standing != summary else { continue }
            if !output.json { Console.line("Tệp sau đã đánh dấu thêm / Marked further by a later file:") }
            try tell(standing)
        }
    }

    private func tell(_ summary: BatchSummary) throws {
        guard output.json else {
            if dryRun { Console.line("Chỉ thử, chưa nhập gì. / Tried only; nothing was taken in.") }
            return Console.line(BatchText.summary(summary))
        }
        try Console.json(BatchJSON.summary(summary).with(dryRun ? .bool(true) : nil, as: "dry_run"))
    }
}

/// The line that shows how far an import is, while a person watches.
struct ImportProgress: Sendable {
    private let isWatched = Console.isWatched

    func show(_ progress: BatchProgress) { show(progress.batch, progress.done, of: progress.rows) }

    func show(_ progress: ActFileProgress) { show(progress.file, progress.done, of: progress.lines) }

    private func show(_ name: String, _ done: Int, of all: Int) {
        guard isWatched, all > 0 else { return }
        Console.progress(Console.bar(name, done, of: all, beside: "\(done)/\(all)"))
    }

    static func clear() {
        if Console.isWatched { Console.progress("") }
    }
}
