import ArgumentParser
import Chip
import Civil
import Foundation
import Population

/// The command `dancu pki ceremony signer`.
struct CeremonySignerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signer", abstract: "Cấp người ký giấy tờ: a key that signs cards, certified by the CSCA.",
        usage: "dancu pki ceremony signer --dir <dir> --share <file> --passphrase-file <file> … [options]",
        discussion: """
            Examples:
              dancu pki ceremony signer --dir le --share an.share --passphrase-file an \\
                --share be.share --passphrase-file be --present master --present witness-1 \\
                --signer-passphrase-file factory

            The key of the signer is a file under the passphrase of the factory, or with --slot on the factory's \
            token, whose PIN the holders do not get. It signs for 90 days, and goes to the factory with dancu pki \
            ceremony export.
            """)

    @Option(name: .long, help: "The file with the passphrase of the new signer's key, when it is a file.")
    var signerPassphraseFile: String?

    @Option(name: .long, help: "The label of the token on which the signer's key is made.")
    var slot: String?

    @Option(name: .long, help: "The file with that token's PIN.")
    var pinFile: String?

    @OptionGroup var shares: ShareOptions
    @OptionGroup var step: CeremonyStepOptions

    func run() async throws {
        try step.tell(
            step.desk.certifySigner(
                shares.attendance(step.present),
                passphrase: signerPassphraseFile.map(PKIFolder.passphrase) ?? "", at: home(), module: shares.token))
    }

    func validate() throws {
        guard (slot == nil) == (pinFile == nil), (slot == nil) != (signerPassphraseFile == nil) else {
            throw ValidationError("Name --signer-passphrase-file, or --slot with --pin-file.")
        }
    }

    private func home() throws -> KeyHome {
        guard let slot, let pinFile else { return .file }
        guard let module = shares.token else { throw CeremonyRefusal.tokenNeeded }
        return .token(module: module, slot: slot, pin: try PKIFolder.passphrase(pinFile))
    }
}

/// The command `dancu pki ceremony crl`.
struct CeremonyListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crl", abstract: "Ký danh sách thu hồi: the next revocation list, also when nothing is revoked.",
        usage: "dancu pki ceremony crl --dir <dir> --share <file> --passphrase-file <file> … [options]",
        discussion: """
            Examples:
              dancu pki ceremony crl --dir le --share an.share --passphrase-file an \\
                --share be.share --passphrase-file be --present master --present witness-1
              dancu pki ceremony crl --dir le --share an.share --passphrase-file an \\
                --share be.share --passphrase-file be --present master --present witness-1 \\
                --revoke le/003-signer/signer-1.der

            A list holds for 90 days. What was revoked before stays revoked.
            """)

    @Option(name: .long, help: "A certificate of this ceremony that is revoked from now on; again for each.")
    var revoke: [String] = []

    @OptionGroup var shares: ShareOptions
    @OptionGroup var step: CeremonyStepOptions

    func run() async throws {
        let certificates = try revoke.map { (file: $0, bytes: try CardFolder.bytes($0)) }
        try step.tell(
            step.desk.signList(
                shares.attendance(step.present), revoking: certificates, module: shares.token))
    }
}

/// The command `dancu pki ceremony link`.
struct CeremonyLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Tạo CSCA mới và chứng thư nối: the next CSCA, certified by the one before.",
        usage: "dancu pki ceremony link --dir <dir> --share <file> … --new-passphrase-file <file> … [options]",
        discussion: """
            Examples:
              dancu pki ceremony link --dir le --share an.share --passphrase-file an \\
                --share be.share --passphrase-file be --new-passphrase-file a2 --new-passphrase-file b2 \\
                --new-passphrase-file c2 --present master --present witness-1 --present auditor-1

            The holders open the CSCA in use, and all holders get shares of the new one, which signs from then on. \
            A key on a token is followed by one on a token.
            """)

    @Option(name: .long, help: "The file with a holder's passphrase for the new share; one each, in the plan's order.")
    var newPassphraseFile: [String] = []

    @OptionGroup var key: NewTokenKeyOptions
    @OptionGroup var shares: ShareOptions
    @OptionGroup var step: CeremonyStepOptions

    func run() async throws {
        try step.tell(
            step.desk.makeLink(
                shares.attendance(step.present), passphrases: newPassphraseFile.map(PKIFolder.passphrase),
                at: key.home(module: shares.token), module: shares.token))
    }
}

/// The command `dancu pki ceremony master-list`.
struct CeremonyMasterListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "master-list", abstract: "Ký danh sách CSCA: own authorities and those of others, signed.",
        usage: "dancu pki ceremony master-list --dir <dir> --share <file> … [options]",
        discussion: """
            Examples:
              dancu pki ceremony master-list --dir le --share an.share --passphrase-file an \\
                --share be.share --passphrase-file be --present master --present witness-1 \\
                --authority laos.der --authority cambodia.der

            The authorities of the ceremony always stand in it. The list is signed by a key that the CSCA certifies \
            for this list alone and that is forgotten.
            """)

    @Option(name: .long, help: "The certificate of another CSCA, in DER; again for each.")
    var authority: [String] = []

    @OptionGroup var shares: ShareOptions
    @OptionGroup var step: CeremonyStepOptions

    func run() async throws {
        let certificates = try authority.map { (file: $0, bytes: try CardFolder.bytes($0)) }
        try step.tell(
            step.desk.signMasterList(
                shares.attendance(step.present), adding: certificates, module: shares.token))
    }
}

/// The command `dancu pki ceremony export`.
struct CeremonyExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Giao người ký cho nhà máy: a folder for factory produce.",
        usage: "dancu pki ceremony export --dir <dir> --out <dir> [--signer <number>] [options]",
        discussion: """
            Examples:
              dancu pki ceremony export --dir le --out pki
              dancu pki ceremony export --dir le --out pki --signer 2 --dry-run
              dancu card specimen 005087000123 --out cards --pki pki --passphrase-file factory

            The folder has the signer's key, still sealed or on its token, its certificate, the CSCA that certified \
            it, the newest revocation list, link certificates and the newest master list; no key of the CSCA and no \
            share.
            """)

    @OptionGroup var place: CeremonyFolderOptions

    @Option(name: .long, help: "A folder that is empty or not there yet.", completion: .directory)
    var out: String

    @Option(name: .long, help: "The number of the signer; the newest one without it.")
    var signer: Int?

    @Flag(name: .long, help: "Check everything and write nothing.")
    var dryRun = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let files = try CeremonyRecord(place.folder).issuerFiles(signer: signer)
        let target = URL(fileURLWithPath: out)
        if dryRun {
            try CeremonyFolder(url: target).requireUnused()
        } else {
            try CeremonyFolder(url: target).writeIssuer(files)
        }
        let names = files.map(\.name)
        if output.json {
            try Console.json(
                JSONValue.object(["files": .array(names.map(JSONValue.string)), "dry_run": .bool(dryRun)]))
        } else {
            Console.line("\(out): \(names.joined(separator: ", "))\(dryRun ? " (chưa ghi / not written)" : "")")
        }
    }
}
