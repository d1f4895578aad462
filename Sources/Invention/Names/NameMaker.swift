import Civil

/// Đặt tên: gives invented people names by group, region, sex and year of birth.
struct NameMaker {
    let group: EthnicGroup
    /// Whether the family's surnames are spelt as in the south (Huỳnh, Võ).
    let isSouthern: Bool
    /// The names of the household so far, folded: nobody is called as somebody else in it.
    private var taken: Set<String> = []

    init(group: EthnicGroup, region: Region) {
        self.group = group
        switch region {
        case .northernMountains, .redRiver: isSouthern = false
        case .centralCoast, .highlands, .southEast, .mekong: isSouthern = true
        }
    }

    func surname(_ draws: inout Draws) -> String {
        if let own = MinorityNames.surnames[group] { return own.draw(&draws) }
        return (isSouthern ? NameStock.southernSurnames : NameStock.northernSurnames).draw(&draws)
    }

    /// A name that nobody else in the household has; the surname or clan comes with it for the children.
    mutating func name(
        _ sex: Sex, born year: Int, surname given: String?, _ draws: inout Draws
    ) -> (name: String, surname: String) {
        var made = draw(sex, year, given, &draws)
        for _ in 0..<8 {
            if taken.insert(Folding.key(made.name)).inserted { return made }
            made = draw(sex, year, given, &draws)
        }
        return made
    }

    private func draw(
        _ sex: Sex, _ year: Int, _ given: String?, _ draws: inout Draws
    ) -> (name: String, surname: String) {
        if let own = MinorityNames.name(of: group, sex, clan: given, &draws) { return (own.name, own.clan) }
        let surname = given ?? self.surname(&draws)
        let which = sex == .male ? 0 : 1
        let generation = year < 1960 ? 0 : year < 1990 ? 1 : 2
        let middle = NameStock.middles[which][generation].draw(&draws)
        var name = NameStock.givenNames[which][generation].draw(&draws)
        // "Anh Anh" is nobody's name.
        if middle == name || middle.hasSuffix(" " + name) {
            name = NameStock.givenNames[which][generation].draw(&draws)
        }
        return (middle.isEmpty ? "\(surname) \(name)" : "\(surname) \(middle) \(name)", surname)
    }
}
