/// A run of leaves that is a subtree of every larger tree (draft-ietf-plants-merkle-tree-certs, "Subtrees").
///
/// Its start is a multiple of its length rounded up to a power of two.
package struct Subtree: Hashable, Sendable {
    package let start: UInt64
    /// The index behind the last leaf.
    package let end: UInt64

    /// The subtree, or `notASubtree`; a subtree without leaves is allowed.
    package init(start: UInt64, end: UInt64) throws(ProofRefusal) {
        guard start <= end else { throw .notASubtree(start: start, end: end) }
        if end - start > 1 {
            let zeros = (end - start - 1).leadingZeroBitCount
            guard zeros > 0, start & ((UInt64(1) << UInt64(64 - zeros)) - 1) == 0 else {
                throw .notASubtree(start: start, end: end)
            }
        }
        self.start = start
        self.end = end
    }

    /// Returns when the leaf at that index of the log is in the subtree with that root, otherwise says why not.
    package func verifyInclusion(
        of index: UInt64, leafHash: Digest32, root: Digest32, hashes: [Digest32]
    ) throws(ProofRefusal) {
        guard index >= start, index < end else { throw .indexBeyondSize(index: index, size: end) }
        try InclusionProof(index: index - start, size: end - start, hashes: hashes)
            .verify(leafHash: leafHash, root: root)
    }

    /// Returns when the subtree is part of the tree of that size and root, otherwise says why not.
    ///
    /// A subtree without leaves is part of every tree that is long enough.
    package func verifyConsistency(
        subtreeRoot: Digest32, treeSize: UInt64, treeRoot: Digest32, hashes: [Digest32]
    ) throws(ProofRefusal) {
        guard end <= treeSize else { throw .sizesReversed(old: end, new: treeSize) }
        guard hashes.count <= InclusionProof.mostHashes else { throw .tooManyHashes(hashes.count) }
        guard start < end else {
            guard hashes.isEmpty else { throw .wrongNumberOfHashes }
            guard subtreeRoot == MerkleHash.empty else { throw .oldRootMismatch }
            return
        }
        var path = hashes[...]
        var (first, place, last) = (start, end - 1, treeSize - 1)
        func shift() {
            first >>= 1
            place >>= 1
            last >>= 1
        }
        // Up to the node that the subtree's right edge has in common with the tree.
        while first != place, place == last || place & 1 == 1 { shift() }
        var old = subtreeRoot
        if first != place {
            guard let hash = path.popFirst() else { throw .wrongNumberOfHashes }
            old = hash
        }
        var new = old
        for hash in path {
            guard last > 0 else { throw .wrongNumberOfHashes }
            if place & 1 == 1 || place == last {
                if first < place { old = MerkleHash.node(hash, old) }
                new = MerkleHash.node(hash, new)
                while place & 1 == 0, place > 0 { shift() }
            } else {
                new = MerkleHash.node(new, hash)
            }
            shift()
        }
        guard last == 0 else { throw .wrongNumberOfHashes }
        guard old.isEqualInConstantTime(to: subtreeRoot) else { throw .oldRootMismatch }
        guard new.isEqualInConstantTime(to: treeRoot) else { throw .rootMismatch }
    }
}
