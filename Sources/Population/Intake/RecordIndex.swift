import Civil

/// Where the records of a batch stand, in the order in which they are worked: household by household.
struct RecordIndex: Sendable {
    struct Entry: Sendable {
        var offset: UInt64
        var length: UInt32
        /// The record's place in the file, from 1; the row's number in the register.
        var row: UInt32
        /// Which household it belongs to, in order of first appearance.
        var group: UInt32
    }

    /// Sorted by group, then row.
    let entries: [Entry]

    var count: Int { entries.count }

    /// A piece with as many bytes as this grows no further, so that long records do not gather in memory.
    static let longestPiece = 32 << 20

    /// The pieces of work behind the rows that are done: whole households, at least `size` rows together, fewer where
    /// their records are long.
    ///
    /// They begin where an interrupted import stopped, whatever the size of its pieces was.
    func pieces(of size: Int, from done: Int) -> [Range<Int>] {
        guard done < entries.count else { return [] }
        var pieces: [Range<Int>] = []
        var start = done
        var bytes = Int(entries[done].length)
        for position in entries.indices.dropFirst(done + 1) {
            let isWhole = entries[position].group != entries[position - 1].group
            if isWhole, position - start >= size || bytes >= RecordIndex.longestPiece {
                pieces.append(start..<position)
                start = position
                bytes = 0
            }
            bytes += Int(entries[position].length)
        }
        pieces.append(start..<entries.count)
        return pieces
    }

    struct Builder {
        private var entries: [Entry] = []
        private var groups: [UInt64: UInt32] = [:]
        private var nextGroup: UInt32 = 0
        private var sizes: [UInt32] = []
        /// The bytes of each household's records so far.
        private var bytes: [Int] = []
        private let firstRow: UInt64
        private let columns: [SheetColumn: Int]
        private let encoding: TextEncoding
        private(set) var spellings = NameSpellings()

        init(skippingBefore firstRow: UInt64, columns: [SheetColumn: Int], encoding: TextEncoding) {
            self.firstRow = firstRow
            self.columns = columns
            self.encoding = encoding
        }

        var count: Int { entries.count }

        /// A household of more rows than this is split: its code is surely not a household's.
        static let maximumHousehold: UInt32 = 500

        mutating func add(
            _ record: CSVRecordScanner.Record, from bytes: UnsafeRawBufferPointer, at bytesOffset: UInt64
        ) throws {
            guard record.offset >= firstRow else { return }
            guard record.length <= BatchFile.longestKept else {
                throw BatchRefusal.rowBeyondLimit(row: entries.count + 1)
            }
            guard entries.count < SheetID.maximumRow else { throw BatchRefusal.tooManyRows(limit: SheetID.maximumRow) }
            let start = Int(record.offset - bytesOffset)
            var group: UInt32?
            if record.length <= BatchFile.maximumRecord, start >= 0, start + record.length <= bytes.count {
                let text = UnsafeRawBufferPointer(rebasing: bytes[start..<start + record.length])
                group = columns[.household].flatMap { CSVFields.field($0, in: text) }
                    .flatMap { self.group(of: $0, adding: record.length) }
                countName(in: text)
            }
            entries.append(
                Entry(
                    offset: record.offset, length: UInt32(clamping: record.length), row: UInt32(entries.count + 1),
                    group: group ?? newGroup()))
        }

        private mutating func countName(in record: UnsafeRawBufferPointer) {
            guard let field = columns[.name].flatMap({ CSVFields.field($0, in: record) }),
                field.count <= SheetStandardiser.maximumField,
                let name = try? PersonName(parsing: encoding.decode(field.filter { $0 != 34 }))
            else { return }
            spellings.count(name)
        }

        private mutating func group(of code: Slice<UnsafeRawBufferPointer>, adding length: Int) -> UInt32? {
            let trimmed = code.lazy.filter { $0 != 32 && $0 != 34 && $0 != 9 }
            guard !trimmed.isEmpty else { return nil }
            let key = StableHash.of(trimmed)
            if let group = groups[key], sizes[Int(group)] < Builder.maximumHousehold,
                bytes[Int(group)] < RecordIndex.longestPiece
            {
                sizes[Int(group)] += 1
                bytes[Int(group)] += length
                return group
            }
            let group = newGroup()
            groups[key] = group
            bytes[Int(group)] = length
            return group
        }

        private mutating func newGroup() -> UInt32 {
            sizes.append(1)
            bytes.append(0)
            defer { nextGroup += 1 }
            return nextGroup
        }

        mutating func build() -> RecordIndex {
            entries.sort { ($0.group, $0.row) < ($1.group, $1.row) }
            return RecordIndex(entries: entries)
        }
    }
}

/// A hash that is the same in every run and on every machine (FNV-1a, 64 bits); not for secrets.
package enum StableHash {
    package static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        // A last mixing, since keys that differ in their last byte must differ in many bits.
        hash ^= hash >> 32
        hash &*= 0x9E37_79B9_7F4A_7C15
        return hash ^ hash >> 29
    }
}
