import Civil

/// What a person has beside name, sex and birth: papers, telephone, blood group, places.
enum PersonFacts {
    static func fill(
        _ person: inout InventedPerson, in map: NationMap, commune: Int, day: CalendarDate, _ draws: inout Draws
    ) {
        let age = CalendarDate.years(from: person.birth, to: day)
        // The old identity paper from 14 years of age on.
        if age >= 14, draws.chance(age < 18 ? 2500 : age < 85 ? 7400 : 4500) {
            person.oldNumber = draws.number(400_000_000...999_999_999)
        }
        if draws.chance(age < 10 ? 1500 : 5200) {
            // Nobody holds a number of this network, which has been switched off.
            person.phone = 950_000_000 + draws.below(10_000_000)
        }
        if age >= 18, draws.chance(3500) { person.bloodGroup = bloodGroups.draw(&draws) }
        places(of: &person, map, commune, age, &draws)
    }

    private static let bloodGroups = WeightedList<BloodGroup>([(.o, 42), (.b, 31), (.a, 21), (.ab, 6)])

    private static func places(
        of person: inout InventedPerson, _ map: NationMap, _ commune: Int, _ age: Int, _ draws: inout Draws
    ) {
        person.registration = draws.chance(age < 18 ? 9600 : 8400) ? commune : map.anyCommune(&draws)
        person.origin = draws.chance(7800) ? person.registration : map.anyCommune(&draws)
        person.current = draws.chance(age < 18 ? 400 : age < 40 ? 1700 : 700) ? map.anyCommune(&draws) : commune
    }

    /// Số định danh có đầu số thử: the one number that a person of that place in the nation can have.
    ///
    /// The place is spread over all test prefixes and serials, so that no two people ever get the same.
    static func number(_ ordinal: Int, _ sex: Sex, born year: Int) -> PersonalIdentificationNumber? {
        let place = (ordinal &* 7_368_787 &+ 1_234_577) % numbers
        return .compose(
            province: prefixes[place % prefixes.count], sex: sex, birthYear: year, serial: place / prefixes.count)
    }

    /// How many people can have numbers: twelve prefixes with a million serials each.
    static let numbers = 12_000_000

    /// Prefixes that no province holds.
    package static let prefixes = ["003", "005", "007", "009", "013", "016", "018", "021", "023", "028", "029", "032"]
}
