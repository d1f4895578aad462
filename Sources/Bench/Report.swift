import Foundation

/// One figure, with what it is compared with.
struct Figure: Encodable, Sendable {
    let work: String
    let value: Double
    let unit: String
    /// What the value is held against, measured in the same run.
    var baseline: String?
    var baselineValue: Double?
    /// What is asked for, in words.
    var required: String?
    /// Whether it is reached; nil where nothing is asked.
    var isReached: Bool?
    /// Least and greatest of the runs.
    var least: Double?
    var greatest: Double?

    var ratio: Double? {
        guard let baselineValue, baselineValue > 0 else { return nil }
        return value / baselineValue
    }
}

/// All figures of one run.
struct Report: Encodable, Sendable {
    let machine: Machine
    let people: Int
    let runs: Int
    var lines: [Figure] = []

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    var table: String {
        var rows = [["work", "median", "min–max", "baseline", "ratio", "asked for", ""]]
        for line in lines {
            rows.append([
                line.work, "\(Report.text(line.value)) \(line.unit)",
                line.least.map { "\(Report.text($0))–\(Report.text(line.greatest ?? $0))" } ?? "",
                line.baseline.map { "\($0): \(line.baselineValue.map(Report.text) ?? "–")" } ?? "",
                line.ratio.map { String(format: "%.3f", $0) } ?? "", line.required ?? "",
                line.isReached.map { $0 ? "ok" : "SHORT" } ?? "",
            ])
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let text = rows.map { row in
            row.enumerated().map { column, cell in
                cell + String(repeating: " ", count: widths[column] - cell.count)
            }.joined(separator: "  ")
        }
        return ([machine.text, "people: \(people), runs: \(runs)", ""] + text).joined(separator: "\n")
    }

    static func text(_ value: Double) -> String {
        switch abs(value) {
        case 1_000...: String(Int(value.rounded()))
        case 10..<1_000: String(format: "%.1f", value)
        default: String(format: "%.3f", value)
        }
    }
}

/// What machine the figures are of.
struct Machine: Encodable, Sendable {
    let processor: String
    let cores: Int
    let memoryBytes: UInt64
    let system: String

    static func described() -> Machine {
        let information = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let model = information.split(separator: "\n").first { $0.hasPrefix("model name") }?
            .split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
        let process = ProcessInfo.processInfo
        return Machine(
            processor: model ?? "unknown", cores: process.activeProcessorCount, memoryBytes: process.physicalMemory,
            system: process.operatingSystemVersionString)
    }

    var text: String { "\(processor), \(cores) cores, \(memoryBytes >> 30) GiB, \(system)" }
}

/// Figures of several runs.
struct Samples: Sendable {
    private(set) var values: [Double] = []

    mutating func add(_ value: Double) { values.append(value) }

    var sorted: [Double] { values.sorted() }
    var median: Double { percentile(0.5) }
    var least: Double { values.min() ?? 0 }
    var greatest: Double { values.max() ?? 0 }

    func percentile(_ share: Double) -> Double {
        let sorted = sorted
        guard !sorted.isEmpty else { return 0 }
        return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }
}

/// Measures time.
enum Stopwatch {
    /// Seconds that `body` took.
    static func seconds(_ body: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await body()
        return seconds(since: start)
    }

    static func seconds(since start: ContinuousClock.Instant) -> Double {
        let parts = (ContinuousClock.now - start).components
        return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    }
}
