import TestAuthenticator
import Testing

@testable import Access

@Suite("CBOR within limits")
struct CBORTests {
    private static func hex(_ text: String) -> [UInt8] {
        let digits = text.compactMap { $0.hexDigitValue.map(UInt8.init) }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private static func refusal(_ bytes: [UInt8]) -> CBORReader.Refusal? {
        do throws(CBORReader.Refusal) {
            _ = try CBORReader.value(of: bytes)
            return nil
        } catch { return error }
    }

    private static let appendixA: [(String, CBORValue)] = [
        ("00", .unsigned(0)), ("01", .unsigned(1)), ("0a", .unsigned(10)), ("17", .unsigned(23)),
        ("1818", .unsigned(24)), ("1864", .unsigned(100)), ("1903e8", .unsigned(1_000)),
        ("1a000f4240", .unsigned(1_000_000)), ("1b000000e8d4a51000", .unsigned(1_000_000_000_000)),
        ("1bffffffffffffffff", .unsigned(.max)), ("20", .negative(0)), ("29", .negative(9)), ("3863", .negative(99)),
        ("3903e7", .negative(999)), ("3bffffffffffffffff", .negative(.max)), ("f4", .bool(false)), ("f5", .bool(true)),
        ("f6", .null), ("f7", .undefined), ("40", .bytes([])), ("4401020304", .bytes([1, 2, 3, 4])), ("60", .text("")),
        ("6161", .text("a")), ("6449455446", .text("IETF")), ("62225c", .text("\"\\")), ("62c3bc", .text("ü")),
        ("63e6b0b4", .text("水")), ("64f0908591", .text("\u{10151}")), ("80", .array([])),
        ("83010203", .array([.unsigned(1), .unsigned(2), .unsigned(3)])),
        (
            "8301820203820405",
            .array([
                .unsigned(1), .array([.unsigned(2), .unsigned(3)]), .array([.unsigned(4), .unsigned(5)]),
            ])
        ),
        ("a0", .map([:])), ("a201020304", .map([.unsigned(1): .unsigned(2), .unsigned(3): .unsigned(4)])),
        (
            "a26161016162820203",
            .map([.text("a"): .unsigned(1), .text("b"): .array([.unsigned(2), .unsigned(3)])])
        ),
        ("826161a161626163", .array([.text("a"), .map([.text("b"): .text("c")])])),
        // Longer than needed, which is allowed.
        ("1b0000000000000001", .unsigned(1)), ("590002aabb", .bytes([0xAA, 0xBB])),
    ]

    @Test("The examples of RFC 8949, appendix A", arguments: appendixA.indices)
    func examples(index: Int) throws {
        let (text, value) = Self.appendixA[index]
        #expect(try CBORReader.value(of: Self.hex(text)) == value, "\(text)")
    }

    @Test(
        "Indefinite lengths, tags, floating point and reserved codes are refused",
        arguments: [
            "5f42010243030405ff", "7f657374726561646d696e67ff", "9fff", "bfff", "ff",
            "c074323031332d30332d32315432303a30343a30305a",
            "c1", "d74401020304", "d82076", "f90000", "fa47c35000", "fb3ff199999999999a", "f0", "f818", "f8ff", "fc",
            "1c", "1f",
            "3d", "5e", "9c", "bd", "e0",
        ])
    func notSupported(text: String) {
        #expect(Self.refusal(Self.hex(text)) == .notSupported, "\(text)")
    }

    @Test(
        "What ends too soon is refused before memory is taken for it",
        arguments: [
            "", "18", "19ff", "1a000000", "1b00000000000000", "41", "4401020", "6261", "81", "8201", "a1", "a101",
            "a20102",
            "5bffffffffffffffff", "7b7fffffffffffffff", "9bffffffffffffffff", "9a7fffffff00", "bb8000000000000000",
            "ba00ffffff0000",
        ])
    func endsTooSoon(text: String) {
        #expect(Self.refusal(Self.hex(text)) == .endsTooSoon, "\(text)")
    }

    @Test("Text that is no UTF-8, a key twice and bytes behind the value are refused")
    func otherRefusals() {
        #expect(Self.refusal(Self.hex("61ff")) == .textNotUTF8)
        #expect(Self.refusal(Self.hex("62c080")) == .textNotUTF8)
        #expect(Self.refusal(Self.hex("63eda080")) == .textNotUTF8)
        #expect(Self.refusal(Self.hex("a201020103")) == .keyTwice)
        // The same key in two spellings.
        #expect(Self.refusal(Self.hex("a20102180103")) == .keyTwice)
        #expect(Self.refusal(Self.hex("0000")) == .bytesLeft)
        #expect(Self.refusal(Self.hex("a000")) == .bytesLeft)
    }

    @Test("Eight levels are read, the ninth is refused")
    func depth() {
        func nested(_ levels: Int, _ head: UInt8) -> [UInt8] { [UInt8](repeating: head, count: levels) }
        #expect(Self.refusal(nested(CBORReader.deepest, 0x81) + [0]) == nil)
        #expect(Self.refusal(nested(CBORReader.deepest + 1, 0x81) + [0]) == .tooDeep)
        #expect(Self.refusal(nested(60_000, 0x81) + [0]) == .tooDeep)
        let maps = (0..<60).flatMap { _ in [0xA1, 0x00] as [UInt8] }
        #expect(Self.refusal(maps + [0]) == .tooDeep)
    }

    @Test("Values and bytes are limited")
    func sizes() {
        let most = CBORReader.mostValues - 1
        let members = [[UInt8]](repeating: [0], count: most)
        #expect(Self.refusal(CBORBytes.array(members)) == nil)
        #expect(Self.refusal(CBORBytes.array(members + [[0]])) == .tooManyValues)
        let fits = CBORReader.longest - 5
        #expect(Self.refusal(CBORBytes.head(2, 65_536 - 3) + [UInt8](repeating: 0, count: 65_536 - 3)) == nil)
        #expect(Self.refusal(CBORBytes.bytes([UInt8](repeating: 0, count: fits + 5))) == .tooLong)
    }

    @Test("Members are found by number and by name")
    func members() throws {
        let value = try CBORReader.value(
            of: CBORBytes.map([
                (CBORBytes.integer(1), CBORBytes.integer(2)), (CBORBytes.integer(-3), CBORBytes.bytes([7])),
                (CBORBytes.text("fmt"), CBORBytes.text("none")), (CBORBytes.integer(9), CBORBytes.integer(-257)),
            ]))
        #expect(value[1]?.integer == 2 && value[-3]?.byteString == [7] && value["fmt"]?.string == "none")
        #expect(value[9]?.integer == -257)
        #expect(value[2] == nil && value["attStmt"] == nil && CBORValue.null[1] == nil && CBORValue.null["a"] == nil)
        #expect(CBORValue.unsigned(.max).integer == nil && CBORValue.negative(.max).integer == nil)
        #expect(CBORValue.negative(UInt64(Int.max)).integer == .min && CBORValue.text("1").integer == nil)
    }
}
