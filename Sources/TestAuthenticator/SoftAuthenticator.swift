import Crypto
import CryptoExtras
import Foundation

/// An authenticator and its browser in one, made of code: real keys, real signatures, and every lie that a test needs.
package struct SoftAuthenticator: Sendable {
    /// Which kind of key it makes.
    package enum Kind: String, CaseIterable, Sendable {
        case es256, edDSA, rs256
    }

    /// What it vouches with.
    package enum Attestation: Sendable {
        case none
        /// Format `packed`, signed with the new key.
        case packed
        /// Format `packed` with the certificate of a maker; nobody can check it here.
        case maker
        /// Whatever the test says.
        case other(format: String, statement: [UInt8])
    }

    package var credential: [UInt8]
    package var user: [UInt8]
    package var relyingParty: String
    package var origin: String
    package var isCrossOrigin = false
    package var topOrigin: String?
    /// UP 1, UV 4, BE 8, BS 16.
    package var flags: UInt8 = 0b101
    /// What the next signature says; it grows by one with each.
    package var counter: UInt32 = 1
    /// A CBOR map, or nil for none.
    package var extensions: [UInt8]?
    package var attestation = Attestation.none
    package var aaguid = [UInt8](repeating: 0xA7, count: 16)
    private let key: Key

    private enum Key: Sendable {
        case es256(P256.Signing.PrivateKey)
        case edDSA(Curve25519.Signing.PrivateKey)
        case rs256(_RSA.Signing.PrivateKey)
    }

    package init(_ kind: Kind, relyingParty: String, origin: String, user: [UInt8]) throws {
        key =
            switch kind {
            case .es256: .es256(P256.Signing.PrivateKey())
            case .edDSA: .edDSA(Curve25519.Signing.PrivateKey())
            case .rs256: .rs256(try _RSA.Signing.PrivateKey(keySize: .bits2048))
            }
        credential = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        self.relyingParty = relyingParty
        self.origin = origin
        self.user = user
    }

    /// The answer to `navigator.credentials.create`.
    package struct Registration: Sendable {
        package var clientData: [UInt8]
        package var attestationObject: [UInt8]
    }

    /// The answer to `navigator.credentials.get`.
    package struct Assertion: Sendable {
        package var credential: [UInt8]
        package var clientData: [UInt8]
        package var authenticatorData: [UInt8]
        package var signature: [UInt8]
        package var user: [UInt8]?
    }

    package mutating func register(
        _ challenge: [UInt8], type: String = "webauthn.create"
    ) throws -> Registration {
        let clientData = clientData(type, challenge)
        let data = authenticatorData(flags | 0x40, attested: attestedCredential)
        counter &+= 1
        let signed = data + Array(SHA256.hash(data: clientData))
        let (format, statement) = try statement(signed)
        let object = CBORBytes.map([
            (CBORBytes.text("fmt"), CBORBytes.text(format)), (CBORBytes.text("attStmt"), statement),
            (CBORBytes.text("authData"), CBORBytes.bytes(data)),
        ])
        return Registration(clientData: clientData, attestationObject: object)
    }

    package mutating func sign(_ challenge: [UInt8], type: String = "webauthn.get") throws -> Assertion {
        let clientData = clientData(type, challenge)
        let data = authenticatorData(flags, attested: [])
        counter &+= 1
        return Assertion(
            credential: credential, clientData: clientData, authenticatorData: data,
            signature: try signature(of: data + Array(SHA256.hash(data: clientData))), user: user)
    }

    package func signature(of message: [UInt8]) throws -> [UInt8] {
        switch key {
        case .es256(let key): Array(try key.signature(for: message).derRepresentation)
        case .edDSA(let key): Array(try key.signature(for: message))
        case .rs256(let key):
            Array(
                try key.signature(for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5).rawRepresentation)
        }
    }

    /// The public key in COSE.
    package var cose: [UInt8] {
        func map(_ members: [(Int, [UInt8])]) -> [UInt8] {
            CBORBytes.map(members.map { (CBORBytes.integer($0.0), $0.1) })
        }
        switch key {
        case .es256(let key):
            let point = Array(key.publicKey.x963Representation)
            return map([
                (1, CBORBytes.integer(2)), (3, CBORBytes.integer(-7)), (-1, CBORBytes.integer(1)),
                (-2, CBORBytes.bytes(Array(point[1..<33]))), (-3, CBORBytes.bytes(Array(point[33...]))),
            ])
        case .edDSA(let key):
            return map([
                (1, CBORBytes.integer(1)), (3, CBORBytes.integer(-8)), (-1, CBORBytes.integer(6)),
                (-2, CBORBytes.bytes(Array(key.publicKey.rawRepresentation))),
            ])
        case .rs256(let key):
            let parts = try? key.publicKey.getKeyPrimitives()
            return map([
                (1, CBORBytes.integer(3)), (3, CBORBytes.integer(-257)),
                (-1, CBORBytes.bytes(Array(parts?.modulus ?? Data()))),
                (-2, CBORBytes.bytes(Array(parts?.publicExponent ?? Data()))),
            ])
        }
    }

    private var algorithm: Int {
        switch key {
        case .es256: -7
        case .edDSA: -8
        case .rs256: -257
        }
    }

    private var attestedCredential: [UInt8] {
        aaguid + [UInt8(credential.count >> 8), UInt8(credential.count & 255)] + credential + cose
    }

    private func authenticatorData(_ flags: UInt8, attested: [UInt8]) -> [UInt8] {
        let hash = Array(SHA256.hash(data: Array(relyingParty.utf8)))
        let count = (0..<4).map { UInt8(truncatingIfNeeded: counter >> UInt32(24 - 8 * $0)) }
        return hash + [flags | (extensions == nil ? 0 : 0x80)] + count + attested + (extensions ?? [])
    }

    private func clientData(_ type: String, _ challenge: [UInt8]) -> [UInt8] {
        let top = topOrigin.map { ",\"topOrigin\":\"\($0)\"" } ?? ""
        let text = """
            {"type":"\(type)","challenge":"\(SoftAuthenticator.base64URL(challenge))","origin":"\(origin)",\
            "crossOrigin":\(isCrossOrigin)\(top)}
            """
        return Array(text.utf8)
    }

    private func statement(_ signed: [UInt8]) throws -> (String, [UInt8]) {
        let signature = [
            (CBORBytes.text("alg"), CBORBytes.integer(algorithm)),
            (CBORBytes.text("sig"), CBORBytes.bytes(try self.signature(of: signed))),
        ]
        switch attestation {
        case .none: return ("none", CBORBytes.map([]))
        case .packed: return ("packed", CBORBytes.map(signature.map { (key: $0.0, value: $0.1) }))
        case .maker:
            let certificate = (CBORBytes.text("x5c"), CBORBytes.array([CBORBytes.bytes([0x30, 0x00])]))
            return ("packed", CBORBytes.map((signature + [certificate]).map { (key: $0.0, value: $0.1) }))
        case .other(let format, let statement): return (format, statement)
        }
    }

    /// RFC 4648 §5 without padding, by way of Foundation.
    package static func base64URL(_ bytes: [UInt8]) -> String {
        String(
            Data(bytes).base64EncodedString().compactMap { character -> Character? in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            })
    }
}
