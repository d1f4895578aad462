import Database
import Linkage

extension IndexMaking<SearchIndex> {
    /// The index of names that searches look into.
    static let names = IndexMaking(
        build: { connection in
            let count = try connection.first("SELECT count(*) FROM person") { try $0.int(0) } ?? 0
            var builder = SearchIndex.Builder(expecting: count)
            // Those whose parents' names stand elsewhere are few, and wait for them.
            var waiting: [SearchRecord] = []
            try connection.forEach("SELECT state FROM person ORDER BY person_id") { row in
                let record = try StateCoding.value(SearchRecord.self, in: row, 0)
                if record.linkedParents.isEmpty {
                    if let entry = record.entry() { builder.add(entry) }
                } else {
                    waiting.append(record)
                }
            }
            for entry in try entries(of: waiting, on: connection) { builder.add(entry) }
            return builder.build()
        },
        update: { index, changed, connection in
            var records: [SearchRecord] = []
            for chunk in Placeholders.chunks(changed) { records += try SearchRecord.records(chunk, on: connection) }
            index.update(try entries(of: records, on: connection), of: changed)
            return true
        })

    /// The entries of records, with the names of linked parents out of the parents' own records.
    private static func entries(of records: [SearchRecord], on connection: Connection) throws -> [SearchEntry] {
        var names: [Int64: String] = [:]
        for chunk in Placeholders.chunks(Set(records.flatMap(\.linkedParents)).sorted()) {
            for parent in try SearchRecord.records(chunk, on: connection) { names[parent.person] = parent.details.name }
        }
        return records.compactMap { $0.entry(parents: names) }
    }
}

extension SearchRecord {
    fileprivate static func records(_ persons: ArraySlice<Int64>, on connection: Connection) throws -> [SearchRecord] {
        try connection.rows(
            "SELECT state FROM person WHERE person_id IN \(Placeholders.list)", Placeholders.padded(persons)
        ) { try StateCoding.value(SearchRecord.self, in: $0, 0) }
    }
}
