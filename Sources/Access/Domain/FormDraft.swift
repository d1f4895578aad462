import Civil

/// Bản nháp: what an officer typed into a form and has not recorded yet; nobody else sees it.
package struct FormDraft: Hashable, Sendable {
    /// The page of the form.
    package let path: String
    /// What was typed, by the names of the fields.
    package let fields: [String: String]
    /// Whom it is about, as the officer saw it when it was kept; nil where nobody is known.
    package let about: String?
    package let saved: Instant

    package init(path: String, fields: [String: String], about: String? = nil, saved: Instant) {
        self.path = path
        self.fields = fields
        self.about = about
        self.saved = saved
    }

    /// Where a draft is, without what was typed.
    package struct Place: Hashable, Sendable {
        package let path: String
        package let about: String?
        package let saved: Instant
    }

    /// How many drafts an officer may have; one more replaces the oldest.
    package static let most = 50
    /// How long a draft is kept: a week, in microseconds.
    package static let kept: Int64 = 7 * 86_400_000_000
    package static let longestPath = 200
    package static let longestAbout = 200
}

/// Không phải đánh máy: how many fields of an office's forms came from the register, and how many were typed.
package struct TypingCount: Hashable, Sendable {
    package let fromRegister: Int
    package let typed: Int

    package init(fromRegister: Int, typed: Int) {
        self.fromRegister = fromRegister
        self.typed = typed
    }
}
