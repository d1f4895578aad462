import Crypto
import Foundation

/// Mật khẩu mở chip: what a terminal must know of a card before the chip talks to it.
package enum ChipPassword: Hashable, Sendable {
    /// What is read from the back of the card.
    case zone(MRZ)
    /// Six digits; on Vietnam's cards the last six of the personal number.
    case can(String)
    /// Khóa cá thể hóa: the key of the factory, which a chip forgets when it is locked; 16 bytes or more.
    case personalisation([UInt8])

    /// The reference of the password in MSE:Set AT.
    var reference: UInt8 {
        switch self {
        case .zone: 0x01
        case .can: 0x02
        // Not one of Doc 9303: a password of the application's own (ISO 7816-4).
        case .personalisation: 0x81
        }
    }

    /// The key of the nonce (Doc 9303-11 §9.7.3).
    var key: [UInt8] {
        switch self {
        case .zone(let zone):
            let bytes = zone.bytes
            // Document number, birth and expiry, each with its check digit.
            let text = bytes[5..<15] + bytes[30..<37] + bytes[38..<45]
            return SessionCipher.key(Array(Insecure.SHA1.hash(data: Array(text))), 3)
        case .can(let digits): return SessionCipher.key(Array(digits.utf8), 3)
        case .personalisation(let key): return SessionCipher.key(key, 3)
        }
    }
}

/// PACE với ánh xạ tổng quát trên P-256: what chip and terminal compute alike (Doc 9303-11 §4.4).
enum PACE {
    /// The generator of P-256.
    static let generator = ECPublicKey(
        curve: .p256,
        point: Hex.bytes(
            "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"))

    /// A private key out of a source of random bytes: a number from 1 to below the order.
    static func secret(_ random: (Int) -> [UInt8]) -> [UInt8]? {
        for _ in 0..<64 {
            let bytes = random(32)
            if (try? SoftwareSigner(secret: bytes)) != nil { return bytes }
        }
        return nil
    }

    /// The public key of a secret over a generator.
    static func publicKey(_ secret: [UInt8], over generator: ECPublicKey) -> ECPublicKey? {
        P256Point(generator)?.times(secret).key
    }

    /// The generator of this session: nonce times the curve's, plus what both agreed on.
    static func mapped(nonce: [UInt8], secret: [UInt8], other: ECPublicKey) -> ECPublicKey? {
        guard let generator, let base = P256Point(generator), let point = P256Point(other) else { return nil }
        return (base.times(nonce) + point.times(secret)).key
    }

    /// What both agree on: the x of the common point.
    static func agreed(_ secret: [UInt8], _ other: ECPublicKey) -> [UInt8]? {
        publicKey(secret, over: other).map { Array($0.point[1..<33]) }
    }

    /// The token by which one side shows that it has the keys: a code over the other's public key.
    static func token(for key: ECPublicKey, secret: [UInt8]) -> [UInt8] {
        let message = TLV.bytes(0x7F49, OID.paceGenericMapping.der, TLV.bytes(0x86, key.point))
        return SessionCipher.mac(message, key: SessionCipher.key(secret, 2))
    }
}
