import Civil

/// Reads canonical JSON back: one pass over the bytes, members in their order, no tree between text and value.
///
/// The counterpart of `CanonicalJSON`. A member that the program does not know (written by a newer one) is skipped; one
/// that is not there is nil. What is no JSON, or another type than expected, is `Malformed`.
package struct CanonicalJSONReader {
    /// The text is not what its type writes.
    package struct Malformed: Error, Hashable, Sendable {
        /// The byte at which reading stopped.
        package let offset: Int
        /// The member that is not there, or is of another type than expected; nil where the bytes are no JSON.
        package var member: String?
    }

    private let bytes: UnsafeRawBufferPointer
    private var place = 0
    /// Objects and arrays that are open.
    private var depth = 0

    /// Deeper than any value of ours; a limit, because reading calls itself.
    private static let deepest = 64

    private init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// The one value that the bytes are.
    package static func value<Value: CanonicalJSONReadable>(
        _ type: Value.Type, from bytes: UnsafeRawBufferPointer
    ) throws(Malformed) -> Value {
        var reader = CanonicalJSONReader(bytes)
        let value = try Value(from: &reader)
        guard reader.place == bytes.count else { throw reader.malformed }
        return value
    }

    private var malformed: Malformed { Malformed(offset: place) }

    private var next: UInt8 { place < bytes.count ? bytes[place] : 0 }

    private mutating func take(_ byte: UInt8) throws(Malformed) {
        guard next == byte else { throw malformed }
        place += 1
    }

    // MARK: Objects and arrays

    /// An object, whose members `read` asks for in the order of their names.
    @inline(__always)
    package mutating func object<Value>(
        _ read: (inout CanonicalJSONReader) throws(Malformed) -> Value
    ) throws(Malformed) -> Value {
        try open(UInt8(ascii: "{"))
        let value = try read(&self)
        while next != UInt8(ascii: "}") { try skipMember() }
        try close()
        return value
    }

    /// The member of that name, or nil; members before it that nobody asked for are skipped.
    @inline(__always)
    package mutating func member<Value: CanonicalJSONReadable>(
        _ name: StaticString, as type: Value.Type = Value.self
    ) throws(Malformed) -> Value? {
        guard try isAt(name) else { return nil }
        if next == UInt8(ascii: "n") {
            try skipValue()
            return nil
        }
        do throws(Malformed) {
            return try Value(from: &self)
        } catch {
            throw Malformed(offset: error.offset, member: error.member ?? "\(name)")
        }
    }

    /// The member of that name, which must be there.
    @inline(__always)
    package mutating func required<Value: CanonicalJSONReadable>(
        _ name: StaticString, as type: Value.Type = Value.self
    ) throws(Malformed) -> Value {
        guard let value = try member(name, as: type) else { throw Malformed(offset: place, member: "\(name)") }
        return value
    }

    /// All elements of an array.
    package mutating func array<Value: CanonicalJSONReadable>() throws(Malformed) -> [Value] {
        try open(UInt8(ascii: "["))
        var values: [Value] = []
        while next != UInt8(ascii: "]") {
            if !values.isEmpty { try take(UInt8(ascii: ",")) }
            values.append(try Value(from: &self))
        }
        try close()
        return values
    }

    private mutating func open(_ byte: UInt8) throws(Malformed) {
        try take(byte)
        depth += 1
        guard depth <= CanonicalJSONReader.deepest else { throw malformed }
    }

    private mutating func close() throws(Malformed) {
        guard place < bytes.count else { throw malformed }
        place += 1
        depth -= 1
    }

    /// Goes to the value of the member of that name, if it is the next one that anybody knows.
    private mutating func isAt(_ name: StaticString) throws(Malformed) -> Bool {
        while next != UInt8(ascii: "}") {
            let start = place
            if next == UInt8(ascii: ",") { place += 1 }
            try take(UInt8(ascii: "\""))
            switch compare(with: name) {
            case 0:
                place += name.utf8CodeUnitCount
                try take(UInt8(ascii: "\""))
                try take(UInt8(ascii: ":"))
                return true
            case 1:
                // A later member: this one is not there.
                place = start
                return false
            default:
                place = start
                try skipMember()
            }
        }
        return false
    }

    /// −1 when the name at this place comes before `name`, 1 when behind, 0 when it is the same.
    private func compare(with name: StaticString) -> Int {
        let count = name.utf8CodeUnitCount
        let start = name.utf8Start
        var index = 0
        while index < count {
            guard place + index < bytes.count else { return -1 }
            let byte = bytes[place + index]
            if byte == UInt8(ascii: "\"") { return -1 }
            if byte != start[index] { return byte < start[index] ? -1 : 1 }
            index += 1
        }
        return place + count < bytes.count && bytes[place + count] == UInt8(ascii: "\"") ? 0 : 1
    }

    private mutating func skipMember() throws(Malformed) {
        if next == UInt8(ascii: ",") { place += 1 }
        try skipString()
        try take(UInt8(ascii: ":"))
        try skipValue()
    }

    // MARK: Skipping

    private mutating func skipValue() throws(Malformed) {
        switch next {
        case UInt8(ascii: "\""): try skipString()
        case UInt8(ascii: "{"):
            try open(UInt8(ascii: "{"))
            while next != UInt8(ascii: "}") { try skipMember() }
            try close()
        case UInt8(ascii: "["):
            try open(UInt8(ascii: "["))
            while next != UInt8(ascii: "]") {
                if next == UInt8(ascii: ",") { place += 1 }
                try skipValue()
            }
            try close()
        default:
            let start = place
            while place < bytes.count, ![UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]")].contains(next) {
                place += 1
            }
            guard place > start else { throw malformed }
        }
    }

    private mutating func skipString() throws(Malformed) {
        try take(UInt8(ascii: "\""))
        while next != UInt8(ascii: "\"") {
            place += next == UInt8(ascii: "\\") ? 2 : 1
            guard place < bytes.count else { throw malformed }
        }
        place += 1
    }

    // MARK: Values

    package mutating func number() throws(Malformed) -> Int64 {
        let isNegative = next == UInt8(ascii: "-")
        if isNegative { place += 1 }
        let start = place
        // Built below zero, because Int64.min has no positive counterpart.
        var value: Int64 = 0
        while (48...57).contains(next) {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, underflow) = product.subtractingReportingOverflow(Int64(next - 48))
            guard !overflow, !underflow else { throw malformed }
            value = sum
            place += 1
        }
        guard place > start, isNegative || value != .min else { throw malformed }
        return isNegative ? value : -value
    }

    package mutating func truth() throws(Malformed) -> Bool {
        let isTrue = next == UInt8(ascii: "t")
        let word: StaticString = isTrue ? "true" : "false"
        for index in 0..<word.utf8CodeUnitCount { try take(word.utf8Start[index]) }
        return isTrue
    }

    package mutating func text() throws(Malformed) -> String {
        try take(UInt8(ascii: "\""))
        let start = place
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                let text = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[start..<place]), as: UTF8.self)
                place += 1
                return text
            case UInt8(ascii: "\\"): return try escapedText(from: start)
            default: place += 1
            }
        }
        throw malformed
    }

    /// The rest of a text in which something is escaped.
    private mutating func escapedText(from start: Int) throws(Malformed) -> String {
        var text = Array(bytes[start..<place])
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            default: text.append(byte)
            }
        }
        throw malformed
    }

    private mutating func escape(into text: inout [UInt8]) throws(Malformed) {
        let letter = next
        place += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "u"):
            var value: UInt32 = 0
            for _ in 0..<4 {
                guard let digit = Character(Unicode.Scalar(next)).hexDigitValue else { throw malformed }
                value = value << 4 | UInt32(digit)
                place += 1
            }
            // Canonical text escapes control characters alone; pairs of surrogates are never written.
            guard let scalar = Unicode.Scalar(value) else { throw malformed }
            text += Array(String(Character(scalar)).utf8)
        default: throw malformed
        }
    }
}

/// A value that reads itself from canonical JSON: what its `CanonicalJSONValue` form wrote.
package protocol CanonicalJSONReadable {
    init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed)
}

extension String: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) { self = try json.text() }
}

extension Int64: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.number()
    }
}

extension Int: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = Int(try json.number())
    }
}

extension Bool: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.truth()
    }
}

extension Array: CanonicalJSONReadable where Element: CanonicalJSONReadable {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        self = try json.array()
    }
}

extension CanonicalJSONReadable where Self: RawRepresentable, RawValue == String {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        guard let value = Self(rawValue: try json.text()) else { throw .init(offset: -1) }
        self = value
    }
}

extension CanonicalJSONReadable where Self: CanonicalText {
    package init(from json: inout CanonicalJSONReader) throws(CanonicalJSONReader.Malformed) {
        guard let value = Self(canonical: try json.text()) else { throw .init(offset: -1) }
        self = value
    }
}
