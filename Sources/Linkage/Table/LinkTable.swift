/// Bảng người cần đối chiếu: the records of a file in columns of small numbers, about a hundred bytes each.
package struct LinkTable: Sendable {
    /// The record's own name in the file; unique.
    package internal(set) var ids: [String] = []
    /// The columns that the file has.
    package internal(set) var columns: Set<LinkColumn> = []
    /// Twenty numbers a record; see `Place`.
    var cells: [UInt32] = []
    /// Digits of the old number with their count, 0 for none; see `OldNumber`.
    var oldNumbers: [UInt64] = []
    /// Words of the address, six a record, when the file has any.
    var addresses: [UInt32] = []
    var words = WordBook()
    var communes = CodeBook()
    var provinces = CodeBook()

    /// How many records stand in the first of two files; 0 when there is one file.
    package internal(set) var split = 0

    /// How many records there are.
    package var count: Int { ids.count }

    /// Where in a record's twenty numbers each thing stands.
    enum Place {
        static let name = 0
        static let father = 5
        static let mother = 10
        /// See `PackedDate`.
        static let date = 15
        /// 0 unknown, 1 male, 2 female.
        static let sex = 16
        static let commune = 17
        static let province = 18
        static let reserved = 19
        static let count = 20
        /// Words a name; what is longer is joined into the last but one.
        static let words = 5
        static let addressWords = 6
    }

    /// The date of birth of a record, packed; 0 where there is none.
    func date(of record: Int) -> UInt32 { cells[record * Place.count + Place.date] }

    /// Leaves out columns in which no record has anything: they tell as little as columns that are not there.
    mutating func dropEmptyColumns() {
        let places: [(LinkColumn, Int)] = [
            (.fullName, Place.name), (.fatherName, Place.father), (.motherName, Place.mother),
            (.dateOfBirth, Place.date), (.sex, Place.sex), (.commune, Place.commune), (.birthProvince, Place.province),
        ]
        for (column, place) in places where columns.contains(column) {
            let isFilled = (0..<count).contains { cells[$0 * Place.count + place] != 0 }
            if !isFilled { columns.remove(column) }
        }
        if !oldNumbers.contains(where: { $0 != 0 }) { columns.remove(.oldNumber) }
    }

    /// Whether relatives can be told by their parents.
    var hasParents: Bool { columns.contains(.fatherName) || columns.contains(.motherName) }

    /// A table without records in which words and codes have the numbers that they have here.
    func emptied() -> LinkTable {
        var table = self
        table.ids = []
        table.cells = []
        table.oldNumbers = []
        table.addresses = []
        table.split = 0
        return table
    }

    /// Adds a record of another table whose words and codes have the same numbers.
    mutating func append(_ record: Int, of other: LinkTable) {
        ids.append(other.ids[record])
        cells += other.cells[(record * Place.count)..<((record + 1) * Place.count)]
        oldNumbers.append(other.oldNumbers[record])
        guard !other.addresses.isEmpty else { return }
        addresses += other.addresses[(record * Place.addressWords)..<((record + 1) * Place.addressWords)]
    }

    /// All pairs that could be one person's.
    var allPairs: Double {
        let count = Double(count)
        return split == 0 ? count * (count - 1) / 2 : Double(split) * (count - Double(split))
    }

    /// Bytes that so many records take while they are linked, with their keys and their places in the blocks.
    package static func bytes(records: Int) -> Int { (60 << 20) + records * 300 }

    /// The place of the record with an id, in the second file when `second` says so.
    package func record(_ id: String, inSecond second: Bool = false) throws(LinkRefusal) -> Int {
        let range = second ? split..<count : 0..<(split == 0 ? count : split)
        guard let found = ids[range].firstIndex(of: id) else { throw .idUnknown(id) }
        return found
    }
}

/// Ngày sinh gói gọn: year, month and day in one number, 0 for what is not known.
struct PackedDate: Hashable, Sendable {
    let bits: UInt32

    init(bits: UInt32) { self.bits = bits }

    init(year: UInt32, month: UInt32, day: UInt32) {
        bits = year << 14 | month << 7 | day
    }

    var year: UInt32 { bits >> 14 }
    var month: UInt32 { bits >> 7 & 127 }
    var day: UInt32 { bits & 127 }
    var isFull: Bool { month != 0 && day != 0 }
    /// The first of January stands for a day that nobody knew.
    var isHeaped: Bool { month == 1 && day == 1 }

    /// A date as files write it, nil for anything else.
    ///
    /// `1960-02-03`, `1960-02`, `1960`, `19600203`, `03/02/1960`. Days that no calendar has are kept: the slip is
    /// evidence.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var groups: [UInt32] = []
        var lengths: [Int] = []
        var length = 0
        var value: UInt32 = 0
        for byte in text {
            if byte >= 0x30, byte <= 0x39, length < 8 {
                value = value * 10 + UInt32(byte - 0x30)
                length += 1
            } else if byte == 0x2D || byte == 0x2F || byte == 0x2E, length > 0 {
                groups.append(value)
                lengths.append(length)
                (value, length) = (0, 0)
            } else {
                return nil
            }
        }
        groups.append(value)
        lengths.append(length)
        switch lengths {
        case [4]: self.init(year: groups[0], month: 0, day: 0)
        case [8]: self.init(year: groups[0] / 10_000, month: groups[0] / 100 % 100, day: groups[0] % 100)
        case [4, 1], [4, 2]: self.init(year: groups[0], month: groups[1], day: 0)
        case let three where three.count == 3 && three[0] == 4 && three[1] <= 2 && three[2] <= 2:
            self.init(year: groups[0], month: groups[1], day: groups[2])
        case let three where three.count == 3 && three[2] == 4 && three[0] <= 2 && three[1] <= 2:
            self.init(year: groups[2], month: groups[1], day: groups[0])
        default: return nil
        }
        if year == 0 { return nil }
    }
}

/// Số giấy tờ cũ gói gọn: an old number as one integer; digits can be compared one by one, other texts only as a whole.
enum OldNumber {
    /// 0 when nothing that tells anything is written.
    static func pack(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var value: UInt64 = 0
        var count: UInt64 = 0
        for byte in text where byte != 0x20 && byte != 0x2D && byte != 0x2E {
            guard byte >= 0x30, byte <= 0x39, count < 16 else { return ByteTable.hash(text) | 1 << 63 }
            value = value * 10 + UInt64(byte - 0x30)
            count += 1
        }
        return value == 0 ? 0 : value << 5 | count
    }

    /// Whether one digit differs, or two neighbours are swapped.
    static func isSlip(_ left: UInt64, _ right: UInt64) -> Bool {
        guard left >> 63 == 0, right >> 63 == 0, left & 31 == right & 31 else { return false }
        var (first, second) = (left >> 5, right >> 5)
        // Up to the lowest digit that differs; above it, one more may.
        while first % 10 == second % 10 {
            if first == second { return false }
            first /= 10
            second /= 10
        }
        let (low, otherLow) = (first % 10, second % 10)
        first /= 10
        second /= 10
        if first == second { return true }
        return first / 10 == second / 10 && first % 10 == otherLow && second % 10 == low
    }
}
