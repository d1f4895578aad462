extension ActContent {
    /// The keys of all persons whom the content names, subjects of the act or not.
    package var namedPersons: Set<Int64> {
        switch self {
        case .collected(let sheet): named([sheet.father, sheet.mother, sheet.spouse], [sheet.person])
        case .sheetHeld(let sheet): named([sheet.father, sheet.mother, sheet.spouse], [])
        case .registeredAtBirth(let birth): named([birth.father, birth.mother], [birth.person])
        case .householdFormed(let formation), .householdSplit(let formation):
            named([], [formation.head].compactMap { $0 } + formation.members.map(\.person))
        case .headOfHouseholdChanged(let change): named([], [change.head] + change.members.map(\.person))
        case .sheetDecided(let decision): named([], [decision.person].compactMap { $0 })
        case .householdMemberJoined(let joining): [joining.person]
        case .householdMemberLeft(let leaving): [leaving.person]
        case .married(let couple), .divorced(let couple): named(couple.spouses, [])
        case .parentRecognised(let parenthood): [parenthood.child, parenthood.parent]
        case .adopted(let adoption): named(adoption.parents, [adoption.child])
        case .guardianshipEstablished(let guardianship): named([guardianship.guardian], [guardianship.ward])
        case .relativeLinked(let link): [link.relative]
        case .mergedWith(let merge), .unmerged(let merge): [merge.duplicate, merge.into]
        case .numberAssigned, .numberCancelled, .numberReestablished, .detailsChanged, .detailsCorrected,
            .permanentResidenceRegistered, .permanentResidenceDeleted, .temporaryResidenceRegistered, .stayNotified,
            .absenceDeclared, .moved, .nationalityChanged, .declaredMissing, .returned, .died, .annulled, .setAside,
            .findingNoted, .eventConfirmed, .batchReceived:
            []
        }
    }

    private func named(_ references: [PersonReference?], _ persons: [Int64]) -> Set<Int64> {
        Set(references.compactMap { $0?.person } + persons)
    }
}
