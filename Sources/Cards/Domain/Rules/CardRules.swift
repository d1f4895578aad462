import Chip
import Civil

/// Luật về thẻ: what the law in force on a day says of cards.
package struct CardLaw: Hashable, Sendable {
    /// Các mốc tuổi: until which birthdays a card holds.
    package let milestones: [Int]
    /// The age from which a card may be asked for.
    package let youngest: Int
    /// The age from which everybody must have one.
    package let mandatoryFrom: Int
    /// Thời hạn giải quyết: in working days; nil where the text that we know states none for every place.
    package let workingDays: Int?
}

/// Yêu cầu theo tuổi: what an applicant of an age has to bring and to give.
package struct CardNeeds: Hashable, Sendable {
    /// Người đại diện: files and signs for the applicant.
    package let representative: Bool
    /// Ảnh, vân tay, mống mắt: are taken.
    package let biometrics: Bool
    /// Có mặt: whether the applicant comes.
    package let presence: Bool
}

/// Quy định về thẻ căn cước: looked up by date, with legal basis and certainty.
package enum CardRules {
    private static let since2016 = CalendarDate(iso: "2016-01-01") ?? CalendarDate(daysSinceEpoch: 0)
    private static let since2024 = CalendarDate(iso: "2024-07-01") ?? CalendarDate(daysSinceEpoch: 0)

    /// Độ tuổi, thời hạn thẻ, thời hạn giải quyết: the laws of 2014 and of 2023.
    package static let laws = RuleBook<CardLaw>(successive: [
        (
            from: since2016, basis: LegalBasis("Luật 59/2014/QH13"), certainty: .sure,
            value: CardLaw(milestones: [25, 40, 60], youngest: 14, mandatoryFrom: 14, workingDays: nil)
        ),
        (
            from: since2024, basis: LegalBasis("Luật 26/2023/QH15", "Điều 19, 21 và 26"), certainty: .sure,
            value: CardLaw(milestones: CardExpiry.milestones, youngest: 0, mandatoryFrom: 14, workingDays: 7)
        ),
    ])

    /// Các trường hợp được cấp: which grounds there are; those of the old law were not compared with its text.
    package static let grounds = RuleBook<Set<CardGround>>(successive: [
        (
            from: since2016, basis: LegalBasis("Luật 59/2014/QH13"), certainty: .likely,
            value: [
                .first, .milestone, .nameOrBirth, .features, .cardError, .wish, .lost, .unusable, .nationalityRegained,
            ]
        ),
        (
            from: since2024, basis: LegalBasis("Luật 26/2023/QH15", "Điều 24"), certainty: .sure,
            value: Set(CardGround.allCases)
        ),
    ])

    /// The age in whole years on a day; of a partial date of birth the last possible day counts.
    package static func age(born birth: PartialDate, on day: CalendarDate) -> Int {
        CalendarDate.years(from: birth.latest, to: day)
    }

    /// What an applicant of that age needs: under six a representative files and nothing is taken; from six to thirteen
    /// the representative comes along; from fourteen on the applicant acts alone.
    package static func needs(age: Int) -> CardNeeds {
        if age < 6 { return CardNeeds(representative: true, biometrics: false, presence: false) }
        return CardNeeds(representative: age < 14, biometrics: true, presence: true)
    }

    /// Có giá trị đến: the last day of a card that is issued on a day; nil when it does not expire.
    ///
    /// A card of the two years before a milestone holds until the next one. Under the old law that rule is taken to be
    /// the same. Who was born on 29 February has the milestone on 28 February of other years: no text is known that
    /// settles it.
    package static func expiry(born birth: PartialDate, issued: CalendarDate) -> CalendarDate? {
        guard let law = (laws.rule(on: issued) ?? laws.rules.first)?.value else { return nil }
        return CardExpiry.day(born: birth, issued: issued, milestones: law.milestones)
    }

    /// Ngày hẹn trả: the last working day in which the law wants the card made; nil where no such time is known.
    package static func due(
        submitted day: CalendarDate, _ product: CardProduct = .card, _ ground: CardGround = .first
    ) -> CalendarDate? {
        guard let days = laws.rule(on: day)?.value.workingDays else { return nil }
        let isNewPaper = product == .certificate && ground.kind == .first
        return day.advanced(byWorkingDays: isNewPaper ? daysForCertificate : days)
    }

    /// A first certificate, as the list of procedures 5230 has it; another one takes as long as a card.
    private static let daysForCertificate = 15

    /// Đến tuổi đổi: whether a card that holds until a day can be exchanged for the next milestone; from two years
    /// before it on, because a card of those two years holds until the one after.
    package static func isDue(cardExpires: CalendarDate?, on day: CalendarDate) -> Bool {
        cardExpires.map { $0.year - day.year < 2 || $0 <= day.advanced(byDays: 731) } ?? false
    }

    /// The legal basis of a ground on a day.
    package static func basis(of ground: CardGround, on day: CalendarDate) -> LegalBasis? {
        guard let rule = grounds.rule(on: day), rule.value.contains(ground) else { return nil }
        return rule.basis
    }
}
