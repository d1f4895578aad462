import Civil
import Population

/// Danh sách việc cần làm: the people behind the numbers of a unit, the largest gain first; naming them is a look.
package struct WorklistPage: ConsolePage {
    package static let template = "worklist"
    package static let title = Sentence("Danh sách việc cần làm", "Worklist")
    /// How many people one page names.
    static let longest = 50
    /// More fields than these are counted and not named.
    private static let mostNamed = 6

    struct Part: Equatable, Sendable {
        let label: String
        let items: String
    }

    struct Item: Equatable, Sendable {
        let href: String
        let name: String
        let birth: String?
        let parts: [Part]
        let last: String?
        let gain: String
    }

    package let frame: PageFrame
    let name: String
    let path: String
    let count: String
    let whole: String
    let items: [Item]
    let hasItems: Bool
    let receipt: String?
    /// Where the list goes on.
    let next: String?

    package init(frame: PageFrame, list: Worklist, unit: UnitCode?, units: UnitDirectory) {
        let words = ValueWords(frame.spoken, units: units)
        let found = unit.flatMap { units.unit($0) }
        self.frame = frame
        name = found?.name ?? frame.spoken.of(QualityPage.nation)
        path = QualityPage.path(of: found)
        count = NumberText.grouped(list.items.count)
        whole = NumberText.grouped(list.whole)
        items = list.items.map { WorklistPage.item($0, words) }
        hasItems = !list.items.isEmpty
        receipt = list.receipt.map { String($0) }
        next = list.next.map { "\(QualityPage.path(of: found))/worklist?after=\($0.text)" }
    }

    private static func item(_ item: WorkItem, _ words: ValueWords) -> Item {
        let language = words.language
        func titles(_ fields: [PersonField]) -> String {
            if fields.count > mostNamed { return language.of("\(fields.count) trường", "\(fields.count) fields") }
            return fields.map { language.of($0.title) }.joined(separator: "; ")
        }
        let parts = [
            (language.of("Bổ sung", "Collect"), titles(item.collect)),
            (
                language.of("Sửa", "Correct"),
                (item.correct.map(\.code.sentence) + item.contradictions.map(\.sentence)).map(language.of)
                    .joined(separator: " ")
            ), (language.of("Xác minh", "Verify"), titles(item.verify)),
        ]
        return Item(
            href: "/persons/\(item.handle)", name: item.name ?? "…", birth: words.date(item.birth),
            parts: parts.filter { !$0.1.isEmpty }.map { Part(label: $0.0, items: $0.1) },
            last: item.lastVerified.map(DayText.vietnamese),
            gain: "+\(item.gain.perMillion / 1_000_000),\(item.gain.perMillion / 100_000 % 10)")
    }
}
