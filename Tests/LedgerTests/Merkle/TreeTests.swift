import Ledger
import Testing

@Suite("Merkle tree in tiles")
struct TreeTests {
    @Test("a tree built in batches of random sizes has the naive root at every size")
    func growsLikeTheDefinition() throws {
        for seed in UInt64(1)...6 {
            var generator = SeededGenerator(seed: seed)
            let leaves = leafHashes(900)
            var frontier = TreeFrontier()
            var shelf = TileShelf()
            #expect(frontier.root == MerkleHash.empty)
            while frontier.size < 900 {
                let start = Int(frontier.size)
                let end = min(900, start + Int.random(in: 0...(seed < 3 ? 3 : 400), using: &generator))
                shelf.store(try frontier.append(leaves[start..<end]))
                #expect(frontier.size == UInt64(end))
                #expect(frontier.root == NaiveTree.root(leaves[..<end]), "seed \(seed) size \(end)")
                if end.isMultiple(of: 7) {
                    let again = try TreeFrontier(size: UInt64(end), reading: shelf)
                    #expect(again.root == frontier.root, "read back at size \(end)")
                    frontier = again
                }
            }
        }
    }

    @Test("a tree of three levels has the same root in one batch, in many, and out of its tiles")
    func threeLevels() throws {
        let count = 66_500
        let leaves = leafHashes(count)
        var whole = TreeFrontier()
        let tiles = try whole.append(leaves)
        #expect(whole.root == NaiveTree.root(leaves[...]))
        // 259 full and one partial tile of leaves, one full and one partial above them, one partial on top.
        #expect(tiles.count == 260 + 2 + 1)
        #expect(Set(tiles.map(\.coordinate)).count == tiles.count)
        var frontier = TreeFrontier()
        var shelf = TileShelf()
        for start in stride(from: 0, to: count, by: 4_321) {
            shelf.store(try frontier.append(leaves[start..<min(count, start + 4_321)]))
        }
        #expect(frontier.root == whole.root)
        #expect(shelf.count == tiles.count)
        let prover = TreeProver(size: UInt64(count), reading: shelf)
        for size in [0, 1, 255, 256, 257, 65_535, 65_536, 65_537, 66_048, 66_499, 66_500] {
            #expect(try prover.root(at: UInt64(size)) == NaiveTree.root(leaves[..<size]), "size \(size)")
        }
        for index in [0, 255, 256, 65_535, 65_536, 66_499] {
            let proof = try prover.inclusion(of: UInt64(index), in: UInt64(count))
            #expect(proof.hashes == NaiveTree.path(index, leaves[...]))
            try proof.verify(leafHash: leaves[index], root: whole.root)
        }
    }

    @Test("a batch changes only the tiles it reaches, each once")
    func changesOnlyWhatItReaches() throws {
        var frontier = TreeFrontier()
        _ = try frontier.append(leafHashes(300))
        let none = try frontier.append([Digest32]())
        #expect(none.isEmpty)
        let one = try frontier.append([MerkleHash.empty])
        #expect(one.map(\.coordinate.path) == ["tile/0/001.p/45"])
        let many = try frontier.append(leafHashes(300))
        #expect(many.map(\.coordinate.path) == ["tile/0/001", "tile/0/002.p/89", "tile/1/000.p/2"])
        #expect(many.allSatisfy { $0.hashes.count == $0.coordinate.width })
    }

    @Test("sizes 0 to 300: every inclusion proof is that of the definition and verifies")
    func allInclusionProofs() throws {
        let leaves = leafHashes(300)
        let prover = TreeProver(size: 300, reading: try TileShelf(of: leaves))
        var proofs = 0
        for size in 0...300 {
            let root = try prover.root(at: UInt64(size))
            #expect(root == NaiveTree.root(leaves[..<size]))
            for index in 0..<size {
                let proof = try prover.inclusion(of: UInt64(index), in: UInt64(size))
                if size <= 40 || size > 250 && index.isMultiple(of: 17) {
                    #expect(proof.hashes == NaiveTree.path(index, leaves[..<size]))
                }
                try proof.verify(leafHash: leaves[index], root: root)
                proofs += 1
            }
        }
        #expect(proofs == 45_150)
    }

    @Test("sizes 1 to 70: every consistency proof is that of the definition and verifies")
    func allConsistencyProofs() throws {
        let leaves = leafHashes(300)
        let prover = TreeProver(size: 300, reading: try TileShelf(of: leaves))
        let roots = (0...300).map { NaiveTree.root(leaves[..<$0]) }
        let far = (1...70).map { ($0, 300) } + [(255, 257), (256, 300), (257, 300), (299, 300), (300, 300)]
        let near = (1...70).flatMap { new in (1...new).map { ($0, new) } }
        for (old, new) in near + far {
            let proof = try prover.consistency(from: UInt64(old), to: UInt64(new))
            #expect(proof.hashes == NaiveTree.consistency(old, leaves[..<new]), "\(old) to \(new)")
            try proof.verify(oldRoot: roots[old], newRoot: roots[new])
            let subtree = try Subtree(start: 0, end: UInt64(old))
            try subtree.verifyConsistency(
                subtreeRoot: roots[old], treeSize: UInt64(new), treeRoot: roots[new], hashes: proof.hashes)
        }
    }

    @Test("refuses what the tree does not have")
    func refusesBeyondTheTree() throws {
        let prover = TreeProver(size: 10, reading: try TileShelf(of: leafHashes(10)))
        #expect(throws: ProofRefusal.sizeBeyondTree(11, available: 10)) { try prover.root(at: 11) }
        #expect(throws: ProofRefusal.sizeBeyondTree(11, available: 10)) { try prover.inclusion(of: 0, in: 11) }
        #expect(throws: ProofRefusal.indexBeyondSize(index: 5, size: 5)) { try prover.inclusion(of: 5, in: 5) }
        #expect(throws: ProofRefusal.emptyOldTree) { try prover.consistency(from: 0, to: 5) }
        #expect(throws: ProofRefusal.sizesReversed(old: 6, new: 5)) { try prover.consistency(from: 6, to: 5) }
        #expect(throws: ProofRefusal.sizeBeyondTree(11, available: 10)) { try prover.consistency(from: 5, to: 11) }
    }

    @Test("a tile with too few hashes is named")
    func namesShortTile() throws {
        var shelf = try TileShelf(of: leafHashes(300))
        shelf.cut(level: 0, index: 1, to: 43)
        let short = try TileCoordinate(level: 0, index: 1, width: 44)
        #expect(throws: TileRefusal.tooFewHashes(short, found: 43)) {
            try TreeProver(size: 300, reading: shelf).root(at: 300)
        }
        #expect(throws: TileRefusal.tooFewHashes(short, found: 43)) { try TreeFrontier(size: 300, reading: shelf) }
        #expect(try TreeProver(size: 300, reading: shelf).root(at: 256) == NaiveTree.root(leafHashes(256)[...]))
    }

    @Test("a tree too large for the database is refused before anything changes")
    func refusesFullTree() throws {
        struct Endless: TileReader {
            func hashes(of tile: TileCoordinate) throws -> [Digest32] {
                Array(repeating: MerkleHash.empty, count: tile.width)
            }
        }
        var frontier = try TreeFrontier(size: TreeFrontier.greatestSize, reading: Endless())
        let root = frontier.root
        #expect(throws: TileRefusal.treeFull) { try frontier.append([MerkleHash.empty]) }
        #expect(frontier.root == root)
        #expect(frontier.size == TreeFrontier.greatestSize)
        #expect(throws: TileRefusal.treeFull) {
            try TreeFrontier(size: TreeFrontier.greatestSize + 1, reading: Endless())
        }
        let proof = try TreeProver(size: frontier.size, reading: Endless()).inclusion(of: 1 << 62, in: frontier.size)
        #expect(proof.hashes.count <= InclusionProof.mostHashes)
    }
}
