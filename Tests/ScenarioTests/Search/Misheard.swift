import Foundation

/// Ways in which a name comes to a counter other than it is written down: each kind makes one text of a name.
enum Misheard: String, CaseIterable {
    case asWritten, noMarks, capitalsWithoutMarks, toneOfOneWord, tonesAlone, shapesAlone, telexAtEnd, telexAtLetter,
        vniAtEnd
    case lettersSwapped, letterMissing, letterTwice, neighbourKey, middleMissing, surnameMissing, givenFirst, joined,
        splitInside
    case regionOnset, regionEnd, otherFormOfSurname, surnameShort, title, questionMarks, decomposed, lastLetterMissing

    /// Nil where the name has no place for it.
    func text(of name: String, _ random: inout SeededRandom) -> String? {
        let words = name.split(separator: " ").map(String.init)
        switch self {
        case .asWritten: return name
        case .noMarks: return Mark.plain(name)
        case .capitalsWithoutMarks: return Mark.plain(name).uppercased()
        case .decomposed: return name.decomposedStringWithCanonicalMapping
        case .middleMissing:
            return words.count > 2 ? [words[0], words[words.count - 1]].joined(separator: " ") : nil
        case .surnameMissing: return words.count > 2 ? words.dropFirst().joined(separator: " ") : nil
        case .givenFirst: return (words.suffix(1) + words.dropLast()).joined(separator: " ")
        case .joined: return Mark.plain(words.joined())
        case .surnameShort: return Misheard.short(words)
        case .title: return ["ông", "bà", "anh", "chị", "cháu"][random.number(0...4)] + " " + name
        case .otherFormOfSurname: return Misheard.otherForm(words)
        case .tonesAlone, .shapesAlone, .questionMarks, .telexAtEnd, .telexAtLetter, .vniAtEnd:
            return words.map(marked).joined(separator: " ")
        case .toneOfOneWord, .lettersSwapped, .letterMissing, .letterTwice, .neighbourKey, .splitInside, .regionOnset,
            .regionEnd, .lastLetterMissing:
            return inOneWord(words, &random)
        }
    }

    // MARK: Marks and keys

    private func marked(_ word: String) -> String {
        var output = ""
        var atEnd = ""
        for letter in word {
            let parts = Mark.parts(letter)
            switch self {
            case .tonesAlone: output += Mark.letter(parts.base, nil, parts.tone)
            case .shapesAlone: output += Mark.letter(parts.base, parts.shape, nil)
            case .questionMarks: output += letter.isASCII ? String(letter) : "?"
            case .telexAtEnd, .telexAtLetter:
                let shape = Mark.telexShape(parts.base, parts.shape)
                let tone = parts.tone.flatMap { Mark.telexTones[$0] } ?? ""
                output += shape + (self == .telexAtLetter ? tone : "")
                if self == .telexAtEnd { atEnd += tone }
            default:
                output += String(parts.base) + (parts.shape.flatMap { Mark.vniShapes[$0] } ?? "")
                atEnd += parts.tone.flatMap { Mark.vniTones[$0] } ?? ""
            }
        }
        return output + atEnd
    }

    // MARK: One word

    private func inOneWord(_ words: [String], _ random: inout SeededRandom) -> String? {
        var words = words
        for place in words.indices.shuffled(using: &random) {
            guard let changed = change(words[place], &random), changed != words[place] else { continue }
            words[place] = changed
            return words.joined(separator: " ")
        }
        return nil
    }

    private func change(_ word: String, _ random: inout SeededRandom) -> String? {
        var letters = Array(word)
        guard letters.count > 1 else { return nil }
        let place = random.number(1...letters.count - 1)
        switch self {
        case .toneOfOneWord: return Misheard.otherTone(letters, &random)
        case .lettersSwapped:
            guard letters.count > 2 else { return nil }
            letters.swapAt(place, place == 1 ? 2 : place - 1)
        case .letterMissing:
            guard letters.count > 2 else { return nil }
            letters.remove(at: place)
        case .lastLetterMissing:
            guard letters.count > 2 else { return nil }
            letters.removeLast()
        case .letterTwice: letters.insert(letters[place], at: place)
        case .neighbourKey:
            guard let key = Mark.neighbours[Mark.parts(letters[place]).base],
                let other = key.randomElement(using: &random)
            else { return nil }
            letters[place] = other
        case .splitInside:
            guard letters.count > 3 else { return nil }
            letters.insert(" ", at: letters.count / 2)
        case .regionOnset: return Misheard.replaced(word, Misheard.onsets, hasPrefix: true)
        default: return Misheard.replaced(word, Misheard.ends, hasPrefix: false)
        }
        return String(letters)
    }

    private static func otherTone(_ letters: [Character], _ random: inout SeededRandom) -> String? {
        var letters = letters
        guard let place = letters.firstIndex(where: { Mark.parts($0).tone != nil }) else { return nil }
        let parts = Mark.parts(letters[place])
        let others = Mark.telexTones.keys.sorted().filter { $0 != parts.tone }
        guard let tone = others.randomElement(using: &random) else { return nil }
        letters[place] = Character(Mark.letter(parts.base, parts.shape, tone))
        return String(letters)
    }

    private static let onsets = [
        ("Tr", "Ch"), ("Ch", "Tr"), ("S", "X"), ("X", "S"), ("L", "N"), ("N", "L"), ("Gi", "D"), ("D", "Gi"),
        ("R", "G"),
        ("V", "D"), ("Qu", "W"),
    ]
    private static let ends = [
        ("nh", "n"), ("ng", "n"), ("n", "ng"), ("t", "c"), ("c", "t"), ("y", "i"), ("i", "y"), ("ch", "t"),
    ]

    private static func replaced(_ word: String, _ pairs: [(String, String)], hasPrefix: Bool) -> String? {
        for (from, to) in pairs {
            if hasPrefix, word.hasPrefix(from), !word.hasPrefix("Ng"), !word.hasPrefix("Nh") {
                return to + word.dropFirst(from.count)
            }
            if !hasPrefix, word.hasSuffix(from) { return word.dropLast(from.count) + to }
        }
        return nil
    }

    // MARK: Surnames

    private static func otherForm(_ words: [String]) -> String? {
        let pairs = [
            "Hoàng": "Huỳnh", "Huỳnh": "Hoàng", "Vũ": "Võ", "Võ": "Vũ", "Phan": "Phạm", "Phạm": "Phan", "Đặng": "Đăng",
        ]
        return words.first.flatMap { pairs[$0] }.map { ([$0] + words.dropFirst()).joined(separator: " ") }
    }

    /// `Ng. T. Hoa`, as people sign.
    private static func short(_ words: [String]) -> String? {
        guard words.count > 2 else { return nil }
        let first = words[0].hasPrefix("Ng") ? "Ng." : words[0].hasPrefix("Tr") ? "Tr." : words[0]
        return ([first] + words[1..<words.count - 1].map { "\($0.prefix(1))." } + words.suffix(1)).joined(
            separator: " ")
    }
}

/// Letters of Vietnamese taken apart with Unicode's own decomposition.
enum Mark {
    static let telexTones: [Unicode.Scalar: String] = [
        "\u{300}": "f", "\u{301}": "s", "\u{303}": "x", "\u{309}": "r", "\u{323}": "j",
    ]
    static let vniTones: [Unicode.Scalar: String] = [
        "\u{300}": "2", "\u{301}": "1", "\u{303}": "4", "\u{309}": "3", "\u{323}": "5",
    ]
    static let vniShapes: [Unicode.Scalar: String] = ["\u{302}": "6", "\u{31B}": "7", "\u{306}": "8", "\u{335}": "9"]
    static let neighbours: [Character: [Character]] = [
        "a": ["s", "q"], "b": ["v", "n"], "c": ["x", "v"], "d": ["s", "f"], "e": ["w", "r"], "g": ["f", "h"],
        "h": ["g", "j"],
        "i": ["u", "o"], "k": ["j", "l"], "l": ["k", "o"], "m": ["n"], "n": ["b", "m"], "o": ["i", "p"], "p": ["o"],
        "q": ["w"], "r": ["e", "t"], "s": ["a", "d"], "t": ["r", "y"], "u": ["y", "i"], "v": ["c", "b"],
        "x": ["z", "c"],
        "y": ["t", "u"],
    ]

    /// The letter without marks, its shape (the bar of đ as U+0335) and its tone.
    static func parts(_ letter: Character) -> (base: Character, shape: Unicode.Scalar?, tone: Unicode.Scalar?) {
        if letter == "đ" || letter == "Đ" { return (letter == "đ" ? "d" : "D", "\u{335}", nil) }
        let scalars = Array(String(letter).decomposedStringWithCanonicalMapping.unicodeScalars)
        return (
            Character(scalars[0]), scalars.first { ["\u{302}", "\u{306}", "\u{31B}"].contains($0) },
            scalars.first { telexTones[$0] != nil }
        )
    }

    static func letter(_ base: Character, _ shape: Unicode.Scalar?, _ tone: Unicode.Scalar?) -> String {
        if shape == "\u{335}" { return base == "d" ? "đ" : "Đ" }
        var scalars = String.UnicodeScalarView(String(base).unicodeScalars)
        for mark in [shape, tone].compactMap({ $0 }) { scalars.append(mark) }
        return String(scalars).precomposedStringWithCanonicalMapping
    }

    static func plain(_ text: String) -> String { String(text.map { parts($0).base }) }

    static func telexShape(_ base: Character, _ shape: Unicode.Scalar?) -> String {
        switch shape {
        case "\u{302}", "\u{335}": "\(base)\(base.lowercased())"
        case "\u{306}", "\u{31B}": "\(base)w"
        default: String(base)
        }
    }
}
