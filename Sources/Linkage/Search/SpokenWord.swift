import Civil

/// Một tiếng của họ tên: one word of a name as search sees it, its letters and its marks apart.
///
/// The tone belongs to the word and not to a letter, so that `Hòa` and `Hoà` are one word.
struct SpokenWord: Hashable, Sendable {
    /// Small ASCII letters without marks.
    let fold: [UInt8]
    /// For each letter its shape: 0 plain, 1 circumflex, 2 breve, 3 horn, 4 the bar of đ.
    var shapes: [UInt8]
    /// 0 level, then falling, rising, broken, curving, heavy.
    var tone: UInt8

    var hasMarks: Bool { tone != 0 || shapes.contains { $0 != 0 } }

    /// Both words as one; the tone is that of the one that has any.
    func joined(to other: SpokenWord) -> SpokenWord {
        SpokenWord(
            fold: fold + other.fold, shapes: shapes + other.shapes, tone: tone == 0 ? other.tone : tone)
    }

    /// By letters, then by marks.
    func isOrdered(before other: SpokenWord) -> Bool {
        if fold != other.fold { return fold.lexicographicallyPrecedes(other.fold) }
        if shapes != other.shapes { return shapes.lexicographicallyPrecedes(other.shapes) }
        return tone < other.tone
    }

    /// In how many places the marks of two words with the same letters differ.
    func marksThatDiffer(from other: SpokenWord) -> Int {
        guard shapes.count == other.shapes.count else { return 1 }
        var count = tone == other.tone ? 0 : 1
        for index in shapes.indices where shapes[index] != other.shapes[index] { count += 1 }
        return count
    }

    /// Most words of a name that are looked at; longer texts are cut.
    static let mostWords = 8
    /// Most letters of a word; what is longer is cut.
    static let mostLetters = 24

    /// Stands in a typed word for a letter that could not be read: what a wrong encoding leaves of a letter with marks.
    static let hole = UInt8(ascii: "?")

    /// Whether letters could not be read.
    var hasHoles: Bool { fold.contains(SpokenWord.hole) }

    /// Viết tắt: the beginning of a word that somebody left it at: one letter, or consonants alone (`Ng.`, `Th.`).
    var isInitial: Bool {
        if hasHoles || fold.count > 3 { return false }
        return fold.count == 1
            || fold.allSatisfy { (97...122).contains($0) && !SpokenWord.vowels.contains($0) }
    }

    private static let vowels = Array("aeiouy".utf8)

    /// The words of a name or of what somebody typed: spaces, hyphens, dots and commas separate, apostrophes join.
    ///
    /// With `keepingHoles` the signs that stand for a lost letter are letters of their words; names have none.
    static func words(of text: String, keepingHoles: Bool = false) -> [SpokenWord] {
        var words: [SpokenWord] = []
        var word = SpokenWord(fold: [], shapes: [], tone: 0)
        func end() {
            if word.fold.contains(where: { $0 != hole }), words.count < mostWords { words.append(word) }
            word = SpokenWord(fold: [], shapes: [], tone: 0)
        }
        for scalar in NormalForm.nfc(text).unicodeScalars {
            let value = scalar.value
            if isJoint(value) || (0x300...0x36F).contains(value) { continue }
            let isHole = keepingHoles && (value == 0x3F || value == 0xFFFD)
            guard let letter = isHole ? hole : Folding.base(value) else {
                end()
                continue
            }
            if word.fold.count < mostLetters { word.append(letter, written: value) }
        }
        end()
        return words
    }

    private mutating func append(_ letter: UInt8, written value: UInt32) {
        let parts = value > 0x7F ? VietnameseLetters.parts(of: value) : nil
        self = SpokenWord(
            fold: fold + [letter], shapes: shapes + [SpokenWord.shape(parts?.shape, letter, value)],
            tone: parts?.tone.map(SpokenWord.number) ?? tone)
    }

    private static func shape(_ mark: UInt32?, _ letter: UInt8, _ value: UInt32) -> UInt8 {
        switch mark {
        case 0x302: 1
        case 0x306: 2
        case 0x31B: 3
        default: letter == UInt8(ascii: "d") && value > 0x7F ? 4 : 0
        }
    }

    private static func number(_ tone: VietnameseLetters.Tone) -> UInt8 {
        switch tone {
        case .falling: 1
        case .rising: 2
        case .broken: 3
        case .curving: 4
        case .heavy: 5
        }
    }

    private static func isJoint(_ value: UInt32) -> Bool {
        value == 0x27 || value == 0x2019 || value == 0x2BC || value == 0x60 || value == 0xB4
    }
}

/// Âm dễ lẫn theo vùng: the sounds that regions and fast ears do not keep apart, as one key.
enum RegionalSounds {
    /// The key of a folded word; words with one key sound alike somewhere in the country.
    static func key(_ word: [UInt8]) -> UInt64 {
        var rest = word[...]
        var sounds: [UInt8] = []
        for (letters, sound) in onsets where rest.starts(with: letters) {
            sounds.append(sound)
            rest = rest.dropFirst(letters.count)
            break
        }
        var rime = Array(rest)
        for (letters, sound) in codas where rime.count > letters.count && rime.suffix(letters.count) == letters[...] {
            rime.removeLast(letters.count)
            rime.append(sound)
            break
        }
        for index in rime.indices where rime[index] == UInt8(ascii: "y") { rime[index] = UInt8(ascii: "i") }
        sounds += rime
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in sounds { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash
    }

    /// Longest first.
    private static let onsets: [([UInt8], UInt8)] = [
        ("ngh", "g"), ("ng", "g"), ("gh", "h"), ("gi", "z"), ("kh", "K"), ("ph", "f"), ("th", "T"), ("tr", "c"),
        ("ch", "c"), ("nh", "N"), ("qu", "w"), ("s", "x"), ("x", "x"), ("l", "n"), ("n", "n"), ("d", "z"), ("r", "z"),
        ("c", "k"), ("k", "k"), ("q", "k"), ("g", "h"), ("w", "w"),
    ].map { (Array($0.0.utf8), $0.1.utf8.first ?? 0) }

    private static let codas: [([UInt8], UInt8)] = [
        ("nh", "n"), ("ng", "n"), ("ch", "t"), ("n", "n"), ("c", "t"), ("t", "t"), ("y", "i"), ("i", "i"),
    ].map { (Array($0.0.utf8), $0.1.utf8.first ?? 0) }
}
