import ArgumentParser
import Chip
import Civil
import Foundation
import Population

/// The command `dancu pki ceremony`.
struct CeremonyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ceremony", abstract: "Lễ tạo khóa: keys of a CSCA that several people open together.",
        subcommands: [
            CeremonyOpenCommand.self, CeremonyAuthorityCommand.self, CeremonySignerCommand.self,
            CeremonyListCommand.self, CeremonyLinkCommand.self, CeremonyMasterListCommand.self,
            CeremonyExportCommand.self, CeremonyVerifyCommand.self, CeremonyProtocolCommand.self,
        ])
}

/// The option of every command of a ceremony.
struct CeremonyFolderOptions: ParsableArguments {
    @Option(name: .long, help: "The folder of the ceremony.", completion: .directory)
    var dir: String

    var folder: CeremonyFolder { CeremonyFolder(url: URL(fileURLWithPath: dir)) }
}

/// The options of every step.
struct CeremonyStepOptions: ParsableArguments {
    @OptionGroup var place: CeremonyFolderOptions

    @Option(name: .long, help: "Who is present, by the plan's words: master, witness-1, auditor-1; again for each.")
    var present: [String] = []

    @Flag(name: .long, help: "Check everything, write nothing and make no key.")
    var dryRun = false

    @OptionGroup var output: OutputOptions

    var desk: CeremonyDesk { CeremonyDesk(folder: place.folder, surroundings: .system, isTrial: dryRun) }

    /// Tells what a step came to.
    func tell(_ outcome: CeremonyDesk.Outcome) throws {
        let line = outcome.line
        if output.json {
            try Console.json(
                JSONValue.object([
                    "number": .integer(Int64(line.number)), "step": .string(line.step.rawValue),
                    "subject": .string(line.subject), "hash": .string(outcome.isTrial ? "" : line.hash),
                    "present": .array(line.present.map(JSONValue.string)),
                    "files": .array(outcome.files.map(JSONValue.string)), "dry_run": .bool(outcome.isTrial),
                ]))
            return
        }
        let files = outcome.files.joined(separator: ", ")
        if outcome.isTrial {
            Console.line("Chỉ kiểm tra, chưa ghi gì / checked, nothing was written: \(files)")
        } else {
            Console.line("\(line.number). \(line.step.title.inBoth): \(files)\n   \(line.hash)")
            Console.line("   Tiếp theo / next: \(line.step.next.inBoth)")
        }
    }
}

/// The options of a step for which the holders open the key.
struct ShareOptions: ParsableArguments {
    @Option(name: .long, help: "The file of a holder's share; again for each holder who is there.")
    var share: [String] = []

    @Option(name: .long, help: "The file with that holder's passphrase; as many as --share, in the same order.")
    var passphraseFile: [String] = []

    @Option(name: .long, help: "The PKCS #11 library, when the key is on a token.")
    var token: String?

    /// Who is there, with what the holders brought.
    func attendance(_ present: [String]) throws -> CeremonyDesk.Attendance {
        guard share.count == passphraseFile.count else {
            throw CeremonyRefusal.passphrasesUneven(have: passphraseFile.count, need: share.count)
        }
        let brought = try zip(share, passphraseFile).map { file, passphrase in
            CeremonyDesk.Brought(
                file: file, text: String(decoding: try CardFolder.bytes(file), as: UTF8.self),
                passphrase: try PKIFolder.passphrase(passphrase))
        }
        return CeremonyDesk.Attendance(present: present, shares: brought)
    }
}

/// The options of a step that makes a key of a CSCA on a token.
struct NewTokenKeyOptions: ParsableArguments {
    @Option(name: .long, help: "The label of the token on which the new key is made; else it is a file.")
    var slot: String?

    @Option(name: .long, help: "The file with the token's PIN, which is then shared among the holders.")
    var pinFile: String?

    func validate() throws {
        guard (slot == nil) == (pinFile == nil) else { throw ValidationError("--slot and --pin-file go together.") }
    }

    func home(module: String?) throws -> KeyHome {
        guard let slot, let pinFile else { return .file }
        guard let module else { throw CeremonyRefusal.tokenNeeded }
        return .token(module: module, slot: slot, pin: try PKIFolder.passphrase(pinFile))
    }
}

/// The command `dancu pki ceremony open`.
struct CeremonyOpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Mở buổi lễ theo kế hoạch: a folder with the plan and the protocol's first line.",
        usage: "dancu pki ceremony open --dir <dir> --plan <file> --present <who> … [options]",
        discussion: """
            Examples:
              dancu pki ceremony open --dir le --plan plan.json --present master --present witness-1 \\
                --present auditor-1
              dancu pki ceremony open --dir le --plan plan.json --present master --present witness-1 \\
                --present auditor-1 --dry-run

            The plan is a file of JSON: authority, organization, country, country_on_cards, parameters, \
            list_address, threshold, and by name master, holders, witnesses and auditors (docs/chip.md has one). \
            Nobody has two roles. The threshold is how many holders open a key, at least two.
            """)

    @Option(name: .long, help: "The plan, a file of JSON.", completion: .file())
    var plan: String

    @OptionGroup var step: CeremonyStepOptions

    func run() async throws {
        try step.tell(step.desk.open(plan: CardFolder.bytes(plan), present: step.present))
    }
}

/// The command `dancu pki ceremony csca`.
struct CeremonyAuthorityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "csca", abstract: "Tạo khóa CSCA, chia mảnh cho người giữ: the key, its certificate, the shares.",
        usage: "dancu pki ceremony csca --dir <dir> --passphrase-file <file> … --present <who> … [options]",
        discussion: """
            Examples:
              dancu pki ceremony csca --dir le --passphrase-file a --passphrase-file b --passphrase-file c \\
                --present master --present witness-1 --present auditor-1
              dancu pki ceremony csca --dir le --passphrase-file a --passphrase-file b --passphrase-file c \\
                --present master --present witness-1 --present auditor-1 \\
                --token /usr/lib/softhsm/libsofthsm2.so --slot CSCA --pin-file pin

            Every holder chooses a passphrase of his own, one file each, in the plan's order. Their shares are \
            written into the folder of the step; each holder takes his away and keeps a copy. With fewer than the \
            threshold nobody opens the key. With --token the key is made on the token, and its PIN is what the \
            shares open: destroy the PIN's file afterwards.
            """)

    @Option(name: .long, help: "The file with a holder's new passphrase; one for each holder, in the plan's order.")
    var passphraseFile: [String] = []

    @Option(name: .long, help: "The PKCS #11 library of the token.")
    var token: String?

    @OptionGroup var key: NewTokenKeyOptions
    @OptionGroup var step: CeremonyStepOptions

    func validate() throws {
        guard token == nil || key.slot != nil else {
            throw ValidationError("--token goes with --slot and --pin-file.")
        }
    }

    func run() async throws {
        try step.tell(
            step.desk.makeAuthority(
                step.present, passphrases: passphraseFile.map(PKIFolder.passphrase), at: key.home(module: token)))
    }
}
