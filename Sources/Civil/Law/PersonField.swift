/// Trường thông tin về công dân: the groups of facts the law has the population database keep of a person.
package enum PersonField: String, Hashable, Sendable, Codable, CaseIterable {
    case birthName = "birth_name"
    case otherName = "other_name"
    case number
    case dateOfBirth = "date_of_birth"
    case sex
    case placeOfBirth = "place_of_birth"
    case placeOfBirthRegistration = "place_of_birth_registration"
    case placeOfOrigin = "place_of_origin"
    case ethnicity
    case religion
    case nationality
    case bloodGroup = "blood_group"
    case oldIdentityNumber = "old_identity_number"
    case cardsIssued = "cards_issued"
    /// Father, mother, spouse or legal representative (law of 2014).
    case parentsSpouseRepresentative = "parents_spouse_representative"
    /// The same with children and persons represented (law of 2023).
    case familyAndRepresentation = "family_and_representation"
    case permanentResidence = "permanent_residence"
    case temporaryResidence = "temporary_residence"
    case currentResidence = "current_residence"
    case absenceDeclaration = "absence_declaration"
    case residenceFileNumber = "residence_file_number"
    case maritalStatus = "marital_status"
    /// Head of the household and the relation to them, one group in the law of 2014.
    case headAndRelation = "head_and_relation"
    case relationToHead = "relation_to_head"
    case headAndMembers = "head_and_members"
    case deathOrMissing = "death_or_missing"
    case phoneAndMail = "phone_and_mail"
    /// What the Government adds (law of 2023, item 26).
    case other

    /// The name of the group as the law words it, shortened, with its English.
    package var title: Sentence {
        switch self {
        case .birthName: Sentence("Họ, chữ đệm và tên khai sinh", "Name at birth")
        case .otherName: Sentence("Tên gọi khác", "Other name")
        case .number: Sentence("Số định danh cá nhân", "Personal identification number")
        case .dateOfBirth: Sentence("Ngày, tháng, năm sinh", "Date of birth")
        case .sex: Sentence("Giới tính", "Sex")
        case .placeOfBirth: Sentence("Nơi sinh", "Place of birth")
        case .placeOfBirthRegistration: Sentence("Nơi đăng ký khai sinh", "Place of birth registration")
        case .placeOfOrigin: Sentence("Quê quán", "Place of origin")
        case .ethnicity: Sentence("Dân tộc", "Ethnicity")
        case .religion: Sentence("Tôn giáo", "Religion")
        case .nationality: Sentence("Quốc tịch", "Nationality")
        case .bloodGroup: Sentence("Nhóm máu", "Blood group")
        case .oldIdentityNumber: Sentence("Số chứng minh nhân dân 09 số", "Identity number of nine digits")
        case .cardsIssued: Sentence("Thẻ và giấy tờ căn cước đã cấp", "Identity cards issued")
        case .parentsSpouseRepresentative:
            Sentence("Cha, mẹ, vợ, chồng hoặc người đại diện", "Parents, spouse or legal representative")
        case .familyAndRepresentation:
            Sentence(
                "Cha, mẹ, vợ, chồng, con, người đại diện, người được đại diện",
                "Parents, spouse, children, legal representative and persons represented")
        case .permanentResidence: Sentence("Nơi thường trú", "Permanent residence")
        case .temporaryResidence: Sentence("Nơi tạm trú", "Temporary residence")
        case .currentResidence: Sentence("Nơi ở hiện tại", "Current residence")
        case .absenceDeclaration: Sentence("Tình trạng khai báo tạm vắng", "Declared absence")
        case .residenceFileNumber: Sentence("Số hồ sơ cư trú", "Residence file number")
        case .maritalStatus: Sentence("Tình trạng hôn nhân", "Marital status")
        case .headAndRelation: Sentence("Chủ hộ và quan hệ với chủ hộ", "Head of household and relation to them")
        case .relationToHead: Sentence("Mối quan hệ với chủ hộ", "Relation to the head of household")
        case .headAndMembers: Sentence("Chủ hộ và các thành viên hộ gia đình", "Head and members of the household")
        case .deathOrMissing: Sentence("Ngày chết hoặc mất tích", "Date of death or of being missing")
        case .phoneAndMail: Sentence("Số thuê bao di động, địa chỉ thư điện tử", "Phone and e-mail")
        case .other: Sentence("Thông tin khác do Chính phủ quy định", "What else the Government lays down")
        }
    }

    /// Thông tin phải thu thập: the groups by date, in the order of the law.
    ///
    /// Luật 59/2014/QH13, Điều 9: fifteen groups from 2016-01-01; Luật 26/2023/QH15, Điều 9: 26 items from 2024-07-01.
    package static let collected = RuleBook<[PersonField]>(successive: [
        (
            from: CalendarDate(iso: "2016-01-01") ?? CalendarDate(daysSinceEpoch: 0),
            basis: LegalBasis("Luật 59/2014/QH13", "Điều 9"), certainty: .likely,
            value: [
                .birthName, .dateOfBirth, .sex, .placeOfBirthRegistration, .placeOfOrigin, .ethnicity, .religion,
                .nationality, .maritalStatus, .permanentResidence, .currentResidence, .bloodGroup,
                .parentsSpouseRepresentative, .headAndRelation, .deathOrMissing,
            ]
        ),
        (
            from: CalendarDate(iso: "2024-07-01") ?? CalendarDate(daysSinceEpoch: 0),
            basis: LegalBasis("Luật 26/2023/QH15", "Điều 9"), certainty: .sure,
            value: [
                .birthName, .otherName, .number, .dateOfBirth, .sex, .placeOfBirth, .placeOfBirthRegistration,
                .placeOfOrigin, .ethnicity, .religion, .nationality, .bloodGroup, .oldIdentityNumber, .cardsIssued,
                .familyAndRepresentation, .permanentResidence, .temporaryResidence, .currentResidence,
                .absenceDeclaration, .residenceFileNumber, .maritalStatus, .relationToHead, .headAndMembers,
                .deathOrMissing, .phoneAndMail, .other,
            ]
        ),
    ])
}
