import Crypto
import CryptoExtras
import Foundation

/// Tệp khóa ký đã mã hóa: a private key under a passphrase, by scrypt (RFC 7914) and AES-256-GCM; for demonstrations.
///
/// One line: `$dancu-signing-key$ln=15,r=8,p=3$salt$sealed`. What stands before the sealed part is authenticated
/// with it.
package enum SealedKey {
    package static let shortestPassphrase = 12
    private static let header = "$dancu-signing-key$ln=15,r=8,p=3$"
    private static let saltLength = 16

    /// The line for a key.
    package static func text(of signer: SoftwareSigner, passphrase: String) throws(SigningRefusal) -> String {
        guard passphrase.count >= shortestPassphrase else { throw .passphraseTooShort }
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        let front = header + Data(salt).base64EncodedString() + "$"
        guard let key = derive(passphrase, salt),
            let sealed = try? AES.GCM.seal(signer.secret, using: key, authenticating: Data(front.utf8)).combined
        else { throw .keyFailed }
        return front + sealed.base64EncodedString() + "\n"
    }

    /// The key of a line.
    package static func open(_ text: String, passphrase: String) throws(SigningRefusal) -> SoftwareSigner {
        let line = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let parts = line.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard line.utf8.count < 1_024, line.hasPrefix(header), parts.count == 5,
            let salt = Data(base64Encoded: parts[3]), salt.count == saltLength,
            let sealed = Data(base64Encoded: parts[4]), let box = try? AES.GCM.SealedBox(combined: sealed),
            let key = derive(passphrase, Array(salt)),
            let secret = try? AES.GCM.open(box, using: key, authenticating: Data((header + parts[3] + "$").utf8))
        else { throw .keyNotOpened }
        return try SoftwareSigner(secret: Array(secret))
    }

    /// OWASP's parameters for 32 MiB, as for passwords.
    static func derive(_ passphrase: String, _ salt: [UInt8]) -> SymmetricKey? {
        try? KDF.Scrypt.deriveKey(
            from: Array(passphrase.utf8), salt: salt, outputByteCount: 32, rounds: 1 << 15, blockSize: 8,
            parallelism: 3, maxMemory: 64 << 20)
    }
}
