import Access
import Cards
import Civil

/// Kiểm tra chất lượng thẻ: the form of quality control, what waits for it, and what the last card came to; nobody's
/// data but what the controller reads from the card.
package struct FactoryCheckPage: ConsolePage {
    package static let template = "factory-check"
    package static let title = Sentence("Kiểm tra thẻ", "Checking cards")
    static let path = "/factory/check"

    /// Kết quả: what one card came to.
    package struct Outcome: Equatable, Sendable {
        package let card: String
        package let rejects: Set<RejectCode>

        package init(card: String, rejects: Set<RejectCode>) {
            self.card = card
            self.rejects = rejects
        }
    }

    struct Verdict: Equatable, Sendable {
        let card: String
        let passed: Bool
        let reasons: [String]
    }

    struct Waiting: Equatable, Sendable {
        let card: String
        let href: String
    }

    package let frame: PageFrame
    let parts: [CardPart]
    let problem: String?
    let verdict: Verdict?
    let card: String
    let zone: String
    let code: String
    let silent: Bool
    let seen: [CardOption]
    let hasWaiting: Bool
    let waiting: [Waiting]
    let more: Bool

    package init(
        frame: PageFrame, role: Role, waiting: [String], input: FormInput = FormInput(), outcome: Outcome? = nil,
        problem: Sentence? = nil
    ) {
        let language = frame.spoken
        self.frame = frame
        parts = CardPart.parts(of: role, at: FactoryCheckPage.path, language)
        self.problem = problem.map(language.of)
        verdict = outcome.map { outcome in
            Verdict(
                card: outcome.card, passed: outcome.rejects.isEmpty,
                reasons: outcome.rejects.sorted { $0.rawValue < $1.rawValue }.map { language.of($0.title) })
        }
        card = input["card"]
        zone = input["zone"]
        code = input["code"]
        silent = input["silent"] == "yes"
        seen = RejectCode.seenByEye.sorted { $0.rawValue < $1.rawValue }.map { code in
            let box = FactoryCheckPage.box(of: code)
            return CardOption(id: box, value: "yes", label: language.of(code.title), chosen: input[box] == "yes")
        }
        self.waiting = waiting.prefix(FactoryCheckPage.mostShown).map {
            Waiting(card: $0, href: "\(FactoryCheckPage.path)?card=\($0)")
        }
        hasWaiting = !waiting.isEmpty
        more = waiting.count > FactoryCheckPage.mostShown
    }

    package static let mostShown = 20
    /// What is typed, without the boxes of what is seen.
    static let fields = ["card", "zone", "code", "silent"]

    static func box(of code: RejectCode) -> String { "seen-\(code.rawValue)" }
}
