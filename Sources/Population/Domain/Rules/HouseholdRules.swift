import Civil

/// Quy tắc về hộ gia đình (Luật 68/2020/QH14, Điều 10): nobody in two households, one head, who is a member.
enum HouseholdRules {
    static func check(_ content: ActContent, in context: RuleContext) throws(Refusal) {
        switch content {
        case .householdFormed(let formation):
            try ActRules.requireLiving(context, missingToo: true)
            try checkHead(formation)
            for member in formation.members { try requireFree(member.person, context) }
        case .householdSplit(let formation):
            try ActRules.requireLiving(context, missingToo: true)
            try checkHead(formation)
            try checkSplit(formation, context)
        case .headOfHouseholdChanged(let change): try checkHeadChange(change, context)
        case .householdMemberJoined(let joining):
            try ActRules.requireLiving(context, missingToo: true)
            let household = try standing(joining.household, context)
            try requireFree(joining.person, context)
            let hasHead = household.head != nil || household.members.contains { $0.relation == .head }
            if joining.relation == .head, hasHead { throw .householdHasHead }
        case .householdMemberLeft(let leaving):
            // The dead too: who died stays a member until somebody records that they left.
            let household = try standing(leaving.household, context)
            guard household.members.contains(where: { $0.person == leaving.person }) else { throw .notInHousehold }
            if household.head == leaving.person, household.members.count > 1 { throw .headMustLeaveLast }
        default: break  // `ActRules.check` passes only these
        }
    }

    /// A household that is there and whose forming was not annulled.
    private static func standing(_ household: Int64, _ context: RuleContext) throws(Refusal) -> HouseholdState {
        guard let state = context.households[household], state.undone != true else { throw .householdNotFound }
        return state
    }

    /// The head is one of the members, nobody is named twice, and nobody else is called head.
    private static func checkHead(_ formation: HouseholdFormation) throws(Refusal) {
        guard let head = formation.head, isOnlyHead(head, of: formation.members),
            formation.members.contains(where: { $0.person == head && ($0.relation ?? .head) == .head })
        else { throw .householdNeedsOneHead }
    }

    private static func checkSplit(_ formation: HouseholdFormation, _ context: RuleContext) throws(Refusal) {
        guard let from = formation.splitFrom else { throw .householdNotFound }
        let old = try standing(from, context)
        for member in formation.members {
            guard context.persons[member.person]?.household?.household == from else { throw .notInHousehold }
        }
        let going = Set(formation.members.map(\.person))
        let someStay = old.members.contains { !going.contains($0.person) }
        if let head = old.head, going.contains(head), someStay { throw .headMustLeaveLast }
    }

    /// The new head must be named as head, or would keep the old relation; whoever else is named is a member.
    ///
    /// The old head need not be named: headship is passed on when somebody dies, too. The fold then takes their
    /// relation away. Members who are dead may be named, for they are still members.
    private static func checkHeadChange(_ change: HeadChange, _ context: RuleContext) throws(Refusal) {
        let household = try standing(change.household, context)
        let members = Set(household.members.map(\.person))
        guard members.contains(change.head) else { throw .headNotMember }
        guard change.members.allSatisfy({ members.contains($0.person) }) else { throw .notInHousehold }
        if context.persons[change.head]?.life.status == .dead { try context.forbid(.alreadyDead) }
        guard isOnlyHead(change.head, of: change.members),
            change.members.contains(where: { $0.person == change.head && $0.relation == .head })
        else { throw .householdNeedsOneHead }
    }

    private static func isOnlyHead(_ head: Int64, of members: [HouseholdMember]) -> Bool {
        Set(members.map(\.person)).count == members.count
            && members.allSatisfy { $0.relation != .head || $0.person == head }
    }

    private static func requireFree(_ person: Int64, _ context: RuleContext) throws(Refusal) {
        guard let state = context.persons[person] else { throw .personNotFound }
        if state.household != nil { throw .alreadyInHousehold }
    }
}
