/// Căn cứ pháp lý: the document and the article that a rule, a list or an act rests on.
///
/// Written as `Luật 26/2023/QH15, Điều 9`.
package struct LegalBasis: CanonicalText, CustomStringConvertible {
    /// The document with its number, such as `Luật 26/2023/QH15`; holds no comma.
    package let document: String
    /// The article, clause and point, such as `Điều 9, khoản 1`; nil for the whole document.
    package let article: String?

    /// The basis from its two parts.
    package init(_ document: String, _ article: String? = nil) {
        self.document = document
        self.article = article
    }

    package init?(canonical: String) {
        let parts = canonical.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
            .map { String($0.drop { $0 == " " }) }
        guard let document = parts.first, !document.isEmpty, parts.count == 1 || !parts[1].isEmpty else { return nil }
        self.init(document, parts.count == 2 ? parts[1] : nil)
        guard self.canonical == canonical else { return nil }
    }

    package var canonical: String { article.map { "\(document), \($0)" } ?? document }

    package var description: String { canonical }
}

/// Mức độ chắc chắn: how well a fact of the law is known to us.
package enum Certainty: String, Hashable, Sendable, Codable, CaseIterable {
    case sure = "S"
    case likely = "L"
    case unverified = "U"
}
