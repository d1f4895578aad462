/// A tile with its hashes.
package struct Tile: Hashable, Sendable {
    package let coordinate: TileCoordinate
    package let hashes: [Digest32]

    package init(coordinate: TileCoordinate, hashes: [Digest32]) {
        self.coordinate = coordinate
        self.hashes = hashes
    }
}

/// The growing edge of a tree: all that is needed to add leaves to it, at most 255 hashes a level.
///
/// `append` costs one node hash a leaf whatever the size of the tree. It is a value: if storing the tiles fails, the
/// copy from before is the tree as it was.
package struct TreeFrontier: Sendable {
    /// The greatest size of a tree: sizes stay signed 64-bit numbers in the database, proofs at most 63 hashes.
    package static let greatestSize = UInt64(Int64.max)

    /// How many leaves the tree has.
    package private(set) var size: UInt64
    /// The hashes of the last tile of each level as long as it is not full.
    private var edge: [[Digest32]]

    /// The tree without leaves.
    package init() {
        size = 0
        edge = Array(repeating: [], count: TileCoordinate.highestLevel + 1)
    }

    /// The edge of a stored tree of that size; reads at most eight tiles.
    package init(size: UInt64, reading tiles: some TileReader) throws {
        self.init()
        guard size <= TreeFrontier.greatestSize else { throw TileRefusal.treeFull }
        self.size = size
        for tile in TileCoordinate.rightEdge(ofTreeOf: size) {
            let hashes = try tiles.hashes(of: tile)
            guard hashes.count >= tile.width else {
                throw TileRefusal.tooFewHashes(tile, found: hashes.count)
            }
            edge[tile.level] = Array(hashes.prefix(tile.width))
        }
    }

    /// The root of the tree; `MerkleHash.empty` when it has no leaves.
    package var root: Digest32 {
        var right: Digest32?
        for hashes in edge where !(hashes.isEmpty && right == nil) {
            right = MerkleHash.root(of: right.map { hashes + [$0] } ?? hashes)
        }
        return right ?? MerkleHash.empty
    }

    /// Adds the hashes of leaves at the right.
    ///
    /// Returns each tile that is new or has changed, once, with its final hashes; the tiles of a level in their order.
    package mutating func append(_ leaves: some Collection<Digest32>) throws(TileRefusal) -> [Tile] {
        let (newSize, overflow) = size.addingReportingOverflow(UInt64(leaves.count))
        guard !overflow, newSize <= TreeFrontier.greatestSize else { throw .treeFull }
        guard !leaves.isEmpty else { return [] }
        var changed: [Tile] = []
        var arriving = Array(leaves)
        var level = 0
        while !arriving.isEmpty {
            var index = TileCoordinate.fullTiles(level: level, treeSize: size)
            var upward: [Digest32] = []
            var at = 0
            while at < arriving.count {
                let taken = min(TileCoordinate.fullWidth - edge[level].count, arriving.count - at)
                edge[level].append(contentsOf: arriving[at..<at + taken])
                at += taken
                let tile = try TileCoordinate(level: level, index: index, width: edge[level].count)
                changed.append(Tile(coordinate: tile, hashes: edge[level]))
                if tile.isFull {
                    upward.append(MerkleHash.root(of: edge[level]))
                    edge[level] = []
                    index += 1
                }
            }
            arriving = upward
            level += 1
        }
        size = newSize
        return changed
    }
}
