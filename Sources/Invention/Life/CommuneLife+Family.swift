import Civil

/// Births, marriages, divorces, deaths.
extension CommuneLife {
    mutating func bear(_ mother: Int, _ day: CalendarDate, _ lines: inout ActLines) {
        guard let father = people[mother].spouse, people[father].isKnown, let household = people[mother].household,
            people[mother].age(on: day) >= 18, people[father].age(on: day) >= 18
        else { return }
        // Brothers and sisters are born months apart.
        let earlier = people.lazy.filter { $0.mother == mother }.map(\.person.birth).max()
        if let earlier, day < earlier.advanced(byDays: 330) { return }
        let child = newborn(mother, father, day)
        let person = child.person
        let home = address(commune, house: "", on: day)
        let reference = lines.add(
            "registered_at_birth", on: day,
            [
                (
                    "details",
                    .object([
                        ("name", .text(person.name)), ("birth", .text(day.description)),
                        ("sex", .text(person.sex.rawValue)), ("birth_registration_place", home),
                        ("birth_place", home), ("origin", address(person.origin, house: "", on: day)),
                        ("ethnicity", .text(person.ethnicity.rawValue)), ("nationality", .text("Việt Nam")),
                    ])
                ),
                ("father", named(father)), ("mother", named(mother)), ("certificate", certificate(day)),
            ])
        let index = people.count
        people.append(child)
        people[index].reference = reference
        join(index, household, relation(ofChildOf: father, mother), day, &lines)
        let registered = day.advanced(byDays: draws.number(5...50))
        lines.add(
            "permanent_residence_registered", on: registered, persons: [reference],
            [("address", address(commune, house: households[household].house, on: registered))])
        guard births.contains(person.ordinal) else { return }
        number(index, day, &lines)
    }

    private mutating func newborn(_ mother: Int, _ father: Int, _ day: CalendarDate) -> LifePerson {
        let sex: Sex = draws.chance(5270) ? .male : .female
        let parent = people[father].person
        var names = NameMaker(group: parent.ethnicity, region: nation.map.communes[commune].region)
        let surname = (try? PersonName(parsing: parent.name))?.surname
        let own = MinorityNames.surnames[parent.ethnicity] != nil || parent.ethnicity == .kinh ? surname : nil
        let name = names.name(sex, born: day.year, surname: own, &draws).name
        var person = InventedPerson(
            name: name, sex: sex, birth: day, relation: .birthChild, group: parent.ethnicity,
            religion: parent.religion)
        person.ordinal = births.lowerBound
        if !births.isEmpty { births.removeFirst() } else { person.ordinal = -1 }
        person.registration = commune
        person.origin = parent.origin
        person.current = commune
        return LifePerson(
            reference: "", person: person, father: father, mother: mother, spouse: nil, household: nil, isKnown: true,
            isMarriedElsewhere: false, hasNumber: false, faults: [])
    }

    private func relation(ofChildOf father: Int, _ mother: Int) -> RelationToHead? {
        let relations = [people[father].person.relation, people[mother].person.relation]
        if relations.contains(.head) { return .birthChild }
        return relations.contains(.birthChild) && people[father].person.relation == .birthChild ? .childOfSon : nil
    }

    func named(_ index: Int) -> JSONText {
        .object([("person", person(index)), ("name", .text(people[index].person.name))])
    }

    mutating func join(
        _ index: Int, _ household: Int, _ relation: RelationToHead?, _ day: CalendarDate, _ lines: inout ActLines
    ) {
        var content: [(key: String, value: JSONText)] = [
            ("household", .text(households[household].reference)), ("person", person(index)),
        ]
        if let relation { content.append(("relation", .text(relation.rawValue))) }
        lines.add("household_member_joined", on: day, content)
        people[index].household = household
        households[household].members.append(index)
        if let relation { people[index].person.relation = relation }
    }

    /// Leaves the household, unless the person is its head and others stay behind.
    mutating func leave(_ index: Int, _ day: CalendarDate, _ lines: inout ActLines) -> Bool {
        guard let household = people[index].household else { return true }
        guard households[household].head != index || households[household].members.count == 1 else { return false }
        lines.add(
            "household_member_left", on: day,
            [("household", .text(households[household].reference)), ("person", person(index))])
        households[household].members.removeAll { $0 == index }
        if households[household].head == index { households[household].head = nil }
        people[index].household = nil
        return true
    }

    mutating func marry(_ man: Int, _ day: CalendarDate, _ lines: inout ActLines) {
        guard isFree(man, from: 20, day), let woman = bride(for: man, day) else { return }
        lines.add(
            "married", on: day,
            [("spouses", .list([named(man), named(woman)])), ("certificate", certificate(day))])
        people[man].spouse = woman
        people[woman].spouse = man
        // Most wives join the husband's household.
        guard draws.chance(7000), let household = people[man].household, leave(woman, day, &lines) else { return }
        let relation: RelationToHead? =
            switch people[man].person.relation {
            case .head: .wife
            case .birthChild: .daughterInLaw
            default: nil
            }
        join(woman, household, relation, day, &lines)
    }

    private func isFree(_ index: Int, from age: Int, _ day: CalendarDate) -> Bool {
        let one = people[index]
        // A sheet with the year alone might make them a year younger than they are.
        return one.isKnown && one.spouse == nil && !one.isMarriedElsewhere && one.age(on: day) > age
    }

    /// A single woman of the commune of about that age, no relative.
    private mutating func bride(for man: Int, _ day: CalendarDate) -> Int? {
        let groom = people[man]
        let fitting = people.indices.filter { index in
            let woman = people[index]
            guard woman.person.sex == .female, woman.household != groom.household,
                isFree(index, from: 18, day), woman.age(on: day) <= 45
            else { return false }
            let apart = groom.person.birth.year - woman.person.birth.year
            let isRelative =
                woman.mother == man || groom.mother == index
                || woman.mother != nil && woman.mother == groom.mother
                || woman.father != nil && woman.father == groom.father
            return (-9...3).contains(apart) && !isRelative
        }
        return fitting.isEmpty ? nil : fitting[draws.below(fitting.count)]
    }

    mutating func divorce(_ wife: Int, _ day: CalendarDate, _ lines: inout ActLines) {
        guard let husband = people[wife].spouse, people[husband].isKnown else { return }
        lines.add("divorced", on: day, [("spouses", .list([named(husband), named(wife)]))])
        people[wife].spouse = nil
        people[husband].spouse = nil
        let household = people[wife].household
        guard household == people[husband].household else { return }
        let one = household.flatMap { households[$0].head } == wife ? husband : wife
        if leave(one, day, &lines) { formAlone(one, commune, day, &lines) }
    }

    /// A household of one person at a new address.
    mutating func formAlone(_ index: Int, _ commune: Int, _ day: CalendarDate, _ lines: inout ActLines) {
        let house = ClerkSpelling.house(in: nation.map.communes[commune], draws.next())
        let reference = lines.add(
            "household_formed", on: day,
            [
                ("address", address(commune, house: house, on: day)), ("head", person(index)),
                ("members", .list([member(index, .head)])),
            ])
        people[index].person.relation = .head
        people[index].household = households.count
        households.append(LifeHousehold(reference: reference, members: [index], head: index, house: house))
    }

    mutating func die(_ index: Int, _ day: CalendarDate, _ lines: inout ActLines) {
        passHeadship(from: index, day, &lines)
        lines.add("died", on: day, persons: [people[index].reference], [("certificate", certificate(day))])
        let later = day.advanced(byDays: draws.number(1...15))
        lines.add(
            "permanent_residence_deleted", on: later, persons: [people[index].reference],
            [("ground", .text("dead_or_missing"))])
        people[index].isKnown = false
        if let household = people[index].household { households[household].members.removeAll { $0 == index } }
        if let spouse = people[index].spouse {
            people[spouse].spouse = nil
            // The register still names the dead as spouse; who was widowed does not marry again here.
            people[spouse].isMarriedElsewhere = true
        }
    }

    private mutating func passHeadship(from index: Int, _ day: CalendarDate, _ lines: inout ActLines) {
        guard let household = people[index].household, households[household].head == index else { return }
        let others = households[household].members.filter { $0 != index }
        let spouse = people[index].spouse.flatMap { others.contains($0) ? $0 : nil }
        let eldest = others.filter { people[$0].age(on: day) >= 18 }.min {
            people[$0].person.birth < people[$1].person.birth
        }
        guard let head = spouse ?? eldest else { return }
        for other in others { people[other].person.relation = relation(of: other, to: head, wasSpouse: head == spouse) }
        lines.add(
            "head_of_household_changed", on: day,
            [
                ("household", .text(households[household].reference)), ("head", person(head)),
                ("members", .list(others.map { member($0, people[$0].person.relation) })),
            ])
        households[household].head = head
    }

    /// What a member is to a new head; the wording that fits everybody where it is not known better.
    private func relation(of other: Int, to head: Int, wasSpouse: Bool) -> RelationToHead {
        let one = people[other]
        let new = people[head]
        if other == head { return .head }
        if one.spouse == head { return one.person.sex == .male ? .husband : .wife }
        if one.father == head || one.mother == head { return .birthChild }
        if new.father == other { return .birthFather }
        if new.mother == other { return .birthMother }
        if new.mother != nil && one.mother == new.mother || new.father != nil && one.father == new.father {
            if one.person.birth > new.person.birth { return .youngerSibling }
            return one.person.sex == .male ? .olderBrother : .olderSister
        }
        if wasSpouse, [.daughterInLaw, .childOfSon, .sonInLaw].contains(one.person.relation) {
            return one.person.relation
        }
        return .lodgerStaying
    }
}
