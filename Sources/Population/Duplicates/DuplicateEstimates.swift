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
    package var bounds: ClosedRange<Double> { SampledShare.bounds(Double(part), of: Double(whole)) }

    static func bounds(_ part: Double, of whole: Double) -> ClosedRange<Double> {
        guard whole > 0 else { return 0...1 }
        let (z, share) = (1.96, part / whole)
        let middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
        let half = z / (1 + z * z / whole) * (share * (1 - share) / whole + z * z / (4 * whole * whole)).squareRoot()
        return max(0, middle - half)...min(1, middle + half)
    }
}

/// Tỷ lệ và khoảng tin cậy 95 %.
package struct BoundedShare: Hashable, Sendable {
    package let value: Double
    package let bounds: ClosedRange<Double>

    package init(_ value: Double, _ low: Double, _ high: Double) {
        self.value = value
        bounds = min(low, value)...max(high, value)
    }
}

/// Số trùng ước tính của một đơn vị: what the pairs that wait there come to.
package struct UnitDuplicates: Hashable, Sendable {
    /// Nil for the whole country.
    package let unit: UnitCode?
    /// Pairs that wait, of which one record at least is counted there.
    package let pairs: Int
    /// How many of them are expected to be one person's, and the standard deviation of that, by their probabilities.
    package let expected: Double
    package let deviation: Double
    /// The share of them that are one person's, by what officers decided there, and in the whole register where they
    /// have decided little; nil before they have decided anything.
    package var precision: BoundedShare?
    /// What the earlier sweep expected there; nil without one.
    package var before: Double?
}

/// Nhóm theo khả năng: pairs of like probability, and what officers found when they opened such pairs.
package struct DuplicateStratum: Hashable, Sendable {
    /// From this probability up to the next stratum's.
    package let from: Double
    /// Pairs of the register that wait.
    package let waiting: Int
    /// Pairs that the last sweep did not tell, and drew some of by chance.
    package var below = 0
    /// Pairs decided, and of them those of one person.
    package let found: SampledShare
    /// The mean of the probabilities that the decided pairs had: what `found` should come to.
    package let told: Double?

    static let starts = [0, 0.5, 0.7, 0.9, 0.98]
}

/// Ước tính về trùng: how many there are, how far the sweeps can be trusted, and how it went.
package struct DuplicateEstimates: Sendable {
    /// Those of the requester's places, with the most first.
    package let units: [UnitDuplicates]
    package let strata: [DuplicateStratum]
    /// Sweeps, the last one first.
    package let sweeps: [DuplicateSweep]
    /// When the sweep ended that units are held against.
    package var since: Instant?

    /// The share of the waiting pairs that are one person's, by what officers found; nil before they have decided.
    ///
    /// Of the strata in which they have; the bounds are those of the strata together, wider than an interval would be.
    package var precision: BoundedShare? {
        let known = strata.filter { $0.waiting > 0 && $0.found.whole > 0 }
        return BoundedShare.mean(
            known.map { (Double($0.waiting), $0.found.share ?? 0, $0.found.bounds) })
    }

    /// The share of the pairs of one person that sweeps tell, by what officers found; nil before they have decided on
    /// pairs below the threshold, which are drawn by chance for it.
    ///
    /// Pairs that no key brings are those of the last sweep's own estimate.
    package var recall: BoundedShare? {
        guard let low = strata.first, low.below > 0, let missed = low.found.share, let sweep = sweeps.first else {
            return nil
        }
        // Told are those that wait, and those that were told before and are one person's.
        func told(_ share: (DuplicateStratum) -> Double) -> Double {
            strata.dropFirst().reduce(0) { $0 + Double($1.waiting) * share($1) + Double($1.found.part) }
        }
        func recall(_ told: Double, _ missed: Double) -> Double {
            told + missed > 0 ? told / (told + missed) * sweep.keysRecall : 1
        }
        let (below, bounds) = (Double(low.below), low.found.bounds)
        return BoundedShare(
            recall(told { $0.found.share ?? $0.from }, below * missed),
            recall(told { $0.found.bounds.lowerBound }, below * bounds.upperBound),
            recall(told { $0.found.bounds.upperBound }, below * bounds.lowerBound))
    }

    /// Sweeps that are told.
    static let mostSweeps = 30
}

extension BoundedShare {
    /// The mean of shares, each with its weight; nil where there are none.
    static func mean(_ shares: [(weight: Double, share: Double, bounds: ClosedRange<Double>)]) -> BoundedShare? {
        let sum = shares.reduce(0) { $0 + $1.weight }
        guard sum > 0 else { return nil }
        func mean(_ value: ((weight: Double, share: Double, bounds: ClosedRange<Double>)) -> Double) -> Double {
            shares.reduce(0) { $0 + $1.weight * value($1) } / sum
        }
        return BoundedShare(mean { $0.share }, mean { $0.bounds.lowerBound }, mean { $0.bounds.upperBound })
    }
}

/// Ước tính trùng trên báo cáo chất lượng: of a unit and of those next below it.
package struct DuplicateQuality: Hashable, Sendable {
    package let whole: UnitDuplicates
    package let units: [UnitCode: UnitDuplicates]
    package let recall: BoundedShare?
    /// When the last sweep ended, and the one that it is held against.
    package let swept: Instant
    package let since: Instant?

    package init(
        whole: UnitDuplicates, units: [UnitCode: UnitDuplicates], recall: BoundedShare?, swept: Instant, since: Instant?
    ) {
        self.whole = whole
        self.units = units
        self.recall = recall
        self.swept = swept
        self.since = since
    }
}

extension PopulationRegister {
    /// Ước tính trùng: of each unit of the requester's places; sums alone, nobody's data.
    package func duplicateEstimates(by requester: Requester) async throws -> DuplicateEstimates {
        try AccessPolicy.require(requester, toUse: .reviewDuplicates)
        let now = surroundings.now()
        return try await database.read { connection in
            let told = DuplicateStore.Told(to: requester, at: now)
            return try DuplicateStore().estimates(told, at: now, on: connection) { units in
                Set(units.filter { requester.jurisdiction.reaches([$0]) })
            }
        }
    }
}

extension DuplicateStore {
    /// - Parameter places: the units for which a pair or a decision in these units counts.
    func estimates(
        _ told: Told, at now: Instant, on connection: Connection, places: ([UnitCode]) -> Set<UnitCode?>
    ) throws -> DuplicateEstimates {
        let sweeps = try sweeps(most: DuplicateEstimates.mostSweeps, on: connection)
        var tally = EstimateTally()
        for (units, stratum, sum) in try sums(told, on: connection) {
            for unit in places(units) { tally.take(sum, stratum, in: unit) }
        }
        for (units, stratum, decided) in try decided(on: connection) {
            tally.take(decided, stratum, in: places(units))
        }
        let earlier = try earlierSweep(on: connection)
        let before = try earlier.map { try expected(ofSweep: $0.sweep, on: connection) }
        return DuplicateEstimates(
            units: tally.estimates(before),
            strata: tally.strata(try waiting(at: now, on: connection), below: sweeps.first?.below ?? 0),
            sweeps: sweeps, since: earlier?.ended)
    }

    /// What the report on a unit tells, and of the units next below; nil before the first sweep.
    func quality(
        of scope: UnitCode?, children: Set<UnitCode>, _ table: PlacementTable, at now: Instant,
        on connection: Connection
    ) throws -> DuplicateQuality? {
        let told = Told(hidingSealedAt: now)
        let estimates = try estimates(told, at: now, on: connection) { units in
            let chains = units.flatMap { table.chain(ofKey: UnitKey.key(of: $0))?.chain ?? [] }
            return Set(chains.filter { $0 == scope || children.contains($0) }).union(
                scope == nil ? [UnitCode?.none] : [])
        }
        guard let last = estimates.sweeps.first else { return nil }
        let none = UnitDuplicates(unit: scope, pairs: 0, expected: 0, deviation: 0)
        return DuplicateQuality(
            whole: estimates.units.first { $0.unit == scope } ?? none,
            units: estimates.units.reduce(into: [:]) { units, found in
                if let unit = found.unit, children.contains(unit) { units[unit] = found }
            }, recall: estimates.recall, swept: last.finished, since: estimates.since)
    }
}

/// What waits and what was decided, unit by unit.
private struct EstimateTally {
    private typealias Sum = DuplicateStore.Sum
    private typealias Decided = DuplicateStore.Decided
    private static let none = [Decided](repeating: Decided(), count: DuplicateStratum.starts.count)

    /// The whole country under nil.
    private var waiting: [UnitCode?: [Sum]] = [:]
    private var decided: [UnitCode?: [Decided]] = [:]
    private var all = EstimateTally.none

    /// What officers found elsewhere in the register counts for a unit as much as so many decisions of its own.
    private static let borrowed = 8.0

    mutating func take(_ sum: DuplicateStore.Sum, _ stratum: Int, in unit: UnitCode?) {
        let none = [Sum](repeating: Sum(), count: DuplicateStratum.starts.count)
        waiting[unit, default: none][stratum] += sum
    }

    mutating func take(_ decided: DuplicateStore.Decided, _ stratum: Int, in units: Set<UnitCode?>) {
        all[stratum] += decided
        for unit in units { self.decided[unit, default: EstimateTally.none][stratum] += decided }
    }

    func estimates(_ before: [UnitCode?: Double]?) -> [UnitDuplicates] {
        waiting.map { unit, sums in
            let whole = sums.reduce(into: Sum()) { $0 += $1 }
            return UnitDuplicates(
                unit: unit, pairs: whole.pairs, expected: whole.expected, deviation: whole.variance.squareRoot(),
                precision: precision(sums, decided[unit] ?? EstimateTally.none),
                before: before.map { $0[unit] ?? 0 })
        }.sorted { ($1.expected, $0.unit?.description ?? "") < ($0.expected, $1.unit?.description ?? "") }
    }

    private func precision(_ sums: [DuplicateStore.Sum], _ own: [DuplicateStore.Decided]) -> BoundedShare? {
        let shares = sums.indices.compactMap { place -> (Double, Double, ClosedRange<Double>)? in
            guard sums[place].pairs > 0, all[place].all > 0 else { return nil }
            // What is the unit's own counts once.
            let (others, same) = (all[place].all - own[place].all, all[place].same - own[place].same)
            let weight = min(EstimateTally.borrowed, Double(others))
            let share = others > 0 ? Double(same) / Double(others) : 0
            let part = Double(own[place].same) + weight * share
            let whole = Double(own[place].all) + weight
            return (Double(sums[place].pairs), part / whole, SampledShare.bounds(part, of: whole))
        }
        return BoundedShare.mean(shares)
    }

    func strata(_ waiting: [Int], below: Int) -> [DuplicateStratum] {
        DuplicateStratum.starts.indices.map { place in
            let decided = all[place]
            return DuplicateStratum(
                from: DuplicateStratum.starts[place], waiting: waiting[place], below: place == 0 ? below : 0,
                found: SampledShare(part: decided.same, whole: decided.all),
                told: decided.all > 0 ? decided.told / Double(decided.all) : nil)
        }
    }
}
