import Civil

/// Điều luật không cho cấp: what a refusal of an application names.
package enum RefusalArticle: String, Codable, CaseIterable, Hashable, Sendable {
    case entitled = "19"
    case age = "21"
    case ground = "24"

    package var title: Sentence {
        switch self {
        case .entitled: Sentence("Điều 19: người được cấp thẻ", "Article 19: who is given a card")
        case .age: Sentence("Điều 21: độ tuổi cấp đổi thẻ", "Article 21: the ages of exchange")
        case .ground: Sentence("Điều 24: trường hợp cấp đổi, cấp lại", "Article 24: grounds of exchange and re-issue")
        }
    }

    /// `Luật 26/2023/QH15, Điều 19: lý do`.
    package func reason(_ stated: String) -> String { "Luật 26/2023/QH15, Điều \(rawValue): \(stated)" }
}
