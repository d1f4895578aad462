import Foundation

/// Dạng chuẩn Unicode: text in normal form C (NFC), the form everything is stored in.
package enum NormalForm {
    /// The text in NFC.
    ///
    /// Text that can have no other form is returned as it is; Vietnamese marks are composed by a table; anything rarer
    /// goes to Foundation.
    package static func nfc(_ text: String) -> String {
        switch need(of: text) {
        case .none: text
        case .vietnamese: composed(text) ?? text.precomposedStringWithCanonicalMapping
        case .general: text.precomposedStringWithCanonicalMapping
        }
    }

    /// True when a combining mark (U+0300–U+036F) stands in the text.
    package static func hasCombiningMarks(_ text: some StringProtocol) -> Bool {
        text.unicodeScalars.contains { (0x300...0x36F).contains($0.value) }
    }

    private enum Need { case none, vietnamese, general }

    private static func need(of text: String) -> Need {
        var need = Need.none
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x300, 0x1EA0...0x1EF9, 0x2010...0x2027, 0xFF00...0xFF5E, 0xFFFD: continue
            case 0x300...0x303, 0x306, 0x309, 0x31B, 0x323: need = .vietnamese
            default: return .general
            }
        }
        return need
    }

    /// Composes base letters with the eight Vietnamese marks; nil when something else stands in the way.
    private static func composed(_ text: String) -> String? {
        var output = String.UnicodeScalarView()
        var letters: [UInt32] = []
        func flush() -> Bool {
            guard !letters.isEmpty else { return true }
            defer { letters.removeAll(keepingCapacity: true) }
            if letters.count == 1 {
                if let scalar = Unicode.Scalar(letters[0]) { output.append(scalar) }
                return true
            }
            guard let cluster = VietnameseLetters.compose(letters), let scalar = Unicode.Scalar(cluster) else {
                return false
            }
            output.append(scalar)
            return true
        }
        for scalar in text.unicodeScalars {
            let isMark = VietnameseLetters.isMark(scalar.value)
            if !isMark, !flush() { return nil }
            letters.append(scalar.value)
        }
        return flush() ? String(output) : nil
    }
}
