import Civil

/// Quy tắc hôn nhân và gia đình (Luật 52/2014/QH13).
enum FamilyRules {
    static func checkMarriage(
        _ couple: Couple, on date: PartialDate?, in context: RuleContext
    ) throws(Refusal) {
        let states = try spouses(couple, context)
        try ActRules.requireLiving(context)
        for state in states {
            if state.spouse != nil, !hasEnded(marriageOf: state, context) { try context.forbid(.alreadyMarried) }
            let day = date?.latest ?? context.today
            guard let sex = state.details.sex, let birth = state.details.birth,
                let age = MarriageAge.on(day)?.years(for: sex)
            else { continue }
            if CalendarDate.years(from: birth.earliest, to: day) < age { try context.forbid(.tooYoungToMarry) }
        }
        if states.count == 2, let sex = states[0].details.sex, sex == states[1].details.sex {
            try context.forbid(.sameSexMarriage)
        }
        if states.count == 2, areClose(states[0], states[1]) { try context.forbid(.closeRelatives) }
    }

    /// A marriage ends with a death too, which stands in the record of the dead alone; and a sheet may name whom
    /// somebody was married to (Luật 52/2014/QH13, Điều 65).
    private static func hasEnded(marriageOf state: PersonState, _ context: RuleContext) -> Bool {
        switch state.details.maritalStatus {
        case .divorced, .widowed, .divorcedOrWidowed: true
        case .neverMarried, .married, nil: context.bereaved.contains(state.person)
        }
    }

    static func checkDivorce(_ couple: Couple, in context: RuleContext) throws(Refusal) {
        let states = try spouses(couple, context)
        // A sheet may have named the spouse on one side only.
        let isKnown = states.contains { $0.spouse?.person != nil && couple.isOf($0.spouse) }
        for state in states {
            guard let spouse = state.spouse else {
                if !isKnown { try context.forbid(.notMarriedToEachOther) }
                continue
            }
            if !couple.isOf(spouse) { try context.forbid(.notMarriedToEachOther) }
        }
    }

    static func check(_ parenthood: Parenthood, in context: RuleContext) throws(Refusal) {
        try checkOlder(parenthood.parent, than: parenthood.child, context)
    }

    /// Luật 91/2015/QH13, Điều 49: whoever is a guardian has full capacity, which begins at 18 (Điều 20).
    static func check(
        _ guardianship: Guardianship, on date: PartialDate?, in context: RuleContext
    ) throws(Refusal) {
        if guardianship.guardian.person == guardianship.ward { throw .parentIsChild }
        try ActRules.requireLiving(context)
        guard let guardian = guardianship.guardian.person.flatMap({ context.persons[$0] }),
            let birth = guardian.details.birth
        else { return }
        let day = date?.latest ?? context.today
        if CalendarDate.years(from: birth.earliest, to: day) < 18 { try context.forbid(.guardianNotAdult) }
    }

    static func check(_ adoption: Adoption, in context: RuleContext) throws(Refusal) {
        let named = adoption.parents.compactMap(\.person)
        guard (1...2).contains(adoption.parents.count), Set(named).count == named.count else {
            throw .adoptionNeedsParents
        }
        for parent in adoption.parents {
            guard let id = parent.person else { continue }
            try checkOlder(id, than: adoption.child, context)
        }
    }

    private static func checkOlder(_ parent: Int64, than child: Int64, _ context: RuleContext) throws(Refusal) {
        if parent == child { throw .parentIsChild }
        guard let parentState = context.persons[parent], let childState = context.persons[child] else {
            throw .personNotFound
        }
        if let older = parentState.details.birth, let younger = childState.details.birth,
            older.latest >= younger.earliest
        {
            try context.forbid(.parentNotOlder)
        }
    }

    private static func spouses(_ couple: Couple, _ context: RuleContext) throws(Refusal) -> [PersonState] {
        let ids = couple.spouses.compactMap(\.person)
        guard couple.spouses.count == 2, Set(ids).count == ids.count, !ids.isEmpty else {
            throw .coupleNeedsTwoDifferentPersons
        }
        var states: [PersonState] = []
        for id in ids {
            guard let state = context.persons[id] else { throw .personNotFound }
            states.append(state)
        }
        return states
    }

    /// Parent and child, also by adoption, or children of one parent, as far as the register knows (Luật 52/2014/QH13,
    /// Điều 5, khoản 2, điểm d).
    private static func areClose(_ one: PersonState, _ other: PersonState) -> Bool {
        func isChild(_ child: PersonState, of parent: PersonState) -> Bool {
            child.bloodParents.contains(parent.person)
                || child.adoptiveParents.contains { $0.person == parent.person }
        }
        return isChild(one, of: other) || isChild(other, of: one)
            || !one.bloodParents.isDisjoint(with: other.bloodParents)
    }
}

extension PersonState {
    /// Father and mother of the certificate or sheet, and those who were recognised later.
    fileprivate var bloodParents: Set<Int64> {
        Set(([father, mother] + (recognisedParents ?? [])).compactMap { $0?.person })
    }
}

extension Couple {
    /// Whether the marriage to that spouse is the couple's; a spouse whom nobody knows may be anybody.
    func isOf(_ spouse: PersonReference?) -> Bool {
        guard let person = spouse?.person else { return true }
        return spouses.contains { $0.person == person } || (merged ?? []).contains(person)
    }
}
