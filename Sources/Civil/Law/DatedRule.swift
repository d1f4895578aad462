/// Quy định có hiệu lực theo thời gian: a value that holds from one day to another on a legal basis.
package struct DatedRule<Value: Sendable>: Sendable {
    /// Ngày có hiệu lực: the first day.
    package let validFrom: CalendarDate
    /// Ngày hết hiệu lực: the last day on which the rule still holds; nil while it is in force.
    package let validTo: CalendarDate?
    /// Where the rule stands.
    package let basis: LegalBasis
    /// How well we know the rule.
    package let certainty: Certainty
    /// What holds.
    package let value: Value

    /// A rule; its days are checked when it joins a `RuleBook`.
    package init(
        validFrom: CalendarDate, validTo: CalendarDate? = nil, basis: LegalBasis, certainty: Certainty, value: Value
    ) {
        self.validFrom = validFrom
        self.validTo = validTo
        self.basis = basis
        self.certainty = certainty
        self.value = value
    }

    /// True from the first day to the last, both included.
    package func holds(on date: CalendarDate) -> Bool {
        validFrom <= date && validTo.map { date <= $0 } ?? true
    }
}

extension DatedRule: Equatable where Value: Equatable {}
extension DatedRule: Hashable where Value: Hashable {}

/// Bộ quy định: rules about one matter, at most one of which holds on any day.
package struct RuleBook<Value: Sendable>: Sendable {
    /// In order of their first days.
    package let rules: [DatedRule<Value>]

    /// Takes the rules in any order; refuses a rule that ends before it begins and rules that overlap.
    package init(_ rules: [DatedRule<Value>]) throws(RuleBookRefusal) {
        let sorted = rules.sorted { $0.validFrom < $1.validFrom }
        for rule in sorted {
            if let end = rule.validTo, end < rule.validFrom { throw .endsBeforeItBegins(rule.basis) }
        }
        for (earlier, later) in zip(sorted, sorted.dropFirst()) {
            guard let end = earlier.validTo, end < later.validFrom else {
                throw .overlap(earlier.basis, later.basis)
            }
        }
        self.rules = sorted
    }

    /// A book in which each rule ends on the day before the next begins; of two that begin on one day the last stands.
    package init(successive steps: [(from: CalendarDate, basis: LegalBasis, certainty: Certainty, value: Value)]) {
        var rules: [DatedRule<Value>] = []
        for step in steps.sorted(by: { $0.from < $1.from }) {
            if let last = rules.popLast(), last.validFrom < step.from {
                rules.append(
                    DatedRule(
                        validFrom: last.validFrom, validTo: step.from.advanced(byDays: -1), basis: last.basis,
                        certainty: last.certainty, value: last.value))
            }
            rules.append(
                DatedRule(validFrom: step.from, basis: step.basis, certainty: step.certainty, value: step.value))
        }
        self.rules = rules
    }

    /// The rule that holds on the day; nil before the first, in a gap, and after the last.
    package func rule(on date: CalendarDate) -> DatedRule<Value>? {
        guard let rule = rules.last(where: { $0.validFrom <= date }), rule.holds(on: date) else { return nil }
        return rule
    }
}

extension RuleBook {
    /// The rule that holds on the day; of a day on which none does, the first rule that is known.
    package func ruleOrFirst(on date: CalendarDate) -> DatedRule<Value>? { rule(on: date) ?? rules.first }
}

/// Lý do không lập được bộ quy định: why rules do not make a book.
package enum RuleBookRefusal: ExplainedRefusal {
    case overlap(LegalBasis, LegalBasis)
    case endsBeforeItBegins(LegalBasis)

    package var code: String {
        switch self {
        case .overlap: "rules_overlap"
        case .endsBeforeItBegins: "rule_ends_before_it_begins"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .overlap(let first, let second):
            Sentence(
                "Hai quy định cùng có hiệu lực (\(first) và \(second)): sửa ngày hết hiệu lực của quy định trước.",
                "Two rules hold on the same day (\(first) and \(second)): correct the last day of the earlier one.")
        case .endsBeforeItBegins(let basis):
            Sentence(
                "Quy định theo \(basis) hết hiệu lực trước khi có hiệu lực: sửa lại ngày.",
                "The rule of \(basis) ends before it begins: correct its dates.")
        }
    }
}
