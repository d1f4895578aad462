import Civil

/// Số đo của một người: what one living person adds to the sums of quality; a handful of numbers, no fact about them.
package struct PersonMeasure: Hashable, Sendable {
    package var person: Int64
    /// Where the person counts: permanent residence, else temporary, else current; nil when no unit is known.
    package var unit: UnitCode?
    package var birthYear: Int?
    package var filled: PersonFieldSet
    /// Verified and filled.
    package var verified: PersonFieldSet
    /// Whether a finding or duplicate stands open.
    package var isViolating: Bool
    /// The day of the last verified event.
    package var lastVerified: CalendarDate?

    package init(
        person: Int64, unit: UnitCode?, birthYear: Int?, filled: PersonFieldSet, verified: PersonFieldSet,
        isViolating: Bool, lastVerified: CalendarDate?
    ) {
        self.person = person
        self.unit = unit
        self.birthYear = birthYear
        self.filled = filled
        self.verified = verified
        self.isViolating = isViolating
        self.lastVerified = lastVerified
    }

    /// The measure of a record; nil when it does not count: the dead, the missing, records merged or set aside.
    package init?(_ state: PersonState, findings: some Sequence<OpenFinding>) {
        guard state.countsInQuality else { return nil }
        let verification = state.verification
        let filled = state.filledFields
        self.init(
            person: state.person, unit: state.responsibleUnit, birthYear: state.details.birth?.year, filled: filled,
            verified: filled.intersection(verification?.fieldSet ?? []),
            isViolating: state.contradictions != nil || findings.contains { $0.isOpen(for: state) },
            lastVerified: verification?.last?.earliest)
    }
}

extension PersonState {
    /// Only the living count, once each.
    package var countsInQuality: Bool { life.status == .living && mergedInto == nil && setAside == nil }

    /// The unit whose office answers for the record, in the order of Nghị định 70/2024/NĐ-CP: permanent, temporary,
    /// current residence.
    package var responsibleUnit: UnitCode? {
        permanentResidence?.address.unit ?? temporaryResidence?.address.unit ?? currentResidence?.address.unit
    }

    /// The groups of facts that the record has a value for.
    package var filledFields: PersonFieldSet {
        var fields = PersonFieldSet(details: details)
        func add(_ group: PersonField, _ isFilled: Bool) {
            if isFilled { fields.insert(PersonFieldSet(group)) }
        }
        add(.number, number != nil)
        add(.permanentResidence, permanentResidence != nil)
        add(.temporaryResidence, temporaryResidence != nil)
        add(.currentResidence, currentResidence != nil)
        add(.absenceDeclaration, absence != nil)
        add(.headAndRelation, household?.relation != nil)
        add(.relationToHead, household?.relation != nil)
        add(.headAndMembers, household != nil)
        add(.deathOrMissing, life.status != .living)
        let hasFamily =
            father != nil || mother != nil || spouse != nil || guardian != nil || recognisedParents != nil
            || !adoptiveParents.isEmpty
        add(.parentsSpouseRepresentative, hasFamily)
        add(.familyAndRepresentation, hasFamily || !children.isEmpty || !wards.isEmpty)
        return fields
    }
}

/// Phát hiện còn mở: a finding on the sheet that a record began with, as far as it says something against the record.
package struct OpenFinding: Hashable, Sendable {
    package var code: FindingCode
    /// The column concerned, as the form names it; empty when the finding concerns none.
    package var field: String

    package init(code: FindingCode, field: String) {
        self.code = code
        self.field = field
    }

    /// Whether it stands against the record: findings that are merely noted do not, and what a source has verified
    /// since closes the finding on it.
    package func isOpen(for state: PersonState) -> Bool {
        guard code.weight != .noted else { return false }
        let verified = state.verification?.fieldSet ?? []
        switch code {
        case .duplicate:
            // Merged, or a source has told who the person is.
            let identity = PersonFieldSet(fields: [.birthName, .dateOfBirth, .sex])
            return state.mergedFrom.isEmpty && !verified.isSuperset(of: identity)
        case .possibleDuplicate:
            // The pair waits in the queue, where it is counted until somebody has decided.
            return false
        case .collectionDateMissing:
            // A fault of the sheet, which no act on the person can mend.
            return false
        default:
            let fields = PersonFieldSet(fields: concerned)
            return fields.isEmpty ? true : verified.isDisjoint(with: fields)
        }
    }

    /// The groups of facts that it doubts; verifying one of them closes it.
    package var concerned: [PersonField] {
        switch code {
        case .missingSex, .unknownSex: [.sex]
        case .numberMalformed, .numberSexMismatch, .numberYearMismatch, .numberOfAnother, .numberTestPrefix,
            .numberNotTestPrefix:
            [.number]
        case .oldNumberMalformed: [.oldIdentityNumber]
        case .phoneMalformed: [.phoneAndMail]
        case .householdHead, .householdMissing: [.headAndRelation, .relationToHead, .headAndMembers]
        case .dead, .deathMentioned: [.deathOrMissing]
        case .addressMissing, .addressAmbiguous, .addressUnresolved, .unknownCode: columnFields
        case .spouseOfTwo, .relativeNumberMismatch, .relativeUnreadable:
            [.parentsSpouseRepresentative, .familyAndRepresentation]
        case .parentNotOlder: [.dateOfBirth, .parentsSpouseRepresentative, .familyAndRepresentation]
        case .bornAfterCollection, .missingDateOfBirth, .impossibleDate, .futureDate, .unreadableDate, .yearOnly,
            .noDay, .veryOld:
            [.dateOfBirth]
        case .missingName, .unreadableName, .noDiacritics, .marksAsKeys: [.birthName]
        case .duplicate, .possibleDuplicate: [.birthName, .dateOfBirth, .sex]
        case .outsideOffice: [.permanentResidence]
        case .collectionDateMissing, .rowMalformed, .rowTooLong, .fieldTooLong, .encodingBroken, .householdTooLarge:
            columnFields
        }
    }

    private var columnFields: [PersonField] {
        switch SheetColumn(rawValue: field) {
        case .permanent: [.permanentResidence]
        case .current: [.currentResidence]
        case .birthRegistration: [.placeOfBirthRegistration]
        case .origin: [.placeOfOrigin]
        case .ethnicity: [.ethnicity]
        case .nationality: [.nationality]
        case .religion: [.religion]
        case .bloodGroup: [.bloodGroup]
        case .maritalStatus: [.maritalStatus]
        case .relation, .household: [.headAndRelation, .relationToHead, .headAndMembers]
        case .name: [.birthName]
        case .birth: [.dateOfBirth]
        case .sex: [.sex]
        case .oldNumber: [.oldIdentityNumber]
        case .number: [.number]
        case .phone: [.phoneAndMail]
        case .fatherName, .fatherNumber, .motherName, .motherNumber, .spouseName, .spouseNumber:
            [.parentsSpouseRepresentative, .familyAndRepresentation]
        case .row, .collected, .note, nil: []
        }
    }
}
