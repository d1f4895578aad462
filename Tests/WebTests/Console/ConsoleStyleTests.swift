import Foundation
import Testing

@testable import Web

@Suite("Style sheet of the console")
struct ConsoleStyleTests {
    private static func sheet() throws -> String {
        String(decoding: try ConsolePages().styleSheet, as: UTF8.self)
    }

    /// The colours of `:root` by name.
    private static func colours(_ sheet: String) -> [String: [Double]] {
        var colours: [String: [Double]] = [:]
        for line in sheet.split(separator: "\n") {
            let parts = line.split(separator: ":").map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, parts[0].hasPrefix("--"), parts[1].hasPrefix("#") else { continue }
            var digits = String(parts[1].dropFirst().prefix { $0.isHexDigit })
            if digits.count == 3 { digits = digits.map { "\($0)\($0)" }.joined() }
            guard let value = Int(digits, radix: 16) else { continue }
            colours[String(parts[0].dropFirst(2))] = [16, 8, 0].map { Double(value >> $0 & 255) / 255 }
        }
        return colours
    }

    private static func luminance(_ colour: [Double]) -> Double {
        zip([0.2126, 0.7152, 0.0722], colour).map { weight, part in
            weight * (part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4))
        }.reduce(0, +)
    }

    @Test("text has a contrast of 4.5 to 1 on everything it stands on; the focus ring has 3 to 1")
    func contrast() throws {
        let colours = ConsoleStyleTests.colours(try ConsoleStyleTests.sheet())
        func ratio(_ text: String, _ ground: String) throws -> Double {
            let pair = try [text, ground].map { ConsoleStyleTests.luminance(try #require(colours[$0])) }.sorted()
            return (pair[1] + 0.05) / (pair[0] + 0.05)
        }
        let grounds = ["paper", "ground", "wash", "green-wash", "gold-wash", "red-wash"]
        for ground in grounds {
            for text in ["ink", "quiet", "blue"] { #expect(try ratio(text, ground) >= 4.5, "\(text) on \(ground)") }
        }
        for ground in ["paper", "ground", "red-wash"] { #expect(try ratio("red", ground) >= 4.5) }
        for ground in ["paper", "ground", "green-wash"] { #expect(try ratio("green", ground) >= 4.5) }
        #expect(try ratio("paper", "blue") >= 4.5)
        #expect(try ratio("ink", "focus") >= 3)
    }

    @Test("one sheet of at most 30 kB that takes nothing from elsewhere, and prints")
    func size() throws {
        let sheet = try ConsoleStyleTests.sheet()
        #expect(sheet.utf8.count <= 30_000)
        #expect(!sheet.contains("url(") && !sheet.contains("@import") && !sheet.contains("@font-face"))
        #expect(sheet.contains("@media print") && sheet.contains(":focus-visible"))
    }

    @Test("every class of a template is one of the sheet")
    func classes() throws {
        let sheet = try ConsoleStyleTests.sheet()
        let pages = try ConsolePages()
        var used: Set<String> = []
        for (_, page) in try ConsoleSamples().pages() {
            for list in Markup.values(of: ["class"], in: try pages.html(page)) {
                used.formUnion(list.split(separator: " ").map(String.init))
            }
        }
        let unknown = used.filter { name in
            !sheet.ranges(of: ".\(name)").contains { range in
                range.upperBound == sheet.endIndex
                    || !(sheet[range.upperBound].isLetter || sheet[range.upperBound] == "-")
            }
        }
        #expect(unknown.sorted() == [])
    }
}
