import Civil

/// Từ vựng họ tên: every word that stands in a name of the index, with and without its marks.
///
/// Words get small numbers, so that a name is a few integers; a few thousand words serve a nation. It only grows.
struct SearchVocabulary: Sendable {
    /// For each word with its marks: the word, and the number of its form without marks.
    private(set) var words: [SpokenWord] = []
    private(set) var foldOf: [UInt32] = []
    /// For each form without marks: its letters, which of the 26 letters it has, and how it sounds.
    private(set) var folds: [[UInt8]] = []
    private(set) var letterSets: [UInt32] = []
    private(set) var sounds: [UInt64] = []
    /// How often each form without marks stands in names and parents' names.
    private(set) var counts: [UInt32] = []
    /// All rows counted.
    private(set) var names = 0

    private var wordNumbers: [SpokenWord: UInt32] = [:]
    private var foldByLetters: [[UInt8]: UInt32] = [:]

    /// The number of a word of a name, new or known.
    mutating func number(of word: SpokenWord) -> UInt32 {
        if let known = wordNumbers[word] { return known }
        let number = UInt32(words.count)
        words.append(word)
        foldOf.append(foldNumber(of: SearchVocabulary.meant(word.fold)))
        wordNumbers[word] = number
        return number
    }

    /// Counts one row whose names have these words.
    mutating func count(_ words: some Sequence<UInt32>) {
        names += 1
        for word in words { counts[Int(foldOf[Int(word)])] &+= 1 }
    }

    /// Takes back what `count` did for a row that no longer holds.
    mutating func uncount(_ words: some Sequence<UInt32>) {
        names -= 1
        for word in words { counts[Int(foldOf[Int(word)])] &-= 1 }
    }

    /// The number of a form without marks, when a name has it now.
    func fold(_ letters: [UInt8]) -> UInt32? {
        foldByLetters[letters].flatMap { counts[Int($0)] > 0 ? $0 : nil }
    }

    /// A stored word with Telex keys left in it is found under what was meant.
    private static func meant(_ fold: [UInt8]) -> [UInt8] {
        guard let decoded = KeyingSlips.telex(fold)?.fold, !isSyllable(fold), isSyllable(decoded) else { return fold }
        return decoded
    }

    private static func isSyllable(_ letters: [UInt8]) -> Bool {
        VietnameseSyllable.isShaped(letters)
    }

    private mutating func foldNumber(of letters: [UInt8]) -> UInt32 {
        if let known = foldByLetters[letters] { return known }
        let number = UInt32(folds.count)
        folds.append(letters)
        letterSets.append(SearchVocabulary.letterSet(letters))
        sounds.append(RegionalSounds.key(letters))
        counts.append(0)
        foldByLetters[letters] = number
        return number
    }

    /// One bit for each letter that occurs; digits share the last one.
    static func letterSet(_ letters: [UInt8]) -> UInt32 {
        letters.reduce(into: 0) { set, letter in
            set |= (97...122).contains(letter) ? 1 << UInt32(letter - 97) : 1 << 26
        }
    }

    // MARK: Weights

    /// What a word tells, in hundredths of a bit: rare words tell much, `Nguyễn` little.
    func weight(ofFold fold: UInt32) -> Int {
        let share = Double(max(1, counts[Int(fold)])) / Double(max(names, 1))
        return min(
            SearchVocabulary.mostWeight, max(SearchVocabulary.leastWeight, Int(-SearchLogarithm.base2(share) * 100)))
    }

    static let mostWeight = 1_000
    static let leastWeight = 120
}

/// A logarithm without the mathematics library, the same on every machine.
enum SearchLogarithm {
    /// To the base of 2, with an error under 0.01.
    static func base2(_ value: Double) -> Double {
        guard value > 0 else { return -1_000 }
        let mantissa = value.significand
        // The line through the ends with its parabola: log2(1 + x) ≈ x + 0.346607·x·(1 − x).
        let x = mantissa - 1
        return Double(value.exponent) + x + 0.346_607 * x * (1 - x)
    }
}
