import Civil
import Population

/// Một câu trả lời đã hiểu: what was typed into a field, read.
enum FormAnswer: Equatable, Sendable {
    case text(String)
    case date(PartialDate)
    /// The address as one line, and how it is shown.
    case address(String)
    case code(String, shown: String)
    case yes
    case members([Member])

    struct Member: Equatable, Sendable {
        let handle: String
        let name: String
        let relation: RelationToHead
    }
}

/// Reads what was typed against the plans of its fields: answers, or for each field that cannot be read what to do.
struct FormReader {
    let subject: FormSubject
    let words: ValueWords
    let input: FormInput
    private(set) var answers: [String: FormAnswer] = [:]
    private(set) var errors: [FieldError] = []
    private(set) var count = FieldCount()

    init(_ groups: [FormGroup], subject: FormSubject, words: ValueWords, input: FormInput) {
        self.subject = subject
        self.words = words
        self.input = input
        for plan in groups.flatMap(\.fields) { read(plan) }
    }

    private mutating func read(_ plan: FieldPlan) {
        let before = errors.count
        let answer = self.answer(to: plan)
        guard let answer else {
            if !plan.optional, errors.count == before { fail(plan, plan.missing) }
            return
        }
        answers[plan.name] = answer
        if FormDrawing.isKnown(plan, input) { count.fromRegister += 1 } else { count.typed += 1 }
        if case .members(let members) = answer {
            // The members stand there already; of each the relation alone is chosen.
            count.fromRegister += members.count
        }
    }

    /// The label comes first, so that the summary on top can be read without the form.
    mutating func fail(_ plan: FieldPlan, _ sentence: Sentence, input: String? = nil) {
        let field = input ?? plan.inputs.first ?? plan.name
        let text = words.language.of(sentence)
        let isMissing = sentence == plan.missing
        errors.append(
            FieldError(
                field: field,
                text: isMissing
                    ? text : "\(words.language.of(plan.label)): \(text.prefix(1).lowercased())\(text.dropFirst())"))
    }

    mutating func fail(_ name: String, _ sentence: Sentence) {
        errors.append(FieldError(field: name, text: words.language.of(sentence)))
    }

    private func typed(_ plan: FieldPlan, _ suffix: String = "") -> String { input[plan.name + suffix] }

    private mutating func answer(to plan: FieldPlan) -> FormAnswer? {
        switch plan.kind {
        case .text, .long: return text(plan)
        case .name: return name(plan)
        case .number: return number(plan)
        case .person: return person(plan)
        case .date(let partial, let future): return date(plan, partial: partial, future: future)
        case .choice(let choices), .select(let choices): return choice(plan, choices)
        case .place(let asksDetail, let past): return place(plan, asksDetail: asksDetail, past: past)
        case .consent: return typed(plan) == "yes" ? .yes : nil
        case .members(let all): return members(plan, all: all)
        }
    }

    private mutating func text(_ plan: FieldPlan) -> FormAnswer? {
        let text = typed(plan)
        guard !text.isEmpty else { return nil }
        guard text.count <= 500, !text.unicodeScalars.contains(where: { $0.value < 32 && $0.value != 10 }) else {
            fail(plan, Sentence("Ghi ngắn lại, dưới 500 ký tự.", "Write less than 500 characters."))
            return nil
        }
        return .text(text)
    }

    private mutating func name(_ plan: FieldPlan) -> FormAnswer? {
        let text = typed(plan)
        guard !text.isEmpty else { return nil }
        do throws(NameRefusal) {
            return .text(try PersonName(parsing: text).standard)
        } catch {
            fail(plan, error.sentence)
            return nil
        }
    }

    private mutating func number(_ plan: FieldPlan) -> FormAnswer? {
        let text = typed(plan)
        guard !text.isEmpty else { return nil }
        do throws(NumberRefusal) {
            return .text(try PersonalIdentificationNumber(parsing: text).digits)
        } catch {
            fail(plan, error.sentence)
            return nil
        }
    }

    private mutating func person(_ plan: FieldPlan) -> FormAnswer? {
        let text = typed(plan)
        guard !text.isEmpty else { return nil }
        switch PersonSelector(parsing: text) {
        case .number(let number): return .text(number.digits)
        case .handle(let handle): return .text(handle.text)
        case .exact, nil:
            fail(
                plan,
                Sentence(
                    "Ghi đủ 12 chữ số của số định danh, hoặc mã tra cứu.",
                    "Enter the twelve digits of the number, or a handle."))
            return nil
        }
    }

    private mutating func date(_ plan: FieldPlan, partial: Bool, future: Bool) -> FormAnswer? {
        let parts = ["-day", "-month", "-year"].map { typed(plan, $0) }
        let unknown: Set<String> = ["", "?", "00", "0", "__", "??"]
        if parts.allSatisfy({ unknown.contains($0) }) { return nil }
        func digits(_ text: String) -> Int? { unknown.contains(text) ? nil : FormReader.number(in: text) }
        guard let year = digits(parts[2]), PartialDate.statedYears.contains(year) else {
            fail(
                plan, Sentence("Ghi năm bằng bốn chữ số.", "Write the year with four digits."),
                input: "\(plan.name)-year")
            return nil
        }
        let month = digits(parts[1])
        let day = digits(parts[0])
        let isRead = zip(parts, [day, month]).allSatisfy { unknown.contains($0) || $1 != nil }
        guard isRead, let date = PartialDate(year: year, month: month, day: day) else {
            fail(
                plan,
                partial
                    ? Sentence(
                        "Lịch không có ngày này; ghi lại, để trống phần không biết.",
                        "The calendar has no such day; write it again, leave empty what is not known.")
                    : Sentence("Lịch không có ngày này; ghi lại.", "The calendar has no such day; write it again."))
            return nil
        }
        if !partial, date.precision != .day {
            fail(plan, Sentence("Ghi đủ ngày, tháng và năm.", "Write day, month and year."))
            return nil
        }
        if !future, date.earliest > subject.today {
            fail(
                plan,
                Sentence(
                    "Ngày này chưa đến: ghi ngày hôm nay hoặc trước đó.", "The day is yet to come: write one that has.")
            )
            return nil
        }
        return .date(date)
    }

    /// Digits, full-width ones too, and nothing else.
    private static func number(in text: String) -> Int? {
        var value = 0
        guard (1...4).contains(text.unicodeScalars.count) else { return nil }
        for scalar in text.unicodeScalars {
            let plain = (0xFF10...0xFF19).contains(scalar.value) ? scalar.value - 0xFF10 + 48 : scalar.value
            guard (48...57).contains(plain) else { return nil }
            value = value * 10 + Int(plain - 48)
        }
        return value
    }

    private mutating func choice(_ plan: FieldPlan, _ choices: [FieldPlan.Choice]) -> FormAnswer? {
        let text = typed(plan)
        guard !text.isEmpty else { return nil }
        guard let choice = choices.first(where: { $0.value == text }) else {
            fail(plan, plan.missing)
            return nil
        }
        return .code(text, shown: words.language.of(choice.label))
    }

    private mutating func place(_ plan: FieldPlan, asksDetail: Bool, past: Bool) -> FormAnswer? {
        let other = typed(plan, "-other")
        let chosen = typed(plan, "-commune")
        let detail = asksDetail ? typed(plan, "-detail") : ""
        if other.isEmpty, chosen.isEmpty, detail.isEmpty { return nil }
        let place: String
        if !other.isEmpty {
            place = other
        } else if let unit = subject.unit(chosen) {
            place = subject.units.path(of: unit)
        } else {
            fail(plan, Sentence("Chọn xã, phường.", "Choose the commune or ward."))
            return nil
        }
        let line = detail.isEmpty ? place : "\(detail), \(place)"
        guard (try? Address(parsing: line)) != nil else {
            fail(
                plan,
                Sentence("Ghi địa chỉ ngắn lại, bằng chữ và số.", "Write a shorter address in letters and digits."))
            return nil
        }
        let resolver = UnitResolver(directory: subject.units)
        switch past ? resolver.resolve(line, onOrBefore: subject.today) : resolver.resolve(line, on: subject.today) {
        case .unit(let unit, _) where unit.level == .commune: return .address(line)
        case .unit, .nothing:
            fail(
                plan, Sentence("Ghi cả xã, phường và tỉnh, thành phố.", "Write commune and province."),
                input: other.isEmpty ? nil : "\(plan.name)-other")
        case .candidates(let candidates, _) where candidates.count == 1:
            let path = candidates.first.map { subject.units.path(of: $0.unit.code) } ?? ""
            fail(
                plan, Sentence("Ghi tên nơi này hiện nay: \(path).", "Write the place as it is called today: \(path)."),
                input: other.isEmpty ? nil : "\(plan.name)-other")
        case .candidates(let candidates, _):
            let paths = candidates.prefix(3).map { subject.units.path(of: $0.unit.code) }.joined(separator: "; ")
            fail(
                plan,
                Sentence(
                    "Có nhiều nơi tên như vậy, ghi rõ một nơi: \(paths).", "Several places fit, write one: \(paths)."),
                input: other.isEmpty ? nil : "\(plan.name)-other")
        }
        return nil
    }

    private mutating func members(_ plan: FieldPlan, all: Bool) -> FormAnswer? {
        guard let household = subject.household else { return nil }
        var members: [FormAnswer.Member] = []
        let before = errors.count
        for member in household.members where all || input["member-\(member.handle)"] == "yes" {
            let name = member.person.details.name ?? "…"
            guard let relation = RelationToHead(rawValue: input["relation-\(member.handle)"]) else {
                fail(
                    "relation-\(member.handle)",
                    Sentence("Chọn quan hệ của \(name) với chủ hộ mới.", "Choose what \(name) is to the new head."))
                continue
            }
            members.append(.init(handle: member.handle, name: name, relation: relation))
        }
        guard errors.count == before, !members.isEmpty else { return nil }
        guard members.filter({ $0.relation == .head }).count == 1 else {
            fail(plan, Sentence("Chọn đúng một người làm chủ hộ.", "Choose exactly one person as head."))
            return nil
        }
        return .members(members)
    }
}

extension FormReader {
    func text(_ name: String) -> String? {
        switch answers[name] {
        case .text(let text), .address(let text), .code(let text, _): text
        case .date(let date): date.canonical
        case .yes, .members, nil: nil
        }
    }

    func date(_ name: String) -> PartialDate? {
        if case .date(let date) = answers[name] { date } else { nil }
    }

    func members(_ name: String) -> [FormAnswer.Member] {
        if case .members(let members) = answers[name] { members } else { [] }
    }

    func has(_ name: String) -> Bool { answers[name] != nil }
}
