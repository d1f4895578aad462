import Civil
import Ledger

/// Xác minh: which fields of a person stand on a source, and when the person was last seen through one.
///
/// It is part of the fold, so it follows from the acts alone. Nobody who was only collected has one.
package struct Verification: Codable, Hashable, Sendable {
    /// The verified groups, as the bits of `PersonFieldSet`.
    package var fields: Int64
    /// The day of the last verified event in the person's life.
    package var last: PartialDate?

    package init(fields: PersonFieldSet = [], last: PartialDate? = nil) {
        self.fields = Int64(fields.rawValue)
        self.last = last
    }

    package var fieldSet: PersonFieldSet { PersonFieldSet(rawValue: UInt32(truncatingIfNeeded: fields)) }
}

extension PersonState {
    /// Takes up what the act verifies of this person.
    ///
    /// `holds` is false when the act takes effect later and only what it says of the time before is wanted.
    mutating func verify(by act: RecordedAct, holds: Bool) {
        let fields = act.content.verifiedFields(of: person)
        let isEvent = act.content.isVerifiedEvent && holds
        guard !fields.isEmpty || isEvent else { return }
        var verification = verification ?? Verification()
        verification.fields |= Int64(fields.rawValue)
        if isEvent {
            // What is announced for a later day has been seen on the day on which it was recorded.
            let day = min(act.effectiveDay, act.recorded.dayInVietnam)
            if verification.last.map({ $0.earliest < day }) ?? true { verification.last = PartialDate(day) }
        }
        self.verification = verification
    }
}

extension ActContent {
    private static let family: PersonFieldSet = PersonFieldSet(fields: [
        .parentsSpouseRepresentative, .familyAndRepresentation,
    ])
    private static let membership: PersonFieldSet = PersonFieldSet(fields: [
        .headAndRelation, .relationToHead, .headAndMembers,
    ])

    /// The groups of facts of that person that the act states on the strength of a source.
    ///
    /// Civil-status events, residence and household decisions, changes, corrections and the giving of a number come
    /// from a document; a collected sheet states what somebody said at the door and verifies nothing.
    /// `docs/quality.md` has the same table for readers.
    package func verifiedFields(of person: Int64) -> PersonFieldSet {
        switch self {
        case .collected, .batchReceived, .sheetHeld, .sheetDecided, .stayNotified, .permanentResidenceDeleted,
            .householdMemberLeft, .mergedWith, .unmerged, .annulled, .setAside, .findingNoted, .relativeLinked,
            .eventConfirmed, .numberCancelled:
            []
        case .registeredAtBirth(let birth):
            PersonFieldSet(details: birth.details).union(
                birth.father == nil && birth.mother == nil ? [] : ActContent.family)
        case .numberAssigned, .numberReestablished: PersonFieldSet(.number)
        case .detailsChanged(let change): PersonFieldSet(details: change.details)
        case .detailsCorrected(let correction): PersonFieldSet(details: correction.details)
        case .permanentResidenceRegistered: PersonFieldSet(.permanentResidence)
        case .temporaryResidenceRegistered: PersonFieldSet(.temporaryResidence)
        case .moved: PersonFieldSet(.currentResidence)
        case .absenceDeclared: PersonFieldSet(.absenceDeclaration)
        case .householdFormed(let formation), .householdSplit(let formation):
            formation.members.contains { $0.person == person } ? ActContent.membership : []
        case .headOfHouseholdChanged(let change):
            change.members.contains { $0.person == person } ? ActContent.membership : []
        case .householdMemberJoined(let joining): joining.person == person ? ActContent.membership : []
        case .married, .divorced: ActContent.family.union(PersonFieldSet(.maritalStatus))
        case .parentRecognised, .adopted, .guardianshipEstablished: ActContent.family
        case .nationalityChanged: PersonFieldSet(.nationality)
        case .declaredMissing, .returned, .died: PersonFieldSet(.deathOrMissing)
        }
    }

    /// Whether the act shows that a source met the person on its day.
    ///
    /// Giving numbers by the thousand, and work on records, shows nothing of a life.
    package var isVerifiedEvent: Bool {
        switch self {
        case .collected, .batchReceived, .sheetHeld, .sheetDecided, .mergedWith, .unmerged, .annulled, .setAside,
            .findingNoted, .relativeLinked, .eventConfirmed, .numberAssigned, .numberCancelled, .numberReestablished:
            false
        case .registeredAtBirth, .detailsChanged, .detailsCorrected, .permanentResidenceRegistered,
            .permanentResidenceDeleted, .temporaryResidenceRegistered, .stayNotified, .absenceDeclared, .moved,
            .householdFormed, .householdSplit, .headOfHouseholdChanged, .householdMemberJoined, .householdMemberLeft,
            .married, .divorced, .parentRecognised, .adopted, .guardianshipEstablished, .nationalityChanged,
            .declaredMissing, .returned, .died:
            true
        }
    }
}

extension PersonFieldSet {
    /// The groups that the details state.
    package init(details: PersonDetails) {
        self = []
        for field in PersonDetails.Field.allCases where details.states(field) {
            insert(PersonFieldSet(field.personField))
        }
    }
}

extension PersonDetails.Field {
    /// The group of the law that the field belongs to.
    package var personField: PersonField {
        switch self {
        case .name: .birthName
        case .otherName: .otherName
        case .birth: .dateOfBirth
        case .sex: .sex
        case .birthRegistrationPlace: .placeOfBirthRegistration
        case .birthPlace: .placeOfBirth
        case .origin: .placeOfOrigin
        case .ethnicity: .ethnicity
        case .religion: .religion
        case .nationality: .nationality
        case .maritalStatus: .maritalStatus
        case .bloodGroup: .bloodGroup
        case .oldNumber: .oldIdentityNumber
        case .phone, .email: .phoneAndMail
        case .residenceFileNumber: .residenceFileNumber
        }
    }
}
