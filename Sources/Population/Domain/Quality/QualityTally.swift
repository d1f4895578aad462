import Civil

/// Cộng dồn: the sums of quality over some people; sums are added, shares are made at the end.
package struct QualityTally: Hashable, Sendable {
    package var persons = 0
    /// Filled mandatory fields.
    package var filled = 0
    /// Filled mandatory fields that are verified.
    package var verified = 0
    /// Persons with something open.
    package var violating = 0
    /// Persons whose last verified event is young enough.
    package var alive = 0
    /// Persons whom no source has ever verified.
    package var neverVerified = 0
    /// Persons who count here by the usual successor of a unit that was split.
    package var ambiguous = 0
    /// By age group; those whose year of birth is not known are under nil.
    package var ages: [AgeGroup?: Int] = [:]
    /// By the bit of each mandatory group of facts, how many persons have it filled, and verified.
    private var filledByBit = Array(repeating: 0, count: PersonFieldSet.width)
    private var verifiedByBit = Array(repeating: 0, count: PersonFieldSet.width)
    /// Persons by the age in days of their last verified event, oldest events last.
    package var eventDays: [Int: Int] = [:]
    /// The median of a day whose events are not there any more.
    package var recordedMedian: Int?

    package init() {}

    /// What the sums are made against: the list in force, the day, and the age at which an event is old.
    package struct Rule: Hashable, Sendable {
        package let day: CalendarDate
        package let mandatory: PersonFieldSet
        /// An event that many days ago or less is young.
        package let freshDays: Int

        package init(on day: CalendarDate) {
            self.day = day
            mandatory = PersonFieldSet(fields: PersonField.mandatory(on: day)?.value ?? [])
            freshDays = FreshnessRule.days(on: day)
        }

        package init(day: CalendarDate, mandatory: PersonFieldSet, freshDays: Int) {
            self.day = day
            self.mandatory = mandatory
            self.freshDays = freshDays
        }
    }

    /// Adds `count` persons whose numbers are the same.
    package mutating func add(_ measure: PersonMeasure, _ rule: Rule, count: Int = 1) {
        persons += count
        let filled = measure.filled.intersection(rule.mandatory)
        let verified = measure.verified.intersection(filled)
        self.filled += filled.count * count
        self.verified += verified.count * count
        QualityTally.count(filled, count, in: &filledByBit)
        QualityTally.count(verified, count, in: &verifiedByBit)
        if measure.isViolating { violating += count }
        if let last = measure.lastVerified {
            let days = max(0, rule.day.daysSinceEpoch - last.daysSinceEpoch)
            if days <= rule.freshDays { alive += count }
            eventDays[days, default: 0] += count
        } else {
            neverVerified += count
        }
        ages[measure.birthYear.map { AgeGroup(birthYear: $0, on: rule.day) }, default: 0] += count
    }

    private static func count(_ fields: PersonFieldSet, _ count: Int, in counts: inout [Int]) {
        var bits = fields.rawValue
        while bits != 0 {
            counts[bits.trailingZeroBitCount] += count
            bits &= bits - 1
        }
    }

    /// How many persons have the group of facts filled, and how many of them verified; of mandatory groups alone.
    package func counts(of field: PersonField) -> (filled: Int, verified: Int) {
        let bit = Int(PersonFieldSet.bit(of: field))
        return (filledByBit[bit], verifiedByBit[bit])
    }

    /// Adds the sums of other people.
    package mutating func add(_ other: QualityTally) {
        persons += other.persons
        filled += other.filled
        verified += other.verified
        violating += other.violating
        alive += other.alive
        neverVerified += other.neverVerified
        ambiguous += other.ambiguous
        ages.merge(other.ages, uniquingKeysWith: +)
        for bit in 0..<PersonFieldSet.width {
            filledByBit[bit] += other.filledByBit[bit]
            verifiedByBit[bit] += other.verifiedByBit[bit]
        }
        eventDays.merge(other.eventDays, uniquingKeysWith: +)
    }

    /// The median age in days of the last verified event, over the persons who have one; the lower of two in the
    /// middle.
    package var medianDays: Int? {
        if let recordedMedian { return recordedMedian }
        let known = eventDays.values.reduce(0, +)
        guard known > 0 else { return nil }
        var passed = 0
        for (days, count) in eventDays.sorted(by: { $0.key < $1.key }) {
            passed += count
            if passed * 2 >= known { return days }
        }
        return nil
    }

    /// The share of a measure; `expected` is the expected population, where a file gives one.
    package func share(of measure: QualityMeasure, _ mandatoryFields: Int, expected: Int?) -> Share {
        switch measure {
        case .correct: Share(verified, of: filled)
        case .complete: Share(filled, of: persons * mandatoryFields)
        case .clean: Share(persons - violating, of: persons)
        case .alive: Share(alive, of: persons)
        case .coverage: Share(persons, of: expected ?? 0)
        }
    }
}
