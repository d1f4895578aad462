import Crypto

/// The hashing of RFC 6962 §2.1 and RFC 9162 §2.1.1 with SHA-256.
///
/// Leaves and nodes begin with different bytes, so that no node can be passed off as a leaf.
package enum MerkleHash {
    /// The byte before the data of a leaf.
    package static let leafPrefix: UInt8 = 0
    /// The byte before the two children of a node.
    package static let nodePrefix: UInt8 = 1

    /// The root of the tree without leaves: SHA-256 of nothing.
    package static let empty = digest(of: SHA256())

    /// The hash of a leaf: SHA-256(0x00 ‖ data).
    package static func leaf(_ data: [UInt8]) -> Digest32 {
        digest(prefix: leafPrefix, of: data)
    }

    /// The hash of a leaf whose data are the 32 bytes of a commitment.
    package static func leaf(_ data: Digest32) -> Digest32 {
        withUnsafeTemporaryAllocation(byteCount: 1 + Digest32.byteCount, alignment: 8) { buffer in
            buffer[0] = leafPrefix
            data.store(into: buffer, at: 1)
            var hasher = SHA256()
            hasher.update(bufferPointer: UnsafeRawBufferPointer(buffer))
            return digest(of: hasher)
        }
    }

    /// The hash of a node: SHA-256(0x01 ‖ left ‖ right).
    package static func node(_ left: Digest32, _ right: Digest32) -> Digest32 {
        withUnsafeTemporaryAllocation(byteCount: 1 + 2 * Digest32.byteCount, alignment: 8) { buffer in
            buffer[0] = nodePrefix
            left.store(into: buffer, at: 1)
            right.store(into: buffer, at: 1 + Digest32.byteCount)
            var hasher = SHA256()
            hasher.update(bufferPointer: UnsafeRawBufferPointer(buffer))
            return digest(of: hasher)
        }
    }

    /// SHA-256 of one byte and what follows it; `leaf` and `node` are the two uses that the tree has.
    package static func digest(prefix: UInt8, of data: [UInt8]) -> Digest32 {
        var hasher = SHA256()
        withUnsafeBytes(of: prefix) { hasher.update(bufferPointer: $0) }
        data.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        return digest(of: hasher)
    }

    /// SHA-256 of the bytes, without a prefix.
    package static func plain(_ data: [UInt8]) -> Digest32 {
        var hasher = SHA256()
        data.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        return digest(of: hasher)
    }

    /// The root over the hashes of neighbouring subtrees of one size; `empty` for none.
    ///
    /// The last subtree may be smaller than the others.
    ///
    /// Joining neighbours level by level and taking an odd last one along unchanged gives the tree of RFC 9162 §2.1.1.
    package static func root(of hashes: [Digest32]) -> Digest32 {
        var level = hashes
        var count = level.count
        while count > 1 {
            for pair in 0..<count / 2 {
                level[pair] = node(level[2 * pair], level[2 * pair + 1])
            }
            if !count.isMultiple(of: 2) { level[count / 2] = level[count - 1] }
            count = (count + 1) / 2
        }
        return level.first ?? empty
    }

    private static func digest(of hasher: SHA256) -> Digest32 {
        hasher.finalize().withUnsafeBytes { Digest32(loadingFrom: $0) }
    }
}
