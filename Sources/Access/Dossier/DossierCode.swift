/// Mã hồ sơ: the tracking code of a file; eleven random characters and one that checks them.
///
/// Digits and capitals without `I`, `L`, `O`, `U` (Crockford's alphabet), short enough to be said on the telephone. The
/// check is a remainder over GF(32): a wrong character, or two neighbours exchanged, never give another code.
package struct DossierCode: Hashable, Sendable, CustomStringConvertible {
    /// Twelve characters, as they are stored and stand in addresses of pages.
    package let text: String

    package static let length = 12
    /// How many random bytes make a code: 55 of their 56 bits are used.
    static let randomBytes = 7
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    package init(random bytes: some Collection<UInt8>) {
        let bits = bytes.prefix(DossierCode.randomBytes).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        var digits = (0..<UInt64(DossierCode.length - 1)).map { UInt8(bits >> ($0 * 5) & 31) }
        digits.append(DossierCode.doubled(DossierCode.remainder(digits)))
        text = String(decoding: digits.map { DossierCode.alphabet[Int($0)] }, as: UTF8.self)
    }

    /// A code as somebody typed it, with or without hyphens and capitals; nil when it cannot be one.
    package init?(parsing text: some StringProtocol) {
        guard text.utf8.count <= 40 else { return nil }
        var digits: [UInt8] = []
        for byte in text.uppercased().utf8 where byte != UInt8(ascii: "-") && byte != UInt8(ascii: " ") {
            let folded: UInt8 =
                switch byte {
                case UInt8(ascii: "O"): UInt8(ascii: "0")
                case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
                default: byte
                }
            guard let digit = DossierCode.alphabet.firstIndex(of: folded) else { return nil }
            digits.append(UInt8(digit))
        }
        guard digits.count == DossierCode.length, DossierCode.remainder(digits) == 0 else { return nil }
        self.text = String(decoding: digits.map { DossierCode.alphabet[Int($0)] }, as: UTF8.self)
    }

    /// As it is shown and said: `7K3M-Q2XD-9A4T`.
    package var description: String {
        let characters = Array(text)
        return [characters[..<4], characters[4..<8], characters[8...]].map { String($0) }.joined(separator: "-")
    }

    private static func remainder(_ digits: [UInt8]) -> UInt8 { digits.reduce(0) { doubled($0) ^ $1 } }

    /// Times x, modulo x⁵ + x² + 1.
    private static func doubled(_ digit: UInt8) -> UInt8 { digit & 16 == 0 ? digit << 1 : digit << 1 ^ 0b100101 }
}
