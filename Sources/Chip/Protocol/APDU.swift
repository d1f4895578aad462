/// Lệnh tới chip (APDU): a command of ISO 7816-4, with short or extended length.
package struct CommandAPDU: Hashable, Sendable {
    package var cla: UInt8
    package var ins: UInt8
    package var p1: UInt8
    package var p2: UInt8
    package var data: [UInt8]
    /// How many bytes are expected at most; nil when none are.
    package var expected: Int?

    package init(
        _ ins: UInt8, _ p1: UInt8, _ p2: UInt8, data: [UInt8] = [], expected: Int? = nil, cla: UInt8 = 0
    ) {
        self.cla = cla
        self.ins = ins
        self.p1 = p1
        self.p2 = p2
        self.data = data
        self.expected = expected
    }

    /// Reads a command; nil when its lengths do not fit its bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count >= 4, bytes.count <= 65_544 else { return nil }
        (cla, ins, p1, p2) = (bytes[0], bytes[1], bytes[2], bytes[3])
        data = []
        let rest = Array(bytes[4...])
        func expected(_ bytes: ArraySlice<UInt8>) -> Int {
            let value = bytes.reduce(0) { $0 << 8 | Int($1) }
            return value == 0 ? 1 << (8 * bytes.count) : value
        }
        if rest.isEmpty { return }
        if rest.count == 1 {
            self.expected = expected(rest[...])
            return
        }
        if rest[0] == 0, rest.count == 3 {
            self.expected = expected(rest[1...])
            return
        }
        let isExtended = rest[0] == 0 && rest.count > 3
        let head = isExtended ? 3 : 1
        let length = isExtended ? Int(rest[1]) << 8 | Int(rest[2]) : Int(rest[0])
        guard length > 0, rest.count >= head + length else { return nil }
        data = Array(rest[head..<(head + length)])
        let tail = rest[(head + length)...]
        guard tail.isEmpty || tail.count == (isExtended ? 2 : 1) else { return nil }
        if !tail.isEmpty { self.expected = expected(tail) }
    }

    /// The command as it goes to the chip.
    package var bytes: [UInt8] {
        var bytes = [cla, ins, p1, p2]
        let isExtended = data.count > 255 || (expected ?? 0) > 256
        if !data.isEmpty { bytes += (isExtended ? [0] + fixed(data.count, 2) : [UInt8(data.count)]) + data }
        guard let expected else { return bytes }
        if isExtended {
            return bytes + (data.isEmpty ? [0] : []) + fixed(expected & 0xFFFF, 2)
        }
        return bytes + [UInt8(truncatingIfNeeded: expected)]
    }
}

/// Trả lời của chip: data and a status word.
package struct ResponseAPDU: Hashable, Sendable {
    package let data: [UInt8]
    package let status: UInt16

    package init(data: [UInt8] = [], status: UInt16 = ResponseAPDU.done) {
        self.data = data
        self.status = status
    }

    package init?(bytes: [UInt8]) {
        guard bytes.count >= 2 else { return nil }
        data = Array(bytes.dropLast(2))
        status = UInt16(bytes[bytes.count - 2]) << 8 | UInt16(bytes[bytes.count - 1])
    }

    package var bytes: [UInt8] { data + fixed(Int(status), 2) }

    package static let done: UInt16 = 0x9000
    static let endReached: UInt16 = 0x6282
    static let wrongToken: UInt16 = 0x6300
    static let wrongLength: UInt16 = 0x6700
    static let notSatisfied: UInt16 = 0x6982
    static let blocked: UInt16 = 0x6983
    static let notPrepared: UInt16 = 0x6985
    static let secureDataMissing: UInt16 = 0x6987
    static let secureDataWrong: UInt16 = 0x6988
    static let wrongData: UInt16 = 0x6A80
    static let fileNotFound: UInt16 = 0x6A82
    static let noRoom: UInt16 = 0x6A84
    static let keyNotFound: UInt16 = 0x6A88
    static let fileExists: UInt16 = 0x6A89
    static let wrongOffset: UInt16 = 0x6B00
    static let unknownInstruction: UInt16 = 0x6D00
    static let unknownClass: UInt16 = 0x6E00
}
