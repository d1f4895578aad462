import Civil

/// Sổ từ: every word that stands in the names of a file, under a small number; 0 is no word.
///
/// The bytes of a word as it is written lead to its number at once; what they mean (marks, form without marks, keys
/// that never became marks) is worked out the first time only.
struct WordBook: Sendable {
    /// For each word, its form without marks under its number in `folds`.
    private(set) var foldOf: [UInt32] = [0]
    /// For each word, whether a mark stands in it.
    private(set) var isMarked: [Bool] = [false]
    private(set) var spoken: [SpokenWord] = [SpokenWord(fold: [], shapes: [], tone: 0)]
    private(set) var folds: [[UInt8]] = [[]]

    /// About as many bytes as all words take.
    var bytes: Int { written.count * 60 + spoken.count * 300 }

    private var written = ByteTable()
    private var meanings: [UInt32] = [0]
    private var numbers: [SpokenWord: UInt32] = [:]
    private var foldNumbers: [[UInt8]: UInt32] = [:]

    /// The number of a word as it is written; nil when the bytes are not UTF-8.
    mutating func number(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32? {
        let (place, isNew) = written.place(of: bytes)
        if !isNew { return meanings[place] }
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        let word = WordBook.meant(text)
        meanings.append(word.fold.isEmpty ? 0 : number(of: word))
        return meanings[place]
    }

    /// The number of a word that is understood already.
    mutating func number(of word: SpokenWord) -> UInt32 {
        if let known = numbers[word] { return known }
        let number = UInt32(spoken.count)
        spoken.append(word)
        isMarked.append(word.hasMarks)
        if let fold = foldNumbers[word.fold] {
            foldOf.append(fold)
        } else {
            let fold = UInt32(folds.count)
            folds.append(word.fold)
            foldNumbers[word.fold] = fold
            foldOf.append(fold)
        }
        numbers[word] = number
        return number
    }

    /// The number of a form without marks; nil for one that no word has.
    func number(ofFold fold: [UInt8]) -> UInt32? { foldNumbers[fold] }

    /// The word of the letters; keys that were never turned into marks are read as the marks they stand for.
    private static func meant(_ text: String) -> SpokenWord {
        let parts = SpokenWord.words(of: text)
        guard let first = parts.first else { return SpokenWord(fold: [], shapes: [], tone: 0) }
        let word = parts.dropFirst().reduce(first) { $0.joined(to: $1) }
        guard !word.hasMarks, !VietnameseSyllable.isShaped(word.fold) else { return word }
        for decoded in [KeyingSlips.telex(word.fold), KeyingSlips.vni(word.fold)] {
            if let decoded, VietnameseSyllable.isShaped(decoded.fold) { return decoded }
        }
        return word
    }
}

/// Sổ mã: every code of a column, such as a commune's, under a small number; 0 is none.
struct CodeBook: Sendable {
    /// A byte that no code has.
    private static let mark: UInt8 = 0

    private var written = ByteTable()
    private var meanings: [UInt32] = [0]

    /// The highest number given.
    var count: Int { written.count }

    /// The number of a code; codes that `meaning` makes the same have one number.
    mutating func number(_ bytes: UnsafeBufferPointer<UInt8>, _ meaning: ((String) -> String)?) -> UInt32 {
        let (place, isNew) = written.place(of: bytes)
        guard isNew else { return meanings[place] }
        meanings.append(UInt32(place))
        if let meaning {
            // Codes are used again in later sets: what a code means is marked, so that it is no code as it was written.
            let meant = [CodeBook.mark] + Array(meaning(String(decoding: bytes, as: UTF8.self)).utf8)
            let (other, isNewToo) = meant.withUnsafeBufferPointer { written.place(of: $0) }
            if isNewToo { meanings.append(UInt32(other)) }
            meanings[place] = meanings[other]
        }
        return meanings[place]
    }
}

/// Short strings of bytes, each with a place counted from 1, found by hash without making text of them.
struct ByteTable: Sendable {
    private var slots = [UInt32](repeating: 0, count: 1024)
    private var hashes: [UInt64] = [0]
    private var ends: [Int] = [0]
    private var bytes: [UInt8] = []

    var count: Int { hashes.count - 1 }

    /// The place of the bytes, and whether they are new.
    mutating func place(of text: UnsafeBufferPointer<UInt8>) -> (place: Int, isNew: Bool) {
        let hash = ByteTable.hash(text)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let place = Int(slots[slot])
            if hashes[place] == hash, isEqual(place, text) { return (place, false) }
            slot = (slot + 1) & (slots.count - 1)
        }
        let place = hashes.count
        hashes.append(hash)
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        slots[slot] = UInt32(place)
        if hashes.count * 2 > slots.count { grow() }
        return (place, true)
    }

    private func isEqual(_ place: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = ends[place - 1]
        guard ends[place] - start == text.count else { return false }
        for index in 0..<text.count where bytes[start + index] != text[index] { return false }
        return true
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for place in 1..<hashes.count {
            var slot = Int(truncatingIfNeeded: hashes[place]) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(place)
        }
    }

    /// FNV-1a with the high bits folded into the low ones.
    static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash ^ (hash >> 29)
    }
}
