import Database
import Linkage

extension IndexMaking<SearchIndex> {
    /// The index of names that searches look into.
    static let names = IndexMaking(
        edition: { try RebuiltStore().times(on: $0) },
        build: { connection in
            let count = try connection.first("SELECT count(*) FROM person") { try $0.int(0) } ?? 0
            var builder = SearchIndex.Builder(expecting: count)
            try connection.forEach("SELECT state FROM person ORDER BY person_id") { row in
                if let entry = try StateCoding.value(SearchRecord.self, in: row, 0).entry { builder.add(entry) }
            }
            return builder.build()
        },
        update: { index, changed, connection in
            var entries: [SearchEntry] = []
            for chunk in Placeholders.chunks(changed) {
                entries += try connection.rows(
                    "SELECT state FROM person WHERE person_id IN \(Placeholders.list)", Placeholders.padded(chunk)
                ) { try StateCoding.value(SearchRecord.self, in: $0, 0).entry }.compactMap { $0 }
            }
            index.update(entries, of: changed)
            return true
        })
}
