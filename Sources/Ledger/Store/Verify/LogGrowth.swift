/// Builds the tree of a log anew from its slices, in their order, and compares it with every signed root.
struct LogGrowth {
    let log: LogName
    /// The log's size as its row of state says.
    let size: UInt64
    private(set) var result: LogVerification
    /// The tree over the hashes that the log holds, or over what entries give where it holds none.
    private(set) var tree = TreePeaks()
    /// The tree over what entries give, where the two have been different since the last checkpoint.
    private var byEntries: TreePeaks?
    /// The places where they differ.
    private var suspects: [(text: String, index: Int64)] = []
    private var damagedTiles: Set<String> = []
    /// Checkpoints that the tree has not reached, the greatest first.
    private var checkpoints: [StoredCheckpoint]
    private var next: Int64 = 0

    /// Suspects that are kept until the next checkpoint; beyond these nobody waits for it.
    private static let mostSuspects = 65_536
    private static let tileLeaves: UInt64 = 256

    /// Takes the checkpoints in the order of their sizes.
    init(log: LogName, size: UInt64, checkpoints: [StoredCheckpoint], result: LogVerification) {
        self.log = log
        self.size = size
        self.checkpoints = checkpoints.reversed()
        self.result = result
    }

    /// Grows the tree by the next slice.
    mutating func take(_ slice: LogSlice) throws {
        switch log {
        case .acts: result.removedContents += slice.removed
        case .looks: result.removedLooks += slice.removed
        }
        for (place, finding) in slice.findings {
            let kind: LogDamage.Kind =
                switch finding {
                case .entryMissing: .entryMissing
                case .contentMissing: .contentMissing
                case .contentChanged: .contentChanged
                }
            result.found(kind, log, slice.text(of: place))
        }
        var place = 0
        while place < slice.places.count {
            if let root = slice.root(ofTileAt: place), isFree(next: LogGrowth.tileLeaves),
                next == slice.places[place].index
            {
                try append(root, root, height: 8)
                next += Int64(LogGrowth.tileLeaves)
                place += Int(LogGrowth.tileLeaves)
            } else {
                try take(place, of: slice)
                place += 1
            }
        }
    }

    /// Whether a subtree of so many leaves fits on the tree, and no checkpoint lies inside it.
    private func isFree(next leaves: UInt64) -> Bool {
        tree.size.isMultiple(of: leaves) && checkpoints.last.map { $0.size >= tree.size + leaves } ?? true
    }

    /// Adds a leaf as the log has it, beside what the entry gives; which was changed, the next checkpoint tells.
    private mutating func take(_ place: Int, of slice: LogSlice) throws {
        let index = slice.places[place].index
        if index != next { result.found(.placesBroken, log, "index \(next)") }
        next = index + 1
        let (stored, computed) = (slice.stored(index), slice.computed[place])
        if stored == nil { tileChanged(over: index) }
        if let stored, let computed, stored != computed {
            if byEntries == nil { byEntries = tree }
            suspects.append((slice.text(of: place), index))
        }
        let leaf = stored ?? computed ?? MerkleHash.empty
        try append(leaf, computed ?? leaf, height: 0)
    }

    private mutating func append(_ hash: Digest32, _ computed: Digest32, height: Int) throws {
        try tree.append(hash, height: height)
        try byEntries?.append(computed, height: height)
        if let checkpoint = checkpoints.last, checkpoint.size == tree.size {
            checkpoints.removeLast()
            settle(root: checkpoint.root)
            if checkpoint.root != tree.root { result.found(.rootChanged, log, "checkpoint \(checkpoint.size)") }
        } else if suspects.count >= LogGrowth.mostSuspects {
            settle(root: nil)
        }
    }

    /// Where entries and tiles differ, the signed root tells which of them were changed; in doubt the entries.
    private mutating func settle(root: Digest32?) {
        guard let other = byEntries else { return }
        if let root, other.root == root {
            tree = other
            for suspect in suspects { tileChanged(over: suspect.index) }
        } else {
            for suspect in suspects { result.found(.entryChanged, log, suspect.text) }
        }
        byEntries = nil
        suspects = []
    }

    // MARK: Tiles

    private mutating func tileChanged(over index: Int64) {
        let (index, tile) = (UInt64(index), UInt64(index) / LogGrowth.tileLeaves)
        tileChanged(TileCoordinate(level: 0, index: tile, treeSize: max(size, index + 1))?.path ?? "tile/0/\(tile)")
    }

    private mutating func tileChanged(_ path: String) {
        if damagedTiles.insert(path).inserted { result.found(.tileChanged, log, path) }
    }

    /// Tiles above the leaves that are to be compared: those that are full and sure by now, many at a time.
    mutating func tilesToCompare() -> [Tile] {
        guard byEntries == nil, tree.fullTileCount >= LogGrowth.mostTiles else { return [] }
        return tree.takeFullTiles()
    }

    /// Full tiles that wait; each is over 65,536 leaves.
    private static let mostTiles = 16

    /// The tiles that the log holds in place of those that were computed.
    mutating func compare(_ tiles: [Tile], with stored: [[Digest32]?]) {
        for (tile, hashes) in zip(tiles, stored) where hashes != tile.hashes { tileChanged(tile.coordinate.path) }
    }

    // MARK: The end

    /// Says what the end of the log shows; gives the tiles that remain to be compared.
    mutating func end() -> [Tile] {
        settle(root: nil)
        result.leaves[log] = Int(tree.size)
        if size != tree.size { result.found(.placesBroken, log, "size \(size), entries \(tree.size)") }
        for rest in checkpoints.reversed() { result.found(.rootChanged, log, "checkpoint \(rest.size)") }
        return tree.takeFullTiles() + tree.edgeTiles
    }

    mutating func found(_ kind: LogDamage.Kind, _ place: String) { result.found(kind, log, place) }
}
