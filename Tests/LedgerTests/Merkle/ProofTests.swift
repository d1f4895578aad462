import Ledger
import Testing

@Suite("Proofs")
struct ProofTests {
    private static let leaves = leafHashes(21)

    /// The error of the check, or nil when it passes.
    private func refusal(_ check: () throws -> Void) -> ProofRefusal? {
        do {
            try check()
            return nil
        } catch {
            return error as? ProofRefusal
        }
    }

    @Test("an inclusion proof with any bit of any byte changed is refused")
    func refusesTamperedInclusion() throws {
        let leaves = ProofTests.leaves
        let root = NaiveTree.root(leaves[...])
        for index in [0, 7, 16, 20] {
            let hashes = NaiveTree.path(index, leaves[...])
            for place in hashes.indices {
                for byte in 0..<32 {
                    var changed = hashes
                    changed[place] = try hashes[place].flipped(byte: byte, bit: byte % 8)
                    let proof = InclusionProof(index: UInt64(index), size: 21, hashes: changed)
                    #expect(refusal { try proof.verify(leafHash: leaves[index], root: root) } == .rootMismatch)
                }
            }
            let proof = InclusionProof(index: UInt64(index), size: 21, hashes: hashes)
            for byte in 0..<32 {
                let otherLeaf = try leaves[index].flipped(byte: byte)
                #expect(refusal { try proof.verify(leafHash: otherLeaf, root: root) } == .rootMismatch)
                let otherRoot = try root.flipped(byte: byte)
                #expect(refusal { try proof.verify(leafHash: leaves[index], root: otherRoot) } == .rootMismatch)
            }
        }
    }

    @Test("an inclusion proof for another index, or too short or long, is refused")
    func refusesMisplacedInclusion() {
        let leaves = ProofTests.leaves
        let root = NaiveTree.root(leaves[...])
        for index in leaves.indices {
            let hashes = NaiveTree.path(index, leaves[...])
            for other in leaves.indices where other != index {
                let proof = InclusionProof(index: UInt64(other), size: 21, hashes: hashes)
                #expect(refusal { try proof.verify(leafHash: leaves[index], root: root) } != nil)
            }
            let short = InclusionProof(index: UInt64(index), size: 21, hashes: hashes.dropLast())
            #expect(refusal { try short.verify(leafHash: leaves[index], root: root) } == .wrongNumberOfHashes)
            let long = InclusionProof(index: UInt64(index), size: 21, hashes: hashes + [root])
            #expect(refusal { try long.verify(leafHash: leaves[index], root: root) } == .wrongNumberOfHashes)
        }
        let many = InclusionProof(index: 0, size: .max, hashes: Array(repeating: root, count: 64))
        #expect(refusal { try many.verify(leafHash: root, root: root) } == .tooManyHashes(64))
        let none = InclusionProof(index: 0, size: 0, hashes: [])
        #expect(
            refusal { try none.verify(leafHash: MerkleHash.empty, root: MerkleHash.empty) }
                == .indexBeyondSize(index: 0, size: 0))
    }

    @Test("a consistency proof with any bit of any byte changed is refused")
    func refusesTamperedConsistency() throws {
        let leaves = ProofTests.leaves
        let newRoot = NaiveTree.root(leaves[...])
        for old in [1, 6, 8, 16, 20] {
            let oldRoot = NaiveTree.root(leaves[..<old])
            let hashes = NaiveTree.consistency(old, leaves[...])
            for place in hashes.indices {
                for byte in 0..<32 {
                    var changed = hashes
                    changed[place] = try hashes[place].flipped(byte: byte, bit: byte % 8)
                    let proof = ConsistencyProof(oldSize: UInt64(old), newSize: 21, hashes: changed)
                    #expect(refusal { try proof.verify(oldRoot: oldRoot, newRoot: newRoot) } != nil)
                }
            }
            let proof = ConsistencyProof(oldSize: UInt64(old), newSize: 21, hashes: hashes)
            for byte in 0..<32 {
                let otherOld = try oldRoot.flipped(byte: byte)
                let otherNew = try newRoot.flipped(byte: byte)
                #expect(refusal { try proof.verify(oldRoot: otherOld, newRoot: newRoot) } != nil)
                #expect(refusal { try proof.verify(oldRoot: oldRoot, newRoot: otherNew) } == .rootMismatch)
            }
            let short = ConsistencyProof(oldSize: UInt64(old), newSize: 21, hashes: hashes.dropLast())
            #expect(refusal { try short.verify(oldRoot: oldRoot, newRoot: newRoot) } == .wrongNumberOfHashes)
            let long = ConsistencyProof(oldSize: UInt64(old), newSize: 21, hashes: hashes + [oldRoot])
            #expect(refusal { try long.verify(oldRoot: oldRoot, newRoot: newRoot) } == .wrongNumberOfHashes)
        }
    }

    @Test("consistency from the empty tree, backwards, or of equal trees with hashes is refused")
    func refusesMeaninglessConsistency() {
        let root = NaiveTree.root(ProofTests.leaves[...])
        let empty = MerkleHash.empty
        func check(_ old: UInt64, _ new: UInt64, _ hashes: [Digest32], _ oldRoot: Digest32) -> ProofRefusal? {
            refusal {
                try ConsistencyProof(oldSize: old, newSize: new, hashes: hashes).verify(oldRoot: oldRoot, newRoot: root)
            }
        }
        #expect(check(0, 21, [], empty) == .emptyOldTree)
        #expect(check(0, 0, [], empty) == .emptyOldTree)
        #expect(check(22, 21, [], root) == .sizesReversed(old: 22, new: 21))
        #expect(check(21, 21, [root], root) == .wrongNumberOfHashes)
        #expect(check(21, 21, [], empty) == .rootMismatch)
        #expect(check(21, 21, [], root) == nil)
        #expect(check(8, 21, [], root) == .wrongNumberOfHashes)
        #expect(check(7, 21, [], root) == .wrongNumberOfHashes)
        #expect(check(5, .max, Array(repeating: root, count: 64), root) == .tooManyHashes(64))
    }

    @Test("a subtree begins at a multiple of its rounded length")
    func subtreeBounds() throws {
        for (start, end) in [(0, 0), (5, 5), (5, 6), (4, 7), (8, 13), (0, 21), (16, 21)] as [(UInt64, UInt64)] {
            #expect(throws: Never.self) { try Subtree(start: start, end: end) }
        }
        for (start, end) in [(1, 0), (1, 3), (4, 9), (6, 9), (1, .max)] as [(UInt64, UInt64)] {
            #expect(throws: ProofRefusal.notASubtree(start: start, end: end)) { try Subtree(start: start, end: end) }
        }
    }

    @Test("every subtree of every tree of up to 40 leaves is shown to be one, and nothing else is")
    func allSubtreeProofs() throws {
        let leaves = leafHashes(40)
        var proofs = 0
        for size in 1...40 {
            let treeRoot = NaiveTree.root(leaves[..<size])
            for start in 0..<size {
                for end in (start + 1)...size {
                    guard let subtree = try? Subtree(start: UInt64(start), end: UInt64(end)) else { continue }
                    let root = NaiveTree.root(leaves[start..<end])
                    let hashes = NaiveTree.subtree(start, end, leaves[..<size])
                    func check(_ root: Digest32, _ hashes: [Digest32]) -> ProofRefusal? {
                        refusal {
                            try subtree.verifyConsistency(
                                subtreeRoot: root, treeSize: UInt64(size), treeRoot: treeRoot, hashes: hashes)
                        }
                    }
                    #expect(check(root, hashes) == nil, "\(start) to \(end) of \(size)")
                    #expect(check(try root.flipped(byte: 5), hashes) != nil)
                    #expect(check(root, hashes + [root]) == .wrongNumberOfHashes)
                    if let last = hashes.last {
                        #expect(check(root, hashes.dropLast()) != nil)
                        #expect(check(root, try hashes.dropLast() + [last.flipped(byte: 31)]) != nil)
                    }
                    proofs += 1
                }
            }
        }
        #expect(proofs == 2_608)
    }
}
