import Civil

/// Một ô của biểu mẫu: what is asked, how, and what the register answers already.
struct FieldPlan: Sendable {
    enum Kind: Sendable {
        case text(keyboard: String?, width: Width)
        case name
        case number
        /// A person of the register by number or handle.
        case person
        case long
        /// Day, month and year; unknown day or month is an answer where `partial`.
        case date(partial: Bool, future: Bool)
        case choice([Choice])
        case select([Choice])
        /// A commune and what stands before it; `detail` says whether that is asked, `past` whether it may be a place
        /// as it was called at its time.
        case place(detail: Bool, past: Bool)
        case consent
        /// Members of the household, each with a relation to the new head; `all` when nobody can be left out.
        case members(all: Bool)
    }

    enum Width: String, Sendable { case short, medium, wide }

    struct Choice: Equatable, Sendable {
        let value: String
        let label: Sentence
    }

    let name: String
    let label: Sentence
    /// One sentence of help, without links; no field goes without.
    let hint: Sentence
    let kind: Kind
    var optional = false
    /// Whether the browser may look at the spelling of free text; some send it to a service for that.
    var isSpellchecked = true
    /// What the register says, by the names of the inputs.
    var known: [String: String] = [:]

    /// The names of the inputs that the field consists of.
    var inputs: [String] {
        switch kind {
        case .text, .name, .number, .person, .long, .choice, .select, .consent: [name]
        case .date: ["\(name)-day", "\(name)-month", "\(name)-year"]
        case .place(let detail, _): ["\(name)-commune", "\(name)-other"] + (detail ? ["\(name)-detail"] : [])
        case .members: []
        }
    }

    /// What to do when nothing is written.
    var missing: Sentence {
        let vietnamese = FieldPlan.small(label.vietnamese)
        let english = FieldPlan.small(label.english)
        switch kind {
        case .choice, .select: return Sentence("Chọn \(vietnamese).", "Choose: \(english).")
        case .consent: return Sentence("Xác nhận: \(vietnamese).", "Confirm: \(english).")
        case .members: return Sentence("Chọn ít nhất một người.", "Choose at least one person.")
        case .text, .name, .number, .person, .long, .date, .place:
            return Sentence("Ghi \(vietnamese).", "Enter: \(english).")
        }
    }

    private static func small(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }
}

/// Một nhóm ô dưới một đầu đề.
struct FormGroup: Sendable {
    let title: Sentence
    let fields: [FieldPlan]

    init(_ vietnamese: String, _ english: String, _ fields: [FieldPlan]) {
        title = Sentence(vietnamese, english)
        self.fields = fields
    }
}
