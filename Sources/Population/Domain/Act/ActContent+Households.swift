extension ActContent {
    /// The households whose streams an officer's act goes into.
    var households: [Int64] {
        switch self {
        case .householdFormed(let formation), .householdSplit(let formation):
            [formation.household] + [formation.splitFrom].compactMap { $0 }
        case .headOfHouseholdChanged(let change): [change.household]
        case .householdMemberJoined(let joining): [joining.household]
        case .householdMemberLeft(let leaving): [leaving.household]
        default: []
        }
    }

    /// The household that begins with the act.
    var formedHousehold: Int64? {
        switch self {
        case .householdFormed(let formation), .householdSplit(let formation): formation.household
        default: nil
        }
    }

    /// Whether the act says something of that household; a first sheet does, too.
    func concerns(household: Int64) -> Bool {
        if case .collected(let sheet) = self { return sheet.household == household }
        return households.contains(household)
    }
}
