/// Hexadecimal text in lower case, one form for each list of bytes.
enum Base16Text {
    private static let digits = Array("0123456789abcdef".utf8)

    static func text(of bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes, or nil for an odd count, capitals or another character.
    static func bytes(of text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2)
        var high: UInt8?
        for character in text {
            let value: UInt8
            switch character {
            case 48...57: value = character - 48
            case 97...102: value = character - 87
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return bytes
    }
}

/// Base64 of RFC 4648 §4 with padding, one form for each list of bytes: whatever another coder would read generously
/// (missing padding, bits set behind the last byte, line breaks) is refused, so that no signed text has two spellings.
enum Base64Text {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    static func text(of bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var at = 0
        while at < bytes.count {
            let left = min(3, bytes.count - at)
            var group: UInt32 = 0
            for offset in 0..<3 {
                group = group << 8 | (offset < left ? UInt32(bytes[at + offset]) : 0)
            }
            for place in 0..<4 {
                text.append(place <= left ? alphabet[Int(group >> UInt32(18 - 6 * place) & 63)] : padding)
            }
            at += 3
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func bytes(of text: some Collection<UInt8>) -> [UInt8]? {
        let characters = Array(text)
        guard characters.count.isMultiple(of: 4) else { return nil }
        let pads = characters.suffix(2).reversed().prefix { $0 == padding }.count
        let letters = characters.count - pads
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count / 4 * 3)
        var held: UInt32 = 0
        var bits: UInt32 = 0
        for character in characters[0..<letters] {
            guard let value = value(of: character) else { return nil }
            held = held << 6 | value
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: held >> bits))
                held &= (1 << bits) - 1
            }
        }
        return held == 0 ? bytes : nil
    }

    private static func value(of character: UInt8) -> UInt32? {
        switch character {
        case 65...90: UInt32(character - 65)
        case 97...122: UInt32(character - 71)
        case 48...57: UInt32(character + 4)
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}

/// A whole number in ASCII decimal digits without leading zeros.
enum DecimalText {
    static func number(of text: some Collection<UInt8>) -> UInt64? {
        guard let first = text.first, text.count <= 20, first != 48 || text.count == 1 else { return nil }
        var number: UInt64 = 0
        for character in text {
            guard (48...57).contains(character) else { return nil }
            let (tenfold, tooLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = tenfold.addingReportingOverflow(UInt64(character - 48))
            guard !tooLarge, !overflow else { return nil }
            number = sum
        }
        return number
    }
}
