import Crypto
import TestAuthenticator
import Testing

@testable import Access

@Suite("Public keys of passkeys")
struct PublicKeyTests {
    private static func refusal(_ members: [(Int, [UInt8])]) -> PasskeyPublicKey.Refusal? {
        do throws(PasskeyPublicKey.Refusal) {
            _ = try PasskeyPublicKey(cose: CBORBytes.map(members.map { (CBORBytes.integer($0.0), $0.1) }))
            return nil
        } catch { return error }
    }

    private static func number(_ value: Int) -> [UInt8] { CBORBytes.integer(value) }
    private static func filled(_ count: Int, _ byte: UInt8 = 0xFF) -> [UInt8] {
        CBORBytes.bytes([UInt8](repeating: byte, count: count))
    }

    @Test("What is no key is refused")
    func notKeys() {
        #expect(Self.refusal([]) == .notCOSE)
        #expect(Self.refusal([(1, Self.number(2))]) == .notCOSE)
        #expect(Self.refusal([(3, CBORBytes.text("ES256"))]) == .notCOSE)
        for algorithm in [-35, -36, -37, -47, -65_535, 0, 7, 257] {
            #expect(Self.refusal([(1, Self.number(2)), (3, Self.number(algorithm))]) == .algorithmUnknown)
        }
    }

    @Test("A point that is not on the curve, or of another curve, is refused")
    func points() {
        func key(_ type: Int, _ curve: Int, _ x: [UInt8], _ y: [UInt8]) -> PasskeyPublicKey.Refusal? {
            Self.refusal([
                (1, Self.number(type)), (3, Self.number(-7)), (-1, Self.number(curve)), (-2, x), (-3, y),
            ])
        }
        let point = Array(P256.Signing.PrivateKey().publicKey.x963Representation)
        let x = CBORBytes.bytes(Array(point[1..<33]))
        let y = CBORBytes.bytes(Array(point[33...]))
        #expect(key(2, 1, x, y) == nil)
        #expect(key(2, 1, y, x) == .notAKey)
        #expect(key(2, 1, Self.filled(32), Self.filled(32)) == .notAKey)
        #expect(key(2, 1, Self.filled(32, 0), Self.filled(32, 0)) == .notAKey)
        #expect(key(2, 2, x, y) == .notAKey)
        #expect(key(1, 1, x, y) == .notAKey)
        #expect(key(2, 1, x, CBORBytes.bytes(Array(point[34...]))) == .notAKey)
        // A compressed point, which WebAuthn does not allow.
        #expect(key(2, 1, x, [0xF5]) == .notAKey)
    }

    @Test("Keys of Ed25519 have 32 bytes and their curve")
    func edwards() {
        func key(_ type: Int, _ curve: Int, _ x: [UInt8]) -> PasskeyPublicKey.Refusal? {
            Self.refusal([(1, Self.number(type)), (3, Self.number(-8)), (-1, Self.number(curve)), (-2, x)])
        }
        let right = CBORBytes.bytes(Array(Curve25519.Signing.PrivateKey().publicKey.rawRepresentation))
        #expect(key(1, 6, right) == nil)
        #expect(key(1, 7, right) == .notAKey)
        #expect(key(2, 6, right) == .notAKey)
        #expect(key(1, 6, Self.filled(31)) == .notAKey)
        #expect(key(1, 6, Self.filled(33)) == .notAKey)
    }

    @Test("RSA keys have 2048 to 4096 bits and a sound exponent")
    func rsa() {
        func key(_ modulus: [UInt8], _ exponent: [UInt8]) -> PasskeyPublicKey.Refusal? {
            Self.refusal([(1, Self.number(3)), (3, Self.number(-257)), (-1, modulus), (-2, exponent)])
        }
        let exponent = CBORBytes.bytes([1, 0, 1])
        #expect(key(Self.filled(256), exponent) == nil)
        #expect(key(Self.filled(512), exponent) == nil)
        for count in [0, 128, 255, 513, 2_048] { #expect(key(Self.filled(count), exponent) == .notAKey, "\(count)") }
        #expect(key(CBORBytes.bytes([0] + [UInt8](repeating: 255, count: 256)), exponent) == .notAKey)
        for bytes in [[], [0], [1], [2], [1, 0, 0, 0, 1]] as [[UInt8]] {
            #expect(key(Self.filled(256), CBORBytes.bytes(bytes)) == .notAKey, "\(bytes)")
        }
    }

    @Test("A key that is no COSE at all is refused")
    func noCBOR() {
        #expect(throws: PasskeyPublicKey.Refusal.notCOSE) { try PasskeyPublicKey(cose: []) }
        #expect(throws: PasskeyPublicKey.Refusal.notCOSE) { try PasskeyPublicKey(cose: [0xA0, 0x00]) }
    }
}
