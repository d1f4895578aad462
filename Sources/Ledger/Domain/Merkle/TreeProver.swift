/// Where tiles come from: a database, a folder, another server.
package protocol TileReader {
    /// The hashes of the tile from its left, at least `tile.width` of them.
    func hashes(of tile: TileCoordinate) throws -> [Digest32]
}

/// Makes roots and proofs of a stored tree of a given size, and of every smaller tree inside it.
///
/// Each call reads a tile once and about two tiles a level. What it makes is only as good as the tiles, so a caller
/// that does not trust the store compares with a signed root.
package struct TreeProver<Reader: TileReader> {
    /// The size of the stored tree.
    package let size: UInt64
    private let reader: Reader

    package init(size: UInt64, reading reader: Reader) {
        self.size = size
        self.reader = reader
    }

    /// The root that the tree had when it had that many leaves.
    package func root(at treeSize: UInt64) throws -> Digest32 {
        guard treeSize <= size else { throw ProofRefusal.sizeBeyondTree(treeSize, available: size) }
        var source = SubtreeSource(size: size, reader: reader)
        return treeSize == 0 ? MerkleHash.empty : try source.hash(of: 0..<treeSize)
    }

    /// The proof that the leaf stands at that index in the tree of that size (RFC 9162 §2.1.3.1).
    package func inclusion(of index: UInt64, in treeSize: UInt64) throws -> InclusionProof {
        guard treeSize <= size else { throw ProofRefusal.sizeBeyondTree(treeSize, available: size) }
        guard index < treeSize else { throw ProofRefusal.indexBeyondSize(index: index, size: treeSize) }
        var source = SubtreeSource(size: size, reader: reader)
        var low: UInt64 = 0
        var high = treeSize
        var hashes: [Digest32] = []
        while high - low > 1 {
            let middle = low + SubtreeSource<Reader>.split(of: high - low)
            if index < middle {
                hashes.append(try source.hash(of: middle..<high))
                high = middle
            } else {
                hashes.append(try source.hash(of: low..<middle))
                low = middle
            }
        }
        return InclusionProof(index: index, size: treeSize, hashes: hashes.reversed())
    }

    /// The proof that the tree of the old size is the beginning of the tree of the new size (RFC 9162 §2.1.4.1).
    package func consistency(from oldSize: UInt64, to newSize: UInt64) throws -> ConsistencyProof {
        guard newSize <= size else { throw ProofRefusal.sizeBeyondTree(newSize, available: size) }
        guard oldSize <= newSize else { throw ProofRefusal.sizesReversed(old: oldSize, new: newSize) }
        guard oldSize > 0 else { throw ProofRefusal.emptyOldTree }
        var source = SubtreeSource(size: size, reader: reader)
        var low: UInt64 = 0
        var high = newSize
        var hashes: [Digest32] = []
        var oldTreeIsKnown = true
        while oldSize != high {
            let middle = low + SubtreeSource<Reader>.split(of: high - low)
            if oldSize <= middle {
                hashes.append(try source.hash(of: middle..<high))
                high = middle
            } else {
                hashes.append(try source.hash(of: low..<middle))
                low = middle
                oldTreeIsKnown = false
            }
        }
        if !oldTreeIsKnown { hashes.append(try source.hash(of: low..<high)) }
        return ConsistencyProof(oldSize: oldSize, newSize: newSize, hashes: hashes.reversed())
    }
}

/// Hashes of subtrees for one answer; keeps the tiles it has read.
private struct SubtreeSource<Reader: TileReader> {
    let size: UInt64
    let reader: Reader
    private var tiles: [TileCoordinate: [Digest32]] = [:]

    init(size: UInt64, reader: Reader) {
        self.size = size
        self.reader = reader
    }

    /// The greatest power of two that is smaller than the count (two or more).
    static func split(of count: UInt64) -> UInt64 {
        UInt64(1) << UInt64(63 - (count - 1).leadingZeroBitCount)
    }

    /// The hash of a range that begins at a multiple of its length rounded up to a power of two.
    mutating func hash(of range: Range<UInt64>) throws -> Digest32 {
        var complete: [Digest32] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let height = 63 - (range.upperBound - start).leadingZeroBitCount
            complete.append(try completeSubtree(height: height, from: start))
            start += UInt64(1) << UInt64(height)
        }
        guard var hash = complete.popLast() else { return MerkleHash.empty }
        for left in complete.reversed() { hash = MerkleHash.node(left, hash) }
        return hash
    }

    /// The root over 2^height leaves from an index that is a multiple of 2^height.
    private mutating func completeSubtree(height: Int, from start: UInt64) throws -> Digest32 {
        let level = height / 8
        let first = start >> UInt64(8 * level)
        let count = 1 << (height % 8)
        guard let tile = TileCoordinate(level: level, index: first / 256, treeSize: size) else {
            throw TileRefusal.indexOutOfRange
        }
        let hashes = try hashes(of: tile)
        let offset = Int(first % 256)
        return MerkleHash.root(of: Array(hashes[offset..<offset + count]))
    }

    private mutating func hashes(of tile: TileCoordinate) throws -> [Digest32] {
        if let known = tiles[tile] { return known }
        let hashes = try reader.hashes(of: tile)
        guard hashes.count >= tile.width else { throw TileRefusal.tooFewHashes(tile, found: hashes.count) }
        tiles[tile] = hashes
        return hashes
    }
}
