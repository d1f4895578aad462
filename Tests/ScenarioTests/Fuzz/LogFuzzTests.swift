import Ledger
import Testing

@testable import Population

@Suite("Proofs, notes and paths from bad input")
struct LogFuzzTests {
    private static func key() throws -> LogSigningKey {
        try LogSigningKey(name: try LogOrigin("dancu/test/acts"), secret: Array(repeating: 7, count: 32))
    }

    private static func checkpoint() throws -> Checkpoint {
        try Checkpoint(
            origin: try LogOrigin("dancu/test/acts"), size: 1_234_567,
            root: try #require(Digest32(Array(repeating: 0xAB, count: 32))), extensions: ["looks 12 abc"])
    }

    @Test("what a note, checkpoint or receipt was read from is what it writes", arguments: Fuzz.seeds)
    func notes(seed: UInt64) throws {
        var mutator = Mutator(seed: seed)
        let key = try Self.key()
        let note = try Self.checkpoint().signed(by: key)
        let hash = try #require(Digest32(Array(repeating: 3, count: 32)))
        let receipt = try OfflineReceipt(index: 77, hashes: [hash, hash], note: note, extra: [1, 2, 3])
        let examples = [note.serialised, receipt.text, try Self.checkpoint().text].map { Array($0.utf8) }
        for _ in Fuzz.rounds(2_500) {
            let bytes = mutator.bytes(examples)
            let text = String(decoding: bytes, as: UTF8.self)
            if let read = try? SignedNote(parsing: bytes) {
                Fuzz.hold(Array(read.serialised.utf8) == bytes, "a note is its bytes", bytes)
                let isOurs = (try? Checkpoint(verifying: read, by: key.verificationKey)) != nil
                Fuzz.hold(!isOurs || read.text.isIdentical(to: note.text), "only what was signed verifies", bytes)
            }
            if let read = try? OfflineReceipt(parsing: bytes) {
                Fuzz.hold(Array(read.text.utf8) == bytes, "a receipt is its bytes", bytes)
                let verified = try? read.verify(leafHash: hash, logKey: key.verificationKey)
                Fuzz.hold(verified == nil, "no proof comes out of damage", bytes)
            }
            if let read = try? Checkpoint(text: text) {
                Fuzz.hold(read.text.isIdentical(to: text), "a checkpoint is its text", text)
            }
            _ = try? LogVerificationKey(parsing: text)
        }
    }

    @Test("a path of a tile is one text", arguments: Fuzz.seeds)
    func paths(seed: UInt64) throws {
        var mutator = Mutator(seed: seed)
        let examples = ["tile/0/x001/x234/067", "tile/3/000.p/17", "tile/entries/x123/456.p/255", "tile/7/000"]
        for _ in Fuzz.rounds(6_000) {
            let path = mutator.text(examples)
            if let tile = try? TileCoordinate(path: path) {
                Fuzz.hold(tile.path.isIdentical(to: path), "one path", path)
                Fuzz.hold((1...256).contains(tile.width) && (0...7).contains(tile.level), "inside the tree", path)
            }
            if let bundle = try? EntryBundleCoordinate(path: path) {
                Fuzz.hold(bundle.path.isIdentical(to: path), "one path", path)
            }
            if let digest = Digest32(hex: path) { Fuzz.hold(digest.hex.isIdentical(to: path), "one text", path) }
            if let digest = Digest32(base64: path) { Fuzz.hold(digest.base64.isIdentical(to: path), "one text", path) }
        }
    }

    @Test("a handle is read however it was typed, and stays", arguments: Fuzz.seeds)
    func handles(seed: UInt64) {
        var mutator = Mutator(seed: seed)
        let handle = Handle(random: (0..<16).map { UInt8($0 * 17) })
        for _ in Fuzz.rounds(6_000) {
            let text = mutator.text([handle.text, handle.text.uppercased()])
            if let read = Handle(parsing: text) {
                Fuzz.hold(Handle(parsing: read.text) == read, "comes back", text)
                Fuzz.hold(read.text.utf8.count == 26, "26 signs", text)
            }
            if let cursor = SearchCursor(parsing: "20-\(text)") {
                Fuzz.hold(SearchCursor(parsing: cursor.text) == cursor, "a cursor comes back", text)
            }
            _ = SearchCursor(parsing: text)
        }
    }
}
