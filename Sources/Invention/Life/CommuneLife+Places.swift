import Civil

/// Moves, new households, numbers, corrections.
extension CommuneLife {
    mutating func move(_ index: Int, _ day: CalendarDate, _ lines: inout ActLines) {
        let target = draws.chance(3000) ? commune : nation.map.anyCommune(&draws)
        let house = ClerkSpelling.house(in: nation.map.communes[target], draws.next())
        let reference = people[index].reference
        lines.add("moved", on: day, persons: [reference], [("address", address(target, house: house, on: day))])
        people[index].person.current = target
        guard target != commune, draws.chance(4500) else { return }
        let registered = day.advanced(byDays: draws.number(1...28))
        lines.add(
            "temporary_residence_registered", on: registered, persons: [reference],
            [
                ("address", address(target, house: house, on: registered)),
                ("until", .text(registered.advanced(byDays: 730).description)),
            ])
    }

    /// Registers permanently elsewhere and lives alone there.
    mutating func settle(_ index: Int, _ day: CalendarDate, _ lines: inout ActLines) {
        guard people[index].spouse == nil, leave(index, day, &lines) else { return }
        let target = nation.map.anyCommune(&draws)
        let house = ClerkSpelling.house(in: nation.map.communes[target], draws.next())
        lines.add(
            "permanent_residence_registered", on: day, persons: [people[index].reference],
            [("address", address(target, house: house, on: day))])
        formAlone(index, target, day, &lines)
    }

    /// Tách hộ: a married son with wife and children leaves his parents' household.
    mutating func split(_ son: Int, _ day: CalendarDate, _ lines: inout ActLines) {
        guard let old = people[son].household, households[old].head != son, let wife = people[son].spouse,
            people[wife].isKnown, people[wife].household == old
        else { return }
        let children = households[old].members.filter { people[$0].father == son && $0 != wife }
        let house = ClerkSpelling.house(in: nation.map.communes[commune], draws.next())
        let reference = lines.add(
            "household_split", on: day,
            [
                ("split_from", .text(households[old].reference)),
                ("address", address(commune, house: house, on: day)), ("head", person(son)),
                (
                    "members",
                    .list([member(son, .head), member(wife, .wife)] + children.map { member($0, .birthChild) })
                ),
            ])
        let members = [son, wife] + children
        households[old].members.removeAll(where: members.contains)
        people[son].person.relation = .head
        people[wife].person.relation = .wife
        for child in children { people[child].person.relation = .birthChild }
        for member in members { people[member].household = households.count }
        households.append(LifeHousehold(reference: reference, members: members, head: son, house: house))
    }

    mutating func number(_ index: Int, _ day: CalendarDate, _ lines: inout ActLines) {
        let person = people[index].person
        guard !people[index].hasNumber, person.ordinal >= 0,
            let number = PersonFacts.number(person.ordinal, person.sex, born: person.birth.year)
        else { return }
        lines.add(
            "number_assigned", on: day, persons: [people[index].reference], [("number", .text(number.digits))])
        people[index].hasNumber = true
    }

    /// A detail that the sheet left open or wrote without marks is put right from the civil-status book.
    mutating func correct(_ index: Int, _ day: CalendarDate, _ lines: inout ActLines) {
        let one = people[index]
        var details: [(key: String, value: JSONText)] = []
        if !one.faults.isDisjoint(with: [.yearOnly, .noDay]) {
            details.append(("birth", .text(one.person.birth.description)))
        }
        if one.faults.contains(.noDiacritics) { details.append(("name", .text(one.person.name))) }
        if one.faults.contains(.missingSex) { details.append(("sex", .text(one.person.sex.rawValue))) }
        guard !details.isEmpty else { return }
        lines.add("details_corrected", on: day, persons: [one.reference], [("details", .object(details))])
        people[index].faults.subtract(CommuneLife.correctable)
    }
}
