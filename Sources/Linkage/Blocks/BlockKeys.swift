import Civil

/// Khóa khối: the keys under which two records of one person are looked for; pairs that share none are not compared.
///
/// Each key survives slips that break others: a moved person keeps the date, a date with a slip keeps the name.
package enum BlockKey: Int, Sendable, CaseIterable {
    case oldNumber
    case nameAndYear
    case dateAndGiven
    case nameAndDay
    case dateAndProvince
    case communeAndGiven
    case communeAndYear
    case parents
    case fatherAndGiven
    case motherAndGiven
    case motherAndYear
    case address
    case name
    case dateAndSurname
    case communeAndSurname

    /// Whether the key is asked for: the last ones where no parents stand in the file, which else bring the same pairs.
    func isUsed(in table: LinkTable) -> Bool {
        switch self {
        case .name, .dateAndSurname, .communeAndSurname: !table.hasParents
        case .parents: table.hasParents
        case .fatherAndGiven: table.columns.contains(.fatherName)
        case .motherAndGiven, .motherAndYear: table.columns.contains(.motherName)
        case .address: table.columns.contains(.address)
        default: true
        }
    }

    /// Pairs it may bring, for each record, before its biggest blocks are made smaller.
    ///
    /// Mothers bring what other keys bring too, and hardly anything else.
    var pairsPerRecord: Int {
        switch self {
        case .motherAndGiven, .motherAndYear: 1
        default: 4
        }
    }

    /// Blocks of so many records are made no smaller, whatever they bring.
    var leastBlock: Int {
        switch self {
        case .motherAndGiven, .motherAndYear: 10
        default: 50
        }
    }

    /// What the key is made of.
    package var sentence: Sentence {
        switch self {
        case .oldNumber: Sentence("Số giấy tờ cũ", "old number")
        case .nameAndYear: Sentence("Họ tên và năm sinh", "name and year of birth")
        case .dateAndGiven: Sentence("Ngày sinh và tên", "date of birth and given name")
        case .nameAndDay: Sentence("Họ tên và ngày, tháng sinh", "name, day and month of birth")
        case .dateAndProvince: Sentence("Ngày sinh và tỉnh nơi sinh", "date and province of birth")
        case .communeAndGiven: Sentence("Xã và tên", "commune and given name")
        case .communeAndYear: Sentence("Xã và năm sinh", "commune and year of birth")
        case .parents: Sentence("Tên cha và tên mẹ", "father and mother")
        case .fatherAndGiven: Sentence("Tên cha và tên", "father and given name")
        case .motherAndGiven: Sentence("Tên mẹ và tên", "mother and given name")
        case .motherAndYear: Sentence("Tên mẹ, năm sinh và giới tính", "mother, year of birth and sex")
        case .address: Sentence("Địa chỉ", "address")
        case .name: Sentence("Họ tên", "name")
        case .dateAndSurname: Sentence("Ngày sinh và họ", "date of birth and surname")
        case .communeAndSurname: Sentence("Xã và họ", "commune and surname")
        }
    }
}

/// Makes the keys of records.
struct BlockKeys: Sendable {
    let table: LinkTable

    private func cell(_ record: Int, _ place: Int) -> UInt32 { table.cells[record * LinkTable.Place.count + place] }

    /// The key of a record as a hash; 0 when something of it is not known.
    func key(_ key: BlockKey, _ record: Int) -> UInt64 {
        let hash = rawKey(key, record)
        return hash == 0 ? 0 : BlockKeys.mix(hash, UInt64(key.rawValue) + 1)
    }

    private func rawKey(_ key: BlockKey, _ record: Int) -> UInt64 {
        let date = PackedDate(bits: cell(record, LinkTable.Place.date))
        switch key {
        case .oldNumber: return table.oldNumbers[record]
        case .nameAndYear: return both(name(record), UInt64(date.year))
        case .dateAndGiven: return both(day(date), given(record))
        case .nameAndDay:
            return date.isFull ? both(name(record), UInt64(date.month << 7 | date.day)) : 0
        case .dateAndProvince: return both(day(date), UInt64(cell(record, LinkTable.Place.province)))
        case .communeAndGiven: return both(UInt64(cell(record, LinkTable.Place.commune)), given(record))
        case .communeAndYear: return both(UInt64(cell(record, LinkTable.Place.commune)), UInt64(date.year))
        case .parents:
            return both(words(record, LinkTable.Place.father), words(record, LinkTable.Place.mother))
        case .fatherAndGiven: return both(words(record, LinkTable.Place.father), given(record))
        case .motherAndGiven: return both(words(record, LinkTable.Place.mother), given(record))
        case .motherAndYear:
            // Namesakes among mothers are many; the sex, which is seldom wrong, halves their children.
            let born = both(UInt64(date.year), UInt64(cell(record, LinkTable.Place.sex)) + 1)
            return date.year == 0 ? 0 : both(words(record, LinkTable.Place.mother), born)
        case .address: return address(record)
        case .name: return name(record)
        case .dateAndSurname: return both(day(date), surname(record))
        case .communeAndSurname: return both(UInt64(cell(record, LinkTable.Place.commune)), surname(record))
        }
    }

    /// What makes a block that is too big smaller, step by step.
    func refinement(_ step: Int, _ record: Int) -> UInt64 {
        switch step {
        case 0: UInt64(cell(record, LinkTable.Place.province))
        case 1: UInt64(PackedDate(bits: cell(record, LinkTable.Place.date)).year)
        case 2: name(record)
        case 3: UInt64(cell(record, LinkTable.Place.commune))
        default: UInt64(cell(record, LinkTable.Place.date))
        }
    }

    static let refinements = 5

    private func both(_ left: UInt64, _ right: UInt64) -> UInt64 {
        left == 0 || right == 0 ? 0 : BlockKeys.mix(left, right)
    }

    /// A full date; day and month in either order are one.
    private func day(_ date: PackedDate) -> UInt64 {
        guard date.isFull else { return 0 }
        return UInt64(date.year) << 14 | UInt64(min(date.month, date.day)) << 7 | UInt64(max(date.month, date.day))
    }

    private func given(_ record: Int) -> UInt64 {
        let name = NameCells(table.cells, record * LinkTable.Place.count)
        return name.count == 0 ? 0 : UInt64(table.words.foldOf[Int(table.cells[name.base + name.count - 1])])
    }

    private func surname(_ record: Int) -> UInt64 {
        UInt64(table.words.foldOf[Int(cell(record, LinkTable.Place.name))])
    }

    private func name(_ record: Int) -> UInt64 { words(record, LinkTable.Place.name) }

    /// The words of a name without marks, in any order.
    private func words(_ record: Int, _ place: Int) -> UInt64 {
        let name = NameCells(table.cells, record * LinkTable.Place.count + place)
        var sum: UInt64 = 0
        for place in 0..<name.count {
            sum &+= BlockKeys.mix(UInt64(table.words.foldOf[Int(table.cells[name.base + place])]), 0x9E37)
        }
        return sum
    }

    private func address(_ record: Int) -> UInt64 {
        guard !table.addresses.isEmpty else { return 0 }
        let base = record * LinkTable.Place.addressWords
        return both(UInt64(table.addresses[base]), UInt64(table.addresses[base + 1]))
    }

    static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        var hash = left &* 0x9E37_79B9_7F4A_7C15 ^ right &+ 0x632B_E59B_D9B4_E019
        hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
        return hash ^ hash >> 31
    }
}
