import Civil
import Population

/// Ước tính trùng bằng chữ: the figures of estimated duplicates as pages and reports write them.
enum DuplicateWords {
    /// The estimate with its 95 % interval.
    static func expected(_ found: UnitDuplicates) -> String {
        "\(number(found.expected)) ± \(number(1.96 * found.deviation))"
    }

    static func bounded(_ share: BoundedShare?) -> String {
        share.map { "\(self.share($0.value)) (\(bounds($0.bounds)))" } ?? "–"
    }

    /// How the estimate has changed since the earlier sweep.
    static func change(_ found: UnitDuplicates) -> String {
        guard let before = found.before else { return "–" }
        let change = found.expected - before
        return abs(change) < 0.05 ? "0" : "\(change > 0 ? "+" : "−")\(number(abs(change)))"
    }

    static func share(_ share: Double) -> String {
        NumberText.share(Int((share * 1_000).rounded()), of: 1_000)
    }

    static func bounds(_ bounds: ClosedRange<Double>) -> String {
        "\(share(bounds.lowerBound)) – \(share(bounds.upperBound))"
    }

    /// With one decimal below ten.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths < 100 ? "\(tenths / 10),\(tenths % 10)" : NumberText.grouped(Int(value.rounded()))
    }

    /// When was swept, what share of the real pairs sweeps tell, and since when changes are counted.
    static func sentence(_ found: DuplicateQuality) -> Sentence {
        let swept = DayText.vietnamese(found.swept.dayInVietnam)
        let recall = found.recall.map {
            let text = bounded($0)
            return Sentence(
                " Theo kết luận của cán bộ, rà soát nêu được \(text) số cặp trùng thật.",
                " By what officers decided, sweeps tell \(text) of the real pairs.")
        }
        let since = found.since.map {
            let day = DayText.vietnamese($0.dayInVietnam)
            return Sentence(" Thay đổi so với ngày \(day).", " Changes are since \(day).")
        }
        return Sentence(
            "Rà soát ngày \(swept)." + (recall?.vietnamese ?? "") + (since?.vietnamese ?? ""),
            "Swept on \(swept)." + (recall?.english ?? "") + (since?.english ?? ""))
    }
}
