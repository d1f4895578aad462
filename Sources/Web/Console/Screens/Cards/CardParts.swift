import Access
import Cards
import Civil
import Ledger
import Population

/// Một điều về thẻ, hồ sơ: a label with its value.
struct CardFact: Equatable, Sendable {
    let label: String
    let value: String
}

/// Một việc đã ghi: who did what when, with the receipt in the log.
struct CardEventLine: Equatable, Sendable {
    let name: String
    let moment: String
    let by: String
    let note: String?
    let act: String
    let receipt: String

    init(_ event: CardEvent, _ words: CardWords) {
        let language = words.words.language
        name = words.title(event.change)
        moment = words.words.moment(event.act.recorded)
        by =
            "\(Role.title(of: event.act.actor.role, in: language)) · \(event.act.actor.office) · "
            + "\(event.act.actor.account) · \(event.act.legalBasis)"
        note = words.note(event.change)
        act = String(event.act.id.rawValue)
        receipt = "/acts/\(event.act.id.rawValue)/receipt"
    }
}

/// Một lựa chọn trong biểu mẫu của thẻ.
struct CardOption: Equatable, Sendable {
    let id: String
    let value: String
    let label: String
    let chosen: Bool

    static func options(
        _ name: String, _ choices: [(value: String, title: Sentence)], chosen: String, _ language: PageLanguage
    ) -> [CardOption] {
        choices.map { choice in
            CardOption(
                id: "\(name)-\(choice.value)", value: choice.value, label: language.of(choice.title),
                chosen: choice.value == chosen)
        }
    }
}

/// Thông tin in trên thẻ: what the register says that the card will show, for the applicant to check (CC01).
enum CardRecord {
    static func facts(_ state: PersonState, _ words: ValueWords) -> [CardFact] {
        let language = words.language
        let residence = (state.permanentResidence ?? state.temporaryResidence ?? state.currentResidence)?.address
        let rows: [(Sentence, String?)] = [
            (PersonDetails.Field.name.title, state.details.name),
            (Sentence("Số định danh", "Personal number"), words.number(state.number)),
            (PersonDetails.Field.birth.title, words.date(state.details.birth)),
            (PersonDetails.Field.sex.title, words.sex(state.details.sex)),
            (PersonDetails.Field.nationality.title, words.coded(state.details.nationality)),
            (PersonDetails.Field.origin.title, words.address(state.details.origin)),
            (PersonDetails.Field.birthRegistrationPlace.title, words.address(state.details.birthRegistrationPlace)),
            (Sentence("Nơi cư trú", "Residence"), words.address(residence)),
            (Sentence("Cha", "Father"), state.father?.name), (Sentence("Mẹ", "Mother"), state.mother?.name),
            (Sentence("Vợ hoặc chồng", "Spouse"), state.spouse?.name),
        ]
        return rows.compactMap { label, value in value.map { CardFact(label: language.of(label), value: $0) } }
    }

    /// The card would hold until that day, were it ordered today.
    static func expiry(_ state: PersonState, on day: CalendarDate, _ words: CardWords) -> CardFact? {
        state.details.birth.map { birth in
            CardFact(
                label: words.words.language.of("Thẻ có giá trị đến", "The card would hold until"),
                value: words.expiry(CardRules.expiry(born: birth, issued: day)))
        }
    }
}
