import Civil
import Foundation
import Testing

@Suite("Bảng mã văn bản")
struct TextEncodingTests {
    static let sentence =
        "Họ và tên: Nguyễn Thị Mẫu, nơi thường trú: Xã Thạch Tượng, Huyện Thạch Thành, Tỉnh Thanh Hóa\n"

    @Test("UTF-8, with a mark in front, decomposed, and plain ASCII are UTF-8")
    func recognisesUTF8() throws {
        let plain = Array(Self.sentence.utf8)
        #expect(try TextEncoding.detect(plain).description == "utf-8")
        #expect(try TextEncoding.detect([0xEF, 0xBB, 0xBF] + plain).description == "utf-8-bom")
        let decomposed = Array(Self.sentence.decomposedStringWithCanonicalMapping.utf8)
        #expect(try TextEncoding.detect(decomposed).description == "utf-8-nfd")
        #expect(try TextEncoding.detect([0xEF, 0xBB, 0xBF] + decomposed).description == "utf-8-bom-nfd")
        #expect(try TextEncoding.detect(Array("stt,ho_ten\n1,A\n".utf8)).description == "utf-8")
        #expect(TextEncoding.utf8.decode([0xEF, 0xBB, 0xBF] + decomposed) == Self.sentence)
    }

    @Test("A beginning that cuts a letter in two is still UTF-8; a whole file that does so is damaged")
    func cutLetter() throws {
        let bytes = Array(Self.sentence.utf8)
        let cut = Array(bytes.prefix { $0 != 0xBB } + [0xBB])
        #expect(try TextEncoding.detect(Array(cut.dropLast()), isPrefix: true).encoding == .utf8)
        let long = Array(String(repeating: Self.sentence, count: 3).utf8) + [0xE1, 0xBB]
        #expect(throws: EncodingRefusal.damagedUTF8) { try TextEncoding.detect(long) }
    }

    @Test("TCVN3 is recognised and decoded; what it cannot say comes back")
    func recognisesTCVN3() throws {
        let bytes = try #require(TCVN3.encode(Self.sentence))
        let found = try TextEncoding.detect(bytes)
        #expect(found.encoding == .tcvn3)
        #expect(found.encoding.decode(bytes) == Self.sentence)
        #expect(TCVN3.encode("日") == nil)
    }

    @Test("Every byte of TCVN3 has its letter and every letter its byte")
    func tableIsWhole() {
        let upper = (UInt8(0x80)...0xFF).map { TCVN3.decode([$0]) }
        #expect(Set(upper.map { Array($0.unicodeScalars) }).count == 128)
        #expect(!upper.contains("\u{FFFD}"))
        let known: [(UInt8, String)] = [
            (0xA8, "ă"), (0xA9, "â"), (0xAA, "ê"), (0xAB, "ô"), (0xAC, "ơ"), (0xAD, "ư"), (0xAE, "đ"), (0xA7, "Đ"),
            (0xB5, "à"), (0xB9, "ạ"), (0xBB, "ằ"), (0xBE, "ắ"), (0xC6, "ặ"), (0xC7, "ầ"), (0xCB, "ậ"), (0xCC, "è"),
            (0xD0, "é"), (0xD6, "ệ"), (0xD7, "ì"), (0xDC, "ĩ"), (0xDE, "ị"), (0xDF, "ò"), (0xE4, "ọ"), (0xE9, "ộ"),
            (0xEE, "ợ"), (0xEF, "ù"), (0xF4, "ụ"), (0xF9, "ự"), (0xFA, "ỳ"), (0xFE, "ỵ"), (0xA1, "Ă"), (0xA6, "Ư"),
        ]
        for (byte, letter) in known { #expect(TCVN3.decode([byte]) == letter) }
        for byte in UInt8(0x80)...0xFF where !(0xB0...0xB4).contains(byte) {
            #expect(TCVN3.encode(TCVN3.decode([byte])) == [byte])
        }
    }

    @Test("Other old encodings are refused by name")
    func namesOtherEncodings() {
        let viscii: [UInt8] =
            Array("H".utf8) + [0xF7] + Array(" v".utf8) + [0xE0] + Array(" t".utf8) + [0xEA]
            + Array("n: Nguy".utf8) + [0xAD] + Array("n Th".utf8) + [0xB8] + Array(" M".utf8) + [0xE7]
            + Array("u, huy".utf8) + [0xAE] + Array("n, t".utf8) + [0xEF] + Array("nh\n".utf8)
        #expect(throws: EncodingRefusal.notSupported(.viscii)) { try TextEncoding.detect(viscii) }
        let windows: [UInt8] =
            Array("Ho".utf8) + [0xF2] + Array(" va".utf8) + [0xCC] + Array(" t".utf8) + [0xEA] + Array("n: Nguy".utf8)
            + [0xEA, 0xDE] + Array("n Thi".utf8) + [0xF2] + Array(" M".utf8) + [0xE2, 0xDE] + Array("u, huy".utf8)
            + [0xEA, 0xF2] + Array("n, ti".utf8) + [0xD2] + Array("nh\n".utf8)
        #expect(throws: EncodingRefusal.notSupported(.windows1258)) { try TextEncoding.detect(windows) }
        let vni: [UInt8] =
            Array("Ho".utf8) + [0xEF] + Array(" va".utf8) + [0xF8] + Array(" te".utf8) + [0xE2]
            + Array("n: Nguye".utf8) + [0xE3] + Array("n Th".utf8) + [0xF2] + Array(" Ma".utf8) + [0xE3]
            + Array("u, huye".utf8) + [0xE4] + Array("n, t".utf8) + [0xE6] + Array("nh\n".utf8)
        #expect(throws: EncodingRefusal.notSupported(.vni)) { try TextEncoding.detect(vni) }
    }

    @Test("Text that was made UTF-8 twice is refused")
    func refusesDoubleUTF8() throws {
        let once = Array(Self.sentence.utf8)
        let twice = once.map { String(Character(Unicode.Scalar($0))) }.joined()
        #expect(throws: EncodingRefusal.notSupported(.doubleUTF8)) { try TextEncoding.detect(Array(twice.utf8)) }
    }

    @Test("Empty, binary, UTF-16 and meaningless bytes are refused, each with its own reason")
    func refusesWhatIsNoText() throws {
        #expect(throws: EncodingRefusal.empty) { try TextEncoding.detect([]) }
        #expect(throws: EncodingRefusal.empty) { try TextEncoding.detect([0xEF, 0xBB, 0xBF]) }
        #expect(throws: EncodingRefusal.binary) {
            try TextEncoding.detect([0x50, 0x4B, 3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 33, 0])
        }
        let wide = Self.sentence.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(throws: EncodingRefusal.notSupported(.utf16)) { try TextEncoding.detect([0xFF, 0xFE] + wide) }
        #expect(throws: EncodingRefusal.notSupported(.utf16)) { try TextEncoding.detect(wide) }
        #expect(throws: EncodingRefusal.unknown) {
            try TextEncoding.detect([0x41, 0xFF, 0xFF, 0x20, 0xFE, 0xFE, 0x42])
        }
    }

    @Test(
        "Each batch of samples is detected as what it is, and every name of it can be read",
        .enabled(if: SharedSamples.arePresent),
        arguments: [
            ("22315-utf8.csv", "utf-8"), ("29125-nfd.csv", "utf-8-nfd"), ("15202-tcvn3.csv", "tcvn3"),
            ("13606-utf8-bom.csv", "utf-8-bom"),
        ])
    func samples(file: String, encoding: String) throws {
        #expect(try TextEncoding.detect(SharedSamples.bytes(file)).description == encoding)
        var implausible = 0
        var words = 0
        for row in try SharedSamples.rows(file) {
            guard let name = row["ho_ten"], !name.isEmpty else { continue }
            #expect(NormalForm.nfc(name) == name)
            for part in try PersonName(parsing: name).parts {
                words += 1
                if !VietnameseSyllable.isPlausible(part) { implausible += 1 }
            }
        }
        #expect(words > 3_000)
        #expect(Double(implausible) / Double(words) < 0.02)
    }
}
