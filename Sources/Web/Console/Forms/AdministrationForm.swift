import Access
import Civil
import Ledger

/// Biểu mẫu quản trị: the fields of accounts and roles, with what was typed and the one thing that is wrong.
struct AdministrationForm {
    let language: PageLanguage
    let input: FormInput
    let problem: (any ExplainedRefusal)?

    /// The input that a refusal is about; nil when it is about the whole.
    static func field(of refusal: any ExplainedRefusal) -> String? {
        switch refusal as? AdministrationRefusal {
        case .accountMalformed, .accountTaken, .officerUnknown, .colleagueUnknown: "account"
        case .nameMalformed: "name"
        case .officeUnknown: "office"
        case .officeCodeMalformed, .officePeriodsOverlap: "code"
        case .officeLevelChanged: "level"
        case .unitUnknown: "unit"
        case .grantTooLong: "until-day"
        case .dayMalformed: "day-day"
        default: nil
        }
    }

    private func error(_ field: String) -> String? {
        guard let problem, AdministrationForm.field(of: problem) == field else { return nil }
        return language.of(problem.sentence)
    }

    func form(_ title: Sentence, _ fields: [Field], action: String, csrf: String, button: Sentence) -> Form {
        let errors = fields.compactMap { field in field.error.map { ErrorLine(href: "#\(field.id)", text: $0) } }
        return Form(
            action: action, csrf: csrf, groups: [Form.Group(title: language.of(title), fields: fields)],
            hasErrors: !errors.isEmpty, errors: errors, button: language.of(button))
    }

    func text(_ name: String, _ label: Sentence, hint: Sentence? = nil, width: String = "medium") -> Field {
        field(
            name, label, hint,
            text: Field.Text(value: input[name], keyboard: nil, width: width, spellcheck: "false"))
    }

    /// The roles that can be given.
    var role: Field {
        let options = Role.allCases.filter { $0 != .localOperator }.enumerated().map { index, role in
            Field.Option(
                id: index == 0 ? "role" : "role-\(index)", value: role.rawValue, label: language.of(role.title),
                chosen: role.rawValue == input["role"])
        }
        return field(
            "role", Sentence("Vai trò", "Role"),
            Sentence("Vai trò quyết định được xem và ghi gì.", "The role decides what is seen and recorded."),
            select: options)
    }

    /// Cấp của cơ quan.
    var level: Field {
        let options = OfficeLevel.allCases.enumerated().map { index, level in
            Field.Option(
                id: index == 0 ? "level" : "level-\(index)", value: level.rawValue, label: language.of(level.title),
                chosen: level.rawValue == input["level"])
        }
        return field(
            "level", Sentence("Cấp", "Level"),
            Sentence("Cấp của địa bàn mà cơ quan phụ trách.", "The level of the place that the office answers for."),
            select: options)
    }

    /// The first day, or the first day after the last.
    func day(_ label: Sentence, hint: Sentence) -> Field {
        field(
            "day", label, hint, id: "day-day",
            date: Field.DateBoxes(
                day: input["day-day"], month: input["day-month"], year: input["day-year"], partial: false))
    }

    static func day(_ input: FormInput) throws(AdministrationRefusal) -> CalendarDate {
        guard let date = input.day("day") else { throw .dayMalformed }
        return date
    }

    static func level(_ input: FormInput) throws(WebRefusal) -> OfficeLevel {
        guard let level = OfficeLevel(rawValue: input["level"]) else { throw .formMalformed }
        return level
    }

    var until: Field {
        field(
            "until", Sentence("Ngày cuối cùng", "Last day"),
            Sentence(
                "Nhiều nhất \(Grant.longestDays) ngày kể từ hôm nay.", "At most \(Grant.longestDays) days from today."),
            id: "until-day",
            date: Field.DateBoxes(
                day: input["until-day"], month: input["until-month"], year: input["until-year"], partial: false))
    }

    /// The end of the day that was typed, by the clock of Vietnam.
    static func until(_ input: FormInput) throws(AdministrationRefusal) -> Instant {
        guard let date = input.day("until"), let end = Instant(parsing: "\(date)T23:59:59+07:00") else {
            throw .grantTooLong
        }
        return end
    }

    static func role(_ input: FormInput) throws(WebRefusal) -> Role {
        guard let role = Role(rawValue: input["role"]), role != .localOperator else { throw .formMalformed }
        return role
    }

    private func field(
        _ name: String, _ label: Sentence, _ hint: Sentence?, id: String? = nil, text: Field.Text? = nil,
        date: Field.DateBoxes? = nil, select: [Field.Option]? = nil
    ) -> Field {
        let id = id ?? name
        return Field(
            name, id: id, label, hint: hint, error: error(id), text: text, date: date, select: select, in: language)
    }
}

extension Field {
    /// A field that the register cannot fill in.
    init(
        _ name: String, id: String, _ label: Sentence, hint: Sentence?, error: String?, text: Field.Text? = nil,
        date: Field.DateBoxes? = nil, select: [Field.Option]? = nil, in language: PageLanguage
    ) {
        let described = [hint == nil ? nil : "\(name)-hint", error == nil ? nil : "\(name)-error"].compactMap { $0 }
        self.init(
            name: name, id: id, label: language.of(label), hint: hint.map(language.of), error: error, origin: nil,
            optional: false, described: described.isEmpty ? nil : described.joined(separator: " "), text: text,
            long: nil, date: date, hasRadios: false, radios: [], hasSelect: select != nil, select: select ?? [],
            place: nil, consent: nil, hasMembers: false, members: [])
    }
}
