import Civil

/// Một dòng để kiểm tra: an answer as it will be recorded, with what stood before it and where it came from.
package struct SummaryRow: Equatable, Sendable {
    let label: String
    let value: String
    /// What the register says now, when the answer is another.
    let before: String?
    let fromRegister: Bool
    /// The input to go back to.
    let href: String

    package init(label: String, value: String, before: String? = nil, fromRegister: Bool = false, href: String = "") {
        self.label = label
        self.value = value
        self.before = before
        self.fromRegister = fromRegister
        self.href = href
    }
}

extension FormReader {
    /// The answer as a line of text.
    func shown(_ answer: FormAnswer) -> String {
        switch answer {
        case .text(let text): text.utf8.count == 12 ? words.number(text) ?? text : text
        case .date(let date): words.date(date) ?? date.canonical
        case .address(let line): line
        case .code(_, let shown): shown
        case .yes: words.language.of("Có", "Yes")
        case .members(let members):
            members.map { member in
                "\(member.name) (\(words.language.of(member.relation.vietnamese, member.relation.english)))"
            }.joined(separator: "; ")
        }
    }

    /// Every answered field, in the order of the form; with `changedOnly` those that differ from the register.
    func summary(_ groups: [FormGroup], changedOnly: Bool = false) -> [SummaryRow] {
        let plans = groups.flatMap(\.fields)
        let known = FormReader(
            groups, subject: subject, words: words,
            input: FormInput(plans.reduce(into: [:]) { $0.merge($1.known) { first, _ in first } }))
        return plans.compactMap { plan in
            guard let answer = answers[plan.name] else { return nil }
            let value = shown(answer)
            let before = known.answers[plan.name].map(known.shown)
            if changedOnly, before == value { return nil }
            return SummaryRow(
                label: words.language.of(plan.label), value: value, before: before == value ? nil : before,
                fromRegister: before == value, href: "#\(plan.inputs.first ?? plan.name)")
        }
    }
}
