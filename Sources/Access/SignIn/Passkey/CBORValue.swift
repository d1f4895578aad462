/// A value of CBOR (RFC 8949) as authenticators write it: definite lengths, no tags, no floating point.
package indirect enum CBORValue: Hashable, Sendable {
    case unsigned(UInt64)
    /// The number −1 − n.
    case negative(UInt64)
    case bytes([UInt8])
    case text(String)
    case array([CBORValue])
    case map([CBORValue: CBORValue])
    case bool(Bool)
    case null
    case undefined

    /// The whole number, where it fits.
    var integer: Int? {
        switch self {
        case .unsigned(let value): Int(exactly: value)
        case .negative(let value): Int(exactly: value).map { -1 - $0 }
        default: nil
        }
    }

    subscript(key: Int) -> CBORValue? {
        guard case .map(let members) = self else { return nil }
        return members[key < 0 ? .negative(UInt64(-1 - key)) : .unsigned(UInt64(key))]
    }

    subscript(key: String) -> CBORValue? {
        guard case .map(let members) = self else { return nil }
        return members[.text(key)]
    }

    var byteString: [UInt8]? {
        guard case .bytes(let bytes) = self else { return nil }
        return bytes
    }

    var string: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }
}

/// Reads CBOR within limits: what is too deep, too long or of another kind is refused before memory is taken for it.
package struct CBORReader {
    /// How many arrays and maps may lie in each other.
    static let deepest = 8
    /// How many values there may be in all.
    static let mostValues = 1_024
    static let longest = 65_536

    private let bytes: ArraySlice<UInt8>
    /// The first byte that was not read.
    private(set) package var position: Int
    private var values = 0

    package init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// Why bytes are not read.
    package enum Refusal: Error, Hashable, Sendable {
        /// There are more bytes than are ever needed.
        case tooLong
        case endsTooSoon
        case tooDeep
        case tooManyValues
        /// Indefinite lengths, tags, floating point, reserved codes.
        case notSupported
        case textNotUTF8
        case keyTwice
        /// Something follows the value.
        case bytesLeft
    }

    /// The one value that all the bytes are.
    package static func value(of bytes: some Collection<UInt8>) throws(Refusal) -> CBORValue {
        var reader = CBORReader(ArraySlice(bytes))
        let value = try reader.next()
        guard reader.position == reader.bytes.endIndex else { throw .bytesLeft }
        return value
    }

    /// The next value.
    package mutating func next() throws(Refusal) -> CBORValue {
        guard bytes.count <= CBORReader.longest else { throw .tooLong }
        return try value(depth: 0)
    }

    private mutating func value(depth: Int) throws(Refusal) -> CBORValue {
        values += 1
        guard values <= CBORReader.mostValues else { throw .tooManyValues }
        guard let first = take(1).first else { throw .endsTooSoon }
        let additional = first & 31
        if first >> 5 == 7 { return try simple(additional) }
        let argument = try argument(additional)
        switch first >> 5 {
        case 0: return .unsigned(argument)
        case 1: return .negative(argument)
        case 2: return .bytes(Array(try string(argument)))
        case 3:
            guard let text = String(validating: try string(argument), as: UTF8.self) else { throw .textNotUTF8 }
            return .text(text)
        case 4: return try array(argument, depth: depth + 1)
        case 5: return try map(argument, depth: depth + 1)
        default: throw .notSupported
        }
    }

    private mutating func array(_ count: UInt64, depth: Int) throws(Refusal) -> CBORValue {
        guard depth <= CBORReader.deepest else { throw .tooDeep }
        // Each member takes a byte at least.
        guard count <= UInt64(bytes.endIndex - position) else { throw .endsTooSoon }
        var members: [CBORValue] = []
        for _ in 0..<count { members.append(try value(depth: depth)) }
        return .array(members)
    }

    private mutating func map(_ count: UInt64, depth: Int) throws(Refusal) -> CBORValue {
        guard depth <= CBORReader.deepest else { throw .tooDeep }
        guard count <= UInt64(bytes.endIndex - position) / 2 else { throw .endsTooSoon }
        var members: [CBORValue: CBORValue] = [:]
        for _ in 0..<count {
            let key = try value(depth: depth)
            guard members.updateValue(try value(depth: depth), forKey: key) == nil else { throw .keyTwice }
        }
        return .map(members)
    }

    private mutating func simple(_ additional: UInt8) throws(Refusal) -> CBORValue {
        switch additional {
        case 20: .bool(false)
        case 21: .bool(true)
        case 22: .null
        case 23: .undefined
        default: throw .notSupported
        }
    }

    private mutating func argument(_ additional: UInt8) throws(Refusal) -> UInt64 {
        guard additional < 28 else { throw .notSupported }
        guard additional >= 24 else { return UInt64(additional) }
        let count = 1 << Int(additional - 24)
        let taken = take(count)
        guard taken.count == count else { throw .endsTooSoon }
        return taken.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func string(_ count: UInt64) throws(Refusal) -> ArraySlice<UInt8> {
        guard count <= UInt64(bytes.endIndex - position) else { throw .endsTooSoon }
        return take(Int(count))
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8> {
        let taken = bytes[position...].prefix(count)
        position += taken.count
        return taken
    }
}
