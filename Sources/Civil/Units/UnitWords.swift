/// The words of an address, folded for comparing, with their places in the text.
struct UnitWords {
    /// What parts a word from the one before it.
    enum Gap: UInt8, Comparable {
        case space
        /// A hyphen or a slash: names may reach over it ("Phan Rang-Tháp Chàm").
        case hyphen
        /// A comma or its like, or the beginning: names do not reach over it.
        case comma

        static func < (left: Gap, right: Gap) -> Bool { left.rawValue < right.rawValue }
    }

    struct Word {
        /// The folded word in `letters`.
        var letters: Range<Int>
        /// Where it stands in the text, in bytes of UTF-8.
        var written: Range<Int>
        var gap: Gap
        var isNumber: Bool
        var hash: UInt64
    }

    let text: String
    /// The folded words, parted by single spaces.
    private(set) var letters: [UInt8] = []
    private(set) var words: [Word] = []

    init(_ text: String) {
        self.text = text
        letters.reserveCapacity(text.utf8.count + 4)
        words.reserveCapacity(text.utf8.count / 5 + 2)
        var gap = Gap.comma
        var begin = -1
        var offset = 0
        for scalar in text.unicodeScalars {
            let value = scalar.value
            if let letter = Folding.base(value) {
                if begin < 0 {
                    begin = offset
                    startWord(gap)
                } else if UnitWords.isDigit(letter), isGluedKind {
                    finishWord(begin..<offset)
                    startWord(.space)
                    begin = offset
                }
                letters.append(letter)
            } else if !UnitWords.joins(value) {
                if begin >= 0 {
                    finishWord(begin..<offset)
                    begin = -1
                    gap = .space
                }
                gap = max(gap, UnitWords.gap(of: value))
            }
            offset += UTF8.width(scalar)
        }
        if begin >= 0 { finishWord(begin..<offset) }
    }

    private mutating func startWord(_ gap: Gap) {
        if !letters.isEmpty { letters.append(UInt8(ascii: " ")) }
        words.append(Word(letters: letters.count..<letters.count, written: 0..<0, gap: gap, isNumber: false, hash: 0))
    }

    /// Whether the word begun last is a kind that a number may follow without a space.
    private var isGluedKind: Bool {
        guard let word = words.last else { return false }
        return UnitKind.isGlued(letters[word.letters.lowerBound...])
    }

    private mutating func finishWord(_ written: Range<Int>) {
        let start = words[words.count - 1].letters.lowerBound
        var isNumber = true
        for letter in letters[start...] where !UnitWords.isDigit(letter) { isNumber = false }
        if isNumber {
            while letters.count - start > 1, letters[start] == UInt8(ascii: "0") { letters.remove(at: start) }
        } else if letters.last == UInt8(ascii: "y"), UnitWords.isWrittenWithI(letters[start...].dropLast()) {
            letters[letters.count - 1] = UInt8(ascii: "i")
        }
        words[words.count - 1].letters = start..<letters.count
        words[words.count - 1].written = written
        words[words.count - 1].isNumber = isNumber
        words[words.count - 1].hash = UnitWords.hash(letters[start...])
    }

    // MARK: Ranges of words

    /// Whether no comma stands inside the range.
    func isWhole(_ range: Range<Int>) -> Bool {
        for place in range.dropFirst() where words[place].gap == .comma { return false }
        return true
    }

    /// The folded words of a range, parted by single spaces.
    func key(_ range: Range<Int>) -> ArraySlice<UInt8> {
        range.isEmpty
            ? [] : letters[words[range.lowerBound].letters.lowerBound..<words[range.upperBound - 1].letters.upperBound]
    }

    /// The text of the words as written.
    func written(_ range: Range<Int>) -> Substring {
        guard !range.isEmpty else { return "" }
        return slice(words[range.lowerBound].written.lowerBound..<words[range.upperBound - 1].written.upperBound)
    }

    /// The text before a word, without the signs that part it from the next.
    func text(before word: Int) -> String {
        guard word > 0 else { return "" }
        return UnitWords.trimmed(slice(0..<(word < words.count ? words[word].written.lowerBound : text.utf8.count)))
    }

    private func slice(_ range: Range<Int>) -> Substring {
        let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
        return text[start..<text.utf8.index(start, offsetBy: range.count)]
    }

    // MARK: Keys

    /// The hash of all words as one name.
    var hash: UInt64 { words.reversed().reduce(0) { UnitWords.join($1.hash, before: $0) } }

    /// The hash of a name with one more word in front.
    static func join(_ word: UInt64, before rest: UInt64) -> UInt64 {
        ((rest << 7) ^ (rest >> 57) ^ word) &* 0x9E37_79B9_7F4A_7C15
    }

    /// A unit's name as the keys of words are made.
    static func fold(_ name: some StringProtocol) -> String {
        String(decoding: UnitWords(String(name)).letters, as: UTF8.self)
    }

    /// FNV-1a.
    private static func hash(_ letters: ArraySlice<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for letter in letters { hash = (hash ^ UInt64(letter)) &* 0x0000_0100_0000_01B3 }
        return hash
    }

    /// "Mỹ" and "Mĩ", "Quy" and "Qui" are one name: a y that is the only vowel of its syllable counts as i.
    private static func isWrittenWithI(_ onset: ArraySlice<UInt8>) -> Bool {
        guard let last = onset.last else { return true }
        if last == UInt8(ascii: "u") { return onset.count == 2 && onset.first == UInt8(ascii: "q") }
        return !"aeiouy".utf8.contains(last)
    }

    private static func gap(of value: UInt32) -> Gap {
        switch value {
        case 0x2C, 0x3B, 0x7C, 0x0A, 0x09, 0xFF0C, 0x28, 0x29: .comma
        case 0x2D, 0x2F, 0x2010...0x2015: .hyphen
        default: .space
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static func joins(_ value: UInt32) -> Bool {
        switch value {
        case 0x300...0x36F, 0x27, 0x2019, 0x2BC, 0x60, 0xB4: true
        default: false
        }
    }

    /// Without spaces and signs at both ends.
    static func trimmed(_ text: Substring) -> String {
        var rest = text.unicodeScalars
        func isEdge(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.value {
            case 0x20, 0x09...0x0D, 0xA0, 0x2C...0x2E, 0x3B, 0x7C, 0x2010...0x2015: true
            default: false
            }
        }
        while let first = rest.first, isEdge(first) { rest.removeFirst() }
        while let last = rest.last, isEdge(last) { rest.removeLast() }
        return String(rest)
    }
}
