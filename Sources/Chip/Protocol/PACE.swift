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
        case .zone(let zone): return SessionCipher.key(zone.accessSecret, 3)
        case .can(let digits): return SessionCipher.key(Array(digits.utf8), 3)
        case .personalisation(let key): return SessionCipher.key(key, 3)
        }
    }
}

extension MRZ {
    /// What is read from the zone and opens the chip: SHA-1 over document number, birth and expiry, each with its check
    /// digit (Doc 9303-11 §4.3.3 and §9.7.3).
    var accessSecret: [UInt8] {
        Array(Insecure.SHA1.hash(data: checkedDocumentNumber + bytes[30..<37] + bytes[38..<45]))
    }

    /// The document number with its check digit.
    var checkedDocumentNumber: [UInt8] { Array(bytes[5..<15]) }
}

/// PACE với ánh xạ tổng quát: what chip and terminal compute alike, on P-256 or brainpoolP256r1 (Doc 9303-11 §4.4).
enum PACE {
    /// A private key out of a source of random bytes: a number from 1 to below the order.
    static func secret(_ random: (Int) -> [UInt8], on curve: Curve) -> [UInt8]? {
        guard let order = curve.numbers.last else { return nil }
        for _ in 0..<64 {
            let bytes = random(curve.size)
            if bytes.lexicographicallyPrecedes(order), bytes.contains(where: { $0 != 0 }) { return bytes }
        }
        return nil
    }

    /// The public key of a secret over a generator.
    static func publicKey(_ secret: [UInt8], over generator: ECPublicKey) -> ECPublicKey? {
        CurveGroup(generator.curve)?.sum([(secret, generator)])
    }

    /// The generator of this session: nonce times the curve's, plus what both agreed on.
    static func mapped(nonce: [UInt8], secret: [UInt8], other: ECPublicKey) -> ECPublicKey? {
        guard let generator = other.curve.generator else { return nil }
        return CurveGroup(other.curve)?.sum([(nonce, generator), (secret, other)])
    }

    /// What both agree on: the x of the common point.
    static func agreed(_ secret: [UInt8], _ other: ECPublicKey) -> [UInt8]? {
        publicKey(secret, over: other)?.x
    }

    /// The token by which one side shows that it has the keys: a code over the other's public key.
    static func token(for key: ECPublicKey, secret: [UInt8]) -> [UInt8] {
        let message = TLV.bytes(0x7F49, OID.paceGenericMapping.der, TLV.bytes(0x86, key.point))
        return SessionCipher.mac(message, key: SessionCipher.key(secret, 2))
    }
}
