import Civil

extension SearchIndex {
    /// Most results that one search ranks; pages are cut out of them.
    package static let mostHits = 200

    /// The persons closest to what was asked, best first.
    ///
    /// Equal closeness is ordered by name, birth and person, so that the same register gives the same order everywhere.
    /// - Returns: at most `mostHits`; none when the criteria name nothing that narrows.
    package func search(_ criteria: SearchCriteria) -> [SearchHit] {
        guard let run = SearchRun(criteria, in: self) else { return [] }
        var best = BestHits(limit: SearchIndex.mostHits, words: vocabulary.words)
        run.search(segments, dead: dead, &best)
        return best.hits()
    }
}

/// A row that was weighed.
struct WeighedRow: Sendable {
    var score: Int
    var reasons: ReasonSet
    var person: Int64
    var birth: UInt32
    /// The words of the name, for ordering those of equal score.
    var name: ArraySlice<UInt32>
}

/// The best rows so far, one a person.
struct BestHits {
    private let limit: Int
    private let words: [SpokenWord]
    private var rows: [WeighedRow] = []
    /// What a row must come before, once there are enough.
    private var last: WeighedRow?

    init(limit: Int, words: [SpokenWord]) {
        self.limit = limit
        self.words = words
    }

    /// The score below which a row is not looked at any more.
    var floor: Int { last?.score ?? 0 }

    mutating func add(_ row: WeighedRow) {
        if let last, !isBefore(row, last) { return }
        rows.append(row)
        if rows.count >= limit * 2 { cut() }
    }

    private mutating func cut() {
        rows.sort(by: isBefore)
        var persons: Set<Int64> = []
        rows = rows.filter { persons.count < limit && persons.insert($0.person).inserted }
        if rows.count == limit { last = rows.last }
    }

    mutating func hits() -> [SearchHit] {
        cut()
        return rows.map { SearchHit(person: $0.person, score: $0.score, reasons: $0.reasons.reasons) }
    }

    /// By closeness, then name, birth and person: nothing here depends on how the index came about.
    private func isBefore(_ left: WeighedRow, _ right: WeighedRow) -> Bool {
        if left.score != right.score { return left.score > right.score }
        for (first, second) in zip(left.name, right.name) where first != second {
            return words[Int(first)].isOrdered(before: words[Int(second)])
        }
        if left.name.count != right.name.count { return left.name.count < right.name.count }
        return (left.birth, left.person) < (right.birth, right.person)
    }
}

/// A segment with its rows that no longer hold and those that the search reads.
struct SearchPart {
    let segment: SearchSegment
    let dead: [UInt64]
    let rows: Range<Int>

    /// Adds what a typed word is worth to every row that has one of its forms, closest first.
    ///
    /// Once a row, so that a name with two forms of one word does not stand before the name that was typed. A gain that
    /// is full stays full.
    /// - Parameters:
    ///   - number: of the word, from 1.
    ///   - givenBy: the number of the word that gave each row something last.
    func add(_ word: TypedWord, _ number: UInt8, to gains: inout [UInt16], _ givenBy: inout [UInt8]) {
        let first = rows.lowerBound
        gains.withUnsafeMutableBufferPointer { gains in
            givenBy.withUnsafeMutableBufferPointer { givenBy in
                segment.postings.withUnsafeBufferPointer { all in
                    for (fold, gain) in word.gains {
                        for posting in segment.postings(of: fold, in: rows) {
                            let row = Int(all[posting]) - first
                            if givenBy[row] == number { continue }
                            givenBy[row] = number
                            let (sum, isFull) = gains[row].addingReportingOverflow(gain)
                            gains[row] = isFull ? .max : sum
                        }
                    }
                }
            }
        }
    }

    /// Takes the gains of the rows away that no longer hold.
    func clearDead(_ gains: inout [UInt16]) {
        for word in rows.lowerBound / 64...(rows.upperBound - 1) / 64 where dead[word] != 0 {
            var bits = dead[word]
            while bits != 0 {
                let row = word * 64 + bits.trailingZeroBitCount
                if rows.contains(row) { gains[row - rows.lowerBound] = 0 }
                bits &= bits - 1
            }
        }
    }
}

/// One typed word: the forms that somebody may have meant by it, closest first, with what each is worth.
struct TypedWord {
    let gains: [(fold: UInt32, gain: UInt16)]

    /// - Parameter times: how often it was typed; the name that has it as often gains no more than is counted here.
    init(_ word: WordVariants, times: Int) {
        gains = word.variants.map { variant in
            (variant.fold, UInt16(clamping: word.weight * variant.likeness.similarity / 100 * times))
        }
    }
}

/// One search, made ready: what was typed, held against the vocabulary once.
struct SearchRun {
    private let criteria: SearchCriteria
    private let name: NameQuery?
    private let parent: NameQuery?
    private let oldNumber: UInt64?
    private let oldNumberSlips: [UInt64]
    private let sex: UInt8
    /// For each number of a place, whether it is the place that was asked for.
    private let isPlaceAsked: [Bool]?
    private let vocabulary: VocabularyView
    private let years: ClosedRange<Int>?

    /// Below this a name is another one.
    private static let leastScore = 400
    /// What the number that was asked for is worth at least: more than a name alone without a number.
    private static let numberScore = 960
    /// Rows that are weighed exactly; those that tie with the last of them come too.
    private static let weighedRows = 3_000

    init?(_ criteria: SearchCriteria, in index: SearchIndex) {
        self.criteria = criteria
        name = criteria.name.flatMap { NameQuery($0, in: index.vocabulary) }
        parent = criteria.parent.flatMap { NameQuery($0, in: index.vocabulary) }
        oldNumber = criteria.oldNumber.flatMap(SearchSegmentBuilder.packedOldNumber)
        oldNumberSlips = oldNumber.map(SearchRun.slips) ?? []
        sex = criteria.sex.map { $0 == .male ? 1 : 2 } ?? 0
        vocabulary = VocabularyView(index.vocabulary)
        let around = max(0, min(criteria.yearsAround, SearchCriteria.mostYearsAround))
        years = criteria.birth.map { $0.year - around...$0.year + around }
        isPlaceAsked = criteria.places.map { places in
            var isAsked = [Bool](repeating: false, count: index.knownPlaces.count + 1)
            for place in places {
                if let number = index.places.number(known: place) { isAsked[Int(number)] = true }
            }
            return isAsked
        }
        // What was typed but can be nobody's name finds nobody, whatever else is given.
        if criteria.name != nil, name == nil { return nil }
        if criteria.parent != nil, parent == nil { return nil }
        guard name != nil || oldNumber != nil || years != nil || (parent != nil && isPlaceAsked != nil) else {
            return nil
        }
    }

    /// Adds the persons of all segments; which rows are weighed does not depend on how they are spread over segments.
    func search(_ segments: [SearchSegment], dead: [[UInt64]], _ best: inout BestHits) {
        let parts = zip(segments, dead).map { segment, dead in
            SearchPart(segment: segment, dead: dead, rows: years.map(segment.rows) ?? 0..<segment.count)
        }
        if let oldNumber {
            for part in parts {
                for number in [oldNumber] + oldNumberSlips {
                    for row in part.segment.rows(ofOldNumber: number) where part.rows.contains(Int(row)) {
                        weigh(Int(row), part, &best)
                    }
                }
            }
            // With the number alone, nobody else is meant.
            if name == nil { return }
        }
        guard let name else {
            for part in parts { for row in part.rows { weigh(row, part, &best) } }
            return
        }
        let words = SearchRun.words(of: name)
        weighStrongest(parts.map { ($0, gains(of: words, in: $0)) }, name, &best)
    }

    /// Adds up, for every row, what its words tell.
    private func gains(of words: [TypedWord], in part: SearchPart) -> [UInt16] {
        guard !part.rows.isEmpty else { return [] }
        var gains = [UInt16](repeating: 0, count: part.rows.count)
        var givenBy = [UInt8](repeating: 0, count: part.rows.count)
        for (index, word) in words.enumerated() {
            part.add(word, UInt8(index + 1), to: &gains, &givenBy)
        }
        // Rows that no longer hold must not push those that do from their places.
        part.clearDead(&gains)
        return gains
    }

    /// The words of all readings, each once; a number for each fits eight bits.
    private static func words(of name: NameQuery) -> [TypedWord] {
        var isDone: Set<[UInt8]> = []
        var words: [TypedWord] = []
        for reading in name.readings {
            for word in reading.words where isDone.insert(word.word.fold).inserted {
                let times = name.readings.map { $0.words.count { $0.word.fold == word.word.fold } }.max() ?? 1
                words.append(TypedWord(word, times: times))
            }
        }
        return Array(words.prefix(Int(UInt8.max)))
    }

    /// Weighs the rows with the most gains: `weighedRows` of those that nothing rules out, and what ties with them; the
    /// strongest first, so that those that cannot come among the best any more need not be weighed.
    private func weighStrongest(
        _ parts: [(part: SearchPart, gains: [UInt16])], _ name: NameQuery, _ best: inout BestHits
    ) {
        // Gains in classes of 16: fine enough to find the best thousands, few enough to count quickly.
        var counts = [Int](repeating: 0, count: 4_096)
        let isNarrowed = sex != 0 || isPlaceAsked != nil
        for (part, gains) in parts {
            gains.withUnsafeBufferPointer { gains in
                for index in gains.indices where gains[index] >= 16 {
                    if isNarrowed, isOut(part.rows.lowerBound + index, part) { continue }
                    counts[Int(gains[index]) >> 4] += 1
                }
            }
        }
        var together = 0
        var least = counts.count - 1
        while least > 1, together + counts[least] < SearchRun.weighedRows {
            together += counts[least]
            least -= 1
        }
        var classes = [[(part: Int, row: Int)]](repeating: [], count: counts.count - least)
        let floor = UInt16(least << 4)
        for (place, (part, gains)) in parts.enumerated() {
            gains.withUnsafeBufferPointer { gains in
                for index in gains.indices where gains[index] >= floor {
                    classes[Int(gains[index]) >> 4 - least].append((place, part.rows.lowerBound + index))
                }
            }
        }
        let lightest = name.readings.map(\.weight).min() ?? 1
        for offset in classes.indices.reversed() where !classes[offset].isEmpty {
            // No reading gives a name more of its weight than the gains of its words, which were rounded down.
            let mostGain = (least + offset + 1) << 4 + 2 * SpokenWord.mostWords
            if oldNumber == nil, mostGain * 1_000 / lightest < best.floor { return }
            for (place, row) in classes[offset] { weigh(row, parts[place].part, &best) }
        }
    }

    /// Whether a row no longer holds, or what was asked for rules it out.
    private func isOut(_ row: Int, _ part: SearchPart) -> Bool {
        let segment = part.segment
        if SearchIndex.isSet(part.dead, row) { return true }
        if sex != 0, segment.sexes[row] != 0, segment.sexes[row] != sex { return true }
        guard let isPlaceAsked else { return false }
        return segment.places(row).allSatisfy { !isPlaceAsked[Int($0)] }
    }

    // MARK: Weighing

    private func weigh(_ row: Int, _ part: SearchPart, _ best: inout BestHits) {
        if isOut(row, part) { return }
        let segment = part.segment
        let words = segment.name(row)
        var score = 1_000
        var reasons = ReasonSet()
        if let name {
            let closeness = segment.words.withUnsafeBufferPointer {
                NameCloseness.best(name, UnsafeBufferPointer(rebasing: $0[words]), vocabulary)
            }
            score = closeness.score
            // The number asked for outweighs a name that was changed; a number with a slip in it does not.
            let isNumber = oldNumber != nil && oldNumber == segment.oldNumbers[row]
            let mayRise = isNumber || oldNumberSlips.contains(segment.oldNumbers[row])
            guard isNumber || score >= SearchRun.leastScore, mayRise || score >= best.floor else { return }
            if score >= SearchRun.leastScore { reasons = closeness.reasons }
        }
        if let birth = criteria.birth { score -= birthCost(birth, segment.births[row], &reasons) }
        if parent != nil { score -= parentCost(row, segment, &reasons) }
        if let oldNumber { score = numberScore(score, oldNumber, segment.oldNumbers[row], &reasons) }
        guard score >= SearchRun.leastScore, score >= best.floor else { return }
        if isPlaceAsked != nil { reasons.insert(.placeFits) }
        best.add(
            WeighedRow(
                score: min(score, 1_000), reasons: reasons, person: segment.persons[row], birth: segment.births[row],
                name: segment.words[words]))
    }

    private func birthCost(_ asked: PartialDate, _ stored: UInt32, _ reasons: inout ReasonSet) -> Int {
        guard
            let date = PartialDate(
                year: Int(stored >> 9), month: stored >> 5 & 15 == 0 ? nil : Int(stored >> 5 & 15),
                day: stored & 31 == 0 ? nil : Int(stored & 31))
        else { return 100 }
        let years = abs(date.year - asked.year)
        if asked.precision == .year {
            reasons.insert(years == 0 ? .birthEqual : .birthNear)
            return years == 0 ? 0 : 20 + 10 * years
        }
        switch DateComparison.compare(asked, date) {
        case .equal:
            reasons.insert(.birthEqual)
            return 0
        case .compatible:
            reasons.insert(.birthCompatible)
            return 15
        case .dayMonthSwapped:
            reasons.insert(.birthSwapped)
            return 50
        case .oneDigit:
            reasons.insert(.birthOneDigit)
            return 50
        case .yearOnlyEqual, .different, .unknown:
            reasons.insert(.birthNear)
            return 150
        }
    }

    private func parentCost(_ row: Int, _ segment: SearchSegment, _ reasons: inout ReasonSet) -> Int {
        guard let parent else { return 0 }
        var closeness = -1
        segment.words.withUnsafeBufferPointer { words in
            for number in 0..<SearchSegment.parentsOfRow {
                let range = segment.parent(number, of: row)
                if range.isEmpty { continue }
                let name = UnsafeBufferPointer(rebasing: words[range])
                closeness = max(closeness, NameCloseness.best(parent, name, vocabulary).score)
            }
        }
        guard closeness >= 0 else { return 120 }
        if closeness >= 950 {
            reasons.insert(.parentEqual)
        } else if closeness >= SearchRun.leastScore {
            reasons.insert(.parentAlike)
        }
        return (1_000 - closeness) * 4 / 10
    }

    private func numberScore(_ score: Int, _ asked: UInt64, _ stored: UInt64, _ reasons: inout ReasonSet) -> Int {
        if asked == stored {
            reasons.insert(.oldNumberEqual)
            return max(SearchRun.numberScore, (score + 1_000) / 2)
        }
        if oldNumberSlips.contains(stored) {
            reasons.insert(.oldNumberSlip)
            return (score + 850) / 2
        }
        return stored == 0 ? score - 50 : score - 150
    }

    /// The numbers that differ in one digit, or in two neighbours swapped.
    private static func slips(of number: UInt64) -> [UInt64] {
        // Behind the one that stands in front of every number.
        let digits = String(number).utf8.dropFirst().map { UInt64($0 - UInt8(ascii: "0")) }
        func value(_ digits: [UInt64]) -> UInt64 { digits.reduce(1) { $0 * 10 + $1 } }
        var slips: [UInt64] = []
        for index in digits.indices {
            for digit in UInt64(0)..<10 where digit != digits[index] {
                var other = digits
                other[index] = digit
                slips.append(value(other))
            }
            if index > 0, digits[index] != digits[index - 1] {
                var other = digits
                other.swapAt(index, index - 1)
                slips.append(value(other))
            }
        }
        return slips
    }
}
