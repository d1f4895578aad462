/// Những từ có thể là từ đã gõ: the words of the vocabulary that somebody may have meant by one typed word.
struct WordVariants: Sendable {
    /// How a word of a name came to count as the typed one.
    enum Likeness: UInt8, Sendable, Comparable {
        case none, twoSlips, oneSlip, soundsAlike, initial, keying, same

        static func < (left: Likeness, right: Likeness) -> Bool { left.rawValue < right.rawValue }

        /// In hundredths.
        var similarity: Int {
            switch self {
            case .none: 0
            case .twoSlips: 50
            case .oneSlip: 76
            case .soundsAlike: 80
            case .initial: 90
            case .keying: 97
            case .same: 100
            }
        }
    }

    struct Variant: Sendable {
        let fold: UInt32
        let likeness: Likeness
    }

    let word: SpokenWord
    /// The words that its letters are under Telex and VNI keys.
    let decoded: [SpokenWord]
    /// Closest first.
    let variants: [Variant]
    /// What the typed word tells, in hundredths of a bit.
    let weight: Int

    /// More than these are not followed.
    static let most = 400
    /// A word that more than one name in so many has is surely typed as it is meant.
    private static let commonShare = 20_000

    init(_ word: SpokenWord, in vocabulary: SearchVocabulary) {
        self.word = word
        var best: [UInt32: Likeness] = [:]
        func found(_ fold: UInt32, _ likeness: Likeness) {
            if best[fold, default: .none] < likeness { best[fold] = likeness }
        }
        var forms = [word.fold]
        let decoded = [KeyingSlips.telex(word.fold), KeyingSlips.vni(word.fold)].compactMap { $0 }
        for form in decoded {
            if let fold = vocabulary.fold(form.fold) { found(fold, .keying) }
            forms.append(form.fold)
        }
        self.decoded = decoded
        // A sign behind a word may be the end of a question.
        if word.fold.last == SpokenWord.hole { forms.append(Array(word.fold.dropLast())) }
        if let fold = vocabulary.fold(word.fold) { found(fold, .same) }
        for doublet in WordVariants.doublets(of: word.fold) {
            if let fold = vocabulary.fold(doublet) { found(fold, .soundsAlike) }
        }
        for form in forms { WordVariants.scan(form, vocabulary, found) }
        if word.isInitial { WordVariants.complete(word.fold, vocabulary, found) }
        let sorted = best.map { Variant(fold: $0.key, likeness: $0.value) }
            .sorted { WordVariants.isBefore($0, $1, vocabulary) }
        variants = Array(sorted.prefix(WordVariants.most))
        // First letters tell little, however rare they are as a word.
        weight =
            word.isInitial && !WordVariants.isCommon(variants, vocabulary)
            ? SearchVocabulary.leastWeight : WordVariants.weight(variants, vocabulary)
    }

    /// Closest first, then the commonest, then by letters: numbers of words depend on who came first and say nothing.
    private static func isBefore(_ left: Variant, _ right: Variant, _ vocabulary: SearchVocabulary) -> Bool {
        if left.likeness != right.likeness { return left.likeness > right.likeness }
        let counts = (vocabulary.counts[Int(left.fold)], vocabulary.counts[Int(right.fold)])
        if counts.0 != counts.1 { return counts.0 > counts.1 }
        return vocabulary.folds[Int(left.fold)].lexicographicallyPrecedes(vocabulary.folds[Int(right.fold)])
    }

    /// Every word of the vocabulary that is one or two slips away, or sounds the same.
    private static func scan(
        _ form: [UInt8], _ vocabulary: SearchVocabulary, _ found: (UInt32, Likeness) -> Void
    ) {
        let holes = form.count { $0 == SpokenWord.hole }
        let letters = SearchVocabulary.letterSet(form.filter { $0 != SpokenWord.hole })
        let sound = holes > 0 ? nil : RegionalSounds.key(form)
        // Two slips in a short word make any word of any other.
        let limit = form.count >= 5 ? 2 : form.count >= 2 ? 1 : 0
        let pattern = SlipPattern(form)
        for fold in vocabulary.folds.indices where vocabulary.counts[fold] > 0 {
            if vocabulary.sounds[fold] == sound { found(UInt32(fold), .soundsAlike) }
            let different = (vocabulary.letterSets[fold] ^ letters).nonzeroBitCount
            guard limit > 0, different <= 2 * limit + holes else { continue }
            let other = vocabulary.folds[fold]
            guard abs(other.count - form.count) <= limit else { continue }
            switch pattern.distance(to: other) {
            case 0: found(UInt32(fold), .keying)
            case 1: if form.count + other.count >= 5 { found(UInt32(fold), .oneSlip) }
            case 2: if limit == 2, other.count >= 4 { found(UInt32(fold), .twoSlips) }
            default: break
            }
        }
    }

    /// Every word of the vocabulary that begins with these letters.
    private static func complete(
        _ form: [UInt8], _ vocabulary: SearchVocabulary, _ found: (UInt32, Likeness) -> Void
    ) {
        for fold in vocabulary.folds.indices where vocabulary.counts[fold] > 0 {
            if vocabulary.folds[fold].starts(with: form) { found(UInt32(fold), .initial) }
        }
    }

    /// Whether the typed word itself stands in many names.
    private static func isCommon(_ variants: [Variant], _ vocabulary: SearchVocabulary) -> Bool {
        guard let first = variants.first, first.likeness >= .keying else { return false }
        return Int(vocabulary.counts[Int(first.fold)]) * commonShare >= vocabulary.names
    }

    /// A common word weighs what it tells; a rare one may be a slip of a common one and weighs no more than that.
    private static func weight(_ variants: [Variant], _ vocabulary: SearchVocabulary) -> Int {
        guard let first = variants.first else { return SearchVocabulary.mostWeight / 2 }
        let own = vocabulary.weight(ofFold: first.fold)
        if isCommon(variants, vocabulary) { return own }
        let likely = variants.filter { $0.likeness >= .oneSlip }.map { vocabulary.weight(ofFold: $0.fold) }
        return likely.min() ?? own
    }

    /// Northern and southern forms of one name, which an ear takes for each other.
    private static func doublets(of fold: [UInt8]) -> [[UInt8]] {
        let word = String(decoding: fold, as: UTF8.self)
        return pairs.flatMap { pair in
            pair.contains(word) ? pair.filter { $0 != word }.map { Array($0.utf8) } : []
        }
    }

    static let pairs = [
        ["hoang", "huynh"], ["vu", "vo"], ["phuc", "phuoc"], ["chau", "chu"], ["nhat", "nhut"], ["sinh", "sanh"],
        ["chinh", "chanh"], ["linh", "lanh"], ["tung", "tong"],
    ]
}

/// The edit distance from one short word to many (Hyyrö 2003, with neighbours swapped as one slip).
struct SlipPattern: Sendable {
    private let length: Int
    /// For each of 64 letter codes, where it stands in the word.
    private let places: [UInt64]

    init(_ word: [UInt8]) {
        length = min(word.count, 64)
        var places = [UInt64](repeating: 0, count: 256)
        for (index, letter) in word.prefix(64).enumerated() {
            if letter == SpokenWord.hole {
                for other in places.indices { places[other] |= 1 << UInt64(index) }
            } else {
                places[Int(letter)] |= 1 << UInt64(index)
            }
        }
        self.places = places
    }

    func distance(to text: [UInt8]) -> Int {
        guard length > 0 else { return text.count }
        let last = UInt64(1) << UInt64(length - 1)
        var diagonal: UInt64 = 0
        var up = ~UInt64(0)
        var down: UInt64 = 0
        var matchBefore: UInt64 = 0
        var distance = length
        for letter in text {
            let match = places[Int(letter)]
            let swapped = ((~diagonal & match) << 1) & matchBefore
            diagonal = (((match & up) &+ up) ^ up) | match | down | swapped
            var right = down | ~(diagonal | up)
            var left = diagonal & up
            if right & last != 0 { distance += 1 }
            if left & last != 0 { distance -= 1 }
            right = right << 1 | 1
            left <<= 1
            up = left | ~(diagonal | right)
            down = right & diagonal
            matchBefore = match
        }
        return distance
    }
}
