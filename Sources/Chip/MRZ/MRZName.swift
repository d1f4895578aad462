import Civil

/// Họ và tên ở dòng 3 MRZ: the two parts of a name as the machine readable zone has them.
///
/// Capital letters A to Z; words are parted by one space.
package struct MRZName: Hashable, Sendable {
    /// Họ: the surname; the whole name of somebody who has none.
    package let primary: String
    /// Chữ đệm và tên: middle and given names; empty when the primary part is the whole name.
    package let secondary: String
    /// Whether the name filled its field to the last letter, so that something may be missing.
    package let mayBeTruncated: Bool

    /// The name of a person; nil when no letter of it can be written with A to Z.
    package init?(_ name: PersonName) {
        // Where the surname ends costs a search, so that it is asked for once.
        let written = name.surname
        let surname = written.map(Transliteration.words) ?? []
        let rest = Transliteration.words(String(name.standard.dropFirst(written?.count ?? 0)))
        let isWhole = surname.isEmpty || rest.isEmpty
        let first = isWhole ? surname + rest : surname
        guard !first.isEmpty else { return nil }
        primary = MRZName.text(first)
        secondary = isWhole ? "" : MRZName.text(rest)
        mayBeTruncated = primary.utf8.count + (secondary.isEmpty ? 0 : secondary.utf8.count + 2) > MRZName.length
    }

    /// The parts as they stand in a zone; nil when the field holds no letter or a sign of another alphabet.
    init?(field: some Collection<UInt8>) {
        guard field.allSatisfy({ $0 == MRZ.filler || (65...90).contains($0) }) else { return nil }
        let bytes = Array(field)
        let end = (bytes.lastIndex { $0 != MRZ.filler } ?? -1) + 1
        let gap = bytes[..<end].indices.dropLast().first { bytes[$0] == MRZ.filler && bytes[$0 + 1] == MRZ.filler }
        func words(_ part: ArraySlice<UInt8>) -> [[UInt8]] {
            part.split(separator: MRZ.filler).map(Array.init)
        }
        primary = MRZName.text(words(bytes[..<(gap ?? end)]))
        secondary = MRZName.text(words(bytes[(gap ?? end)..<end]))
        mayBeTruncated = end == MRZName.length
        guard !primary.isEmpty else { return nil }
    }

    private static func text(_ words: [[UInt8]]) -> String {
        words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }

    static let length = 30

    /// The thirty characters of the field, truncated as Doc 9303-5 §4.2.3 has it: at least one letter of the secondary
    /// part stays, and the last character of a truncated name is a letter.
    var field: [UInt8] {
        var primary = primary.split(separator: " ").map { Array($0.utf8) }
        guard !secondary.isEmpty else { return MRZName.padded(MRZName.fitted([primary], into: MRZName.length)) }
        let secondary = self.secondary.split(separator: " ").map { Array($0.utf8) }
        let room = MRZName.length - 3
        if MRZName.joined(primary).count > room { primary = [MRZName.fitted([primary], into: room)] }
        return MRZName.padded(MRZName.fitted([primary, secondary], into: MRZName.length))
    }

    /// Parts of words cut to a length so that the last character is a letter.
    private static func fitted(_ parts: [[[UInt8]]], into length: Int) -> [UInt8] {
        var parts = parts
        while true {
            let whole = parts.map(joined).reduce(into: [UInt8]()) { text, part in
                if !text.isEmpty { text += [MRZ.filler, MRZ.filler] }
                text += part
            }
            if whole.count <= length || whole[length - 1] != MRZ.filler { return Array(whole.prefix(length)) }
            // A gap would stand at the end: the longest word before it gives a letter, and all moves up by one.
            guard let (part, word) = longest(parts, before: length) else { return Array(whole.prefix(length)) }
            parts[part][word].removeLast()
        }
    }

    /// The longest word of more than one letter that begins before a position; of equals, the last.
    private static func longest(_ parts: [[[UInt8]]], before end: Int) -> (part: Int, word: Int)? {
        var best: (part: Int, word: Int)?
        var start = 0
        for (part, words) in parts.enumerated() {
            for (word, letters) in words.enumerated() {
                if start + letters.count < end, letters.count > 1,
                    letters.count >= best.map({ parts[$0.part][$0.word].count }) ?? 0
                {
                    best = (part, word)
                }
                start += letters.count + 1
            }
            start += 1
        }
        return best
    }

    private static func joined(_ words: [[UInt8]]) -> [UInt8] { Array(words.joined(separator: [MRZ.filler])) }

    private static func padded(_ text: [UInt8]) -> [UInt8] {
        text + [UInt8](repeating: MRZ.filler, count: length - text.count)
    }

    /// Whether this, as read from a card, is what a person's name is written as there.
    package func isWriting(of name: PersonName) -> Bool { MRZName(name)?.field == field }
}
