import Access
import ArgumentParser
import Civil
import Foundation
import Ledger
import Population

/// The command `dancu act`.
struct ActCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "act", abstract: "Sự việc: record what happened to a person or household.",
        subcommands: [ActRecordCommand.self])
}

/// The command `dancu act record [FILE]`.
struct ActRecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "Ghi một sự việc, from JSON in a file or on standard input.",
        usage: "dancu act record [<file>] [options]",
        discussion: """
            Examples:
              echo '{"kind":"moved","effective":"2021-03-01","persons":["005087000123"],
                     "content":{"address":"Số 5, Phường Phúc Xá, Quận Ba Đình, Hà Nội"}}' | dancu act record
              dancu act record death.json --dry-run
              dancu act record --lines acts.jsonl

            Death: {"kind":"died","effective":"2022-05-01","persons":["…"],"content":{"certificate":"12/2022"}}
            Correction: {"kind":"details_corrected","persons":["…"],"content":{"details":{"birth":"1987-05-12"}}}
            Marriage: {"kind":"married","effective":"2021-05-01","content":{"spouses":[{"person":"…"},{"person":"…"}]}}
            Annulment: {"kind":"annulled","content":{"act":"1863290412345678","reason":"ghi nhầm người"}}

            With --lines the file holds one request a line; they are recorded in their order, many in one \
            transaction, and the refused ones are told with their lines. The same file again changes nothing; an \
            interrupted run goes on where it stopped. In such a file somebody may be named by a sheet \
            (sheet:BATCH/PLACE), a household by a sheet of it (household:BATCH/PLACE), and what an earlier line made \
            as line:NUMBER. \
            With --dry-run it has at most 5,000 requests.
            """)

    @Argument(help: "A JSON file; - or nothing reads standard input.")
    var file: String = "-"

    @Flag(name: .long, help: "The file holds many requests, one a line.")
    var lines = false

    @Flag(name: .long, help: "Check everything, record nothing.")
    var dryRun = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    private static let mostBytes = 1 << 20

    func validate() throws {
        if lines, file == "-" { throw ValidationError("--lines needs a file.") }
    }

    func run() async throws {
        if lines { return try await recordLines() }
        let request = try read()
        try await OpenedRegister.with(register, creating: nil) { register in
            let receipt = try await register.population.record(request, by: LocalOperator.requester, dryRun: dryRun)
            try show(receipt)
        }
    }

    /// Refused requests are no error of the run: they are counted and told.
    private func recordLines() async throws {
        let summary = try await OpenedRegister.with(register, creating: nil) { register in
            let register = register.population
            if dryRun { return try await register.tryFile(path: file, by: LocalOperator.requester) }
            return try await register.recordFile(
                path: file, by: LocalOperator.requester, progress: ImportProgress().show)
        }
        ImportProgress.clear()
        if output.json {
            return try Console.json(ActFileText.json(summary).with(dryRun ? .bool(true) : nil, as: "dry_run"))
        }
        if dryRun { Console.line("Chỉ thử, chưa ghi gì. / Tried only; nothing was recorded.") }
        Console.line(
            "\(summary.name): đã ghi / recorded \(summary.recorded), từ chối / refused \(summary.refused), "
                + "\(summary.lines) dòng / lines")
        for refusal in summary.refusals {
            Console.line("  dòng / line \(refusal.line): \(refusal.sentence.vietnamese) [\(refusal.code)]")
        }
    }

    private func read() throws -> ActRequest {
        let handle = file == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: file)
        guard let handle, let data = try? handle.read(upToCount: ActRecordCommand.mostBytes + 1) ?? Data() else {
            throw CommandFailure(
                code: "file_not_readable", exit: .refused,
                vietnamese: "Không đọc được \(file); kiểm tra đường dẫn.",
                english: "\(file) cannot be read; check the path.")
        }
        guard data.count <= ActRecordCommand.mostBytes else { throw RecordingRefusal.request(.unreadable("JSON")) }
        do {
            return try ActRequest.read(data)
        } catch {
            throw RecordingRefusal.request(error)
        }
    }

    private func show(_ receipt: ActReceipt) throws {
        if output.json {
            try Console.json(
                JSONValue.object([
                    "act": .string(String(receipt.act.id.rawValue)), "kind": .string(receipt.act.kind.rawValue),
                    "recorded": .string(receipt.act.recorded.iso), "dry_run": .bool(receipt.dryRun),
                    "persons": .array(receipt.persons.map { .string($0) }),
                    "created": receipt.created.map { .string($0) } ?? .null,
                ]))
        } else if receipt.dryRun {
            Console.line("Có thể ghi; chưa ghi gì. / It could be recorded; nothing was.")
        } else {
            Console.line("Đã ghi / recorded: act \(receipt.act.id.rawValue) (\(receipt.act.kind.rawValue))")
            if let created = receipt.created { Console.line("Mã mới / new handle: \(created)") }
        }
    }
}

/// A file of requests, as programs get it.
enum ActFileText {
    static func json(_ summary: ActFileSummary) -> JSONValue {
        .object([
            "file": .string(summary.name), "lines": .integer(Int64(summary.lines)),
            "recorded": .integer(Int64(summary.recorded)), "refused": .integer(Int64(summary.refused)),
            "refused_by_code": .object(JSONMembers(counts: summary.refusedByCode)),
            "refusals": .array(
                summary.refusals.map { refusal in
                    .object([
                        "line": .integer(Int64(refusal.line)), "code": .string(refusal.code),
                        "vi": .string(refusal.sentence.vietnamese), "en": .string(refusal.sentence.english),
                    ])
                }),
        ])
    }
}
