import Testing

@testable import Access

@Suite("The tracking code of a file")
struct DossierCodeTests {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    private static func codes(_ count: Int) -> [DossierCode] {
        var numbers = SeededNumbers(seed: 7)
        return (0..<count).map { _ in DossierCode(random: (0..<7).map { _ in UInt8(numbers.number(0...255)) }) }
    }

    @Test("A code is read again as it is shown, in small letters, with blanks, and with look-alikes")
    func readAgain() {
        for code in DossierCodeTests.codes(200) {
            #expect(code.text.count == 12 && code.description.count == 14)
            let lookAlike = code.text.replacing("0", with: "o").replacing("1", with: "l")
            for typed in [code.text, code.description, code.text.lowercased(), " \(code) ", lookAlike] {
                #expect(DossierCode(parsing: typed) == code, "\(typed)")
            }
        }
    }

    @Test("One wrong character and two neighbours exchanged give no code")
    func slips() {
        for code in DossierCodeTests.codes(50) {
            let characters = Array(code.text)
            for place in characters.indices {
                for other in DossierCodeTests.alphabet where other != characters[place] {
                    var wrong = characters
                    wrong[place] = other
                    #expect(DossierCode(parsing: String(wrong)) == nil)
                }
                guard place > 0, characters[place] != characters[place - 1] else { continue }
                var exchanged = characters
                exchanged.swapAt(place, place - 1)
                #expect(DossierCode(parsing: String(exchanged)) == nil)
            }
        }
    }

    @Test(
        "What is no code", arguments: ["", "ABCD", "../../etc/pass", "UUUUUUUUUUUU", "0000000000000", "đđđđđđđđđđđđ"])
    func noCode(text: String) {
        #expect(DossierCode(parsing: text) == nil)
        #expect(DossierCode(parsing: text + String(repeating: "0", count: 5_000)) == nil)
    }

    @Test("All of the random bits are in it")
    func random() {
        let all = DossierCodeTests.codes(500)
        #expect(Set(all).count == all.count)
        for place in 0..<12 {
            #expect(Set(all.map { Array($0.text)[place] }).count == 32, "\(place)")
        }
    }
}
