import Crypto
import CryptoExtras
import Foundation

/// How an authenticator signs; the numbers are those of COSE (RFC 9053, RFC 8812).
package enum PasskeyAlgorithm: Int, CaseIterable, Hashable, Sendable, Codable {
    /// ECDSA on P-256 with SHA-256: nearly every authenticator.
    case es256 = -7
    /// Ed25519.
    case edDSA = -8
    /// RSA with PKCS #1 v1.5 and SHA-256: Windows Hello on older machines.
    case rs256 = -257
}

/// Khóa công khai của passkey: the public key of one passkey, read from its COSE form (RFC 9052 §7).
package struct PasskeyPublicKey: Hashable, Sendable {
    package let algorithm: PasskeyAlgorithm
    /// The bytes as the authenticator gave them; this is what is stored.
    package let cose: [UInt8]

    /// Why a key is not taken.
    package enum Refusal: Error, Hashable, Sendable {
        case notCOSE
        case algorithmUnknown
        /// Its numbers are no key of its algorithm, or a weak one.
        case notAKey
    }

    package init(cose: [UInt8]) throws(Refusal) {
        guard let map = try? CBORReader.value(of: cose) else { throw .notCOSE }
        try self.init(map, cose: cose)
    }

    init(_ map: CBORValue, cose: [UInt8]) throws(Refusal) {
        guard let number = map[3]?.integer else { throw .notCOSE }
        guard let algorithm = PasskeyAlgorithm(rawValue: number) else { throw .algorithmUnknown }
        self.algorithm = algorithm
        self.cose = cose
        guard (try? PasskeyPublicKey.verifier(map, algorithm)) != nil else { throw .notAKey }
    }

    /// Whether the holder of the private key signed this message.
    package func isValid(signature: [UInt8], of message: [UInt8]) -> Bool {
        guard signature.count <= 1_024, let map = try? CBORReader.value(of: cose),
            let verifier = try? PasskeyPublicKey.verifier(map, algorithm)
        else { return false }
        switch verifier {
        case .es256(let key):
            guard let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature) else { return false }
            return key.isValidSignature(signature, for: message)
        case .edDSA(let key):
            return signature.count == 64 && key.isValidSignature(signature, for: message)
        case .rs256(let key):
            let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
            return key.isValidSignature(signature, for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5)
        }
    }

    private enum Verifier {
        case es256(P256.Signing.PublicKey)
        case edDSA(Curve25519.Signing.PublicKey)
        case rs256(_RSA.Signing.PublicKey)
    }

    /// The parameters by their labels: 1 key type, −1 curve or modulus, −2 x or exponent, −3 y.
    private static func verifier(_ map: CBORValue, _ algorithm: PasskeyAlgorithm) throws -> Verifier {
        switch algorithm {
        case .es256:
            guard map[1]?.integer == 2, map[-1]?.integer == 1, let x = map[-2]?.byteString,
                let y = map[-3]?.byteString, x.count == 32, y.count == 32
            else { throw Refusal.notAKey }
            return .es256(try P256.Signing.PublicKey(x963Representation: [4] + x + y))
        case .edDSA:
            guard map[1]?.integer == 1, map[-1]?.integer == 6, let x = map[-2]?.byteString, x.count == 32 else {
                throw Refusal.notAKey
            }
            return .edDSA(try Curve25519.Signing.PublicKey(rawRepresentation: x))
        case .rs256:
            // The sizes are limited before the library computes with them: 2048 to 4096 bits.
            guard map[1]?.integer == 3, let modulus = map[-1]?.byteString, let exponent = map[-2]?.byteString,
                (256...512).contains(modulus.count), modulus[0] != 0, (1...4).contains(exponent.count),
                exponent.reduce(UInt64(0), { $0 << 8 | UInt64($1) }) >= 3
            else { throw Refusal.notAKey }
            return .rs256(try _RSA.Signing.PublicKey(n: modulus, e: exponent))
        }
    }
}
