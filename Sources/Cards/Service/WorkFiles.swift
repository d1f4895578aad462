import Access
import Civil
import Database
import Ledger

/// Kết quả nhận tệp của máy: what became of each line.
package struct ResultSummary: Hashable, Sendable {
    package var taken = 0
    /// The line and the code of what refused it.
    package var refused: [Refused] = []

    package struct Refused: Hashable, Sendable {
        package let line: Int
        package let job: String
        package let code: String
    }
}

extension CardRegister {
    /// Longest lease of a file that goes to a machine elsewhere: a week, the time that the law gives.
    package static let longestLeaseMinutes = 7 * 24 * 60

    /// How many cards are leased in one transaction at most.
    private static let leasesAtOnce = 500

    /// Lập tệp việc: leases what waits of a batch to a machine that is not this program.
    ///
    /// Cards are leased piece by piece, so that a file that is never written leaves leases that run out and no card is
    /// lost.
    package func workFile(
        of code: String, to machine: String, limit: Int, minutes: Int, by requester: Requester
    ) async throws -> WorkFile {
        let minutes = min(max(minutes, 1), CardRegister.longestLeaseMinutes)
        var tickets: [WorkTicket] = []
        while tickets.count < limit {
            do {
                let piece = min(limit - tickets.count, CardRegister.leasesAtOnce)
                tickets += try await leases(
                    of: code, to: machine, minutes: minutes, limit: piece, by: requester)
            } catch ProductionRefusal.nothingToMake {
                break
            } catch ProductionRefusal.noBlank where !tickets.isEmpty {
                break
            }
        }
        guard let first = tickets.first else { throw ProductionRefusal.nothingToMake }
        let site = try await database.read { try desk(for: requester.actor, on: $0).batch(code).site }
        let until = tickets.map(\.job.leaseUntil).min() ?? first.job.leaseUntil
        return try WorkFile(
            tickets,
            heading: WorkFile.Heading(
                number: surroundings.now().microseconds, site: site, batch: code, machine: machine, leaseUntil: until,
                jobs: tickets.count))
    }

    /// Nhận tệp kết quả: every line by itself; the same file again changes nothing.
    package func take(_ file: ResultFile, by requester: Requester) async throws -> ResultSummary {
        var summary = ResultSummary()
        for (place, line) in file.lines.enumerated() {
            do {
                try await take(line, by: requester)
                summary.taken += 1
            } catch let refusal as any ExplainedRefusal {
                summary.refused.append(.init(line: place + 1, job: line.job, code: refusal.code))
            }
        }
        return summary
    }

    private func take(_ line: ResultFile.Line, by requester: Requester) async throws {
        guard let job = Int64(line.job) else { throw ProductionRefusal.jobUnknown }
        switch line.outcome {
        case .finished:
            guard let made = line.made else { throw ProductionRefusal.mustBeReconciled }
            try await finish(job, made, by: requester)
        case .spoiled: try await fail(job, line.reject ?? .printerFault, by: requester)
        case .untouched: try await release(job, by: requester)
        }
    }
}
