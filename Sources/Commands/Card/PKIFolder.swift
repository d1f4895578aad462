import Chip
import Civil
import Crypto
import Foundation
import Ledger

/// A folder with the certificates and encrypted keys of a card issuer for demonstrations.
struct PKIFolder {
    let url: URL

    static let authority = "csca"
    static let signer = "signer"
    static let list = "csca.crl"

    /// How long certificates hold and their keys sign; a card may hold for twenty-two years, and its signer longer.
    enum Days {
        static let authoritySigns = 5 * 365
        static let authorityHolds = 35 * 365
        static let signerSigns = 90
        static let signerHolds = 25 * 365
        static let list = 90
        /// A key of master lists signs one list and is forgotten.
        static let listSignerSigns = 1
        static let listSignerHolds = 5 * 365

        /// The instant so many days later.
        static func after(_ days: Int, from now: Instant) -> Instant {
            Instant(microseconds: now.microseconds + Int64(days) * 86_400_000_000)
        }
    }

    /// A serial number that nobody foresees: the first byte keeps it positive and of full length.
    static func serial(_ surroundings: Surroundings) -> [UInt8] {
        [0x40 | surroundings.random(1)[0] & 0x3F] + surroundings.random(15)
    }

    /// Makes authority, document signer and the first revocation list in a folder that is empty or not there yet.
    func create(
        commonName: String, parameters: ParameterStyle, passphrase: String, surroundings: Surroundings
    ) throws {
        try PKIFolder.prepare(url)
        let now = surroundings.now()
        func until(_ days: Int) -> Instant { Days.after(days, from: now) }
        func content(_ name: String, holds: Int, signs: Int) -> CertificateContent {
            CertificateContent(
                subject: DistinguishedName(country: "VN", organization: "Ban mau / Specimen", commonName: name),
                serial: PKIFolder.serial(surroundings), validity: now...until(holds), signing: now...until(signs),
                listAddress: "http://crl.invalid/\(PKIFolder.list)", parameters: parameters)
        }
        let rootKey = try SoftwareSigner()
        let root = content(commonName, holds: Days.authorityHolds, signs: Days.authoritySigns)
        let authority = CertificateAuthority(signer: rootKey, name: root.subject, country: "VNM")
        let signerKey = try SoftwareSigner()
        let signer = content("\(commonName) DS 1", holds: Days.signerHolds, signs: Days.signerSigns)
        let list = try authority.revocationList(number: 1, revoked: [:], at: now, until: until(Days.list))
        try write(SealedKey.text(of: rootKey, passphrase: passphrase), PKIFolder.authority)
        try write(SealedKey.text(of: signerKey, passphrase: passphrase), PKIFolder.signer)
        try write(authority.certify(rootKey.publicKey, as: .authority, root).bytes, "\(PKIFolder.authority).der")
        try write(authority.certify(signerKey.publicKey, as: .documentSigner, signer).bytes, "\(PKIFolder.signer).der")
        try write(list.bytes, PKIFolder.list)
    }

    /// The document signer, its key opened.
    ///
    /// - Parameter module: the library of the token on which the key is; nil where it is a file.
    func documentSigner(passphrase: String, module: String? = nil) throws -> DocumentSigner {
        let key = try signingKey(passphrase: passphrase, module: module)
        let certificate = try Certificate(bytes: CardFolder.bytes(file("\(PKIFolder.signer).der")))
        guard let signer = DocumentSigner(key: key, certificate: certificate) else { throw SigningRefusal.keyNotOpened }
        return signer
    }

    /// The key of the document signer alone; the passphrase is the PIN where the key is on a token.
    func signingKey(passphrase: String, module: String? = nil) throws -> any CardSigner {
        let place = file("\(PKIFolder.signer).token")
        guard FileManager.default.fileExists(atPath: place) else {
            return try PKIFolder.key(in: file("\(PKIFolder.signer).key"), passphrase: passphrase)
        }
        return try TokenPlace(json: CardFolder.bytes(place)).open(module: module, pin: passphrase)
    }

    /// The key in a file that only its owner reads.
    static func key(in path: String, passphrase: String) throws -> SoftwareSigner {
        let text = String(decoding: try CardFolder.bytes(path), as: UTF8.self)
        try SecretFile.requireOwn(path)
        return try SealedKey.open(text, passphrase: passphrase)
    }

    var isThere: Bool { FileManager.default.fileExists(atPath: file("\(PKIFolder.signer).der")) }

    private func file(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// Copies what others need to check cards, and no key.
    func copyCertificates(to folder: URL) throws {
        for name in ["\(PKIFolder.authority).der", "\(PKIFolder.signer).der"] { try copy(name, to: folder) }
        try copyList(to: folder)
    }

    /// Copies the revocation list.
    func copyList(to folder: URL) throws { try copy(PKIFolder.list, to: folder) }

    private func copy(_ name: String, to folder: URL) throws {
        try CardFolder.write(try CardFolder.bytes(file(name)), to: folder.appendingPathComponent(name))
    }

    private func write(_ bytes: [UInt8], _ name: String) throws {
        try CardFolder.write(bytes, to: url.appendingPathComponent(name))
    }

    private func write(_ key: String, _ name: String) throws {
        try CardFolder.write(key: key, to: url.appendingPathComponent("\(name).key"))
    }

    /// A folder of the owner's own that is there and empty: no key is ever written over.
    static func prepare(_ url: URL) throws {
        let manager = FileManager.default
        let names: [String]
        do {
            try manager.createDirectory(
                at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            names = try manager.contentsOfDirectory(atPath: url.path)
        } catch {
            throw GrowingFile.notWritable(url.path)
        }
        guard names.isEmpty else { throw BatchFolder.notEmpty(url.path) }
    }

    /// The first line of a file that only its owner reads.
    static func passphrase(_ path: String) throws -> String {
        let bytes = try CardFolder.bytes(path)
        try SecretFile.requireOwn(path)
        let line = bytes.split(separator: 10, maxSplits: 1, omittingEmptySubsequences: false).first ?? []
        return NormalForm.nfc(String(decoding: line.filter { $0 != 13 }, as: UTF8.self))
    }
}
