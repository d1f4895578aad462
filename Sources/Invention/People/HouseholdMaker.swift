import Civil

/// Dựng một hộ: invents the people of one household, out of the seed, the commune and the household's place in it.
struct HouseholdMaker {
    let map: NationMap
    let commune: Int
    let day: CalendarDate
    private var draws: Draws
    private var names: NameMaker
    private let group: EthnicGroup
    private let religion: String
    private var members: [InventedPerson] = []

    /// A household has at most so many people.
    static let largest = 10

    init(map: NationMap, commune: Int, day: CalendarDate, draws: Draws) {
        self.map = map
        self.commune = commune
        self.day = day
        self.draws = draws
        let place = map.communes[commune]
        group = EthnicGroup.draw(in: place, &self.draws)
        religion = group.belief(in: place.province.code.code, &self.draws)
        names = NameMaker(group: group, region: place.region)
    }

    /// The household; of its people those who are too many are left out, the last first.
    mutating func make(atMost room: Int) -> InventedHousehold {
        let (kind, ageGroup) = HouseholdKind.table.draw(&draws)
        return make(kind, ageGroup: ageGroup, atMost: room)
    }

    mutating func make(_ kind: HouseholdKind, ageGroup: Int, atMost room: Int) -> InventedHousehold {
        let age = 20 + ageGroup * 5 + draws.below(5)
        switch kind {
        case .single: single(age)
        case .couple: couple(age, children: false)
        case .family: couple(age, children: true)
        case .loneParent: loneParent(age)
        case .withParents: withParents(age)
        case .withMarriedSon: withMarriedSon(age)
        case .siblings: siblings(age)
        }
        return InventedHousehold(
            members: Array(members.prefix(min(room, HouseholdMaker.largest))), commune: commune)
    }

    // MARK: Kinds

    private mutating func single(_ age: Int) {
        let sex: Sex = draws.chance(age < 60 ? 4500 : 7700) ? .female : .male
        let head = add(sex, born: born(age), .head)
        let point = draws.below(100)
        members[head].marital =
            age < 30
            ? (point < 88 ? .neverMarried : .married)
            : age < 60
                ? (point < 35 ? .neverMarried : point < 65 ? .divorced : point < 75 ? .widowed : .married)
                : (point < 10 ? .neverMarried : point < 88 ? .widowed : .divorced)
        if members[head].marital == .married { nameSpouse(of: head) }
        nameParents(of: head)
    }

    @discardableResult
    private mutating func couple(_ age: Int, children: Bool) -> (head: Int, spouse: Int) {
        let sex: Sex = draws.chance(2200) ? .female : .male
        let head = add(sex, born: born(age), .head)
        let spouse = addSpouse(of: head, sex == .male ? .wife : .husband)
        nameParents(of: head)
        nameParents(of: spouse)
        if children { addChildren(of: head, spouse, relation: .birthChild, atLeast: 1) }
        return (head, spouse)
    }

    private mutating func loneParent(_ age: Int) {
        let head = add(draws.chance(7600) ? .female : .male, born: born(age), .head)
        members[head].marital = draws.chance(age < 45 ? 7000 : 3500) ? .divorced : .widowed
        nameParents(of: head)
        addChildren(of: head, nil, relation: .birthChild, atLeast: 1)
    }

    private mutating func withParents(_ age: Int) {
        let (head, _) = couple(age, children: true)
        let point = draws.below(100)
        let motherAge = age + draws.number(20...33)
        let fatherAge = motherAge + draws.number(0...7)
        let isMan = members[head].sex == .male
        let surname = isMan ? nil : names.surname(&draws)
        var father: Int?
        var mother: Int?
        if point >= 55, fatherAge < 97 {
            let family = familyName(of: head)
            father = add(.male, born: born(fatherAge), .birthFather, surname: family)
        }
        if point < 55 || point >= 70, motherAge < 99 {
            mother = add(.female, born: born(motherAge), .birthMother, surname: surname)
        }
        if let father { members[head].father = InventedRelative(name: members[father].name, member: father) }
        if let mother { members[head].mother = InventedRelative(name: members[mother].name, member: mother) }
        if let father, let mother {
            marry(father, mother)
        } else if let one = father ?? mother {
            members[one].marital = .widowed
        }
    }

    private mutating func withMarriedSon(_ age: Int) {
        let isWidow = draws.chance(age < 60 ? 1500 : age < 75 ? 3500 : 6500)
        let head: Int
        var spouse: Int?
        if isWidow {
            head = add(draws.chance(8000) ? .female : .male, born: born(age), .head)
            members[head].marital = .widowed
        } else {
            (head, spouse) = couple(age, children: false)
        }
        let isMan = members[head].sex == .male
        let motherBirth = isMan ? (spouse.map { members[$0].birth } ?? members[head].birth) : members[head].birth
        let wait = draws.number(21...29)
        let sonAge = max(20, min((isMan ? age - 2 : age) - wait, 60))
        let earliest = motherBirth.advanced(byDays: 18 * 365 + 200)
        let sonBirth = max(born(sonAge), earliest)
        let son = add(.male, born: sonBirth, .birthChild, surname: isMan ? familyName(of: head) : nil)
        parents(of: son, head, spouse)
        let wife = addSpouse(of: son, .daughterInLaw)
        nameParents(of: wife)
        addChildren(of: son, wife, relation: .childOfSon, atLeast: draws.chance(8500) ? 1 : 0)
    }

    private mutating func siblings(_ age: Int) {
        let head = add(draws.chance(5000) ? .female : .male, born: born(age), .head)
        nameParents(of: head, always: true)
        for _ in 0..<draws.number(1...2) {
            let younger = members[head].birth.advanced(byDays: draws.number(400...2400))
            guard CalendarDate.years(from: younger, to: day) >= 15 else { continue }
            let sibling = add(
                draws.chance(5000) ? .female : .male, born: younger, .youngerSibling, surname: familyName(of: head))
            members[sibling].father = members[head].father
            members[sibling].mother = members[head].mother
        }
    }

    // MARK: People

    /// Adds a member; gives their place.
    private mutating func add(
        _ sex: Sex, born birth: CalendarDate, _ relation: RelationToHead, surname: String? = nil
    ) -> Int {
        let made = names.name(sex, born: birth.year, surname: surname, &draws)
        var person = InventedPerson(
            name: made.name, sex: sex, birth: birth, relation: relation, group: group, religion: religion)
        PersonFacts.fill(&person, in: map, commune: commune, day: day, &draws)
        surnames.append(made.surname)
        members.append(person)
        return members.count - 1
    }

    /// The surname or clan that each member was given, for their children.
    private var surnames: [String] = []

    private func familyName(of member: Int) -> String { surnames[member] }

    private mutating func addSpouse(of member: Int, _ relation: RelationToHead) -> Int {
        let isMan = members[member].sex == .male
        // A wife is three years younger on average, and neither is much too young.
        let apart = draws.below(6) + draws.below(5) - 2
        let birth = members[member].birth.advanced(byDays: (isMan ? apart : -apart) * 365 + draws.number(-180...180))
        let youngest = day.advanced(byDays: -(isMan ? 18 : 20) * 366)
        let spouse = add(isMan ? .female : .male, born: min(birth, youngest), relation)
        if draws.chance(500) { members[spouse].ethnicity = group == .kinh ? members[spouse].ethnicity : .kinh }
        marry(member, spouse)
        return spouse
    }

    private mutating func marry(_ one: Int, _ other: Int) {
        members[one].spouse = InventedRelative(name: members[other].name, member: other)
        members[other].spouse = InventedRelative(name: members[one].name, member: one)
        members[one].marital = .married
        members[other].marital = .married
    }

    private mutating func parents(of child: Int, _ one: Int, _ other: Int?) {
        for parent in [one, other].compactMap({ $0 }) {
            let relative = InventedRelative(name: members[parent].name, member: parent)
            if members[parent].sex == .male {
                members[child].father = relative
            } else {
                members[child].mother = relative
            }
        }
    }

    /// The children who still live at home: from the mother's age at the first birth on, some years apart.
    private mutating func addChildren(of one: Int, _ other: Int?, relation: RelationToHead, atLeast least: Int) {
        let mother = members[one].sex == .female ? one : other ?? one
        let isMother = members[mother].sex == .female
        let start = members[mother].birth.advanced(
            byDays: (isMother ? 0 : 3 * 365) + draws.number(19...29) * 365 + draws.below(365))
        let father = members[one].sex == .male ? one : other
        let surname = father.map(familyName)
        let wanted = least + [0, 0, 1, 1, 1, 1, 1, 2, 2, 3][draws.below(10)]
        var birth = start
        var born = 0
        var last = CalendarDate.years(from: members[mother].birth, to: day) > 45 ? 6 : 5
        while born < max(wanted, 1), last > 0, birth <= day {
            last -= 1
            defer { birth = birth.advanced(byDays: draws.number(330...1900)) }
            let age = CalendarDate.years(from: birth, to: day)
            let sex: Sex = draws.chance(5230) ? .male : .female
            // Grown-up children move out, daughters sooner.
            let stays = age < 18 ? 9900 : age < 23 ? 6500 : age < 28 ? (sex == .male ? 4500 : 2500) : 1400
            guard draws.chance(stays) else { continue }
            let child = add(sex, born: birth, relation, surname: surname)
            parents(of: child, one, other)
            born += 1
        }
    }

    /// Names the parents of a member whose parents live elsewhere; not everybody's sheet does.
    private mutating func nameParents(of member: Int, always: Bool = false) {
        let person = members[member]
        if always || draws.chance(5500) {
            let father = names.name(.male, born: person.birth.year - 28, surname: familyName(of: member), &draws).name
            members[member].father = InventedRelative(name: father, member: nil)
        }
        if always || draws.chance(5500) {
            let mother = names.name(.female, born: person.birth.year - 25, surname: nil, &draws).name
            members[member].mother = InventedRelative(name: mother, member: nil)
        }
    }

    private mutating func nameSpouse(of member: Int) {
        let person = members[member]
        let other: Sex = person.sex == .male ? .female : .male
        let name = names.name(other, born: person.birth.year, surname: nil, &draws).name
        members[member].spouse = InventedRelative(name: name, member: nil)
    }

    /// A date of birth for an age in whole years on the day of collection.
    private mutating func born(_ age: Int) -> CalendarDate {
        day.advanced(byDays: -((age * 1461 + 3) / 4 + draws.below(365)))
    }
}
