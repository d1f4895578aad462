import Civil
import Foundation

/// Slips that people make in names, drawn from a seed: the ear's, the finger's, the keyboard's.
struct Slips {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    mutating func below(_ limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int((state >> 11) % UInt64(max(1, limit)))
    }

    /// The name with one slip in it, in the shares in which names go wrong between two papers: marks left out most
    /// often, then letters, tones, keys, order, spaces.
    mutating func slipped(_ name: String) -> String {
        var words = name.split(separator: " ").map(String.init)
        let place = below(words.count)
        switch below(100) {
        case 0..<34: return Slips.unmarked(name)
        case 34..<44: words[place] = otherTone(words[place])
        case 44..<64: words[place] = letterSlip(words[place])
        case 64..<74:
            return Slips.unmarked(
                words.indices.map { $0 == place ? letterSlip(words[$0]) : words[$0] }.joined(separator: " "))
        case 74..<80: words[place] = Slips.otherLetter(words[place])
        case 80..<86: words[place] = Slips.keyed(words[place])
        case 86..<92 where words.count > 1: words = Array(words[1...]) + [words[0]]
        case 92..<96 where words.count > 2: words.remove(at: 1)
        default:
            guard words.count > 1 else { return name.uppercased() }
            words[0] += words[1]
            words.remove(at: 1)
        }
        return words.joined(separator: " ")
    }

    /// `Lý` → `Lí`, `Sỹ` → `Sĩ`, and back.
    private static func otherLetter(_ word: String) -> String {
        let pairs: [(Character, Character)] = [
            ("ý", "í"), ("ỹ", "ĩ"), ("ỳ", "ì"), ("y", "i"), ("í", "ý"), ("ĩ", "ỹ"), ("ì", "ỳ"), ("i", "y"),
        ]
        guard let last = word.last, let pair = pairs.first(where: { $0.0 == last }) else { return word.uppercased() }
        return word.dropLast() + String(pair.1)
    }

    private mutating func letterSlip(_ word: String) -> String {
        var letters = Array(word)
        guard letters.count > 2 else { return word }
        let place = 1 + below(letters.count - 1)
        switch below(4) {
        case 0: letters.remove(at: place)
        case 1: letters.insert(letters[place], at: place)
        case 2: letters.swapAt(place, place - 1)
        default: letters[place] = Array("aeiounhgtm")[below(10)]
        }
        return String(letters)
    }

    private mutating func otherTone(_ word: String) -> String {
        let tones: [Unicode.Scalar] = ["\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"]
        var scalars: [Unicode.Scalar] = []
        for scalar in word.decomposedStringWithCanonicalMapping.unicodeScalars {
            scalars.append(tones.contains(scalar) ? tones[below(5)] : scalar)
        }
        return String(String.UnicodeScalarView(scalars)).precomposedStringWithCanonicalMapping
    }

    /// `Trần` → `Tran`.
    static func unmarked(_ text: String) -> String {
        let bare = text.decomposedStringWithCanonicalMapping.unicodeScalars.filter {
            !(0x300...0x36F).contains($0.value)
        }
        return String(String.UnicodeScalarView(bare)).replacing("đ", with: "d").replacing("Đ", with: "D")
    }

    /// `Trần` → `Traanf`: the keys of Telex that were pressed.
    static func keyed(_ word: String) -> String {
        let keys: [Unicode.Scalar: Character] = [
            "\u{300}": "f", "\u{301}": "s", "\u{303}": "x", "\u{309}": "r", "\u{323}": "j",
        ]
        var output = ""
        var tone = ""
        for scalar in word.decomposedStringWithCanonicalMapping.unicodeScalars {
            if let key = keys[scalar] {
                tone = String(key)
            } else if scalar == "\u{302}", let last = output.last {
                output.append(Character(last.lowercased()))
            } else if scalar == "\u{306}" || scalar == "\u{31B}" {
                output.append("w")
            } else if scalar == "đ" || scalar == "Đ" {
                output.append(scalar == "đ" ? "dd" : "Dd")
            } else {
                output.unicodeScalars.append(scalar)
            }
        }
        return output + tone
    }
}
