import Crypto

/// The digest of `Commitment` over bytes where they lie, for verifiers that compute millions of them.
///
/// HMAC (RFC 2104) is two hashes with the salt before them; for keys of sixteen bytes that is written out here, without
/// the arrays that a key object needs.
package enum SaltedHash {
    private static let blockCount = 64
    private static let innerPad: UInt8 = 0x36
    private static let outerPad: UInt8 = 0x5c

    /// HMAC-SHA256 of the bytes under the salt, as a data leaf's digest.
    package static func digest(of bytes: UnsafeRawBufferPointer, salt: UnsafeRawBufferPointer) -> Digest32 {
        guard salt.count == CommitmentSalt.byteCount else { return general(bytes, salt) }
        return withUnsafeTemporaryAllocation(byteCount: blockCount + Digest32.byteCount, alignment: 8) { block in
            fill(block, with: innerPad, salt)
            var inner = SHA256()
            inner.update(bufferPointer: UnsafeRawBufferPointer(rebasing: block[..<blockCount]))
            inner.update(bufferPointer: bytes)
            let digest = inner.finalize().withUnsafeBytes { Digest32(loadingFrom: $0) }
            fill(block, with: outerPad, salt)
            digest.store(into: block, at: blockCount)
            var outer = SHA256()
            outer.update(bufferPointer: UnsafeRawBufferPointer(block))
            return outer.finalize().withUnsafeBytes { Digest32(loadingFrom: $0) }
        }
    }

    private static func fill(_ block: UnsafeMutableRawBufferPointer, with pad: UInt8, _ salt: UnsafeRawBufferPointer) {
        for place in 0..<blockCount { block[place] = pad }
        for place in 0..<CommitmentSalt.byteCount { block[place] ^= salt[place] }
    }

    /// A salt that no `CommitmentSalt` can be stands only in a changed row.
    private static func general(_ bytes: UnsafeRawBufferPointer, _ salt: UnsafeRawBufferPointer) -> Digest32 {
        var authenticator = HMAC<SHA256>(key: SymmetricKey(data: salt))
        authenticator.update(data: bytes)
        return authenticator.finalize().withUnsafeBytes { Digest32(loadingFrom: $0) }
    }
}
