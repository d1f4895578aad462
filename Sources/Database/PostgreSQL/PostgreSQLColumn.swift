import CLibPQ

/// Reading one column of one row; answers come as text, whose meaning the column's type tells, or as bytes.
enum PostgreSQLColumn {
    private enum Kind { case bool, integer, real, numeric, bytes, text }

    private static func kind(_ oid: Oid) -> Kind {
        switch oid {
        case 16: .bool
        case 20, 21, 23, 26: .integer
        case 700, 701: .real
        case 1700: .numeric
        case 17: .bytes
        default: .text
        }
    }

    static func value(_ result: OpaquePointer, _ row: Int32, _ column: Int32) -> SQLValue {
        guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else { return .null }
        let count = Int(PQgetlength(result, row, column))
        let bytes = UnsafeRawBufferPointer(start: start, count: count)
        if PQfformat(result, column) == 1 { return binaryValue(bytes, PQftype(result, column)) }
        switch kind(PQftype(result, column)) {
        case .bool: return .integer(bytes.first == UInt8(ascii: "t") ? 1 : 0)
        case .integer: return integer(bytes).map { .integer($0) } ?? text(bytes)
        case .real: return Double(String(decoding: bytes, as: UTF8.self)).map { .real($0) } ?? text(bytes)
        case .numeric:
            if let whole = integer(bytes) { return .integer(whole) }
            return Double(String(decoding: bytes, as: UTF8.self)).map { .real($0) } ?? text(bytes)
        case .bytes: return .blob(unhexed(bytes))
        case .text: return text(bytes)
        }
    }

    // MARK: Binary form

    /// Types whose bytes are understood: bool, bytes, whole numbers, text.
    private static let binaryTypes: Set<Oid> = [16, 17, 20, 21, 23, 25, 1043]

    /// Whether every column of an answer could be read in binary form.
    static func canBeBinary(_ result: OpaquePointer) -> Bool {
        (0..<PQnfields(result)).allSatisfy { binaryTypes.contains(PQftype(result, $0)) }
    }

    private static func binaryValue(_ bytes: UnsafeRawBufferPointer, _ oid: Oid) -> SQLValue {
        switch (oid, bytes.count) {
        case (17, _): .blob(Array(bytes))
        case (16, 1): .integer(bytes[0] == 0 ? 0 : 1)
        case (20, 8): .integer(bytes.loadUnaligned(as: Int64.self).bigEndian)
        case (21, 2): .integer(Int64(bytes.loadUnaligned(as: Int16.self).bigEndian))
        case (23, 4): .integer(Int64(bytes.loadUnaligned(as: Int32.self).bigEndian))
        default: text(bytes)
        }
    }

    /// The bytes of a blob where they lie; nil when the column holds anything else, or came as text.
    static func blobBytes(_ result: OpaquePointer, _ row: Int32, _ column: Int32) -> UnsafeRawBufferPointer? {
        guard PQfformat(result, column) == 1, PQftype(result, column) == 17, PQgetisnull(result, row, column) == 0,
            let start = PQgetvalue(result, row, column)
        else { return nil }
        return UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
    }

    // MARK: Text where it lies

    /// The bytes of a text where they lie; nil when the column holds anything else.
    static func textBytes(_ result: OpaquePointer, _ row: Int32, _ column: Int32) -> UnsafeRawBufferPointer? {
        guard PQgetisnull(result, row, column) == 0, case .text = kind(PQftype(result, column)),
            let start = PQgetvalue(result, row, column)
        else { return nil }
        return UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
    }

    private static func text(_ bytes: UnsafeRawBufferPointer) -> SQLValue {
        .text(String(decoding: bytes, as: UTF8.self))
    }

    private static func integer(_ bytes: UnsafeRawBufferPointer) -> Int64? {
        var rest = bytes[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest = rest.dropFirst() }
        guard !rest.isEmpty else { return nil }
        // Built below zero, because Int64.min has no positive counterpart.
        var value: Int64 = 0
        for byte in rest {
            guard (48...57).contains(byte) else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, underflow) = product.subtractingReportingOverflow(Int64(byte - 48))
            guard !overflow, !underflow else { return nil }
            value = sum
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    /// `\x0aff` to bytes.
    private static func unhexed(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        guard bytes.count >= 2 else { return [] }
        func nibble(_ byte: UInt8) -> UInt8 { byte <= 57 ? byte &- 48 : byte &- 87 }
        let count = (bytes.count - 2) / 2
        return [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
            for index in 0..<count {
                target[index] = nibble(bytes[2 + 2 * index]) << 4 | nibble(bytes[3 + 2 * index])
            }
            initialized = count
        }
    }
}
