extension PersonField {
    /// Thông tin bắt buộc: the groups that every living person has, so that an empty one is a gap.
    ///
    /// What only some people have (another name, an absence), what is taken down on request alone (blood group,
    /// phone) and what other registers keep (cards, residence files) is no gap when it is empty. Luật 59/2014/QH13,
    /// Điều 9 from 2016-01-01; Luật 26/2023/QH15, Điều 9 from 2024-07-01.
    package static let mandatory = RuleBook<[PersonField]>(
        successive: collected.rules.map { rule in
            (
                from: rule.validFrom, basis: rule.basis, certainty: Certainty.likely,
                value: rule.value.filter { !$0.isOccasional }
            )
        })

    /// The mandatory groups of the list in force on a day; those of the first list for days before it.
    package static func mandatory(on day: CalendarDate) -> DatedRule<[PersonField]>? {
        mandatory.ruleOrFirst(on: day)
    }

    /// Whether a person can lawfully be without it.
    private var isOccasional: Bool {
        switch self {
        case .otherName, .bloodGroup, .oldIdentityNumber, .cardsIssued, .temporaryResidence, .absenceDeclaration,
            .residenceFileNumber, .deathOrMissing, .phoneAndMail, .other:
            true
        case .birthName, .number, .dateOfBirth, .sex, .placeOfBirth, .placeOfBirthRegistration, .placeOfOrigin,
            .ethnicity, .religion, .nationality, .parentsSpouseRepresentative, .familyAndRepresentation,
            .permanentResidence, .currentResidence, .maritalStatus, .headAndRelation, .relationToHead,
            .headAndMembers:
            false
        }
    }
}

/// Tập các trường thông tin: groups of facts as one number, a bit for each group.
///
/// The bits are stored, so a group keeps its bit for ever and a new group gets the next one.
package struct PersonFieldSet: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// How many bits are in use.
    package static let width = 28

    package init(_ field: PersonField) {
        rawValue = 1 << PersonFieldSet.bit(of: field)
    }

    package init(fields: some Sequence<PersonField>) {
        self = fields.reduce(into: []) { $0.insert(PersonFieldSet($1)) }
    }

    package var count: Int { rawValue.nonzeroBitCount }

    package func contains(_ field: PersonField) -> Bool { !isDisjoint(with: PersonFieldSet(field)) }

    /// The groups, in the order of their bits.
    package var fields: [PersonField] { PersonField.allCases.filter(contains).sorted { bit($0) < bit($1) } }

    private func bit(_ field: PersonField) -> UInt32 { PersonFieldSet.bit(of: field) }

    /// The group's place among the bits.
    package static func bit(of field: PersonField) -> UInt32 {
        switch field {
        case .birthName: 0
        case .otherName: 1
        case .number: 2
        case .dateOfBirth: 3
        case .sex: 4
        case .placeOfBirth: 5
        case .placeOfBirthRegistration: 6
        case .placeOfOrigin: 7
        case .ethnicity: 8
        case .religion: 9
        case .nationality: 10
        case .bloodGroup: 11
        case .oldIdentityNumber: 12
        case .cardsIssued: 13
        case .parentsSpouseRepresentative: 14
        case .familyAndRepresentation: 15
        case .permanentResidence: 16
        case .temporaryResidence: 17
        case .currentResidence: 18
        case .absenceDeclaration: 19
        case .residenceFileNumber: 20
        case .maritalStatus: 21
        case .headAndRelation: 22
        case .relationToHead: 23
        case .headAndMembers: 24
        case .deathOrMissing: 25
        case .phoneAndMail: 26
        case .other: 27
        }
    }
}
