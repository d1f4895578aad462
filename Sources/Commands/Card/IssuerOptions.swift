import ArgumentParser
import Chip
import Foundation
import Ledger

/// The options of the commands that make cards.
struct IssuerOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The folder of dancu pki create, or of dancu pki ceremony export.",
            discussion: "Without it a demonstration register has an issuer of its own, beside its keys."),
        completion: .directory)
    var pki: String?

    @Option(name: .long, help: "The PKCS #11 library, when the key is on a token; the passphrase is then its PIN.")
    var token: String?

    @Option(name: .long, help: "A file whose first line is the passphrase of the keys; only you may read it.")
    var passphraseFile: String?

    func validate() throws {
        guard (pki == nil) == (passphraseFile == nil), pki != nil || token == nil else {
            throw ValidationError("Name --pki with --passphrase-file, or neither.")
        }
    }

    /// The issuer that is named.
    private func named() -> CardIssuer? {
        guard let pki, let passphraseFile else { return nil }
        return CardIssuer(
            folder: PKIFolder(url: URL(fileURLWithPath: pki)), passphraseFile: passphraseFile, token: token)
    }

    /// The issuer that is named; no other.
    func requireNamed() throws -> CardIssuer {
        guard let issuer = named() else { throw CardIssuer.notNamed }
        return issuer
    }

    /// The issuer that is named, or the one that a demonstration register has beside its keys.
    ///
    /// - Parameter isMade: whether the latter is made where there is none yet.
    func issuer(of register: RegisterOptions, isMade: Bool = false) throws -> CardIssuer {
        if let issuer = try known(of: register) { return issuer }
        guard isMade else { throw CardIssuer.notNamed }
        let own = try CardIssuer.own(of: register)
        try own.make()
        return own
    }

    /// The issuer that is named, or the register's own where it has one; nil where there is neither.
    func known(of register: RegisterOptions) throws -> CardIssuer? {
        if let issuer = named() { return issuer }
        let own = try CardIssuer.own(of: register)
        return own.folder.isThere ? own : nil
    }

}

/// Cơ quan cấp thẻ: the folder with its certificates, and what opens its keys.
struct CardIssuer {
    let folder: PKIFolder
    let passphraseFile: String
    var token: String?

    func passphrase() throws -> String { try PKIFolder.passphrase(passphraseFile) }

    func signer() throws -> DocumentSigner { try folder.documentSigner(passphrase: passphrase(), module: token) }

    /// The key alone, for what is signed beside chips.
    func signingKey() throws -> any CardSigner { try folder.signingKey(passphrase: passphrase(), module: token) }

    func trust() throws -> TrustStore { try CardFolder.trust(folder.url) }

    /// Copies what others need to check the cards of a folder.
    func copyCertificates(into out: URL) throws {
        try folder.copyCertificates(to: try CardFolder.made(out.appendingPathComponent("certificates")))
    }

    /// Those in a folder that is named, or of the register's own issuer where it has one; nil where there is neither.
    static func authorities(named folder: String?, of register: RegisterOptions) throws -> TrustStore? {
        if let folder { return try CardFolder.trust(URL(fileURLWithPath: folder)) }
        let own = try own(of: register)
        return own.folder.isThere ? try own.trust() : nil
    }

    // MARK: A demonstration register's own

    /// Where the issuer of a demonstration register is.
    fileprivate static func own(of register: RegisterOptions) throws -> CardIssuer {
        let keys = register.keyFile(for: try register.location()).folder
        return CardIssuer(
            folder: PKIFolder(url: keys.appendingPathComponent("issuer")),
            passphraseFile: keys.appendingPathComponent("issuer.passphrase").path)
    }

    /// Makes the issuer of a demonstration register; of several processes that do so at once the first.
    fileprivate func make() throws {
        let place = folder.url.deletingLastPathComponent()
        let part = place.appendingPathComponent("issuer.\(ProcessInfo.processInfo.processIdentifier).part")
        defer { try? FileManager.default.removeItem(at: part) }
        try CardFolder.made(place)
        if !FileManager.default.fileExists(atPath: passphraseFile) {
            let secret = Hex.text(Surroundings.system.random(16))
            try CardFolder.write(key: secret + "\n", to: URL(fileURLWithPath: passphraseFile))
        }
        try PKIFolder(url: part).create(
            commonName: "CSCA ban mau / specimen", parameters: .named, passphrase: passphrase(),
            surroundings: .system)
        do {
            try FileManager.default.moveItem(at: part, to: folder.url)
        } catch {
            guard folder.isThere else { throw GrowingFile.notWritable(folder.url.path) }
        }
    }

    fileprivate static var notNamed: CommandFailure {
        CommandFailure(
            code: "card_issuer_missing", exit: .refused,
            vietnamese: "Chưa có người ký thẻ: nêu --pki và --passphrase-file, tạo bằng dancu pki create.",
            english: "There is no issuer: name --pki and --passphrase-file, made by dancu pki create.")
    }
}
