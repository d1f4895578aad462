import Civil
import Testing

@testable import Linkage

@Suite("Search where it was wrong once")
struct SearchFaultTests {
    private static func person(_ number: Int, _ name: String, oldNumber: String? = nil) -> SearchEntry {
        SearchEntry(person: Int64(number), names: [name], birth: PartialDate(year: 1980), oldNumber: oldNumber)
    }

    private static func index(_ entries: [SearchEntry]) -> SearchIndex {
        var builder = SearchIndex.Builder()
        for entry in entries { builder.add(entry) }
        return builder.build()
    }

    @Test("what a word weighs does not depend on which of its likenesses came into the index first")
    func order() {
        let names =
            ["Lê Nghiên"] + (0..<40).map { _ in "Trần Nghiệp" } + (0..<400).map { _ in "Phạm Nghĩa" }
            + (0..<4_000).map { _ in "Nguyễn Văn An" }
        let entries = names.enumerated().map { Self.person($0.offset + 1, $0.element) }
        let criteria = SearchCriteria(name: "Lê Nghimq")
        let hits = Self.index(entries).search(criteria)
        #expect(!hits.isEmpty)
        #expect(hits == Self.index(entries.reversed()).search(criteria))
    }

    @Test("which rows are weighed does not depend on the segments they lie in")
    func segments() {
        let entries = (0..<9_000).map { number in
            Self.person(
                number + 1, number < 8_000 ? "Nguyễn Văn An \(["Bé", "Cả", "Út"][number % 3])" : "Nguyễn Vân Anh")
        }
        var grown = SearchIndex()
        for part in 0..<5 {
            let some = entries.filter { Int($0.person) % 5 == part }
            grown.update(some, of: some.map(\.person))
        }
        #expect(grown.segments.count > 1)
        let built = Self.index(entries)
        for name in ["Nguyễn Văn An", "nguyen van anh", "Nguyễn Vân Anh", "an"] {
            #expect(grown.search(SearchCriteria(name: name)) == built.search(SearchCriteria(name: name)), "\(name)")
        }
    }

    @Test("people who are gone from the index do not stand before those who are in it")
    func gone() {
        let living = [Self.person(6_000, "Nguyễn Văn Anh"), Self.person(6_001, "Lê An")]
        var index = Self.index((1...5_000).map { Self.person($0, "Nguyễn Văn An") } + living)
        index.update([], of: Array(1...5_000 as ClosedRange<Int64>))
        #expect(index.search(SearchCriteria(name: "Nguyễn Văn An")).map(\.person) == [6_000])
    }

    @Test("the old number finds its holder under a name that was changed, before all namesakes")
    func number() {
        var index = Self.index((1...3_000).map { Self.person($0, "Nguyễn Văn An") })
        let holder = Self.person(6_000, "Trần Thị Bé", oldNumber: "012345678")
        index.update([holder], of: [holder.person])
        let hits = index.search(SearchCriteria(name: "Nguyễn Văn An", oldNumber: "012345678"))
        #expect(hits.first?.person == 6_000)
        #expect(hits.first?.reasons == [.oldNumberEqual])
        let slip = index.search(SearchCriteria(name: "Nguyễn Văn An", oldNumber: "012345687"))
        #expect(!slip.contains { $0.person == 6_000 })
    }

    @Test(
        "years around a birth are never fewer than none or more than the limit", arguments: [-1, Int.min, 9, Int.max])
    func years(around: Int) {
        let index = Self.index([Self.person(1, "Nguyễn Văn An")])
        let criteria = SearchCriteria(name: "Nguyễn Văn An", birth: PartialDate(year: 1980), yearsAround: around)
        #expect(index.search(criteria).map(\.person) == [1])
    }

    @Test(
        "letters lost to a wrong encoding may be any; words left at their first letters are found",
        arguments: [
            ("Nguy?n V?n H?ng", "Nguyễn Văn Hùng"), ("?? Th? Qu?nh", "Đỗ Thị Quỳnh"), ("Y Su?n By?", "Y Suôn Byă"),
            ("Nguy\u{FFFD}n V\u{FFFD}n H\u{FFFD}ng", "Nguyễn Văn Hùng"), ("Nguyễn Văn Hùng?", "Nguyễn Văn Hùng"),
            ("Ng. V. Hùng", "Nguyễn Văn Hùng"), ("Đỗ T. Quỳnh", "Đỗ Thị Quỳnh"), ("Ng Th Hường", "Nguyễn Thị Hường"),
            ("Y S. Byă", "Y Suôn Byă"),
        ])
    func lettersLost(typed: String, meant: String) {
        let names = ["Nguyễn Văn Hùng", "Đỗ Thị Quỳnh", "Y Suôn Byă", "Nguyễn Thị Hường"]
        var entries = names.enumerated().map { Self.person($0.offset + 1, $0.element) }
        entries += (0..<2_000).map { SearchTests.crowd($0) }
        let hit = Self.index(entries).search(SearchCriteria(name: typed)).first
        #expect(hit.flatMap { $0.person <= 4 ? names[Int($0.person) - 1] : nil } == meant)
    }

    @Test("signs that are no letters are still no name", arguments: ["?", "???", "\u{FFFD}", "? ? ?"])
    func holesAlone(typed: String) {
        #expect(Self.index([Self.person(1, "Nguyễn Văn An")]).search(SearchCriteria(name: typed)).isEmpty)
    }
}
