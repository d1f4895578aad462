import Civil

/// A person in the years after the collection.
struct LifePerson: Sendable {
    /// How lines name the person.
    var reference: String
    var person: InventedPerson
    /// Places among the people of the commune.
    var father: Int?
    var mother: Int?
    var spouse: Int?
    /// The household's place among those of the commune.
    var household: Int?
    /// Whether the register can know the person: the sheet is not held, nobody noted a death on it.
    var isKnown: Bool
    /// Whether somebody is named as spouse who is not among the people of the commune.
    var isMarriedElsewhere: Bool
    var hasNumber: Bool
    /// What the sheet said too little of, or with faults.
    var faults: Set<PlantedFault>

    func age(on day: CalendarDate) -> Int { CalendarDate.years(from: person.birth, to: day) }
}

/// A household in the years after the collection.
struct LifeHousehold: Sendable {
    var reference: String
    /// Places among the people of the commune.
    var members: [Int]
    var head: Int?
    /// The house as its people write it.
    var house: String
}
