/// Câu nói với người dùng: one sentence in Vietnamese and in English that says what to do.
package struct Sentence: Hashable, Sendable, Codable {
    /// The sentence for officers and citizens.
    package let vietnamese: String
    /// The same for everyone else.
    package let english: String

    /// The sentence in both languages.
    package init(vietnamese: String, english: String) {
        self.vietnamese = vietnamese
        self.english = english
    }

    /// The sentence in both languages, Vietnamese first.
    package init(_ vietnamese: String, _ english: String) {
        self.init(vietnamese: vietnamese, english: english)
    }
}

/// Lý do từ chối: an error that has a stable code (snake_case, never reused) and a sentence that says what to do.
package protocol ExplainedRefusal: Error, Hashable, Sendable {
    /// Stable, snake_case, never used for anything else.
    var code: String { get }
    /// What is wrong and what to do about it.
    var sentence: Sentence { get }
}
