import Civil

/// Quy định: every dated rule with its article, and how well it is known, as of a day.
package struct RulesPage: ConsolePage {
    package static let template = "rules"
    package static let title = Sentence("Quy định theo thời gian", "Dated rules")

    struct Line: Equatable, Sendable {
        let says: String
        let holds: Bool
        let state: String
        let from: String?
        let to: String?
        let basis: String
        let certainty: String
        let sure: Bool
    }

    /// Rules about one matter, that of the day first.
    struct Matter: Equatable, Sendable {
        let id: String
        let title: String
        let lines: [Line]
        /// Nothing held on the day.
        let gap: Bool
    }

    package let frame: PageFrame
    let day: String
    let typed: String
    let problem: String?
    let matters: [Matter]

    package init(
        frame: PageFrame, rules: [ListedRule], on day: CalendarDate, typed: String? = nil, problem: Sentence? = nil
    ) {
        let language = frame.spoken
        self.frame = frame
        self.day = DayText.vietnamese(day)
        self.typed = typed ?? DayText.vietnamese(day)
        self.problem = problem.map(language.of)
        var order: [Sentence] = []
        var found: [Sentence: [ListedRule]] = [:]
        for rule in rules {
            if found[rule.matter] == nil { order.append(rule.matter) }
            found[rule.matter, default: []].append(rule)
        }
        matters = order.enumerated().map { index, matter in
            let rules = (found[matter] ?? []).enumerated().sorted {
                ($0.element.standing(on: day), $0.offset) < ($1.element.standing(on: day), $1.offset)
            }.map(\.element)
            return Matter(
                id: "matter-\(index + 1)", title: language.of(matter),
                lines: rules.map { RulesPage.line($0, day, language) },
                gap: !rules.contains { $0.standing(on: day) == .inForce })
        }
    }

    private static func line(_ rule: ListedRule, _ day: CalendarDate, _ language: PageLanguage) -> Line {
        let standing = rule.standing(on: day)
        let state =
            switch standing {
            case .inForce: Sentence("đang có hiệu lực", "in force")
            case .later: Sentence("chưa có hiệu lực", "not yet in force")
            case .ended: Sentence("đã hết hiệu lực", "ended")
            }
        let certainty = rule.certainty?.title ?? Sentence("theo tệp đã nạp", "as the loaded file says")
        return Line(
            says: language.of(rule.says), holds: standing == .inForce, state: language.of(state),
            from: rule.validFrom.map(DayText.vietnamese), to: rule.validTo.map(DayText.vietnamese), basis: rule.basis,
            certainty: language.of(certainty), sure: rule.certainty == .sure)
    }
}
