/// The house, lane or hamlet in front of an address: "Số 106, ", "Ngõ 31 ", "Tổ 1, Thôn 3, ".
enum HousePart {
    private static let words: [[UInt8]] = [
        "so", "ngo", "thon", "to", "ap", "khu", "hem", "xom", "ban", "nha", "kp", "ngach", "khom", "can", "kiet",
        "buon",
        "lang", "tdp",
    ].map { Array($0.utf8) }

    /// These are not taken off, since communes are called so ("Đường 10", "Đồi 61", "Lộ 25").
    private static let otherWords: [[UInt8]] = ["duong", "pho", "doi", "lo", "tieu"].map { Array($0.utf8) }

    /// Whether a folded word begins a house part.
    static func isWord(_ word: ArraySlice<UInt8>) -> Bool {
        (words + otherWords).contains { word.elementsEqual($0) }
    }

    /// Where the address goes on after house words that a number follows.
    static func end(in text: String) -> String.Index {
        let scalars = text.unicodeScalars
        var end = scalars.startIndex
        while let next = skipOne(scalars, from: end) { end = next }
        return end
    }

    /// Skips one word with its number: letters, a space, digits, then a comma or a space.
    private static func skipOne(_ scalars: String.UnicodeScalarView, from start: String.Index) -> String.Index? {
        var index = start
        var word: [UInt8] = []
        func skip(while condition: (UInt32) -> Bool) -> Int {
            var count = 0
            while index < scalars.endIndex, condition(scalars[index].value) {
                index = scalars.index(after: index)
                count += 1
            }
            return count
        }
        while index < scalars.endIndex, word.count < 6, let letter = Folding.base(scalars[index].value) {
            word.append(letter)
            index = scalars.index(after: index)
            _ = skip { (0x300...0x36F).contains($0) }
        }
        guard words.contains(word), skip(while: { $0 == 0x20 }) > 0, skip(while: { (0x30...0x39).contains($0) }) > 0,
            skip(while: { $0 == 0x2C || $0 == 0x20 }) > 0
        else { return nil }
        return index
    }
}
