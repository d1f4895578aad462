import ArgumentParser
import Chip
import Foundation
import Ledger

/// The command `dancu pki`.
struct PKICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pki", abstract: "Chứng thư của thẻ: certificates and keys of a card issuer.",
        subcommands: [PKICreateCommand.self, CeremonyCommand.self, PKIRightsCommand.self])
}

extension ParameterStyle: ExpressibleByArgument {}

/// The option of every command that opens a signing key.
struct PassphraseOptions: ParsableArguments {
    @Option(name: .long, help: "A file whose first line is the passphrase of the keys; only you may read it.")
    var passphraseFile: String
}

/// The command `dancu pki create`.
struct PKICreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Tạo CSCA và người ký bản mẫu: an authority and a document signer.",
        usage: "dancu pki create --dir <dir> --passphrase-file <file> [options]",
        discussion: """
            Examples:
              dancu pki create --dir pki --passphrase-file passphrase
              dancu pki create --dir pki --passphrase-file passphrase --parameters explicit

            For demonstrations: the keys are files, encrypted under the passphrase, and one person holds both. Cards \
            that they sign are specimens. Curve parameters are named, which OpenSSL follows to the end, or explicit, \
            as ICAO Doc 9303-12 asks. The folder holds csca.der, signer.der, csca.crl and two keys.
            """)

    @Option(name: .long, help: "A folder that is empty or not there yet.", completion: .directory)
    var dir: String

    @Option(name: .long, help: "The common name of the authority.")
    var name = "CSCA ban mau / specimen"

    @Option(name: .long, help: "How certificates write the curve: named or explicit.")
    var parameters: ParameterStyle = .named

    @OptionGroup var secret: PassphraseOptions

    func validate() throws {
        guard (1...64).contains(name.count), !name.contains(where: \.isNewline) else {
            throw ValidationError("--name has 1 to 64 characters.")
        }
    }

    func run() async throws {
        let passphrase = try PKIFolder.passphrase(secret.passphraseFile)
        guard passphrase.count >= SealedKey.shortestPassphrase else { throw SigningRefusal.passphraseTooShort }
        try PKIFolder(url: URL(fileURLWithPath: dir)).create(
            commonName: name, parameters: parameters, passphrase: passphrase, surroundings: .system)
        Console.line("Đã tạo / created: \(dir)")
    }
}
