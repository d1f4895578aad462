import Database

/// A stretch of a log, read and hashed on one thread while others read and hash other stretches.
///
/// A log is only added to: what stands below its size is the same in every snapshot that is taken later.
struct LogSlice: Sendable {
    struct Place: Sendable {
        let index: Int64
        let entry: Int64
    }

    /// What can be said of one place without knowing the others.
    enum Finding: Sendable {
        case entryMissing, contentMissing, contentChanged
    }

    /// Places of a slice; a whole number of tiles.
    static let length: Int64 = 8_192

    let log: LogName
    /// Indexes that the slice is about.
    let range: Range<Int64>
    /// What stands there, in its order.
    private(set) var places: [Place] = []
    /// The leaf of each place as its entry gives it; where the entry is not there, nil.
    private(set) var computed: [Digest32?] = []
    /// The hashes of the leaves that the log holds, tile by tile; a tile that is not there or too short has none.
    private var tiles: [[Digest32]]
    private(set) var findings: [(place: Int, finding: Finding)] = []
    /// Contents and looks that a retention rule took away.
    private(set) var removed = 0
    /// Entries that are there, and the rows of the streams that follow from them.
    var present = 0
    var streams = StreamSum()
    /// The roots of full tiles that are as their entries give them.
    private var roots: [Digest32?] = []

    /// Reads the slice from a log of that size.
    init(of log: LogName, _ range: Range<Int64>, size: UInt64, on connection: Connection) throws {
        self.log = log
        self.range = range
        let tileCount = Int((range.upperBound - range.lowerBound + 255) / 256)
        tiles = Array(repeating: [], count: tileCount)
        places.reserveCapacity(range.count)
        try connection.forEach(
            """
            SELECT leaf_index, entry_id FROM log_leaf WHERE log = ? AND leaf_index >= ? AND leaf_index < ?
            ORDER BY leaf_index
            """, [.integer(log.rawValue), .integer(range.lowerBound), .integer(range.upperBound)]
        ) { places.append(Place(index: try $0.int64(0), entry: try $0.int64(1))) }
        computed = Array(repeating: nil, count: places.count)
        try readTiles(size, on: connection)
        let runs = EntryRun.cut(places.map(\.entry))
        switch log {
        case .acts:
            var acts = ActReading(connection: connection)
            for run in runs { try acts.read(run, into: &self) }
        case .looks:
            var looks = LookReading(connection: connection)
            for run in runs { try looks.read(run, into: &self) }
        }
        findRoots()
    }

    private mutating func readTiles(_ size: UInt64, on connection: Connection) throws {
        let first = range.lowerBound / 256
        try connection.forEach(
            """
            SELECT tile_index, hashes FROM log_tile
            WHERE log = ? AND level = 0 AND tile_index >= ? AND tile_index < ?
            """, [.integer(log.rawValue), .integer(first), .integer(first + Int64(tiles.count))]
        ) { row in
            let index = try row.int64(0)
            guard let tile = TileCoordinate(level: 0, index: UInt64(index), treeSize: size),
                let hashes = Digest32.list(from: try row.blob(1)), hashes.count >= tile.width
            else { return }
            tiles[Int(index - first)] = hashes.count == tile.width ? hashes : Array(hashes.prefix(tile.width))
        }
    }

    // MARK: What the reading finds

    mutating func found(_ leaf: Digest32, at place: Int) {
        computed[place] = leaf
        present += 1
    }

    mutating func found(_ finding: Finding, at place: Int) {
        findings.append((place, finding))
    }

    mutating func foundRemoved() { removed += 1 }

    /// Tiles whose leaves are those of the log need not be looked at one by one.
    private mutating func findRoots() {
        roots = Array(repeating: nil, count: tiles.count)
        guard places.count == range.count else { return }
        for (number, tile) in tiles.enumerated() where tile.count == TileCoordinate.fullWidth {
            let leaves = computed[number * 256..<number * 256 + 256]
            guard zip(leaves, tile).allSatisfy({ $0 == nil || $0 == $1 }) else { continue }
            roots[number] = MerkleHash.root(of: tile)
        }
    }

    // MARK: What the growing of the tree asks

    /// The hash that stands in the log at that index, if there is one.
    func stored(_ index: Int64) -> Digest32? {
        let offset = Int(index - range.lowerBound)
        let (tile, place) = (tiles[offset / 256], offset % 256)
        return place < tile.count ? tile[place] : nil
    }

    /// The root over the 256 places from there, when they are one tile and nothing is wrong with it.
    func root(ofTileAt place: Int) -> Digest32? {
        place.isMultiple(of: 256) && place / 256 < roots.count ? roots[place / 256] : nil
    }

    /// `act 17 (index 4)`.
    func text(of place: Int) -> String {
        let there = places[place]
        return "\(log == .acts ? "act" : "look") \(there.entry) (index \(there.index))"
    }
}
