import Access
import Civil
import Ledger
import Population

/// Nghi trùng: the pairs that wait, with what speaks for and against; nobody by name.
package struct DuplicatesPage: ConsolePage {
    package static let template = "duplicates"
    package static let title = Sentence("Nghi trùng", "Possible duplicates")
    package static let path = "/duplicates"

    struct Line: Equatable, Sendable {
        let href: String
        let field: String
        let pair: String
        let probability: String
        let places: String
        let harm: String
        let evidence: [String]
        let unclear: Bool
        let opened: Bool
        /// All pairs with the same evidence.
        let alike: String
    }

    package let frame: PageFrame
    let heading: String
    let problem: String?
    /// When the last sweep ended and what it is worth; nil before the first.
    let sweep: String?
    let lines: [Line]
    let hasLines: Bool
    /// Pairs with one evidence can be decided together.
    let together: Bool
    let pattern: String
    let all: String
    let estimates: String
    let sample: String
    let reason: String
    let longest: Int
    let next: String?

    package init(
        frame: PageFrame, queue: DuplicateQueue, pattern: Int64? = nil,
        opened: Set<String> = [], reason: String = "", problem: Sentence? = nil, units: UnitDirectory
    ) {
        let words = ValueWords(frame.spoken, units: units)
        let language = frame.spoken
        self.frame = frame
        heading = language.of(DuplicatesPage.title)
        self.problem = problem.map(language.of)
        sweep = queue.sweep.map { DuplicatesPage.sentence($0, words) }
        lines = queue.listings.map { listing in
            let key = listing.handles.joined(separator: "-")
            return Line(
                href: DuplicatePage.path(of: listing.handles), field: "pair-\(key)",
                pair: listing.handles.map { String($0.prefix(8)) }.joined(separator: " – "),
                probability: DuplicatesPage.share(listing.pair.probability),
                places: DuplicatesPage.places(listing.pair, units, language),
                harm: language.of(DuplicatesPage.harm(listing.pair.harm)),
                evidence: listing.evidence.filter { abs($0.bits) >= DuplicatesPage.leastBits }.map {
                    language.of($0.sentence)
                },
                unclear: listing.isUnclear, opened: opened.contains(listing.handles.sorted().joined(separator: "-")),
                alike: "\(DuplicatesPage.path)?alike=\(listing.pair.pattern)")
        }
        hasLines = !queue.listings.isEmpty
        together = pattern != nil && queue.listings.count > 1
        self.pattern = pattern.map { String($0) } ?? ""
        all = DuplicatesPage.path
        estimates = DuplicateEstimatesPage.path
        sample = String(min(PopulationRegister.sampleBeforeMany, max(1, queue.listings.count)))
        self.reason = reason
        longest = Verdict.longestReason
        let query = pattern.map { "alike=\($0)&" } ?? ""
        next = queue.next.map { "\(DuplicatesPage.path)?\(query)after=\($0.text)" }
    }

    static func share(_ probability: Double) -> String {
        // 100 % would claim what nobody can know.
        NumberText.share(min(999, Int((probability * 1_000).rounded(.down))), of: 1_000)
    }

    /// Less than a factor of two says nothing.
    static let leastBits = 1.0

    static func harm(_ harm: Int64) -> Sentence {
        switch harm {
        case 3: Sentence("cả hai đã có số định danh", "both have a personal number")
        case 2: Sentence("một người đã có số định danh", "one has a personal number")
        default: Sentence("chưa ai có số định danh", "neither has a personal number")
        }
    }

    static func places(_ pair: DuplicatePair, _ units: UnitDirectory, _ language: PageLanguage) -> String {
        let names = pair.units.map { $0.map(units.path) ?? language.of("không rõ nơi cư trú", "no residence known") }
        return names[0] == names[1] ? names[0] : names.joined(separator: " – ")
    }

    private static func sentence(_ sweep: DuplicateSweep, _ words: ValueWords) -> String {
        let (when, persons) = (words.moment(sweep.finished), NumberText.grouped(sweep.persons))
        let (precision, recall) = (share(sweep.expectedPrecision), share(sweep.expectedRecall * sweep.keysRecall))
        return words.language.of(
            "Rà soát lúc \(when) trên \(persons) bản ghi. Ước tính \(precision) số cặp được nêu là trùng thật và "
                + "\(recall) số cặp trùng thật được nêu.",
            "Swept at \(when) over \(persons) records. An estimated \(precision) of the pairs told are real, and "
                + "\(recall) of the real ones are told.")
    }
}

/// Một cặp nghi trùng: both records side by side, what speaks for and against, and the decision.
package struct DuplicatePage: ConsolePage {
    package static let template = "duplicate"

    struct Person: Equatable, Sendable {
        let handle: String
        let href: String
        let name: String
    }

    struct Evidence: Equatable, Sendable {
        let sentence: String
        let bits: String
        let speaksFor: Bool
        let speaksAgainst: Bool
    }

    struct Line: Equatable, Sendable {
        let label: String
        let values: [String]
        let same: Bool
        let differs: Bool
    }

    struct Decision: Equatable, Sendable {
        let verdict: String
        let reason: String
        let by: String
        let when: String
        let outdated: Bool
    }

    package let frame: PageFrame
    let list: String
    let path: String
    let heading: String
    let probability: String
    let harm: String
    let places: String
    let problem: String?
    let persons: [Person]
    /// Whether one of the two may not be shown here.
    let hidden: Bool
    let lines: [Line]
    let evidence: [Evidence]
    let decisions: [Decision]
    let hasDecisions: Bool
    /// Whether this officer may ask for the merge.
    let merges: Bool
    let reason: String
    let longest: Int

    package static func path(of handles: [String]) -> String {
        "\(DuplicatesPage.path)/\(handles.joined(separator: "/"))"
    }

    package init(
        frame: PageFrame, answer: DuplicateAnswer, merges: Bool, reason: String = "", problem: Sentence? = nil,
        units: UnitDirectory
    ) {
        let words = ValueWords(frame.spoken, units: units)
        let language = frame.spoken
        let pair = answer.listing.pair
        self.frame = frame
        list = DuplicatesPage.path
        path = DuplicatePage.path(of: answer.listing.handles)
        heading = language.of("Hai bản ghi có thể là một người", "Two records that may be one person's")
        probability = DuplicatesPage.share(pair.probability)
        harm = language.of(DuplicatesPage.harm(pair.harm))
        places = DuplicatesPage.places(pair, units, language)
        self.problem = problem.map(language.of)
        persons = zip(answer.listing.handles, answer.persons).map { handle, person in
            Person(
                handle: handle, href: "/persons/\(handle)",
                name: person.map { $0.state.details.name ?? "…" }
                    ?? language.of("ở địa bàn khác", "of another place"))
        }
        hidden = answer.persons.contains { $0 == nil }
        let compared = answer.persons.map { $0.map { ComparedPerson(state: $0.state, words: words) } }
        lines = ComparedPerson.columns.compactMap { column in
            DuplicatePage.line(language.of(column.title), compared.map { $0?.value(column) })
        }
        evidence = answer.listing.evidence.map { line in
            Evidence(
                sentence: language.of(line.sentence), bits: DuplicatePage.bits(line.bits),
                speaksFor: line.bits >= DuplicatesPage.leastBits, speaksAgainst: line.bits <= -DuplicatesPage.leastBits)
        }
        decisions = answer.decisions.map { decision in
            Decision(
                verdict: language.of(DuplicatePage.title(of: decision.verdict)), reason: decision.reason,
                by: "\(decision.actor.account), \(decision.actor.office)", when: words.moment(decision.decided),
                outdated: !decision.holds)
        }
        hasDecisions = !answer.decisions.isEmpty
        self.merges = merges && !hidden
        self.reason = reason
        longest = Verdict.longestReason
    }

    /// Nil when neither says anything there.
    private static func line(_ label: String, _ values: [String?]) -> Line? {
        guard values.contains(where: { $0 != nil }) else { return nil }
        let known = values.compactMap(\.self)
        return Line(
            label: label, values: values.map { $0 ?? "–" }, same: known.count == 2 && known[0] == known[1],
            differs: known.count == 2 && known[0] != known[1])
    }

    static func title(of verdict: DuplicateVerdict) -> Sentence {
        switch verdict {
        case .same: Sentence("Cùng một người, đã đề nghị hợp nhất", "The same person; merging was asked for")
        case .different: Sentence("Hai người khác nhau", "Two different people")
        case .unclear: Sentence("Chưa rõ, hỏi cấp xã", "Unclear; the commune is asked")
        }
    }

    private static func bits(_ bits: Double) -> String {
        let tenths = Int((abs(bits) * 10).rounded())
        return "\(bits < 0 ? "−" : "+")\(tenths / 10),\(tenths % 10)"
    }
}
