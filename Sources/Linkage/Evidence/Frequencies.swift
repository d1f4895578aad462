import Dispatch
import Foundation

/// Tần suất: how common each value of a file is, as natural logarithms of its share.
struct Frequencies: Sendable {
    /// Whose name it is.
    enum Bearer: Int, CaseIterable {
        case man, woman, anyone, father, mother
    }

    /// Shares of the words and of their forms without marks, by bearer and place in the name (surname, middle, given).
    private(set) var words: [[Float]]
    private(set) var folds: [[Float]]
    /// How likely two strangers with a given name, by its form without marks, are of one sex or of two.
    private(set) var sexesByGiven: [SexShares]
    /// The same of any two.
    private(set) var sexes = SexShares(men: 0.5)
    private var menShare: Float = 0.5
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
    /// How likely of two strangers' names both have marks, one has none, or neither has any.
    private(set) var marks: (both: Float, one: Float, none: Float) = (0, 0, 0)
    /// Chance that two strangers have one old number; of numbers that stand more often than those of one person do,
    /// such as one that stands for none, each has its own.
    private(set) var oldNumber: Float = 0
    private(set) var commonNumbers: [UInt64: Float] = [:]

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
    /// What goes together with what, and for each record what that makes of its shares.
    private var together = TogetherCounts()
    private(set) var excess: [RecordExcess] = []

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
        sexesByGiven = []
        withoutMiddle = []
        places = []
        dates = []
        // What stands together is counted on the other core.
        let counting = Beside { TogetherCounts(table, rows) }
        countNames(table, rows)
        countPlaces(table, rows)
        countDates(table, rows)
        together = counting.value()
        weighTogether(table)
        let half = -Float(log(2.0))
        if distinct > 50 {
            namesTell = (folds[Frequencies.slot(.anyone, 2)].max() ?? -1) < half
            datesTell = !rows.contains { shareOfDate[table.date(of: $0)].map { $0 > half } ?? false }
        }
        countNumbers(table, rows)
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
        sexes = SexShares(men: menShare)
        sexesByGiven = zip(men, women).map { man, woman in
            SexShares(men: (Float(man) + 2 * menShare) / (Float(man + woman) + 2))
        }
        let share = (Float(bare) + 0.5) / (Float(totals[Bearer.anyone.rawValue]) + 1)
        marks = (2 * log(1 - share * 0.999), log(2 * share * (1 - share)), 2 * log(share))
    }

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

    /// More records than this have a number only where it is no number of a person's own.
    private static let mostOfNumber = 3
    /// Records that a core weighs at a time.
    private static let weighedAtOnce = 50_000

    private mutating func weighTogether(_ table: LinkTable) {
        let (together, shares) = (together, self)
        excess = [RecordExcess](unsafeUninitializedCapacity: table.count) { buffer, count in
            // Each core writes places of its own.
            nonisolated(unsafe) let excess = buffer
            let parts = (table.count + Self.weighedAtOnce - 1) / Self.weighedAtOnce
            DispatchQueue.concurrentPerform(iterations: parts) { part in
                let start = part * Self.weighedAtOnce
                for record in start..<min(start + Self.weighedAtOnce, table.count) {
                    excess.initializeElement(at: record, to: together.excess(record, table, shares))
                }
            }
            count = table.count
        }
    }

    private mutating func countNumbers(_ table: LinkTable, _ rows: [Int]) {
        let numbers = table.oldNumbers.count { $0 != 0 }
        oldNumber = -log(Float(max(numbers, 10)))
        var counts = CountTable(expecting: min(numbers, rows.count))
        for record in rows where table.oldNumbers[record] != 0 { counts.add(table.oldNumbers[record]) }
        for record in rows {
            let number = table.oldNumbers[record]
            guard number != 0, commonNumbers[number] == nil, counts[number] > Self.mostOfNumber else { continue }
            commonNumbers[number] = Frequencies.share(counts[number], numbers)
        }
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
        few.excess = []
        return few
    }

    /// Takes over a record that was counted in others.
    mutating func append(_ record: Int, of others: Frequencies) {
        places.append(others.places[record])
        dates.append(others.dates[record])
        excess.append(others.excess[record])
    }

    /// Takes the last record of a table, which was not counted: what it has that is new is as rare as can be.
    mutating func appendLast(of table: LinkTable) {
        let base = (table.count - 1) * LinkTable.Place.count
        extend(to: table)
        let date = PackedDate(bits: table.cells[base + LinkTable.Place.date])
        dates.append(date.bits == 0 ? 0 : shareOfDate[date.bits] ?? share(of: date, 1))
        // Commune and province go together; the commune alone is never rarer than both.
        places.append(communes[Int(table.cells[base + LinkTable.Place.commune])])
        excess.append(together.excess(table.count - 1, table, self))
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
            sexesByGiven += repeatElement(sexes, count: newFolds)
        }
        let rare = Frequencies.share(0, distinct)
        communes += repeatElement(rareCommune ?? rare, count: max(0, table.communes.count + 1 - communes.count))
        provinces += repeatElement(rareProvince ?? rare, count: max(0, table.provinces.count + 1 - provinces.count))
    }
}

/// How likely two strangers are both men, both women, or one of each, as natural logarithms.
struct SexShares: Sendable {
    let men: Float
    let women: Float
    let different: Float

    init(men share: Float) {
        func logOf(_ share: Float) -> Float { log(max(share, 0.002)) }
        men = logOf(share)
        women = logOf(1 - share)
        different = logOf(2 * share * (1 - share))
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
