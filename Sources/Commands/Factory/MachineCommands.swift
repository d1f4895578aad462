import Access
import ArgumentParser
import Cards
import Chip
import Civil
import Foundation
import Ledger
import Population

/// The command `dancu factory work BATCH`.
struct FactoryWorkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work", abstract: "Tệp việc niêm phong: what waits of a batch, for a machine elsewhere.",
        usage: "dancu factory work <batch> --machine <name> --seal-to <site.pub> --out <file> --pki <dir> …",
        discussion: """
            Examples:
              dancu factory work hn-000017 --machine may-3 --seal-to site.pub --out work.sealed \\
                --pki pki --passphrase-file passphrase --minutes 480

            Leases each card with a blank, writes what is printed and encoded, encrypts it to the site and signs it. \
            The machine answers with a file for dancu factory results. Leases that run out are of unknown outcome. The \
            forms of both files are in docs/cards.md.
            """)

    @Argument(help: "The code of the batch.")
    var batch: String

    @Option(name: .long, help: "What the machine is called.")
    var machine: String

    @Option(name: .long, help: "The public key of the site, from dancu factory machine-key.", completion: .file())
    var sealTo: String

    @Option(name: .long, help: "The file to write.", completion: .file())
    var out: String

    @Option(name: .long, help: "At most so many cards.")
    var limit = 500

    @Option(name: .long, help: "How long the machine may keep them, 1 to 10080.")
    var minutes = 480

    @OptionGroup var issuer: IssuerOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard (1...ProductionLimits.mostCardsPerBatch).contains(limit),
            (1...CardRegister.longestLeaseMinutes).contains(minutes)
        else { throw ValidationError("--limit is 1 to 10000, --minutes 1 to 10080.") }
    }

    func run() async throws {
        let site = try SiteKey.publicPoint(sealTo)
        let key = try issuer.issuer(of: register).signingKey()
        try await OpenedRegister.with(register, creating: nil) { register in
            let file = try await register.cards.workFile(
                of: batch, to: machine, limit: limit, minutes: minutes, by: LocalOperator.requester)
            try CardFolder.write(
                try SealedWork.seal(file, to: site, by: key), to: URL(fileURLWithPath: out))
            if output.json {
                try Console.json(
                    JSONValue.object([
                        "number": .string(String(file.heading.number)), "jobs": .integer(Int64(file.lines.count)),
                        "lease_until": .string(file.heading.leaseUntil),
                    ]))
            } else {
                Console.line("\(out): \(file.lines.count) thẻ / cards, đến / until \(file.heading.leaseUntil)")
            }
        }
    }
}

/// The command `dancu factory results FILE`.
struct FactoryResultsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "results", abstract: "Nhận tệp kết quả của máy: each line by itself; twice changes nothing.",
        usage: "dancu factory results <file> [options]",
        discussion: """
            Examples:
              dancu factory results results.jsonl
              dancu factory results results.jsonl --json

            One job a line: {"job":"…","outcome":"finished","chipKey":"…","securityObject":"…"}, \
            {"job":"…","outcome":"spoiled","reject":"printer_fault"} or {"job":"…","outcome":"untouched"}. Exit code \
            1: a line was refused.
            """)

    @Argument(help: "The file that the machine wrote.", completion: .file())
    var file: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let results = try ResultFile(bytes: try CardFolder.bytes(file))
        let isWhole = try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            let summary = try await register.cards.take(results, by: LocalOperator.requester)
            if output.json {
                let refused = summary.refused.map { refused -> JSONValue in
                    .object([
                        "line": .integer(Int64(refused.line)), "job": .string(refused.job),
                        "code": .string(refused.code),
                    ])
                }
                try Console.json(
                    JSONValue.object(["taken": .integer(Int64(summary.taken)), "refused": .array(refused)]))
            } else {
                for refused in summary.refused { Console.line("\(refused.line)  \(refused.job)  [\(refused.code)]") }
                Console.line("đã nhận / taken \(summary.taken), từ chối / refused \(summary.refused.count)")
            }
            return summary.refused.isEmpty
        }
        if !isWhole { throw ExitCode(CommandFailure.Exit.refused.rawValue) }
    }
}

/// The command `dancu factory check CARD --files DIR`.
struct FactoryCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Kiểm tra chất lượng: compare a finished card with its order.",
        usage: "dancu factory check <card> --files <dir> --pki <dir> --passphrase-file <file> [--seen <code>]",
        discussion: """
            Examples:
              dancu factory check 3f6k2m9q0v7x1c8b5n4d2h6j0t --files made/3f6k2m9q0v7x1c8b5n4d2h6j0t \\
                --pki pki --passphrase-file passphrase

            The folder has EF.SOD.bin and so on as read from the chip, and printed.txt with the three lines of the \
            zone and the text of the square code as read from the card. --seen adds what somebody \
            saw: surface or portrait. Exit code 1: the card is rejected, its blank spoiled, and it \
            waits for another one.
            """)

    @Argument(help: "The handle of the card.")
    var card: String

    @Option(name: .long, help: "The folder with what was read from the card.", completion: .directory)
    var files: String

    @Option(name: .long, help: "What somebody saw: surface, portrait; may be repeated.")
    var seen: [RejectCode] = []

    @OptionGroup var issuer: IssuerOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let trust = try issuer.issuer(of: register).trust()
        let folder = URL(fileURLWithPath: files)
        let printed = String(
            decoding: try CardFolder.bytes(folder.appendingPathComponent("printed.txt").path), as: UTF8.self
        )
        .split(separator: "\n").map(String.init)
        let read = try CardFolder.read(folder)
        let reading = QualityReading(
            zone: Array(printed.prefix(3)), code: printed.dropFirst(3).first ?? "", files: read.isEmpty ? nil : read,
            seen: Set(seen))
        let rejects = try await OpenedRegister.with(register, creating: nil) { register in
            try await register.cards.check(card, reading, trust: trust, by: LocalOperator.requester)
        }
        let codes = rejects.map(\.rawValue).sorted()
        if output.json {
            try Console.json(
                JSONValue.object(["card": .string(card), "rejects": .array(codes.map { .string($0) })]))
        } else {
            Console.line(
                "\(card)  \(codes.isEmpty ? "đạt / passed" : "KHÔNG ĐẠT / REJECTED \(codes.joined(separator: " "))")")
        }
        if !rejects.isEmpty { throw ExitCode(CommandFailure.Exit.refused.rawValue) }
    }
}

extension RejectCode: ExpressibleByArgument {}

/// The command `dancu factory machine-key --out NAME`.
struct FactoryMachineKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "machine-key", abstract: "Khóa của nơi sản xuất: the pair that work files are sealed to.",
        usage: "dancu factory machine-key --out <name>",
        discussion: """
            Examples:
              dancu factory machine-key --out site

            Writes site.key, which stays at the site and only you may read, and site.pub for the register.
            """)

    @Option(name: .long, help: "The beginning of both files' names.", completion: .file())
    var out: String

    func run() async throws {
        let secret = Surroundings.system.random(32)
        let key = try SoftwareSigner(secret: secret)
        guard !FileManager.default.fileExists(atPath: out + ".key"),
            FileManager.default.createFile(
                atPath: out + ".key", contents: Data((Data(secret).base64EncodedString() + "\n").utf8),
                attributes: [.posixPermissions: 0o600])
        else { throw GrowingFile.notWritable(out + ".key") }
        let text = Data(key.publicKey.point).base64EncodedString() + "\n"
        try CardFolder.write(Array(text.utf8), to: URL(fileURLWithPath: out + ".pub"))
        Console.line("Đã tạo / created: \(out).key, \(out).pub")
    }
}

/// The command `dancu factory machine FILE`.
struct FactoryMachineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "machine", abstract: "Máy ảo tại nơi sản xuất: opens a work file, makes its cards, says how.",
        usage: "dancu factory machine <file> --key <site.key> --out <dir> --results <file> --pki <dir> …",
        discussion: """
            Examples:
              dancu factory machine work.sealed --key site.key --out made --results results.jsonl \\
                --pki pki --passphrase-file passphrase

            Stands for a real machine and needs no register: what it gets is in the sealed file, what it gives is the \
            result file. It remembers the number of the last file beside its key and refuses one that is not newer; \
            one that broke off is gone on with where its result file stands, and the card that was at the machine \
            then is told as spoiled. \
            The file must be signed by the issuer whose folder --pki names, whose key also signs the chips.
            """)

    @Argument(help: "The sealed work file.", completion: .file())
    var file: String

    @Option(name: .long, help: "The site's key, from dancu factory machine-key.", completion: .file())
    var key: String

    @Option(name: .long, help: "The folder of the cards' files.", completion: .directory)
    var out: String

    @Option(name: .long, help: "The result file to write.", completion: .file())
    var results: String

    @OptionGroup var issuer: IssuerOptions

    func run() async throws {
        let signer = try issuer.requireNamed().signer()
        let memory = URL(fileURLWithPath: key + ".last")
        let last = FileManager.default.contents(atPath: memory.path).flatMap {
            Int64(String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
        }
        var report = MachineReport(results: URL(fileURLWithPath: results))
        // A file that was begun is gone on with where its results stand; no other comes twice.
        let work = try SealedWork.open(
            try CardFolder.bytes(file, upTo: FactoryMachineCommand.mostBytes), with: try SiteKey.secret(key),
            signedBy: signer.certificate.key, after: report.isBegun ? (last ?? 0) - 1 : last ?? 0)
        try report.begin(work, goesOn: work.heading.number == last)
        try CardFolder.write(Array(String(work.heading.number).utf8), to: memory)
        let folder = try CardFolder.made(URL(fileURLWithPath: out))
        for line in work.lines where !report.done.contains(line.job) {
            // Signed before the blank is touched: a token that is gone, or a signer that may not sign any more, ends
            // the run here, and the next one begins with the same card and the same blank.
            let chip = try chip(of: line, by: signer)
            try report.start(line.job)
            // A line that cannot be made leaves its blank as it was, and the others are made.
            let made = try chip.map { try make(line, $0, into: folder) }
            try report.end(made ?? ResultFile.Line(job: line.job, outcome: .untouched))
        }
        report.finish()
        Console.line("\(results): \(report.done.count) thẻ / cards")
    }

    /// Ten thousand cards with portraits and fingers are half of this.
    private static let mostBytes = 1 << 30

    /// What goes onto the chip; nil when the line has a portrait or finger that is no picture: a card without it would
    /// be another card.
    private func chip(of line: WorkFile.Line, by signer: DocumentSigner) throws -> PersonalisedChip? {
        let image = line.portrait.flatMap { Data(base64Encoded: $0) }.map { Array($0) }
        let portrait = image.flatMap(Capture.Portrait.init(jpeg:))
        guard portrait != nil || line.portrait == nil, let fingers = line.prints() else { return nil }
        return try Personalisation.chip(
            of: line.content, portrait: portrait, fingers: fingers, by: signer, at: Surroundings.system.now())
    }

    private func make(_ line: WorkFile.Line, _ chip: PersonalisedChip, into folder: URL) throws -> ResultFile.Line {
        try CardFolder.write(chip.files, of: line.card, into: folder)
        let printed = (line.zone + [line.code]).joined(separator: "\n") + "\n"
        try CardFolder.write(
            Array(printed.utf8), to: folder.appendingPathComponent(line.card).appendingPathComponent("printed.txt"))
        return ResultFile.Line(
            job: line.job, outcome: .finished, chipKey: Fingerprint.hexadecimal(chip.made.key),
            securityObject: Fingerprint.hexadecimal(chip.made.securityObject))
    }
}

/// The key of a site in its two files.
enum SiteKey {
    private static func bytes(_ path: String) throws -> [UInt8] {
        let text = String(decoding: try CardFolder.bytes(path), as: UTF8.self)
        guard let data = Data(base64Encoded: text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw WorkFileRefusal.keyUnfit
        }
        return Array(data)
    }

    static func publicPoint(_ path: String) throws -> [UInt8] { try bytes(path) }

    static func secret(_ path: String) throws -> [UInt8] {
        try SecretFile.requireOwn(path)
        return try bytes(path)
    }
}
