import Ledger

/// Mã tra cứu: what a person or household is called outside the register; 128 random bits in base32.
///
/// It tells nothing about its holder. Lower-case letters and digits without `i`, `l`, `o`, `u` (Crockford's alphabet),
/// 26 characters; reading is forgiving about capitals and look-alikes.
package struct Handle: Hashable, Sendable, Codable, CustomStringConvertible {
    package let text: String

    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// Sixteen random bytes.
    package init(random: some Collection<UInt8>) {
        var characters: [UInt8] = []
        characters.reserveCapacity(26)
        var buffer: UInt32 = 0
        var bits = 2  // 26 × 5 = 130 bits: two zero bits in front
        for byte in random.prefix(16) {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                characters.append(Handle.alphabet[Int(buffer >> UInt32(bits) & 31)])
            }
            buffer &= (1 << UInt32(bits)) - 1
        }
        text = String(decoding: characters, as: UTF8.self)
    }

    /// A handle as somebody typed it, or nil when it cannot be one.
    package init?(parsing text: some StringProtocol) {
        var characters: [UInt8] = []
        for byte in text.lowercased().utf8 where byte != UInt8(ascii: "-") && byte != UInt8(ascii: " ") {
            let folded: UInt8 =
                switch byte {
                case UInt8(ascii: "o"): UInt8(ascii: "0")
                case UInt8(ascii: "i"), UInt8(ascii: "l"): UInt8(ascii: "1")
                default: byte
                }
            guard Handle.alphabet.contains(folded) else { return nil }
            characters.append(folded)
        }
        guard characters.count == 26, characters[0] <= UInt8(ascii: "7") else { return nil }
        self.text = String(decoding: characters, as: UTF8.self)
    }

    package var description: String { text }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let handle = Handle(parsing: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a handle")
        }
        self = handle
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
