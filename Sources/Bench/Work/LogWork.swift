import Database
import Foundation
import Ledger

/// The log: verifying everything, and how fast entries get their places.
struct LogWork {
    let place: BenchPlace

    private static let entries = 100_000
    /// Leaves a second that are asked for.
    private static let asked = 500_000.0

    func measure() async throws -> [Figure] {
        var figures: [Figure] = []
        for engine in place.engines {
            let register = try await place.register(engine)
            var rates = Samples()
            for _ in 0..<place.runs {
                var leaves = 0.0
                let seconds = try await Stopwatch.seconds {
                    let output = try ChildProcess.run(place.program, ["log", "verify", "--json"] + register.options)
                    leaves = LogWork.leaves(output)
                }
                rates.add(leaves / seconds)
            }
            figures.append(
                Figure(
                    work: "log verify, \(engine)", value: rates.median, unit: "leaves/s", required: "≥ 500000",
                    isReached: rates.median >= LogWork.asked, least: rates.least, greatest: rates.greatest))
            figures.append(try await integration(engine))
        }
        return figures
    }

    private static func leaves(_ output: String) -> Double {
        guard let object = try? JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any],
            let leaves = object["leaves"] as? [String: Int]
        else { return 0 }
        return Double(leaves.values.reduce(0, +))
    }

    /// Entries that wait get their places, the tree grows, checkpoints are signed.
    private func integration(_ engine: Engine) async throws -> Figure {
        let register = try await place.emptyRegister(engine, "log")
        try ChildProcess.run(place.program, ["register", "create"] + register.options)
        let database = try await register.open()
        var keys: [LogName: LogSigningKey] = [:]
        for log in LogName.allCases {
            let origin = try await database.read { try LogReader(connection: $0).origin(of: log) ?? "" }
            keys[log] = try LogSigningKey(name: try LogOrigin(origin), secret: Array(repeating: 7, count: 32))
        }
        let sequencer = Sequencer(database: database, keys: keys, surroundings: .measuring())
        var rates = Samples()
        for run in 0..<place.runs {
            let first = Int64(run + 1) << 40
            try await database.writeBulk { connection in
                try connection.insert(
                    into: "log_pending", columns: ["log", "entry_id", "leaf_hash"],
                    rows: (0..<LogWork.entries).map { offset in
                        [
                            .integer(LogName.looks.rawValue), .integer(first + Int64(offset)),
                            .blob(MerkleHash.leaf(MerkleHash.plain(Array("\(first + Int64(offset))".utf8))).bytes),
                        ]
                    })
            }
            rates.add(Double(LogWork.entries) / (try await Stopwatch.seconds { try await sequencer.integrate() }))
        }
        await database.close()
        return Figure(
            work: "log: entries integrated, \(engine)", value: rates.median, unit: "/s", least: rates.least,
            greatest: rates.greatest)
    }
}
