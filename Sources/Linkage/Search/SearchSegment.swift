import Civil

/// Một phần của chỉ mục tra cứu: the names of some persons in columns, sorted by year of birth; never changed.
///
/// A row is one name of one person. The rows of some years stand together, so that a search with a year reads only
/// those; for each word there is the sorted list of rows whose name has it.
struct SearchSegment: Sendable {
    let persons: [Int64]
    /// Year × 512 + month × 32 + day, 0 for what is not known.
    let births: [UInt32]
    /// 0 unknown, 1 male, 2 female.
    let sexes: [UInt8]
    /// Numbers of places, `placesOfRow` a row, 0 for none.
    let places: [UInt16]
    /// 0 for none.
    let oldNumbers: [UInt64]
    /// The words of the name, then of the parents' names.
    let words: [UInt32]
    /// Ends in `words`, `endsOfRow` a row: of the name, then of each parent's.
    let ends: [UInt32]
    /// For each form without marks, where its rows begin in `postings`.
    let postingStarts: [UInt32]
    let postings: [UInt32]
    /// Rows in the order of their persons.
    let byPerson: [UInt32]
    /// Rows with an old number, in the order of the numbers.
    let byOldNumber: [UInt32]

    /// Places of one person that are kept.
    static let placesOfRow = 3
    /// Parents of one person that are kept.
    static let parentsOfRow = 4
    static let endsOfRow = 1 + parentsOfRow

    var count: Int { persons.count }

    /// Where the words of a row begin.
    func start(_ row: Int) -> Int { row == 0 ? 0 : Int(ends[row * SearchSegment.endsOfRow - 1]) }

    /// Where all words of a row end.
    func end(_ row: Int) -> Int { Int(ends[row * SearchSegment.endsOfRow + SearchSegment.parentsOfRow]) }

    /// Where the words of a row's name lie.
    func name(_ row: Int) -> Range<Int> { start(row)..<Int(ends[row * SearchSegment.endsOfRow]) }

    /// Where the words of the name of a row's parent lie; none where there is no such parent.
    func parent(_ number: Int, of row: Int) -> Range<Int> {
        let at = row * SearchSegment.endsOfRow + number
        return Int(ends[at])..<Int(ends[at + 1])
    }

    /// The numbers of a row's places.
    func places(_ row: Int) -> ArraySlice<UInt16> {
        places[row * SearchSegment.placesOfRow..<(row + 1) * SearchSegment.placesOfRow]
    }

    /// The rows whose year of birth lies in the range; those without a year stand in front of all.
    func rows(years: ClosedRange<Int>) -> Range<Int> {
        let from = firstRow(notBefore: UInt32(clamping: years.lowerBound) << 9)
        let to = firstRow(notBefore: UInt32(clamping: years.upperBound + 1) << 9)
        return from..<max(from, to)
    }

    private func firstRow(notBefore birth: UInt32) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if births[middle] < birth { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The rows that have a word, inside a range of rows.
    func postings(of fold: UInt32, in rows: Range<Int>) -> Range<Int> {
        guard Int(fold) + 1 < postingStarts.count else { return 0..<0 }
        let all = Int(postingStarts[Int(fold)])..<Int(postingStarts[Int(fold) + 1])
        if rows.lowerBound == 0, rows.upperBound == count { return all }
        let from = firstPosting(in: all, notBefore: UInt32(rows.lowerBound))
        return from..<max(from, firstPosting(in: from..<all.upperBound, notBefore: UInt32(rows.upperBound)))
    }

    private func firstPosting(in range: Range<Int>, notBefore row: UInt32) -> Int {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            if postings[middle] < row { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The rows of a person.
    func rows(of person: Int64) -> ArraySlice<UInt32> {
        let from = byPerson.firstIndex(ofOrdered: { persons[Int($0)] >= person })
        var to = from
        while to < byPerson.count, persons[Int(byPerson[to])] == person { to += 1 }
        return byPerson[from..<to]
    }

    /// The rows with an old number.
    func rows(ofOldNumber number: UInt64) -> ArraySlice<UInt32> {
        let from = byOldNumber.firstIndex(ofOrdered: { oldNumbers[Int($0)] >= number })
        var to = from
        while to < byOldNumber.count, oldNumbers[Int(byOldNumber[to])] == number { to += 1 }
        return byOldNumber[from..<to]
    }

    /// Bytes that the columns take.
    var bytes: Int {
        persons.count * (8 + 4 + 1 + SearchSegment.placesOfRow * 2 + 8 + SearchSegment.endsOfRow * 4 + 4) + words.count
            * 4 + postings.count * 4 + postingStarts.count * 4
            + byOldNumber.count * 4
    }
}

/// Gathers entries in any order and makes a segment of them.
struct SearchSegmentBuilder: Sendable {
    private var persons: [Int64] = []
    private var births: [UInt32] = []
    private var sexes: [UInt8] = []
    private var places: [UInt16] = []
    private var oldNumbers: [UInt64] = []
    private var words: [UInt32] = []
    private var ends: [UInt32] = []

    var count: Int { persons.count }

    mutating func reserve(_ rows: Int) {
        persons.reserveCapacity(rows)
        births.reserveCapacity(rows)
        words.reserveCapacity(rows * 10)
        ends.reserveCapacity(rows * SearchSegment.endsOfRow)
    }

    /// Adds the rows of an entry; its words and places get their numbers.
    mutating func add(_ entry: SearchEntry, _ vocabulary: inout SearchVocabulary, _ known: inout SearchPlaces) {
        let parents = entry.parents.prefix(SearchSegment.parentsOfRow).map {
            SpokenWord.words(of: $0).map { vocabulary.number(of: $0) }
        }
        let numbers = entry.places.prefix(SearchSegment.placesOfRow).map { known.number(of: $0) }
        for name in entry.names.prefix(SearchSegmentBuilder.mostNames) {
            let spoken = SpokenWord.words(of: name).map { vocabulary.number(of: $0) }
            guard !spoken.isEmpty else { continue }
            vocabulary.count(spoken + parents.joined())
            persons.append(entry.person)
            births.append(entry.birth.map(SearchSegmentBuilder.packed) ?? 0)
            sexes.append(entry.sex.map { $0 == .male ? 1 : 2 } ?? 0)
            places += numbers
            places += repeatElement(0, count: SearchSegment.placesOfRow - numbers.count)
            oldNumbers.append(entry.oldNumber.flatMap(SearchSegmentBuilder.packedOldNumber) ?? 0)
            words += spoken
            ends.append(UInt32(words.count))
            for index in 0..<SearchSegment.parentsOfRow {
                if index < parents.count { words += parents[index] }
                ends.append(UInt32(words.count))
            }
        }
    }

    /// Takes over a row of another segment of the same vocabulary.
    mutating func add(row: Int, of segment: SearchSegment) {
        persons.append(segment.persons[row])
        births.append(segment.births[row])
        sexes.append(segment.sexes[row])
        places += segment.places(row)
        oldNumbers.append(segment.oldNumbers[row])
        let start = segment.start(row)
        let base = UInt32(words.count)
        words += segment.words[start..<segment.end(row)]
        for part in 0..<SearchSegment.endsOfRow {
            ends.append(base + segment.ends[row * SearchSegment.endsOfRow + part] - UInt32(start))
        }
    }

    /// Names of one person that are indexed.
    static let mostNames = 3

    static func packed(_ date: PartialDate) -> UInt32 {
        UInt32(date.year) << 9 | UInt32(date.month ?? 0) << 5 | UInt32(date.day ?? 0)
    }

    /// A number of nine or twelve digits with a one in front, so that zeros in front count; nil for other texts.
    static func packedOldNumber(_ text: String) -> UInt64? {
        guard text.utf8.count == 9 || text.utf8.count == 12 else { return nil }
        return UInt64("1" + text)
    }

    /// The segment, its rows sorted by birth, then as they came.
    func build(folds: Int, foldOf: [UInt32]) -> SearchSegment {
        // One integer a row sorts many times faster than a comparison that looks things up.
        let order = (0..<UInt32(count)).map { UInt64(births[Int($0)]) << 32 | UInt64($0) }.sorted()
            .map { UInt32(truncatingIfNeeded: $0) }
        var sortedWords: [UInt32] = []
        sortedWords.reserveCapacity(words.count)
        var sortedEnds: [UInt32] = []
        sortedEnds.reserveCapacity(ends.count)
        var sortedPlaces: [UInt16] = []
        sortedPlaces.reserveCapacity(places.count)
        for row in order.map(Int.init) {
            let (first, next) = (row * SearchSegment.endsOfRow, (row + 1) * SearchSegment.endsOfRow)
            let start = row == 0 ? 0 : Int(ends[first - 1])
            let base = UInt32(sortedWords.count)
            sortedWords += words[start..<Int(ends[next - 1])]
            for end in ends[first..<next] { sortedEnds.append(base + end - UInt32(start)) }
            sortedPlaces += places[row * SearchSegment.placesOfRow..<(row + 1) * SearchSegment.placesOfRow]
        }
        let sortedPersons = order.map { persons[Int($0)] }
        let sortedNumbers = order.map { oldNumbers[Int($0)] }
        let (starts, postings) = SearchSegmentBuilder.postings(sortedWords, sortedEnds, folds: folds, foldOf: foldOf)
        let byPerson = sortedPersons.enumerated().map { (person: $0.element, row: UInt32($0.offset)) }
            .sorted { ($0.person, $0.row) < ($1.person, $1.row) }.map(\.row)
        let byOldNumber = sortedNumbers.enumerated().filter { $0.element != 0 }
            .map { (number: $0.element, row: UInt32($0.offset)) }.sorted { ($0.number, $0.row) < ($1.number, $1.row) }
            .map(\.row)
        return SearchSegment(
            persons: sortedPersons, births: order.map { births[Int($0)] }, sexes: order.map { sexes[Int($0)] },
            places: sortedPlaces, oldNumbers: sortedNumbers, words: sortedWords, ends: sortedEnds,
            postingStarts: starts, postings: postings,
            byPerson: byPerson, byOldNumber: byOldNumber)
    }

    /// Counting sort of (form without marks, row); a word that stands twice in a name counts once.
    private static func postings(
        _ words: [UInt32], _ ends: [UInt32], folds: Int, foldOf: [UInt32]
    ) -> (starts: [UInt32], postings: [UInt32]) {
        var counts = [UInt32](repeating: 0, count: folds + 1)
        func forEachFold(_ body: (_ fold: Int, _ row: Int) -> Void) {
            var seen: [Int] = []
            for row in 0..<ends.count / SearchSegment.endsOfRow {
                seen.removeAll(keepingCapacity: true)
                let first = row * SearchSegment.endsOfRow
                let start = row == 0 ? 0 : Int(ends[first - 1])
                for word in words[start..<Int(ends[first])] {
                    let fold = Int(foldOf[Int(word)])
                    if seen.contains(fold) { continue }
                    seen.append(fold)
                    body(fold, row)
                }
            }
        }
        forEachFold { fold, _ in counts[fold + 1] += 1 }
        for fold in 0..<folds { counts[fold + 1] += counts[fold] }
        var next = counts
        var postings = [UInt32](repeating: 0, count: Int(counts[folds]))
        forEachFold { fold, row in
            postings[Int(next[fold])] = UInt32(row)
            next[fold] += 1
        }
        return (counts, postings)
    }
}

/// The numbers of places; 0 is no place.
struct SearchPlaces: Sendable {
    private(set) var codes: [UnitCode] = []
    private var numbers: [UnitCode: UInt16] = [:]

    mutating func number(of code: UnitCode) -> UInt16 {
        if let known = numbers[code] { return known }
        guard codes.count < Int(UInt16.max) - 1 else { return 0 }
        codes.append(code)
        let number = UInt16(codes.count)
        numbers[code] = number
        return number
    }

    func number(known code: UnitCode) -> UInt16? { numbers[code] }
}
