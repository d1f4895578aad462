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
        let precision: String
        let change: String
    }

    struct Province: Equatable, Sendable {
        let name: String
        let compared: String
        let persons: String
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
    let rules: String
    let precision: String?
    let recall: String?
    /// Since when changes are counted.
    let since: String?
    /// The sweep that is under way.
    let underWay: String?
    let provinces: [Province]
    let units: [Unit]
    let hasUnits: Bool
    let strata: [Stratum]
    let sweeps: [Sweep]
    let hasSweeps: Bool

    package init(
        frame: PageFrame, estimates: DuplicateEstimates, progress: DuplicateProgress? = nil, units: UnitDirectory
    ) {
        let language = frame.spoken
        let words = ValueWords(language, units: units)
        self.frame = frame
        heading = language.of(DuplicateEstimatesPage.title)
        list = DuplicatesPage.path
        listTitle = language.of(DuplicatesPage.title)
        rules = DuplicateRulesPage.path
        precision = estimates.precision.map { precision in
            let (value, bounds) = (DuplicateWords.share(precision.value), DuplicateWords.bounds(precision.bounds))
            return language.of(
                "Trong các nhóm đã có kết luận của cán bộ, \(value) số cặp đang chờ là một người "
                    + "(trong khoảng \(bounds)).",
                "In the strata in which officers have decided, \(value) of the waiting pairs are one person's "
                    + "(between \(bounds)).")
        }
        recall = estimates.recall.map { recall in
            let (value, bounds) = (DuplicateWords.share(recall.value), DuplicateWords.bounds(recall.bounds))
            return language.of(
                "Theo kết luận về các cặp được rút ngẫu nhiên dưới ngưỡng, rà soát nêu được \(value) số cặp trùng thật "
                    + "(trong khoảng \(bounds)).",
                "By what was decided on pairs drawn by chance from those below the threshold, sweeps tell \(value) of "
                    + "the real pairs (between \(bounds)).")
        }
        since = estimates.since.map { since in
            language.of("Thay đổi tính từ \(words.moment(since)).", "Changes are since \(words.moment(since)).")
        }
        underWay = progress.map { progress in
            let (done, all) = (NumberText.grouped(progress.personsDone), NumberText.grouped(progress.persons))
            return language.of(
                "Đợt rà soát bắt đầu lúc \(words.moment(progress.started)) đã so \(progress.partsDone)/"
                    + "\(progress.parts) phần, \(done) trên \(all) người.",
                "The sweep begun at \(words.moment(progress.started)) has compared \(progress.partsDone) of "
                    + "\(progress.parts) parts, \(done) of \(all) people.")
        }
        provinces = (progress?.provinces ?? []).map { province in
            Province(
                name: province.unit.map(units.path) ?? language.of("không rõ nơi cư trú", "no residence known"),
                compared: NumberText.grouped(province.compared), persons: NumberText.grouped(province.persons))
        }
        self.units = estimates.units.map { unit in
            Unit(
                name: unit.unit.map(units.path) ?? "", pairs: NumberText.grouped(unit.pairs),
                expected: DuplicateWords.expected(unit), precision: DuplicateWords.bounded(unit.precision),
                change: DuplicateWords.change(unit))
        }
        hasUnits = !estimates.units.isEmpty
        strata = estimates.strata.enumerated().reversed().map { place, stratum in
            let next = place + 1 < estimates.strata.count ? estimates.strata[place + 1].from : 1
            return Stratum(
                range: place == 0
                    ? "< \(DuplicateWords.share(next))"
                    : "\(DuplicateWords.share(stratum.from)) – \(DuplicateWords.share(next))",
                waiting: NumberText.grouped(stratum.waiting + stratum.below),
                decided: NumberText.grouped(stratum.found.whole),
                told: stratum.told.map(DuplicatesPage.share) ?? "–",
                found: stratum.found.share.map {
                    "\(DuplicateWords.share($0)) (\(DuplicateWords.bounds(stratum.found.bounds)))"
                } ?? "–")
        }
        sweeps = estimates.sweeps.map { sweep in
            Sweep(
                when: words.moment(sweep.finished), persons: NumberText.grouped(sweep.persons),
                pairs: NumberText.grouped(sweep.pairs), precision: DuplicatesPage.share(sweep.expectedPrecision),
                recall: DuplicatesPage.share(sweep.expectedRecall * sweep.keysRecall))
        }
        hasSweeps = !estimates.sweeps.isEmpty
    }
}
