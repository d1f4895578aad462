import Civil

/// Lỗi của một ô: beside the field and in the summary on top, in the same words.
package struct FieldError: Equatable, Sendable {
    /// The input to go to.
    package let field: String
    package let text: String

    package init(field: String, text: String) {
        self.field = field
        self.text = text
    }

    var href: String { "#\(field)" }
}

/// An error as the summary on top shows it.
struct ErrorLine: Equatable, Sendable {
    let href: String
    let text: String
}

/// Một ô như trang hiện ra: exactly one of its controls is there.
struct Field: Equatable, Sendable {
    struct Text: Equatable, Sendable {
        let value: String
        let keyboard: String?
        let width: String
        let spellcheck: String
    }

    struct DateBoxes: Equatable, Sendable {
        let day: String
        let month: String
        let year: String
        let partial: Bool
    }

    struct Option: Equatable, Sendable {
        let id: String
        let value: String
        let label: String
        let chosen: Bool
    }

    struct Place: Equatable, Sendable {
        let communes: [Option]
        let other: String
        let detail: String
        let asksDetail: Bool
    }

    struct MemberRow: Equatable, Sendable {
        let handle: String
        let memberName: String
        let about: String
        let chosen: Bool
        let fixed: Bool
        let relations: [Option]
    }

    let name: String
    let id: String
    let label: String
    let hint: String?
    let error: String?
    /// Where what is filled in came from.
    let origin: String?
    let optional: Bool
    /// The ids of hint, origin and error, for `aria-describedby`.
    let described: String?
    let text: Text?
    let long: Text?
    let date: DateBoxes?
    let hasRadios: Bool
    let radios: [Option]
    let hasSelect: Bool
    let select: [Option]
    let place: Place?
    let consent: Option?
    let hasMembers: Bool
    let members: [MemberRow]
}

/// Biểu mẫu: groups of fields as a page shows them, with the errors on top.
package struct Form: Equatable, Sendable {
    struct Group: Equatable, Sendable {
        let title: String
        let fields: [Field]
    }

    /// What a form sends along and nobody types.
    package struct Hidden: Equatable, Sendable {
        let name: String
        let value: String
    }

    let action: String
    let csrf: String
    /// What goes with the answers and is none.
    var hidden: [Hidden] = []
    let groups: [Group]
    let hasErrors: Bool
    let errors: [ErrorLine]
    let button: String
}

/// How many fields the register filled in, and how many somebody typed.
package struct FieldCount: Equatable, Sendable {
    package var fromRegister = 0
    package var typed = 0
}
