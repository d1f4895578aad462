import Civil
import Ledger

/// Where an act lies, seen from an office.
package enum Reach: String, CaseIterable, Hashable, Sendable {
    /// Somebody concerned, or the new residence, lies in the office's places.
    case inside
    /// Everybody concerned lives elsewhere, and nobody comes.
    case outside
    /// Somebody who is not in the register yet, and of whom no place is known.
    case newPerson
}

/// Câu hỏi ghi sự việc: what the decision on an act needs to know.
package struct ActQuestion: Hashable, Sendable {
    package var kind: ActKind
    /// The places of everybody concerned, of their households, and where somebody moves to.
    package var places: [UnitCode]
    /// Whether the act brings somebody into the register.
    package var createsPerson: Bool

    package init(kind: ActKind, places: [UnitCode], createsPerson: Bool = false) {
        self.kind = kind
        self.places = places
        self.createsPerson = createsPerson
    }

    package func reach(from jurisdiction: Jurisdiction) -> Reach {
        if jurisdiction.reaches(places) { return .inside }
        return createsPerson && places.isEmpty ? .newPerson : .outside
    }
}

/// Whether an act may be recorded, as a value that carries its reason.
package enum ActDecision: Hashable, Sendable {
    /// The reach by which it is allowed, and whether a second person is needed.
    case allowed(Reach, needsSecondPerson: Bool)
    case refused(AccessRefusal)
}

extension AccessPolicy {
    /// Whether the role may record acts of that kind anywhere at all; asked before a request is read.
    package static func refusal(of kind: ActKind, to requester: Requester) -> AccessRefusal? {
        Reach.allCases.contains { requester.role.may(record: kind, $0) } ? nil : .roleMayNotRecord
    }

    /// Whether an act of that kind, recorded by `requester`, needs a second person.
    package static func needsSecondPerson(_ kind: ActKind, of requester: Requester) -> Bool {
        kind.needsSecondPerson && requester.role.isBoundToSecondPerson
    }

    /// Whether `requester` may record the act.
    package static func decide(_ requester: Requester, act question: ActQuestion) -> ActDecision {
        if let refusal = refusal(of: question.kind, to: requester) { return .refused(refusal) }
        let reach = question.reach(from: requester.jurisdiction)
        guard requester.role.may(record: question.kind, reach) else { return .refused(.outsideJurisdiction) }
        return .allowed(reach, needsSecondPerson: needsSecondPerson(question.kind, of: requester))
    }
}

extension Role {
    /// Whether the role may record acts of that kind there: the one table role × act × jurisdiction.
    ///
    /// A new kind of act does not compile until its row stands here.
    package func may(record kind: ActKind, _ reach: Reach) -> Bool {
        if self == .localOperator { return true }
        let row = ActRow.row(of: kind)
        return switch reach {
        case .inside: row.inside.contains(self)
        case .outside: row.outside.contains(self)
        case .newPerson: row.newPerson.contains(self)
        }
    }

    /// The two-person rule binds officers; who runs the program on the register's machine is bound by who may log in
    /// there.
    fileprivate var isBoundToSecondPerson: Bool { self != .localOperator }
}

/// Who may record acts of one kind, besides the local operator.
package struct ActRow: Hashable, Sendable {
    package var inside: Set<Role>
    package var outside: Set<Role> = []
    package var newPerson: Set<Role> = []

    package static func row(of kind: ActKind) -> ActRow {
        switch kind {
        case .collected:
            ActRow(inside: [.communeOfficer, .ministryOperator], newPerson: [.communeOfficer, .ministryOperator])
        case .batchReceived, .sheetHeld, .sheetDecided:
            ActRow(inside: [.communeOfficer, .ministryOperator])
        case .registeredAtBirth:
            ActRow(
                inside: [.communeOfficer, .civilStatusSystem], outside: [.civilStatusSystem],
                newPerson: [.communeOfficer, .civilStatusSystem])
        case .married, .divorced, .parentRecognised, .adopted, .guardianshipEstablished, .died, .declaredMissing,
            .returned:
            // The civil-status book is kept at any place; its system tells of everybody.
            ActRow(inside: [.communeOfficer, .civilStatusSystem], outside: [.civilStatusSystem])
        case .eventConfirmed:
            ActRow(inside: [.civilStatusSystem], outside: [.civilStatusSystem])
        case .nationalityChanged:
            ActRow(inside: [.ministryOperator, .civilStatusSystem], outside: [.civilStatusSystem])
        // Written by the register itself, and by the functions of access and of cards, alone.
        case .findingNoted, .relativeLinked, .retentionRuled, .registerChanged, .accessChanged, .cardChanged:
            ActRow(inside: [])
        case .numberAssigned:
            ActRow(inside: [.ministryOperator])
        case .numberCancelled, .numberReestablished, .mergedWith, .unmerged, .annulled, .setAside:
            ActRow(inside: [.approver, .ministryOperator])
        case .detailsChanged, .detailsCorrected:
            ActRow(inside: [.communeOfficer, .approver, .civilStatusSystem], outside: [.civilStatusSystem])
        case .permanentResidenceRegistered, .permanentResidenceDeleted, .temporaryResidenceRegistered, .stayNotified,
            .absenceDeclared, .moved, .householdFormed, .householdSplit, .headOfHouseholdChanged,
            .householdMemberJoined, .householdMemberLeft:
            ActRow(inside: [.communeOfficer])
        }
    }
}
