import Crypto
import Foundation

/// Mảnh khóa của người giữ: what one key holder keeps of a CSCA's key, in a file under the holder's own passphrase.
///
/// One line: `$dancu-ceremony-share$ln=15,r=8,p=3$ceremony$key$holder$index$threshold$salt$sealed`, by scrypt (RFC
/// 7914) and AES-256-GCM. What stands before the sealed part is authenticated with it.
package struct HolderShare: Hashable, Sendable {
    /// Whose share it is, and of what: readable without the passphrase.
    package struct Label: Hashable, Sendable {
        /// The ceremony's identifier in hexadecimal digits.
        package let ceremony: String
        /// `csca-1`.
        package let key: String
        /// `holder-2`.
        package let holder: String
        package let index: UInt8
        package let threshold: Int

        package init(ceremony: String, key: String, holder: String, index: UInt8, threshold: Int) {
            self.ceremony = ceremony
            self.key = key
            self.holder = holder
            self.index = index
            self.threshold = threshold
        }

        /// What stands in front of the salt.
        fileprivate var text: String { "\(HolderShare.front)\(ceremony)$\(key)$\(holder)$\(index)$\(threshold)$" }
    }

    package let label: Label
    package var share: SecretSharing.Share

    private static let front = "$dancu-ceremony-share$ln=15,r=8,p=3$"
    private static let longest = 1_024

    package init(label: Label, value: [UInt8]) {
        self.label = label
        share = SecretSharing.Share(index: label.index, value: value)
    }

    /// Dấu kiểm tra: the hash by which the ceremony knows this share again.
    ///
    /// It can be public: the share is 32 bytes that nobody can guess, also who knows all others but one.
    package var checksum: String {
        Hex.text(SHA256.hash(data: Array(label.text.utf8) + share.value))
    }

    /// The line of the file.
    package func sealed(passphrase: String) throws(SigningRefusal) -> String {
        guard passphrase.count >= SealedKey.shortestPassphrase else { throw .passphraseTooShort }
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }
        let front = label.text + salt.base64EncodedString() + "$"
        guard let key = SealedKey.derive(passphrase, Array(salt)),
            let sealed = try? AES.GCM.seal(share.value, using: key, authenticating: Data(front.utf8)).combined
        else { throw .keyFailed }
        return front + sealed.base64EncodedString() + "\n"
    }

    /// Whose share a file has; nil when it is no share.
    package static func label(of text: String) -> Label? {
        let parts = parts(of: text)
        guard text.hasPrefix(front), parts.count == 10, let index = UInt8(parts[6]), index > 0,
            let threshold = Int(parts[7]), parts[1..<8].allSatisfy({ !$0.isEmpty })
        else { return nil }
        return Label(ceremony: parts[3], key: parts[4], holder: parts[5], index: index, threshold: threshold)
    }

    /// The share of a file; nil when the passphrase is not its own or the file was altered, which cannot be told apart.
    package static func open(_ text: String, passphrase: String) -> HolderShare? {
        let parts = parts(of: text)
        guard let label = label(of: text), let salt = Data(base64Encoded: parts[8]), salt.count == 16,
            let sealed = Data(base64Encoded: parts[9]), let box = try? AES.GCM.SealedBox(combined: sealed),
            let key = SealedKey.derive(passphrase, Array(salt)),
            let value = try? AES.GCM.open(box, using: key, authenticating: Data((label.text + parts[8] + "$").utf8)),
            value.count == SecretSharing.length
        else { return nil }
        return HolderShare(label: label, value: Array(value))
    }

    private static func parts(of text: String) -> [String] {
        guard text.utf8.count <= longest else { return [] }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
            .split(separator: "$", omittingEmptySubsequences: false).map(String.init)
    }
}

/// Khóa mở: thirty-two random bytes that seal the key of a CSCA, or the PIN of its token, and that holders share.
///
/// Not the PIN itself is cut into shares: who has all of them but one could try short PINs against the checksum.
package struct UnsealingKey: Sendable {
    /// Zeroed by swift-crypto when the last use ends.
    package let key: SymmetricKey

    /// A new one, from the system's randomness.
    package init() { key = SymmetricKey(size: .bits256) }

    /// The key that shares give back.
    package init(_ shares: [SecretSharing.Share]) { key = SecretSharing.combine(shares) }

    /// A secret sealed with AES-256-GCM; the context says what it is and is needed to open it.
    package func seal(_ secret: [UInt8], as context: String) throws(SigningRefusal) -> String {
        guard let sealed = try? AES.GCM.seal(secret, using: key, authenticating: Data(context.utf8)).combined else {
            throw .keyFailed
        }
        return sealed.base64EncodedString()
    }

    /// What was sealed.
    package func open(_ text: String, as context: String) throws(SigningRefusal) -> [UInt8] {
        guard let sealed = Data(base64Encoded: text), let box = try? AES.GCM.SealedBox(combined: sealed),
            let secret = try? AES.GCM.open(box, using: key, authenticating: Data(context.utf8))
        else { throw .keyNotOpened }
        return Array(secret)
    }

    /// A private key, sealed.
    package func seal(_ signer: SoftwareSigner, as context: String) throws(SigningRefusal) -> String {
        var secret = signer.secret
        defer { secret.wipe() }
        return try seal(secret, as: context)
    }

    /// A private key that was sealed.
    package func signer(_ text: String, as context: String) throws(SigningRefusal) -> SoftwareSigner {
        var secret = try open(text, as: context)
        defer { secret.wipe() }
        return try SoftwareSigner(secret: secret)
    }
}
