import Access
import Civil
import Ledger
import Population

/// Kiểm tra nhật ký: the conditions, and the looks or acts that they find.
package struct AuditPage: ConsolePage {
    package static let template = "audit"
    package static let title = Sentence("Kiểm tra nhật ký", "Audit of the logs")

    struct Line: Equatable, Sendable {
        let number: String
        let moment: String
        let title: String
        let officer: String
        let basis: String
        let fields: String?
        /// How many persons, and the handles of the first ones.
        let persons: String?
    }

    /// The conditions as they were typed, to be sent again.
    struct Typed: Equatable, Sendable {
        let account: String
        let office: String
        let person: String
        let since: String
        let until: String
        let words: String
        let isActs: Bool
        let isStated: Bool
        let kinds: [Field.Option]
        let kind: String
    }

    /// How many handles of one entry are shown.
    private static let mostHandles = 3

    package let frame: PageFrame
    let problem: String?
    let typed: Typed
    let hasAnswer: Bool
    let lines: [Line]
    let hasLines: Bool
    let next: String?
    let receipt: String?
    let exports: Bool
    let mostExported: String

    package init(
        frame: PageFrame, input: FormInput, answer: AuditAnswer? = nil, exports: Bool, problem: Sentence? = nil,
        units: UnitDirectory
    ) {
        let words = ValueWords(frame.spoken, units: units)
        self.frame = frame
        self.problem = problem.map(frame.spoken.of)
        typed = Typed(
            account: input["account"], office: input["office"], person: input["person"], since: input["since"],
            until: input["until"], words: input["words"], isActs: input["log"] == AuditQuestion.Log.acts.rawValue,
            isStated: input["stated"] == "yes",
            kinds: ActKind.allCases.map { kind in
                Field.Option(
                    id: kind.rawValue, value: kind.rawValue, label: frame.spoken.of(kind.title),
                    chosen: kind.rawValue == input["kind"])
            }, kind: input["kind"])
        hasAnswer = answer != nil
        lines = answer?.entries.map { AuditPage.line($0, words) } ?? []
        hasLines = !lines.isEmpty
        next = answer?.next.map(String.init)
        receipt = answer.map { String($0.receipt) }
        self.exports = exports && !lines.isEmpty
        mostExported = NumberText.grouped(PopulationRegister.longestAuditExport)
    }

    private static func line(_ entry: AuditEntry, _ words: ValueWords) -> Line {
        let shown = entry.persons.prefix(mostHandles).joined(separator: ", ")
        let count = NumberText.grouped(entry.persons.count)
        return Line(
            number: String(entry.id), moment: words.moment(entry.at),
            title: entry.kind.map { words.language.of($0.title) } ?? entry.purpose ?? "",
            officer: "\(entry.actor.account), \(Role.title(of: entry.actor.role, in: words.language)), "
                + entry.actor.office,
            basis: entry.legalBasis, fields: entry.fields.isEmpty ? nil : entry.fields.joined(separator: ", "),
            persons: entry.persons.isEmpty
                ? nil : entry.persons.count > mostHandles ? "\(count): \(shown), …" : "\(count): \(shown)")
    }
}
