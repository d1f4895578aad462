import Civil
import Foundation
import Invention
import Linkage

/// A file of invented people in which some stand twice, with one to four slips in the second record, and the truth
/// beside it: which records are one person's.
struct LinkageFile {
    static let heading =
        "id,full_name,date_of_birth,sex,birth_province,commune,father_name,mother_name,old_id_number"
    /// Second records in a hundred records.
    private static let second = 7.5

    /// The lines without the heading; the place of a line is the record's id.
    private(set) var lines: [String] = []
    /// For each record, the person whose it is.
    private(set) var persons: [Int] = []
    private var slips: Slips

    /// - Parameter records: how many there are in all, about; the same seed gives the same file.
    init(records: Int, seed: UInt64) throws {
        slips = Slips(seed: seed)
        guard let map = NationMap(units: try SearchWork.units()), let day = CalendarDate(year: 2020, month: 9, day: 15)
        else { return }
        let people = Int(Double(records) * (1 - LinkageFile.second / 100))
        let nation = InventedNation(plan: NationPlan(people: people, seed: seed, collected: day), map: map)
        var rows: [(line: String, person: Int)] = []
        rows.reserveCapacity(records)
        for share in nation.shares {
            for household in nation.households(of: share) {
                for member in household.members {
                    let record = Record(member, map)
                    rows.append((record.line, member.ordinal))
                    guard slips.below(10_000) < Int(LinkageFile.second * 10_000 / (100 - LinkageFile.second)) else {
                        continue
                    }
                    rows.append((slipped(record, map).line, member.ordinal))
                }
            }
        }
        for place in stride(from: rows.count - 1, to: 0, by: -1) { rows.swapAt(place, slips.below(place + 1)) }
        lines = rows.map(\.line)
        persons = rows.map(\.person)
    }

    /// Writes the lines whose places are wanted.
    func write(to file: URL, _ isWanted: (Int) -> Bool = { _ in true }) throws {
        var text = LinkageFile.heading + "\n"
        for (place, line) in lines.enumerated() where isWanted(place) { text += "\(place),\(line)\n" }
        try Data(text.utf8).write(to: file)
    }

    /// Pairs of records that are one person's.
    var truePairs: Int {
        Dictionary(grouping: persons) { $0 }.values.reduce(0) { $0 + $1.count * ($1.count - 1) / 2 }
    }

    /// How good pairs are, and as many as there are: precision, recall and their harmonic mean.
    func score(_ pairs: [(Int, Int)]) -> (precision: Double, recall: Double, f1: Double) {
        let right = Double(pairs.count { persons[$0.0] == persons[$0.1] })
        let (precision, recall) = (right / Double(max(1, pairs.count)), right / Double(max(1, truePairs)))
        return (precision, recall, 2 * precision * recall / max(precision + recall, 1e-9))
    }

    // MARK: Second records

    /// One to four slips, in the shares in which second records differ.
    private mutating func slipped(_ first: Record, _ map: NationMap) -> Record {
        var record = first
        for _ in 0...[0, 0, 0, 1, 1, 2, 3][slips.below(7)] {
            switch slips.below(100) {
            case 0..<38: record.name = slips.slipped(record.name)
            case 38..<44: record.name = Slips.unmarked(record.name).uppercased()
            case 44..<50: (record.month, record.day) = (record.day, record.month)
            case 50..<55: (record.month, record.day) = (0, 0)
            case 55..<58: (record.month, record.day) = (1, 1)
            case 58..<63: record.day = record.day % 28 + 1
            case 63..<67: record.year += slips.below(2) == 0 ? 1 : -1
            case 67..<77: record.commune = map.communes[slips.below(map.communes.count)].unit.code.code
            case 77..<82 where !record.mother.isEmpty: record.mother = slips.slipped(record.mother)
            case 82..<87 where !record.father.isEmpty: record.father = slips.slipped(record.father)
            case 87..<91: record.father = ""
            case 91..<95: record.oldNumber = ""
            default: record.oldNumber = String(400_000_000 + slips.below(599_999_999))
            }
        }
        return record
    }

    private struct Record {
        var name: String
        var year: Int
        var month: Int
        var day: Int
        let sex: String
        let province: String
        var commune: String
        var father: String
        var mother: String
        var oldNumber: String

        init(_ person: InventedPerson, _ map: NationMap) {
            name = person.name
            (year, month, day) = (person.birth.year, person.birth.month, person.birth.day)
            sex = person.sex == .male ? "M" : "F"
            province = map.communes[person.registration].province.code.code
            commune = map.communes[person.current].unit.code.code
            father = person.father?.name ?? ""
            mother = person.mother?.name ?? ""
            oldNumber = person.oldNumber.map(String.init) ?? ""
        }

        var line: String {
            let date = month == 0 ? "\(year)" : String(format: "%04d-%02d-%02d", year, month, day)
            return "\(name),\(date),\(sex),\(province),\(commune),\(father),\(mother),\(oldNumber)"
        }
    }
}
