import Civil

/// Ngôn ngữ của trang: Vietnamese comes first; English is for those who read no Vietnamese.
package enum PageLanguage: String, CaseIterable, Hashable, Sendable, Codable {
    case vietnamese = "vi"
    case english = "en"

    /// The sentence in this language.
    package func of(_ sentence: Sentence) -> String {
        self == .vietnamese ? sentence.vietnamese : sentence.english
    }

    package func of(_ vietnamese: String, _ english: String) -> String {
        self == .vietnamese ? vietnamese : english
    }
}
