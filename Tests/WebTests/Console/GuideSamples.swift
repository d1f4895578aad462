import Civil

@testable import Web

/// The dated rules and the help.
extension ConsoleSamples {
    func guides(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(RulesPage.title), language, section: .rules)
        let rules = ListedRule.all(units: units)
        let early = CalendarDate(year: 1975, month: 4, day: 30) ?? ConsoleSamples.today
        return [
            ("rules", RulesPage(frame: frame, rules: rules, on: ConsoleSamples.today)),
            (
                "rules-early",
                RulesPage(
                    frame: frame, rules: rules, on: early, typed: "30/04/75\(evil)",
                    problem: WebRefusal.dayUnreadable.sentence)
            ),
            (
                "help",
                HelpPage(
                    frame: self.frame(language.of(HelpPage.title), language), sections: ConsoleSection.allCases)
            ),
        ]
    }
}
