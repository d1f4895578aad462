import Access
import Civil

extension ActContent {
    /// The content with what those groups show; nil where nothing of it may be shown.
    package func showing(_ groups: FieldGroups) -> ActContent? {
        if groups == .all { return self }
        switch self {
        case .collected(let sheet): return .collected(sheet.showing(groups))
        case .registeredAtBirth(let birth):
            var shown = birth
            shown.details = birth.details.showing(groups)
            if !groups.contains(.family) {
                shown.father = nil
                shown.mother = nil
            }
            return .registeredAtBirth(shown)
        case .detailsChanged(let change): return .detailsChanged(.init(details: change.details.showing(groups)))
        case .detailsCorrected(let correction):
            return .detailsCorrected(
                .init(
                    details: correction.details.showing(groups), corrects: correction.corrects,
                    document: correction.document))
        case .numberAssigned, .numberCancelled, .numberReestablished: return groups.contains(.numbers) ? self : nil
        case .permanentResidenceRegistered, .permanentResidenceDeleted, .temporaryResidenceRegistered, .stayNotified,
            .absenceDeclared, .moved:
            return groups.contains(.residence) ? self : nil
        case .householdFormed, .householdSplit, .headOfHouseholdChanged, .householdMemberJoined, .householdMemberLeft:
            return groups.contains(.household) ? self : nil
        case .married, .divorced, .parentRecognised, .adopted, .guardianshipEstablished, .relativeLinked:
            return groups.contains(.family) ? self : nil
        case .nationalityChanged: return groups.contains(.identity) ? self : nil
        case .declaredMissing, .returned, .died: return groups.contains(.life) ? self : nil
        case .mergedWith(let merge): return groups.contains(.record) ? .mergedWith(merge.showing(groups)) : nil
        case .unmerged(let merge): return groups.contains(.record) ? .unmerged(merge.showing(groups)) : nil
        case .findingNoted(let finding):
            let told = FieldGroups(groups: [.record, Refusal(code: finding.rule)?.group ?? .record])
            return groups.isSuperset(of: told) ? self : nil
        case .annulled, .setAside, .batchReceived, .sheetDecided, .eventConfirmed:
            return groups.contains(.record) ? self : nil
        // The row of somebody who is nobody's record yet, whole or not at all.
        case .sheetHeld: return nil
        }
    }

    /// Where somebody lives from this act on, or lived by it.
    var residences: [UnitCode] {
        let addresses: [Address?] =
            switch self {
            case .collected(let sheet): [sheet.permanent, sheet.current]
            case .sheetHeld(let sheet): [sheet.permanent, sheet.current]
            case .permanentResidenceRegistered(let registration), .temporaryResidenceRegistered(let registration),
                .moved(let registration):
                [registration.address]
            case .householdFormed(let formation), .householdSplit(let formation): [formation.address]
            // A night's stay makes nobody a resident.
            case .stayNotified, .registeredAtBirth, .numberAssigned, .numberCancelled, .numberReestablished,
                .detailsChanged, .detailsCorrected, .permanentResidenceDeleted, .absenceDeclared,
                .headOfHouseholdChanged, .householdMemberJoined, .householdMemberLeft, .married, .divorced,
                .parentRecognised, .adopted, .guardianshipEstablished, .nationalityChanged, .declaredMissing,
                .returned, .died, .mergedWith, .unmerged, .annulled, .setAside, .findingNoted, .relativeLinked,
                .eventConfirmed, .batchReceived, .sheetDecided:
                []
            }
        return addresses.compactMap { $0?.unit }
    }

    /// Where somebody goes to by this act: the office of that place may record it.
    var destinations: [UnitCode] {
        if case .stayNotified(let registration) = self { return [registration.address.unit].compactMap { $0 } }
        return residences
    }
}

extension Merge {
    fileprivate func showing(_ groups: FieldGroups) -> Merge {
        Merge(duplicate: duplicate, into: into, number: groups.contains(.numbers) ? number : nil, rule: rule)
    }
}

extension Collected {
    /// The sheet with what those groups show; as it was written down it is shown whole or not at all.
    fileprivate func showing(_ groups: FieldGroups) -> Collected {
        var shown = self
        shown.details = details.showing(groups)
        shown.sheet.written = ""
        shown.sheet.bytes = nil
        if !groups.contains(.household) {
            shown.household = 0
            shown.relation = nil
        }
        if !groups.contains(.family) {
            shown.father = nil
            shown.mother = nil
            shown.spouse = nil
        }
        if !groups.contains(.residence) {
            shown.permanent = nil
            shown.current = nil
        }
        if !groups.contains(.numbers) { shown.statedNumber = nil }
        if !groups.contains(.life) {
            shown.dead = nil
            shown.died = nil
        }
        if !groups.contains(.record) { shown.sheet.findings = [] }
        return shown
    }
}
