import Crypto
import Foundation

/// Niêm phong nội dung tra cứu: seals what somebody typed into a search, so that the log of looks keeps it and does not
/// show it.
///
/// HPKE (RFC 9180) to one public key: whoever writes looks can seal, only the holder of the private key can open. The
/// private key is for whoever audits looks and need not be on the machine that serves.
package struct LookSeal: Sendable {
    /// 32 bytes, X25519.
    package let publicKey: [UInt8]

    private static let suite = HPKE.Ciphersuite.Curve25519_SHA256_ChachaPoly
    private static let purpose = Data("dancu/look/sealed/v1".utf8)
    /// Length of the key that was made for one seal; it stands in front of the sealed text.
    private static let encapsulatedLength = 32

    /// Nil when the bytes are no public key.
    package init?(publicKey: [UInt8]) {
        guard (try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: publicKey)) != nil else { return nil }
        self.publicKey = publicKey
    }

    /// The sealed form of a text; each sealing of the same text is another.
    package func seal(_ text: String) throws -> [UInt8] {
        let key = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: publicKey)
        var sender = try HPKE.Sender(recipientKey: key, ciphersuite: LookSeal.suite, info: LookSeal.purpose)
        let sealed = try sender.seal(Data(text.utf8))
        return Array(sender.encapsulatedKey) + Array(sealed)
    }

    /// The text of a sealed form; throws when it was sealed to another key, or changed.
    package static func open(_ sealed: [UInt8], with secret: [UInt8]) throws -> String {
        let key = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: secret)
        var recipient = try HPKE.Recipient(
            privateKey: key, ciphersuite: suite, info: purpose,
            encapsulatedKey: Data(sealed.prefix(encapsulatedLength)))
        return String(decoding: try recipient.open(Data(sealed.dropFirst(encapsulatedLength))), as: UTF8.self)
    }

    /// The public half of a private key.
    package static func publicKey(of secret: [UInt8]) throws -> [UInt8] {
        Array(try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: secret).publicKey.rawRepresentation)
    }

    /// A new private key.
    package static func newSecret() -> [UInt8] {
        Array(Curve25519.KeyAgreement.PrivateKey().rawRepresentation)
    }
}
