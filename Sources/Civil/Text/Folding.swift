/// Khóa so khớp không dấu: text without marks and case, for comparing; never for storing or showing.
///
/// Works on Unicode scalars, so that NFC, NFD and mixed input give the same key: precomposed Vietnamese letters are
/// looked up, combining marks are dropped, `đ` (which has no decomposition) and its look-alike `ð` become `d`.
package enum Folding {
    /// Lower-case ASCII letters and digits; every run of spaces, hyphens, dots, commas and other signs is one space;
    /// an apostrophe joins (`H'Mẫu` → `hmau`).
    package static func key(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        appendKey(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The key without spaces (`NGUYEN THI MAU` and `Nguyễn  Thị Mẫu` → `nguyenthimau`).
    package static func compactKey(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        appendKey(text, to: &bytes)
        bytes.removeAll { $0 == space }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the text is nothing but dashes, dots, strokes and spaces, which on papers say that there is nothing.
    package static func isBlank(_ text: some StringProtocol) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isWhitespace || scalar.properties.isDash || "._/…".unicodeScalars.contains(scalar)
        }
    }

    /// Whether the text is a number with a minus before it, which is no code of any list.
    package static func isBelowZero(_ text: some StringProtocol) -> Bool {
        guard text.unicodeScalars.first(where: { !$0.properties.isWhitespace })?.properties.isDash == true else {
            return false
        }
        return compactKey(text).utf8.first.map { (48...57).contains($0) } ?? false
    }

    private static let space = UInt8(ascii: " ")

    private static func appendKey(_ text: some StringProtocol, to bytes: inout [UInt8]) {
        var gap = false
        for scalar in text.unicodeScalars {
            let value = scalar.value
            if (0x300...0x36F).contains(value) { continue }
            if value == 0x27 || value == 0x2019 || value == 0x2BC || value == 0x60 || value == 0xB4 { continue }
            guard let letter = base(value) else {
                gap = true
                continue
            }
            if gap, !bytes.isEmpty { bytes.append(space) }
            gap = false
            bytes.append(letter)
        }
    }

    /// The ASCII letter or digit under the marks, lower case; nil for anything that is neither.
    package static func base(_ scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0x30...0x39, 0x61...0x7A: UInt8(scalar)
        case 0x41...0x5A: UInt8(scalar + 32)
        case 0xFF10...0xFF19: UInt8(scalar - 0xFF10 + 0x30)
        case 0xC0...0x1B0: table[Int(scalar - 0xC0)]
        case 0x1EA0...0x1EF9: extended[Int(scalar - 0x1EA0)]
        default: nil
        }
    }

    private static let table: [UInt8?] = {
        var table = [UInt8?](repeating: nil, count: 0x1B0 - 0xC0 + 1)
        let groups: [(String, Character)] = [
            ("ÀÁÂÃÄÅàáâãäåĂă", "a"), ("ÈÉÊËèéêëĔĕ", "e"), ("ÌÍÎÏìíîïĨĩ", "i"), ("ÒÓÔÕÖòóôõöƠơŎŏ", "o"),
            ("ÙÚÛÜùúûüŨũƯưŬŭ", "u"), ("Ýýÿ", "y"), ("ĐđÐð", "d"), ("Çç", "c"), ("Ññ", "n"),
        ]
        for (letters, base) in groups {
            for scalar in letters.unicodeScalars where (0xC0...0x1B0).contains(scalar.value) {
                table[Int(scalar.value - 0xC0)] = base.asciiValue
            }
        }
        return table
    }()

    private static let extended: [UInt8?] = {
        // U+1EA0–U+1EF9 hold the Vietnamese letters in pairs of capital and small, vowel by vowel.
        let runs: [(ClosedRange<Int>, Character)] = [
            (0x1EA0...0x1EB7, "a"), (0x1EB8...0x1EC7, "e"), (0x1EC8...0x1ECB, "i"), (0x1ECC...0x1EE3, "o"),
            (0x1EE4...0x1EF1, "u"), (0x1EF2...0x1EF9, "y"),
        ]
        var table = [UInt8?](repeating: nil, count: 0x1EF9 - 0x1EA0 + 1)
        for (range, base) in runs {
            for value in range { table[value - 0x1EA0] = base.asciiValue }
        }
        return table
    }()
}
