/// Vị trí trong danh sách: by what a list is sorted, of the last line that was read, its own key last.
///
/// The next page goes on behind it, whatever came or went meanwhile. Pages and programs carry its text and make nothing
/// of it.
package struct ListPlace: Hashable, Sendable {
    package let values: [String]

    private static let longest = 200

    package init(_ values: [String]) { self.values = values }

    /// The place that a text names; nil for one that no list of so many values has given.
    package init?(text: String, of count: Int) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let isKnown = text.utf8.count <= ListPlace.longest && parts.count == count
        guard isKnown, parts.allSatisfy({ $0.utf8.allSatisfy { ListPlace.signs.contains($0) } }) else { return nil }
        values = parts
    }

    private static let signs = Set("0123456789-abcdefghijklmnopqrstuvwxyz".utf8)

    package var text: String { values.joined(separator: ".") }

    /// A value as a whole number; zero where it is none, which lies before every line.
    package func number(_ index: Int) -> Int64 { Int64(values[index]) ?? 0 }
}

/// Một trang của danh sách: some of its lines, and where the next page goes on.
package struct ListPage<Line: Sendable>: Sendable {
    package let lines: [Line]
    /// Nil on the last page.
    package let next: ListPlace?

    /// - Parameters:
    ///   - found: the lines from the place on, one more than the page shows where there are more.
    ///   - limit: how many the page shows.
    ///   - place: where a line stands.
    package init(_ found: [Line], limit: Int, place: (Line) -> ListPlace) {
        lines = Array(found.prefix(limit))
        next = found.count > limit ? lines.last.map(place) : nil
    }

    /// Pages of a list show as many lines.
    package static var usual: Int { 100 }
    /// Programs may ask for as many.
    package static var most: Int { 500 }
}
