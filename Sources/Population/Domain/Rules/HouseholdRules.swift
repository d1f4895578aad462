import Civil

/// Quy tắc về hộ gia đình (Luật 68/2020/QH14, Điều 10): nobody in two households, one head, who is a member.
enum HouseholdRules {
    static func check(_ content: ActContent, in context: RuleContext) throws(Refusal) {
        try ActRules.requireLiving(context, missingToo: true)
        switch content {
        case .householdFormed(let formation):
            try checkHead(formation)
            for member in formation.members { try requireFree(member.person, context) }
        case .householdSplit(let formation):
            try checkHead(formation)
            guard let from = formation.splitFrom, context.households[from] != nil else { throw .householdNotFound }
            for member in formation.members {
                guard context.persons[member.person]?.household?.household == from else { throw .notInHousehold }
            }
        case .headOfHouseholdChanged(let change):
            guard let household = context.households[change.household] else { throw .householdNotFound }
            guard household.members.contains(where: { $0.person == change.head }) else { throw .headNotMember }
        case .householdMemberJoined(let joining):
            guard context.households[joining.household] != nil else { throw .householdNotFound }
            try requireFree(joining.person, context)
        case .householdMemberLeft(let leaving):
            guard let household = context.households[leaving.household] else { throw .householdNotFound }
            guard household.members.contains(where: { $0.person == leaving.person }) else { throw .notInHousehold }
            if household.head == leaving.person, household.members.count > 1 { throw .headMustLeaveLast }
        default: break  // `ActRules.check` passes only these
        }
    }

    private static func checkHead(_ formation: HouseholdFormation) throws(Refusal) {
        let members = Set(formation.members.map(\.person))
        guard let head = formation.head, members.contains(head), members.count == formation.members.count else {
            throw .householdNeedsOneHead
        }
    }

    private static func requireFree(_ person: Int64, _ context: RuleContext) throws(Refusal) {
        guard let state = context.persons[person] else { throw .personNotFound }
        if state.household != nil { throw .alreadyInHousehold }
    }
}
