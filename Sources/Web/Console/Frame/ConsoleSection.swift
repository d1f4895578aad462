import Civil

/// Mục của bàn làm việc: the parts of the console, as the navigation names them.
package enum ConsoleSection: String, CaseIterable, Hashable, Sendable {
    case queues, files, people, cards, batches, quality, rules, administration

    package var title: Sentence {
        switch self {
        case .queues: Sentence("Việc của tôi", "My work")
        case .files: Sentence("Hồ sơ", "Files")
        case .people: Sentence("Người dân", "People")
        case .cards: Sentence("Thẻ căn cước", "Identity cards")
        case .batches: Sentence("Lô phiếu", "Batches")
        case .quality: Sentence("Chất lượng và bản đồ", "Quality and map")
        case .rules: Sentence("Quy định", "Rules")
        case .administration: Sentence("Quản trị", "Administration")
        }
    }

    package var path: String {
        switch self {
        case .queues: "/work"
        case .files: "/files"
        case .people: "/people"
        case .cards: CardsPage.path
        case .batches: "/batches"
        case .quality: "/quality"
        case .rules: "/rules"
        case .administration: "/administration"
        }
    }
}
