import Civil
import Crypto

/// Mã dùng một lần: the six digits that a telephone shows for thirty seconds (RFC 6238, SHA-1).
///
/// SHA-1 is what every authenticator application understands; as an HMAC it is not known to be weak.
package struct OneTimeCode: Sendable {
    package let secret: [UInt8]

    package static let secretLength = 20
    package static let digits = 6
    /// How long a code stands, in seconds.
    package static let period: Int64 = 30
    /// How many steps a telephone's clock may be early or late.
    package static let tolerance: Int64 = 1

    /// The code made of a secret of at least 16 bytes (RFC 4226 §4); nil for fewer.
    package init?(secret: [UInt8]) {
        guard secret.count >= 16 else { return nil }
        self.secret = secret
    }

    /// What came of a code that somebody typed.
    package enum Verdict: Hashable, Sendable {
        /// Right; the caller stores the step and gives it as `lastUsed` the next time.
        case accepted(step: Int64)
        case wrong
        /// Right but used before: somebody looked over the officer's shoulder.
        case replayed
    }

    /// - Parameter lastUsed: the step of the last accepted code; nil before the first one.
    package func verify(_ typed: some StringProtocol, at now: Instant, lastUsed: Int64?) -> Verdict {
        let digits = typed.utf8.filter { $0 != UInt8(ascii: " ") }
        guard typed.utf8.count <= 20, digits.count == OneTimeCode.digits,
            digits.allSatisfy({ (48...57).contains($0) })
        else { return .wrong }
        let present = OneTimeCode.step(at: now)
        var matching: Int64?
        // All steps are compared, so that the time does not tell which one it was.
        for step in (present - OneTimeCode.tolerance)...(present + OneTimeCode.tolerance)
        where SecretComparison.isSame(Array(code(step: step).utf8), Array(digits)) {
            matching = step
        }
        guard let matching else { return .wrong }
        if let lastUsed, matching <= lastUsed { return .replayed }
        return .accepted(step: matching)
    }

    /// The code of a step.
    package func code(step: Int64) -> String {
        OneTimeCode.value(secret: secret, counter: UInt64(bitPattern: step), digits: OneTimeCode.digits)
    }

    /// The step that an instant lies in.
    package static func step(at now: Instant) -> Int64 {
        let length = period * 1_000_000
        let quotient = now.microseconds / length
        return now.microseconds % length < 0 ? quotient - 1 : quotient
    }

    /// HOTP (RFC 4226 §5.3).
    static func value(secret: [UInt8], counter: UInt64, digits: Int) -> String {
        let message = (0..<8).map { UInt8(truncatingIfNeeded: counter >> UInt64(56 - 8 * $0)) }
        let mac = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: message, using: SymmetricKey(data: secret)))
        let offset = Int(mac[mac.count - 1] & 15)
        let word = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let limit = (0..<digits).reduce(UInt32(1)) { power, _ in power * 10 }
        let text = String(word % limit)
        return String(repeating: "0", count: digits - text.utf8.count) + text
    }

    /// The secret for typing.
    package var secretText: String { Base32Text.text(of: secret) }

    /// The address that an authenticator application reads from a picture.
    package func address(account: String, issuer: String) -> String {
        let issuer = OneTimeCode.escaped(issuer)
        return "otpauth://totp/\(issuer):\(OneTimeCode.escaped(account))?secret=\(secretText)&issuer=\(issuer)"
            + "&algorithm=SHA1&digits=\(OneTimeCode.digits)&period=\(OneTimeCode.period)"
    }

    /// Everything but letters, digits and `-._~` percent-encoded (RFC 3986 §2.3).
    private static func escaped(_ text: String) -> String {
        let hex = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95, 126: bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
