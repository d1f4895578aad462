/// Thời hạn dữ liệu "sống": how young a person's last verified event must be for the record to count as alive.
///
/// No law sets a number; this is the register's own convention, dated like a rule so that a law can replace it. Two
/// years are twice the yearly review of residents in a commune: whoever was missed in one review is found in the
/// next.
package enum FreshnessRule {
    package static let days = RuleBook<Int>(successive: [
        (
            from: CalendarDate(iso: "2016-01-01") ?? CalendarDate(daysSinceEpoch: 0),
            basis: LegalBasis("Quy ước của cơ sở dữ liệu", "docs/quality.md"), certainty: Certainty.unverified,
            value: 730
        )
    ])

    /// The age in days that holds on a day; that of the first rule for days before it.
    package static func days(on day: CalendarDate) -> Int {
        days.ruleOrFirst(on: day)?.value ?? 730
    }
}
