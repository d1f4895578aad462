import Civil
import Foundation
import Testing

@testable import Linkage

@Suite("One record against all others")
struct LinkIndexTests {
    /// The records of a file as they come one by one.
    private static func records(_ file: InventedFile) -> [LinkRecord] {
        file.lines.dropFirst().map { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            func text(_ place: Int) -> String? { fields[place].isEmpty ? nil : fields[place] }
            var record = LinkRecord(id: fields[0])
            record.fullName = text(1)
            record.birth = text(2).flatMap { PartialDate(canonical: $0) }
            record.sex = text(3).map { $0 == "M" ? .male : .female }
            (record.birthProvince, record.commune) = (text(4), text(5))
            (record.fatherName, record.motherName, record.oldNumber) = (text(6), text(7), text(8))
            return record
        }
    }

    /// An index of the first record of everybody; second records, with the place of the first.
    private static func parted(
        _ file: InventedFile
    ) -> (index: LinkIndex, table: LinkTable, first: [LinkRecord], second: [(LinkRecord, Int)]) {
        var table = LinkTable(expecting: file.persons.count)
        var places: [Int: Int] = [:]
        var first: [LinkRecord] = []
        var second: [(LinkRecord, Int)] = []
        for (record, person) in zip(records(file), file.persons) {
            if let place = places[person] {
                second.append((record, place))
            } else {
                places[person] = table.count
                table.add(record)
                first.append(record)
            }
        }
        return (LinkIndex(table, model: nil), table, first, second)
    }

    @Test("second records find the first one, and next to nobody else", arguments: [1, 2, 3] as [UInt64])
    func found(seed: UInt64) {
        let file = InventedFile(people: 2_000, second: 15, seed: seed)
        let (index, table, first, second) = LinkIndexTests.parted(file)
        let answers = second.map { (index.matches(of: $0.0), $0.1) }
        let hits = answers.count { matches, place in matches.contains { $0.place == place } }
        let others = answers.reduce(0) { sum, answer in sum + answer.0.count { $0.place != answer.1 } }
        #expect(second.count > 200)
        #expect(hits * 100 >= second.count * 95, "\(hits) of \(second.count)")
        #expect(others * 100 <= second.count * 5, "\(others) beside \(second.count)")
        // Somebody who stands already is the likeliest match of their own record.
        for place in stride(from: 0, to: table.count, by: 97) {
            #expect(index.matches(of: first[place]).first?.place == place)
        }
    }

    @Test("what is asked says the same as a comparison of the whole file")
    func asEngine() async throws {
        let file = InventedFile(people: 500, second: 20, seed: 9)
        let (_, table, _, second) = LinkIndexTests.parted(file)
        let model = await LinkEngine(table).learn()
        let index = LinkIndex(table, model: model)
        let (newcomer, place) = try #require(second.first)
        var whole = table
        whole.add(newcomer)
        let match = try #require(index.matches(of: newcomer, threshold: 0).first { $0.place == place })
        let expected = LinkEngine(whole).explain(place, table.count, model)
        // Frequencies are those of before; one record more moves them little.
        #expect(abs(match.explanation.bits - expected.bits) < 1)
        #expect(
            Set(match.explanation.lines.map(\.sentence.english)) == Set(expected.lines.map(\.sentence.english)))
    }

    @Test("records that come later are found, those that go are not; copies of the index stay as they were")
    func laterAndGone() throws {
        let file = InventedFile(people: 300, second: 20, seed: 4)
        let (before, _, _, second) = LinkIndexTests.parted(file)
        var index = before
        var stranger = LinkRecord(id: "x")
        stranger.fullName = "Zơ Râm Thị Ngheeoo"
        stranger.birth = PartialDate(canonical: "1977-03-04")
        stranger.sex = .female
        stranger.commune = "99999"
        stranger.motherName = "Blúp Thị Xuối"
        #expect(index.matches(of: stranger).isEmpty)
        let place = index.count
        index.add(stranger)
        #expect(index.matches(of: stranger).map(\.place) == [place])
        #expect(before.matches(of: stranger).isEmpty)
        index.remove(place)
        #expect(index.matches(of: stranger).isEmpty)
        let (newcomer, first) = try #require(second.first { pair in index.matches(of: pair.0).first?.place == pair.1 })
        index.remove(first)
        #expect(!index.matches(of: newcomer).contains { $0.place == first })
        #expect(index.changes == 3)
    }

    @Test("with nothing known, everything equal or nobody there, nobody is told without reason")
    func bounds() {
        #expect(LinkIndex(LinkTable(expecting: 0), model: nil).matches(of: LinkRecord(id: "1")).isEmpty)
        var table = LinkTable(expecting: 5_000)
        var same = LinkRecord(id: "1")
        same.fullName = "Nguyễn Văn Anh"
        same.birth = PartialDate(canonical: "1980-01-01")
        same.commune = "00001"
        for _ in 0..<5_000 { table.add(same) }
        let index = LinkIndex(table, model: nil)
        #expect(index.matches(of: LinkRecord(id: "2")).isEmpty)
        #expect(index.matches(of: same, threshold: 0, limit: 10).count == 10)
    }

    @Test("weights survive being written down")
    func weights() async throws {
        let file = InventedFile(people: 400, second: 20, seed: 5)
        let table = try file.table()
        let model = await LinkEngine(table).learn()
        let read = try JSONDecoder().decode(LinkModel.self, from: JSONEncoder().encode(model))
        let engine = LinkEngine(table)
        #expect(engine.explain(3, 9, read).probability == engine.explain(3, 9, model).probability)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(LinkModel.self, from: Data(#"{"chances": [1], "pairs": [1, 2, 3]}"#.utf8))
        }
    }
}
