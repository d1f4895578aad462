import Civil
import Foundation

/// Reads the records of a piece from the file and puts them into their standard form.
///
/// One piece at a time: the resolver's memory of addresses is used by one task alone, and the file has one position.
actor SheetPreparer {
    private let file: BatchFile
    private var standardiser: SheetStandardiser

    /// A piece whose records stand closer together than this is read at once.
    private static let longestRead = 16 << 20

    init(file: BatchFile, units: UnitDirectory, demonstration: Bool) {
        self.file = file
        standardiser = SheetStandardiser(
            columns: file.columns, units: units, demonstration: demonstration,
            spellings: file.spellings)
    }

    func prepare(_ range: Range<Int>) throws -> [StandardSheet] {
        let entries = file.index.entries[range]
        var sheets: [StandardSheet] = []
        sheets.reserveCapacity(range.count)
        let (start, block) = try block(of: entries)
        for entry in entries {
            try Task.checkCancellation()
            let length = Int(entry.length)
            if let block {
                let place = Int(entry.offset - start)
                sheets.append(prepare(entry, block[min(place, block.count)..<min(place + length, block.count)]))
            } else {
                sheets.append(prepare(entry, try file.bytes(at: entry.offset, count: length)[...]))
            }
        }
        return sheets
    }

    /// The part of the file in which the records stand; nil where they are spread too far.
    private func block(of entries: ArraySlice<RecordIndex.Entry>) throws -> (start: UInt64, bytes: [UInt8]?) {
        var start = UInt64.max
        var end: UInt64 = 0
        for entry in entries {
            start = min(start, entry.offset)
            end = max(end, entry.offset + UInt64(entry.length))
        }
        guard start < end, end - start <= SheetPreparer.longestRead else { return (0, nil) }
        return (start, try file.bytes(at: start, count: Int(end - start)))
    }

    private static func isTooLong(_ entry: RecordIndex.Entry) -> Bool {
        entry.length > UInt32(BatchFile.maximumRecord)
    }

    private func prepare(_ entry: RecordIndex.Entry, _ bytes: ArraySlice<UInt8>) -> StandardSheet {
        let written =
            file.encoding.encoding == .tcvn3 ? TCVN3.decode(bytes) : String(decoding: bytes, as: UTF8.self)
        var sheet = StandardSheet(place: Int(entry.row), group: entry.group, written: written)
        if SheetPreparer.hasReplacementCharacter(written) {
            sheet.found(.encodingBroken)
            // The sign in their place says nothing of the bytes that stood there.
            if !written.utf8.elementsEqual(bytes) { sheet.bytes = Data(bytes).base64EncodedString() }
        }
        if SheetPreparer.isTooLong(entry) {
            sheet.found(.rowTooLong)
            return sheet
        }
        let fields = CSVFields.split(written)
        if fields.count != file.fieldCount { sheet.found(.rowMalformed) }
        standardiser.standardise(fields, into: &sheet)
        return sheet
    }

    /// U+FFFD stands where bytes were no letter; in UTF-8 it is EF BF BD.
    private static func hasReplacementCharacter(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            bytes.indices.dropLast(2).contains { bytes[$0] == 0xEF && bytes[$0 + 1] == 0xBF && bytes[$0 + 2] == 0xBD }
        }
    }
}
