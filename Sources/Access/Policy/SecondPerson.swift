import Ledger

/// Người thứ hai: who approves what one person may not do alone.
package struct SecondPerson: Hashable, Sendable {
    package let requester: Requester
    /// Whether they work in the office above that of the first: the province of a commune, the ministry of a province.
    package let isOfOfficeAbove: Bool

    package init(_ requester: Requester, isOfOfficeAbove: Bool) {
        self.requester = requester
        self.isOfOfficeAbove = isOfOfficeAbove
    }
}

/// Where a second pair of eyes is looked for.
package enum SecondOffice: Hashable, Sendable {
    case own
    /// Cấp trên: where the office has nobody else.
    case above

    /// - Parameter officers: how many of the office could take part, deputies who stand in now counted as themselves.
    package init(officers: Int) { self = officers < 2 ? .above : .own }
}

extension ActKind {
    /// Quy tắc hai người: whether an act of this kind is recorded only when a second person approves.
    package var needsSecondPerson: Bool {
        switch self {
        case .numberCancelled, .numberReestablished, .mergedWith, .unmerged, .annulled, .setAside: true
        case .collected, .registeredAtBirth, .numberAssigned, .detailsChanged, .detailsCorrected,
            .permanentResidenceRegistered, .permanentResidenceDeleted, .temporaryResidenceRegistered, .stayNotified,
            .absenceDeclared, .moved, .householdFormed, .householdSplit, .headOfHouseholdChanged,
            .householdMemberJoined, .householdMemberLeft, .married, .divorced, .parentRecognised, .adopted,
            .guardianshipEstablished, .nationalityChanged, .declaredMissing, .returned, .died, .findingNoted,
            .relativeLinked, .eventConfirmed, .batchReceived, .sheetHeld, .sheetDecided, .retentionRuled,
            .registerChanged,
            .accessChanged,
            .cardChanged:
            false
        }
    }
}

extension AccessPolicy {
    /// Why `second` may not approve the act of `first`; nil when they may.
    ///
    /// It is another officer than the first, of the same office or of the one above, whose role approves and whose
    /// places the act concerns. A deputy acts under their own account and so counts as themselves.
    package static func refusal(
        of second: SecondPerson, for question: ActQuestion, by first: Requester
    ) -> AccessRefusal? {
        if let refusal = refusal(of: second, by: first.actor) { return refusal }
        let approver = second.requester
        let reach = question.reach(from: approver.jurisdiction)
        return approver.role.may(record: question.kind, reach) ? nil : .secondMayNotApprove
    }

    /// Why `second` may not approve what `first` wants to do; nil when they may.
    package static func refusal(
        of second: SecondPerson, for function: Function, by first: Requester
    ) -> AccessRefusal? {
        if let refusal = refusal(of: second, by: first.actor) { return refusal }
        // Whoever approves administration need not administrate themselves; approving is a function of its own.
        return Role.holders(of: .approve).contains(second.requester.role) ? nil : .secondMayNotApprove
    }

    /// Why `second` may approve nothing of what `first` asks, whatever it is; nil when they may.
    package static func refusal(of second: SecondPerson, by first: Actor) -> AccessRefusal? {
        let approver = second.requester
        guard approver.actor.account != first.account else { return .samePerson }
        guard Role.holders(of: .approve).contains(approver.role) else { return .secondMayNotApprove }
        guard approver.actor.office == first.office || second.isOfOfficeAbove else { return .secondMayNotApprove }
        return nil
    }
}
