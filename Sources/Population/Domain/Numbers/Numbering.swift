import Civil

/// Lý do chưa cấp số: why somebody gets no number in a run.
package enum NumberingObstacle: String, CaseIterable, Hashable, Sendable {
    case dead
    case missing
    case duplicate
    case merged
    case setAside = "set_aside"
    case nationality
    case noPermanentResidence = "no_permanent_residence"
    case communeSplit = "commune_split"
    case noBirthRegistration = "no_birth_registration"
    case noBirthYear = "no_birth_year"
    case noSex = "no_sex"
    case numberToVerify = "number_to_verify"
    case rowHeld = "row_held"

    package var sentence: Sentence {
        switch self {
        case .dead: Sentence("Đã chết; không cấp số.", "Dead: no number is given.")
        case .missing: Sentence("Bị tuyên bố mất tích; xác minh trước.", "Declared missing: verify first.")
        case .duplicate:
            Sentence("Có trong nhiều phiếu; giải quyết trùng trước.", "On several sheets: settle the duplicate first.")
        case .merged: Sentence("Đã hợp nhất vào bản ghi khác.", "Merged into another record.")
        case .setAside: Sentence("Bản ghi đang chờ xem xét.", "The record is set aside: look at it first.")
        case .nationality:
            Sentence("Không có hoặc đã thôi quốc tịch Việt Nam.", "Not, or no longer, of Vietnamese nationality.")
        case .noPermanentResidence:
            Sentence("Chưa có nơi thường trú; bổ sung trước.", "No permanent residence: add it first.")
        case .communeSplit:
            Sentence(
                "Xã thường trú đã chia cho nhiều xã; ghi nơi thường trú theo xã mới trước.",
                "The commune of residence was split: record the residence in one of the new communes first.")
        case .noBirthRegistration:
            Sentence(
                "Chưa rõ nơi đăng ký khai sinh; bổ sung trước.",
                "The place of birth registration is not known: add it first.")
        case .noBirthYear: Sentence("Chưa rõ năm sinh; bổ sung trước.", "The year of birth is not known: add it first.")
        case .noSex: Sentence("Chưa rõ giới tính; bổ sung trước.", "The sex is not known: add it first.")
        case .numberToVerify:
            Sentence(
                "Phiếu ghi một số định danh chưa xác minh; xác minh trước.",
                "The sheet states a number that is not verified: verify it first.")
        case .rowHeld: Sentence("Phiếu đang chờ xem xét.", "The sheet is held: decide on it first.")
        }
    }
}

/// Cấp số định danh cá nhân: who may have a number, and how it is made (Nghị định 70/2024/NĐ-CP, Điều 11).
enum Numbering {
    /// What keeps the person from getting a number, with the findings that are open; nil when nothing does.
    static func obstacle(for state: PersonState, findings: Set<FindingCode>) -> NumberingObstacle? {
        if state.mergedInto != nil { return .merged }
        if state.setAside != nil { return .setAside }
        switch state.life.status {
        case .dead: return .dead
        case .missing: return .missing
        case .living: break
        }
        if findings.contains(.duplicate) { return .duplicate }
        if let nationality = state.details.nationality, nationality != Nationality.vietnam { return .nationality }
        // A child gets its number when the birth is registered, before it lives anywhere on record.
        if state.permanentResidence?.address.unit == nil, !state.isRegisteredAtBirth { return .noPermanentResidence }
        if state.details.birthRegistrationPlace?.unit == nil { return .noBirthRegistration }
        guard let year = state.details.birth?.year, (1900...2399).contains(year) else { return .noBirthYear }
        // A sex that was taken from the word of a relation is in a number for life: somebody looks first.
        if state.details.sex == nil || findings.contains(.missingSex) { return .noSex }
        let unverified: Set<FindingCode> = [
            .numberMalformed, .numberSexMismatch, .numberYearMismatch, .numberOfAnother, .numberTestPrefix,
            .numberNotTestPrefix,
        ]
        return findings.isDisjoint(with: unverified) ? nil : .numberToVerify
    }

    /// The first three digits: the province of birth registration, in the 63 codes of Thông tư 07/2016/TT-BCA.
    ///
    /// A demonstration register takes a prefix that no province holds instead, one for each province.
    static func prefix(province code: String, demonstration: Bool) -> String {
        guard demonstration else { return "0" + code }
        let prefixes = NumberPrefix.testPrefixes
        return prefixes[(Int(code) ?? 0) % prefixes.count]
    }

    /// A number with six random digits; `random` gives bytes of a cryptographic source.
    static func draw(
        prefix: String, sex: Sex, birthYear: Int, random: (Int) -> [UInt8]
    ) -> PersonalIdentificationNumber? {
        // 24 bits, thrown away beyond the last whole million, so that every number is equally likely.
        var serial = Int.max
        while serial >= 16_000_000 { serial = random(3).reduce(0) { $0 << 8 | Int($1) } }
        return PersonalIdentificationNumber.compose(
            province: prefix, sex: sex, birthYear: birthYear, serial: serial % 1_000_000)
    }
}

extension PersonState {
    /// Whether the record began with the registration of a birth.
    fileprivate var isRegisteredAtBirth: Bool {
        sheet == nil && verification?.fieldSet.contains(.placeOfBirthRegistration) ?? false
    }
}
