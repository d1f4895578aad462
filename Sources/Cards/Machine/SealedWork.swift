import Chip
import Crypto
import Foundation

/// Tệp việc niêm phong: encrypted to the site and signed by the issuer.
///
/// A line `dancu sealed work 1`, then 65 bytes of the encapsulated key and the sealed file (HPKE of RFC 9180, P-256
/// with HKDF-SHA256 and AES-256-GCM), then r‖s of ECDSA on P-256 with SHA-256 over everything before.
package enum SealedWork {
    private static let title = Array("dancu sealed work 1\n".utf8)
    private static let info = Data("dancu card work".utf8)
    private static let suite = HPKE.Ciphersuite.P256_SHA256_AES_GCM_256
    private static let keyLength = 65
    private static let signatureLength = ECPublicKey.plainSignatureLength

    /// Seals a file to a site.
    ///
    /// - Parameter site: the public point of the site's key.
    package static func seal(
        _ file: WorkFile, to site: [UInt8], by signer: some CardSigner
    ) throws -> [UInt8] {
        guard let recipient = try? P256.KeyAgreement.PublicKey(x963Representation: site) else {
            throw WorkFileRefusal.keyUnfit
        }
        var sender = try HPKE.Sender(recipientKey: recipient, ciphersuite: suite, info: info)
        let sealed = try sender.seal(Data(try file.bytes()), authenticating: Data(title))
        let content = title + Array(sender.encapsulatedKey) + Array(sealed)
        return content + (try signer.plainSignature(of: content))
    }

    /// Opens a file at its site.
    ///
    /// - Parameters:
    ///   - key: the site's private number of 32 bytes.
    ///   - issuer: the key that signs such files.
    ///   - last: the number of the file that was opened last; one that is not greater is refused.
    package static func open(
        _ bytes: [UInt8], with key: [UInt8], signedBy issuer: ECPublicKey, after last: Int64
    ) throws(WorkFileRefusal) -> WorkFile {
        guard bytes.count > title.count + keyLength + signatureLength, bytes.starts(with: title) else {
            throw .notOpened
        }
        let content = bytes.dropLast(signatureLength)
        guard issuer.isValid(plainSignature: bytes.suffix(signatureLength), of: content) else { throw .notSigned }
        guard let own = try? P256.KeyAgreement.PrivateKey(rawRepresentation: key) else { throw .keyUnfit }
        let start = title.count
        guard
            var recipient = try? HPKE.Recipient(
                privateKey: own, ciphersuite: suite, info: info,
                encapsulatedKey: Data(content[start..<start + keyLength])),
            let plain = try? recipient.open(Data(content[(start + keyLength)...]), authenticating: Data(title))
        else { throw .notOpened }
        let file = try WorkFile(bytes: Array(plain))
        guard file.heading.number > last else { throw .replayed }
        return file
    }
}
