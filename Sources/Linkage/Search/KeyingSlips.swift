/// Cách gõ chưa thành dấu: words whose Telex or VNI keys were never turned into marks.
package enum KeyingSlips {
    /// `nguyeenx` → `nguyễn`; nil when the word has no such key.
    static func telex(_ word: [UInt8]) -> SpokenWord? {
        var reading = Reading()
        for letter in word { reading.telex(letter) }
        return reading.word
    }

    /// `nguye64n` → `nguyễn`; nil when the word has no digit, or nothing else.
    static func vni(_ word: [UInt8]) -> SpokenWord? {
        var reading = Reading()
        for letter in word { reading.vni(letter) }
        return reading.word
    }

    /// The letters without marks that the word has under its keys, and whether a spelling is that very word; nil when
    /// the word has marks already, or no keys in it.
    package static func reading(of word: Substring) -> (fold: String, spells: (String) -> Bool)? {
        guard word.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let letters = word.lowercased().utf8.prefix(SpokenWord.mostLetters)
        let hasDigit = letters.contains { (48...57).contains($0) }
        guard let keyed = hasDigit ? vni(Array(letters)) : telex(Array(letters)), keyed.hasMarks else { return nil }
        return (String(decoding: keyed.fold, as: UTF8.self), { SpokenWord.words(of: $0) == [keyed] })
    }

    /// A word as it comes to be under the keys.
    private struct Reading {
        private var fold: [UInt8] = []
        private var shapes: [UInt8] = []
        private var tone: UInt8 = 0
        private var isChanged = false

        var word: SpokenWord? {
            isChanged && !fold.isEmpty ? SpokenWord(fold: fold, shapes: shapes, tone: tone) : nil
        }

        private var hasVowel: Bool { fold.contains(where: Reading.isVowel) }

        mutating func telex(_ letter: UInt8) {
            switch letter {
            case UInt8(ascii: "f"), UInt8(ascii: "s"), UInt8(ascii: "x"), UInt8(ascii: "r"), UInt8(ascii: "j"):
                // Behind a vowel these letters are no part of any syllable: they are tones.
                if hasVowel { mark(tone: Reading.telexTone(letter)) } else { add(letter) }
            case UInt8(ascii: "w"): horn()
            case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "o"): vowel(letter)
            case UInt8(ascii: "d"): bar()
            default: add(letter)
            }
        }

        mutating func vni(_ letter: UInt8) {
            switch letter {
            case UInt8(ascii: "1"): mark(tone: 2)
            case UInt8(ascii: "2"): mark(tone: 1)
            case UInt8(ascii: "3"): mark(tone: 4)
            case UInt8(ascii: "4"): mark(tone: 3)
            case UInt8(ascii: "5"): mark(tone: 5)
            case UInt8(ascii: "6"): shape(1, of: "aeo")
            case UInt8(ascii: "7"): shape(3, of: "ou")
            case UInt8(ascii: "8"): shape(2, of: "a")
            case UInt8(ascii: "9"): shape(4, of: "d")
            case UInt8(ascii: "0"): isChanged = true
            default: add(letter)
            }
        }

        private mutating func add(_ letter: UInt8, shape: UInt8 = 0) {
            fold.append(letter)
            shapes.append(shape)
        }

        private mutating func mark(tone: UInt8) {
            self.tone = tone
            isChanged = true
        }

        /// Gives the last letter of a kind its shape; `uo` takes the horn on both.
        private mutating func shape(_ shape: UInt8, of letters: StaticString) {
            isChanged = true
            let wanted = UnsafeBufferPointer(start: letters.utf8Start, count: letters.utf8CodeUnitCount)
            guard let place = fold.lastIndex(where: wanted.contains) else { return }
            shapes[place] = shape
            if shape == 3, place > 0, fold[place] == UInt8(ascii: "o"), fold[place - 1] == UInt8(ascii: "u") {
                shapes[place - 1] = 3
            }
        }

        private mutating func horn() {
            isChanged = true
            guard let place = fold.lastIndex(where: { [97, 111, 117].contains($0) }) else {
                // Alone it stands for ư.
                add(UInt8(ascii: "u"), shape: 3)
                return
            }
            shape(fold[place] == UInt8(ascii: "a") ? 2 : 3, of: "aou")
        }

        /// A vowel typed twice has the circumflex, also when the second stands behind the end of the syllable.
        private mutating func vowel(_ letter: UInt8) {
            let isBehindEnd = fold.last.map { !Reading.isVowel($0) } ?? false
            if fold.last == letter || (isBehindEnd && fold.last(where: Reading.isVowel) == letter) {
                isChanged = true
                if let place = fold.lastIndex(of: letter) { shapes[place] = 1 }
            } else {
                add(letter)
            }
        }

        private mutating func bar() {
            if fold.first == UInt8(ascii: "d"), fold.count == 1 || hasVowel {
                isChanged = true
                shapes[0] = 4
            } else {
                add(UInt8(ascii: "d"))
            }
        }

        private static func telexTone(_ letter: UInt8) -> UInt8 {
            switch letter {
            case UInt8(ascii: "f"): 1
            case UInt8(ascii: "s"): 2
            case UInt8(ascii: "x"): 3
            case UInt8(ascii: "r"): 4
            default: 5
            }
        }

        private static func isVowel(_ letter: UInt8) -> Bool {
            switch letter {
            case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"),
                UInt8(ascii: "y"):
                true
            default: false
            }
        }
    }
}
