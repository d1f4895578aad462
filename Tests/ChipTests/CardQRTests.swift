import Civil
import Foundation
import Testing

@testable import Chip

@Suite("The square code of a card")
struct CardQRTests {
    static let text = "003300000001||Nguyễn Thị Mẫu|29022000|Nữ|Số 1 Phố Mẫu, Phúc Xá, Ba Đình, Hà Nội|01072021"

    @Test("the seven fields of 2021 are read and written")
    func readsSevenFields() throws {
        let code = try CardQR(parsing: Self.text)
        #expect(code.number.digits == "003300000001")
        #expect(code.oldNumber == nil)
        #expect(code.name.written == "Nguyễn Thị Mẫu")
        #expect(code.birth == PartialDate(canonical: "2000-02-29"))
        #expect(code.sex == .female)
        #expect(code.residence == "Số 1 Phố Mẫu, Phúc Xá, Ba Đình, Hà Nội")
        #expect(code.issued == CalendarDate(iso: "2021-07-01"))
        #expect(code.tail == [])
        #expect(code.text == Self.text)
    }

    @Test("the tail of 2024 is kept word for word, and written in the order of its profile")
    func keepsTheTail() throws {
        let tail = CardQRTail.standard.texts([.father: "Nguyễn Văn Mẫu", .mother: "Trần Thị Mẫu"])
        #expect(tail == ["", "Nguyễn Văn Mẫu", "Trần Thị Mẫu"])
        let code = try CardQR(parsing: Self.text + "|" + tail.joined(separator: "|"))
        #expect(code.tail == tail)
        #expect(code.text == Self.text + "||Nguyễn Văn Mẫu|Trần Thị Mẫu")
        #expect(CardQRTail(fields: [.mother]).texts([.mother: "A", .father: "B"]) == ["A"])
    }

    @Test("capitals, decomposed letters, marks of byte order and line ends are understood")
    func readsWhatScannersSend() throws {
        let expected = try CardQR(parsing: Self.text)
        #expect(try CardQR(parsing: "\u{FEFF}" + Self.text + "\r\n") == expected)
        #expect(try CardQR(parsing: Self.text.decomposedStringWithCanonicalMapping) == expected)
        #expect(try CardQR(parsing: Self.text.uppercased()).name.standard == "Nguyễn Thị Mẫu")
        let old = try CardQR(parsing: Self.text.replacing("||", with: "|012345678|"))
        #expect(old.oldNumber?.digits == "012345678")
        #expect(try CardQR(parsing: old.text) == old)
    }

    @Test("UTF-8 read as Windows-1252 is put right, true letters stay")
    func repairsWrongCodePages() throws {
        let garbled = Self.text.utf8.map { byte -> String in
            if (0x80...0x9F).contains(byte) {
                return String(data: Data([byte]), encoding: .windowsCP1252) ?? String(UnicodeScalar(byte))
            }
            return String(UnicodeScalar(byte))
        }.joined()
        #expect(garbled != Self.text)
        #expect(try CardQR(parsing: garbled) == (try CardQR(parsing: Self.text)))
        let plain = Self.text.replacing("Nguyễn Thị Mẫu", with: "Hà Lâm")
            .replacing("Số 1 Phố Mẫu, Phúc Xá, Ba Đình, Hà Nội", with: "Tân Hà")
            .replacing("Nữ", with: "Nam")
        #expect(try CardQR(parsing: plain).name.written == "Hà Lâm")
    }

    @Test("a birth of which only the year is known is written and read")
    func knowsPartialBirths() throws {
        for born in ["1950", "1950-07", "1950-07-01"] {
            let birth = try #require(PartialDate(canonical: born))
            #expect(CardQR.date(CardQR.text(of: birth)) == birth)
        }
        for text in ["", "1", "29022001", "13199", "+1950", "002021"] { #expect(CardQR.date(text) == nil, "\(text)") }
    }

    @Test("what is no card's code is refused with the place")
    func refusesOthers() {
        #expect(throws: CardQRRefusal.tooFewFields(1)) { try CardQR(parsing: "") }
        #expect(throws: CardQRRefusal.tooFewFields(6)) { try CardQR(parsing: "1|2|3|4|5|6") }
        #expect(throws: CardQRRefusal.tooLong) { try CardQR(parsing: String(repeating: "|", count: 5_000)) }
        let fields = Self.text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        for (index, bad) in [(0, "00330000000"), (1, "x"), (2, "1"), (3, "31022000"), (4, "?"), (6, "2021")] {
            var changed = fields
            changed[index] = bad
            #expect(throws: CardQRRefusal.field(index + 1)) { try CardQR(parsing: changed.joined(separator: "|")) }
        }
    }

    @Test("a sign that parts fields cannot be smuggled into one")
    func escapesTheSeparator() throws {
        let read = try CardQR(parsing: Self.text)
        let code = CardQR(
            number: read.number, oldNumber: nil, name: read.name, birth: read.birth, sex: read.sex,
            residence: "Thôn | Mẫu\n2", issued: read.issued, tail: ["a|b"])
        #expect(code.residence == "Thôn Mẫu 2")
        #expect(try CardQR(parsing: code.text) == code)
    }
}
