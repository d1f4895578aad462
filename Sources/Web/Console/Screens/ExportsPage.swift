import Access
import Civil
import Ledger
import Population

/// Xuất danh sách công dân: what waits for the officer, the form that asks for a list, and one's own lists.
package struct ExportsPage: ConsolePage {
    package static let template = "exports"
    package static let title = Sentence("Xuất danh sách công dân", "Lists of people")

    struct Line: Equatable, Sendable {
        let number: String
        let unit: String
        let asker: String
        let asked: String
        let expires: String
        let why: String
        let state: String
        /// Where it is decided, or taken; nil where it is neither.
        let action: String?
        let typed: String
    }

    package let frame: PageFrame
    let heading: String
    let problem: String?
    let waiting: [Line]
    let hasWaiting: Bool
    let asked: [Line]
    let hasAsked: Bool
    let unit: String
    let reason: String
    let longest: Int

    /// - Parameters:
    ///   - input: what was typed when it was refused.
    ///   - refused: the request whose form was refused; nil: the form that asks for a list.
    package init(
        frame: PageFrame, answer: PersonExportsAnswer, now: Instant, units: UnitDirectory, problem: Sentence? = nil,
        input: FormInput = FormInput(), refused: Int64? = nil
    ) {
        let words = ValueWords(frame.spoken, units: units)
        func line(_ export: PersonExport, action: String?) -> Line {
            Line(
                number: String(export.id), unit: units.path(of: export.unit),
                asker: "\(export.asker.account), \(export.asker.office)", asked: words.moment(export.asked),
                expires: words.moment(export.expires), why: export.reason,
                state: OfficeWords.state(export.decision, isOpen: export.refusal(at: now) == nil, words),
                action: action, typed: refused == export.id ? input["reason"] : "")
        }
        self.frame = frame
        heading = frame.spoken.of(ExportsPage.title)
        self.problem = problem.map(frame.spoken.of)
        waiting = answer.waiting.map { line($0, action: "/exports/\($0.id)") }
        hasWaiting = !answer.waiting.isEmpty
        asked = answer.asked.map { export in
            line(export, action: export.refusalOfTaking(at: now) == nil ? "/exports/\(export.id)/file" : nil)
        }
        hasAsked = !answer.asked.isEmpty
        unit = input["unit"]
        reason = refused == nil ? input["reason"] : ""
        longest = PersonExport.longestReason
    }
}

/// Tệp danh sách công dân: a list of people as CSV (RFC 4180), in UTF-8 with its mark.
enum PersonCSV {
    static func text(_ list: ExportedPersons) -> String {
        let head = ["handle", "number", "name", "date_of_birth", "sex", "permanent_residence", "current_residence"]
        let rows = list.persons.map { line in
            let details = line.state.details
            return [
                line.handle, line.state.number ?? "", details.name ?? "", details.birth?.description ?? "",
                details.sex?.rawValue ?? "", line.state.permanentResidence?.address.written ?? "",
                line.state.currentResidence?.address.written ?? "",
            ]
        }
        return "\u{FEFF}" + ([head] + rows).map { $0.map(AuditCSV.cell).joined(separator: ",") + "\r\n" }.joined()
    }
}
