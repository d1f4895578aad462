import ArgumentParser
import Chip
import Civil
import Foundation
import Ledger
import Population

/// The command `dancu pki rights`.
struct PKIRightsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rights", abstract: "Quyền đọc vân tay trên chip (CVC): authority, verifier and terminals.",
        subcommands: [
            PKIRightsAuthorityCommand.self, PKIRightsVerifierCommand.self, PKIRightsTerminalCommand.self,
            PKIRightsShowCommand.self,
        ])
}

/// What every new holder of a right names: its folder, its name and how long it holds.
struct RightsOptions: ParsableArguments {
    @Option(name: .long, help: "A folder that is empty or not there yet.", completion: .directory)
    var dir: String

    @Option(name: .long, help: "Country, mnemonic and number, such as VNCVCA00001; at most 16 letters.")
    var holder: String

    @Option(name: .long, help: "How many days it holds from today.")
    var days: Int

    @OptionGroup var secret: PassphraseOptions

    func validate() throws {
        let isName = holder.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
        guard (8...16).contains(holder.utf8.count), isName else {
            throw ValidationError("--holder has 8 to 16 capital letters and digits.")
        }
        guard (1...7_300).contains(days) else { throw ValidationError("--days is 1 to 7300.") }
    }

    func passphrase() throws -> String {
        let passphrase = try PKIFolder.passphrase(secret.passphraseFile)
        guard passphrase.count >= SealedKey.shortestPassphrase else { throw SigningRefusal.passphraseTooShort }
        return passphrase
    }

    func content(_ key: SoftwareSigner, _ role: TerminalCertificate.Role) -> TerminalCertificate.Content {
        let today = Surroundings.system.now().dayInVietnam
        let rights: TerminalCertificate.Rights = role == .authority ? [.fingers, .iris] : .fingers
        return .init(
            holder: holder, key: key.publicKey, role: role, rights: rights,
            period: today...today.advanced(byDays: days))
    }
}

/// The holder that signs the new certificate.
struct RightsIssuerOptions: ParsableArguments {
    @Option(name: .long, help: "The folder of whoever signs it.", completion: .directory)
    var issuer: String

    @Option(
        name: .long, help: ArgumentHelp("A file whose first line opens that key.", valueName: "file"),
        completion: .file())
    var issuerPassphraseFile: String

    private func open(_ role: TerminalCertificate.Role) throws -> (folder: RightsFolder, key: SoftwareSigner) {
        let folder = RightsFolder(url: URL(fileURLWithPath: issuer))
        return (folder, try folder.key(role, passphrase: try PKIFolder.passphrase(issuerPassphraseFile)))
    }

    /// Makes the folder of a new holder whose certificate this one signs.
    func certify(
        _ options: RightsOptions, as role: TerminalCertificate.Role, under issuerRole: TerminalCertificate.Role
    ) throws {
        let (folder, signer) = try open(issuerRole)
        let above = try folder.certificate(issuerRole)
        let key = try SoftwareSigner()
        let certificate = try TerminalCertificate(
            options.content(key, role), issuer: RightsFolder.name(above.holder), signer: signer)
        try RightsFolder(url: URL(fileURLWithPath: options.dir)).create(
            certificate, key: key, passphrase: try options.passphrase(), above: folder)
        Console.line("Đã tạo / created: \(options.dir)")
    }
}

/// The command `dancu pki rights authority`.
struct PKIRightsAuthorityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authority", abstract: "Tạo CVCA bản mẫu: whom chips believe about terminals.",
        usage: "dancu pki rights authority --dir <dir> --holder <name> --days <n> --passphrase-file <file>",
        discussion: """
            Examples:
              dancu pki rights authority --dir cvca --holder VNCVCA00001 --days 1095 --passphrase-file passphrase

            The folder gets authority.cvcert, which goes into chips at personalisation (dancu card chip --authority), \
            and its key, encrypted under the passphrase. For demonstrations, as dancu pki create is.
            """)

    @OptionGroup var options: RightsOptions

    func run() async throws {
        let key = try SoftwareSigner()
        let certificate = try TerminalCertificate(
            options.content(key, .authority), issuer: options.holder, signer: key)
        try RightsFolder(url: URL(fileURLWithPath: options.dir)).create(
            certificate, key: key, passphrase: try options.passphrase(), above: nil)
        Console.line("Đã tạo / created: \(options.dir)")
    }
}

/// The command `dancu pki rights verifier`.
struct PKIRightsVerifierCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verifier", abstract: "Tạo DVCA bản mẫu: certifies terminals, under the authority.",
        usage: "dancu pki rights verifier --issuer <dir> --issuer-passphrase-file <file> --dir <dir> …",
        discussion: """
            Examples:
              dancu pki rights verifier --issuer cvca --issuer-passphrase-file a --dir dv \\
                --holder VNDV0000001 --days 365 --passphrase-file b
            """)

    @OptionGroup var issuer: RightsIssuerOptions
    @OptionGroup var options: RightsOptions

    func run() async throws {
        try issuer.certify(options, as: .verifier, under: .authority)
    }
}

/// The command `dancu pki rights terminal`.
struct PKIRightsTerminalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "terminal", abstract: "Cấp quyền cho một máy đọc: it may read fingers for some days.",
        usage: "dancu pki rights terminal --issuer <dir> --issuer-passphrase-file <file> --dir <dir> …",
        discussion: """
            Examples:
              dancu pki rights terminal --issuer dv --issuer-passphrase-file b --dir may-doc \\
                --holder VNIS0000001 --days 30 --passphrase-file c
              dancu card inspect --reader --can-file can.txt --trust pki --rights may-doc \\
                --rights-passphrase-file c

            Keep it short: nothing revokes a terminal, its certificate ends. The folder goes to the terminal.
            """)

    @OptionGroup var issuer: RightsIssuerOptions
    @OptionGroup var options: RightsOptions

    func run() async throws {
        try issuer.certify(options, as: .terminal, under: .verifier)
    }
}

/// The command `dancu pki rights show FILE`.
struct PKIRightsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Xem một chứng thư CVC: whose it is, who signed it, what it gives, until when.",
        usage: "dancu pki rights show <file> [--json]",
        discussion: """
            Examples:
              dancu pki rights show may-doc/terminal.cvcert
              dancu pki rights show dv/verifier.cvcert --json
            """)

    @Argument(help: "A certificate.", completion: .file())
    var file: String

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let certificate = try TerminalCertificate(bytes: try CardFolder.bytes(file))
        let role = RightsFolder.word(certificate.role)
        let fingers = certificate.rights.contains(.fingers)
        if output.json {
            try Console.json(
                JSONValue.object([
                    "holder": .string(RightsFolder.name(certificate.holder)),
                    "issuer": .string(RightsFolder.name(certificate.issuer)), "role": .string(role),
                    "fingers": .bool(fingers), "effective": .string(certificate.effective.description),
                    "expires": .string(certificate.expires.description),
                ]))
        } else {
            let names = [certificate.holder, certificate.issuer].map(RightsFolder.name).joined(separator: " ← ")
            Console.line(
                "\(names)  \(role)  \(fingers ? "vân tay / fingers" : "-")  "
                    + "\(certificate.effective) – \(certificate.expires)")
        }
    }
}

/// A folder with the certificate and key of one holder of a right, and the certificates above it.
struct RightsFolder {
    let url: URL

    static func word(_ role: TerminalCertificate.Role) -> String {
        switch role {
        case .authority: "authority"
        case .verifier, .foreignVerifier: "verifier"
        case .terminal: "terminal"
        }
    }

    static func name(_ reference: [UInt8]) -> String { String(decoding: reference, as: UTF8.self) }

    private func file(_ role: TerminalCertificate.Role, _ ending: String) -> URL {
        url.appendingPathComponent("\(Self.word(role)).\(ending)")
    }

    func certificate(_ role: TerminalCertificate.Role) throws -> TerminalCertificate {
        try TerminalCertificate(bytes: try CardFolder.bytes(file(role, "cvcert").path))
    }

    func key(_ role: TerminalCertificate.Role, passphrase: String) throws -> SoftwareSigner {
        try PKIFolder.key(in: file(role, "key").path, passphrase: passphrase)
    }

    /// Makes the folder of a new holder, with the certificates of those above.
    func create(
        _ certificate: TerminalCertificate, key: SoftwareSigner, passphrase: String, above: RightsFolder?
    ) throws {
        try PKIFolder.prepare(url)
        for role in [TerminalCertificate.Role.authority, .verifier] {
            guard let above, let one = try? above.certificate(role) else { continue }
            try CardFolder.write(one.bytes, to: file(role, "cvcert"))
        }
        try CardFolder.write(certificate.bytes, to: file(certificate.role, "cvcert"))
        try CardFolder.write(
            key: try SealedKey.text(of: key, passphrase: passphrase), to: file(certificate.role, "key"))
    }

    /// What a terminal shows a chip, with the terminal's key.
    func rights(passphrase: String) throws -> TerminalRights {
        TerminalRights(
            authority: try certificate(.authority), chain: [try certificate(.verifier), try certificate(.terminal)],
            key: try key(.terminal, passphrase: passphrase))
    }
}
