import ArgumentParser
import Chip
import Foundation

/// The options of the commands that make cards.
struct IssuerOptions: ParsableArguments {
    @Option(
        name: .long, help: "The folder of dancu pki create, or of dancu pki ceremony export.", completion: .directory)
    var pki: String

    @Option(name: .long, help: "The PKCS #11 library, when the key is on a token; the passphrase is then its PIN.")
    var token: String?

    @OptionGroup var secret: PassphraseOptions

    private var folder: PKIFolder { PKIFolder(url: URL(fileURLWithPath: pki)) }

    func signer() throws -> DocumentSigner {
        try folder.documentSigner(passphrase: PKIFolder.passphrase(secret.passphraseFile), module: token)
    }

    /// The key alone, for what is signed beside chips.
    func signingKey() throws -> any CardSigner {
        try folder.signingKey(passphrase: PKIFolder.passphrase(secret.passphraseFile), module: token)
    }

    func trust() throws -> TrustStore { try CardFolder.trust(folder.url) }

    /// Copies what others need to check the cards of a folder.
    func copyCertificates(into out: URL) throws {
        try folder.copyCertificates(to: try IssuerOptions.made(out.appendingPathComponent("certificates")))
    }

    /// A folder of the owner's own.
    static func made(_ url: URL) throws -> URL {
        do {
            try FileManager.default.createDirectory(
                at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw GrowingFile.notWritable(url.path)
        }
        return url
    }

    /// Writes the files of one card into the folder of its handle.
    static func write(_ files: [ChipFile: [UInt8]], of card: String, into out: URL) throws {
        let place = try made(out.appendingPathComponent(card))
        for (file, bytes) in files { try CardFolder.write(bytes, to: CardFolder.url(of: file, in: place)) }
    }
}
