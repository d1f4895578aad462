import Civil
import Population

/// Người được cấp thẻ: what the register says of an applicant, as far as the rules of cards ask.
package struct Applicant: Hashable, Sendable {
    package let person: Int64
    /// How many acts of the record were known when it was read.
    package let version: Int64
    package let number: PersonalIdentificationNumber?
    package let name: PersonName?
    package let birth: PartialDate?
    package let sex: Sex?
    package let life: PersonState.Life.Status
    package let isSetAside: Bool
    package let isMerged: Bool
    /// Nil when no nationality is stated.
    package let isVietnamese: Bool?
    package let hasResidence: Bool
    /// Which paper the law gives this person.
    package let product: CardProduct

    /// Không quốc tịch.
    private static let stateless = Coded(list: Nationality.list.id, code: "XXA")

    package init(_ state: PersonState) {
        person = state.person
        version = state.version
        number = state.number.flatMap { PersonalIdentificationNumber(canonical: $0) }
        name = state.details.name.flatMap { try? PersonName(parsing: $0) }
        birth = state.details.birth
        sex = state.details.sex
        life = state.life.status
        isSetAside = state.setAside != nil
        isMerged = state.mergedInto != nil
        product = state.details.nationality == Applicant.stateless ? .certificate : .card
        isVietnamese = state.details.nationality.map { $0 == Nationality.vietnam }
        hasResidence = (state.permanentResidence ?? state.currentResidence ?? state.temporaryResidence) != nil
    }

    /// Why nobody can apply for a card with this record as it stands; nil when one can.
    ///
    /// What is missing or wrong is collected or corrected through the register's own acts first.
    package var obstacle: ApplicationRefusal? {
        if isMerged { return .recordMerged }
        if isSetAside { return .recordSetAside }
        switch life {
        case .dead: return .personDead
        case .missing: return .personMissing
        case .living: break
        }
        if isVietnamese == false, product == .card { return .notVietnamese }
        // Whose nationality nobody has stated must not get a card that says Vietnamese.
        if isVietnamese == nil { return .recordIncomplete(.nationality) }
        if number == nil { return .recordIncomplete(.number) }
        if name == nil { return .recordIncomplete(.name) }
        if birth == nil { return .recordIncomplete(.birth) }
        if sex == nil { return .recordIncomplete(.sex) }
        return hasResidence ? nil : .recordIncomplete(.residence)
    }
}

/// Thông tin bắt buộc in trên thẻ: what a card cannot be made without.
package enum CardField: String, Codable, CaseIterable, Hashable, Sendable {
    case number
    case name
    case birth
    case sex
    case residence
    case nationality

    package var title: Sentence {
        switch self {
        case .number: Sentence("số định danh", "personal number")
        case .name: Sentence("họ tên", "name")
        case .birth: Sentence("ngày sinh", "date of birth")
        case .sex: Sentence("giới tính", "sex")
        case .residence: Sentence("nơi cư trú", "residence")
        case .nationality: Sentence("quốc tịch", "nationality")
        }
    }
}
