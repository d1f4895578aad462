import Civil

/// Thông tin về công dân: what is stated about a person, in its standard form; a field that nobody stated is absent.
///
/// The fields are those of Luật 59/2014/QH13, Điều 9 and Luật 26/2023/QH15, Điều 9 that are told of the person alone;
/// residence, household and family are facts of their own.
package struct PersonDetails: Codable, Hashable, Sendable {
    /// Họ, chữ đệm và tên khai sinh, standard capitals and single spaces.
    package var name: String?
    /// Tên gọi khác.
    package var otherName: String?
    package var birth: PartialDate?
    package var sex: Sex?
    package var birthRegistrationPlace: Address?
    package var birthPlace: Address?
    /// Quê quán.
    package var origin: Address?
    package var ethnicity: Coded?
    package var religion: Coded?
    /// Quốc tịch.
    package var nationality: Coded?
    package var maritalStatus: MaritalStatus?
    package var bloodGroup: BloodGroup?
    /// Số CMND 9 số.
    package var oldNumber: String?
    package var phone: String?
    package var email: String?
    /// Số hồ sơ cư trú, as the residence office wrote it; no form of it is published.
    package var residenceFileNumber: String?

    package init() {}

    /// The names of the fields, in the order of the law.
    package enum Field: String, CaseIterable, Hashable, Sendable, Codable {
        case name, otherName, birth, sex, birthRegistrationPlace, birthPlace, origin, ethnicity, religion, nationality
        case maritalStatus, bloodGroup, oldNumber, phone, email, residenceFileNumber
    }

    /// The fields that are stated.
    package var stated: Set<Field> {
        Set(Field.allCases.filter(states))
    }

    package func states(_ field: Field) -> Bool {
        switch field {
        case .name: name != nil
        case .otherName: otherName != nil
        case .birth: birth != nil
        case .sex: sex != nil
        case .birthRegistrationPlace: birthRegistrationPlace != nil
        case .birthPlace: birthPlace != nil
        case .origin: origin != nil
        case .ethnicity: ethnicity != nil
        case .religion: religion != nil
        case .nationality: nationality != nil
        case .maritalStatus: maritalStatus != nil
        case .bloodGroup: bloodGroup != nil
        case .oldNumber: oldNumber != nil
        case .phone: phone != nil
        case .email: email != nil
        case .residenceFileNumber: residenceFileNumber != nil
        }
    }

    /// Takes over every field that `newer` states, or only those among `fields`.
    package mutating func apply(_ newer: PersonDetails, only fields: Set<Field>? = nil) {
        for field in fields ?? newer.stated where newer.states(field) {
            copy(field, from: newer)
        }
    }

    private mutating func copy(_ field: Field, from other: PersonDetails) {
        switch field {
        case .name: name = other.name
        case .otherName: otherName = other.otherName
        case .birth: birth = other.birth
        case .sex: sex = other.sex
        case .birthRegistrationPlace: birthRegistrationPlace = other.birthRegistrationPlace
        case .birthPlace: birthPlace = other.birthPlace
        case .origin: origin = other.origin
        case .ethnicity: ethnicity = other.ethnicity
        case .religion: religion = other.religion
        case .nationality: nationality = other.nationality
        case .maritalStatus: maritalStatus = other.maritalStatus
        case .bloodGroup: bloodGroup = other.bloodGroup
        case .oldNumber: oldNumber = other.oldNumber
        case .phone: phone = other.phone
        case .email: email = other.email
        case .residenceFileNumber: residenceFileNumber = other.residenceFileNumber
        }
    }
}

/// Somebody who is named by another person's sheet or certificate: father, mother, spouse, guardian.
///
/// `person` is set when that somebody is known to be a person of this register.
package struct PersonReference: Codable, Hashable, Sendable {
    package var person: Int64?
    package var name: String?
    package var number: String?

    package init(person: Int64? = nil, name: String? = nil, number: String? = nil) {
        self.person = person
        self.name = name
        self.number = number
    }
}
