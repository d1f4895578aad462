import Crypto
import Foundation

/// Hàm băm: the hashes of data groups and signatures (Doc 9303-12 §4.4.4, without SHA-224).
package enum HashAlgorithm: String, Hashable, Sendable, CaseIterable {
    case sha256 = "SHA-256"
    case sha384 = "SHA-384"
    case sha512 = "SHA-512"

    var oid: OID {
        switch self {
        case .sha256: OID(2, 16, 840, 1, 101, 3, 4, 2, 1)
        case .sha384: OID(2, 16, 840, 1, 101, 3, 4, 2, 2)
        case .sha512: OID(2, 16, 840, 1, 101, 3, 4, 2, 3)
        }
    }

    /// ECDSA with this hash.
    var signatureOID: OID {
        switch self {
        case .sha256: OID(1, 2, 840, 10045, 4, 3, 2)
        case .sha384: OID(1, 2, 840, 10045, 4, 3, 3)
        case .sha512: OID(1, 2, 840, 10045, 4, 3, 4)
        }
    }

    /// AlgorithmIdentifier of ECDSA with this hash, which has no parameters.
    var signatureAlgorithm: [UInt8] { DER.sequence(signatureOID.der) }

    /// AlgorithmIdentifier of the hash alone.
    var algorithm: [UInt8] { DER.sequence(oid.der) }

    /// The hash that an AlgorithmIdentifier names; parameters of it are passed over.
    static func named(_ field: TLV, signing: Bool) throws(ChipFault) -> HashAlgorithm {
        guard field.tag == DER.sequence else { throw .unexpectedTag(field.tag) }
        var parts = field.fields
        let oid = try OID(try parts.next())
        guard let hash = allCases.first(where: { (signing ? $0.signatureOID : $0.oid) == oid }) else {
            throw .unsupported(signing ? "signature algorithm" : "hash algorithm")
        }
        return hash
    }

    /// The hash of bytes.
    package func digest(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .sha256: Array(SHA256.hash(data: bytes))
        case .sha384: Array(SHA384.hash(data: bytes))
        case .sha512: Array(SHA512.hash(data: bytes))
        }
    }
}
