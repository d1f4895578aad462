/// Nhóm mẫu sinh trắc (CBEFF): the frame of ISO 7816-11 around the records of DG2 and DG3 (Doc 9303-10 §4.7.2).
package struct BiometricTemplate: Hashable, Sendable {
    /// 02 face, 08 finger.
    package let kind: UInt8
    /// Which finger; 0 when it says nothing.
    package let subtype: UInt8
    /// The number of the record's format in the list of its owner: 7 fingers, 8 faces of ISO/IEC 19794.
    package let format: UInt16
    package let record: [UInt8]

    package init(kind: UInt8, subtype: UInt8, format: UInt16, record: [UInt8]) {
        self.kind = kind
        self.subtype = subtype
        self.format = format
        self.record = record
    }

    /// ISO/IEC JTC 1/SC 37.
    private static let owner: [UInt8] = [0x01, 0x01]

    /// A file of templates.
    static func bytes(_ templates: [BiometricTemplate], in file: ChipFile) -> [UInt8] {
        let parts = templates.map { template in
            let header = TLV.bytes(
                0xA1, TLV.bytes(0x80, [0x01, 0x01]), TLV.bytes(0x81, [template.kind]),
                TLV.bytes(0x82, [template.subtype]), TLV.bytes(0x87, owner),
                TLV.bytes(0x88, [UInt8(template.format >> 8), UInt8(truncatingIfNeeded: template.format)]))
            return TLV.bytes(0x7F60, header, TLV.bytes(0x5F2E, template.record))
        }
        let count = TLV.bytes(DER.integer, [UInt8(templates.count)])
        return TLV.bytes(file.tag, TLV.bytes(0x7F61, joining: [count] + parts))
    }

    /// The templates of a file.
    static func read(_ bytes: [UInt8], from file: ChipFile) throws(ChipFault) -> [BiometricTemplate] {
        var outer = try TLV(bytes, tag: file.tag).fields
        var group = try outer.next(0x7F61).fields
        try outer.finish()
        let count = try DER.smallInteger(try group.next(DER.integer))
        guard count <= 10 else { throw .malformed(file.rawValue) }
        var templates: [BiometricTemplate] = []
        for _ in 0..<count { templates.append(try template(try group.next(0x7F60), file)) }
        try group.finish()
        return templates
    }

    private static func template(_ field: TLV, _ file: ChipFile) throws(ChipFault) -> BiometricTemplate {
        var parts = field.fields
        var header = try parts.next(0xA1).fields
        var values: [UInt32: [UInt8]] = [:]
        while !header.isAtEnd {
            let part = try header.next()
            values[part.tag] = Array(part.value)
        }
        let record = try parts.next()
        // 7F2E is the constructed form of ISO/IEC 39794, which has records of another kind.
        guard record.tag == 0x5F2E else { throw .unsupported("ISO/IEC 39794") }
        try parts.finish()
        guard values[0x87] == owner, let format = values[0x88], format.count == 2 else {
            throw .malformed(file.rawValue)
        }
        return BiometricTemplate(
            kind: values[0x81]?.first ?? 0, subtype: values[0x82]?.first ?? 0,
            format: UInt16(format[0]) << 8 | UInt16(format[1]), record: Array(record.value))
    }
}

/// Reads numbers of fixed width, most significant byte first.
struct FixedReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func bytes(_ count: Int) throws(ChipFault) -> [UInt8] {
        guard count >= 0, count <= rest.count else { throw .endsTooSoon }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func number(_ count: Int) throws(ChipFault) -> Int {
        try bytes(count).reduce(0) { $0 << 8 | Int($1) }
    }

    func finish() throws(ChipFault) {
        guard rest.isEmpty else { throw .bytesLeft }
    }
}

/// The bytes of a number of fixed width.
func fixed(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}
