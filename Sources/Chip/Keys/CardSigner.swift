import Civil
import Crypto
import Foundation

/// Cổng ký: whoever holds a private key and signs with it, be it a file or a token that never gives it out.
package protocol CardSigner: Sendable {
    var publicKey: ECPublicKey { get }
    /// The ECDSA signature of the message's hash as r and s of equal length, as tokens give it; the hash is the one of
    /// the key's curve.
    func plainSignature(of message: [UInt8]) throws(SigningRefusal) -> [UInt8]
}

extension CardSigner {
    /// The signature as certificates and signed objects hold it: SEQUENCE of two numbers.
    func signature(of message: [UInt8]) throws(SigningRefusal) -> [UInt8] {
        let plain = try plainSignature(of: message)
        guard plain.count == 2 * publicKey.curve.size else { throw .keyFailed }
        let half = plain.count / 2
        return DER.sequence(DER.integer(unsigned: plain[..<half]), DER.integer(unsigned: plain[half...]))
    }
}

/// Lý do không ký được: why nothing was signed.
package enum SigningRefusal: ExplainedRefusal {
    /// Neither the passphrase nor the file is right; which of them cannot be told.
    case keyNotOpened
    case keyFailed
    case passphraseTooShort
    /// The day is not one on which the certificate's key may sign.
    case signerNotInUse

    package var code: String {
        switch self {
        case .keyNotOpened: "signing_key_not_opened"
        case .keyFailed: "signing_key_failed"
        case .passphraseTooShort: "signing_passphrase_too_short"
        case .signerNotInUse: "signing_certificate_not_in_use"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .keyNotOpened:
            Sentence(
                "Không mở được khóa ký: kiểm tra mật khẩu; nếu tệp khóa hỏng thì lấy lại từ nơi cất giữ.",
                "The signing key does not open: check the passphrase; restore the file if it is damaged.")
        case .keyFailed:
            Sentence(
                "Khóa ký không trả về chữ ký: kiểm tra thiết bị giữ khóa rồi chạy lại.",
                "The signing key gave no signature: check the device that holds it and run again.")
        case .passphraseTooShort:
            Sentence(
                "Mật khẩu của khóa ký phải có ít nhất \(SealedKey.shortestPassphrase) ký tự: chọn mật khẩu dài hơn.",
                "The passphrase of a signing key has at least \(SealedKey.shortestPassphrase) characters: choose a "
                    + "longer one.")
        case .signerNotInUse:
            Sentence(
                "Chứng thư ký chưa đến hoặc đã hết thời gian được ký: cấp chứng thư ký mới.",
                "The signer's certificate may not sign on this day: issue a new one.")
        }
    }
}

/// Khóa ký trong bộ nhớ: a private key on P-256 that the program holds itself; for demonstrations and tests.
package struct SoftwareSigner: CardSigner {
    private let key: P256.Signing.PrivateKey
    package let publicKey: ECPublicKey

    /// A new key, from the system's randomness.
    package init() throws(SigningRefusal) { try self.init(P256.Signing.PrivateKey()) }

    /// The key of a secret number of 32 bytes.
    package init(secret: [UInt8]) throws(SigningRefusal) {
        guard let key = try? P256.Signing.PrivateKey(rawRepresentation: secret) else { throw .keyNotOpened }
        try self.init(key)
    }

    private init(_ key: P256.Signing.PrivateKey) throws(SigningRefusal) {
        self.key = key
        let point = Array(key.publicKey.x963Representation)
        guard let publicKey = ECPublicKey(curve: .p256, point: point) else { throw .keyFailed }
        self.publicKey = publicKey
    }

    var secret: [UInt8] { Array(key.rawRepresentation) }

    package func plainSignature(of message: [UInt8]) throws(SigningRefusal) -> [UInt8] {
        guard let signature = try? key.signature(for: SHA256.hash(data: message)) else { throw .keyFailed }
        return Array(signature.rawRepresentation)
    }
}
