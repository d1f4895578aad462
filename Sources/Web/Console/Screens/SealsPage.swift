import Access
import Civil
import Ledger
import Population

/// Bảo vệ đặc biệt: the seals that stand, what waits for the officer, and the form that asks for one; nobody by name.
package struct SealsPage: ConsolePage {
    package static let template = "seals"
    package static let title = Sentence("Hồ sơ được bảo vệ đặc biệt", "Sealed records")

    struct Line: Equatable, Sendable {
        let number: String
        let title: String
        let person: String
        /// The record, while it can be looked at.
        let href: String?
        let asker: String
        let asked: String
        let expires: String
        let until: String?
        let why: String
        let state: String
        let action: String
        let typed: String
    }

    /// What was typed into the form that asks for a seal.
    struct Typed: Equatable, Sendable {
        let person: String
        let reason: String
        let day: String
        let month: String
        let year: String
    }

    package let frame: PageFrame
    let heading: String
    let problem: String?
    let waiting: [Line]
    let hasWaiting: Bool
    let standing: [Line]
    let hasStanding: Bool
    let asked: [Line]
    let hasAsked: Bool
    let typed: Typed
    let longest: Int

    /// - Parameters:
    ///   - input: what was typed when it was refused, or the person that the form begins with.
    ///   - refused: the seal or request whose form was refused; nil: the form that asks for a seal.
    package init(
        frame: PageFrame, answer: SealsAnswer, now: Instant, units: UnitDirectory, problem: Sentence? = nil,
        input: FormInput = FormInput(), refused: Int64? = nil
    ) {
        let words = ValueWords(frame.spoken, units: units)
        let language = frame.spoken
        func text(_ id: Int64) -> String { refused == id ? input["reason"] : "" }
        func line(_ request: SealRequest) -> Line {
            let handle = answer.handles[request.person] ?? "?"
            var until: String?
            if case .seal(let end?) = request.wish { until = words.moment(end) }
            return Line(
                number: String(request.id), title: language.of(SealsPage.title(of: request.wish)), person: handle,
                href: SealsPage.isSetting(request.wish) ? "/persons/\(handle)" : nil,
                asker: "\(request.asker.account), \(request.asker.office)", asked: words.moment(request.asked),
                expires: words.moment(request.expires), until: until, why: request.reason,
                state: OfficeWords.state(
                    request.decision, isOpen: request.refusal(at: now) == nil, words),
                action: "/seals/requests/\(request.id)", typed: text(request.id))
        }
        self.frame = frame
        heading = language.of(SealsPage.title)
        self.problem = problem.map(language.of)
        waiting = answer.waiting.map(line)
        hasWaiting = !answer.waiting.isEmpty
        standing = answer.standing.map { seal in
            Line(
                number: String(seal.id), title: answer.handles[seal.person] ?? "?",
                person: answer.handles[seal.person] ?? "?", href: nil,
                asker: "\(seal.asker.account), \(seal.asker.office)", asked: words.moment(seal.since), expires: "",
                until: seal.until.map(words.moment), why: seal.reason, state: "", action: "/seals/\(seal.id)/lift",
                typed: text(seal.id))
        }
        hasStanding = !answer.standing.isEmpty
        asked = answer.asked.map(line)
        hasAsked = !answer.asked.isEmpty
        typed = Typed(
            person: input["person"], reason: refused == nil ? input["reason"] : "", day: input["until-day"],
            month: input["until-month"], year: input["until-year"])
        longest = SealRequest.longestReason
    }

    private static func isSetting(_ wish: SealRequest.Wish) -> Bool {
        if case .seal = wish { true } else { false }
    }

    private static func title(of wish: SealRequest.Wish) -> Sentence {
        isSetting(wish)
            ? Sentence("Niêm phong hồ sơ", "Seal the record")
            : Sentence("Gỡ niêm phong hồ sơ", "Lift the seal of the record")
    }
}
