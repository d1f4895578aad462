import Chip
import Foundation
import Ledger
import Token

/// Chỗ của khóa trên thiết bị: on which token a key is and under which label; nothing of it is secret.
struct TokenPlace: Codable {
    let slot: String
    let label: String
    /// The token's PIN, sealed, where the holders of a ceremony share what opens it.
    var pin: String?

    init(slot: String, label: String, pin: String? = nil) {
        self.slot = slot
        self.label = label
        self.pin = pin
    }

    init(json: [UInt8]) throws(SigningRefusal) {
        guard let place = try? JSONDecoder().decode(TokenPlace.self, from: Data(json)) else { throw .keyNotOpened }
        self = place
    }

    var json: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            return Array(try encoder.encode(self))
        }
    }

    /// The key, through a library that is named at each use: what is loaded is run, and a folder must not choose it.
    func open(module: String?, pin: String) throws -> any CardSigner {
        guard let module else { throw CeremonyRefusal.tokenNeeded }
        return try TokenModule.load(module).open(token: slot, pin: pin).signer(label)
    }
}

/// Nơi giữ khóa: a file, or a token.
enum KeyHome {
    case file
    case token(module: String, slot: String, pin: String)

    /// The file of a key with that name.
    func file(of name: String) -> String {
        switch self {
        case .file: "\(name).key"
        case .token: "\(name).token"
        }
    }

    /// Refuses a token that does not open.
    func check() throws {
        if case .token(let module, let slot, let pin) = self {
            _ = try TokenModule.load(module).open(token: slot, pin: pin)
        }
    }

    /// A new key on a token.
    ///
    /// Its label has a random part: a step that was interrupted leaves a key there that nobody uses, and the next one
    /// does not meet it.
    private static func generate(
        _ name: String, _ module: String, _ slot: String, _ pin: String, _ surroundings: Surroundings
    ) throws -> (signer: any CardSigner, place: TokenPlace) {
        let label = "\(name)-\(Hex.text(surroundings.random(8)))"
        let signer = try TokenModule.load(module).open(token: slot, pin: pin).generate(label)
        return (signer, TokenPlace(slot: slot, label: label))
    }

    /// A new key of a CSCA, and the file that gives it back to whoever has the unsealing key.
    func make(
        _ name: String, of ceremony: String, sealedBy key: UnsealingKey, surroundings: Surroundings
    ) throws -> (signer: any CardSigner, file: CeremonyFolder.File) {
        let context = KeyHome.context(name, ceremony)
        switch self {
        case .file:
            let signer = try SoftwareSigner()
            return (signer, .init(secret: file(of: name), try key.seal(signer, as: context) + "\n"))
        case .token(let module, let slot, let pin):
            var (signer, place) = try KeyHome.generate(name, module, slot, pin, surroundings)
            var secret = Array(pin.utf8)
            defer { secret.wipe() }
            place.pin = try key.seal(secret, as: context)
            return (signer, .init(file(of: name), try place.json, isPublic: false))
        }
    }

    /// A new key of a document signer: a file under the passphrase of whoever signs with it, or a place on a token.
    func makeSigner(
        _ name: String, passphrase: String, surroundings: Surroundings
    ) throws -> (key: ECPublicKey, file: CeremonyFolder.File) {
        switch self {
        case .file:
            let signer = try SoftwareSigner()
            return (
                signer.publicKey, .init(secret: file(of: name), try SealedKey.text(of: signer, passphrase: passphrase))
            )
        case .token(let module, let slot, let pin):
            let (signer, place) = try KeyHome.generate(name, module, slot, pin, surroundings)
            return (signer.publicKey, .init(file(of: name), try place.json, isPublic: false))
        }
    }

    /// Whether the key of an authority is on a token.
    static func isOnToken(_ authority: CeremonyRecord.Authority) -> Bool {
        FileManager.default.fileExists(atPath: authority.entry.path("\(authority.name).token"))
    }

    /// The key of an authority.
    static func open(
        _ authority: CeremonyRecord.Authority, of ceremony: String, with key: UnsealingKey, module: String?
    ) throws -> any CardSigner {
        let context = context(authority.name, ceremony)
        guard isOnToken(authority) else {
            let text = String(decoding: try authority.entry.bytes("\(authority.name).key"), as: UTF8.self)
            return try key.signer(text.trimmingCharacters(in: .whitespacesAndNewlines), as: context)
        }
        guard module != nil else { throw CeremonyRefusal.tokenNeeded }
        let place = try TokenPlace(json: authority.entry.bytes("\(authority.name).token"))
        var pin = try key.open(place.pin ?? "", as: context)
        defer { pin.wipe() }
        return try place.open(module: module, pin: String(decoding: pin, as: UTF8.self))
    }

    private static func context(_ name: String, _ ceremony: String) -> String { "\(ceremony)/\(name)" }
}
