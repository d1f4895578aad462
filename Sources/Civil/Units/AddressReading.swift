/// All readings of an address against one set of units, from the right: province, district, commune.
///
/// Every way to read the end of the text is tried, not the first that fits; when the best of them lead to different
/// units, the answer is candidates.
struct AddressReading {
    /// How much a reading can be trusted.
    enum Grade: Int, Comparable {
        /// Something fits, but the text does not say that the name is meant, or another name stands beside it.
        case loose
        /// A whole name of the right kind, but a level is missing between it and the province.
        case short
        /// Commune, district and province stand one after the other.
        case whole

        static func < (left: Grade, right: Grade) -> Bool { left.rawValue < right.rawValue }
    }

    struct Reading {
        /// The unit's place in the index.
        var place: Int
        /// The word at which the unit begins, its kind included; what stands before it is the detail.
        var start: Int
        var grade: Grade
    }

    /// A name that was found in the text, with its kind word if one stands before it.
    struct Match {
        /// The units of that name.
        var places: [Int]
        var name: Range<Int>
        /// Where the name begins with its kind word.
        var start: Int
        var kind: UnitKind?
        /// An abbreviation that may mean several provinces.
        var isWeak = false
        /// A short or other name of a province.
        var isAlias = false
    }

    let words: UnitWords
    let index: UnitIndex
    let names: UnitNames
    /// The word behind the address: "Việt Nam" at the end is not of it.
    let end: Int
    private(set) var readings: [Reading] = []
    /// The provinces that the text may end with.
    private(set) var provinces: [Match] = []

    init(words: UnitWords, index: UnitIndex) {
        self.words = words
        self.index = index
        names = index.names
        end = AddressReading.end(of: words)
        guard end > 0 else { return }
        provinces = provinceMatches(before: end)
        for province in provinces {
            for place in province.places {
                read(place, province)
                // "Phường Phú Hội, TP Huế, Tỉnh Thừa Thiên Huế": the province stands there twice.
                for again in provinceMatches(before: province.start)
                where again.start > 0 && again.kind != nil && again.kind == index.kinds[place]
                    && again.places == [place]
                {
                    read(place, again)
                }
            }
            if province.isAlias, province.start == 0 { readDistrictsNamed(like: province) }
        }
    }

    /// The best readings, one for each unit.
    var best: [Reading] {
        guard let grade = readings.max(by: { $0.grade < $1.grade })?.grade else { return [] }
        var best: [Reading] = []
        for reading in readings where reading.grade == grade {
            guard let known = best.firstIndex(where: { $0.place == reading.place }) else {
                best.append(reading)
                continue
            }
            if reading.start < best[known].start { best[known].start = reading.start }
        }
        return best
    }

    private static func end(of words: UnitWords) -> Int {
        var end = words.words.count
        if end >= 2, words.key(end - 2..<end).elementsEqual("viet nam".utf8) { return end - 2 }
        if end >= 2, words.key(end - 1..<end).elementsEqual("vn".utf8) { end -= 1 }
        return end
    }

    // MARK: Levels

    /// The readings under one province whose name, with its kind, begins at `province.start`.
    private mutating func read(_ place: Int, _ province: Match) {
        let end = province.start
        guard end > 0 else {
            readings.append(Reading(place: place, start: 0, grade: province.isWeak ? .loose : .short))
            return
        }
        for district in matches(.district, in: place, before: end) {
            let fitting = narrowed(district.places, district)
            if district.start == 0 {
                for place in fitting {
                    readings.append(Reading(place: place, start: 0, grade: province.isWeak ? .loose : .short))
                }
                continue
            }
            for commune in matches(.commune, in: place, before: district.start) {
                let all = commune.places.filter { district.places.contains(index.parents[$0]) }
                let inside = all.filter { fitting.contains(index.parents[$0]) }
                let isWhole = beginsWell(commune) && !inside.isEmpty
                for place in narrowed(inside.isEmpty ? all : inside, commune) {
                    let grade: Grade = isWhole && !isContradicted(place, commune) ? .whole : .loose
                    readings.append(Reading(place: place, start: commune.start, grade: grade))
                }
            }
        }
        for commune in matches(.commune, in: place, before: end) {
            let fitting = narrowed(commune.places, commune)
            let isShort = !province.isWeak && isSureWithoutDistrict(commune, fitting)
            for place in fitting {
                readings.append(Reading(place: place, start: commune.start, grade: isShort ? .short : .loose))
            }
        }
    }

    /// "Vũng Tàu" alone may be the city and not the province.
    private mutating func readDistrictsNamed(like province: Match) {
        for place in province.places {
            for district in matches(.district, in: place, before: end) where district.start == 0 {
                for place in district.places { readings.append(Reading(place: place, start: 0, grade: .short)) }
            }
        }
    }

    /// Whether a commune right before the province, with no district, is surely meant.
    private func isSureWithoutDistrict(_ commune: Match, _ fitting: [Int]) -> Bool {
        guard beginsWell(commune), commune.kind != nil || isHouse(before: commune.start),
            !namesAnotherUnit(before: commune.start), !isBrokenTown(commune)
        else { return false }
        return fitting.allSatisfy { place in
            (commune.kind == nil || index.kinds[place] == commune.kind) && marksAgree(place, commune) != false
        }
    }

    /// Whether both the kind and the marks are not the unit's: then one letter may be wrong in another name.
    private func isContradicted(_ place: Int, _ commune: Match) -> Bool {
        guard let kind = commune.kind, kind != index.kinds[place] else { return false }
        return marksAgree(place, commune) == false
    }

    /// "Thi xã", "Thị x" with a letter wrong is no "xã".
    private func isBrokenTown(_ commune: Match) -> Bool {
        guard commune.kind == .commune, commune.start > 0, words.words[commune.start].gap == .space else {
            return false
        }
        let before = words.key(commune.start - 1..<commune.start)
        return before.elementsEqual("thi".utf8) || OneSlip.apart(before, "thi".utf8)
    }

    /// Whether nothing in the text says that the name is only the end of a longer one: it has its kind, or a sign, a
    /// number or nothing stands before it.
    func beginsWell(_ match: Match) -> Bool {
        if match.kind != nil || match.start == 0 || words.words[match.start].gap != .space { return true }
        return words.words[match.start - 1].isNumber
    }

    /// Whether what stands before a word is surely no unit: nothing, or a house, a lane, a hamlet.
    ///
    /// Where there are districts the name may be a district's, and what stands before it a commune written wrong.
    private func isHouse(before word: Int) -> Bool {
        guard word > 0 else { return true }
        guard !index.hasDistricts else { return false }
        let segment = lastSegment(before: word)
        return words.words[segment].contains { $0.isNumber } || HousePart.isWord(words.key(segment.prefix(1)))
    }

    /// Whether the last part of the detail begins like a unit ("Xã Hòa Xn").
    private func namesAnotherUnit(before word: Int) -> Bool {
        guard word > 0 else { return false }
        let segment = lastSegment(before: word)
        guard let (kind, length) = kindWord(from: segment.lowerBound, to: segment.upperBound),
            kind.fits(.commune)
                || kind.fits(.district)
        else { return false }
        // "P. 302" is a room, "Xa La" without its mark no commune.
        return segment.count > length && !words.words[segment.lowerBound + length].isNumber
    }

    /// The words after the last comma before a word.
    private func lastSegment(before word: Int) -> Range<Int> {
        var start = word - 1
        while start > 0, words.words[start].gap != .comma { start -= 1 }
        return start..<word
    }

    // MARK: Names

    /// All names of a level that end before `end`, shortest first.
    func matches(_ level: UnitLevel, in province: Int, before end: Int) -> [Match] {
        var matches: [Match] = []
        var hash: UInt64 = 0
        for length in 1...max(1, names.longestName) where length <= end {
            let start = end - length
            if length > 1, words.words[start + 1].gap == .comma { break }
            hash = UnitWords.join(words.words[start].hash, before: hash)
            guard let places = names.places(hash, words.key(start..<end), level, in: province) else { continue }
            append(Match(places: places, name: start..<end, start: start), level, to: &matches)
        }
        return matches
    }

    private func provinceMatches(before end: Int) -> [Match] {
        guard end > 0 else { return [] }
        var matches = matches(.province, in: 0, before: end)
        var hash: UInt64 = 0
        for length in 1...4 where length <= end {
            let start = end - length
            if length > 1, words.words[start + 1].gap == .comma { break }
            hash = UnitWords.join(words.words[start].hash, before: hash)
            guard let alias = names.alias(hash) else { continue }
            let match = Match(
                places: alias.places, name: start..<end, start: start, isWeak: alias.isWeak, isAlias: true)
            append(match, .province, to: &matches)
        }
        // "Vũng Tàu" is no province of its own in "Bà Rịa - Vũng Tàu".
        let longest = matches.filter { !$0.isAlias }.map(\.name.lowerBound).min() ?? end
        matches.removeAll { $0.isAlias && $0.name.lowerBound > longest }
        return matches
    }

    /// Adds a match with the kind word before it, and without it where the word may belong to the name before.
    private func append(_ match: Match, _ level: UnitLevel, to matches: inout [Match]) {
        let isNumber = match.name.count == 1 && words.words[match.name.lowerBound].isNumber
        let found = kindWord(before: match.name.lowerBound)
        guard let (kind, start) = found, kind.fits(level) else {
            // A bare number is a name only after its kind ("Phường 7").
            guard !isNumber else { return }
            var bare = match
            // "Huyện Quang Bình" is not the province of Quảng Bình.
            if level == .province, let kind = found?.0, kind.fits(.district) { bare.isWeak = true }
            matches.append(bare)
            return
        }
        var withKind = match
        withKind.kind = kind
        withKind.start = start
        matches.append(withKind)
        if !isNumber, start > 0, words.words[start].gap == .space { matches.append(match) }
    }

    /// The kind word that stands right before a name; two words before one, so that "thị xã" is not read as "xã".
    private func kindWord(before start: Int) -> (UnitKind, start: Int)? {
        guard start > 0, words.words[start].gap == .space || isAbbreviated(before: start) else { return nil }
        let last = words.words[start - 1].hash
        if start > 1, words.words[start - 1].gap != .comma,
            let kind = UnitKind.word(
                UnitWords.join(words.words[start - 2].hash, before: UnitWords.join(last, before: 0)))
        {
            return (kind, start - 2)
        }
        return UnitKind.word(UnitWords.join(last, before: 0)).map { ($0, start - 1) }
    }

    /// "TP-Huế", "P-7": a hyphen may stand behind a short kind.
    private func isAbbreviated(before start: Int) -> Bool {
        words.words[start].gap == .hyphen && words.words[start - 1].letters.count <= 2
    }

    private func kindWord(from start: Int, to end: Int) -> (UnitKind, length: Int)? {
        guard start < end else { return nil }
        let first = words.words[start].hash
        if start + 1 < end {
            let second = UnitWords.join(words.words[start + 1].hash, before: 0)
            if let kind = UnitKind.word(UnitWords.join(first, before: second)) { return (kind, 2) }
        }
        return UnitKind.word(UnitWords.join(first, before: 0)).map { ($0, 1) }
    }

    /// Of several units of one folded name, those that the kind and the marks of the text name.
    ///
    /// Where the kind names one unit and the marks another, both stay.
    func narrowed(_ places: [Int], _ match: Match) -> [Int] {
        guard places.count > 1 else { return places }
        let ofKind = match.kind.map { kind in places.filter { index.kinds[$0] == kind } } ?? []
        // "Sa Pa" without marks in a text that has marks is not "Sa Pả".
        let marked = places.filter { marksAgree($0, match, in: words.text[...]) == true }
        if ofKind.isEmpty { return marked.isEmpty ? places : marked }
        if marked.isEmpty { return ofKind }
        let both = ofKind.filter(marked.contains)
        return both.isEmpty ? places : both
    }

    /// Whether the name is written with the marks of the unit; nil when the name, or `text`, has none at all.
    private func marksAgree(_ place: Int, _ match: Match, in text: Substring? = nil) -> Bool? {
        let written = words.written(match.name)
        guard (text ?? written).utf8.contains(where: { $0 >= 0x80 }) else { return nil }
        return MarkedName.key(written) == MarkedName.key(index.units[place].bareName[...])
    }
}

/// A name with its marks, so that old and new places of the tone ("hoà", "hòa") and both forms of Unicode are equal.
enum MarkedName {
    static func key(_ name: Substring) -> String {
        var output = String.UnicodeScalarView()
        var tone: Unicode.Scalar?
        func finish() {
            if let tone { output.append(tone) }
            tone = nil
        }
        for scalar in LetterCase.small(NormalForm.nfc(String(name))).unicodeScalars {
            guard Folding.base(scalar.value) != nil else {
                finish()
                continue
            }
            let bare = VietnameseLetters.withoutTone(scalar.value)
            if bare != scalar.value, let parts = VietnameseLetters.parts(of: scalar.value) {
                tone = parts.tone.flatMap { Unicode.Scalar($0.rawValue) }
            }
            output.append(Unicode.Scalar(bare) ?? scalar)
        }
        finish()
        return String(output)
    }
}
