/// Splits bytes into CSV records and fields (RFC 4180, with LF, CRLF or CR line ends), byte by byte.
///
/// The records' places are wanted, not their texts: a batch is read once for its structure and again, household by
/// household, for its contents. That is why no CSV library is used (`docs/decisions/`).
struct CSVRecordScanner {
    /// Called for each record with its place in the file, without its line end.
    typealias Record = (offset: UInt64, length: Int, openQuote: Bool)

    private var offset: UInt64 = 0
    private var start: UInt64 = 0
    private var quoted = false
    /// Whether the bytes so far end within quotation marks.
    var isQuoted: Bool { quoted }
    private var afterCarriageReturn = false
    /// Whether nothing but blanks stands behind the last comma or line end before these bytes.
    private var atFieldStart = true
    /// The place behind the last quotation mark that closed a field; a second one there is a doubled one.
    private var closed: UInt64 = 0

    /// Starts at a byte of the file (after a byte order mark).
    init(at offset: UInt64) {
        self.offset = offset
        start = offset
    }

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// Feeds the next bytes of the file.
    mutating func feed(_ bytes: UnsafeRawBufferPointer, _ record: (Record) throws -> Void) rethrows {
        let base = offset
        var quoted = quoted
        defer {
            self.quoted = quoted
            atFieldStart = opensField(at: bytes.count, in: bytes)
            offset = base + UInt64(bytes.count)
            if let last = bytes.last { afterCarriageReturn = last == CSVRecordScanner.carriageReturn && !quoted }
        }
        for position in bytes.indices {
            let byte = bytes[position]
            // Most bytes are letters; the three signs are below the comma.
            guard byte <= CSVRecordScanner.quote else { continue }
            if byte == CSVRecordScanner.quote {
                if quoted {
                    quoted = false
                    closed = base + UInt64(position) + 1
                } else {
                    // Doubled, or the first sign of a field; anywhere else it is a letter like others.
                    quoted =
                        closed == base + UInt64(position) && closed > 0 || opensField(at: position, in: bytes)
                }
            } else if !quoted, byte == CSVRecordScanner.lineFeed {
                let isAfterReturn =
                    position > 0 ? bytes[position - 1] == CSVRecordScanner.carriageReturn : afterCarriageReturn
                if isAfterReturn {
                    start = base + UInt64(position) + 1
                } else {
                    try end(at: base + UInt64(position), record)
                }
            } else if !quoted, byte == CSVRecordScanner.carriageReturn {
                try end(at: base + UInt64(position), record)
            }
        }
    }

    /// Whether a field begins there, blanks aside; of the block before, what its end told.
    private func opensField(at position: Int, in bytes: UnsafeRawBufferPointer) -> Bool {
        for place in stride(from: position - 1, through: 0, by: -1) {
            switch bytes[place] {
            case CSVFields.comma, CSVRecordScanner.lineFeed, CSVRecordScanner.carriageReturn: return true
            case CSVFields.space, CSVFields.tab: continue
            default: return false
            }
        }
        return atFieldStart
    }

    /// The last record, when the file does not end with a line end.
    mutating func finish(_ record: (Record) throws -> Void) rethrows {
        if offset > start { try record((start, Int(offset - start), quoted)) }
        start = offset
    }

    private mutating func end(at place: UInt64, _ record: (Record) throws -> Void) rethrows {
        if place > start { try record((start, Int(place - start), false)) }
        start = place + 1
    }
}

/// The fields of one record.
enum CSVFields {
    /// The fields' texts; quotes are taken off and doubled quotes made single.
    static func split(_ record: String) -> [String] {
        var fields: [String] = []
        fields.reserveCapacity(32)
        var record = record
        record.withUTF8 { bytes in
            var start = 0
            var hasQuotes = false
            func take(to end: Int) {
                let field = UnsafeBufferPointer(rebasing: bytes[start..<end])
                fields.append(hasQuotes ? unquoted(field) : String(decoding: field, as: UTF8.self))
            }
            var state = QuoteState()
            for position in bytes.indices {
                let byte = bytes[position]
                let isQuoting = state.take(byte)
                if isQuoting {
                    hasQuotes = true
                } else if byte == comma, !state.isQuoted {
                    take(to: position)
                    start = position + 1
                    hasQuotes = false
                }
            }
            take(to: bytes.count)
        }
        return fields
    }

    fileprivate static let quote = UInt8(ascii: "\"")
    fileprivate static let comma = UInt8(ascii: ",")
    fileprivate static let space = UInt8(ascii: " ")
    fileprivate static let tab = UInt8(ascii: "\t")

    /// Where quotation marks hold a field together: one that opens a field, or doubles another, is no letter; every
    /// other one is.
    private struct QuoteState {
        private(set) var isQuoted = false
        private var isAtStart = true
        private var hasJustClosed = false

        /// Takes the next byte; whether it is a mark that opens, closes or doubles.
        mutating func take(_ byte: UInt8) -> Bool {
            if isQuoted {
                guard byte == quote else { return false }
                isQuoted = false
                hasJustClosed = true
                isAtStart = false
                return true
            }
            let opens = byte == quote && (isAtStart || hasJustClosed)
            hasJustClosed = false
            isQuoted = opens
            isAtStart = byte == comma || isAtStart && (byte == space || byte == tab)
            return opens
        }
    }

    private static func unquoted(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        var field: [UInt8] = []
        field.reserveCapacity(bytes.count)
        var state = QuoteState()
        var hasClosed = false
        for byte in bytes {
            let isQuoting = state.take(byte)
            // A mark that opens right behind one that closed is a doubled one.
            if !isQuoting || state.isQuoted && hasClosed { field.append(byte) }
            hasClosed = isQuoting && !state.isQuoted
        }
        return String(decoding: field, as: UTF8.self)
    }

    /// The bytes of the field at `index`, quotes included; nil when the record has fewer fields.
    static func field(_ index: Int, in record: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer>? {
        var column = 0
        var state = QuoteState()
        var start = 0
        for position in record.indices {
            let byte = record[position]
            _ = state.take(byte)
            guard byte == comma, !state.isQuoted else { continue }
            if column == index { return record[start..<position] }
            column += 1
            start = position + 1
        }
        return column == index ? record[start...] : nil
    }
}
