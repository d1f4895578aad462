import Access
import Civil
import Database
import Foundation
import Ledger

/// Tỷ lệ ước tính từ mẫu: a share that was counted in a sample, and between which bounds it lies (95 %).
package struct SampledShare: Hashable, Sendable {
    package let part: Int
    package let whole: Int

    /// Nil where nothing was drawn.
    package var share: Double? { whole > 0 ? Double(part) / Double(whole) : nil }

    /// Wilson's interval (1927), which holds for small samples and for shares near 0 and 1 too.
    package var bounds: ClosedRange<Double> {
        guard let share else { return 0...1 }
        let (z, n) = (1.96, Double(whole))
        let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        return max(0, middle - half)...min(1, middle + half)
    }
}

/// Số trùng ước tính của một đơn vị: what the pairs that wait there come to.
package struct UnitDuplicates: Hashable, Sendable {
    package let unit: UnitCode
    /// Pairs that wait, of which one record at least is counted there.
    package let pairs: Int
    /// How many of them are expected to be one person's, and the standard deviation of that, by their probabilities.
    package let expected: Double
    package let deviation: Double
}

/// Nhóm theo khả năng: pairs of like probability, and what officers found when they opened such pairs.
package struct DuplicateStratum: Hashable, Sendable {
    /// From this probability up to the next stratum's.
    package let from: Double
    /// Pairs of the register that wait.
    package let waiting: Int
    /// Pairs decided, and of them those of one person.
    package let found: SampledShare
    /// The mean of the probabilities that the decided pairs had: what `found` should come to.
    package let told: Double?

    static let starts = [0, 0.7, 0.9, 0.98]
}

/// Ước tính về trùng: how many there are, how far the sweeps can be trusted, and how it went.
package struct DuplicateEstimates: Sendable {
    /// Those of the requester's places, with the most first.
    package let units: [UnitDuplicates]
    package let strata: [DuplicateStratum]
    /// Sweeps, the last one first.
    package let sweeps: [DuplicateSweep]

    /// The share of the waiting pairs that are one person's, by what officers found; nil before they have decided.
    ///
    /// Of the strata in which they have; the bounds are those of the strata together, wider than an interval would be.
    package var precision: (value: Double, bounds: ClosedRange<Double>)? {
        let known = strata.filter { $0.waiting > 0 && $0.found.whole > 0 }
        let waiting = Double(known.reduce(0) { $0 + $1.waiting })
        guard waiting > 0 else { return nil }
        func mean(_ value: (DuplicateStratum) -> Double) -> Double {
            known.reduce(0) { $0 + Double($1.waiting) * value($1) } / waiting
        }
        let low = mean { $0.found.bounds.lowerBound }
        let high = mean { $0.found.bounds.upperBound }
        return (mean { $0.found.share ?? 0 }, low...max(low, high))
    }

    /// Sweeps that are told.
    static let mostSweeps = 30
}

extension PopulationRegister {
    /// Ước tính trùng: of each unit of the requester's places; sums alone, nobody's data.
    package func duplicateEstimates(by requester: Requester) async throws -> DuplicateEstimates {
        try AccessPolicy.require(requester, toUse: .reviewDuplicates)
        let now = surroundings.now()
        return try await database.read { connection in
            let store = DuplicateStore()
            var sums: [UnitCode: DuplicateStore.Sum] = [:]
            for (units, sum) in try store.sums(for: requester, at: now, on: connection) {
                for unit in Set(units) where requester.jurisdiction.reaches([unit]) {
                    sums[unit, default: DuplicateStore.Sum()] += sum
                }
            }
            let units = sums.map { unit, sum in
                UnitDuplicates(
                    unit: unit, pairs: sum.pairs, expected: sum.expected, deviation: sum.variance.squareRoot())
            }.sorted { ($1.expected, $0.unit.description) < ($0.expected, $1.unit.description) }
            return DuplicateEstimates(
                units: units, strata: try store.strata(at: now, on: connection),
                sweeps: try store.sweeps(most: DuplicateEstimates.mostSweeps, on: connection))
        }
    }
}
