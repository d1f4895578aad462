import Testing

@testable import Civil

@Suite("Lines that a person states")
struct PlainLineTests {
    @Test("spaces are single and marks composed")
    func plain() {
        #expect(PlainLine.parse("  Luật  26/2023/QH15,\n\tĐiều 10 ", longest: 100) == "Luật 26/2023/QH15, Điều 10")
        #expect(PlainLine.parse("e\u{302}\u{323}", longest: 1)?.unicodeScalars.map(\.value) == [0x1EC7])
        #expect(PlainLine.parse("H'Mẫu Niê – 東 👍", longest: 100) == "H'Mẫu Niê – 東 👍")
    }

    @Test("nothing and too much are refused")
    func lengths() {
        #expect(PlainLine.parse("", longest: 10) == nil)
        #expect(PlainLine.parse(" \n\u{3000} ", longest: 10) == nil)
        #expect(PlainLine.parse(String(repeating: "đ", count: 10), longest: 10)?.count == 10)
        #expect(PlainLine.parse(String(repeating: "đ", count: 11), longest: 10) == nil)
        // One character with a thousand marks is a thousand signs.
        #expect(PlainLine.parse("a" + String(repeating: "\u{307}", count: 1_000), longest: 200) == nil)
    }

    @Test(
        "a sign that leaves nothing on the page is refused",
        arguments: [
            0x00, 0x07, 0x1B, 0x7F, 0xAD, 0x34F, 0x61C, 0x115F, 0x180E, 0x200B, 0x200D, 0x202E, 0x2060, 0x2069,
            0x3164,
            0xE000, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFFF, 0xE0001, 0xE0100, 0x10FFFF,
        ] as [UInt32])
    func unseen(value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        #expect(PlainLine.parse("Điều\(scalar)10", longest: 100) == nil)
        #expect(PlainLine.parse("Điều 10", longest: 100) != nil)
    }
}
