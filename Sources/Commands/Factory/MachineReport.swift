import Cards
import Foundation

/// Kết quả đang ghi: the result file of a machine as it grows, and which job is at the machine.
struct MachineReport {
    private let results: URL
    private let current: URL
    private(set) var done: Set<String> = []
    /// Whether an earlier run has left results, or a job at the machine.
    let isBegun: Bool

    init(results: URL) {
        self.results = results
        current = results.appendingPathExtension("now")
        isBegun = [results, current].contains { FileManager.default.fileExists(atPath: $0.path) }
    }

    /// Takes over what an earlier run of the same file has left; begins anew with another one.
    mutating func begin(_ work: WorkFile, goesOn: Bool) throws {
        guard goesOn else {
            try CardFolder.write([], to: results)
            return finish()
        }
        let whole = Array(FileManager.default.contents(atPath: results.path) ?? Data())
        // A line that the end of the run cut off was not said.
        let kept = whole.lastIndex(of: 10).map { Array(whole[...$0]) } ?? []
        try CardFolder.write(kept, to: results)
        done = Set(try ResultFile(bytes: kept).lines.map(\.job))
        guard done.isSubset(of: work.lines.map(\.job)) else { throw WorkFileRefusal.replayed }
        guard
            let broken = FileManager.default.contents(atPath: current.path).map({ String(decoding: $0, as: UTF8.self) }
            ),
            work.lines.contains(where: { $0.job == broken }), !done.contains(broken)
        else { return }
        // Nobody knows what stands on that blank.
        try end(ResultFile.Line(job: broken, outcome: .spoiled, reject: .encoderFault))
    }

    func start(_ job: String) throws { try CardFolder.write(Array(job.utf8), to: current) }

    mutating func end(_ line: ResultFile.Line) throws {
        do {
            let handle = try FileHandle(forWritingTo: results)
            defer { try? handle.close() }
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(try ResultFile(lines: [line]).bytes()))
        } catch {
            throw GrowingFile.notWritable(results.path)
        }
        done.insert(line.job)
    }

    func finish() { try? FileManager.default.removeItem(at: current) }
}
