import Ledger

/// A generator with a seed, so that a failing run can be repeated (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// The definitions of RFC 9162 §2.1 written down word for word: slow, recursive, without tiles.
enum NaiveTree {
    static func split(_ count: Int) -> Int {
        var half = 1
        while half * 2 < count { half *= 2 }
        return half
    }

    static func root(_ leaves: ArraySlice<Digest32>) -> Digest32 {
        guard leaves.count > 1 else { return leaves.first ?? MerkleHash.empty }
        let middle = leaves.startIndex + split(leaves.count)
        return MerkleHash.node(root(leaves[..<middle]), root(leaves[middle...]))
    }

    static func path(_ index: Int, _ leaves: ArraySlice<Digest32>) -> [Digest32] {
        guard leaves.count > 1 else { return [] }
        let half = split(leaves.count)
        let middle = leaves.startIndex + half
        if index < half { return path(index, leaves[..<middle]) + [root(leaves[middle...])] }
        return path(index - half, leaves[middle...]) + [root(leaves[..<middle])]
    }

    static func consistency(_ old: Int, _ leaves: ArraySlice<Digest32>, whole: Bool = true) -> [Digest32] {
        if old == leaves.count { return whole ? [] : [root(leaves)] }
        let half = split(leaves.count)
        let middle = leaves.startIndex + half
        if old <= half { return consistency(old, leaves[..<middle], whole: whole) + [root(leaves[middle...])] }
        return consistency(old - half, leaves[middle...], whole: false) + [root(leaves[..<middle])]
    }
}

extension NaiveTree {
    /// The proof that leaves `start..<end` are a subtree of the whole (draft-ietf-plants-merkle-tree-certs).
    static func subtree(
        _ start: Int, _ end: Int, _ leaves: ArraySlice<Digest32>, whole: Bool = true
    ) -> [Digest32] {
        if start == 0, end == leaves.count { return whole ? [] : [root(leaves)] }
        let half = split(leaves.count)
        let left = leaves.prefix(half)
        let right = leaves.dropFirst(half)
        if end <= half { return subtree(start, end, left, whole: whole) + [root(right)] }
        if half <= start { return subtree(start - half, end - half, right, whole: whole) + [root(left)] }
        return subtree(0, end - half, right, whole: false) + [root(left)]
    }
}

/// Tiles in memory; the last state of each place wins, as in a database.
struct TileShelf: TileReader {
    private var tiles: [Place: [Digest32]] = [:]

    struct Place: Hashable {
        let level: Int
        let index: UInt64
    }

    init() {}

    /// The tiles of a tree with those leaves, added at once.
    init(of leaves: [Digest32]) throws {
        var frontier = TreeFrontier()
        store(try frontier.append(leaves))
    }

    mutating func store(_ changed: [Tile]) {
        for tile in changed {
            tiles[Place(level: tile.coordinate.level, index: tile.coordinate.index)] = tile.hashes
        }
    }

    mutating func cut(level: Int, index: UInt64, to count: Int) {
        let place = Place(level: level, index: index)
        tiles[place] = tiles[place].map { Array($0.prefix(count)) }
    }

    var count: Int { tiles.count }

    func hashes(of tile: TileCoordinate) throws -> [Digest32] {
        tiles[Place(level: tile.level, index: tile.index)] ?? []
    }
}

/// The hashes of that many different leaves.
func leafHashes(_ count: Int) -> [Digest32] {
    (0..<count).map { MerkleHash.leaf(Array("leaf \($0)".utf8)) }
}

extension Digest32 {
    /// The digest with one bit turned over.
    func flipped(byte: Int, bit: Int = 0) throws -> Digest32 {
        var bytes = bytes
        bytes[byte] ^= 1 << UInt8(bit)
        return try digest(bytes)
    }
}

struct NoDigest: Error {}

/// The digest in the bytes, or an error that ends the test.
func digest(_ bytes: [UInt8]) throws -> Digest32 {
    guard let digest = Digest32(bytes) else { throw NoDigest() }
    return digest
}
