/// Thủ tục: what a citizen's file asks for, with its legal basis and the time in which the law wants an answer.
package enum Procedure: String, CaseIterable, Hashable, Sendable {
    case permanentResidence = "permanent_residence"
    case temporaryResidence = "temporary_residence"
    case permanentResidenceDeleted = "permanent_residence_deleted"
    case temporaryResidenceDeleted = "temporary_residence_deleted"
    case householdSplit = "household_split"
    case residenceConfirmed = "residence_confirmed"
    case dataCollected = "data_collected"
    case dataCorrected = "data_corrected"
    case numberReestablished = "number_reestablished"
    case civilStatusEntered = "civil_status_entered"

    package var title: Sentence {
        switch self {
        case .permanentResidence: Sentence("Đăng ký thường trú", "Permanent residence")
        case .temporaryResidence: Sentence("Đăng ký tạm trú", "Temporary residence")
        case .permanentResidenceDeleted: Sentence("Xóa đăng ký thường trú", "Permanent residence deleted")
        case .temporaryResidenceDeleted: Sentence("Xóa đăng ký tạm trú", "Temporary residence deleted")
        case .householdSplit: Sentence("Tách hộ", "Splitting a household")
        case .residenceConfirmed: Sentence("Xác nhận thông tin về cư trú", "Confirmation of residence")
        case .dataCollected: Sentence("Thu thập thông tin dân cư", "Collecting a person's data")
        case .dataCorrected: Sentence("Điều chỉnh thông tin dân cư", "Correcting a person's data")
        case .numberReestablished:
            Sentence("Hủy, xác lập lại số định danh cá nhân", "Cancelling and re-establishing a number")
        case .civilStatusEntered: Sentence("Cập nhật sự kiện hộ tịch", "Entering a civil-status event")
        }
    }

    /// Thời hạn giải quyết: in working days; nil where no text that we know states one.
    package var clock: DatedRule<Int?> {
        switch self {
        case .permanentResidence: Procedure.residence("Điều 22", .sure, 7)
        case .temporaryResidence: Procedure.residence("Điều 27", .unverified, 3)
        case .permanentResidenceDeleted: Procedure.residence("Điều 24", .sure, 5)
        case .temporaryResidenceDeleted: Procedure.residence("Điều 29", .likely, 3)
        case .householdSplit: Procedure.residence("Điều 25", .unverified, 5)
        case .residenceConfirmed:
            Procedure.rule("2026-07-01", LegalBasis("Thông tư 116/2026/TT-BCA"), .likely, 3)
        case .dataCollected: Procedure.rule("2024-07-01", LegalBasis("Luật 26/2023/QH15", "Điều 9"), .sure, nil)
        case .dataCorrected:
            Procedure.rule("2026-03-15", LegalBasis("Nghị định 58/2026/NĐ-CP", "Điều 5, khoản 4"), .sure, 2)
        case .numberReestablished:
            Procedure.rule("2024-07-01", LegalBasis("Nghị định 70/2024/NĐ-CP", "Điều 11, khoản 7"), .sure, nil)
        case .civilStatusEntered:
            Procedure.rule("2016-01-01", LegalBasis("Luật 60/2014/QH13", "Điều 14"), .sure, nil)
        }
    }

    /// The clock of a file that is received on a day; nil before the rule.
    package func workingDays(on day: CalendarDate) -> Int? {
        clock.holds(on: day) ? clock.value : nil
    }

    /// A rule of the law on residence, in force since 1 July 2021.
    private static func residence(_ article: String, _ certainty: Certainty, _ days: Int?) -> DatedRule<Int?> {
        rule("2021-07-01", LegalBasis("Luật 68/2020/QH14", article), certainty, days)
    }

    private static func rule(
        _ from: String, _ basis: LegalBasis, _ certainty: Certainty, _ days: Int?
    ) -> DatedRule<Int?> {
        DatedRule(
            validFrom: CalendarDate(iso: from) ?? CalendarDate(daysSinceEpoch: 0), basis: basis, certainty: certainty,
            value: days)
    }
}
