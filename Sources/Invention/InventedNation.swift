import Civil

/// What decides on an invented nation: the same plan is the same nation, letter by letter.
package struct NationPlan: Hashable, Sendable {
    package var people: Int
    package var seed: UInt64
    /// Ngày thu thập: the day for which the sheets are filled in.
    package var collected: CalendarDate

    /// Test prefixes leave numbers for so many people and for those who are born to them.
    package static let mostPeople = 10_000_000

    package init(people: Int, seed: UInt64, collected: CalendarDate) {
        self.people = people
        self.seed = seed
        self.collected = collected
    }
}

/// Một quốc gia không có thật: invented people in real communes, made anew out of the seed whenever they are asked for.
///
/// Nothing is kept: every household is a function of the seed, its commune and its place there, so that any part of the
/// nation can be made at any time and memory does not grow with the people.
package struct InventedNation: Sendable {
    /// Counts up whenever the same seed gives other people than before.
    package static let version = 1

    package let plan: NationPlan
    package let map: NationMap
    /// The communes that have people, in the order of their codes.
    package let shares: [CommuneShare]

    package init(plan: NationPlan, map: NationMap) {
        self.plan = plan
        self.map = map
        shares = map.shares(of: plan.people, seed: plan.seed)
    }

    /// The households of a commune, in the order in which they stand on its sheets.
    package func households(of share: CommuneShare) -> [InventedHousehold] {
        let code = UInt64(map.communes[share.commune].unit.code.code) ?? 0
        var households: [InventedHousehold] = []
        var people = 0
        while people < share.people {
            let draws = Draws(seed: plan.seed, 0x2, code, UInt64(households.count))
            var maker = HouseholdMaker(map: map, commune: share.commune, day: plan.collected, draws: draws)
            var household = maker.make(atMost: share.people - people)
            number(&household, from: share.first + people)
            people += household.members.count
            households.append(household)
        }
        return households
    }

    /// Gives the members their places in the nation, and numbers to somewhat less than half of them.
    private func number(_ household: inout InventedHousehold, from first: Int) {
        for index in household.members.indices {
            let ordinal = first + index
            household.members[index].ordinal = ordinal
            guard Draws.mixed(plan.seed &+ UInt64(ordinal) &* 0x9E37) % 1000 < 450 else { continue }
            let person = household.members[index]
            household.members[index].number = PersonFacts.number(ordinal, person.sex, born: person.birth.year)
        }
        for index in household.members.indices {
            drop(&household.members[index].father, beyond: household.members.count)
            drop(&household.members[index].mother, beyond: household.members.count)
            drop(&household.members[index].spouse, beyond: household.members.count)
        }
    }

    /// Relatives who found no room in the commune's share are names alone.
    private func drop(_ relative: inout InventedRelative?, beyond count: Int) {
        if let member = relative?.member, member >= count { relative?.member = nil }
    }
}
