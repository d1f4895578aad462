import Civil

/// Ghi chú về việc chết: what the note of a sheet says of a death.
enum DeathNote: Hashable {
    /// The note begins with it: the person of the sheet has died.
    case ofThePerson
    /// It speaks of a death, and not surely of this person's: of a relative, or that somebody is not dead.
    case ofSomebody

    private static let beginnings: [[Substring]] = [
        ["chet"], ["tu", "vong"], ["tu", "tran"], ["qua", "doi"], ["hy", "sinh"], ["hi", "sinh"], ["liet", "si"],
        ["liet", "sy"], ["khai", "tu"], ["bao", "tu"],
    ]
    /// In front of what it says; "mất" alone can be a lost paper, so that it needs one of them or a year behind it.
    private static let before: Set<Substring> = ["da", "bi", "nay", "hien"]

    init?(_ text: String) {
        guard !text.isEmpty else { return nil }
        let words = Folding.key(text).split { !$0.isLetter && !$0.isNumber }
        let rest = words.drop { DeathNote.before.contains($0) }
        let isAfter = rest.startIndex > words.startIndex
        let begins =
            DeathNote.beginnings.contains { rest.starts(with: $0) }
            || rest.first == "mat" && DeathNote.isOfLife(rest.dropFirst(), isAfter: isAfter)
        if begins, !DeathNote.isMistaken(rest) {
            self = .ofThePerson
        } else if words.indices.contains(where: { place in
            DeathNote.beginnings.contains { words[place...].starts(with: $0) }
        }) {
            self = .ofSomebody
        } else {
            return nil
        }
    }

    /// "đã mất", "mất năm 2015", "mất ngày …", and not "mất giấy khai sinh".
    private static func isOfLife(_ rest: ArraySlice<Substring>, isAfter: Bool) -> Bool {
        guard let next = rest.first else { return isAfter }
        return next == "nam" || next == "ngay" || next == "thang" || next == "tu" || next.allSatisfy(\.isNumber)
            || next == "do" && isAfter
    }

    /// "chết lưu", "chết hụt": no death of whoever the sheet is about.
    private static func isMistaken(_ words: ArraySlice<Substring>) -> Bool {
        guard let next = words.dropFirst().first else { return false }
        return words.first == "chet" && (next == "luu" || next == "hut")
    }
}

/// Không có tên: words that people write where there is no name.
enum MissingName {
    private static let words: Set<String> = [
        "khongro", "khongbiet", "khong", "khongco", "khongten", "chuaro", "chuabiet", "chuacoten", "chuadatten", "null",
        "none", "unknown", "undefined", "botrong",
    ]

    static func isWritten(in text: String) -> Bool {
        text.utf8.count <= 40 && words.contains(Folding.compactKey(text))
    }
}
