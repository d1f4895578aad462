import Access
import Civil
import Foundation
import Invention
import Ledger
import Population

/// Đưa người không có thật vào cơ sở dữ liệu: fills a register with an invented nation, through the import of batches.
///
/// Some communes of a province at a time are written into a file and imported; their batches are named by everything
/// that decides on their letters, so that a run that was interrupted finds what is done and goes on behind it.
struct RegisterFilling {
    let register: OpenedRegister
    let nation: InventedNation
    let years: Int
    let faults: FaultShares

    /// So many rows make a file of some twenty megabytes.
    static let rowsPerBatch = 50_000

    /// The beginning of the batches' names: the plan in eight digits.
    private var prefix: String {
        let plan = nation.plan
        let text =
            "\(InventedNation.version)|\(plan.people)|\(plan.seed)|\(plan.collected)|\(faults.percent)"
        let digits = String(StableHash.of(text.utf8), radix: 16)
        return "invented-" + String((String(repeating: "0", count: 16) + digits).suffix(8))
    }

    func fill(truth: GrowingFile?) async throws -> (WrittenCounts, [String: Int]) {
        let plan = BatchPlan.byProvince(nation, prefix: prefix, atMost: RegisterFilling.rowsPerBatch)
        let folder = try WorkFolder()
        defer { folder.remove() }
        try truth?.append(Array(SheetTruth.heading.utf8))
        var counts = WrittenCounts()
        var results: [String: Int] = [:]
        var rows: (next: Int, rows: BatchRows)?
        for (place, batch) in plan.batches.enumerated() {
            if truth == nil, try await add(batch, ifDone: &counts, &results) { continue }
            var made =
                rows.flatMap { $0.next == place ? $0.rows : nil }
                ?? BatchRows(nation: nation, faults: faults, plan: plan, encoding: .utf8, from: place)
            let sheets = folder.url.appendingPathComponent(batch.name + ".csv")
            let acts = folder.url.appendingPathComponent(actFile(of: batch))
            let life = years == 0 ? nil : try LifeFile(nation: nation, years: years, creating: acts)
            _ = try BatchFolder.write(
                batch, of: &made, .utf8, to: try GrowingFile(creating: sheets), truth: truth, life: life)
            try life?.close()
            rows = (place + 1, made)
            add(
                try await register.population.importBatch(
                    path: sheets.path, by: LocalOperator.requester, progress: ImportProgress().show),
                to: &counts, &results)
            try await register.sequencer?.integrate()
            if let life, life.lines > 0 {
                add(
                    try await register.population.recordFile(
                        path: acts.path, by: LocalOperator.requester, progress: ImportProgress().show),
                    to: &counts, &results)
                try await register.sequencer?.integrate()
            }
            try? FileManager.default.removeItem(at: sheets)
            try? FileManager.default.removeItem(at: acts)
        }
        ImportProgress.clear()
        try truth?.close()
        return (counts, results)
    }

    private func actFile(of batch: BatchPlan.Batch) -> String { "\(batch.name)-\(years)-years.jsonl" }

    /// Counts a batch that an earlier run has finished; false when there is something to do.
    private func add(
        _ batch: BatchPlan.Batch, ifDone counts: inout WrittenCounts, _ results: inout [String: Int]
    ) async throws -> Bool {
        guard let known = try await register.population.batch(named: batch.name), known.finished != nil else {
            return false
        }
        let acts = years == 0 ? nil : try await register.population.recordedFile(named: actFile(of: batch))
        guard years == 0 || acts != nil else { return false }
        add(try await register.population.summary(ofBatch: known.id), to: &counts, &results)
        if let acts { add(acts, to: &counts, &results) }
        return true
    }

    private func add(_ summary: BatchSummary, to counts: inout WrittenCounts, _ results: inout [String: Int]) {
        counts.batches += 1
        counts.rows += summary.batch.rows
        results["accepted", default: 0] += summary.accepted
        results["accepted_with_findings", default: 0] += summary.acceptedWithFindings
        results["held", default: 0] += summary.held
    }

    private func add(_ summary: ActFileSummary, to counts: inout WrittenCounts, _ results: inout [String: Int]) {
        counts.requests += summary.lines
        results["acts_recorded", default: 0] += summary.recorded
        results["acts_refused", default: 0] += summary.refused
    }
}

/// A folder for files that live for one run of the program.
struct WorkFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("dancu-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(
                at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw GrowingFile.notWritable(url.path)
        }
    }

    func remove() { try? FileManager.default.removeItem(at: url) }
}
