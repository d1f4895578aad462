/// Words in encodings of the years before Unicode, decoded only far enough to tell the encodings apart.
enum LegacyText {
    enum Encoding: CaseIterable {
        case tcvn3, viscii, windows1258, vni

        /// True when the word, read in this encoding, could be a syllable of Vietnamese with a mark in it.
        func isPlausible(_ word: ArraySlice<UInt8>) -> Bool {
            guard let text = decode(word) else { return false }
            return VietnameseSyllable.isPlausible(NormalForm.nfc(text))
        }

        private func decode(_ word: ArraySlice<UInt8>) -> String? {
            var output = String.UnicodeScalarView()
            for byte in word {
                if byte < 0x80 {
                    output.append(Unicode.Scalar(byte))
                    continue
                }
                let row = Int(byte - 0x80)
                switch self {
                case .tcvn3: output.append(TCVN3.upperHalf[row])
                case .viscii: output.append(LegacyText.viscii[row])
                case .windows1258: output.append(LegacyText.windows1258[row])
                case .vni:
                    guard let letter = LegacyText.vni[byte] else { return nil }
                    if letter.isMark, output.isEmpty { return nil }
                    output.append(contentsOf: letter.text.unicodeScalars)
                }
            }
            return String(output)
        }
    }

    /// Words (runs of letters and high bytes) that hold a high byte; runs over twelve bytes are no syllables.
    static func words(in bytes: [UInt8], atMost limit: Int) -> [ArraySlice<UInt8>] {
        var words: [ArraySlice<UInt8>] = []
        var start: Int?
        var isHigh = false
        for (index, byte) in bytes.enumerated() {
            let isLetter = byte >= 0x80 || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            if isLetter {
                if start == nil { start = index }
                if byte >= 0x80 { isHigh = true }
            } else if let from = start {
                if isHigh, index - from <= 12 { words.append(bytes[from..<index]) }
                if words.count >= limit { return words }
                start = nil
                isHigh = false
            }
        }
        if let from = start, isHigh, bytes.count - from <= 12 { words.append(bytes[from...]) }
        return words
    }

    /// True when at least nine of ten high sequences are whole letters of UTF-8.
    static func looksLikeDamagedUTF8(_ bytes: [UInt8]) -> Bool {
        var whole = 0
        var broken = 0
        var index = 0
        while index < bytes.count {
            let lead = bytes[index]
            guard lead >= 0x80 else {
                index += 1
                continue
            }
            let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1
            let end = min(index + length, bytes.count)
            if length > 1, end - index == length, bytes[(index + 1)..<end].allSatisfy({ $0 & 0xC0 == 0x80 }) {
                whole += 1
                index = end
            } else {
                broken += 1
                index += 1
            }
        }
        return whole > 4 && whole >= broken * 9
    }

    private static let viscii: [Unicode.Scalar] = Array(
        ("ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ" + "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ" + "Õắằặấầẩậẽẹếềểễệố" + "ồổỗỠƠộờởịỰỨỪỬơớƯ"
            + "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ" + "ĐứÒÓÔạỷừửÙÚỹỵÝỡư" + "àáâãảăữẫèéêẻìíĩỉ" + "đựòóôõỏọụùúũủýợỮ").unicodeScalars)

    /// Windows-1258: Latin-1 with the Vietnamese letters and five combining tones in place of others.
    private static let windows1258: [Unicode.Scalar] = {
        var table = (0x80...0xFF).compactMap { Unicode.Scalar(UInt32($0)) }
        let own: [(Int, UInt32)] = [
            (0xC3, 0x102), (0xCC, 0x300), (0xD0, 0x110), (0xD2, 0x309), (0xD5, 0x1A0), (0xDD, 0x1AF), (0xDE, 0x303),
            (0xE3, 0x103), (0xEC, 0x301), (0xF0, 0x111), (0xF2, 0x323), (0xF5, 0x1A1), (0xFD, 0x1B0),
        ]
        for (byte, value) in own { table[byte - 0x80] = Unicode.Scalar(value) ?? table[byte - 0x80] }
        return table
    }()

    private struct VNILetter { let text: String, isMark: Bool }

    /// VNI: a base letter followed by a byte for its marks; ơ, ư, đ and some i and y are one byte.
    ///
    /// Capitals are 0x20 lower.
    private static let vni: [UInt8: VNILetter] = {
        let marks: [(UInt8, String)] = [
            (0xF9, "\u{301}"), (0xF8, "\u{300}"), (0xFB, "\u{309}"), (0xF5, "\u{303}"), (0xEF, "\u{323}"),
            (0xE2, "\u{302}"), (0xE1, "\u{302}\u{301}"), (0xE0, "\u{302}\u{300}"), (0xE5, "\u{302}\u{309}"),
            (0xE3, "\u{302}\u{303}"), (0xE4, "\u{302}\u{323}"), (0xEA, "\u{306}"), (0xE9, "\u{306}\u{301}"),
            (0xE8, "\u{306}\u{300}"), (0xFA, "\u{306}\u{309}"), (0xFC, "\u{306}\u{303}"), (0xEB, "\u{306}\u{323}"),
        ]
        let letters: [(UInt8, String)] = [
            (0xF1, "đ"), (0xF4, "ơ"), (0xF6, "ư"), (0xED, "í"), (0xEC, "ì"), (0xE6, "ỉ"), (0xF3, "ĩ"), (0xF2, "ị"),
            (0xEE, "ỵ"),
        ]
        var table: [UInt8: VNILetter] = [:]
        for (byte, text) in marks {
            table[byte] = VNILetter(text: text, isMark: true)
            table[byte - 0x20] = VNILetter(text: text, isMark: true)
        }
        for (byte, text) in letters {
            table[byte] = VNILetter(text: text, isMark: false)
            table[byte - 0x20] = VNILetter(text: LetterCase.capital(text), isMark: false)
        }
        return table
    }()
}
