import Foundation
import Testing

@testable import Civil

@Suite("Họ tên: signs that no name has, and marks in odd places")
struct OddNameTests {
    private static func isNormal(_ text: String) -> Bool {
        text.utf8.elementsEqual(text.precomposedStringWithCanonicalMapping.utf8)
    }

    @Test(
        "a mark that stands on no letter is kept as written and left out of the standard spelling",
        arguments: [
            ("Lò \u{303}Thị Mẫu", "Lò Thị Mẫu"), ("Y\u{3000}\u{300} T", "Y T"), ("\u{301}An", "An"),
            ("H'\u{327}mẫu", "H'Mẫu"), ("Nguyễn \u{323}\u{31B}Văn", "Nguyễn Văn"),
        ])
    func looseMarks(written: String, standard: String) throws {
        let name = try PersonName(parsing: written)
        #expect(name.standard.utf8.elementsEqual(standard.utf8))
        #expect(name.written.utf8.elementsEqual(written.precomposedStringWithCanonicalMapping.utf8))
        #expect(try PersonName(parsing: name.standard).standard == standard)
    }

    @Test("small letters that are one scalar where the capital is two leave the spelling in normal form")
    func composed() throws {
        let name = try PersonName(parsing: "MẪU J\u{30C}AJ\u{30C} W\u{30A}AW\u{30A}")
        #expect(Self.isNormal(name.standard))
        #expect(try PersonName(parsing: name.standard).standard.utf8.elementsEqual(name.standard.utf8))
    }

    @Test("letters that nobody sees are no name", arguments: ["\u{3164}", "Lò \u{115F}Mẫu", "\u{FFA0}An", "A\u{1160}"])
    func unseen(text: String) {
        #expect(throws: NameRefusal.hasControl) { try PersonName(parsing: text) }
    }
}
