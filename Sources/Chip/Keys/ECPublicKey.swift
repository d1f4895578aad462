import Crypto
import Foundation

/// Khóa công khai: a point on a curve, which stands in certificates and on chips.
package struct ECPublicKey: Hashable, Sendable {
    package let curve: Curve
    /// `04`, x, y.
    package let point: [UInt8]

    /// The key of a point; nil when it is not on the curve.
    package init?(curve: Curve, point: [UInt8]) {
        guard point.count == 1 + 2 * curve.size, point.first == 4 else { return nil }
        let isOnCurve =
            switch curve {
            case .p256: (try? P256.Signing.PublicKey(x963Representation: point)) != nil
            case .p384: (try? P384.Signing.PublicKey(x963Representation: point)) != nil
            case .brainpoolP256r1: CurveGroup(curve)?.holds(point) ?? false
            }
        guard isOnCurve else { return nil }
        self.curve = curve
        self.point = point
    }

    /// The first coordinate, by which TR-03110 names a key that is used once.
    var x: [UInt8] { Array(point[1..<(1 + curve.size)]) }

    /// Reads a SubjectPublicKeyInfo, with named or explicit parameters.
    init(info: TLV) throws(ChipFault) {
        var parts = info.fields
        var algorithm = try parts.next(DER.sequence).fields
        guard try OID(try algorithm.next()) == .ecPublicKey else { throw .unsupported("RSA") }
        let curve = try Curve.read(try algorithm.next()).curve
        guard let key = ECPublicKey(curve: curve, point: Array(try DER.wholeBits(try parts.next()))) else {
            throw .malformed("SubjectPublicKeyInfo")
        }
        self = key
    }

    /// SubjectPublicKeyInfo.
    package func info(_ style: ParameterStyle) -> [UInt8] {
        let parameters = style == .named ? curve.oid.der : curve.explicitParameters
        return DER.sequence(DER.sequence(OID.ecPublicKey.der, parameters), DER.bits(point))
    }

    /// The identifier of the key: SHA-1 of the point (RFC 5280 §4.2.1.2, method 1); a name, nothing that protects.
    package var identifier: [UInt8] { Array(Insecure.SHA1.hash(data: point)) }

    /// Whether the holder of the private key signed the message; the signature is in DER.
    func isValid(signature: [UInt8], of message: [UInt8], hash: HashAlgorithm) -> Bool {
        switch hash {
        case .sha256: isValid(signature, SHA256.hash(data: message))
        case .sha384: isValid(signature, SHA384.hash(data: message))
        case .sha512: isValid(signature, SHA512.hash(data: message))
        }
    }

    /// Whether the holder of the private key, on P-256, signed the message with SHA-256; the signature is r‖s.
    package func isValid(plainSignature: some DataProtocol, of message: some DataProtocol) -> Bool {
        guard curve == .p256, let key = try? P256.Signing.PublicKey(x963Representation: point),
            let signature = try? P256.Signing.ECDSASignature(rawRepresentation: plainSignature)
        else { return false }
        return key.isValidSignature(signature, for: SHA256.hash(data: message))
    }

    /// Bytes of r‖s on P-256.
    package static let plainSignatureLength = 64

    private func isValid(_ signature: [UInt8], _ digest: some Digest) -> Bool {
        switch curve {
        case .p256:
            guard let key = try? P256.Signing.PublicKey(x963Representation: point),
                let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature)
            else { return false }
            return key.isValidSignature(signature, for: digest)
        case .p384:
            guard let key = try? P384.Signing.PublicKey(x963Representation: point),
                let signature = try? P384.Signing.ECDSASignature(derRepresentation: signature)
            else { return false }
            return key.isValidSignature(signature, for: digest)
        case .brainpoolP256r1:
            guard let plain = Self.plain(signature, curve.size) else { return false }
            return CurveGroup.isValid(signature: plain, of: Array(digest), by: self)
        }
    }

    /// r‖s of a signature in DER; nil when it is none of that curve.
    private static func plain(_ signature: [UInt8], _ size: Int) -> [UInt8]? {
        guard var parts = try? TLV(signature, tag: DER.sequence).fields, let first = try? parts.next(),
            let second = try? parts.next(), parts.isAtEnd, let r = try? DER.unsigned(first),
            let s = try? DER.unsigned(second), r.count <= size, s.count <= size
        else { return nil }
        return [r, s].flatMap { [UInt8](repeating: 0, count: size - $0.count) + $0 }
    }
}
