import Foundation
import Invention

/// What was written of a nation.
struct WrittenCounts {
    var batches = 0
    var rows = 0
    /// Requests for acts of the years after the collection.
    var requests = 0
}

/// A file that gets the years after the collection, as lines of requests.
final class LifeFile {
    private var writer: LifeWriter
    private let file: GrowingFile

    init(nation: InventedNation, years: Int, creating url: URL) throws {
        writer = LifeWriter(nation: nation, years: years)
        file = try GrowingFile(creating: url)
    }

    var lines: Int { writer.count }

    func append(_ commune: WrittenCommune, batch: String) throws {
        try file.append(writer.write(commune, batch: batch))
    }

    func close() throws { try file.close() }
}

/// A folder that gets the batches of an invented nation.
struct BatchFolder {
    let path: String

    /// The name of the file with the years after the collection.
    static let acts = "acts.jsonl"

    func write(
        _ nation: InventedNation, years: Int, _ faults: FaultShares, single: Bool, encoding: SheetEncoding,
        truth: GrowingFile?
    ) throws -> WrittenCounts {
        try prepare()
        let plan: BatchPlan =
            single ? .single(nation, name: "invented-\(nation.plan.seed)") : .byCommune(nation)
        var rows = BatchRows(nation: nation, faults: faults, plan: plan, encoding: encoding)
        var counts = WrittenCounts()
        let life =
            years == 0
            ? nil
            : try LifeFile(
                nation: nation, years: years,
                creating: URL(fileURLWithPath: path).appendingPathComponent(BatchFolder.acts))
        let progress = GenerationProgress(people: nation.plan.people)
        try truth?.append(Array(SheetTruth.heading.utf8))
        for batch in plan.batches {
            let file = try GrowingFile(
                creating: URL(fileURLWithPath: path).appendingPathComponent(batch.name + ".csv"))
            counts.rows += try BatchFolder.write(batch, of: &rows, encoding, to: file, truth: truth, life: life) {
                progress.show(rows: counts.rows + $0)
            }
            counts.batches += 1
        }
        try truth?.close()
        try life?.close()
        counts.requests = life?.lines ?? 0
        progress.clear()
        return counts
    }

    /// Writes one batch; gives the number of its rows.
    static func write(
        _ batch: BatchPlan.Batch, of rows: inout BatchRows, _ encoding: SheetEncoding, to file: GrowingFile,
        truth: GrowingFile?, life: LifeFile?, _ progress: (Int) -> Void = { _ in }
    ) throws -> Int {
        rows.begin()
        try file.append(encoding.heading)
        var count = 0
        for _ in batch.shares {
            try Task.checkCancellation()
            var text: [UInt8] = []
            var lines: [UInt8]? = truth == nil ? nil : []
            guard let commune = rows.next(of: batch, to: &text, truth: &lines) else { break }
            count += commune.sheets.sheets.count
            try file.append(text)
            if let lines { try truth?.append(lines) }
            try life?.append(commune, batch: batch.name)
            progress(count)
        }
        try file.close()
        return count
    }

    static func notEmpty(_ path: String) -> CommandFailure {
        CommandFailure(
            code: "folder_not_empty", exit: .refused,
            vietnamese: "Thư mục \(path) đã có tệp; chọn thư mục trống hoặc chưa có.",
            english: "The folder \(path) is not empty; name an empty one, or one that is not there yet.")
    }

    /// The folder is there and empty: batches of two nations are never mixed.
    private func prepare() throws {
        let manager = FileManager.default
        do {
            try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
            guard try manager.contentsOfDirectory(atPath: path).isEmpty else {
                throw BatchFolder.notEmpty(path)
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
