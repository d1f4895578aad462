import Civil

/// Mã hóa DER: the values of certificates and signed objects.
enum DER {
    static let boolean: UInt32 = 0x01
    static let integer: UInt32 = 0x02
    static let bitString: UInt32 = 0x03
    static let octetString: UInt32 = 0x04
    static let null: UInt32 = 0x05
    static let oid: UInt32 = 0x06
    static let utf8String: UInt32 = 0x0C
    static let printableString: UInt32 = 0x13
    static let utcTime: UInt32 = 0x17
    static let generalizedTime: UInt32 = 0x18
    static let sequence: UInt32 = 0x30
    static let set: UInt32 = 0x31

    /// The tag of a constructed field `[number]`.
    static func context(_ number: UInt32) -> UInt32 { 0xA0 | number }

    // MARK: Writing

    static func sequence(_ parts: [UInt8]...) -> [UInt8] { TLV.bytes(sequence, joining: parts) }

    /// A SET OF, whose elements DER puts into the order of their bytes.
    static func setOf(_ elements: [[UInt8]]) -> [UInt8] {
        TLV.bytes(set, joining: elements.sorted { $0.lexicographicallyPrecedes($1) })
    }

    static func integer(_ value: Int) -> [UInt8] {
        integer(unsigned: (0..<8).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
    }

    /// A number that is not negative, from its bytes.
    static func integer(unsigned bytes: some Collection<UInt8>) -> [UInt8] {
        var digits = Array(bytes.drop { $0 == 0 })
        if digits.first.map({ $0 >= 0x80 }) ?? true { digits.insert(0, at: 0) }
        return TLV.bytes(integer, digits)
    }

    static func octets(_ bytes: [UInt8]) -> [UInt8] { TLV.bytes(octetString, bytes) }

    static func bits(_ bytes: [UInt8]) -> [UInt8] { TLV.bytes(bitString, [0], bytes) }

    static func printable(_ text: String) -> [UInt8] { TLV.bytes(printableString, Array(text.utf8)) }

    static func utf8(_ text: String) -> [UInt8] { TLV.bytes(utf8String, Array(text.utf8)) }

    /// UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280 §4.1.2.5); whole seconds.
    static func time(_ instant: Instant) -> [UInt8] {
        let digits = instant.iso.prefix(19).utf8.filter { (48...57).contains($0) }
        let isLate = instant.iso.prefix(4) >= "2050"
        return TLV.bytes(isLate ? generalizedTime : utcTime, Array(isLate ? digits[...] : digits[2...]) + [90])
    }

    /// A GeneralizedTime, whatever the year.
    static func generalTime(_ tag: UInt32, _ instant: Instant) -> [UInt8] {
        TLV.bytes(tag, instant.iso.prefix(19).utf8.filter { (48...57).contains($0) } + [90])
    }

    // MARK: Reading

    /// A whole number from 0 to 2^56.
    static func smallInteger(_ field: TLV) throws(ChipFault) -> Int {
        guard field.tag == integer else { throw .unexpectedTag(field.tag) }
        guard let first = field.value.first, first < 0x80, field.value.count <= 7 else { throw .malformed("INTEGER") }
        return field.value.reduce(0) { $0 << 8 | Int($1) }
    }

    /// The bytes of a number that is not negative, without zeros in front.
    static func unsigned(_ field: TLV) throws(ChipFault) -> [UInt8] {
        guard field.tag == integer else { throw .unexpectedTag(field.tag) }
        guard let first = field.value.first, first < 0x80 else { throw .malformed("INTEGER") }
        return Array(field.value.drop { $0 == 0 })
    }

    /// The bytes of a BIT STRING of whole bytes.
    static func wholeBits(_ field: TLV) throws(ChipFault) -> ArraySlice<UInt8> {
        guard field.tag == bitString else { throw .unexpectedTag(field.tag) }
        guard field.value.first == 0 else { throw .malformed("BIT STRING") }
        return field.value.dropFirst()
    }

    /// The text of a string in UTF-8 or a part of it.
    static func text(_ field: TLV) throws(ChipFault) -> String {
        guard [utf8String, printableString, 0x16].contains(field.tag) else { throw .unexpectedTag(field.tag) }
        guard let text = String(validating: field.value, as: UTF8.self) else { throw .malformed("UTF8String") }
        return text
    }

    /// A time of either form; seconds must be there, and the zone must be Z.
    static func time(_ field: TLV) throws(ChipFault) -> Instant {
        guard field.tag == utcTime || field.tag == generalizedTime else { throw .unexpectedTag(field.tag) }
        var digits = String(decoding: field.value, as: UTF8.self)
        if field.tag == utcTime { digits = (digits < "5" ? "20" : "19") + digits }
        let parts = Array(digits)
        guard parts.count == 15, parts[14] == "Z", parts.dropLast().allSatisfy(\.isASCII) else {
            throw .malformed("Time")
        }
        func part(_ range: Range<Int>) -> String { String(parts[range]) }
        let text = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))Z"
        guard let instant = Instant(parsing: text) else { throw .malformed("Time") }
        return instant
    }
}
