import Foundation
import Invention

/// What was written of a nation.
struct WrittenCounts {
    var batches = 0
    var rows = 0
}

/// A folder that gets the batches of an invented nation.
struct BatchFolder {
    let path: String

    func write(
        _ nation: InventedNation, _ faults: FaultShares, single: Bool, encoding: SheetEncoding, truth: GrowingFile?
    ) throws -> WrittenCounts {
        try prepare()
        let plan: BatchPlan =
            single ? .single(nation, name: "invented-\(nation.plan.seed)") : .byCommune(nation)
        var rows = BatchRows(nation: nation, faults: faults, plan: plan, encoding: encoding)
        var counts = WrittenCounts()
        let progress = GenerationProgress(people: nation.plan.people)
        try truth?.append(Array(SheetTruth.heading.utf8))
        for batch in plan.batches {
            let file = try GrowingFile(
                creating: URL(fileURLWithPath: path).appendingPathComponent(batch.name + ".csv"))
            counts.rows += try BatchFolder.write(batch, of: &rows, encoding, to: file, truth: truth) {
                progress.show(rows: counts.rows + $0)
            }
            counts.batches += 1
        }
        try truth?.close()
        progress.clear()
        return counts
    }

    /// Writes one batch; gives the number of its rows.
    static func write(
        _ batch: BatchPlan.Batch, of rows: inout BatchRows, _ encoding: SheetEncoding, to file: GrowingFile,
        truth: GrowingFile?, _ progress: (Int) -> Void = { _ in }
    ) throws -> Int {
        rows.begin()
        try file.append(encoding.heading)
        var count = 0
        for _ in batch.shares {
            try Task.checkCancellation()
            var text: [UInt8] = []
            var lines: [UInt8]? = truth == nil ? nil : []
            count += rows.next(of: batch, to: &text, truth: &lines) ?? 0
            try file.append(text)
            if let lines { try truth?.append(lines) }
            progress(count)
        }
        try file.close()
        return count
    }

    /// The folder is there and empty: batches of two nations are never mixed.
    private func prepare() throws {
        let manager = FileManager.default
        do {
            try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
            guard try manager.contentsOfDirectory(atPath: path).isEmpty else {
                throw CommandFailure(
                    code: "folder_not_empty", exit: .refused,
                    vietnamese: "Thư mục \(path) đã có tệp; chọn thư mục trống hoặc chưa có.",
                    english: "The folder \(path) is not empty; name an empty one, or one that is not there yet.")
            }
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw GrowingFile.notWritable(path)
        }
    }
}

/// The line that shows how far the making of sheets is, while a person watches.
struct GenerationProgress: Sendable {
    let people: Int
    private let isWatched = Console.isWatched

    init(people: Int) { self.people = people }

    func show(rows: Int) {
        guard isWatched else { return }
        Console.progress("\(rows) / ~\(people)")
    }

    func clear() {
        if isWatched { Console.progress("") }
    }
}
