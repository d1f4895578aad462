/// What may be meant when no reading is sure: names one letter away, levels left out, provinces not written.
struct AddressGuess {
    private let reading: AddressReading
    private let index: UnitIndex
    private let words: UnitWords
    private var found: [Int: (score: Double, reason: UnitResolution.Reason, start: Int)] = [:]

    /// More candidates than these help nobody.
    static let most = 20

    init(_ reading: AddressReading) {
        self.reading = reading
        index = reading.index
        words = reading.words
        for loose in reading.readings {
            let isCommune = index.units[loose.place].level == .commune
            add(loose.place, isCommune ? 0.6 : 0.2, .sameName, loose.start)
        }
        for province in reading.provinces {
            for place in province.places { guess(place, before: province.start) }
        }
        let isProvinceSure = reading.provinces.contains { !$0.isWeak && !$0.isAlias }
        if !isProvinceSure || best < 0.5 { guessWithoutProvince() }
    }

    /// The candidates, best first, and the detail before the best of them.
    var candidates: (list: [UnitResolution.Candidate], start: Int) {
        let sorted = found.sorted { ($1.value.score, $0.key) < ($0.value.score, $1.key) }.prefix(AddressGuess.most)
        return (
            sorted.map { .init(unit: index.units[$0.key], score: $0.value.score, reason: $0.value.reason) },
            sorted.first?.value.start ?? 0
        )
    }

    private var best: Double { found.values.map(\.score).max() ?? 0 }

    private mutating func add(_ place: Int, _ score: Double, _ reason: UnitResolution.Reason, _ start: Int) {
        if let known = found[place], known.score >= score { return }
        found[place] = (score, reason, start)
    }

    // MARK: Under a province

    private mutating func guess(_ province: Int, before end: Int) {
        guard end > 0 else { return }
        var districts: [(place: Int, start: Int, score: Double)] = []
        // A word that is no kind, as a kind written wrong would be, may stand between two names.
        for gap in 0...2 where gap < end {
            for match in reading.matches(.district, in: province, before: end - gap) {
                for place in match.places { districts.append((place, match.start, gap == 0 ? 1 : 0.8)) }
            }
        }
        districts += index.places(under: province).flatMap { place in slips(place, before: end).map { (place, $0, 0.7) }
        }
        districts += numbered(index.places(under: province), before: end).map { ($0, end - 1, 0.6) }
        for district in districts {
            guessCommunes(in: district.place, before: district.start, score: district.score)
            add(district.place, 0.3 * district.score, .noCommune, district.start)
        }
        guard best < 0.5 else { return }
        for child in index.places(under: province) {
            for place in index.units[child].level == .commune ? [child] : index.places(under: child) {
                for start in slips(place, before: end) { add(place, 0.4, .misspelt, start) }
            }
        }
    }

    private mutating func guessCommunes(in district: Int, before end: Int, score: Double) {
        guard end > 0 else { return }
        for gap in 0...2 where gap < end {
            for match in reading.matches(.commune, in: index.provinces[district], before: end - gap) {
                let inside = match.places.filter { index.parents[$0] == district }
                let quality = reading.beginsWell(match) ? 0.8 : 0.6
                for place in inside { add(place, quality * score - Double(gap) * 0.1, .misspelt, match.start) }
            }
        }
        for place in index.places(under: district) {
            for start in slips(place, before: end) { add(place, 0.7 * score, .misspelt, start) }
        }
        for place in numbered(index.places(under: district), before: end) {
            add(place, 0.6 * score, .misspelt, end - 1)
        }
    }

    /// Those that are named by the number before `end`, though no kind that is known stands before it ("Pường 7").
    private func numbered(_ places: ArraySlice<Int>, before end: Int) -> [Int] {
        guard end > 0, words.words[end - 1].isNumber else { return [] }
        let number = words.key(end - 1..<end)
        return places.filter { number.elementsEqual(reading.names.keys[$0].utf8) }
    }

    /// Where a name begins that is the unit's with one letter wrong.
    private func slips(_ place: Int, before end: Int) -> [Int] {
        let key = reading.names.keys[place].utf8
        guard key.count >= 3, end > 0 else { return [] }
        let count = key.reduce(1) { $0 + ($1 == UInt8(ascii: " ") ? 1 : 0) }
        // A slip may have put in or taken away a space.
        for length in [count, count + 1, count - 1] where length > 0 && length <= end {
            let range = end - length..<end
            if words.isWhole(range), OneSlip.apart(key, words.key(range)) { return [range.lowerBound] }
        }
        return []
    }

    // MARK: Without a province

    /// District and commune may be right where the province is missing or cannot be read.
    private mutating func guessWithoutProvince() {
        var ends = [reading.end]
        if let last = words.words[..<reading.end].lastIndex(where: { $0.gap != .space }), last > 0 { ends.append(last) }
        for end in ends {
            for province in index.provincePlaces {
                guess(in: province, before: end, score: end == reading.end ? 0.9 : 0.7)
            }
        }
        for province in index.provincePlaces {
            for start in slips(province, before: reading.end) {
                add(province, 0.3, .misspelt, start)
                guess(province, before: start)
            }
        }
    }

    /// Districts and their communes that end before `end`, then communes alone.
    private mutating func guess(in province: Int, before end: Int, score: Double) {
        for district in reading.matches(.district, in: province, before: end) {
            for place in district.places {
                if district.start == 0 { add(place, 0.5, .withoutProvince, 0) }
                for commune in reading.matches(.commune, in: province, before: district.start) {
                    for unit in reading.narrowed(commune.places.filter { index.parents[$0] == place }, commune) {
                        add(unit, reading.beginsWell(commune) ? score : 0.4, .withoutProvince, commune.start)
                    }
                }
            }
        }
        for commune in reading.matches(.commune, in: province, before: end) where reading.beginsWell(commune) {
            for unit in commune.places { add(unit, 0.3, .withoutProvince, commune.start) }
        }
    }
}

/// Whether two keys differ by one slip of the pen: a letter put in, left out, another one, or two changed about.
enum OneSlip {
    /// I and y count as one letter, as they do at the end of a name's words.
    static func apart(_ one: some BidirectionalCollection<UInt8>, _ other: some BidirectionalCollection<UInt8>) -> Bool
    {
        guard abs(one.count - other.count) <= 1 else { return false }
        var first = one[...]
        var second = other[...]
        while let left = first.first, let right = second.first, same(left, right) {
            first.removeFirst()
            second.removeFirst()
        }
        while let left = first.last, let right = second.last, same(left, right) {
            first.removeLast()
            second.removeLast()
        }
        switch (first.count, second.count) {
        case (0, 0): return !one.elementsEqual(other)
        case (0...1, 0...1): return true
        case (2, 2):
            guard let left = first.first, let right = first.last, let last = second.last, let start = second.first
            else {
                return false
            }
            return same(left, last) && same(right, start)
        default: return false
        }
    }

    private static func same(_ one: UInt8, _ other: UInt8) -> Bool {
        one == other
            || (one ^ other) == UInt8(ascii: "i") ^ UInt8(ascii: "y")
                && (one == UInt8(ascii: "i") || one == UInt8(ascii: "y"))
    }
}
