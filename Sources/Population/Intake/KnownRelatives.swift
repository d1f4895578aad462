import Civil
import Database

/// Looks up the persons of the register whom new sheets name by number as father, mother or spouse.
struct KnownRelatives {
    let connection: Connection

    /// Those among the numbers that somebody holds or held, by number.
    func find(_ numbers: Set<Int64>) throws -> [String: KnownRelative] {
        let holders = try NumberStore().holders(of: numbers.sorted(), on: connection)
        var known: [Int64: KnownRelative] = [:]
        for person in Set(holders.values).sorted() { known[person] = try relative(person) }
        var relatives: [String: KnownRelative] = [:]
        for (number, person) in holders {
            let text = String(number)
            relatives[String(repeating: "0", count: 12 - text.count) + text] = known[person]
        }
        return relatives
    }

    private func relative(_ person: Int64) throws -> KnownRelative? {
        guard let state = try PersonStore().person(person, on: connection)?.state else { return nil }
        var partners = try connection.rows(
            "SELECT person_id FROM relative WHERE relative_id = ? AND kind = 'spouse' ORDER BY person_id",
            [.integer(person)]
        ) { try $0.int64(0) }.compactMap(partner)
        if let spouse = state.spouse?.person, !partners.contains(where: { $0.person == spouse }),
            try partner(spouse) != nil
        {
            partners.append(KnownRelative.Partner(person: spouse, sheet: state.sheet))
        }
        return KnownRelative(
            holder: NumberHolder(of: state), birth: state.details.birth, isDead: state.life.status == .dead,
            partners: partners)
    }

    /// Somebody who names this person as spouse; the dead and merged ones, and those who are divorced, are left out.
    private func partner(_ person: Int64) throws -> KnownRelative.Partner? {
        guard let state = try PersonStore().person(person, on: connection)?.state, state.isMarried else { return nil }
        return KnownRelative.Partner(person: person, sheet: state.sheet)
    }
}

extension PersonState {
    /// Whether the person lives, on a record of their own, and no marriage of theirs is known to be over.
    var isMarried: Bool {
        life.status != .dead && mergedInto == nil && details.maritalStatus?.hasEnded != true
    }
}

extension MaritalStatus {
    /// Whether a marriage is over: whoever is named as spouse beside it is a former one.
    var hasEnded: Bool {
        switch self {
        case .divorced, .widowed, .divorcedOrWidowed: true
        case .married, .neverMarried: false
        }
    }
}
