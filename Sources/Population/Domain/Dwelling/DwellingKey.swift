import Civil

/// Chỗ ở hợp pháp: what names a dwelling, its unit and its house; one dwelling may hold several households.
///
/// The unit is the one in which the address was written: a house of a unit that was merged since, written with the new
/// unit's name, is another key, because two merged units can have a house of one number each.
package struct DwellingKey: Hashable, Sendable {
    package let unit: UnitCode
    /// What stands before the unit, in folded letters (`so 8 ngo 9`).
    package let house: String

    /// Nil where the address names no house: a hamlet, a group or an alley alone holds many.
    package init?(_ address: Address?) {
        guard let address, let unit = address.unit else { return nil }
        let house = Folding.key(address.detail)
        guard DwellingKey.namesHouse(house) else { return nil }
        self.unit = unit
        self.house = house
    }

    /// What may stand before the number of a house or flat; a number that begins the address is one by itself.
    private static let houseWords: Set<Substring> = ["so", "nha", "sn", "can", "phong"]

    /// What makes "số" the number of a place with many houses: Tổ dân phố số 12, Đường số 7.
    private static let placeWords: Set<Substring> = [
        "thon", "xom", "ap", "ban", "lang", "buon", "to", "pho", "khu", "cum", "doi", "duong", "ngo", "ngach", "hem",
        "kiet", "lo",
    ]

    private static func namesHouse(_ key: String) -> Bool {
        let words = key.split(separator: " ")
        return words.indices.contains { index in
            guard words[index].utf8.contains(where: { (48...57).contains($0) }) else { return false }
            if index == words.startIndex { return true }
            guard houseWords.contains(words[index - 1]) else { return false }
            return index < 2 || !placeWords.contains(words[index - 2])
        }
    }

    /// The number under which the index keeps the dwelling; two dwellings can share it, and are told apart by their
    /// acts.
    var indexed: Int64 {
        Int64(bitPattern: StableHash.of("\(unit.set.rawValue)|\(unit.code)|\(house)".utf8) >> 1)
    }
}
