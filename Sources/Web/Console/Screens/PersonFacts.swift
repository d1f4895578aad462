import Access
import Civil
import Ledger
import Population

/// Những gì cơ sở dữ liệu nói về một người, as lines of text: what a timeline compares before and after an act.
struct PersonFacts: Sendable {
    /// One fact by a stable key, with its label and its value.
    struct Line: Equatable, Sendable {
        let key: String
        let label: Sentence
        /// The group of the law, whose verification the line shows.
        let field: PersonField?
        let value: String?
        /// The group that decides whether the line may be seen.
        let group: FieldGroup
    }

    let words: ValueWords
    /// The names of the persons that a record names, as far as they are known, by key of the register.
    let names: [Int64: String]
    /// The handles of the persons and households that a record names, by key of the register.
    let persons: [Int64: String]
    let households: [Int64: String]

    func lines(of state: PersonState) -> [Line] {
        details(of: state) + residences(of: state) + family(of: state)
    }

    func details(of state: PersonState) -> [Line] {
        PersonDetails.Field.allCases.filter { $0.group != .residence }.map { detail($0, of: state) }
    }

    private func detail(_ field: PersonDetails.Field, of state: PersonState) -> Line {
        Line(
            key: field.rawValue, label: field.title, field: field.personField,
            value: words.detail(field, of: state.details), group: field.group)
    }

    func residences(of state: PersonState) -> [Line] {
        [
            place(
                "permanent", Sentence("Nơi thường trú", "Permanent residence"), .permanentResidence,
                state.permanentResidence),
            place(
                "temporary", Sentence("Nơi tạm trú", "Temporary residence"), .temporaryResidence,
                state.temporaryResidence),
            place(
                "current", Sentence("Nơi ở hiện tại", "Current residence"), .currentResidence, state.currentResidence),
            place("stay", Sentence("Lưu trú", "Stay"), nil, state.stay),
            Line(
                key: "absence", label: Sentence("Tạm vắng", "Absence"), field: .absenceDeclaration,
                value: state.absence.map { absence in
                    absence.reason + period(absence.since, absence.until)
                }, group: .residence),
            detail(.residenceFileNumber, of: state),
        ]
    }

    func family(of state: PersonState) -> [Line] {
        func line(_ key: String, _ vietnamese: String, _ english: String, _ person: PersonReference?) -> Line {
            Line(
                key: key, label: Sentence(vietnamese, english), field: .familyAndRepresentation,
                value: person.map(name), group: .family)
        }
        let household = state.household.map { membership in
            (words.relation(membership.relation) ?? words.language.of("thành viên", "member"))
                + (households[membership.household].map { " (\(PersonFacts.short($0)))" } ?? "")
        }
        return [
            line("father", "Cha", "Father", state.father), line("mother", "Mẹ", "Mother", state.mother),
            line("spouse", "Vợ hoặc chồng", "Spouse", state.spouse),
            line("guardian", "Người giám hộ", "Guardian", state.guardian),
            Line(
                key: "household", label: Sentence("Hộ", "Household"), field: .relationToHead, value: household,
                group: .household),
            Line(
                key: "number", label: Sentence("Số định danh cá nhân", "Personal number"), field: .number,
                value: words.number(state.number), group: .numbers),
            Line(
                key: "life", label: Sentence("Tình trạng", "Status"), field: .deathOrMissing,
                value: words.life(state.life), group: .life),
        ]
    }

    func name(of person: PersonReference) -> String {
        person.name ?? person.person.flatMap { names[$0] } ?? words.number(person.number)
            ?? person.person.flatMap { persons[$0] }.map(PersonFacts.short) ?? "…"
    }

    /// A handle tells nothing to its reader but whether it is the same; its end is enough for that.
    private static func short(_ handle: String) -> String { "…" + handle.suffix(4) }

    func period(_ since: PartialDate?, _ until: PartialDate?) -> String {
        let from = words.date(since).map { words.language.of(" từ \($0)", " from \($0)") } ?? ""
        let to = words.date(until).map { words.language.of(" đến \($0)", " until \($0)") } ?? ""
        return from + to
    }

    private func place(
        _ key: String, _ label: Sentence, _ field: PersonField?, _ residence: PersonState.Residence?
    ) -> Line {
        Line(
            key: key, label: label, field: field,
            value: residence.map { (words.address($0.address) ?? "…") + (period($0.since, $0.until)).prefixedByComma },
            group: .residence)
    }
}

extension String {
    /// The text behind a comma, when there is one: addresses end before their period begins.
    fileprivate var prefixedByComma: String { isEmpty ? "" : "," + self }
}
