/// Writes CBOR (RFC 8949) in its shortest form, as authenticators do.
package enum CBORBytes {
    package static func unsigned(_ value: UInt64) -> [UInt8] { head(0, value) }

    package static func integer(_ value: Int) -> [UInt8] {
        value < 0 ? head(1, UInt64(-1 - value)) : head(0, UInt64(value))
    }

    package static func bytes(_ value: [UInt8]) -> [UInt8] { head(2, UInt64(value.count)) + value }

    package static func text(_ value: String) -> [UInt8] { head(3, UInt64(value.utf8.count)) + Array(value.utf8) }

    package static func array(_ members: [[UInt8]]) -> [UInt8] {
        head(4, UInt64(members.count)) + members.flatMap { $0 }
    }

    package static func map(_ members: [(key: [UInt8], value: [UInt8])]) -> [UInt8] {
        head(5, UInt64(members.count)) + members.flatMap { $0.key + $0.value }
    }

    /// The first byte with the length or number that belongs to it.
    package static func head(_ major: UInt8, _ value: UInt64) -> [UInt8] {
        func tail(_ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * (count - 1 - $0))) }
        }
        let kind = major << 5
        return switch value {
        case 0..<24: [kind | UInt8(value)]
        case 24...0xFF: [kind | 24] + tail(1)
        case 0x100...0xFFFF: [kind | 25] + tail(2)
        case 0x1_0000...0xFFFF_FFFF: [kind | 26] + tail(4)
        default: [kind | 27] + tail(8)
        }
    }
}
