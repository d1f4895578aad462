import Civil

/// Người không có thật: a person who was invented, as they really are; what sheets say of them is written elsewhere.
package struct InventedPerson: Sendable {
    /// The person's place in the nation, from 0.
    package var ordinal = 0
    package var name: String
    package var sex: Sex
    package var birth: CalendarDate
    package var relation: RelationToHead
    package var ethnicity: EthnicGroup
    package var religion: String
    package var marital: MaritalStatus
    package var bloodGroup: BloodGroup?
    /// The number that the person has and the sheet states; with a test prefix.
    package var number: PersonalIdentificationNumber?
    /// Số CMND: nine digits, of a range that no province gave out.
    package var oldNumber: Int?
    package var phone: Int?
    /// Places in `NationMap.communes`: where the person lives now, was registered at birth, and comes from.
    package var current = 0
    package var registration = 0
    package var origin = 0
    package var father: InventedRelative?
    package var mother: InventedRelative?
    package var spouse: InventedRelative?

    init(name: String, sex: Sex, birth: CalendarDate, relation: RelationToHead, group: EthnicGroup, religion: String) {
        self.name = name
        self.sex = sex
        self.birth = birth
        self.relation = relation
        ethnicity = group
        self.religion = religion
        marital = .neverMarried
    }
}

/// Somebody whom a sheet names as father, mother or spouse: a member of the household, or a name alone.
package struct InventedRelative: Sendable {
    package var name: String
    /// The relative's place among the household's members.
    package var member: Int?
}

/// Hộ gia đình: people who live together; the first is the head.
package struct InventedHousehold: Sendable {
    package var members: [InventedPerson]
    /// The commune's place in `NationMap.communes`.
    package var commune: Int
}
