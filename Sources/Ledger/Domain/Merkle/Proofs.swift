/// Bằng chứng có mặt: shows that a leaf stands at an index of a tree, by the hashes beside its way to the root.
package struct InclusionProof: Hashable, Sendable {
    /// No tree that is counted with 63 bits needs more hashes.
    package static let mostHashes = 63

    package let index: UInt64
    /// The size of the tree that the proof is for.
    package let size: UInt64
    /// From the leaf's neighbour up to the root's child.
    package let hashes: [Digest32]

    package init(index: UInt64, size: UInt64, hashes: [Digest32]) {
        self.index = index
        self.size = size
        self.hashes = hashes
    }

    /// Returns when the leaf is in the tree with that root, otherwise says why not (RFC 9162 §2.1.3.2).
    package func verify(leafHash: Digest32, root: Digest32) throws(ProofRefusal) {
        guard index < size else { throw .indexBeyondSize(index: index, size: size) }
        guard hashes.count <= InclusionProof.mostHashes else { throw .tooManyHashes(hashes.count) }
        var place = index
        var last = size - 1
        var hash = leafHash
        for neighbour in hashes {
            guard last > 0 else { throw .wrongNumberOfHashes }
            if place & 1 == 1 || place == last {
                hash = MerkleHash.node(neighbour, hash)
                while place & 1 == 0, place > 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                hash = MerkleHash.node(hash, neighbour)
            }
            place >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .wrongNumberOfHashes }
        guard hash.isEqualInConstantTime(to: root) else { throw .rootMismatch }
    }
}

/// Bằng chứng nhất quán: shows that a tree only grew, by hashes from which both roots can be made.
package struct ConsistencyProof: Hashable, Sendable {
    package let oldSize: UInt64
    package let newSize: UInt64
    /// In the order of RFC 9162 §2.1.4.1.
    package let hashes: [Digest32]

    package init(oldSize: UInt64, newSize: UInt64, hashes: [Digest32]) {
        self.oldSize = oldSize
        self.newSize = newSize
        self.hashes = hashes
    }

    /// Returns when the old tree is the beginning of the new one, otherwise says why not (RFC 9162 §2.1.4.2).
    ///
    /// From the tree without leaves everything follows, so such a proof is refused.
    package func verify(oldRoot: Digest32, newRoot: Digest32) throws(ProofRefusal) {
        guard oldSize > 0 else { throw .emptyOldTree }
        guard oldSize <= newSize else { throw .sizesReversed(old: oldSize, new: newSize) }
        guard hashes.count <= InclusionProof.mostHashes else { throw .tooManyHashes(hashes.count) }
        if oldSize == newSize {
            guard hashes.isEmpty else { throw .wrongNumberOfHashes }
            guard oldRoot.isEqualInConstantTime(to: newRoot) else { throw .rootMismatch }
            return
        }
        var path = hashes[...]
        // A complete old tree is itself the first hash.
        if oldSize & (oldSize - 1) == 0 {
            guard !path.isEmpty else { throw .wrongNumberOfHashes }
            path = [oldRoot] + path
        }
        var place = oldSize - 1
        var last = newSize - 1
        while place & 1 == 1 {
            place >>= 1
            last >>= 1
        }
        guard let first = path.popFirst() else { throw .wrongNumberOfHashes }
        var old = first
        var new = first
        for hash in path {
            guard last > 0 else { throw .wrongNumberOfHashes }
            if place & 1 == 1 || place == last {
                old = MerkleHash.node(hash, old)
                new = MerkleHash.node(hash, new)
                while place & 1 == 0, place > 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                new = MerkleHash.node(new, hash)
            }
            place >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .wrongNumberOfHashes }
        guard old.isEqualInConstantTime(to: oldRoot) else { throw .oldRootMismatch }
        guard new.isEqualInConstantTime(to: newRoot) else { throw .rootMismatch }
    }
}
