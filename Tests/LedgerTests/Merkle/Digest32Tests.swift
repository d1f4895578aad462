import Ledger
import Testing

@Suite("Digest of 32 bytes")
struct Digest32Tests {
    private let bytes = (0..<32).map { UInt8($0 * 8 % 251) }

    @Test("keeps its bytes and their order")
    func keepsBytes() throws {
        let digest = try digest(bytes)
        #expect(digest.bytes == bytes)
        #expect(MemoryLayout<Digest32>.stride == 32)
        #expect(Digest32(hex: digest.hex) == digest)
        #expect(Digest32(base64: digest.base64) == digest)
        #expect(digest.hex.hasPrefix("0008101820"))
        #expect(digest.base64.utf8.count == 44)
    }

    @Test("refuses any other length", arguments: [0, 1, 31, 33, 64])
    func refusesOtherLengths(count: Int) {
        #expect(Digest32(Array(repeating: UInt8(1), count: count)) == nil)
        #expect(Digest32(hex: String(repeating: "ab", count: count)) == nil)
    }

    @Test("reads only the canonical texts")
    func readsCanonicalTextsOnly() throws {
        let digest = try digest(bytes)
        #expect(Digest32(hex: digest.hex.uppercased()) == nil)
        #expect(Digest32(hex: String(digest.hex.dropLast())) == nil)
        let base64 = digest.base64
        #expect(Digest32(base64: String(base64.dropLast())) == nil)
        #expect(Digest32(base64: base64 + "\n") == nil)
        #expect(Digest32(base64: base64.replacingLast("=", by: "A")) == nil)
        // The two lowest bits of the last letter lie behind the last byte and must be zero.
        let letters = Array(base64)
        let last = letters[42]
        let next = try #require(last.asciiValue.map { Character(Unicode.Scalar($0 + 1)) })
        #expect(Digest32(base64: String(letters[0..<42]) + String(next) + "=") == nil)
    }

    @Test("a list goes to bytes and back")
    func listRoundTrip() {
        let list = leafHashes(256)
        let joined = Digest32.joined(list)
        #expect(joined.count == 8192)
        #expect(Digest32.list(from: joined) == list)
        #expect(Digest32.list(from: Array(joined.dropLast())) == nil)
        #expect(Digest32.list(from: []) == [])
    }

    @Test("comparison in constant time sees every bit")
    func constantTimeComparison() throws {
        let digest = try digest(bytes)
        #expect(digest.isEqualInConstantTime(to: digest))
        for byte in 0..<32 {
            for bit in 0..<8 {
                #expect(!digest.isEqualInConstantTime(to: try digest.flipped(byte: byte, bit: bit)))
            }
        }
    }
}

extension String {
    fileprivate func replacingLast(_ old: Character, by new: Character) -> String {
        guard let at = lastIndex(of: old) else { return self }
        return String(self[..<at]) + String(new) + String(self[index(after: at)...])
    }
}
