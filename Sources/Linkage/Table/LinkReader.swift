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
        if !table.addresses.isEmpty {
            let missing = table.count * LinkTable.Place.addressWords - table.addresses.count
            if missing > 0 { table.addresses.append(contentsOf: repeatElement(0, count: missing)) }
        }
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
        let base = table.cells.count
        table.cells.append(contentsOf: repeatElement(0, count: LinkTable.Place.count))
        var old: UInt64 = 0
        for (index, column) in LinkColumn.allCases.enumerated() {
            guard let first = sources[index].first else { continue }
            let text = scanner.bytes(of: scanner.fields[first])
            switch column {
            case .id: try readID(text)
            case .fullName: try name(sources[index], at: base + LinkTable.Place.name)
            case .fatherName: try name(sources[index], at: base + LinkTable.Place.father)
            case .motherName: try name(sources[index], at: base + LinkTable.Place.mother)
            case .dateOfBirth: table.cells[base + LinkTable.Place.date] = PackedDate(text)?.bits ?? 0
            case .sex: table.cells[base + LinkTable.Place.sex] = LinkReader.sex(text)
            case .birthProvince:
                if !text.isEmpty {
                    table.cells[base + LinkTable.Place.province] = table.provinces.number(text, meaning)
                }
            case .commune:
                if !text.isEmpty { table.cells[base + LinkTable.Place.commune] = table.communes.number(text, meaning) }
            case .oldNumber: old = OldNumber.pack(text)
            case .address: try address(sources[index])
            }
        }
        table.oldNumbers.append(old)
    }

    private mutating func readID(_ text: UnsafeBufferPointer<UInt8>) throws(LinkRefusal) {
        guard !text.isEmpty else { throw .idMissing(line: scanner.line) }
        guard let id = String(validating: text, as: UTF8.self) else { throw .notUTF8(line: scanner.line) }
        table.ids.append(id)
    }

    private mutating func name(_ sources: [Int], at base: Int) throws(LinkRefusal) {
        var count = 0
        try words(sources) { word, table in
            if count < LinkTable.Place.words {
                table.cells[base + count] = word
                count += 1
            } else {
                // The given name comes last and must stay apart; what stands before it is joined.
                let kept = table.words.spoken[Int(table.cells[base + count - 2])]
                let moved = table.words.spoken[Int(table.cells[base + count - 1])]
                if kept.fold.count + moved.fold.count <= SpokenWord.mostLetters {
                    table.cells[base + count - 2] = table.words.number(of: kept.joined(to: moved))
                }
                table.cells[base + count - 1] = word
            }
        }
    }

    private mutating func address(_ sources: [Int]) throws(LinkRefusal) {
        let base = (table.count - 1) * LinkTable.Place.addressWords
        table.addresses.append(
            contentsOf: repeatElement(0, count: base + LinkTable.Place.addressWords - table.addresses.count))
        var count = 0
        try words(sources) { word, table in
            guard count < LinkTable.Place.addressWords else { return }
            table.addresses[base + count] = word
            count += 1
        }
    }

    /// Every word of the fields, with its number.
    private mutating func words(
        _ sources: [Int], _ take: (UInt32, inout LinkTable) -> Void
    ) throws(LinkRefusal) {
        for source in sources {
            let text = scanner.bytes(of: scanner.fields[source])
            var start = 0
            for end in 0...text.count where end == text.count || LinkReader.separates(text[end]) {
                if end > start {
                    let slice = UnsafeBufferPointer(rebasing: text[start..<end])
                    guard let word = table.words.number(slice) else { throw .notUTF8(line: scanner.line) }
                    if word != 0 { take(word, &table) }
                }
                start = end + 1
            }
        }
    }

    private static func separates(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x2D || byte == 0x2E || byte == 0x2C || byte == 0x09 || byte == 0x2F
    }

    private static func sex(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        guard let first = text.first else { return 0 }
        switch first | 0x20 {
        case UInt8(ascii: "m"), 0x31: return 1
        case UInt8(ascii: "f"), 0x32: return 2
        case UInt8(ascii: "n"): return text.count > 1 && text[1] | 0x20 == UInt8(ascii: "a") ? 1 : 2
        default: return 0
        }
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
            if place < source.count, source[place] == 0x22 {
                try quoted()
            } else {
                let start = place
                while place < source.count, source[place] != 0x2C, source[place] != 0x0A { place += 1 }
                var end = place
                if end > start, source[end - 1] == 0x0D, place == source.count || source[place] == 0x0A { end -= 1 }
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
