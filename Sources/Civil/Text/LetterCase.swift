/// Chữ hoa và chữ thường: capital and small letters, scalar by scalar, right for every Vietnamese letter in NFC.
package enum LetterCase {
    /// The small letter, or the scalar itself when it has none of one scalar.
    package static func small(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let value = scalar.value
        switch value {
        case 0x41...0x5A: return Unicode.Scalar(value + 32) ?? scalar
        case 0..<0xC0: return scalar
        case 0x1EA0...0x1EF9: return Unicode.Scalar(value | 1) ?? scalar
        default: return single(scalar.properties.lowercaseMapping) ?? scalar
        }
    }

    /// The capital letter, or the scalar itself when it has none of one scalar.
    package static func capital(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let value = scalar.value
        switch value {
        case 0x61...0x7A: return Unicode.Scalar(value - 32) ?? scalar
        case 0..<0xC0: return scalar
        case 0x1EA0...0x1EF9: return Unicode.Scalar(value & ~1) ?? scalar
        default: return single(scalar.properties.uppercaseMapping) ?? scalar
        }
    }

    /// The text in small letters.
    package static func small(_ text: some StringProtocol) -> String {
        var output = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { output.append(small(scalar)) }
        return String(output)
    }

    /// The text in capital letters.
    package static func capital(_ text: some StringProtocol) -> String {
        var output = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { output.append(capital(scalar)) }
        return String(output)
    }

    private static func single(_ mapping: String) -> Unicode.Scalar? {
        let scalars = mapping.unicodeScalars
        return scalars.count == 1 ? scalars.first : nil
    }
}
