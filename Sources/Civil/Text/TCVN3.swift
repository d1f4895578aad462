/// TCVN3 (ABC): the one-byte encoding of the `.Vn` fonts, in which most files of the years before 2005 were written.
///
/// TCVN 5712:1993. Capitals with tones are rarely in such files: the `.VnTimeH` fonts showed small letters as capitals,
/// so `NGUYễN` is what a whole-capital name looks like once decoded.
package enum TCVN3 {
    /// Kept beside converted text; counts up when the table changes.
    package static let converterVersion = "tcvn3-1"

    /// The text of the bytes, in NFC but for stray combining tones; a byte without meaning becomes U+FFFD.
    package static func decode(_ bytes: some Sequence<UInt8>) -> String {
        let letters = packed
        var output: [UInt8] = []
        output.reserveCapacity(bytes.underestimatedCount + bytes.underestimatedCount / 2)
        for byte in bytes {
            if byte < 0x80 {
                output.append(byte)
                continue
            }
            var letter = letters[Int(byte - 0x80)]
            while letter != 0 {
                output.append(UInt8(truncatingIfNeeded: letter))
                letter >>= 8
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The bytes of the text, or nil when a letter is not in TCVN3.
    ///
    /// Capitals with tones have their places in the table.
    package static func encode(_ text: String) -> [UInt8]? {
        var output: [UInt8] = []
        for scalar in NormalForm.nfc(text).unicodeScalars {
            if scalar.value < 0x80 {
                output.append(UInt8(scalar.value))
            } else {
                guard let byte = bytes[scalar] else { return nil }
                output.append(byte)
            }
        }
        return output
    }

    /// The upper half of the table, 0x80 to 0xFF, sixteen to a row.
    static let upperHalf: [Unicode.Scalar] =
        Array(
            ("ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨ" + "ÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ" + "\u{A0}ĂÂÊÔƠƯĐăâêôơưđẰ").unicodeScalars)
        + [0x300, 0x309, 0x303, 0x301, 0x323].compactMap(Unicode.Scalar.init)
        + Array(
            ("àảãáạẲằẳẵắẴ" + "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ" + "éẹềểễếệìỉỄẾỒĩíịò" + "Ổỏõóọồổỗốộờởỡớợù" + "ỖủũúụừửữứựỳỷỹýỵỐ")
                .unicodeScalars)

    /// The UTF-8 of each letter in one word, its first byte lowest.
    private static let packed: [UInt32] = upperHalf.map { scalar in
        String(Character(scalar)).utf8.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static let bytes: [Unicode.Scalar: UInt8] = {
        var table: [Unicode.Scalar: UInt8] = [:]
        for (index, scalar) in upperHalf.enumerated() { table[scalar] = UInt8(0x80 + index) }
        return table
    }()
}
