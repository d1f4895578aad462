import Civil

/// Việc cần làm với một người: what to collect, correct and verify of one record, and what that gains.
package struct WorkItem: Hashable, Sendable {
    package var handle: String
    package var name: String?
    package var birth: PartialDate?
    /// Mandatory fields that are empty.
    package var collect: [PersonField]
    /// Findings that stand open.
    package var correct: [OpenFinding]
    /// Rules of life that what a verified source says breaks.
    package var contradictions: [Refusal]
    /// Mandatory fields that are filled and that no source has verified.
    package var verify: [PersonField]
    /// The day of the last verified event.
    package var lastVerified: CalendarDate?
    package var gain: Gain

    /// Phần tăng thêm: how much the four measures of the unit grow together when all is done, in millionths of one
    /// person.
    ///
    /// Each measure counts the person as one: an empty field adds its part to đủ, an unverified one to đúng, an open
    /// finding the whole person to sạch, an old or missing event the whole person to sống. So the gain lies between 0
    /// and 4.
    package struct Gain: Hashable, Sendable, Comparable {
        package var perMillion: Int

        package init(_ measure: PersonMeasure, _ rule: QualityTally.Rule) {
            let mandatory = max(1, rule.mandatory.count)
            let missing = rule.mandatory.subtracting(measure.filled).count
            let unverified = rule.mandatory.subtracting(measure.verified).count
            var gain = (missing + unverified) * 1_000_000 / mandatory
            if measure.isViolating { gain += 1_000_000 }
            let days = measure.lastVerified.map { rule.day.daysSinceEpoch - $0.daysSinceEpoch }
            if days.map({ $0 > rule.freshDays }) ?? true { gain += 1_000_000 }
            perMillion = gain
        }

        package static func < (left: Gain, right: Gain) -> Bool { left.perMillion < right.perMillion }
    }

    /// Nil when nothing is to be gained: the record does not count, or is correct, complete, clean and alive.
    package init?(
        _ state: PersonState, handle: String, findings: [OpenFinding], rule: QualityTally.Rule
    ) {
        guard let measure = PersonMeasure(state, findings: findings) else { return nil }
        let gain = Gain(measure, rule)
        guard gain.perMillion > 0 else { return nil }
        self.handle = handle
        name = state.details.name
        birth = state.details.birth
        collect = rule.mandatory.subtracting(measure.filled).fields
        correct = findings.filter { $0.isOpen(for: state) }
        contradictions = state.contradictedRules
        verify = rule.mandatory.intersection(measure.filled).subtracting(measure.verified).fields
        lastVerified = measure.lastVerified
        self.gain = gain
    }
}
