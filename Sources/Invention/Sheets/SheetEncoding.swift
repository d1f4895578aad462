import Civil

/// Bảng mã của tệp: how the letters of a batch are written.
package enum SheetEncoding: String, CaseIterable, Sendable {
    /// UTF-8, letters composed.
    case utf8
    /// UTF-8, letters and marks apart.
    case nfd
    /// UTF-8 behind a byte order mark, lines ended by CR and LF.
    case bom
    /// TCVN3 (ABC), one byte a letter.
    case tcvn3

    package var heading: [UInt8] {
        let mark: [UInt8] = self == .bom ? [0xEF, 0xBB, 0xBF] : []
        return mark + Array(SheetText.columns.joined(separator: ",").utf8) + lineEnd
    }

    var lineEnd: [UInt8] { self == .bom ? [13, 10] : [10] }

    /// Puts text, which is composed UTF-8, into the encoding.
    func encode(_ text: ArraySlice<UInt8>, into output: inout [UInt8]) {
        switch self {
        case .utf8, .bom: output.append(contentsOf: text)
        case .nfd: letters(text, into: &output, by: SheetEncoding.apart)
        case .tcvn3: letters(text, into: &output, by: SheetEncoding.singleBytes)
        }
    }

    private func letters(_ text: ArraySlice<UInt8>, into output: inout [UInt8], by table: [UInt32: [UInt8]]) {
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            if scalar.value < 0x80 {
                output.append(UInt8(scalar.value))
            } else if let bytes = table[scalar.value] {
                output.append(contentsOf: bytes)
            } else {
                output.append(contentsOf: String(scalar).utf8)
            }
        }
    }

    /// The letters of invented texts: those of Vietnamese.
    private static let letters: [Unicode.Scalar] =
        (0xC0...0x1B0).compactMap(Unicode.Scalar.init) + (0x1EA0...0x1EF9).compactMap(Unicode.Scalar.init)

    private static let apart: [UInt32: [UInt8]] = {
        var table: [UInt32: [UInt8]] = [:]
        for letter in letters {
            guard let parts = VietnameseLetters.parts(of: letter.value), parts.shape != nil || parts.tone != nil else {
                continue
            }
            var scalars = String.UnicodeScalarView()
            // Canonical order: horn, dot below, then the marks above.
            let shape = parts.shape
            let tone = parts.tone?.rawValue
            let marks = tone == 0x323 && shape != 0x31B ? [tone, shape] : [shape, tone]
            for value in [parts.base] + marks.compactMap({ $0 }) {
                if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
            }
            table[letter.value] = Array(String(scalars).utf8)
        }
        return table
    }()

    /// A capital with a tone that has no place of its own is written small, as the fonts of capitals had it.
    private static let singleBytes: [UInt32: [UInt8]] = {
        var table: [UInt32: [UInt8]] = [:]
        for letter in letters {
            let text = String(letter)
            table[letter.value] = TCVN3.encode(text) ?? TCVN3.encode(LetterCase.small(text))
        }
        return table
    }()
}
