import Civil
import Population

/// Những gì đã gõ: a form as it was posted, every value the text that somebody typed, kept for showing it again.
package struct FormInput: Equatable, Sendable {
    private var values: [String: String]

    /// A field longer than this is no answer to any question; bytes of UTF-8.
    package static let longest = 4_000
    /// More fields than these no form has: a household of a hundred members has two for each.
    package static let most = 400

    package init(_ values: [String: String] = [:]) {
        self.values = values
    }

    /// The typed text without blanks around it; empty when nothing was typed.
    subscript(name: String) -> String {
        get { FormInput.trimmed(values[name] ?? "") }
        set { values[name] = newValue }
    }

    /// The text exactly as it was typed.
    func untrimmed(_ name: String) -> String { values[name] ?? "" }

    /// The day of three boxes, `name-day`, `name-month` and `name-year`; nil where they hold no day of the calendar.
    func day(_ name: String) -> CalendarDate? {
        guard let year = Int(self["\(name)-year"]), let month = Int(self["\(name)-month"]),
            let day = Int(self["\(name)-day"])
        else { return nil }
        return CalendarDate(year: year, month: month, day: day)
    }

    /// Nothing was posted yet: the form is filled in from the register.
    var isEmpty: Bool { names.isEmpty }

    /// Inputs that belong to the way of a form and answer no question.
    package static let ofTheForm: Set<String> = [
        "csrf", "step", "key", "version", "another", TypedConfirmation.field, ExactNaming.typedField,
        ExactNaming.purposeField,
    ]

    /// The answers that were typed, for a draft.
    var answers: [String: String] { values.filter { !FormInput.ofTheForm.contains($0.key) } }

    /// The names of the answers, in a fixed order.
    var names: [String] { values.keys.filter { !FormInput.ofTheForm.contains($0) }.sorted() }

    /// Whether the form can be one of ours at all.
    package var isWithinLimits: Bool {
        values.count <= FormInput.most && values.allSatisfy { $0.value.utf8.count <= FormInput.longest }
    }

    private static func trimmed(_ text: String) -> String {
        var rest = text.drop(while: \.isWhitespace)
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
