import Civil

@testable import Linkage

/// A small file of invented people with marked second records, the same for the same seed.
struct InventedFile {
    private(set) var lines = [
        "id,full_name,date_of_birth,sex,birth_province,commune,father_name,mother_name,old_id_number"
    ]
    /// For each record, in order, the person it is about.
    private(set) var persons: [Int] = []
    private var state: UInt64

    private struct Person {
        var name: [String]
        var date: (Int, Int, Int)
        var sex: String
        var province: Int
        var commune: Int
        var father: String
        var mother: String
        var number: String
    }

    /// Families of one to four children; `second` of hundred people get a second record with slips.
    init(people: Int, second: Int, seed: UInt64) {
        state = seed
        var person = 0
        var waiting: [(Int, Person)] = []
        while person < people {
            let family = draw(family: 0)
            for _ in 0..<(1 + next(4)) where person < people {
                var child = family
                child.name = [family.name[0], pick(InventedFile.middles), pick(InventedFile.givens)]
                child.date = (1950 + next(70), 1 + next(12), 1 + next(28))
                child.sex = next(2) == 0 ? "M" : "F"
                child.number = next(3) == 0 ? "" : number()
                waiting.append((person, child))
                if next(100) < second { waiting.append((person, slipped(child))) }
                person += 1
            }
        }
        for index in stride(from: waiting.count - 1, to: 0, by: -1) { waiting.swapAt(index, next(index + 1)) }
        for (person, record) in waiting { add(person, record) }
    }

    var bytes: [UInt8] { Array((lines.joined(separator: "\n") + "\n").utf8) }

    func table() throws -> LinkTable { try LinkTable.reading(bytes) }

    private mutating func add(_ person: Int, _ record: Person) {
        let (year, month, day) = record.date
        let date = month == 0 ? "\(year)" : "\(year)-\(two(month))-\(two(day))"
        lines.append(
            "\(lines.count),\(record.name.joined(separator: " ")),\(date),\(record.sex),\(record.province),"
                + "\(record.commune),\(record.father),\(record.mother),\(record.number)")
        persons.append(person)
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private mutating func draw(family: Int) -> Person {
        let surname = pick(InventedFile.surnames)
        let province = 10 + next(20)
        return Person(
            name: [surname], date: (0, 0, 0), sex: "", province: province, commune: province * 1_000 + next(60),
            father: "\(surname) \(pick(InventedFile.middles)) \(pick(InventedFile.givens))",
            mother: "\(pick(InventedFile.surnames)) Thị \(pick(InventedFile.givens))", number: "")
    }

    private mutating func slipped(_ person: Person) -> Person {
        var record = person
        switch next(5) {
        case 0: record.name = record.name.map { Folding.key($0).uppercased() }
        case 1: record.name = [record.name[1], record.name[2], record.name[0]]
        case 2: record.name[2] = String(record.name[2].dropLast()) + "x"
        case 3: record.name = [record.name[0], record.name[2]]
        default: break
        }
        let (year, month, day) = record.date
        switch next(5) {
        case 0: record.date = (year, day <= 12 ? day : month, day <= 12 ? month : day)
        case 1: record.date = (year, 0, 0)
        case 2: record.date = (year + 1, month, day)
        default: break
        }
        if next(3) == 0 { record.commune = record.province * 1_000 + next(60) }
        if next(6) == 0 { record.father = "" }
        if next(6) == 0 { record.mother = Folding.key(record.mother) }
        if next(5) == 0 { record.number = "" }
        return record
    }

    private mutating func number() -> String {
        var digits = "0"
        for _ in 0..<8 { digits += "\(next(10))" }
        return digits
    }

    private mutating func pick(_ list: [String]) -> String { list[next(list.count)] }

    /// A number below `limit` (Steele's splitmix).
    private mutating func next(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ value >> 31) % UInt64(limit))
    }

    private static let surnames = [
        "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Vũ", "Võ", "Đặng", "Bùi",
    ]
    private static let middles = ["Văn", "Thị", "Văn", "Thị", "Đức", "Ngọc", "Minh", "Hữu", "Thanh", "Kim"]
    private static let givens = [
        "Hùng", "Hưng", "Dũng", "Tuấn", "Minh", "Nam", "Hải", "Cường", "Thắng", "Long", "Sơn", "Huy", "Tùng", "Trung",
        "Khánh", "Phúc", "Quang", "Bình", "Hương", "Lan", "Hoa", "Trang", "Thảo", "Huyền", "Ngọc", "Mai", "Hồng",
        "Thủy", "Hằng", "Nga", "Phương", "Yến", "Thu", "Nhung", "Hạnh", "Tuyết", "Dung", "Loan", "Vân", "Oanh",
    ]
}

extension LinkTable {
    static func reading(
        _ bytes: [UInt8], _ map: LinkColumnMap = LinkColumnMap(), memory: Int = .max,
        places: ((String) -> String)? = nil
    ) throws(LinkRefusal) -> LinkTable {
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
        defer { buffer.deallocate() }
        _ = buffer.initialize(from: bytes)
        return try LinkReader.read(UnsafeBufferPointer(buffer), map, memory: memory, places: places)
    }

    static func reading(_ text: String) throws(LinkRefusal) -> LinkTable { try reading(Array(text.utf8)) }
}
