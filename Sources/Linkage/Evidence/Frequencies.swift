import Foundation

/// Tần suất: how common each value of a file is, as natural logarithms of its share.
struct Frequencies: Sendable {
    /// Whose name it is.
    enum Bearer: Int, CaseIterable {
        case man, woman, anyone, father, mother

        /// Whether given names are counted within their surnames.
        var isCountedWhole: Bool { self != .man && self != .woman }
    }

    /// Shares of the words and of their forms without marks, by bearer and place in the name (surname, middle, given).
    private(set) var words: [[Float]]
    private(set) var folds: [[Float]]
    /// Share of men among those with a given name, by form without marks.
    private(set) var menByGiven: [Float]
    private(set) var menShare: Float = 0.5
    /// Share of names that have no middle part, by bearer.
    private(set) var withoutMiddle: [Float]
    var communes: [Float] = []
    var provinces: [Float] = []
    /// Of places that nobody who was counted has.
    var rareCommune: Float?
    var rareProvince: Float?
    /// For each record: of its commune and province together, and of its date of birth.
    private(set) var places: [Float]
    private(set) var dates: [Float]
    private(set) var years: [Float] = []
    /// Share of names without any mark.
    private(set) var bareShare: Float = 0
    /// Chance that two strangers have one old number.
    private(set) var oldNumber: Float = 0

    /// False when most records have one and the same: such a column tells people apart no better than an empty one.
    private(set) var namesTell = true
    private(set) var datesTell = true
    /// How many rows were counted.
    private let distinct: Int
    /// How many of them have a date of birth.
    private var dated = 0
    /// Names counted, by bearer.
    private var totals: [Int] = []
    private var shareOfDate: [UInt32: Float] = [:]
    /// How many have a given name behind a surname, by bearer, both without marks; and how many have the surname.
    private var givenBehind: [UInt64: Int32] = [:]
    private var surnames: [UInt64: Int32] = [:]

    /// Rows of which no earlier one is the same: copies of a row make nothing in it more common.
    private static func firstCopies(_ table: LinkTable) -> [Int] {
        var seen = Set<UInt64>(minimumCapacity: table.count)
        return (0..<table.count).filter { record in
            var hash = table.oldNumbers[record]
            let base = record * LinkTable.Place.count
            for place in base..<(base + LinkTable.Place.count) {
                hash = (hash ^ UInt64(table.cells[place])) &* 0x9E37_79B9_7F4A_7C15
                hash ^= hash >> 29
            }
            if !table.addresses.isEmpty {
                let base = record * LinkTable.Place.addressWords
                for place in base..<(base + LinkTable.Place.addressWords) {
                    hash = BlockKeys.mix(hash, UInt64(table.addresses[place]))
                }
            }
            return seen.insert(hash).inserted
        }
    }

    init(_ table: LinkTable) {
        let rows = Frequencies.firstCopies(table)
        distinct = rows.count
        words = []
        folds = []
        menByGiven = []
        withoutMiddle = []
        places = []
        dates = []
        countNames(table, rows)
        countPlaces(table, rows)
        countDates(table, rows)
        let half = -Float(log(2.0))
        if distinct > 50 {
            namesTell = (folds[Frequencies.slot(.anyone, 2)].max() ?? -1) < half
            datesTell = !rows.contains { shareOfDate[table.date(of: $0)].map { $0 > half } ?? false }
        }
        let numbers = table.oldNumbers.count { $0 != 0 }
        oldNumber = -log(Float(max(numbers, 10)))
    }

    /// The slot of a bearer and a place in the name.
    static func slot(_ bearer: Bearer, _ place: Int) -> Int { bearer.rawValue * 3 + place }

    /// The share of values that stand `count` times among `total`, one of them being the record itself.
    private static func share(_ count: Int32, _ total: Int) -> Float {
        log(max(Float(count) - 1, 0.5) / Float(max(total, 2)))
    }

    private mutating func countNames(_ table: LinkTable, _ rows: [Int]) {
        let slots = Bearer.allCases.count * 3
        var counts = [[Int32]](repeating: [Int32](repeating: 0, count: table.words.foldOf.count), count: slots)
        totals = [Int](repeating: 0, count: Bearer.allCases.count)
        var single = [Int](repeating: 0, count: Bearer.allCases.count)
        var men = [Int32](repeating: 0, count: table.words.folds.count)
        var women = men
        var bare = 0
        func count(_ base: Int, _ bearer: Bearer) {
            let name = NameCells(table.cells, base)
            guard name.count > 0 else { return }
            totals[bearer.rawValue] += 1
            if bearer.isCountedWhole, name.count > 1 {
                let surname = table.words.foldOf[Int(table.cells[base])]
                let given = table.words.foldOf[Int(table.cells[base + name.count - 1])]
                givenBehind[Frequencies.key(bearer, surname, given), default: 0] += 1
                surnames[Frequencies.key(bearer, surname, 0), default: 0] += 1
            }
            if name.count <= 2 { single[bearer.rawValue] += 1 }
            for place in 0..<name.count {
                let slot = Frequencies.slot(bearer, place == name.count - 1 ? 2 : place == 0 ? 0 : 1)
                counts[slot][Int(table.cells[base + place])] += 1
            }
        }
        for record in rows {
            let base = record * LinkTable.Place.count
            let sex = table.cells[base + LinkTable.Place.sex]
            count(base, .anyone)
            if sex == 1 { count(base, .man) } else if sex == 2 { count(base, .woman) }
            count(base + LinkTable.Place.father, .father)
            count(base + LinkTable.Place.mother, .mother)
            let name = NameCells(table.cells, base)
            guard name.count > 0 else { continue }
            if name.isBare(table.cells, table.words.isMarked) { bare += 1 }
            let given = Int(table.words.foldOf[Int(table.cells[base + name.count - 1])])
            if sex == 1 { men[given] += 1 } else if sex == 2 { women[given] += 1 }
        }
        words = counts.enumerated().map { slot, counts in counts.map { Frequencies.share($0, totals[slot / 3]) } }
        folds = counts.enumerated().map { slot, counts in
            var sums = [Int32](repeating: 0, count: table.words.folds.count)
            for (word, count) in counts.enumerated() { sums[Int(table.words.foldOf[word])] += count }
            return sums.map { Frequencies.share($0, totals[slot / 3]) }
        }
        withoutMiddle = single.enumerated().map { Frequencies.share(Int32(clamping: $1), totals[$0]) }
        let (allMen, allWomen) = (Float(totals[0]), Float(totals[1]))
        menShare = (allMen + 1) / (allMen + allWomen + 2)
        menByGiven = zip(men, women).map { man, woman in
            (Float(man) + 2 * menShare) / (Float(man + woman) + 2)
        }
        bareShare = (Float(bare) + 0.5) / (Float(totals[Bearer.anyone.rawValue]) + 1)
    }

    private static func key(_ bearer: Bearer, _ surname: UInt32, _ given: UInt32) -> UInt64 {
        UInt64(bearer.rawValue) << 60 | UInt64(surname & 0x3FFF_FFFF) << 30 | UInt64(given & 0x3FFF_FFFF)
    }

    /// The share of a given name among those who have the surname, as a natural logarithm, both without marks.
    ///
    /// Small peoples have surnames and given names of their own: by itself each is rare, and together they are not.
    /// - Parameter plain: the share among everybody, which counts beside the bearers of the surname.
    func share(ofGiven given: UInt32, behind surname: UInt32, _ bearer: Bearer, plain: Float) -> Float {
        let all = Float(surnames[Frequencies.key(bearer, surname, 0)] ?? 0)
        let both = Float(givenBehind[Frequencies.key(bearer, surname, given)] ?? 0)
        let strength = Frequencies.plainStrength
        return log((max(both - 1, 0) + strength * exp(plain)) / (all + strength))
    }

    /// As many bearers of a surname as the plain share counts for.
    private static let plainStrength: Float = 200

    private mutating func countPlaces(_ table: LinkTable, _ rows: [Int]) {
        var communes = [Int32](repeating: 0, count: table.communes.count + 1)
        var provinces = [Int32](repeating: 0, count: table.provinces.count + 1)
        var both: [UInt64: Int32] = [:]
        func key(_ record: Int) -> (commune: UInt32, province: UInt32, both: UInt64) {
            let base = record * LinkTable.Place.count
            let commune = table.cells[base + LinkTable.Place.commune]
            let province = table.cells[base + LinkTable.Place.province]
            return (commune, province, UInt64(commune) << 32 | UInt64(province))
        }
        for record in rows {
            let key = key(record)
            communes[Int(key.commune)] += 1
            provinces[Int(key.province)] += 1
            both[key.both, default: 0] += 1
        }
        // Shares are those among the records that have a place; 0 is none.
        self.communes = communes.map { Frequencies.share($0, distinct - Int(communes[0])) }
        self.provinces = provinces.map { Frequencies.share($0, distinct - Int(provinces[0])) }
        let placed = distinct - Int(both[0] ?? 0)
        places = (0..<table.count).map { Frequencies.share(both[key($0).both] ?? 1, placed) }
    }

    private mutating func countDates(_ table: LinkTable, _ rows: [Int]) {
        var counts: [UInt32: Int32] = [:]
        var years = [Int32](repeating: 0, count: 10_000)
        dated = 0
        for record in rows {
            let bits = table.date(of: record)
            // A date that is missing is no date that many have.
            guard bits != 0 else { continue }
            dated += 1
            counts[bits, default: 0] += 1
            years[Int(min(PackedDate(bits: bits).year, 9_999))] += 1
        }
        self.years = years.map { Frequencies.share($0, dated) }
        for (bits, count) in counts { shareOfDate[bits] = share(of: PackedDate(bits: bits), count) }
        dates = (0..<table.count).map { shareOfDate[table.date(of: $0)] ?? 0 }
    }

    private func share(of date: PackedDate, _ count: Int32) -> Float {
        let own = Frequencies.share(count, dated)
        // One day of a year is seldom rarer than any other, however few records there are.
        return date.isFull ? max(own, years[Int(min(date.year, 9_999))] - 5.9) : own
    }
}

// MARK: Records that come later

extension Frequencies {
    /// The same frequencies for a table without records.
    func emptied() -> Frequencies {
        var few = self
        few.places = []
        few.dates = []
        return few
    }

    /// Takes over a record that was counted in others.
    mutating func append(_ record: Int, of others: Frequencies) {
        places.append(others.places[record])
        dates.append(others.dates[record])
    }

    /// Takes the last record of a table, which was not counted: what it has that is new is as rare as can be.
    mutating func appendLast(of table: LinkTable) {
        let base = (table.count - 1) * LinkTable.Place.count
        extend(to: table)
        let date = PackedDate(bits: table.cells[base + LinkTable.Place.date])
        dates.append(date.bits == 0 ? 0 : shareOfDate[date.bits] ?? share(of: date, 1))
        // Commune and province go together; the commune alone is never rarer than both.
        places.append(communes[Int(table.cells[base + LinkTable.Place.commune])])
    }

    private mutating func extend(to table: LinkTable) {
        let new = table.words.foldOf.count - words[0].count
        if new > 0 {
            for slot in words.indices {
                words[slot] += repeatElement(Frequencies.share(0, totals[slot / 3]), count: new)
            }
        }
        let newFolds = table.words.folds.count - folds[0].count
        if newFolds > 0 {
            for slot in folds.indices {
                folds[slot] += repeatElement(Frequencies.share(0, totals[slot / 3]), count: newFolds)
            }
            menByGiven += repeatElement(menShare, count: newFolds)
        }
        let rare = Frequencies.share(0, distinct)
        communes += repeatElement(rareCommune ?? rare, count: max(0, table.communes.count + 1 - communes.count))
        provinces += repeatElement(rareProvince ?? rare, count: max(0, table.provinces.count + 1 - provinces.count))
    }
}

/// The words of one name inside the cells.
struct NameCells {
    let base: Int
    let count: Int

    init(_ cells: [UInt32], _ base: Int) {
        self.base = base
        var count = 0
        while count < LinkTable.Place.words, cells[base + count] != 0 { count += 1 }
        self.count = count
    }

    func isBare(_ cells: [UInt32], _ isMarked: [Bool]) -> Bool {
        for place in base..<(base + count) where isMarked[Int(cells[place])] { return false }
        return true
    }
}
