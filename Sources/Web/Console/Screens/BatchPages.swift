import Civil
import Ledger
import Population

/// Các lô phiếu: what was handed in, how far each file is, and what waits in it.
package struct BatchesPage: ConsolePage {
    package static let template = "batches"
    package static let title = Sentence("Lô phiếu thu thập", "Collection batches")

    struct Line: Equatable, Sendable {
        let href: String
        let name: String
        let received: String
        let rows: String
        let accepted: String
        let withFindings: String
        let held: String
        let waiting: String
        let unfinished: Bool
        let done: String
    }

    package let frame: PageFrame
    let batches: [Line]
    let hasBatches: Bool
    let uploads: Bool
    let problem: String?
    let megabytes: String

    package init(
        frame: PageFrame, batches: [BatchSummary], uploads: Bool, problem: Sentence? = nil, longest: Int,
        units: UnitDirectory
    ) {
        let words = ValueWords(frame.spoken, units: units)
        self.frame = frame
        self.batches = batches.reversed().map { summary in
            Line(
                href: BatchPage.path(of: summary.batch), name: summary.batch.name,
                received: words.moment(summary.batch.received), rows: NumberText.grouped(summary.batch.rows),
                accepted: NumberText.grouped(summary.accepted),
                withFindings: NumberText.grouped(summary.acceptedWithFindings),
                held: NumberText.grouped(summary.held), waiting: NumberText.grouped(summary.waiting),
                unfinished: summary.batch.done < summary.batch.rows, done: NumberText.grouped(summary.batch.done))
        }
        hasBatches = !batches.isEmpty
        self.uploads = uploads
        self.problem = problem.map(frame.spoken.of)
        megabytes = String(longest >> 20)
    }
}

/// Trang một lô: how far the import is, what became of the rows, and what was found in them.
package struct BatchPage: ConsolePage {
    package static let template = "batch"

    struct Fate: Equatable, Sendable {
        let title: String
        let count: String
        let share: String
    }

    struct Cause: Equatable, Sendable {
        let href: String
        let count: String
        let what: String
    }

    struct Finding: Equatable, Sendable {
        let code: String
        let count: String
        let what: String
    }

    package let frame: PageFrame
    let name: String
    let received: String
    let encoding: String
    let rows: String
    let persons: String
    let households: String
    /// Set while rows have no fate yet.
    let progress: String?
    let meter: PageDrawing
    /// The import stopped before its end, and nobody goes on with it here.
    let stopped: Bool
    let fates: [Fate]
    let decided: [Fate]
    let hasDecided: Bool
    let causes: [Cause]
    let hasCauses: Bool
    let held: String
    let waiting: String
    let findings: [Finding]
    let hasFindings: Bool
    let report: String?

    package init(
        frame: PageFrame, summary: BatchSummary, causes: [FindingCode: Int], isRunning: Bool, mayReview: Bool,
        units: UnitDirectory
    ) {
        let language = frame.spoken
        let batch = summary.batch
        let path = BatchPage.path(of: batch)
        func fate(_ title: Sentence, _ count: Int) -> Fate {
            Fate(
                title: language.of(title), count: NumberText.grouped(count),
                share: NumberText.share(count, of: batch.rows))
        }
        self.frame = frame
        name = batch.name
        received = ValueWords(language, units: units).moment(batch.received)
        encoding = batch.encoding
        rows = NumberText.grouped(batch.rows)
        persons = NumberText.grouped(summary.persons)
        households = NumberText.grouped(summary.households)
        let isDone = batch.done >= batch.rows
        progress = isDone ? nil : NumberText.grouped(batch.done)
        meter = PageDrawing(QualityCharts.meter(Share(batch.done, of: batch.rows)))
        stopped = !isDone && !isRunning
        fates = [
            fate(Sentence("Tiếp nhận", "Accepted"), summary.accepted),
            fate(Sentence("Tiếp nhận, có phát hiện", "Accepted with findings"), summary.acceptedWithFindings),
            fate(Sentence("Tạm giữ", "Held"), summary.held),
        ]
        decided = SheetVerdict.allCases.compactMap { verdict in
            summary.decided[verdict].map { fate(verdict.title, $0) }
        }
        hasDecided = !decided.isEmpty
        self.causes = causes.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.map { code, count in
            Cause(
                href: "\(path)/held?cause=\(code.rawValue)", count: NumberText.grouped(count),
                what: language.of(code.sentence))
        }
        hasCauses = mayReview && !causes.isEmpty
        held = path + "/held"
        waiting = NumberText.grouped(summary.waiting)
        findings = summary.findings.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            .map { code, count in
                Finding(code: code.rawValue, count: NumberText.grouped(count), what: language.of(code.sentence))
            }
        hasFindings = !findings.isEmpty
        report = mayReview && isDone ? path + "/report" : nil
    }

    static func path(of batch: Batch) -> String { "/batches/\(PathText.encoded(batch.name))" }
}
