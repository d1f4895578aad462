import Civil
import Crypto
import Ledger
import Testing

@Suite("What verifiers compute in other ways than those who write")
struct VerifyingTests {
    @Test("a tree of peaks has the root of the definition at every size, whatever it is put together from")
    func peaks() throws {
        let leaves = leafHashes(1_100)
        var peaks = TreePeaks()
        #expect(peaks.root == MerkleHash.empty)
        for (place, leaf) in leaves.enumerated() {
            try peaks.append(leaf)
            #expect(peaks.root == NaiveTree.root(leaves[...place]), "size \(place + 1)")
        }
        var subtrees = TreePeaks()
        for start in [0, 256, 512] { try subtrees.append(NaiveTree.root(leaves[start..<start + 256]), height: 8) }
        for leaf in leaves[768...] { try subtrees.append(leaf) }
        #expect(subtrees.root == peaks.root)
        #expect(throws: TileRefusal.treeFull) { try subtrees.append(leaves[0], height: 8) }
    }

    @Test("its tiles above the leaves are those of the tree that grows")
    func upperTiles() throws {
        let leaves = leafHashes(66_500)
        var frontier = TreeFrontier()
        let upper = try frontier.append(leaves).filter { $0.coordinate.level > 0 }
        var peaks = TreePeaks()
        for leaf in leaves { try peaks.append(leaf) }
        #expect(peaks.fullTileCount == 1)
        let tiles = peaks.takeFullTiles() + peaks.edgeTiles
        #expect(Set(tiles) == Set(upper))
        #expect(tiles.count == 3)
        #expect(peaks.takeFullTiles().isEmpty)
        #expect(peaks.root == frontier.root)
    }

    @Test(
        "the salted hash of bytes where they lie is the commitment", arguments: [0, 1, 15, 55, 56, 63, 64, 65, 1_330])
    func saltedHash(count: Int) throws {
        var generator = SeededGenerator(seed: UInt64(count))
        let content = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        for saltCount in [0, 16, 17, 32, 100] {
            let salt = (0..<saltCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let digest = content.withUnsafeBytes { bytes in
                salt.withUnsafeBytes { SaltedHash.digest(of: bytes, salt: $0) }
            }
            let code = HMAC<SHA256>.authenticationCode(for: content, using: SymmetricKey(data: salt))
            #expect(digest.bytes == Array(code), "salt of \(saltCount) bytes")
        }
    }
}
