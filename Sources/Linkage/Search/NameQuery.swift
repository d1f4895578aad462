import Civil

/// Họ tên đã gõ: a typed name made ready to be held against many names.
struct NameQuery: Sendable {
    /// One way to read what was typed, word by word.
    struct Reading: Sendable {
        let words: [WordVariants]
        /// Whether words were joined or split to get here.
        let isRegrouped: Bool
        let weight: Int
        /// For each word, the likeness of each form of the vocabulary.
        let tables: [[UInt8]]
    }

    let readings: [Reading]

    /// Other groupings of the words that are tried.
    private static let mostReadings = 6

    /// Nil when nothing was typed that a name could have.
    init?(_ text: String, in vocabulary: SearchVocabulary) {
        let typed = SpokenWord.words(of: text, keepingHoles: true)
        guard !typed.isEmpty else { return nil }
        var known: [SpokenWord: WordVariants] = [:]
        func variants(_ word: SpokenWord) -> WordVariants {
            if let variants = known[word] { return variants }
            let variants = WordVariants(word, in: vocabulary)
            known[word] = variants
            return variants
        }
        var groupings = [(typed, false)]
        let others = NameQuery.atCapitals(text, typed) + NameQuery.regrouped(typed, vocabulary)
        for other in others where groupings.count < NameQuery.mostReadings {
            groupings.append((other, true))
        }
        readings = groupings.map { words, isRegrouped in
            let variants = words.map(variants)
            return Reading(
                words: variants, isRegrouped: isRegrouped, weight: max(1, variants.reduce(0) { $0 + $1.weight }),
                tables: variants.map { NameQuery.table($0, vocabulary) })
        }
    }

    private static func table(_ word: WordVariants, _ vocabulary: SearchVocabulary) -> [UInt8] {
        var table = [UInt8](repeating: 0, count: vocabulary.folds.count)
        for variant in word.variants { table[Int(variant.fold)] = variant.likeness.rawValue }
        return table
    }

    /// The same letters in other words: two typed words that are one in a name, one that is several.
    private static func regrouped(_ words: [SpokenWord], _ vocabulary: SearchVocabulary) -> [[SpokenWord]] {
        var groupings: [[SpokenWord]] = []
        var split: [SpokenWord] = []
        for word in words { split += parts(of: word, vocabulary) ?? [word] }
        if split.count != words.count { groupings.append(Array(split.prefix(SpokenWord.mostWords))) }
        for index in words.indices.dropLast() {
            let joined = words[index].joined(to: words[index + 1])
            guard vocabulary.fold(joined.fold) != nil else { continue }
            groupings.append(Array(words[..<index]) + [joined] + Array(words[(index + 2)...]))
        }
        return groupings
    }

    /// `NguyễnVăn Hùng` → `Nguyễn`, `Văn`, `Hùng`: a capital behind a small letter begins a word, slips in it or not.
    private static func atCapitals(_ text: String, _ typed: [SpokenWord]) -> [[SpokenWord]] {
        var spread = ""
        var isBehindSmall = false
        for scalar in NormalForm.nfc(text).unicodeScalars.prefix(SpokenWord.mostWords * SpokenWord.mostLetters) {
            let isCapital = LetterCase.small(scalar) != scalar
            if isCapital, isBehindSmall { spread.append(" ") }
            isBehindSmall = !isCapital && Folding.base(scalar.value) != nil
            spread.unicodeScalars.append(scalar)
        }
        let words = SpokenWord.words(of: spread, keepingHoles: true)
        return words.count == typed.count ? [] : [words]
    }

    /// Whether a word of the vocabulary is one that others may have been joined of, and no slip.
    private static func isPart(_ fold: UInt32, _ vocabulary: SearchVocabulary) -> Bool {
        VietnameseSyllable.isShaped(vocabulary.folds[Int(fold)])
            || Int(vocabulary.counts[Int(fold)]) * 50_000 >= vocabulary.names
    }

    /// `nguyenvanhung` → `nguyen`, `van`, `hung`: the likeliest words of the vocabulary that make up one typed word.
    private static func parts(of word: SpokenWord, _ vocabulary: SearchVocabulary) -> [SpokenWord]? {
        let letters = word.fold
        guard letters.count >= 4 else { return nil }
        let whole = vocabulary.fold(letters).map { Int(vocabulary.counts[Int($0)]) } ?? 0
        // A word that stands in names oftener than by a slip is left as it is.
        guard whole * 20_000 < max(vocabulary.names, 1) else { return nil }
        var best = [(cost: Int, from: Int)?](repeating: nil, count: letters.count + 1)
        best[0] = (0, 0)
        for end in 1...letters.count {
            for start in max(0, end - 7)..<end {
                guard let before = best[start], let fold = vocabulary.fold(Array(letters[start..<end])),
                    isPart(fold, vocabulary)
                else { continue }
                // Short words fit everywhere, so each cut has its price.
                let cost = before.cost + vocabulary.weight(ofFold: fold) + 300
                if best[end].map({ cost < $0.cost }) ?? true { best[end] = (cost, start) }
            }
        }
        guard best[letters.count] != nil else { return nil }
        var parts: [SpokenWord] = []
        var end = letters.count
        while end > 0, let step = best[end] {
            // Which part the one tone belongs to is not known; the shapes are each letter's own.
            parts.append(
                SpokenWord(
                    fold: Array(letters[step.from..<end]), shapes: Array(word.shapes[step.from..<end]), tone: 0))
            end = step.from
        }
        return parts.count > 1 ? parts.reversed() : nil
    }
}

/// How close one stored name is to a typed one.
struct NameCloseness: Sendable {
    /// 0 to 1000.
    var score = 0
    var reasons = ReasonSet()

    /// What each mark that differs costs of a word's weight, in hundredths, and the most for a word.
    private static let markCost = 4
    private static let mostMarksCost = 10
    /// What another order of the words costs, and at the most what words cost that were not asked for, in hundredths.
    private static let orderCost = 6
    private static let extraCost = 45
    private static let regroupedCost = 3

    /// The best over all readings of the typed name.
    static func best(
        _ query: NameQuery, _ words: UnsafeBufferPointer<UInt32>, _ vocabulary: VocabularyView
    ) -> NameCloseness {
        var best = NameCloseness()
        for reading in query.readings {
            let closeness = NameCloseness(reading, words, vocabulary)
            if closeness.score > best.score { best = closeness }
        }
        return best
    }

    private init() {}

    private init(_ reading: NameQuery.Reading, _ words: UnsafeBufferPointer<UInt32>, _ vocabulary: VocabularyView) {
        guard !words.isEmpty else { return }
        var used: UInt32 = 0
        var last = -1
        var gained = 0
        var isOrdered = true
        for (index, typed) in reading.words.enumerated() {
            let found = NameCloseness.place(reading.tables[index], words, used, after: last, vocabulary)
            guard let found else {
                reasons.insert(.wordMissing)
                continue
            }
            used |= 1 << UInt32(found.place)
            if found.place < last { isOrdered = false }
            last = max(last, found.place)
            var value = typed.weight * found.likeness.similarity
            switch found.likeness {
            case .same: value -= typed.weight * marks(typed.word, words[found.place], vocabulary)
            case .keying:
                reasons.insert(.keyingSlip)
                value -= typed.weight * keyedMarks(typed.decoded, words[found.place], vocabulary)
            case .initial: reasons.insert(.initialFits)
            case .soundsAlike: reasons.insert(.soundsAlike)
            case .oneSlip, .twoSlips: reasons.insert(.spellingSlip)
            case .none: break
            }
            gained += value
        }
        guard used != 0 else { return }
        var extra = 0
        for place in words.indices where used & (1 << UInt32(place)) == 0 { extra += vocabulary.weight(words[place]) }
        if extra > 0 {
            // However much more a name says, what was typed is still in it: the cost nears its limit and stays below.
            gained -= reading.weight * NameCloseness.extraCost * extra / (extra + reading.weight)
            reasons.insert(.nameIsLonger)
        }
        if !isOrdered {
            gained -= reading.weight * NameCloseness.orderCost
            reasons.insert(.orderDiffers)
        }
        if reading.isRegrouped {
            gained -= reading.weight * NameCloseness.regroupedCost
            reasons.insert(.joinedOrSplit)
        }
        if reasons.isEmpty { reasons.insert(.nameEqual) }
        score = max(0, min(1000, gained * 10 / reading.weight))
    }

    /// What the marks of two words with the same letters cost; words typed without marks cost nothing.
    private mutating func marks(_ typed: SpokenWord, _ word: UInt32, _ vocabulary: VocabularyView) -> Int {
        let stored = vocabulary.words[Int(word)]
        let count = typed.marksThatDiffer(from: stored)
        if count == 0 { return 0 }
        reasons.insert(.marksDiffer)
        return typed.hasMarks ? min(NameCloseness.mostMarksCost, count * NameCloseness.markCost) : 0
    }

    /// The same for the marks that typed keys stand for.
    private func keyedMarks(_ decoded: [SpokenWord], _ word: UInt32, _ vocabulary: VocabularyView) -> Int {
        let stored = vocabulary.words[Int(word)]
        let counts = decoded.filter { $0.fold == stored.fold }.map { $0.marksThatDiffer(from: stored) }
        return min(NameCloseness.mostMarksCost, (counts.min() ?? 0) * NameCloseness.markCost)
    }

    /// The word of the name that is likest, not yet taken; of two the one behind the last.
    private static func place(
        _ table: [UInt8], _ words: UnsafeBufferPointer<UInt32>, _ used: UInt32, after last: Int,
        _ vocabulary: VocabularyView
    ) -> (place: Int, likeness: WordVariants.Likeness)? {
        var best: UInt8 = 0
        var place = -1
        for index in words.indices where used & (1 << UInt32(index)) == 0 {
            let likeness = table[Int(vocabulary.foldOf[Int(words[index])])]
            guard likeness > 0 else { continue }
            if likeness > best || (likeness == best && place < last && index > last) {
                best = likeness
                place = index
            }
        }
        guard place >= 0, let likeness = WordVariants.Likeness(rawValue: best) else { return nil }
        return (place, likeness)
    }
}

/// What scoring needs of the vocabulary, with the weights worked out once a search.
struct VocabularyView: Sendable {
    let words: [SpokenWord]
    let foldOf: [UInt32]
    private let vocabulary: SearchVocabulary

    init(_ vocabulary: SearchVocabulary) {
        words = vocabulary.words
        foldOf = vocabulary.foldOf
        self.vocabulary = vocabulary
    }

    func weight(_ word: UInt32) -> Int { vocabulary.weight(ofFold: foldOf[Int(word)]) }
}

/// Reasons as bits, since a search weighs many more names than it shows.
struct ReasonSet: Hashable, Sendable {
    private var bits: UInt32 = 0

    var isEmpty: Bool { bits == 0 }

    mutating func insert(_ reason: SearchReason) { bits |= 1 << UInt32(reason.rawValue) }

    func contains(_ reason: SearchReason) -> Bool { bits & (1 << UInt32(reason.rawValue)) != 0 }

    mutating func formUnion(_ other: ReasonSet) { bits |= other.bits }

    /// In the order in which reasons are told.
    var reasons: [SearchReason] { SearchReason.allCases.filter(contains) }
}
