/// Trả lời khởi động (ATR): what a card says of itself when it gets power (ISO 7816-3).
package struct AnswerToReset: Hashable, Sendable {
    /// Where ISO 7816-4 lets a card say what it can do.
    package let historical: [UInt8]

    /// ISO 7816-3 §8.2.1: `TS` and up to 32 characters.
    private static let longest = 33

    /// Reads the bytes; nil when they promise more than there is.
    package init?(bytes: [UInt8]) {
        guard (2...Self.longest).contains(bytes.count), [0x3B, 0x3F].contains(bytes[0]) else { return nil }
        var place = 2
        var present = bytes[1] >> 4
        while present != 0 {
            let count = present.nonzeroBitCount
            guard place + count <= bytes.count else { return nil }
            // The last byte of a group says which ones the next group has.
            present = present & 8 != 0 ? bytes[place + count - 1] >> 4 : 0
            place += count
        }
        let count = Int(bytes[1] & 0x0F)
        guard place + count <= bytes.count else { return nil }
        historical = Array(bytes[place..<(place + count)])
    }

    /// Whether the card says that it takes extended lengths: bit 7 of the third byte of its capabilities (ISO 7816-4).
    package var hasExtendedLength: Bool {
        // `80`: fields alone; `00`: fields, then three bytes of status.
        guard let category = historical.first, [0x00, 0x80].contains(category) else { return false }
        var rest = historical.dropFirst().dropLast(category == 0 ? 3 : 0)
        while let head = rest.popFirst() {
            let length = Int(head & 0x0F)
            guard length <= rest.count else { return false }
            if head >> 4 == 7, length >= 3 { return rest[rest.startIndex + 2] & 0x40 != 0 }
            rest = rest.dropFirst(length)
        }
        return false
    }
}

extension VirtualChip {
    /// What the chip says of itself: T=1; files by name, identifier and short identifier; extended lengths.
    package static let answerToReset: [UInt8] = [0x3B, 0x85, 0x80, 0x01, 0x80, 0x73, 0x94, 0x01, 0x40, 0x22]
}
