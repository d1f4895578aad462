import Civil

/// Bản ghi để đối chiếu: what is compared of a person whose record stands in no file.
package struct LinkRecord: Sendable {
    /// Unique in its table.
    package var id: String
    package var fullName: String?
    package var birth: PartialDate?
    package var sex: Sex?
    /// Codes of places; one place has one code.
    package var birthProvince: String?
    package var commune: String?
    package var fatherName: String?
    package var motherName: String?
    package var oldNumber: String?

    package init(id: String) {
        self.id = id
    }
}

extension LinkTable {
    /// An empty table for records that stand in no file.
    package init(expecting count: Int) {
        columns = Set(LinkColumn.allCases).subtracting([.address])
        ids.reserveCapacity(count)
        cells.reserveCapacity(count * Place.count)
        oldNumbers.reserveCapacity(count)
    }

    /// Adds a record at the end; its place is the count before.
    package mutating func add(_ record: LinkRecord) {
        begin(record.id)
        let texts: [(LinkColumn, String?)] = [
            (.fullName, record.fullName), (.dateOfBirth, record.birth?.description),
            (.sex, record.sex.map { $0 == .male ? "m" : "f" }), (.birthProvince, record.birthProvince),
            (.commune, record.commune), (.fatherName, record.fatherName), (.motherName, record.motherName),
            (.oldNumber, record.oldNumber),
        ]
        for (column, text) in texts {
            guard var text else { continue }
            // What stands in a String is UTF-8.
            _ = text.withUTF8 { take($0, as: column, nil) }
        }
    }

    // MARK: Field by field

    /// Begins a record of which nothing is known yet.
    mutating func begin(_ id: String) {
        ids.append(id)
        cells.append(contentsOf: repeatElement(0, count: Place.count))
        oldNumbers.append(0)
    }

    /// Takes a field of the record begun last; words of a second field of the same column follow those of the first.
    ///
    /// - Parameter meaning: what a place code stands for; codes are taken as they are without it.
    /// - Returns: false when the bytes are not UTF-8.
    mutating func take(
        _ text: UnsafeBufferPointer<UInt8>, as column: LinkColumn, _ meaning: ((String) -> String)?
    ) -> Bool {
        let base = cells.count - Place.count
        switch column {
        case .id: break
        case .fullName: return takeName(text, at: base + Place.name)
        case .fatherName: return takeName(text, at: base + Place.father)
        case .motherName: return takeName(text, at: base + Place.mother)
        case .dateOfBirth: cells[base + Place.date] = PackedDate(text)?.bits ?? 0
        case .sex: cells[base + Place.sex] = LinkTable.sex(text)
        case .birthProvince: if !text.isEmpty { cells[base + Place.province] = provinces.number(text, meaning) }
        case .commune: if !text.isEmpty { cells[base + Place.commune] = communes.number(text, meaning) }
        case .oldNumber: oldNumbers[oldNumbers.count - 1] = OldNumber.pack(text)
        case .address: return takeAddress(text)
        }
        return true
    }

    /// Gives every record its words of an address, when any record has some.
    mutating func fillAddresses() {
        guard !addresses.isEmpty else { return }
        let missing = count * Place.addressWords - addresses.count
        if missing > 0 { addresses.append(contentsOf: repeatElement(0, count: missing)) }
    }

    private mutating func takeName(_ text: UnsafeBufferPointer<UInt8>, at base: Int) -> Bool {
        var taken = cells[base..<(base + Place.words)].prefix { $0 != 0 }.count
        return forEachWord(of: text) { word, table in
            if taken < Place.words {
                table.cells[base + taken] = word
                taken += 1
            } else {
                // The given name comes last and must stay apart; what stands before it is joined.
                let kept = table.words.spoken[Int(table.cells[base + taken - 2])]
                let moved = table.words.spoken[Int(table.cells[base + taken - 1])]
                if kept.fold.count + moved.fold.count <= SpokenWord.mostLetters {
                    table.cells[base + taken - 2] = table.words.number(of: kept.joined(to: moved))
                }
                table.cells[base + taken - 1] = word
            }
        }
    }

    private mutating func takeAddress(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let base = (count - 1) * Place.addressWords
        let missing = base + Place.addressWords - addresses.count
        addresses.append(contentsOf: repeatElement(0, count: max(0, missing)))
        var taken = addresses[base...].prefix { $0 != 0 }.count
        return forEachWord(of: text) { word, table in
            guard taken < Place.addressWords else { return }
            table.addresses[base + taken] = word
            taken += 1
        }
    }

    /// Every word of the field, with its number; false when one is not UTF-8.
    private mutating func forEachWord(
        of text: UnsafeBufferPointer<UInt8>, _ body: (UInt32, inout LinkTable) -> Void
    ) -> Bool {
        var start = 0
        for end in 0...text.count where end == text.count || LinkTable.separates(text[end]) {
            if end > start {
                guard let word = words.number(UnsafeBufferPointer(rebasing: text[start..<end])) else { return false }
                if word != 0 { body(word, &self) }
            }
            start = end + 1
        }
        return true
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
}
