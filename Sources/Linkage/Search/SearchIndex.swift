import Civil

/// Chỉ mục tra cứu: the names of a register in memory, found again however they are half remembered.
///
/// A value: a search works on the index as it was when the search began, while others go on changing theirs. It knows
/// no register and no disk; what it holds is given to it, and can be given to it anew at any time.
package struct SearchIndex: Sendable {
    private(set) var vocabulary = SearchVocabulary()
    private(set) var places = SearchPlaces()
    private(set) var segments: [SearchSegment] = []
    /// For each segment, its rows that no longer hold, as bits.
    private(set) var dead: [[UInt64]] = []
    private(set) var deadCount = 0

    package init() {}

    /// Names in the index.
    package var count: Int { segments.reduce(0) { $0 + $1.count } - deadCount }

    /// Bytes that the columns and lists take, words aside.
    package var bytes: Int { segments.reduce(0) { $0 + $1.bytes } }

    /// Segments are merged when there are more than this.
    private static let mostSegments = 6

    /// Fills an empty index with many entries at once.
    package struct Builder: Sendable {
        private var index = SearchIndex()
        private var rows = SearchSegmentBuilder()

        package init(expecting rows: Int = 0) {
            self.rows.reserve(rows)
        }

        package mutating func add(_ entry: SearchEntry) {
            rows.add(entry, &index.vocabulary, &index.places)
        }

        package mutating func build() -> SearchIndex {
            index.append(rows)
            rows = SearchSegmentBuilder()
            return index
        }
    }

    /// Takes what is known now of some persons; those of them without an entry are taken out.
    package mutating func update(_ entries: [SearchEntry], of persons: some Sequence<Int64>) {
        for person in persons { remove(person) }
        var rows = SearchSegmentBuilder()
        for entry in entries { rows.add(entry, &vocabulary, &places) }
        if rows.count > 0 { append(rows) }
        if segments.count > SearchIndex.mostSegments { mergeSmallest() }
    }

    private mutating func append(_ rows: SearchSegmentBuilder) {
        segments.append(rows.build(folds: vocabulary.folds.count, foldOf: vocabulary.foldOf))
        dead.append([UInt64](repeating: 0, count: rows.count / 64 + 1))
    }

    private mutating func remove(_ person: Int64) {
        for index in segments.indices {
            for row in segments[index].rows(of: person) where !SearchIndex.isSet(dead[index], Int(row)) {
                dead[index][Int(row) / 64] |= 1 << UInt64(row % 64)
                deadCount += 1
                let start = segments[index].start(Int(row))
                vocabulary.uncount(segments[index].words[start..<segments[index].end(Int(row))])
            }
        }
    }

    static func isSet(_ bits: [UInt64], _ row: Int) -> Bool { bits[row / 64] & (1 << UInt64(row % 64)) != 0 }

    /// Puts the smaller half of the segments together, without the rows that no longer hold.
    ///
    /// The largest is touched only when the others have grown to a quarter of it, so that the work stays in proportion.
    private mutating func mergeSmallest() {
        let order = segments.indices.sorted { segments[$0].count < segments[$1].count }
        guard let largest = order.last else { return }
        let others = order.dropLast()
        let together = others.reduce(0) { $0 + segments[$1].count }
        let merged = Set(together * 4 > segments[largest].count ? Array(order) : Array(others))
        var rows = SearchSegmentBuilder()
        rows.reserve(together)
        for index in segments.indices where merged.contains(index) {
            for row in 0..<segments[index].count {
                if SearchIndex.isSet(dead[index], row) {
                    deadCount -= 1
                } else {
                    rows.add(row: row, of: segments[index])
                }
            }
        }
        segments = segments.enumerated().filter { !merged.contains($0.offset) }.map(\.element)
        dead = dead.enumerated().filter { !merged.contains($0.offset) }.map(\.element)
        append(rows)
    }

    /// The units that stand in entries, for working out which of them a place means.
    package var knownPlaces: [UnitCode] { places.codes }
}
