import Cards
import Civil
import Database
import Foundation
import Ledger
import Population

/// Whether the register works: its store answers, its log keeps up, its disk has room, its clock makes sense.
struct HealthCheck: Sendable {
    let register: PopulationRegister
    let identity: RegisterIdentity
    let sequencer: Sequencer?
    let watch: ServerWatch
    let cards: CardRegister

    /// Less free space than this is no health any more, in bytes.
    static let leastFree: Int64 = 256 << 20
    /// Entries that wait while nothing was integrated for this long, in seconds, are a log that has stopped.
    static let longestWait = 10.0

    struct Finding: Sendable {
        var isHealthy: Bool
        var members: JSONMembers
    }

    /// The whole answer and whether all is well.
    func check() async -> (isHealthy: Bool, answer: JSONValue) {
        let findings = [
            "database": await database(), "log": await log(), "disk": disk(), "clock": await clock(),
        ]
        let isHealthy = findings.values.allSatisfy(\.isHealthy)
        let signer = await signer()
        let status = isHealthy ? (signer.isHealthy ? "ok" : "warning") : "failing"
        var answer: JSONMembers = [
            "status": .string(status), "demonstration": .bool(register.kind == .demonstration),
        ]
        for (name, finding) in findings.merging(["card_signer": signer], uniquingKeysWith: { $1 }) {
            answer[name] = .object(finding.members.adding(["ok": .bool(finding.isHealthy)]))
        }
        return (isHealthy, .object(answer))
    }

    private func database() async -> Finding {
        let engine: JSONMembers = ["engine": .string(register.database.engine.rawValue)]
        do {
            try await register.database.ping()
            return Finding(isHealthy: true, members: engine)
        } catch {
            return Finding(
                isHealthy: false, members: engine.adding(["code": .string(Problem.code(of: error))]))
        }
    }

    private func log() async -> Finding {
        var members: JSONMembers = ["signing": .bool(sequencer != nil), "waiting": .null]
        for log in LogName.allCases { members["\(log.text)_checkpoint_age_seconds"] = .null }
        do {
            let waiting = try await LogSizes(database: register.database).waiting()
            members["waiting"] = .integer(Int64(waiting))
            let now = register.surroundings.now()
            for log in LogName.allCases {
                let last = try await register.database.read { try LogReader(connection: $0).lastCheckpoint(of: log) }
                let age = last.map { Double(now.microseconds - $0.issued.microseconds) / 1_000_000 }
                members["\(log.text)_checkpoint_age_seconds"] = age.map { .number($0) } ?? .null
            }
            // Without a signing key here, another process gives the places.
            guard waiting > 0, sequencer != nil else { return Finding(isHealthy: true, members: members) }
            let isStuck = watch.counts.integrated.map {
                ContinuousClock.now - $0 > .seconds(HealthCheck.longestWait)
            }
            return Finding(isHealthy: !(isStuck ?? false), members: members)
        } catch {
            members["code"] = .string(Problem.code(of: error))
            return Finding(isHealthy: false, members: members)
        }
    }

    /// The folder of an SQLite register; beside PostgreSQL, which watches its own, the folder where uploads are put.
    private func disk() -> Finding {
        let folder =
            switch register.database.location {
            case .sqlite(let path): URL(fileURLWithPath: path).deletingLastPathComponent().path
            case .postgresql: FileManager.default.temporaryDirectory.path
            }
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
        guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value else {
            return Finding(isHealthy: false, members: ["free_bytes": .null])
        }
        return Finding(isHealthy: free >= HealthCheck.leastFree, members: ["free_bytes": .integer(free)])
    }

    /// The signer of the last cards: somebody must certify the next one before its time is over.
    ///
    /// The server works on, so that this is a warning.
    private func signer() async -> Finding {
        let standing = try? await cards.signerStanding()
        return Finding(
            isHealthy: !(standing?.isEnding ?? false),
            members: [
                "signs_until": standing.map { .string($0.signsUntil.iso) } ?? .null,
                "days_left": standing.map { .integer(Int64($0.daysLeft)) } ?? .null,
            ])
    }

    /// A clock that is before the register's beginning, or before its last checkpoints, is wrong.
    private func clock() async -> Finding {
        let now = register.surroundings.now()
        var latest = identity.created
        for log in LogName.allCases {
            let last = try? await register.database.read { try LogReader(connection: $0).lastCheckpoint(of: log) }
            if let issued = last?.issued { latest = max(latest, issued) }
        }
        return Finding(isHealthy: now >= latest, members: ["now": .string(now.iso)])
    }
}

/// How long the logs are and what waits.
struct LogSizes: Sendable {
    let database: Database

    func waiting() async throws -> Int {
        // A sequencer without keys can count, though it cannot sign.
        try await Sequencer(database: database, keys: [:], surroundings: LogSizes.still).waiting()
    }

    func sizes() async throws -> MetricsText.Sizes {
        var sizes = MetricsText.Sizes()
        sizes.waiting = try await waiting()
        for log in LogName.allCases {
            sizes.logs[log] = try await database.read { try LogReader(connection: $0).size(of: log) }
        }
        return sizes
    }

    private static let still = Surroundings(
        now: { Instant(microseconds: 0) }, random: { Array(repeating: 0, count: $0) })
}
