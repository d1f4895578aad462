import Crypto
import Ledger

/// The hash under which secrets with full entropy are stored.
enum SecretHash {
    static func digest(of bytes: [UInt8]) -> Digest32 {
        // SHA-256 always has 32 bytes; the empty digest can never be anybody's.
        Digest32(Array(SHA256.hash(data: bytes))) ?? MerkleHash.empty
    }
}
