/// Writes JSON in the one form that is hashed and stored: members sorted by name, no spaces, slashes as they are.
///
/// Byte for byte what `JSONEncoder` gives with `.sortedKeys` and `.withoutEscapingSlashes`, many times faster: the
/// types
/// that an import writes a million times say themselves what stands in them. A type must name its members in the order
/// of their UTF-8 bytes; `CanonicalJSONTests` compares every such type with `JSONEncoder`.
package struct CanonicalJSON {
    /// What was written so far, UTF-8.
    package private(set) var bytes: [UInt8] = []
    /// Whether the next member or element needs a comma before it.
    private var needsComma = false

    package init(capacity: Int = 1_024) {
        bytes.reserveCapacity(capacity)
    }

    /// The bytes of one value.
    package static func bytes(of value: some CanonicalJSONValue) -> [UInt8] {
        var json = CanonicalJSON()
        value.write(to: &json)
        return json.bytes
    }

    /// The text of one value.
    package static func text(of value: some CanonicalJSONValue) -> String {
        String(decoding: bytes(of: value), as: UTF8.self)
    }

    // MARK: Objects and arrays

    /// An object; `members` writes them, sorted by name.
    @inline(__always)
    package mutating func object(_ members: (inout CanonicalJSON) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
        members(&self)
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    /// A member of the object; one without a value is left out.
    @inline(__always)
    package mutating func member<Value: CanonicalJSONValue>(_ name: StaticString, _ value: Value?) {
        guard let value else { return }
        separate()
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        value.write(to: &self)
        needsComma = true
    }

    /// A member whose name is known only now.
    package mutating func member(_ name: String, _ value: some CanonicalJSONValue) {
        separate()
        text(name)
        bytes.append(UInt8(ascii: ":"))
        value.write(to: &self)
        needsComma = true
    }

    /// An array of values.
    package mutating func array<Value: CanonicalJSONValue>(_ values: [Value]) {
        bytes.append(UInt8(ascii: "["))
        needsComma = false
        for value in values {
            separate()
            value.write(to: &self)
            needsComma = true
        }
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    @inline(__always)
    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = false
    }

    // MARK: Values

    /// A number.
    package mutating func number(_ value: Int64) {
        guard value != 0 else {
            bytes.append(UInt8(ascii: "0"))
            return
        }
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        let start = bytes.count
        while rest > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        bytes[start...].reverse()
    }

    /// A number with a fraction, in the shortest digits that give it back.
    ///
    /// What no number can say is null.
    package mutating func fraction(_ value: Double) {
        guard value.isFinite else { return null() }
        if let whole = Int64(exactly: value) { return number(whole) }
        bytes.append(contentsOf: value.description.utf8)
    }

    package mutating func null() {
        bytes.append(contentsOf: "null".utf8)
    }

    package mutating func truth(_ value: Bool) {
        bytes.append(contentsOf: value ? "true".utf8 : "false".utf8)
    }

    /// A text in quotes; quotes, backslashes and control characters are escaped, nothing else.
    package mutating func text(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
        var value = value
        value.withUTF8 { utf8 in
            var start = 0
            for position in utf8.indices {
                let byte = utf8[position]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<position]))
                escape(byte)
                start = position + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            bytes.append(contentsOf: byte < 0x10 ? "u000".utf8 : "u001".utf8)
            let digit = byte & 15
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}

/// A value that writes itself as canonical JSON, the same bytes that its `Encodable` form gives.
package protocol CanonicalJSONValue: Encodable {
    /// Writes this value and nothing else.
    func write(to json: inout CanonicalJSON)
}

extension String: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) { json.text(self) }
}

extension Int64: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) { json.number(self) }
}

extension Int: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) { json.number(Int64(self)) }
}

extension Bool: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) { json.truth(self) }
}

extension Array: CanonicalJSONValue where Element: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) { json.array(self) }
}

extension CanonicalJSONValue where Self: RawRepresentable, RawValue == String {
    package func write(to json: inout CanonicalJSON) { json.text(rawValue) }
}
