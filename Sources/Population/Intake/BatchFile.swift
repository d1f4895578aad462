import Civil
import Crypto
import Foundation

/// A batch's file, read once for its structure: encoding, columns, and the place of every record.
///
/// The records' texts are read again household by household, so that memory stays at some 20 bytes a row.
final class BatchFile: Sendable {
    /// One file holds at most 4 GiB and 2²⁴ − 1 rows; a province's sheets are handed in commune by commune.
    static let maximumBytes: Int64 = 4 << 30
    /// A record longer than this is kept as it stands and not worked; its row is held.
    static let maximumRecord = 1 << 20
    /// A record longer than this is no sheet; the file is refused, so that nothing of it is lost.
    static let longestKept = 4 << 20
    /// How much of the file decides on the encoding.
    private static let sampleBytes = 1 << 20
    private static let blockBytes = 1 << 20

    let path: String
    /// The file's name without its extension; the batch's name.
    let name: String
    let bytes: Int64
    /// SHA-256 of the whole file, hexadecimal.
    let digest: String
    let encoding: DetectedEncoding
    /// Which field of a record stands for which column.
    let columns: [SheetColumn: Int]
    let fieldCount: Int
    let index: RecordIndex
    /// How the names of the whole file are spelt, the same at every start of its import.
    let spellings: NameSpellings
    private let file: FileHandle

    /// Opens and reads the structure; blocking, to be called off the cooperative pool for large files.
    init(path: String) throws {
        self.path = path
        name = try BatchFile.batchName(path)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
            throw BatchRefusal.notFound(path: path)
        }
        guard let file = FileHandle(forReadingAtPath: path) else { throw BatchRefusal.notReadable(path: path) }
        self.file = file
        let size = Int64((try? file.seekToEnd()) ?? 0)
        bytes = size
        guard size > 0 else { throw BatchRefusal.empty }
        guard size <= BatchFile.maximumBytes else {
            throw BatchRefusal.tooLarge(bytes: size, limit: BatchFile.maximumBytes)
        }
        let sample = Array(try BatchFile.read(file, path, at: 0, count: BatchFile.sampleBytes))
        encoding = try BatchFile.detect(sample, whole: size == sample.count)
        let heading = try BatchFile.heading(sample, encoding)
        columns = heading.columns
        fieldCount = heading.fields
        let scan = try BatchFile.scan(
            file, path, from: UInt64(encoding.headerLength), firstRow: heading.rest, columns: columns,
            encoding: encoding.encoding)
        (index, spellings, digest) = (scan.index, scan.spellings, scan.digest)
    }

    /// That many bytes from that place on.
    func bytes(at offset: UInt64, count: Int) throws -> [UInt8] {
        Array(try BatchFile.read(file, path, at: offset, count: count))
    }

    private static func read(_ file: FileHandle, _ path: String, at offset: UInt64, count: Int) throws -> Data {
        do {
            try file.seek(toOffset: offset)
            return try file.read(upToCount: count) ?? Data()
        } catch {
            throw BatchRefusal.notReadable(path: path)
        }
    }

    private static func batchName(_ path: String) throws -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let name = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
        let allowed = name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || "0123456789-_. ".unicodeScalars.contains($0)
        }
        guard !name.isEmpty, name.count <= 100, allowed else { throw BatchRefusal.unusableName(file) }
        return name
    }

    private static func detect(_ sample: [UInt8], whole: Bool) throws -> DetectedEncoding {
        // Cut at the last line end, so that no letter is cut in two.
        let end = whole ? sample.count : (sample.lastIndex(of: UInt8(ascii: "\n")) ?? sample.count)
        do throws(EncodingRefusal) {
            return try TextEncoding.detect(Array(sample[..<end]), isPrefix: !whole)
        } catch {
            // A few lines with broken bytes keep nobody else out: their rows are held.
            if error == .damagedUTF8, let sound = soundLines(sample[..<end]),
                let detected = try? TextEncoding.detect(sound, isPrefix: !whole), detected.encoding == .utf8
            {
                return detected
            }
            throw BatchRefusal.encoding(error.sentence)
        }
    }

    /// The lines that are whole UTF-8, when the heading is one of them and at most one line in ten is not.
    private static func soundLines(_ sample: ArraySlice<UInt8>) -> [UInt8]? {
        let lines = sample.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let sound = lines.filter { String(validating: $0, as: UTF8.self) != nil }
        guard let heading = lines.first, sound.first == heading, (lines.count - sound.count) * 10 <= lines.count else {
            return nil
        }
        return Array(sound.joined(separator: [UInt8(ascii: "\n")]))
    }

    private static func heading(
        _ sample: [UInt8], _ encoding: DetectedEncoding
    ) throws -> (columns: [SheetColumn: Int], fields: Int, rest: UInt64) {
        var scanner = CSVRecordScanner(at: UInt64(encoding.headerLength))
        var first: CSVRecordScanner.Record?
        sample[encoding.headerLength...].withUnsafeBytes { bytes in
            scanner.feed(bytes) { if first == nil { first = $0 } }
        }
        if first == nil { scanner.finish { first = $0 } }
        guard let first, first.length <= 64 << 10 else { throw BatchRefusal.noHeading }
        let range = Int(first.offset)..<Int(first.offset) + first.length
        let headings = CSVFields.split(encoding.encoding.decode(sample[range]))
        var columns: [SheetColumn: Int] = [:]
        for (position, heading) in headings.enumerated() {
            guard let column = SheetColumn.named(heading) else { continue }
            guard columns.updateValue(position, forKey: column) == nil else {
                throw BatchRefusal.columnTwice(column.rawValue)
            }
        }
        guard !columns.isEmpty else {
            for (separator, name) in [(";", "“;”"), ("\t", "Tab"), ("|", "“|”")] {
                let columns = headings.joined(separator: ",").components(separatedBy: separator)
                if columns.contains(where: { SheetColumn.named($0) != nil }) { throw BatchRefusal.separator(name) }
            }
            throw isOtherHeading(headings) ? .otherTable(columns: shown(headings)) : BatchRefusal.noHeading
        }
        let missing = SheetColumn.required.filter { columns[$0] == nil }
        guard missing.isEmpty else {
            throw BatchRefusal.columnsMissing(missing.map(\.rawValue), found: shown(headings))
        }
        return (columns, headings.count, first.offset + UInt64(first.length))
    }

    private static func shown(_ headings: [String]) -> [String] { headings.prefix(40).map { String($0.prefix(40)) } }

    /// Whether a line names the columns of some other table: several words of programs, none twice.
    ///
    /// A sheet whose heading was lost has dates, names with capitals and empty fields.
    private static func isOtherHeading(_ headings: [String]) -> Bool {
        headings.count > 2 && Set(headings).count == headings.count
            && headings.allSatisfy { $0.wholeMatch(of: /[a-z][a-z_]{1,30}/) != nil }
    }

    private static func scan(
        _ file: FileHandle, _ path: String, from start: UInt64, firstRow: UInt64, columns: [SheetColumn: Int],
        encoding: TextEncoding
    ) throws -> (index: RecordIndex, spellings: NameSpellings, digest: String) {
        var hash = SHA256()
        var builder = RecordIndex.Builder(skippingBefore: firstRow, columns: columns, encoding: encoding)
        var scanner = CSVRecordScanner(at: start)
        // The end of the last block that is still part of an unfinished record.
        var carried: [UInt8] = []
        var carriedAt = start
        var offset: UInt64 = 0
        while true {
            let block = try read(file, path, at: offset, count: blockBytes)
            if block.isEmpty { break }
            hash.update(data: block)
            let skip = offset < start ? Int(start - offset) : 0
            let before = carried.count
            block.withUnsafeBytes { carried.append(contentsOf: $0.dropFirst(skip)) }
            offset += UInt64(block.count)
            var done = carriedAt
            try carried.withUnsafeBytes { bytes in
                try scanner.feed(UnsafeRawBufferPointer(rebasing: bytes[before...])) { record in
                    try builder.add(record, from: bytes, at: carriedAt)
                    done = record.offset + UInt64(record.length)
                }
            }
            let consumed = Int(done - carriedAt)
            // A record that never ends is not gathered in memory.
            if carried.count - consumed > longestKept {
                let row = builder.count + 1
                throw scanner.isQuoted ? BatchRefusal.quoteNotClosed(row: row) : .rowBeyondLimit(row: row)
            }
            carried.removeFirst(consumed)
            carriedAt = done
        }
        try scanner.finish { record in
            if record.openQuote { throw BatchRefusal.quoteNotClosed(row: builder.count + 1) }
            try carried.withUnsafeBytes { try builder.add(record, from: $0, at: carriedAt) }
        }
        guard builder.count > 0 else { throw BatchRefusal.onlyHeading }
        let digest = hash.finalize().map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
        return (builder.build(), builder.spellings, digest)
    }
}

extension DetectedEncoding {
    /// How many bytes stand before the first letter.
    var headerLength: Int { hasByteOrderMark ? 3 : 0 }
}
