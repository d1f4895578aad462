import Access
import Civil
import Ledger
import Population

/// Phiếu chờ xem xét của một lô hay mọi lô: rows with one cause together, opened one by one or decided together.
package struct HeldRowsPage: ConsolePage {
    package static let template = "held-rows"
    package static let title = Sentence("Phiếu chờ xem xét", "Rows held for review")

    struct Cause: Equatable, Sendable {
        let href: String
        let what: String
        let count: String
        let current: Bool
    }

    struct Line: Equatable, Sendable {
        let href: String
        let field: String
        let row: String
        /// Where rows of several batches stand together.
        let inBatch: String?
        let name: String
        let birth: String?
        let causes: [String]
        let opened: Bool
    }

    /// A row of the same batch that has just been decided.
    struct Done: Equatable, Sendable {
        let row: String
        let href: String

        init?(_ sheet: Int64, of batch: Batch) {
            guard SheetID.batch(of: sheet) == batch.id else { return nil }
            row = String(SheetID.row(of: sheet))
            href = "\(HeldRowsPage.path(of: batch))/\(row)"
        }
    }

    package let frame: PageFrame
    /// Nil where the rows of all batches stand together.
    let batch: String?
    let path: String
    /// The row that was decided last.
    let done: Done?
    let causes: [Cause]
    let lines: [Line]
    let hasLines: Bool
    /// Rows of one cause can be decided together.
    let together: Bool
    let cause: String
    let accepts: Bool
    let sample: String
    let reason: String
    let longest: Int
    let problem: String?
    let next: String?

    /// - Parameters:
    ///   - batch: nil for the rows of all batches.
    ///   - opened: what this session has opened, by sheet.
    ///   - isFull: there may be more rows.
    ///   - done: the sheet that was decided last.
    package init(
        frame: PageFrame, batch: Batch?, rows: [HeldRowEntry], causes: [FindingCode: Int], cause: FindingCode?,
        opened: Set<Int64> = [], decides: Bool, isFull: Bool = false, done: Int64? = nil, reason: String = "",
        problem: Sentence? = nil, units: UnitDirectory
    ) {
        let words = ValueWords(frame.spoken, units: units)
        let path = HeldRowsPage.path(of: batch)
        self.frame = frame
        self.batch = batch?.name
        self.path = path
        self.done = problem == nil ? batch.flatMap { batch in done.flatMap { Done($0, of: batch) } } : nil
        self.causes = causes.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.map { code, count in
            Cause(
                href: "\(path)?cause=\(code.rawValue)", what: frame.spoken.of(code.sentence),
                count: NumberText.grouped(count), current: code == cause)
        }
        lines = rows.map { entry in
            let row = entry.row
            return Line(
                href: "\(HeldRowsPage.path(of: entry.batch))/\(row.place)", field: "row-\(row.id)",
                row: String(row.row), inBatch: batch == nil ? entry.batch.name : nil,
                name: row.sheet.details.name ?? frame.spoken.of("(không có họ tên)", "(no name)"),
                birth: words.date(row.sheet.details.birth) ?? row.sheet.birthYear.map { String($0) },
                causes: row.causes.map { frame.spoken.of($0.sentence) }, opened: opened.contains(row.id))
        }
        hasLines = !rows.isEmpty
        together = decides && cause != nil && !rows.isEmpty
        self.cause = cause?.rawValue ?? ""
        accepts = rows.contains(where: \.row.isAcceptable)
        sample = String(min(PopulationRegister.sampleBeforeMany, max(1, rows.count)))
        self.reason = reason
        longest = Verdict.longestReason
        self.problem = problem.map(frame.spoken.of)
        let last = isFull ? rows.last.map { batch == nil ? $0.row.id : Int64($0.row.place) } : nil
        next = last.map { "\(path)?\(cause.map { "cause=\($0.rawValue)&" } ?? "")after=\($0)" }
    }

    static let path = "/held"

    /// Where the rows of a batch are, or of all of them.
    static func path(of batch: Batch?) -> String { batch.map { BatchPage.path(of: $0) + path } ?? path }
}

/// Một phiếu chờ xem xét: the row as it was written beside the people of the register, and what to do with it.
package struct HeldRowPage: ConsolePage {
    package static let template = "held-row"

    /// One value of somebody of the register, compared with the row in words and with a sign.
    struct Cell: Equatable, Sendable {
        let value: String
        let same: Bool
        let differs: Bool
    }

    struct Line: Equatable, Sendable {
        let label: String
        let written: String?
        let read: String
        let cells: [Cell]
    }

    struct Candidate: Equatable, Sendable {
        let handle: String
        let href: String
        let name: String
        let count: String
        /// The one that a key stands for.
        let first: Bool
    }

    struct Field: Equatable, Sendable {
        let id: String
        let label: String
        let hint: String
        let value: String
        let problem: String?
    }

    struct Decision: Equatable, Sendable {
        let title: String
        let corrected: Bool
        let by: String
        let when: String
        let reason: String
        let person: String?
        let receipt: String
    }

    package let frame: PageFrame
    let batch: String
    let list: String
    let path: String
    let row: String
    let record: String
    let causes: [String]
    let candidates: [Candidate]
    let hasCandidates: Bool
    let hidden: String?
    let lines: [Line]
    let decision: Decision?
    let decides: Bool
    let accepts: Bool
    let reason: String
    let problem: String?
    let fields: [Field]
    let longest: Int
    let next: String?
    /// The row that was decided before this one, and its page.
    let done: HeldRowsPage.Done?
    /// What is recorded where no reason is typed.
    let usual: [String]

    /// - Parameter done: the sheet that was decided before.
    package init(
        frame: PageFrame, answer: HeldRowAnswer, decides: Bool, input: FormInput = FormInput(), reason: String = "",
        problem: Sentence? = nil, next: Int? = nil, done: Int64? = nil, units: UnitDirectory
    ) {
        let words = ValueWords(frame.spoken, units: units)
        let row = answer.row
        let base = HeldRowsPage.path(of: answer.batch)
        self.frame = frame
        batch = answer.batch.name
        list = base
        path = "\(base)/\(row.place)"
        self.row = String(row.row)
        record = row.sheet.sheet.written
        causes = row.causes.map { frame.spoken.of($0.sentence) }
        let read = ReadSheet(sheet: row.sheet, words: words)
        let people = answer.candidates.map { ComparedPerson(state: $0.state, words: words) }
        lines = ComparedPerson.columns.map { HeldRowPage.line($0, row, read, people) }
        let firstHandle = answer.candidates.first?.handle
        candidates = zip(answer.candidates, people).map { answer, person in
            let differing = ComparedPerson.columns.count {
                HeldRowPage.cell(read.value($0), person.value($0), words).differs
            }
            return Candidate(
                handle: answer.handle, href: "/persons/\(answer.handle)", name: answer.state.details.name ?? "…",
                count: words.language.of("\(differing) mục khác", "\(differing) differ"),
                first: answer.handle == firstHandle)
        }
        hasCandidates = !candidates.isEmpty
        hidden = answer.hidden > 0 ? NumberText.grouped(answer.hidden) : nil
        decision = row.decision.map { HeldRowPage.decision($0, answer.decidedPerson, words) }
        self.decides = decides && row.decision == nil
        accepts = row.isAcceptable
        self.reason = reason
        self.problem = problem.map(frame.spoken.of)
        fields = HeldRowPage.fields(row, read, input)
        longest = Verdict.longestReason
        self.next = next.map { "\(base)/\($0)" }
        self.done = problem == nil ? done.flatMap { HeldRowsPage.Done($0, of: answer.batch) } : nil
        let reasons = HeldRowForm.usualReasons
        usual = [reasons.accept, reasons.same, reasons.reject].map(frame.spoken.of)
    }

    private static func line(
        _ column: SheetColumn, _ row: HeldRow, _ read: ReadSheet, _ people: [ComparedPerson]
    ) -> Line {
        let language = read.words.language
        let value = read.value(column)
        return Line(
            label: language.of(column.title), written: row.written[column].flatMap { $0.isEmpty ? nil : $0 },
            read: value ?? "–", cells: people.map { cell(value, $0.value(column), read.words) })
    }

    private static func cell(_ sheet: String?, _ person: String?, _ words: ValueWords) -> Cell {
        guard let person else { return Cell(value: "–", same: false, differs: false) }
        guard let sheet else { return Cell(value: person, same: false, differs: false) }
        return Cell(value: person, same: sheet == person, differs: sheet != person)
    }

    private static func decision(_ decision: HeldRow.Decision, _ person: String?, _ words: ValueWords) -> Decision {
        let actor = decision.act.actor
        return Decision(
            title: words.language.of(decision.what.verdict.title), corrected: decision.what.corrected == true,
            by: "\(actor.account), \(Role.title(of: actor.role, in: words.language)), \(actor.office)",
            when: words.moment(decision.act.recorded), reason: decision.what.reason,
            person: person.map { "/persons/\($0)" }, receipt: "/acts/\(decision.act.id.rawValue)/receipt")
    }

    /// The form's columns, with what was typed last, else as written, else as read.
    private static func fields(_ row: HeldRow, _ read: ReadSheet, _ input: FormInput) -> [Field] {
        let written = row.written
        return SheetColumn.allCases.filter { $0 != .row }.map { column in
            let finding = row.findings.first { $0.field == column.rawValue }
            let known = written.isEmpty ? read.value(column) : written[column]
            return Field(
                id: column.rawValue, label: read.words.language.of(column.title),
                hint: read.words.language.of(SheetPage.hint(column)),
                value: input.isEmpty ? known ?? "" : input[column.rawValue],
                problem: finding.map { read.words.language.of($0.code.sentence) })
        }
    }
}
