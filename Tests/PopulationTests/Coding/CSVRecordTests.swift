import Testing

@testable import Population

@Suite("Records and fields of CSV are found as a reading byte by byte finds them")
struct CSVRecordTests {
    private static let signs: [UInt8] = Array("\"\"\n\n\r\r,,,ab \u{E1}".utf8)

    private func bytes(_ draw: inout CodingDraw) -> [UInt8] {
        (0..<draw.below(60)).map { _ in draw.one(of: CSVRecordTests.signs) }
    }

    /// For each byte whether it is a quotation mark that opens, closes or doubles, and whether it stands within a field
    /// that marks hold together: a mark opens where nothing but blanks stands before it in its field.
    private func marks(_ bytes: [UInt8], fieldsEndAt ends: [UInt8]) -> [(isMark: Bool, isQuoted: Bool)] {
        var quoted = false
        var field: [UInt8] = []
        var closed = false
        return bytes.map { byte in
            let isQuote = byte == UInt8(ascii: "\"")
            if quoted {
                quoted = !isQuote
                closed = isQuote
                return (isQuote, true)
            }
            let opens = isQuote && (closed || field.allSatisfy { $0 == 32 || $0 == 9 })
            if ends.contains(byte) { field = [] } else { field.append(byte) }
            closed = false
            quoted = opens
            return (opens, false)
        }
    }

    /// The records' places; CR, LF and CRLF end a record outside quotes, empty lines are none.
    private func records(_ bytes: [UInt8]) -> [Range<Int>] {
        var records: [Range<Int>] = []
        var start = 0
        for (position, (byte, mark)) in zip(bytes, marks(bytes, fieldsEndAt: Array("\n\r,".utf8))).enumerated() {
            guard !mark.isQuoted, byte == 10 || byte == 13 else { continue }
            if position > start { records.append(start..<position) }
            start = position + 1
        }
        if bytes.count > start { records.append(start..<bytes.count) }
        return records
    }

    private func fields(_ record: [UInt8]) -> [[UInt8]] {
        var fields: [[UInt8]] = [[]]
        var hasClosed = false
        for (byte, mark) in zip(record, marks(record, fieldsEndAt: Array(",".utf8))) {
            if mark.isMark {
                if !mark.isQuoted, hasClosed { fields[fields.count - 1].append(byte) }
                hasClosed = mark.isQuoted
                continue
            }
            hasClosed = false
            if byte == UInt8(ascii: ","), !mark.isQuoted {
                fields.append([])
            } else {
                fields[fields.count - 1].append(byte)
            }
        }
        return fields
    }

    @Test("places of records do not depend on how the file is cut into blocks", arguments: 0..<20 as Range<UInt64>)
    func places(_ seed: UInt64) {
        var draw = CodingDraw(seed: seed)
        for _ in 0..<300 {
            let bytes = bytes(&draw)
            var found: [Range<Int>] = []
            var scanner = CSVRecordScanner(at: 0)
            var position = 0
            while position < bytes.count {
                let end = min(bytes.count, position + 1 + draw.below(20))
                bytes[position..<end].withUnsafeBytes { block in
                    scanner.feed(block) { found.append(Int($0.offset)..<Int($0.offset) + $0.length) }
                }
                position = end
            }
            scanner.finish { found.append(Int($0.offset)..<Int($0.offset) + $0.length) }
            #expect(found == records(bytes), "\(bytes)")
        }
    }

    @Test("fields with and without quotes, closed, open and doubled", arguments: 0..<20 as Range<UInt64>)
    func splitting(_ seed: UInt64) {
        var draw = CodingDraw(seed: seed)
        for _ in 0..<300 {
            let text = String(decoding: bytes(&draw), as: UTF8.self)
            let record = Array(text.utf8)
            let expected = fields(record)
            #expect(CSVFields.split(text).map { Array($0.utf8) } == expected, "\(text)")
            for index in 0...expected.count {
                let field = record.withUnsafeBytes { CSVFields.field(index, in: $0).map { Array($0) } }
                #expect((field != nil) == (index < expected.count), "\(text)")
                if let field, !field.contains(UInt8(ascii: "\"")) { #expect(field == expected[index]) }
            }
        }
    }

    @Test("a mark inside a field is a letter and swallows nothing")
    func keepsStrayMarks() {
        #expect(CSVFields.split("1,Nguyễn \"Văn An,2") == ["1", "Nguyễn \"Văn An", "2"])
        #expect(CSVFields.split("1, \"Xã X, Huyện Y\" ,2") == ["1", " Xã X, Huyện Y ", "2"])
        #expect(CSVFields.split("\"a \"\"b\"\" c\",\"\"") == ["a \"b\" c", ""])
        var records = 0
        var scanner = CSVRecordScanner(at: 0)
        Array("1,a \" b\n2,c\n3,d \" e\n".utf8).withUnsafeBytes { scanner.feed($0) { _ in records += 1 } }
        #expect(records == 3 && !scanner.isQuoted)
    }
}
