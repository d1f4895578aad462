import Database
import Foundation

/// Importing DC01 rows, everything included, against the engine's own bulk copy into one table with four indexes.
struct ImportWork {
    let place: BenchPlace

    /// Rows of one run, at most.
    private static let rows = 100_000
    /// Rows a second that are asked for.
    private static let asked = 4_000.0

    func measure() async throws -> [Figure] {
        let sheets = try place.sheets(min(place.people, ImportWork.rows))
        let rows = Double(try String(contentsOf: sheets, encoding: .utf8).utf8.count { $0 == 10 } - 1)
        var figures: [Figure] = []
        for engine in place.engines {
            var imported = Samples()
            var copy = Samples()
            for _ in 0..<place.runs {
                let register = try await place.emptyRegister(engine, "import")
                imported.add(
                    rows
                        / (try await Stopwatch.seconds {
                            try ChildProcess.run(
                                place.program, ["batch", "import", sheets.path, "--json"] + register.options)
                        }))
                copy.add(rows / (try await bulkCopy(of: sheets, engine)))
            }
            figures.append(
                Figure(
                    work: "import, \(engine)", value: imported.median, unit: "rows/s",
                    baseline: engine == .sqlite ? "sqlite3 .import" : "psql \\copy", baselineValue: copy.median,
                    required: "≥ 4000", isReached: imported.median >= ImportWork.asked, least: imported.least,
                    greatest: imported.greatest))
        }
        return figures
    }

    private static let columns = (1...26).map { "c\($0) TEXT" }.joined(separator: ", ")
    private static let indexes = [4, 5, 14, 15].map { "CREATE INDEX i\($0) ON raw (c\($0));" }.joined(separator: "\n")

    /// Seconds that the engine's own program takes for the same file.
    private func bulkCopy(of sheets: URL, _ engine: Engine) async throws -> Double {
        switch engine {
        case .sqlite:
            let file = place.folder.appendingPathComponent("raw.sqlite").path
            for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + ending) }
            let script = """
                PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
                CREATE TABLE raw (\(ImportWork.columns));
                \(ImportWork.indexes)
                .mode csv
                .import --skip 1 '\(sheets.path)' raw
                """
            return try await Stopwatch.seconds { try ChildProcess.run("sqlite3", [file], input: script) }
        case .postgresql:
            _ = try await place.database(named: "dancu_bench_raw", fresh: true)
            let options = place.clientOptions("dancu_bench_raw") + ["--quiet", "--no-psqlrc"]
            try ChildProcess.run(
                "psql", options, input: "CREATE TABLE raw (\(ImportWork.columns)); \(ImportWork.indexes)")
            let script = "\\copy raw FROM '\(sheets.path)' WITH (FORMAT csv, HEADER true)"
            return try await Stopwatch.seconds { try ChildProcess.run("psql", options, input: script) }
        }
    }
}
