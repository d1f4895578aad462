import Civil
import Population

/// Turns plans of fields, what the register knows and what was typed into a form that a page shows.
struct FormDrawing {
    /// Whom the form is about; nil for one about somebody who is not in the register, without places and members.
    var subject: FormSubject?
    let words: ValueWords
    /// Empty when the form is opened for the first time.
    let input: FormInput
    let errors: [FieldError]

    private var language: PageLanguage { words.language }

    func form(
        _ groups: [FormGroup], action: String, csrf: String, hidden: [Form.Hidden] = [], button: Sentence
    ) -> Form {
        Form(
            action: action, csrf: csrf, hidden: hidden,
            groups: groups.map { group in
                Form.Group(title: language.of(group.title), fields: group.fields.map(field))
            },
            hasErrors: !errors.isEmpty, errors: errors.map { ErrorLine(href: $0.href, text: $0.text) },
            button: language.of(button))
    }

    /// What stands in an input: what was typed, or before anything was, what is known.
    static func value(_ name: String, of plan: FieldPlan, _ input: FormInput) -> String {
        input.isEmpty ? plan.known[name] ?? "" : input[name]
    }

    /// Whether everything in the field is as the register says.
    static func isKnown(_ plan: FieldPlan, _ input: FormInput) -> Bool {
        !plan.known.isEmpty
            && plan.inputs.allSatisfy { value($0, of: plan, input) == plan.known[$0] ?? "" }
    }

    func field(_ plan: FieldPlan) -> Field {
        let error = errors.first { error in error.field == plan.name || plan.inputs.contains(error.field) }
        let isKnown = FormDrawing.isKnown(plan, input)
        let id = plan.inputs.first ?? plan.name
        let parts = [
            "\(plan.name)-hint", isKnown ? "\(plan.name)-origin" : nil,
            error == nil ? nil : "\(plan.name)-error",
        ].compactMap { $0 }
        func value(_ name: String) -> String { FormDrawing.value(name, of: plan, input) }
        let radios = radios(plan)
        let select = select(plan)
        let members = members(plan)
        return Field(
            name: plan.name, id: id, label: language.of(plan.label), hint: language.of(plan.hint),
            error: error?.text,
            origin: isKnown ? language.of("Lấy từ cơ sở dữ liệu, không phải gõ", "From the register, not typed") : nil,
            optional: plan.optional, described: parts.isEmpty ? nil : parts.joined(separator: " "), text: text(plan),
            long: long(plan), date: date(plan), hasRadios: radios != nil, radios: radios ?? [],
            hasSelect: select != nil, select: select ?? [], place: place(plan), consent: consent(plan),
            hasMembers: members != nil, members: members ?? [])
    }

    private func value(_ plan: FieldPlan, _ suffix: String = "") -> String {
        FormDrawing.value(plan.name + suffix, of: plan, input)
    }

    private func text(_ plan: FieldPlan) -> Field.Text? {
        switch plan.kind {
        case .text(let keyboard, let width):
            Field.Text(
                value: value(plan), keyboard: keyboard, width: width.rawValue, spellcheck: "\(plan.isSpellchecked)")
        case .name: Field.Text(value: value(plan), keyboard: nil, width: "wide", spellcheck: "false")
        case .number, .person:
            Field.Text(value: value(plan), keyboard: "text", width: "medium", spellcheck: "false")
        case .long, .date, .choice, .select, .place, .consent, .members: nil
        }
    }

    private func long(_ plan: FieldPlan) -> Field.Text? {
        guard case .long = plan.kind else { return nil }
        return Field.Text(value: value(plan), keyboard: nil, width: "wide", spellcheck: "\(plan.isSpellchecked)")
    }

    private func date(_ plan: FieldPlan) -> Field.DateBoxes? {
        guard case .date(let partial, _) = plan.kind else { return nil }
        return Field.DateBoxes(
            day: value(plan, "-day"), month: value(plan, "-month"), year: value(plan, "-year"), partial: partial)
    }

    private func radios(_ plan: FieldPlan) -> [Field.Option]? {
        guard case .choice(let choices) = plan.kind else { return nil }
        return options(choices, plan, chosen: value(plan))
    }

    private func select(_ plan: FieldPlan) -> [Field.Option]? {
        guard case .select(let choices) = plan.kind else { return nil }
        return options(choices, plan, chosen: value(plan))
    }

    private func options(_ choices: [FieldPlan.Choice], _ plan: FieldPlan, chosen: String) -> [Field.Option] {
        choices.enumerated().map { index, choice in
            Field.Option(
                id: index == 0 ? plan.name : "\(plan.name)-\(index)", value: choice.value,
                label: language.of(choice.label), chosen: choice.value == chosen)
        }
    }

    private func place(_ plan: FieldPlan) -> Field.Place? {
        guard case .place(let asksDetail, _) = plan.kind, let subject else { return nil }
        let chosen = value(plan, "-commune")
        return Field.Place(
            communes: subject.communes.map { unit in
                let code = FormSubject.code(unit)
                return Field.Option(
                    id: code, value: code, label: subject.units.unit(unit)?.name ?? unit.code, chosen: code == chosen)
            },
            other: value(plan, "-other"), detail: value(plan, "-detail"), asksDetail: asksDetail)
    }

    private func consent(_ plan: FieldPlan) -> Field.Option? {
        guard case .consent = plan.kind else { return nil }
        return Field.Option(
            id: plan.name, value: "yes", label: language.of(plan.label), chosen: value(plan) == "yes")
    }

    private func members(_ plan: FieldPlan) -> [Field.MemberRow]? {
        guard case .members(let all) = plan.kind, let subject, let household = subject.household else { return nil }
        return household.members.map { member in
            let relation =
                input.isEmpty
                ? member.handle == subject.answer.handle ? RelationToHead.head.rawValue : ""
                : input["relation-\(member.handle)"]
            let about = [
                words.date(member.person.details.birth), words.sex(member.person.details.sex),
                words.relation(member.relation),
            ]
            return Field.MemberRow(
                handle: member.handle, memberName: member.person.details.name ?? "…",
                about: about.compactMap { $0 }.joined(separator: " · "),
                chosen: all || input["member-\(member.handle)"] == "yes"
                    || input.isEmpty && member.handle == subject.answer.handle,
                fixed: all,
                relations: RelationToHead.allCases.map { choice in
                    Field.Option(
                        id: choice.rawValue, value: choice.rawValue,
                        label: language.of(choice.vietnamese, choice.english), chosen: choice.rawValue == relation)
                })
        }
    }
}
