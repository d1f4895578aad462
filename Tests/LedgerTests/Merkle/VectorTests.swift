import Foundation
import Ledger
import Testing

/// The published vectors, when a folder above this file has `shared/standards/merkle-vectors.json`.
enum Vectors {
    static let file: URL? = {
        var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        while folder.path != "/" {
            let file = folder.appending(path: "shared/standards/merkle-vectors.json")
            if FileManager.default.fileExists(atPath: file.path) { return file }
            folder.deleteLastPathComponent()
        }
        return nil
    }()

    static func read() throws -> Content {
        try JSONDecoder().decode(Content.self, from: Data(contentsOf: #require(file)))
    }

    struct Content: Decodable {
        let hasher: [HasherVector]
        let leaves: [String]
        let rootsBySize: [String]
        let allInclusion: [Inclusion]
        let allConsistency: [Consistency]
        let probes: Probes
        let c2sp: C2SP
    }

    struct HasherVector: Decodable {
        let op: String
        let out: String
        let data: String?
        let left: String?
        let right: String?
    }

    struct Inclusion: Decodable {
        let leafIdx: UInt64
        let treeSize: UInt64
        let root: String
        let leafHash: String
        let proof: [String]?
        let wantErr: Bool?
        let file: String?
    }

    struct Consistency: Decodable {
        let size1: UInt64
        let size2: UInt64
        let root1: String
        let root2: String
        let proof: [String]?
        let wantErr: Bool?
        let file: String?
    }

    struct SubtreeInclusion: Decodable {
        let leafIdx: UInt64
        let start: UInt64
        let end: UInt64
        let root: String
        let leafHash: String
        let proof: [String]?
        let wantErr: Bool
        let file: String
    }

    struct SubtreeConsistency: Decodable {
        let start: UInt64
        let end: UInt64
        let size: UInt64
        let root1: String
        let root2: String
        let proof: [String]?
        let wantErr: Bool
        let file: String
    }

    struct Probes: Decodable {
        let inclusion: [Inclusion]
        let consistency: [Consistency]
        let subtreeInclusion: [SubtreeInclusion]
        let subtreeConsistency: [SubtreeConsistency]
    }

    struct C2SP: Decodable {
        let signedNote: Note
        let checkpointSyntaxOnly: String
        let tilePaths: [TileVector]
    }

    struct Note: Decodable {
        let vkey: String
        let note: String
    }

    struct TileVector: Decodable {
        let level: Int?
        let index: UInt64?
        let path: String?
        let treeSize: UInt64?
        let fullLevel0: UInt64?
        let partialLevel0: Int?
        let fullLevel1: UInt64?
        let partialLevel1: Int?
        let partialLevel2: Int?
    }

    /// A hash of the file is not 32 bytes long: our types cannot even hold it.
    struct NotRepresentable: Error {}

    static func digest(_ hex: String) throws -> Digest32 {
        guard let digest = Digest32(hex: hex) else { throw NotRepresentable() }
        return digest
    }

    static func digests(_ list: [String]?) throws -> [Digest32] {
        try (list ?? []).map(digest)
    }

    static func bytes(_ hex: String) -> [UInt8] {
        stride(from: 0, to: hex.utf8.count, by: 2).compactMap { UInt8(hex.dropFirst($0).prefix(2), radix: 16) }
    }
}

@Suite("Published vectors (RFC 6962, transparency-dev/merkle, C2SP)", .enabled(if: Vectors.file != nil))
struct VectorTests {
    private let vectors: Vectors.Content

    init() throws {
        vectors = try Vectors.read()
    }

    /// Counts verdicts over one group and names every probe that came out wrong.
    private struct Tally {
        var right = 0
        var accepted = 0
        var placeholders = 0
        var wrong: [String] = []

        mutating func count(_ name: String, wantsError: Bool, _ check: () throws -> Void) {
            var refused = false
            do {
                try check()
                accepted += 1
            } catch is Vectors.NotRepresentable {
                refused = true
                // A probe that is to be accepted with "roots" of twelve letters says nothing about 32-byte hashes.
                if !wantsError {
                    placeholders += 1
                    return
                }
            } catch {
                refused = true
            }
            if refused == wantsError { right += 1 } else { wrong.append(name) }
        }
    }

    @Test("6 hasher vectors, 9 roots of the tree of 8 leaves")
    func hashesAndRoots() throws {
        for vector in vectors.hasher {
            let digest =
                switch vector.op {
                case "empty": MerkleHash.empty
                case "leaf": MerkleHash.leaf(Vectors.bytes(vector.data ?? ""))
                default:
                    MerkleHash.digest(
                        prefix: MerkleHash.nodePrefix, of: Vectors.bytes((vector.left ?? "") + (vector.right ?? "")))
                }
            #expect(digest.hex == vector.out)
        }
        #expect(vectors.hasher.count == 6)
        let last = try #require(vectors.hasher.last)
        let node = try MerkleHash.node(Vectors.digest(last.left ?? ""), Vectors.digest(last.right ?? ""))
        #expect(node.hex == last.out)
        var frontier = TreeFrontier()
        var shelf = TileShelf()
        #expect(vectors.rootsBySize.count == 9)
        for (size, root) in vectors.rootsBySize.enumerated() {
            #expect(frontier.root.hex == root)
            if size < 8 { shelf.store(try frontier.append([MerkleHash.leaf(Vectors.bytes(vectors.leaves[size]))])) }
        }
        let prover = TreeProver(size: 8, reading: shelf)
        for (size, root) in vectors.rootsBySize.enumerated() {
            #expect(try prover.root(at: UInt64(size)).hex == root)
        }
    }

    @Test("36 inclusion and 36 consistency proofs: we make the same ones and they verify")
    func allProofs() throws {
        let leaves = vectors.leaves.map { MerkleHash.leaf(Vectors.bytes($0)) }
        let prover = TreeProver(size: 8, reading: try TileShelf(of: leaves))
        #expect(vectors.allInclusion.count == 36)
        for vector in vectors.allInclusion {
            let proof = try prover.inclusion(of: vector.leafIdx, in: vector.treeSize)
            #expect(proof.hashes.map(\.hex) == vector.proof)
            try proof.verify(leafHash: Vectors.digest(vector.leafHash), root: Vectors.digest(vector.root))
        }
        #expect(vectors.allConsistency.count == 36)
        for vector in vectors.allConsistency {
            let proof = try prover.consistency(from: vector.size1, to: vector.size2)
            #expect(proof.hashes.map(\.hex) == vector.proof)
            try proof.verify(oldRoot: Vectors.digest(vector.root1), newRoot: Vectors.digest(vector.root2))
        }
    }

    @Test("98 inclusion probes: 6 accepted, 92 refused")
    func inclusionProbes() {
        var tally = Tally()
        for probe in vectors.probes.inclusion {
            tally.count(probe.file ?? "", wantsError: probe.wantErr ?? false) {
                try InclusionProof(
                    index: probe.leafIdx, size: probe.treeSize, hashes: Vectors.digests(probe.proof)
                ).verify(leafHash: Vectors.digest(probe.leafHash), root: Vectors.digest(probe.root))
            }
        }
        #expect(tally.wrong == [])
        #expect((tally.right, tally.accepted, tally.placeholders) == (98, 6, 0), "of 98 inclusion probes")
    }

    @Test("98 consistency probes: 5 accepted, 92 refused, 1 with roots that are no hashes")
    func consistencyProbes() {
        var tally = Tally()
        for probe in vectors.probes.consistency {
            tally.count(probe.file ?? "", wantsError: probe.wantErr ?? false) {
                try ConsistencyProof(
                    oldSize: probe.size1, newSize: probe.size2, hashes: Vectors.digests(probe.proof)
                ).verify(oldRoot: Vectors.digest(probe.root1), newRoot: Vectors.digest(probe.root2))
            }
        }
        #expect(tally.wrong == [])
        #expect((tally.right, tally.accepted, tally.placeholders) == (97, 5, 1), "of 98 consistency probes")
    }

    @Test("204 subtree inclusion probes: 12 accepted, 192 refused")
    func subtreeInclusionProbes() {
        var tally = Tally()
        for probe in vectors.probes.subtreeInclusion {
            tally.count(probe.file, wantsError: probe.wantErr) {
                try Subtree(start: probe.start, end: probe.end).verifyInclusion(
                    of: probe.leafIdx, leafHash: Vectors.digest(probe.leafHash), root: Vectors.digest(probe.root),
                    hashes: Vectors.digests(probe.proof))
            }
        }
        #expect(tally.wrong == [])
        #expect((tally.right, tally.accepted, tally.placeholders) == (204, 12, 0), "of 204 subtree inclusion probes")
    }

    @Test("118 subtree consistency probes: all verdicts right where the roots are hashes")
    func subtreeConsistencyProbes() {
        var tally = Tally()
        for probe in vectors.probes.subtreeConsistency {
            tally.count(probe.file, wantsError: probe.wantErr) {
                try Subtree(start: probe.start, end: probe.end).verifyConsistency(
                    subtreeRoot: Vectors.digest(probe.root1), treeSize: probe.size,
                    treeRoot: Vectors.digest(probe.root2), hashes: Vectors.digests(probe.proof))
            }
        }
        #expect(tally.wrong == [])
        #expect(tally.right + tally.placeholders == 118, "of 118 subtree consistency probes")
    }

    @Test("the C2SP example note verifies, the example checkpoint and tile paths read and write")
    func c2sp() throws {
        let key = try LogVerificationKey(parsing: vectors.c2sp.signedNote.vkey)
        #expect(key.text == vectors.c2sp.signedNote.vkey)
        let note = try SignedNote(parsing: vectors.c2sp.signedNote.note)
        #expect(try note.verify(by: [key]) == [key])
        #expect(note.serialised == vectors.c2sp.signedNote.note)

        let signed = try SignedNote(parsing: vectors.c2sp.checkpointSyntaxOnly)
        let checkpoint = try Checkpoint(text: signed.text)
        #expect(checkpoint.origin.text == "example.com/behind-the-sofa")
        #expect(checkpoint.size == 20_852_163)
        #expect(checkpoint.text == signed.text)
        #expect(signed.serialised == vectors.c2sp.checkpointSyntaxOnly)

        #expect(vectors.c2sp.tilePaths.count == 3)
        for vector in vectors.c2sp.tilePaths {
            if let path = vector.path, let level = vector.level, let index = vector.index {
                #expect(try TileCoordinate(level: level, index: index).path == path)
            }
            guard let size = vector.treeSize else { continue }
            let edge = TileCoordinate.rightEdge(ofTreeOf: size)
            #expect(TileCoordinate.fullTiles(level: 0, treeSize: size) == vector.fullLevel0)
            #expect(TileCoordinate.fullTiles(level: 1, treeSize: size) == vector.fullLevel1 ?? 0)
            #expect(edge.first { $0.level == 0 }?.width == vector.partialLevel0)
            #expect(edge.first { $0.level == 1 }?.width == vector.partialLevel1)
            #expect(edge.first { $0.level == 2 }?.width == vector.partialLevel2)
        }
    }
}
