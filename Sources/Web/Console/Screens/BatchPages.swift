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
        /// Its sums are the requester's; else only what waits is.
        let own: Bool
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
    let next: String?

    /// - Parameter batches: the newest first.
    package init(
        frame: PageFrame, batches: [BatchEntry], uploads: Bool, problem: Sentence? = nil, longest: Int,
        units: UnitDirectory
    ) {
        let words = ValueWords(frame.spoken, units: units)
        self.frame = frame
        self.batches = batches.map { entry in
            let summary = entry.summary
            return Line(
                href: BatchPage.path(of: entry.batch), name: entry.batch.name,
                received: words.moment(entry.batch.received), own: summary != nil,
                rows: NumberText.grouped(entry.batch.rows), accepted: NumberText.grouped(summary?.accepted ?? 0),
                withFindings: NumberText.grouped(summary?.acceptedWithFindings ?? 0),
                held: NumberText.grouped(summary?.held ?? 0), waiting: NumberText.grouped(entry.waiting),
                unfinished: entry.batch.done < entry.batch.rows, done: NumberText.grouped(entry.batch.done))
        }
        hasBatches = !batches.isEmpty
        self.uploads = uploads
        self.problem = problem.map(frame.spoken.of)
        megabytes = String(longest >> 20)
        let isFull = batches.count == PopulationRegister.batchesPerPage
        next = isFull ? batches.last.map { "/batches?before=\($0.batch.id)" } : nil
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
    /// Of a batch of other places only what waits in the requester's is told.
    let isOwn: Bool
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
        frame: PageFrame, entry: BatchEntry, causes: [FindingCode: Int], isRunning: Bool, mayReview: Bool,
        units: UnitDirectory
    ) {
        let language = frame.spoken
        let batch = entry.batch
        let summary = entry.summary
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
        persons = NumberText.grouped(summary?.persons ?? 0)
        households = NumberText.grouped(summary?.households ?? 0)
        // How far a batch of other places is, is theirs to know.
        let isDone = batch.done >= batch.rows || entry.summary == nil
        progress = isDone ? nil : NumberText.grouped(batch.done)
        meter = PageDrawing(QualityCharts.meter(Share(batch.done, of: batch.rows)))
        stopped = !isDone && !isRunning
        fates = [
            fate(Sentence("Tiếp nhận", "Accepted"), summary?.accepted ?? 0),
            fate(Sentence("Tiếp nhận, có phát hiện", "Accepted with findings"), summary?.acceptedWithFindings ?? 0),
            fate(Sentence("Tạm giữ", "Held"), summary?.held ?? 0),
        ]
        decided = SheetVerdict.allCases.compactMap { verdict in
            (summary?.decided[verdict]).map { fate(verdict.title, $0) }
        }
        hasDecided = !decided.isEmpty
        self.causes = causes.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.map { code, count in
            Cause(
                href: "\(path)/held?cause=\(code.rawValue)", count: NumberText.grouped(count),
                what: language.of(code.sentence))
        }
        hasCauses = mayReview && !causes.isEmpty
        held = path + "/held"
        waiting = NumberText.grouped(entry.waiting)
        isOwn = entry.summary != nil
        findings = (summary?.findings ?? [:]).sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            .map { code, count in
                Finding(code: code.rawValue, count: NumberText.grouped(count), what: language.of(code.sentence))
            }
        hasFindings = !findings.isEmpty
        report = mayReview && isDone && isOwn ? path + "/report" : nil
    }

    static func path(of batch: Batch) -> String { "/batches/\(PathText.encoded(batch.name))" }
}
