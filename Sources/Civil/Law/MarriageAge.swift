/// Tuổi kết hôn: the completed years of age from which a man and a woman may marry.
package struct MarriageAge: Hashable, Sendable {
    package let men: Int
    package let women: Int

    package func years(for sex: Sex) -> Int {
        switch sex {
        case .male: men
        case .female: women
        }
    }

    /// Luật 22/2000/QH10, Điều 9 said "from twenty" and "from eighteen", which Nghị định 70/2001/NĐ-CP, Điều 3 read as
    /// being in the twentieth and eighteenth year; since 2015 the years must be full.
    package static let rules = RuleBook<MarriageAge>(successive: [
        (
            from: CalendarDate(iso: "2001-01-01") ?? CalendarDate(daysSinceEpoch: 0),
            basis: LegalBasis("Luật 22/2000/QH10", "Điều 9"), certainty: .likely,
            value: MarriageAge(men: 19, women: 17)
        ),
        (
            from: CalendarDate(iso: "2015-01-01") ?? CalendarDate(daysSinceEpoch: 0),
            basis: LegalBasis("Luật 52/2014/QH13", "Điều 8"), certainty: .sure,
            value: MarriageAge(men: 20, women: 18)
        ),
    ])

    /// The ages for a marriage of that day; those of the first rule for days before it.
    package static func on(_ day: CalendarDate) -> MarriageAge? { rules.ruleOrFirst(on: day)?.value }
}
