import Ledger
import Testing

@Suite("Paths of tiles (C2SP tlog-tiles)")
struct TileCoordinateTests {
    @Test(
        "a path is written and read back",
        arguments: [
            (0, 0, 256, "tile/0/000"), (0, 1_234_067, 256, "tile/0/x001/x234/067"), (1, 999, 1, "tile/1/999.p/1"),
            (2, 1_000, 255, "tile/2/x001/000.p/255"), (7, 0, 127, "tile/7/000.p/127"),
            (0, 72_057_594_037_927_935, 256, "tile/0/x072/x057/x594/x037/x927/935"),
        ] as [(Int, UInt64, Int, String)])
    func writesAndReads(level: Int, index: UInt64, width: Int, path: String) throws {
        let tile = try TileCoordinate(level: level, index: index, width: width)
        #expect(tile.path == path)
        #expect(try TileCoordinate(path: path) == tile)
        guard level == 0 else { return }
        let bundle = try EntryBundleCoordinate(index: index, width: width)
        #expect(bundle.path == path.replacingPrefix("tile/0", by: "tile/entries"))
        #expect(try EntryBundleCoordinate(path: bundle.path) == bundle)
    }

    @Test(
        "any other spelling is refused",
        arguments: [
            "", "tile", "tile/0", "tile//000", "/tile/0/000", "tile/0/000/", "tile/00/000", "tile/0/0", "tile/0/0000",
            "tile/0/x000/001", "tile/0/001/002", "tile/0/x001", "tile/0/xx01/002", "tile/0/xx001/002", "tile/0/-01",
            "tile/0/00a", "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/01", "tile/0/000.p/1/2", "tile/-1/000",
            "tile/+1/000", "tile/0/x001.p/234", "tile/0/000.P/1", "tile/0/000.p/1\n", "TILE/0/000", "tile/0/..",
            "tile/0/x001/x001/x001/x001/x001/x001/x001/x001/x001/x001/x001/x001/x001/001", "tile/0/００１",
            "tile/entries/000",
        ])
    func refusesOtherSpellings(path: String) {
        #expect(throws: TileRefusal.malformedPath) { try TileCoordinate(path: path) }
    }

    @Test("level, index and width have bounds")
    func bounds() {
        #expect(throws: TileRefusal.levelOutOfRange) { try TileCoordinate(path: "tile/8/000") }
        #expect(throws: TileRefusal.levelOutOfRange) { try TileCoordinate(path: "tile/64/000") }
        #expect(throws: TileRefusal.levelOutOfRange) { try TileCoordinate(level: -1, index: 0) }
        #expect(throws: TileRefusal.indexOutOfRange) { try TileCoordinate(path: "tile/7/001") }
        #expect(throws: TileRefusal.indexOutOfRange) { try TileCoordinate(level: 0, index: 1 << 56) }
        #expect(throws: TileRefusal.indexOutOfRange) { try TileCoordinate(level: 0, index: .max) }
        #expect(throws: TileRefusal.widthOutOfRange) { try TileCoordinate(path: "tile/0/000.p/0") }
        #expect(throws: TileRefusal.widthOutOfRange) { try TileCoordinate(path: "tile/0/000.p/256") }
        #expect(throws: TileRefusal.widthOutOfRange) { try TileCoordinate(level: 0, index: 0, width: 257) }
        #expect(throws: TileRefusal.malformedPath) { try EntryBundleCoordinate(path: "tile/0/000") }
    }

    @Test("the tiles of a tree follow from its size")
    func tilesOfTree() {
        #expect(TileCoordinate.rightEdge(ofTreeOf: 0).isEmpty)
        #expect(TileCoordinate.rightEdge(ofTreeOf: 256).map(\.path) == ["tile/1/000.p/1"])
        #expect(
            TileCoordinate.rightEdge(ofTreeOf: 70_000).map(\.path)
                == ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"])
        #expect(TileCoordinate(level: 0, index: 273, treeSize: 70_000)?.width == 112)
        #expect(TileCoordinate(level: 0, index: 272, treeSize: 70_000)?.isFull == true)
        #expect(TileCoordinate(level: 0, index: 274, treeSize: 70_000) == nil)
        #expect(TileCoordinate(level: 0, index: 0, treeSize: 0) == nil)
        #expect(TileCoordinate(level: 0, index: .max, treeSize: .max) == nil)
        #expect(TileCoordinate(level: 7, index: 0, treeSize: .max)?.width == 255)
        #expect(TileCoordinate(level: 8, index: 0, treeSize: .max) == nil)
    }
}

extension String {
    fileprivate func replacingPrefix(_ prefix: String, by new: String) -> String {
        hasPrefix(prefix) ? new + dropFirst(prefix.count) : self
    }
}
