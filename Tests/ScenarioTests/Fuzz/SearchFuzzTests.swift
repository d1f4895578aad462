import Civil
import Testing

@testable import Linkage

@Suite("Search from bad input")
struct SearchFuzzTests {
    private static let names = [
        "Nguyễn Văn Hùng", "Nguyễn Thị Hường", "Trần Gia Cường", "Lê Thị Ngọc Trâm", "Huỳnh Phước Lộc", "H'Mẫu Niê",
        "Y Moan", "Đặng Thùy Trâm", "Trương Mỹ Lan Anh", "Võ Thị Sáu", "An", "Nguyễn Nguyễn Nguyễn",
    ]
    private static let typed =
        names + ["traanf gia cuwowngf", "Tra62n Gia Cu7o7ng2", "nguyenvanhung", "NguyễnVăn Hùng"]

    @Test("words are few, short and ASCII, whatever was typed", arguments: Fuzz.seeds)
    func words(seed: UInt64) {
        var mutator = Mutator(seed: seed)
        for _ in Fuzz.rounds(4_000) {
            let text = mutator.text(Self.typed)
            let words = SpokenWord.words(of: text)
            Fuzz.hold(words.count <= SpokenWord.mostWords, "few words", text)
            for word in words {
                let forms = [word] + [KeyingSlips.telex(word.fold), KeyingSlips.vni(word.fold)].compactMap { $0 }
                for form in forms { Fuzz.hold(Self.isSound(form), "a word's letters have their shapes", text) }
                let parts = words.map { word.joined(to: $0) }
                for part in parts { Fuzz.hold(Self.isSound(part), "joined words too", text) }
            }
        }
    }

    private static func isSound(_ word: SpokenWord) -> Bool {
        word.fold.count == word.shapes.count && word.tone <= 5 && word.shapes.allSatisfy { $0 <= 4 }
            && word.fold.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
    }

    @Test("slips are counted as the textbook counts them", arguments: Fuzz.seeds)
    func distances(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        func word() -> [UInt8] { (0..<random.number(0...24)).map { _ in UInt8(97 + random.number(0...3)) } }
        for _ in Fuzz.rounds(2_000) {
            let (one, other) = (word(), word())
            let table = EditDistance.table(one.map(UInt32.init), other.map(UInt32.init))
            let input = String(decoding: one + [32] + other, as: UTF8.self)
            Fuzz.hold(SlipPattern(one).distance(to: other) == table, "bits and table agree", input)
        }
    }

    private static func entry(_ person: Int64, _ mutator: inout Mutator) -> SearchEntry {
        let parents = (0..<mutator.random.number(0...3)).map { _ in mutator.text(names) }
        return SearchEntry(
            person: person, names: (0..<mutator.random.number(0...4)).map { _ in mutator.text(names) },
            birth: PartialDate(year: mutator.random.number(1...9_999), month: mutator.random.number(1...12)),
            sex: [nil, .male, .female][mutator.random.number(0...2)],
            places: (0..<mutator.random.number(0...2)).map { _ in
                UnitCode("0000\(mutator.random.number(1...3))", .untilJune2025)
            },
            parents: parents,
            oldNumber: [nil, "01234567\(mutator.random.number(0...9))", "x"][mutator.random.number(0...2)])
    }

    private static func criteria(_ mutator: inout Mutator) -> SearchCriteria {
        var criteria = SearchCriteria(yearsAround: mutator.random.number(-3...9))
        let kinds = mutator.random.number(1...63)
        if kinds & 1 != 0 { criteria.name = mutator.text(typed) }
        if kinds & 2 != 0 { criteria.birth = PartialDate(year: mutator.random.number(1...9_999)) }
        if kinds & 4 != 0 { criteria.sex = .female }
        if kinds & 8 != 0 { criteria.places = [UnitCode("00001", .untilJune2025), UnitCode("x", .fromJuly2025)] }
        if kinds & 16 != 0 { criteria.parent = mutator.text(names) }
        if kinds & 32 != 0 { criteria.oldNumber = mutator.text(["012345678", "000000000", "999999999"]) }
        return criteria
    }

    @Test("an answer is bounded, ordered, and the same however the index came about", arguments: Fuzz.seeds)
    func histories(seed: UInt64) {
        var mutator = Mutator(seed: seed)
        for round in 0..<(Shared.isFull ? 12 : 2) {
            let entries = (1...300).map { Self.entry(Int64($0), &mutator) }
            var builder = SearchIndex.Builder(expecting: entries.count)
            for entry in entries { builder.add(entry) }
            let built = builder.build()
            var grown = SearchIndex()
            // Every person comes several times, the last time as what they are; some others come and go.
            for pass in 0..<3 {
                for chunk in entries.shuffled(using: &mutator.random).chunked(mutator.random.number(1...60)) {
                    let now = pass == 2 ? chunk : chunk.map { Self.entry($0.person, &mutator) }
                    grown.update(now, of: chunk.map(\.person))
                }
                let stranger = Int64(1_000 + pass)
                grown.update([Self.entry(stranger, &mutator)], of: [stranger])
                grown.update([], of: [stranger])
            }
            Fuzz.hold(grown.count == built.count, "the same names", "\(grown.count) \(built.count)")
            Fuzz.hold(grown.segments.count <= 8, "few segments", "\(grown.segments.count)")
            for _ in 0..<150 {
                let criteria = Self.criteria(&mutator)
                let hits = built.search(criteria)
                Fuzz.hold(hits == grown.search(criteria), "history does not show (\(round))", "\(criteria)")
                Fuzz.hold(hits == built.search(criteria), "the same again (\(round))", "\(criteria)")
                Fuzz.hold(hits.count <= SearchIndex.mostHits, "bounded (\(round))", "\(criteria)")
                Fuzz.hold(Set(hits.map(\.person)).count == hits.count, "each person once (\(round))", "\(criteria)")
                Fuzz.hold(hits.allSatisfy { (1...1_000).contains($0.score) }, "scores (\(round))", "\(criteria)")
                Fuzz.hold(hits.map(\.score) == hits.map(\.score).sorted(by: >), "ordered (\(round))", "\(criteria)")
            }
        }
    }
}

extension Array {
    fileprivate func chunked(_ count: Int) -> [[Element]] {
        stride(from: 0, to: self.count, by: count).map { Array(self[$0..<Swift.min($0 + count, self.count)]) }
    }
}
