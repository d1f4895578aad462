import Crypto

/// How key texts and key ids name the algorithm Ed25519 (C2SP signed-note).
private let ed25519Type: UInt8 = 1

/// The public key that a reader of a log trusts (Ed25519), with the name it signs under.
package struct LogVerificationKey: Hashable, Sendable, CustomStringConvertible {
    package let name: LogOrigin
    /// The first four bytes of SHA-256(name ‖ newline ‖ 0x01 ‖ public key), big-endian.
    package let keyID: UInt32
    /// 32 bytes as in RFC 8032.
    package let publicKey: [UInt8]

    package init(name: LogOrigin, publicKey: [UInt8]) throws(NoteRefusal) {
        guard publicKey.count == 32 else { throw .malformedKey }
        self.name = name
        self.publicKey = publicKey
        let digest = MerkleHash.plain(Array(name.text.utf8) + [UInt8(ascii: "\n"), ed25519Type] + publicKey)
        keyID = digest.bytes[0..<4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The key written as `name+hexid+base64(0x01 ‖ public key)`.
    package init(parsing text: String) throws(NoteRefusal) {
        let (name, id, bytes) = try KeyText.parts(of: text)
        try self.init(name: name, publicKey: bytes)
        guard KeyText.hex(keyID) == id else { throw .keyIDMismatch }
    }

    /// `name+hexid+base64(0x01 ‖ public key)`, the text that is published.
    package var text: String { KeyText.text(name: name, keyID: keyID, bytes: publicKey) }

    package var description: String { text }

    /// Whether the bytes are this key's signature of the text.
    package func isValid(_ signature: [UInt8], of text: String) -> Bool {
        guard signature.count == 64, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
            return false
        }
        return key.isValidSignature(signature, for: Array(text.utf8))
    }
}

/// Khóa ký nhật ký: the private key of a log (Ed25519).
///
/// Printing or dumping it never shows the secret; `secretText` alone does.
package struct LogSigningKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What verifies this key's signatures.
    package let verificationKey: LogVerificationKey
    private let key: Curve25519.Signing.PrivateKey

    /// The key of 32 secret bytes, which must come from a cryptographic random source.
    package init(name: LogOrigin, secret: [UInt8]) throws(NoteRefusal) {
        guard secret.count == 32, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret) else {
            throw .malformedKey
        }
        self.key = key
        verificationKey = try LogVerificationKey(name: name, publicKey: Array(key.publicKey.rawRepresentation))
    }

    /// The key written as `PRIVATE+KEY+name+hexid+base64(0x01 ‖ secret)`, the form of Go's `note` package.
    package init(parsing text: String) throws(NoteRefusal) {
        guard text.utf8.starts(with: LogSigningKey.marker.utf8) else { throw .malformedKey }
        let rest = String(decoding: text.utf8.dropFirst(LogSigningKey.marker.utf8.count), as: UTF8.self)
        let (name, id, secret) = try KeyText.parts(of: rest)
        try self.init(name: name, secret: secret)
        guard KeyText.hex(verificationKey.keyID) == id else { throw .keyIDMismatch }
    }

    private static let marker = "PRIVATE+KEY+"

    package var name: LogOrigin { verificationKey.name }

    /// The text to keep in a file that nobody else may read.
    package var secretText: String {
        LogSigningKey.marker
            + KeyText.text(name: name, keyID: verificationKey.keyID, bytes: Array(key.rawRepresentation))
    }

    /// The signature line of the text.
    package func signature(of text: String) throws(NoteRefusal) -> NoteSignature {
        guard let signature = try? key.signature(for: Array(text.utf8)) else { throw .signingFailed }
        return NoteSignature(name: name, keyID: verificationKey.keyID, signature: Array(signature))
    }

    package var description: String { "signing key of \(name) (\(KeyText.hex(verificationKey.keyID)))" }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// The common form of key texts.
private enum KeyText {
    static func text(name: LogOrigin, keyID: UInt32, bytes: [UInt8]) -> String {
        "\(name.text)+\(hex(keyID))+\(Base64Text.text(of: [ed25519Type] + bytes))"
    }

    static func hex(_ keyID: UInt32) -> String {
        Base16Text.text(of: (0..<4).map { UInt8(truncatingIfNeeded: keyID >> UInt32(24 - 8 * $0)) })
    }

    static func parts(of text: String) throws(NoteRefusal) -> (name: LogOrigin, id: String, bytes: [UInt8]) {
        guard text.utf8.count <= LogOrigin.longest + 64 else { throw .malformedKey }
        let parts = text.utf8.split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].count == 8, let bytes = Base64Text.bytes(of: parts[2]) else {
            throw .malformedKey
        }
        guard bytes.first == ed25519Type else { throw .unknownAlgorithm }
        guard bytes.count == 33 else { throw .malformedKey }
        let name = try LogOrigin(String(decoding: parts[0], as: UTF8.self))
        return (name, String(decoding: parts[1], as: UTF8.self), Array(bytes[1...]))
    }
}
