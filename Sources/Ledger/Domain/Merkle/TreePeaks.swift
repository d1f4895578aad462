/// A tree that is built anew, as the roots of its complete subtrees: a leaf costs one node, a root a few.
///
/// `TreeFrontier` is for logs that grow, and keeps the hashes of the last tiles; this one is for verifiers, who ask for
/// many roots and can take over subtrees that somebody else has computed.
package struct TreePeaks: Sendable {
    private struct Peak {
        let height: Int
        let hash: Digest32
    }

    /// How many leaves the tree has.
    package private(set) var size: UInt64 = 0
    /// Complete subtrees from the left; each is smaller than the one before it.
    private var peaks: [Peak] = []
    /// The hashes of the last tile of each level above the leaves.
    private var edge: [[Digest32]] = Array(repeating: [], count: TileCoordinate.highestLevel + 1)
    /// Tiles above the leaves that have become full and have not been taken.
    private var full: [Tile] = []

    /// The tree without leaves.
    package init() {}

    /// The root of the tree; `MerkleHash.empty` when it has no leaves.
    package var root: Digest32 {
        guard var root = peaks.last?.hash else { return MerkleHash.empty }
        for peak in peaks.dropLast().reversed() { root = MerkleHash.node(peak.hash, root) }
        return root
    }

    /// Adds a complete subtree of 2^height leaves at the right; the size must be a multiple of that.
    package mutating func append(_ hash: Digest32, height: Int = 0) throws(TileRefusal) {
        let leaves = UInt64(1) << UInt64(height)
        guard height < 63, size.isMultiple(of: leaves), size <= TreeFrontier.greatestSize - leaves else {
            throw .treeFull
        }
        size += leaves
        var peak = Peak(height: height, hash: hash)
        try note(peak)
        while let left = peaks.last, left.height == peak.height {
            peaks.removeLast()
            peak = Peak(height: peak.height + 1, hash: MerkleHash.node(left.hash, peak.hash))
            try note(peak)
        }
        peaks.append(peak)
    }

    /// A complete subtree that is one hash of a tile above the leaves.
    private mutating func note(_ peak: Peak) throws(TileRefusal) {
        guard peak.height > 0, peak.height.isMultiple(of: 8) else { return }
        let level = peak.height / 8
        edge[level].append(peak.hash)
        guard edge[level].count == TileCoordinate.fullWidth else { return }
        let index = TileCoordinate.fullTiles(level: level, treeSize: size) - 1
        full.append(Tile(coordinate: try TileCoordinate(level: level, index: index), hashes: edge[level]))
        edge[level].removeAll(keepingCapacity: true)
    }

    /// How many full tiles above the leaves wait to be taken.
    package var fullTileCount: Int { full.count }

    /// The tiles above the leaves that have become full since the last time, each once.
    package mutating func takeFullTiles() -> [Tile] {
        defer { full.removeAll() }
        return full
    }

    /// The tiles above the leaves at the right edge, which are not full.
    package var edgeTiles: [Tile] {
        TileCoordinate.rightEdge(ofTreeOf: size).filter { $0.level > 0 }.map { tile in
            Tile(coordinate: tile, hashes: edge[tile.level])
        }
    }
}
