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
        var fates: [String: Int] = ["accepted": 0, "accepted_with_findings": 0, "held": 0]
        var rows: (next: Int, rows: BatchRows)?
        for (place, batch) in plan.batches.enumerated() {
            let summary: BatchSummary
            let known = try await register.population.batch(named: batch.name)
            if let known, known.finished != nil, truth == nil {
                summary = try await register.population.summary(ofBatch: known.id)
            } else {
                var made =
                    rows.flatMap { $0.next == place ? $0.rows : nil }
                    ?? BatchRows(nation: nation, faults: faults, plan: plan, encoding: .utf8, from: place)
                let url = folder.url.appendingPathComponent(batch.name + ".csv")
                _ = try BatchFolder.write(batch, of: &made, .utf8, to: try GrowingFile(creating: url), truth: truth)
                rows = (place + 1, made)
                summary = try await register.population.importBatch(
                    path: url.path, by: LocalOperator.actor, progress: ImportProgress().show)
                try? FileManager.default.removeItem(at: url)
                try await register.sequencer?.integrate()
            }
            counts.batches += 1
            counts.rows += summary.batch.rows
            fates["accepted", default: 0] += summary.accepted
            fates["accepted_with_findings", default: 0] += summary.acceptedWithFindings
            fates["held", default: 0] += summary.held
        }
        ImportProgress.clear()
        try truth?.close()
        return (counts, fates)
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
