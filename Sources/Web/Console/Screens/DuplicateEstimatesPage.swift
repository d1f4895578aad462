import Civil
import Population

/// Ước tính trùng: how many records stand twice in each place, how far a sweep can be trusted, and how it went.
package struct DuplicateEstimatesPage: ConsolePage {
    package static let template = "duplicate-estimates"
    package static let title = Sentence("Ước tính trùng", "Estimated duplicates")
    package static let path = "/duplicates/estimates"

    struct Unit: Equatable, Sendable {
        let name: String
        let pairs: String
        let expected: String
    }

    struct Stratum: Equatable, Sendable {
        let range: String
        let waiting: String
        let decided: String
        let told: String
        let found: String
    }

    struct Sweep: Equatable, Sendable {
        let when: String
        let persons: String
        let pairs: String
        let precision: String
        let recall: String
    }

    package let frame: PageFrame
    let heading: String
    let list: String
    let listTitle: String
    let precision: String?
    let units: [Unit]
    let hasUnits: Bool
    let strata: [Stratum]
    let sweeps: [Sweep]
    let hasSweeps: Bool

    package init(frame: PageFrame, estimates: DuplicateEstimates, units: UnitDirectory) {
        let language = frame.spoken
        let words = ValueWords(language, units: units)
        self.frame = frame
        heading = language.of(DuplicateEstimatesPage.title)
        list = DuplicatesPage.path
        listTitle = language.of(DuplicatesPage.title)
        precision = estimates.precision.map { precision in
            let (value, bounds) = (Self.share(precision.value), Self.bounds(precision.bounds))
            return language.of(
                "Trong các nhóm đã có kết luận của cán bộ, \(value) số cặp đang chờ là một người "
                    + "(trong khoảng \(bounds)).",
                "In the strata in which officers have decided, \(value) of the waiting pairs are one person's "
                    + "(between \(bounds)).")
        }
        self.units = estimates.units.map { unit in
            Unit(
                name: units.path(of: unit.unit), pairs: NumberText.grouped(unit.pairs),
                expected: "\(Self.number(unit.expected)) ± \(Self.number(1.96 * unit.deviation))")
        }
        hasUnits = !estimates.units.isEmpty
        strata = estimates.strata.enumerated().reversed().map { place, stratum in
            let next = place + 1 < estimates.strata.count ? estimates.strata[place + 1].from : 1
            return Stratum(
                range: place == 0 ? "< \(Self.share(next))" : "\(Self.share(stratum.from)) – \(Self.share(next))",
                waiting: NumberText.grouped(stratum.waiting), decided: NumberText.grouped(stratum.found.whole),
                told: stratum.told.map(DuplicatesPage.share) ?? "–",
                found: stratum.found.share.map { "\(Self.share($0)) (\(Self.bounds(stratum.found.bounds)))" } ?? "–")
        }
        sweeps = estimates.sweeps.map { sweep in
            Sweep(
                when: words.moment(sweep.finished), persons: NumberText.grouped(sweep.persons),
                pairs: NumberText.grouped(sweep.pairs), precision: DuplicatesPage.share(sweep.expectedPrecision),
                recall: DuplicatesPage.share(sweep.expectedRecall * sweep.keysRecall))
        }
        hasSweeps = !estimates.sweeps.isEmpty
    }

    private static func share(_ share: Double) -> String {
        NumberText.share(Int((share * 1_000).rounded()), of: 1_000)
    }

    private static func bounds(_ bounds: ClosedRange<Double>) -> String {
        "\(share(bounds.lowerBound)) – \(share(bounds.upperBound))"
    }

    /// With one decimal below ten.
    private static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths < 100 ? "\(tenths / 10),\(tenths % 10)" : NumberText.grouped(Int(value.rounded()))
    }
}
