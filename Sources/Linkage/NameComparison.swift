import Civil

/// Mức khớp họ tên: how far two names agree, strongest first.
package enum NameAgreement: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// The same letters and marks (capitals and spaces aside).
    case equal
    /// The same letters; a tone differs, is left out, or stands on another letter (`Hòa`, `Hoà`).
    case toneOrPlacement = "tone_or_placement"
    /// The same letters once all marks are taken off (`Trần`, `Tran`).
    case equalKey = "equal_key"
    /// The same but for i and y, a missing space, a doublet of a surname (`Vũ`, `Võ`), or one slip of a letter.
    case near
    /// The same words in another order.
    case reordered
    /// One name has every word of the other, in order, and more.
    case partMissing = "part_missing"
    case different

    package static func < (left: NameAgreement, right: NameAgreement) -> Bool { left.rank < right.rank }

    /// 0 for `different`, higher for closer agreement.
    private var rank: Int {
        switch self {
        case .different: 0
        case .partMissing: 1
        case .reordered: 2
        case .near: 3
        case .equalKey: 4
        case .toneOrPlacement: 5
        case .equal: 6
        }
    }
}

/// So sánh họ tên: compares names word by word.
package enum NameComparison {
    /// How far the names agree, the same in either order.
    package static func compare(_ left: PersonName, _ right: PersonName) -> NameAgreement {
        if left.standard == right.standard { return .equal }
        let first = LetterCase.small(left.standard)
        let second = LetterCase.small(right.standard)
        if first == second { return .equal }
        if left.key == right.key { return withoutTones(first) == withoutTones(second) ? .toneOrPlacement : .equalKey }
        return compare(keys: left.key, right.key)
    }

    /// Cùng một cách viết: whether both are surely one name as two clerks write it.
    ///
    /// The letters and marks are the same but for the letter on which a tone stands, i and y, and spaces; or marks are
    /// missing altogether on one of the names, or on a word of it that is not the given name. A tone or letter that
    /// differs is another name: Anh, Ánh and An can be three children of one birth.
    package static func isSameSpelling(_ left: PersonName, _ right: PersonName) -> Bool {
        if left.standard == right.standard { return true }
        let first = spoken(left)
        let second = spoken(right)
        if first == second { return true }
        let isBare = !first.contains(where: \.hasMarks) || !second.contains(where: \.hasMarks)
        let letters = (first.flatMap(\.fold), second.flatMap(\.fold))
        guard letters.0 == letters.1 else { return false }
        if isBare { return true }
        guard first.count == second.count else {
            // A missing space, beside the same marks.
            return first.flatMap(\.shapes) == second.flatMap(\.shapes)
        }
        return first.last == second.last
            && zip(first, second).allSatisfy { word, other in
                word == other || word.fold == other.fold && !(word.hasMarks && other.hasMarks)
            }
    }

    private static func spoken(_ name: PersonName) -> [SpokenWord] {
        SpokenWord.words(of: name.standard).map { word in
            SpokenWord(
                fold: word.fold.map { $0 == UInt8(ascii: "y") ? UInt8(ascii: "i") : $0 }, shapes: word.shapes,
                tone: word.tone)
        }
    }

    /// Compares match keys (`Folding.key`): words of small ASCII letters.
    private static func compare(keys left: String, _ right: String) -> NameAgreement {
        let first = left.split(separator: " ")
        let second = right.split(separator: " ")
        guard !first.isEmpty, !second.isEmpty else { return .different }
        if isNear(first, second) || first.joined() == second.joined() { return .near }
        if first.count == second.count, first.sorted() == second.sorted() { return .reordered }
        if contains(first, second) || contains(second, first) { return .partMissing }
        return .different
    }

    private static func withoutTones(_ text: String) -> [UInt32] {
        text.unicodeScalars.map { VietnameseLetters.withoutTone($0.value) }
    }

    /// The same number of words, all equal but for i and y, and at most one of them a slip.
    private static func isNear(_ left: [Substring], _ right: [Substring]) -> Bool {
        guard left.count == right.count else { return false }
        var slips = 0
        for (index, (first, second)) in zip(left, right).enumerated() where first != second {
            let folded = (withoutY(first), withoutY(second))
            if folded.0 == folded.1 { continue }
            slips += 1
            let isDoublet =
                index == 0 && doublets.contains { $0.contains(String(first)) && $0.contains(String(second)) }
            guard slips == 1, isDoublet || isSlip(folded.0, folded.1) else { return false }
        }
        return true
    }

    /// One letter more, less, other or swapped.
    ///
    /// Words of two letters are too short for that, unless a letter was added.
    private static func isSlip(_ left: [UInt32], _ right: [UInt32]) -> Bool {
        max(left.count, right.count) >= 3 && EditDistance.between(left, right, limit: 1) != nil
    }

    private static func withoutY(_ word: Substring) -> [UInt32] {
        word.unicodeScalars.map { $0 == "y" ? 0x69 : $0.value }
    }

    /// Northern and southern forms of one surname.
    ///
    /// They are different legal names: only a comparison may equate them.
    private static let doublets: [Set<String>] = [["hoang", "huynh"], ["vu", "vo"]]

    /// True when `whole` has more words than `part`, and all of them in order; one word alone proves nothing.
    private static func contains(_ whole: [Substring], _ part: [Substring]) -> Bool {
        guard whole.count > part.count, part.count >= 2 else { return false }
        var rest = part[...]
        for word in whole where word == rest.first { rest = rest.dropFirst() }
        return rest.isEmpty
    }
}
