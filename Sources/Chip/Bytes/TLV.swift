/// Trường tag – độ dài – giá trị: one field of ISO 7816-4 and of DER, which have the same form.
package struct TLV: Hashable, Sendable {
    /// One to three bytes as one number: `0x61`, `0x5F1F`, `0x7F61`.
    package let tag: UInt32
    package let value: ArraySlice<UInt8>
    /// Tag, length and value as they stand.
    package let whole: ArraySlice<UInt8>

    /// The only field of these bytes, and its tag; anything behind it is refused.
    package init(_ bytes: some Sequence<UInt8>, tag: UInt32) throws(ChipFault) {
        var reader = TLVReader(ArraySlice(bytes))
        self = try reader.next(tag)
        try reader.finish()
    }

    init(tag: UInt32, value: ArraySlice<UInt8>, whole: ArraySlice<UInt8>) {
        self.tag = tag
        self.value = value
        self.whole = whole
    }

    /// A reader of the fields inside.
    var fields: TLVReader { TLVReader(value) }
}

/// Reads fields one after another; a length is held against the bytes that are there before anything is taken.
///
/// Every structure of a chip has a fixed depth, so nothing here calls itself.
struct TLVReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    /// The tag of the next field, nil at the end or when it is cut off.
    var nextTag: UInt32? {
        var copy = self
        return try? copy.readTag()
    }

    mutating func next() throws(ChipFault) -> TLV {
        let start = rest.startIndex
        let all = rest
        let tag = try readTag()
        let length = try readLength()
        guard length <= rest.count else { throw .endsTooSoon }
        let value = rest.prefix(length)
        rest = rest.dropFirst(length)
        return TLV(tag: tag, value: value, whole: all[start..<value.endIndex])
    }

    /// The next field, which has this tag.
    mutating func next(_ tag: UInt32) throws(ChipFault) -> TLV {
        let field = try next()
        guard field.tag == tag else { throw .unexpectedTag(field.tag) }
        return field
    }

    /// The next field when it has this tag; nil, and nothing read, otherwise.
    mutating func optional(_ tag: UInt32) throws(ChipFault) -> TLV? {
        nextTag == tag ? try next(tag) : nil
    }

    /// Refuses what is left.
    func finish() throws(ChipFault) {
        guard rest.isEmpty else { throw .bytesLeft }
    }

    private mutating func readByte() throws(ChipFault) -> UInt8 {
        guard let byte = rest.popFirst() else { throw .endsTooSoon }
        return byte
    }

    private mutating func readTag() throws(ChipFault) -> UInt32 {
        var tag = UInt32(try readByte())
        guard tag & 0x1F == 0x1F else { return tag }
        for _ in 0..<2 {
            let byte = try readByte()
            tag = tag << 8 | UInt32(byte)
            if byte & 0x80 == 0 { return tag }
        }
        throw .malformed("tag")
    }

    private mutating func readLength() throws(ChipFault) -> Int {
        let first = try readByte()
        guard first & 0x80 != 0 else { return Int(first) }
        // Indefinite lengths have no place on a chip; four bytes are more than any file has.
        guard (1...4).contains(first & 0x7F) else { throw .malformed("length") }
        var length = 0
        for _ in 0..<(first & 0x7F) { length = length << 8 | Int(try readByte()) }
        return length
    }
}

extension TLV {
    /// The bytes of a field.
    static func bytes(_ tag: UInt32, _ parts: [UInt8]...) -> [UInt8] { bytes(tag, joining: parts) }

    /// The bytes of a field whose value is these parts.
    static func bytes(_ tag: UInt32, joining parts: [[UInt8]]) -> [UInt8] {
        let length = parts.reduce(0) { $0 + $1.count }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(length + 8)
        for shift in [UInt32(16), 8] where tag >> shift != 0 { bytes.append(UInt8(truncatingIfNeeded: tag >> shift)) }
        bytes.append(UInt8(truncatingIfNeeded: tag))
        appendLength(length, to: &bytes)
        for part in parts { bytes += part }
        return bytes
    }

    private static func appendLength(_ length: Int, to bytes: inout [UInt8]) {
        guard length > 0x7F else { return bytes.append(UInt8(length)) }
        let count = (Int.bitWidth - length.leadingZeroBitCount + 7) / 8
        bytes.append(0x80 | UInt8(count))
        for place in (0..<count).reversed() { bytes.append(UInt8(truncatingIfNeeded: length >> (8 * place))) }
    }
}
