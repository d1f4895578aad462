import Civil
import Linkage

/// Cách viết có dấu: how the words of the names in one file are written, to give a name its marks back that was
/// written without them.
///
/// Counted by different full names, not by rows: a family that stands in a file ten times is one witness. Surname,
/// words between, and given name are kept apart, since "Van" is Văn in the middle and Vân at the end.
struct NameSpellings: Sendable {
    /// A spelling is certain when at least so many different names have it at that place.
    static let fewest: Int32 = 3
    /// … and at most one in so many is written otherwise.
    static let oneIn: Int32 = 100
    /// So many different names are counted, which bounds the memory of a file of millions.
    static let mostNames = 100_000

    private enum Place: Hashable {
        case surname, middle, given
    }

    private struct Word: Hashable {
        let place: Place
        let key: String
    }

    private var words: [Word: [String: Int32]] = [:]
    private var seen: Set<UInt64> = []

    /// Counts the words of a name, once for all rows that have it; names without any mark tell nothing.
    mutating func count(_ name: PersonName) {
        guard name.hasMarks, seen.count < Self.mostNames,
            seen.insert(StableHash.of(name.standard.utf8)).inserted
        else { return }
        for (word, spelling) in Self.words(of: name) { words[word, default: [:]][spelling, default: 0] += 1 }
    }

    /// The name with its marks; nil when one of its words is not certain, or when it has all marks that it should.
    func restored(_ name: PersonName) -> String? {
        guard !name.hasMarks else { return nil }
        var spellings: [String] = []
        for (word, _) in Self.words(of: name) {
            guard let spelling = spelling(of: word) else { return nil }
            spellings.append(spelling)
        }
        let restored = spellings.joined(separator: " ")
        return spellings.isEmpty || restored == name.standard ? nil : restored
    }

    /// The name with marks in the place of Telex or VNI keys ("Nguyeenx Va8n An" → "Nguyễn Văn An"); nil when it has no
    /// such keys.
    ///
    /// Only where the file writes the very word that the keys make, at that place, often enough, and much oftener than
    /// the word as it stands: names of minorities have words that look keyed (`Lor`).
    func unkeyed(_ text: String) -> String? {
        let parts = text.split(whereSeparator: \.isWhitespace)
        guard parts.count > 1, parts.count <= PersonName.longest else { return nil }
        var isChanged = false
        let read = parts.enumerated().map { index, part in
            guard let reading = KeyingSlips.reading(of: part) else { return String(part) }
            let place = Self.place(of: index, among: parts.count)
            let spelled = words[Word(place: place, key: reading.fold)]?.first { spelling, count in
                count >= Self.fewest && reading.spells(spelling)
            }
            let asItStands = words[Word(place: place, key: part.lowercased())]?.values.reduce(0, +) ?? 0
            guard let spelled, asItStands * Self.fewest <= spelled.value else { return String(part) }
            isChanged = true
            return spelled.key
        }
        return isChanged ? read.joined(separator: " ") : nil
    }

    private func spelling(of word: Word) -> String? {
        guard let written = words[word], let most = written.max(by: { $0.value < $1.value }) else { return nil }
        let others = written.values.reduce(0, +) - most.value
        return most.value >= Self.fewest && others * Self.oneIn <= most.value ? most.key : nil
    }

    /// The words with their places; none for a name of one word, which has no place to go by.
    private static func words(of name: PersonName) -> [(word: Word, spelling: String)] {
        let parts = name.parts
        guard parts.count > 1 else { return [] }
        return parts.enumerated().map { index, part in
            (Word(place: place(of: index, among: parts.count), key: Folding.key(part)), String(part))
        }
    }

    private static func place(of index: Int, among count: Int) -> Place {
        index == 0 ? .surname : index == count - 1 ? .given : .middle
    }
}
