import Access
import Population

/// Nêu đúng số, họ tên, ngày sinh: how the steps of a form name somebody of another place, each of them anew.
///
/// A handle alone opens nobody of elsewhere, so what was typed into the box and the purpose go along from page to page,
/// in forms that are posted and never in an address. Every step is the same look on record as the first.
package struct ExactNaming: Equatable, Sendable {
    /// Number, name and date of birth as they were typed, or what a scanner read from a card.
    package let typed: String
    /// The purpose that was stated; empty where an open file carries it.
    package let purpose: String

    package init(typed: String, purpose: String) {
        self.typed = typed
        self.purpose = purpose
    }

    static let typedField = "exact"
    static let purposeField = "exact-purpose"

    /// What a posted form carries; nil when it names nobody so.
    init?(_ body: FormBody) {
        guard !body[ExactNaming.typedField].isEmpty else { return nil }
        self.init(typed: body[ExactNaming.typedField], purpose: body[ExactNaming.purposeField])
    }

    var hidden: [Form.Hidden] {
        [
            Form.Hidden(name: ExactNaming.typedField, value: typed),
            Form.Hidden(name: ExactNaming.purposeField, value: purpose),
        ]
    }

    /// Whom it names; nil when it is no number, name and date together.
    var selector: PersonSelector? {
        guard case .person(let selector) = TypedSearch(typed).meaning, case .exact = selector else { return nil }
        return selector
    }
}
