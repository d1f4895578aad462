/// Số định danh cá nhân: twelve digits, one for life, never given to another person.
///
/// The digits were once composed of province, century and sex, year of birth and six random digits (Nghị định
/// 137/2015/NĐ-CP, Điều 13). There is no check digit. That structure is a *hint*: sex and date of birth may since have
/// been corrected, provinces merged. It is never a source of truth for sex, birth or province.
package struct PersonalIdentificationNumber: CanonicalText, Comparable, CustomStringConvertible {
    /// The number as an integer, 0 to 999,999,999,999.
    package let value: Int64

    /// The number with that value, or nil when it needs more than twelve digits.
    package init?(value: Int64) {
        guard (0...999_999_999_999).contains(value) else { return nil }
        self.value = value
    }

    /// Reads twelve digits; spaces, dots, hyphens and full-width digits are understood.
    package init(parsing text: some StringProtocol) throws(NumberRefusal) {
        guard let digits = WrittenDigits.read(text, atMost: 12) else { throw .malformed(digits: nil) }
        guard digits.count == 12 else { throw digits.isEmpty ? .missing : .malformed(digits: digits.count) }
        value = WrittenDigits.value(digits)
    }

    package init?(canonical: String) {
        guard canonical.utf8.count == 12, canonical.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        value = WrittenDigits.value(canonical.utf8.map { $0 - 48 })
    }

    /// The twelve digits.
    package var digits: String {
        let text = String(value)
        return String(repeating: "0", count: max(0, 12 - text.utf8.count)) + text
    }

    package var canonical: String { digits }

    /// Never the whole number, so that it cannot slip into a log: the last three digits behind stars.
    package var description: String { "*********" + String(digits.suffix(3)) }

    package static func < (left: Self, right: Self) -> Bool { left.value < right.value }

    /// The number composed of its parts, as Nghị định 137/2015/NĐ-CP, Điều 13 did; nil when a part is out of range.
    ///
    /// `province` is the three-digit prefix; `birthYear` 1900 to 2399; `serial` 0 to 999,999, drawn at random by the
    /// caller.
    package static func compose(province: String, sex: Sex, birthYear: Int, serial: Int) -> Self? {
        guard province.utf8.count == 3, province.utf8.allSatisfy({ (48...57).contains($0) }),
            let prefix = Int64(province), (1900...2399).contains(birthYear), (0...999_999).contains(serial)
        else { return nil }
        let century = Int64((birthYear - 1900) / 100 * 2 + (sex == .female ? 1 : 0))
        return Self(
            value: prefix * 1_000_000_000 + century * 100_000_000 + Int64(birthYear % 100) * 1_000_000 + Int64(serial))
    }

    /// What the digits say about the holder, as a hint only.
    package var hint: NumberHint {
        let century = Int(value / 100_000_000 % 10)
        let prefix = Int(value / 1_000_000_000)
        return NumberHint(
            prefix: String(digits.prefix(3)), province: NumberPrefix.provinces[prefix],
            sex: century % 2 == 0 ? .male : .female, century: 1900 + century / 2 * 100,
            twoDigitYear: Int(value / 1_000_000 % 100))
    }

    /// Số thử nghiệm: true when the prefix is held by no province and is below the range of countries (`003`, `005`,
    /// …), so that no living person can hold the number.
    package var isTest: Bool { NumberPrefix.isTest(Int(value / 1_000_000_000)) }

    /// Compares the hint with what is known of the holder.
    ///
    /// Findings mark a record; they never refuse it.
    package func plausibility(sex: Sex?, birth: PartialDate?) -> [NumberPlausibilityFinding] {
        let hint = hint
        var findings: [NumberPlausibilityFinding] = []
        if isTest {
            findings.append(.testPrefix(hint.prefix))
        } else if hint.province == nil {
            findings.append(.unknownPrefix(hint.prefix))
        }
        if let sex, sex != hint.sex { findings.append(.sexMismatch(stated: sex, hinted: hint.sex)) }
        if let birth, birth.year != hint.birthYear {
            findings.append(.yearMismatch(stated: birth.year, hinted: hint.birthYear))
        }
        return findings
    }
}

/// Gợi ý từ cấu trúc số: what a number's digits say about its holder; a hint, never a source of truth.
package struct NumberHint: Hashable, Sendable {
    /// The first three digits.
    package let prefix: String
    /// The province of birth registration in the 63-province set of 2016, where the prefix is one of theirs.
    package let province: String?
    /// The sex at the time the number was composed.
    package let sex: Sex
    /// The first year of the century: 1900, 2000, … 2300.
    package let century: Int
    /// The last two digits of the year of birth.
    package let twoDigitYear: Int

    /// The year of birth at the time the number was composed.
    package var birthYear: Int { century + twoDigitYear }
}

/// Dấu hiệu số không khớp: a place where a number's hint and what is known of its holder differ.
package enum NumberPlausibilityFinding: Hashable, Sendable {
    /// No province has the prefix; it may be that of a country (the table of countries is not public).
    case unknownPrefix(String)
    /// No province has the prefix and no country can.
    case testPrefix(String)
    case sexMismatch(stated: Sex, hinted: Sex)
    case yearMismatch(stated: Int, hinted: Int)

    /// Stable, snake_case.
    package var code: String {
        switch self {
        case .unknownPrefix: "number_unknown_prefix"
        case .testPrefix: "number_test_prefix"
        case .sexMismatch: "number_sex_mismatch"
        case .yearMismatch: "number_year_mismatch"
        }
    }

    /// What differs and what to do about it.
    package var sentence: Sentence {
        switch self {
        case .unknownPrefix(let prefix):
            Sentence(
                "Ba số đầu \(prefix) không phải mã tỉnh: nếu khai sinh ở trong nước thì đối chiếu lại số trên giấy tờ.",
                "The first three digits \(prefix) are no province: if the birth was registered here, check the number.")
        case .testPrefix(let prefix):
            Sentence(
                "Ba số đầu \(prefix) chỉ dùng cho số thử nghiệm: không dùng số này cho người thật.",
                "The first three digits \(prefix) are for test numbers only: do not use the number for a real person.")
        case .sexMismatch(let stated, let hinted):
            Sentence(
                "Giới tính ghi là \(stated.vietnamese) nhưng số gợi ý \(hinted.vietnamese): đối chiếu giấy tờ.",
                "The sex is stated as \(stated.english) but the number hints at \(hinted.english): check the papers.")
        case .yearMismatch(let stated, let hinted):
            Sentence(
                "Năm sinh ghi là \(stated) nhưng số định danh gợi ý \(hinted): đối chiếu giấy khai sinh.",
                "The birth year is stated as \(stated) but the number hints at \(hinted): check the birth certificate."
            )
        }
    }
}

/// Lý do không nhận số: why a written number was refused.
package enum NumberRefusal: ExplainedRefusal {
    case missing
    /// Not the right count of digits, or signs that are no digits (then nil).
    case malformed(digits: Int?)
    case oldMalformed(digits: Int?)

    package var code: String {
        switch self {
        case .missing: "missing_number"
        case .malformed: "number_malformed"
        case .oldMalformed: "old_number_malformed"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .missing:
            Sentence(
                "Chưa ghi số: ghi số theo giấy tờ, hoặc để trống nếu chưa được cấp.",
                "No number is written: write it as on the papers, or leave the field empty if none was given.")
        case .malformed(let digits?):
            Sentence(
                "Số định danh phải có 12 chữ số, ở đây có \(Self.count(digits)): đối chiếu giấy tờ rồi ghi lại.",
                "A personal number has 12 digits, here are \(Self.count(digits)): check the papers and write it again.")
        case .malformed(nil):
            Sentence(
                "Số định danh chỉ gồm 12 chữ số: bỏ các ký tự khác rồi ghi lại.",
                "A personal number is 12 digits and nothing else: remove the other signs and write it again.")
        case .oldMalformed(let digits?):
            Sentence(
                "Số CMND có 9 chữ số (hoặc 12), ở đây có \(Self.count(digits)): đối chiếu giấy tờ rồi ghi lại.",
                "An old identity number has 9 digits (or 12), here are \(Self.count(digits)): check and write it again."
            )
        case .oldMalformed(nil):
            Sentence(
                "Số CMND chỉ gồm 9 chữ số (hoặc 12): bỏ các ký tự khác rồi ghi lại.",
                "An old identity number is 9 digits (or 12) only: remove the other signs and write it again."
            )
        }
    }

    private static func count(_ digits: Int) -> String { digits > 12 ? "> 12" : String(digits) }
}
