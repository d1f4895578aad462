import Civil
import Linkage
import Population

/// Kết quả tìm kiếm: who may be meant, best first, each with the reasons; the list itself is a recorded look.
package struct SearchPage: ConsolePage {
    package static let template = "search"

    struct Hit: Equatable, Sendable {
        let href: String
        let name: String
        let birth: String?
        let sex: String?
        let place: String?
        let living: Bool
        let life: String
        let reasons: [String]
    }

    package let frame: PageFrame
    let typed: String
    /// What stood in the box, or in the field of the name.
    let query: String
    /// The other fields of the form, which the next page has too.
    let carried: [Form.Hidden]
    /// How what was typed was understood: as a number, a name, a date, a card.
    let understood: String?
    let problem: String?
    let count: String
    let hasHits: Bool
    let hits: [Hit]
    /// Nobody was found.
    let nobody: Bool
    /// Whether the officer may fill in a sheet for somebody who is not there yet.
    let sheets: Bool
    /// Where the next page begins; posted, so that what was typed stays out of addresses.
    let next: String?
    let receipt: String?
    /// What was typed is looked up only for a purpose that somebody states.
    let asksPurpose: Bool
    /// The purpose that was stated, which the next page has too.
    let purpose: String

    package init(
        frame: PageFrame, typed: String, query: String? = nil, understood: Sentence? = nil, answer: SearchAnswer?,
        problem: Sentence? = nil, asksPurpose: Bool = false, purpose: String = "", carried: [Form.Hidden] = [],
        sheets: Bool = false, units: UnitDirectory
    ) {
        let words = ValueWords(frame.spoken, units: units)
        self.frame = frame
        self.typed = typed
        self.query = query ?? typed
        self.carried = carried
        self.understood = understood.map(frame.spoken.of)
        self.problem = problem.map(frame.spoken.of)
        hits = (answer?.results ?? []).map { SearchPage.hit($0, words) }
        hasHits = !hits.isEmpty
        count = NumberText.grouped(hits.count)
        nobody = answer != nil && hits.isEmpty && problem == nil
        self.sheets = sheets
        next = answer?.next?.text
        self.asksPurpose = asksPurpose
        self.purpose = purpose
        receipt = answer.map { String($0.receipt) }
    }

    private static func hit(_ result: SearchResult, _ words: ValueWords) -> Hit {
        let state = result.state
        let residence = state.permanentResidence ?? state.currentResidence ?? state.temporaryResidence
        return Hit(
            href: "/persons/\(result.handle)", name: state.details.name ?? "…", birth: words.date(state.details.birth),
            sex: words.sex(state.details.sex), place: words.address(residence?.address),
            living: state.life.status == .living, life: words.life(state.life),
            reasons: result.reasons.map { words.language.of($0.sentence) })
    }
}
