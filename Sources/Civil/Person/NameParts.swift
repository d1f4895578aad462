extension PersonName {
    /// Họ: the surname, or nil when the name has one word or begins as names of minorities without a surname do.
    ///
    /// A hint for showing and sorting: the paper does not mark where the surname ends.
    package var surname: String? {
        let parts = parts
        let length = Self.surnameLength(parts)
        return length == 0 ? nil : parts[..<length].joined(separator: " ")
    }

    /// Chữ đệm: what stands between surname and given name, empty when nothing does.
    package var middle: String {
        let parts = parts
        let length = Self.surnameLength(parts)
        return length == 0 ? "" : parts[length..<(parts.count - 1)].joined(separator: " ")
    }

    /// Tên: the given name, the last word; the whole name when there is no surname.
    package var given: String {
        let parts = parts
        return Self.surnameLength(parts) == 0 ? standard : String(parts.last ?? "")
    }

    private static func surnameLength(_ parts: [Substring]) -> Int {
        guard parts.count > 1, let first = parts.first else { return 0 }
        if first.contains("'") || withoutSurname.contains(String(first)) { return 0 }
        if parts.count > 2, doubled.contains(Folding.key(parts[0] + " " + parts[1])) { return 2 }
        return 1
    }

    /// First words of names that have no surname in front: Ê-đê, Gia-rai, M'nông, Cơ-ho, Xơ-đăng, Ba-na.
    private static let withoutSurname: Set<String> = ["H", "Y", "A", "K", "Ka", "Ya", "Siu'"]

    private static let doubled: Set<String> = [
        "ton that", "ton nu", "au duong", "ro cham", "ro lan", "ro mah", "ro o", "cong tang", "cong huyen",
        "huyen ton", "nguyen phuc", "hoang phu", "tu ma", "gia cat",
    ]

    /// Nghi là không dấu: the name has no marks at all and at least one of its words is one that Vietnamese does not
    /// write without marks.
    ///
    /// `Mai Anh`, `Phan Kim Lan` and minority words such as `Ksor` are rightly unmarked.
    package var looksUnmarked: Bool {
        guard !hasMarks else { return false }
        let words = key.split(separator: " ")
        for (index, word) in words.enumerated() {
            let letters = Array(word.utf8)
            guard VietnameseSyllable.isShaped(letters) else { continue }
            if VietnameseSyllable.endsInStop(letters) || !Self.rightlyUnmarked.contains(String(word)) { return true }
            // "Thi" between surname and given name is the middle name Thị; "Trinh" and "Lam" in front are surnames.
            if words.count > 2, word == "thi", index == 1 { return true }
            if words.count > 1, index == 0, Self.markedAsSurname.contains(String(word)) { return true }
        }
        return false
    }

    private static let markedAsSurname: Set<String> = ["trinh", "lam", "ly", "ninh", "du", "luong"]

    /// Words that stand in names without any mark oftener than as a marked word that lost its marks.
    private static let rightlyUnmarked: Set<String> = Set(
        """
        a an anh ba ca cam cao chi chu chung danh du dung duy em en ga gia giang giao hoa hoan huy kha khai khang \
        khanh khoa khuya kim la lai lam lan lanh li linh loan long luong ly ma mai mi minh mo my na nam nga nghi \
        ngoan ngon nhanh nhi nhung ni ninh non oanh phan phi phong quang sa sam sang sao sen sim sinh sy tanh \
        thanh thi tho thoa thoan thu tinh toan trang tranh trinh trung uy vang vi vinh vui vy xinh xoa xoan y
        """.split(separator: " ").map(String.init))
}
