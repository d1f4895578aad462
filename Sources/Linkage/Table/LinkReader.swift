/// Đọc tệp đối chiếu: makes a table of the bytes of a CSV file (RFC 4180, UTF-8, first line the columns' names).
package struct LinkReader {
    private var table: LinkTable
    private let bytes: UnsafeBufferPointer<UInt8>
    private var scanner: LinkScanner

    private let memory: Int
    private let meaning: ((String) -> String)?

    /// The table of the bytes.
    ///
    /// - Parameters:
    ///   - first: the table of another file that these records are to be linked to.
    ///   - places: what a place code stands for; codes are taken as they are without it.
    ///   - memory: the bytes that linking may take; refused as soon as they are known to be too few.
    package static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, _ map: LinkColumnMap = LinkColumnMap(), after first: LinkTable? = nil,
        memory: Int = .max, places: ((String) -> String)? = nil
    ) throws(LinkRefusal) -> LinkTable {
        var reader = LinkReader(bytes, first ?? LinkTable(), memory, places)
        reader.table.split = reader.table.count
        try reader.readAll(map)
        return reader.table
    }

    private init(
        _ bytes: UnsafeBufferPointer<UInt8>, _ table: LinkTable, _ memory: Int, _ meaning: ((String) -> String)?
    ) {
        self.bytes = bytes
        self.table = table
        self.memory = memory
        self.meaning = meaning
        scanner = LinkScanner(bytes)
    }

    private mutating func readAll(_ map: LinkColumnMap) throws(LinkRefusal) {
        guard try scanner.next() else { throw .empty }
        var header: [String] = []
        for field in scanner.fields {
            guard let name = String(validating: scanner.bytes(of: field), as: UTF8.self) else {
                throw .notUTF8(line: 1)
            }
            header.append(name)
        }
        let places = try map.places(in: header)
        table.columns.formUnion(places.keys)
        let sources = LinkColumn.allCases.map { places[$0] ?? [] }
        let most = sources.joined().max() ?? 0
        try refuseTooBig()
        while try scanner.next() {
            if scanner.fields.count == 1, scanner.fields[0].isEmpty { continue }
            guard scanner.fields.count > most else { throw .rowTooShort(line: scanner.line) }
            guard table.count < Int(Int32.max) else { throw .tooManyRows }
            try readRow(sources)
            if table.words.bytes > memory / 2 {
                throw .memoryTooSmall(
                    needed: 2 * table.words.bytes + LinkTable.bytes(records: table.count), given: memory)
            }
        }
        guard table.count > table.split else { throw .empty }
        table.fillAddresses()
        table.dropEmptyColumns()
        try refuseTwins()
    }

    /// Counts the lines before they are read: each is a record at the most.
    private func refuseTooBig() throws(LinkRefusal) {
        var lines = 0
        for byte in bytes where byte == 0x0A { lines += 1 }
        let needed = LinkTable.bytes(records: table.count + lines) + bytes.count
        guard needed <= memory else { throw .memoryTooSmall(needed: needed, given: memory) }
    }

    private mutating func readRow(_ sources: [[Int]]) throws(LinkRefusal) {
        for (index, column) in LinkColumn.allCases.enumerated() {
            // Names and addresses may be written in several columns; of anything else there is one.
            for source in column.isOfWords ? sources[index][...] : sources[index].prefix(1) {
                let text = scanner.bytes(of: scanner.fields[source])
                if column == .id {
                    table.begin(try id(text))
                } else {
                    guard table.take(text, as: column, meaning) else { throw .notUTF8(line: scanner.line) }
                }
            }
        }
    }

    private func id(_ text: UnsafeBufferPointer<UInt8>) throws(LinkRefusal) -> String {
        guard !text.isEmpty else { throw .idMissing(line: scanner.line) }
        guard let id = String(validating: text, as: UTF8.self) else { throw .notUTF8(line: scanner.line) }
        return id
    }

    /// Two records under one id could not be told apart.
    private func refuseTwins() throws(LinkRefusal) {
        var seen = Set<String>(minimumCapacity: table.count - table.split)
        for id in table.ids[table.split...] where !seen.insert(id).inserted { throw .idTwice(id) }
    }
}

/// The lines of a CSV file, field by field, without copying what needs no copy.
struct LinkScanner {
    /// Where a field's bytes stand; doubled quotes inside quotes are left as they are, since no comparison reads them.
    struct Field {
        let start: Int
        let end: Int
        var isEmpty: Bool { start == end }
    }

    private(set) var fields: [Field] = []
    private(set) var line = 0
    private let source: UnsafeBufferPointer<UInt8>
    private var place: Int
    private var lineNext = 1

    init(_ source: UnsafeBufferPointer<UInt8>) {
        self.source = source
        place = source.count >= 3 && source[0] == 0xEF && source[1] == 0xBB && source[2] == 0xBF ? 3 : 0
    }

    func bytes(of field: Field) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: source[field.start..<field.end])
    }

    /// Reads the fields of one line; false at the end.
    mutating func next() throws(LinkRefusal) -> Bool {
        guard place < source.count else { return false }
        fields.removeAll(keepingCapacity: true)
        line = lineNext
        while true {
            // Some files have a space after each comma, which is none of the value.
            while place < source.count, source[place] == 0x20 { place += 1 }
            if place < source.count, source[place] == 0x22 {
                try quoted()
            } else {
                let start = place
                while place < source.count, source[place] != 0x2C, source[place] != 0x0A { place += 1 }
                var end = place
                if end > start, source[end - 1] == 0x0D, place == source.count || source[place] == 0x0A { end -= 1 }
                while end > start, source[end - 1] == 0x20 { end -= 1 }
                fields.append(Field(start: start, end: end))
            }
            guard place < source.count else { return true }
            place += 1
            if source[place - 1] == 0x0A {
                lineNext += 1
                return true
            }
        }
    }

    private mutating func quoted() throws(LinkRefusal) {
        place += 1
        let start = place
        while true {
            guard place < source.count else { throw .quoteOpen(line: line) }
            let byte = source[place]
            place += 1
            if byte == 0x0A { lineNext += 1 }
            guard byte == 0x22 else { continue }
            guard place < source.count, source[place] == 0x22 else { break }
            place += 1
        }
        fields.append(Field(start: start, end: place - 1))
        while place < source.count, source[place] != 0x2C, source[place] != 0x0A { place += 1 }
    }
}
