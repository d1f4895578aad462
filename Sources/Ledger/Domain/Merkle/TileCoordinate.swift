/// The place of a tile in a tree, as C2SP tlog-tiles lays trees out: 256 hashes of one level, the last tile of a level
/// with fewer.
///
/// A tile of level `L` holds the roots of complete subtrees of 256^L leaves; level 0 holds the hashes of the leaves.
package struct TileCoordinate: Hashable, Sendable {
    /// How many hashes a full tile has.
    package static let fullWidth = 256
    /// Levels above this one cannot have a single hash in a tree that is counted with 64 bits.
    package static let highestLevel = 7

    package let level: Int
    /// Counted from the left, beginning with zero.
    package let index: UInt64
    /// How many hashes the tile has, 1 to 256.
    package let width: Int

    /// The tile, or the bound that it breaks.
    package init(level: Int, index: UInt64, width: Int = TileCoordinate.fullWidth) throws(TileRefusal) {
        guard (0...TileCoordinate.highestLevel).contains(level) else { throw .levelOutOfRange }
        guard (1...TileCoordinate.fullWidth).contains(width) else { throw .widthOutOfRange }
        let tilesOfLevel = UInt64(1) << UInt64(8 * (TileCoordinate.highestLevel - level))
        guard index < tilesOfLevel else { throw .indexOutOfRange }
        self.init(unchecked: level, index, width)
    }

    /// The tile that a tree of that size has there, with its width; nil when the tree has none.
    package init?(level: Int, index: UInt64, treeSize: UInt64) {
        guard (0...TileCoordinate.highestLevel).contains(level) else { return nil }
        let hashes = treeSize >> UInt64(8 * level)
        guard index <= hashes / 256, index * 256 < hashes else { return nil }
        self.init(unchecked: level, index, Int(min(256, hashes - index * 256)))
    }

    private init(unchecked level: Int, _ index: UInt64, _ width: Int) {
        self.level = level
        self.index = index
        self.width = width
    }

    package var isFull: Bool { width == TileCoordinate.fullWidth }

    /// How many full tiles the level of a tree of that size has.
    package static func fullTiles(level: Int, treeSize: UInt64) -> UInt64 {
        treeSize >> UInt64(8 * level + 8)
    }

    /// The tiles at the right edge of a tree of that size that are not full, from the leaves upward.
    package static func rightEdge(ofTreeOf size: UInt64) -> [TileCoordinate] {
        (0...highestLevel).compactMap { level in
            let width = Int(size >> UInt64(8 * level) & 255)
            guard width > 0 else { return nil }
            return TileCoordinate(unchecked: level, fullTiles(level: level, treeSize: size), width)
        }
    }
}

extension TileCoordinate {
    /// The path under the log's address: `tile/0/x001/x234/067`, with `.p/112` behind it when the tile is not full.
    package var path: String {
        "tile/\(level)/\(TilePath.text(index: index, width: width))"
    }

    /// The tile that the path names; only the one canonical spelling is read.
    package init(path: some StringProtocol) throws(TileRefusal) {
        let parts = try TilePath.parts(of: path)
        guard let level = DecimalText.number(of: parts[1].utf8) else { throw .malformedPath }
        guard level <= UInt64(TileCoordinate.highestLevel) else { throw .levelOutOfRange }
        let (index, width) = try TilePath.place(in: parts.dropFirst(2))
        try self.init(level: Int(level), index: index, width: width)
        guard self.path.utf8.elementsEqual(path.utf8) else { throw .malformedPath }
    }
}

/// The place of a bundle of entries: the data of the leaves of one tile of level 0.
package struct EntryBundleCoordinate: Hashable, Sendable {
    package let index: UInt64
    /// How many entries the bundle has, 1 to 256.
    package let width: Int

    package init(index: UInt64, width: Int = TileCoordinate.fullWidth) throws(TileRefusal) {
        let leaves = try TileCoordinate(level: 0, index: index, width: width)
        self.index = leaves.index
        self.width = leaves.width
    }

    /// The path under the log's address: `tile/entries/x001/x234/067`.
    package var path: String { "tile/entries/\(TilePath.text(index: index, width: width))" }

    /// The bundle that the path names; only the one canonical spelling is read.
    package init(path: some StringProtocol) throws(TileRefusal) {
        let parts = try TilePath.parts(of: path)
        guard parts[1] == "entries" else { throw .malformedPath }
        let (index, width) = try TilePath.place(in: parts.dropFirst(2))
        try self.init(index: index, width: width)
        guard self.path.utf8.elementsEqual(path.utf8) else { throw .malformedPath }
    }
}

/// The spelling of index and width in the paths of C2SP tlog-tiles.
private enum TilePath {
    /// Long enough for every tile of level 0 (`tile/entries/` and six groups of three digits with a width).
    static let longest = 64

    /// Three digits a group, every group but the last with an `x`.
    static func text(index: UInt64, width: Int) -> String {
        var groups: [String] = []
        var rest = index
        repeat {
            let digits = String(rest % 1000)
            let padded = String(repeating: "0", count: 3 - digits.count) + digits
            groups.append(groups.isEmpty ? padded : "x" + padded)
            rest /= 1000
        } while rest > 0
        let partial = width == TileCoordinate.fullWidth ? "" : ".p/\(width)"
        return groups.reversed().joined(separator: "/") + partial
    }

    static func parts(of path: some StringProtocol) throws(TileRefusal) -> [String] {
        guard path.utf8.count <= longest else { throw .malformedPath }
        let parts = Array(path.utf8).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count >= 3, parts[0] == "tile" else { throw .malformedPath }
        return parts
    }

    /// Reads generously; the caller writes the result again and compares.
    static func place(in parts: ArraySlice<String>) throws(TileRefusal) -> (index: UInt64, width: Int) {
        var groups = Array(parts)
        var width = TileCoordinate.fullWidth
        if groups.count >= 2, groups[groups.count - 2].hasSuffix(".p") {
            guard let written = DecimalText.number(of: groups.removeLast().utf8) else { throw .malformedPath }
            guard (1...255).contains(written) else { throw .widthOutOfRange }
            width = Int(written)
            groups[groups.count - 1].removeLast(2)
        }
        var index: UInt64 = 0
        for group in groups {
            let digits = group.utf8.drop { $0 == UInt8(ascii: "x") }
            guard digits.count == 3, index < 1_000_000_000_000_000 else { throw .malformedPath }
            for digit in digits {
                guard (48...57).contains(digit) else { throw .malformedPath }
                index = index * 10 + UInt64(digit - 48)
            }
        }
        return (index, width)
    }
}
