import Civil
import Foundation

/// Chuyển tự: text as capital letters A to Z, as ICAO Doc 9303-3 §6 has it for names in machine readable zones.
///
/// Vietnamese letters lose their marks and Đ becomes D. Apostrophes join (`H'Mẫu` → `HMAU`); hyphens, dots and spaces
/// part the words.
package enum Transliteration {
    /// The words in capital letters; empty when no letter can be written with A to Z.
    package static func words(_ text: String) -> [[UInt8]] {
        var words: [[UInt8]] = []
        var word: [UInt8] = []
        func finish() {
            if !word.isEmpty { words.append(word) }
            word = []
        }
        for scalar in text.unicodeScalars {
            if let letter = Folding.base(scalar.value) {
                if letter >= 97 { word.append(letter - 32) }
            } else if let letters = several[scalar] {
                word += letters.utf8
            } else if isJoining(scalar) {
                continue
            } else if scalar.properties.isAlphabetic {
                word += baseLetters(scalar)
            } else {
                finish()
            }
        }
        finish()
        return words
    }

    /// Combining marks and the signs that stand for an apostrophe.
    private static func isJoining(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x27, 0x60, 0xB4, 0x2B9...0x2BF, 0x2018, 0x2019, 0x300...0x36F: true
        default: false
        }
    }

    /// The letters A to Z among what a rarer letter is composed of.
    private static func baseLetters(_ scalar: Unicode.Scalar) -> [UInt8] {
        String(scalar).decomposedStringWithCanonicalMapping.uppercased().utf8.filter { (65...90).contains($0) }
    }

    private static let several: [Unicode.Scalar: String] = [
        "Æ": "AE", "æ": "AE", "Ø": "OE", "ø": "OE", "Œ": "OE", "œ": "OE", "ß": "SS", "Þ": "TH", "þ": "TH", "Ł": "L",
        "ł": "L", "ı": "I", "Ĳ": "IJ", "ĳ": "IJ", "Ŋ": "N", "ŋ": "N", "Ħ": "H", "ħ": "H", "Ŧ": "T", "ŧ": "T",
        "ĸ": "Q",
    ]
}
