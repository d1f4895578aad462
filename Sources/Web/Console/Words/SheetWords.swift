import Civil
import Population

extension SheetColumn {
    /// The column as the form names it.
    package var title: Sentence {
        switch self {
        case .row: Sentence("Số thứ tự", "Row number")
        case .household: Sentence("Mã hộ", "Household code")
        case .relation: Sentence("Quan hệ với chủ hộ", "Relation to the head")
        case .name: PersonDetails.Field.name.title
        case .birth: PersonDetails.Field.birth.title
        case .sex: PersonDetails.Field.sex.title
        case .bloodGroup: PersonDetails.Field.bloodGroup.title
        case .maritalStatus: PersonDetails.Field.maritalStatus.title
        case .birthRegistration: PersonDetails.Field.birthRegistrationPlace.title
        case .origin: PersonDetails.Field.origin.title
        case .ethnicity: PersonDetails.Field.ethnicity.title
        case .nationality: PersonDetails.Field.nationality.title
        case .religion: PersonDetails.Field.religion.title
        case .oldNumber: PersonDetails.Field.oldNumber.title
        case .number: Sentence("Số định danh cá nhân", "Personal number")
        case .permanent: Sentence("Nơi thường trú", "Permanent residence")
        case .current: Sentence("Nơi ở hiện tại", "Current residence")
        case .fatherName: Sentence("Họ tên cha", "Father's name")
        case .fatherNumber: Sentence("Số định danh của cha", "Father's number")
        case .motherName: Sentence("Họ tên mẹ", "Mother's name")
        case .motherNumber: Sentence("Số định danh của mẹ", "Mother's number")
        case .spouseName: Sentence("Họ tên vợ hoặc chồng", "Spouse's name")
        case .spouseNumber: Sentence("Số định danh của vợ hoặc chồng", "Spouse's number")
        case .phone: PersonDetails.Field.phone.title
        case .collected: Sentence("Ngày thu thập", "Day of collection")
        case .note: Sentence("Ghi chú", "Note")
        }
    }
}

extension SheetVerdict {
    package var title: Sentence {
        switch self {
        case .newPerson: Sentence("Đã tiếp nhận là người mới", "Accepted as a new person")
        case .samePerson: Sentence("Cùng một người với người đã có", "The same as somebody who is there")
        case .rejected: Sentence("Đã loại phiếu", "Rejected")
        }
    }
}

/// What a held row states, column by column, as it was read.
struct ReadSheet {
    let sheet: HeldSheet
    let words: ValueWords

    func value(_ column: SheetColumn) -> String? {
        switch column {
        case .household: sheet.householdCode
        case .relation: words.relation(sheet.relation)
        case .name: detail(.name)
        case .birth: detail(.birth)
        case .sex: detail(.sex)
        case .bloodGroup: detail(.bloodGroup)
        case .maritalStatus: detail(.maritalStatus)
        case .birthRegistration: detail(.birthRegistrationPlace)
        case .origin: detail(.origin)
        case .ethnicity: detail(.ethnicity)
        case .nationality: detail(.nationality)
        case .religion: detail(.religion)
        case .oldNumber: detail(.oldNumber)
        case .number: sheet.number
        case .permanent: words.address(sheet.permanent)
        case .current: words.address(sheet.current)
        case .fatherName: sheet.father?.name
        case .fatherNumber: sheet.father?.number
        case .motherName: sheet.mother?.name
        case .motherNumber: sheet.mother?.number
        case .spouseName: sheet.spouse?.name
        case .spouseNumber: sheet.spouse?.number
        case .phone: detail(.phone)
        case .row: String(sheet.sheet.row)
        case .collected, .note: nil
        }
    }

    private func detail(_ field: PersonDetails.Field) -> String? { words.detail(field, of: sheet.details) }
}

/// What the record of a person says where a sheet has the column; nil for columns that are not compared.
struct ComparedPerson {
    let state: PersonState
    let words: ValueWords

    /// The columns in which a sheet and a person are compared.
    static let columns: [SheetColumn] = [
        .name, .birth, .sex, .number, .oldNumber, .permanent, .current, .birthRegistration, .origin, .fatherName,
        .motherName, .spouseName,
    ]

    func value(_ column: SheetColumn) -> String? {
        switch column {
        case .name: words.detail(.name, of: state.details)
        case .birth: words.detail(.birth, of: state.details)
        case .sex: words.detail(.sex, of: state.details)
        case .number: state.number
        case .oldNumber: words.detail(.oldNumber, of: state.details)
        case .permanent: words.address(state.permanentResidence?.address)
        case .current: words.address(state.currentResidence?.address)
        case .birthRegistration: words.detail(.birthRegistrationPlace, of: state.details)
        case .origin: words.detail(.origin, of: state.details)
        case .fatherName: state.father?.name
        case .motherName: state.mother?.name
        case .spouseName: state.spouse?.name
        default: nil
        }
    }
}
