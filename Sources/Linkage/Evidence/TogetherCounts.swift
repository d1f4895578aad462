import Foundation

/// How much commoner what a record has is among those who share something of it than it is among everybody, as
/// differences of natural logarithms; 0 says nothing.
///
/// Small peoples have surnames, given names, middle words and provinces of their own: by itself each is rare, and
/// together they are not. Taken as if they were independent, their namesakes look like one person.
struct RecordExcess: Sendable {
    /// The given name behind the surname, of the record and of its parents.
    var given: Float = 0
    var fatherGiven: Float = 0
    var motherGiven: Float = 0
    /// The middle part behind the surname, among those of the same sex.
    var middle: Float = 0
    /// A parent's surname, and the province, behind the record's surname.
    var fatherSurname: Float = 0
    var motherSurname: Float = 0
    var province: Float = 0
}

/// Counts of what stands together in the records of a table, all names without marks.
struct TogetherCounts: Sendable {
    /// What is counted behind what.
    private enum Kind: UInt64 {
        case given = 1, fatherGiven, motherGiven, middle, fatherSurname, motherSurname, province
    }

    private var counts = CountTable()

    /// As many bearers of a surname as the share among everybody counts for.
    private static let plainStrength: Float = 200
    /// A middle part says no less than this much less than it does by itself.
    private static let leastMiddle: Float = -3

    init() {}

    /// Counts rows of a table.
    init(_ table: LinkTable, _ rows: [Int]) {
        var counts = CountTable(expecting: rows.count)
        for record in rows {
            Self.forEach(record, table) { kind, behind, what in
                counts.add(Self.key(kind, behind, what))
                counts.add(Self.key(kind, behind, Self.all))
            }
        }
        self.counts = counts
    }

    /// Stands for whatever stands behind something.
    private static let all = UInt64.max

    private static func key(_ kind: Kind, _ behind: UInt64, _ what: UInt64) -> UInt64 {
        BlockKeys.mix(BlockKeys.mix(kind.rawValue, behind), what)
    }

    /// Calls with everything of a record that is counted.
    private static func forEach(_ record: Int, _ table: LinkTable, _ body: (Kind, UInt64, UInt64) -> Void) {
        let base = record * LinkTable.Place.count
        func fold(_ place: Int) -> UInt64 { UInt64(table.words.foldOf[Int(table.cells[place])]) }
        for (kind, place) in [
            (Kind.given, LinkTable.Place.name), (.fatherGiven, LinkTable.Place.father),
            (.motherGiven, LinkTable.Place.mother),
        ] {
            let name = NameCells(table.cells, base + place)
            if name.count > 1 { body(kind, fold(name.base), fold(name.base + name.count - 1)) }
        }
        let name = NameCells(table.cells, base)
        guard name.count > 0 else { return }
        let surname = fold(base)
        if name.count > 1 {
            body(.middle, bearer(surname, table.cells[base + LinkTable.Place.sex]), middle(name, table))
        }
        for (kind, place) in [
            (Kind.fatherSurname, LinkTable.Place.father), (.motherSurname, LinkTable.Place.mother),
        ] {
            let parent = NameCells(table.cells, base + place)
            if parent.count > 1 { body(kind, surname, fold(parent.base)) }
        }
        let province = table.cells[base + LinkTable.Place.province]
        if province != 0 { body(.province, surname, UInt64(province)) }
    }

    private static func bearer(_ surname: UInt64, _ sex: UInt32) -> UInt64 { surname << 2 | UInt64(sex & 3) }

    private static func middle(_ name: NameCells, _ table: LinkTable) -> UInt64 {
        var hash: UInt64 = 1
        for place in 1..<max(1, name.count - 1) {
            hash = BlockKeys.mix(hash, UInt64(table.words.foldOf[Int(table.cells[name.base + place])]))
        }
        return hash
    }

    /// What the counts make of the shares of a record; of one that was not counted, too.
    func excess(_ record: Int, _ table: LinkTable, _ shares: Frequencies) -> RecordExcess {
        var excess = RecordExcess()
        let base = record * LinkTable.Place.count
        func plain(_ place: Int, _ bearer: Frequencies.Bearer, _ slot: Int) -> Float {
            shares.folds[Frequencies.slot(bearer, slot)][Int(table.words.foldOf[Int(table.cells[place])])]
        }
        func last(_ place: Int) -> Int { base + place + NameCells(table.cells, base + place).count - 1 }
        Self.forEach(record, table) { kind, behind, what in
            func difference(_ plain: Float) -> Float {
                let both = Float(counts[Self.key(kind, behind, what)])
                let all = Float(counts[Self.key(kind, behind, Self.all)])
                let share = (max(both - 1, 0) + Self.plainStrength * exp(plain)) / (all + Self.plainStrength)
                return log(share) - plain
            }
            switch kind {
            case .given: excess.given = difference(plain(last(LinkTable.Place.name), .anyone, 2))
            case .fatherGiven: excess.fatherGiven = difference(plain(last(LinkTable.Place.father), .father, 2))
            case .motherGiven: excess.motherGiven = difference(plain(last(LinkTable.Place.mother), .mother, 2))
            case .middle:
                let sex = table.cells[base + LinkTable.Place.sex]
                let bearer: Frequencies.Bearer = sex == 1 ? .man : sex == 2 ? .woman : .anyone
                let name = NameCells(table.cells, base)
                var sum = name.count == 2 ? shares.withoutMiddle[bearer.rawValue] : 0
                for place in 1..<max(1, name.count - 1) { sum += plain(base + place, bearer, 1) }
                excess.middle = max(difference(sum), Self.leastMiddle)
            case .fatherSurname:
                excess.fatherSurname = difference(plain(base + LinkTable.Place.father, .father, 0))
            case .motherSurname:
                excess.motherSurname = difference(plain(base + LinkTable.Place.mother, .mother, 0))
            case .province: excess.province = difference(shares.provinces[Int(what)])
            }
        }
        return excess
    }
}

/// How often each of many hashes was added, in open addresses: an eighth of what a dictionary takes, and no hashing.
struct CountTable: Sendable {
    private var keys: [UInt64]
    private var counts: [Int32]
    private var used = 0

    init(expecting count: Int = 0) {
        var size = 1_024
        while size < count * 2 { size *= 2 }
        keys = [UInt64](repeating: 0, count: size)
        counts = [Int32](repeating: 0, count: size)
    }

    /// Where a key is or would be; 0 stands for an empty place.
    private func slot(_ key: UInt64) -> Int {
        let mask = keys.count - 1
        var slot = Int(truncatingIfNeeded: BlockKeys.mix(key, 0)) & mask
        while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
        return slot
    }

    mutating func add(_ key: UInt64) {
        let key = max(key, 1)
        let place = slot(key)
        if keys[place] == 0 {
            keys[place] = key
            used += 1
        }
        counts[place] += 1
        if used * 3 > keys.count * 2 { grow() }
    }

    subscript(key: UInt64) -> Int32 { counts[slot(max(key, 1))] }

    private mutating func grow() {
        let (oldKeys, oldCounts) = (keys, counts)
        keys = [UInt64](repeating: 0, count: oldKeys.count * 2)
        counts = [Int32](repeating: 0, count: oldKeys.count * 2)
        for (place, key) in oldKeys.enumerated() where key != 0 {
            let slot = slot(key)
            keys[slot] = key
            counts[slot] = oldCounts[place]
        }
    }
}
