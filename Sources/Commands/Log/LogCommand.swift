import ArgumentParser
import Database
import Ledger
import Population

/// `dancu log`: the two logs.
struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Nhật ký: checkpoints, verification and proofs of the logs of acts and looks.",
        subcommands: [
            LogCheckpointCommand.self, LogVerifyCommand.self, LogProveCommand.self, LogUnsealCommand.self,
            LogRetainCommand.self,
        ])
}

/// The command `dancu log verify`.
struct LogVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Kiểm tra nhật ký: re-read everything and prove that nothing was lost or changed.",
        discussion: """
            Examples:
              dancu log verify
              dancu log verify --json

            Every act, content and look is hashed anew, the trees are built anew, every checkpoint's root and \
            signature is compared; so is what the register is, and each file of units. Exit code 3 when something is \
            not as it was signed; the place is named. That rows of people, households and numbers follow from the \
            acts is told by dancu register rebuild --check.
            """)

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let result = try await OpenedRegister.with(register, creating: nil, evenDamaged: true) { register in
            try await register.sequencer?.integrate()
            return try await register.verification().verify()
        }
        try LogOutput.tell(result, asJSON: output.json)
        if !result.isClean { throw ExitCode(CommandFailure.Exit.damaged.rawValue) }
    }
}

/// The command `dancu log checkpoint [acts|looks]`.
struct LogCheckpointCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint", abstract: "Điểm kiểm tra: the last signed checkpoint of each log.",
        discussion: """
            Examples:
              dancu log checkpoint
              dancu log checkpoint acts > acts.checkpoint

            The text is a signed note (C2SP tlog-checkpoint); --key prints the key that verifies it.
            """)

    @Argument(help: "acts or looks; both without it.")
    var log: String?

    @Flag(name: .long, help: "Print the verification key instead.")
    var key = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        if let log, LogName(text: log) == nil { throw ValidationError("The log is acts or looks, not \(log).") }
    }

    func run() async throws {
        let chosen = log.flatMap { LogName(text: $0) }.map { [$0] } ?? LogName.allCases
        try await OpenedRegister.with(register, creating: nil) { register in
            try await register.sequencer?.integrate()
            for log in chosen {
                if key {
                    if let key = register.verificationKeys[log] { Console.line(key.text) }
                    continue
                }
                let last = try await register.database.read { try LogReader(connection: $0).lastCheckpoint(of: log) }
                if output.json {
                    try Console.json(LogJSON.checkpoint(last, of: log))
                } else if let last {
                    Console.line(last.note)
                }
            }
        }
    }
}

/// The command `dancu log prove ENTRY`.
struct LogProveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove", abstract: "Chứng minh: the offline receipt of one act or look.",
        discussion: """
            Examples:
              dancu log prove acts 1863290412345678 > act.tlog-proof
              dancu log prove looks 1863290412349999 --json

            The receipt (C2SP tlog-proof) proves that the entry stands in the log, without asking the register.
            """)

    @Argument(help: "acts or looks.")
    var log: String

    @Argument(help: "The number of the act or look.")
    var entry: Int64

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        if LogName(text: log) == nil { throw ValidationError("The log is acts or looks, not \(log).") }
    }

    func run() async throws {
        guard let name = LogName(text: log) else { return }
        try await OpenedRegister.with(register, creating: nil) { register in
            try await register.sequencer?.integrate()
            let entry = entry
            let receipt = try await register.database.read {
                try LogReader(connection: $0).receipt(of: entry, in: name)
            }
            guard let receipt else {
                throw CommandFailure(
                    code: "entry_not_logged", exit: .refused,
                    vietnamese: "Nhật ký \(log) không có mục \(entry); kiểm tra lại mã.",
                    english: "The log of \(log) has no entry \(entry); check the number.")
            }
            if output.json { try Console.json(LogJSON.receipt(receipt)) } else { Console.line(receipt.text) }
        }
    }
}
