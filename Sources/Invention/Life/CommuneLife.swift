import Civil

/// Một xã qua các năm: what happens to the people of one commune after the collection, year by year, as lines of
/// requests.
struct CommuneLife: Sendable {
    let nation: InventedNation
    let commune: Int
    var people: [LifePerson] = []
    var households: [LifeHousehold] = []
    var draws: Draws
    /// Places in the nation for those who are born, which no other commune gives out.
    var births: Range<Int>
    private var certificates = 0

    enum Event: Int, Sendable {
        case birth, marriage, divorce, split, settling, move, number, correction, phone, death
    }

    /// The people of a commune as their sheets were written into a batch, the first in row `first`.
    init(_ written: WrittenCommune, of nation: InventedNation, batch: String, births: Range<Int>) {
        self.nation = nation
        self.births = births
        let share = nation.shares[written.sheets.share]
        commune = share.commune
        let code = UInt64(nation.map.communes[share.commune].unit.code.code) ?? 0
        draws = Draws(seed: nation.plan.seed, 0x4, code)
        takeIn(written, batch)
    }

    private mutating func takeIn(_ written: WrittenCommune, _ batch: String) {
        var start = 0
        for (offset, sheet) in written.sheets.sheets.enumerated() {
            guard case .household = sheet.form else { continue }
            if households.count <= sheet.household {
                start = people.count
                let place = nation.map.communes[commune]
                households.append(
                    LifeHousehold(
                        reference: "", members: [], head: nil,
                        house: ClerkSpelling.house(in: place, sheet.house)))
            }
            let row = written.firstRow + offset
            let isKnown = !sheet.isHeld && !sheet.faults.contains(.dead)
            let person = sheet.person
            func place(_ relative: InventedRelative?) -> Int? { relative?.member.map { start + $0 } }
            let index = people.count
            people.append(
                LifePerson(
                    reference: "sheet:\(batch)/\(row)", person: person, father: place(person.father),
                    mother: place(person.mother), spouse: place(person.spouse), household: sheet.household,
                    isKnown: isKnown, isMarriedElsewhere: person.spouse != nil && person.spouse?.member == nil,
                    hasNumber: person.number != nil
                        && sheet.faults.isDisjoint(with: [.numberMalformed, .numberSexMismatch]),
                    faults: sheet.faults))
            guard isKnown else { continue }
            if households[sheet.household].reference.isEmpty {
                households[sheet.household].reference = "household:\(batch)/\(row)"
            }
            households[sheet.household].members.append(index)
            // The register takes the first who claims it.
            if households[sheet.household].head == nil, sheet.relationText == RelationToHead.head.vietnamese {
                households[sheet.household].head = index
            }
        }
    }

    /// Lives one year from a day on.
    mutating func live(year start: CalendarDate, into lines: inout ActLines) {
        let days = 365
        var events: [(day: Int, person: Int, event: Event)] = []
        for index in people.indices where people[index].isKnown {
            for event in happenings(of: index, from: start) {
                events.append((draws.below(days), index, event))
            }
        }
        events.sort { ($0.day, $0.person, $0.event.rawValue) < ($1.day, $1.person, $1.event.rawValue) }
        for (day, person, event) in events {
            // Whoever has died meanwhile, or does not fit any more, is left out.
            guard people[person].isKnown else { continue }
            happen(event, to: person, on: start.advanced(byDays: day), &lines)
        }
    }

    /// What is drawn for a person for a year.
    private mutating func happenings(of index: Int, from day: CalendarDate) -> [Event] {
        let one = people[index]
        let age = one.age(on: day)
        let sex = one.person.sex
        var events: [Event] = []
        func draw(_ rate: Int, _ event: Event, _ draws: inout Draws) {
            if rate > 0, draws.chance(rate) { events.append(event) }
        }
        draw(LifeRates.death(age, sex), .death, &draws)
        let isWife = sex == .female && one.spouse != nil
        if isWife { draw(LifeRates.birth(age), .birth, &draws) }
        if isWife { draw(LifeRates.divorce, .divorce, &draws) }
        if sex == .male, one.spouse == nil { draw(LifeRates.marriage(age), .marriage, &draws) }
        if sex == .male, one.spouse != nil, one.person.relation == .birthChild {
            draw(LifeRates.split, .split, &draws)
        }
        if one.spouse == nil { draw(LifeRates.settling(age), .settling, &draws) }
        draw(LifeRates.move(age), .move, &draws)
        if !one.hasNumber { draw(LifeRates.number, .number, &draws) }
        if !one.faults.isDisjoint(with: CommuneLife.correctable) { draw(LifeRates.correction, .correction, &draws) }
        if age >= 18 { draw(LifeRates.phone, .phone, &draws) }
        return events
    }

    static let correctable: Set<PlantedFault> = [.yearOnly, .noDay, .noDiacritics, .missingSex]

    private mutating func happen(_ event: Event, to index: Int, on day: CalendarDate, _ lines: inout ActLines) {
        switch event {
        case .birth: bear(index, day, &lines)
        case .marriage: marry(index, day, &lines)
        case .divorce: divorce(index, day, &lines)
        case .split: split(index, day, &lines)
        case .settling: settle(index, day, &lines)
        case .move: move(index, day, &lines)
        case .number: number(index, day, &lines)
        case .correction: correct(index, day, &lines)
        case .phone:
            let phone = "0" + String(950_000_000 + draws.below(10_000_000))
            lines.add(
                "details_changed", on: day, persons: [people[index].reference],
                [("details", .object([("phone", .text(phone))]))])
        case .death: die(index, day, &lines)
        }
    }

    // MARK: Texts

    mutating func certificate(_ day: CalendarDate) -> JSONText {
        certificates += 1
        return .text("\(certificates)/\(day.year)")
    }

    func address(_ commune: Int, house: String, on day: CalendarDate) -> JSONText {
        .text(house + nation.map.address(of: commune, on: day))
    }

    func person(_ index: Int) -> JSONText { .text(people[index].reference) }

    func member(_ index: Int, _ relation: RelationToHead?) -> JSONText {
        var members: [(key: String, value: JSONText)] = [("person", person(index))]
        if let relation { members.append(("relation", .text(relation.rawValue))) }
        return .object(members)
    }
}
