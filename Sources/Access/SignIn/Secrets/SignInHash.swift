import Crypto
import Ledger

/// SHA-256 of what sign-in hashes: tokens with full entropy, and what authenticators sign.
enum SignInHash {
    static func sha256(_ bytes: [UInt8]) -> Digest32 {
        // SHA-256 always has 32 bytes; the empty tree's digest is nobody's token.
        Digest32(SHA256.hash(data: bytes)) ?? MerkleHash.empty
    }
}
