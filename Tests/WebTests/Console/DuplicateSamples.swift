import Civil
import Ledger

@testable import Access
@testable import Population
@testable import Web

/// The pages of possible duplicates, full and empty.
extension ConsoleSamples {
    private func pair(_ harm: Int64, _ perMillion: Int64, units: [UnitCode?]) -> DuplicatePair {
        DuplicatePair(
            left: 1, right: 2, perMillion: perMillion, harm: harm, units: units, facts: [1], pattern: 77,
            evidence: [
                DuplicateEvidence(
                    feature: "date", vietnamese: "đổi chỗ ngày và tháng\(evil)",
                    english: "day and month swapped\(evil)",
                    bits: 7.5),
                DuplicateEvidence(
                    feature: "given", vietnamese: "tên khác\(evil)", english: "another given name\(evil)", bits: -3.2),
                DuplicateEvidence(feature: "sex", vietnamese: "cùng giới tính", english: "same sex", bits: 0.9),
            ])
    }

    func duplicates(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(DuplicatesPage.title), language, section: .queues)
        let home = UnitCode("00097", .fromJuly2025)
        let listings = [
            DuplicateListing(
                pair: pair(3, 998_700, units: [home, home]), handles: ["bjmuc7k3q2aaaa", "cknvd8m4r3bbbb"],
                isUnclear: false),
            DuplicateListing(
                pair: pair(1, 1_000_000, units: [home, nil]), handles: ["dknvd8m4r3cccc", "eknvd8m4r3dddd"],
                isUnclear: true),
        ]
        let sweep = DuplicateSweep(
            started: ConsoleSamples.at("2026-03-01T17:02:00Z"), finished: ConsoleSamples.at("2026-03-01T17:05:00Z"),
            persons: 12_345, compared: 98_765, pairs: 2, keysRecall: 0.98, expectedPrecision: 0.991,
            expectedRecall: 0.97)
        let other = answer { state in
            state.details.name = "Dang Thi An\(evil)"
            state.details.birth = PartialDate(year: 1990, month: 2, day: 1)
        }
        let queue = DuplicateQueue(listings: listings, hasMore: true, sweep: sweep)
        return [
            ("duplicates", DuplicatesPage(frame: frame, queue: queue, units: units)),
            (
                "duplicates-alike",
                DuplicatesPage(
                    frame: frame, queue: queue, pattern: 77, opened: ["bjmuc7k3q2aaaa-cknvd8m4r3bbbb"],
                    reason: "hai anh em\(evil)", problem: DuplicateRefusal.sampleTooSmall.sentence, units: units)
            ),
            (
                "duplicates-never",
                DuplicatesPage(
                    frame: frame, queue: DuplicateQueue(listings: [], hasMore: false, sweep: nil), units: units)
            ),
            ("duplicate", duplicate(frame, listings[0], of: [answer, other], decided: true)),
            ("duplicate-hidden", duplicate(frame, listings[1], of: [answer, nil], decided: false)),
            ("duplicate-estimates", estimates(language, sweep, home)),
            ("duplicate-estimates-none", estimates(language, nil, home)),
        ]
    }

    private func estimates(_ language: PageLanguage, _ sweep: DuplicateSweep?, _ home: UnitCode) -> any ConsolePage {
        let strata = zip(DuplicateStratum.starts, [4, 8, 20, 90]).map { start, waiting in
            DuplicateStratum(
                from: start, waiting: sweep == nil ? 0 : waiting,
                found: SampledShare(part: sweep == nil ? 0 : waiting / 2, whole: sweep == nil ? 0 : waiting / 2 + 1),
                told: sweep.map { _ in start + 0.01 })
        }
        return DuplicateEstimatesPage(
            frame: frame(language.of(DuplicateEstimatesPage.title), language, section: .queues),
            estimates: DuplicateEstimates(
                units: sweep == nil ? [] : [UnitDuplicates(unit: home, pairs: 122, expected: 97.4, deviation: 3.1)],
                strata: strata, sweeps: sweep.map { [$0] } ?? []),
            units: units)
    }

    /// Somebody who may be the person, and somebody of elsewhere who may be too.
    var alike: [AlikePerson] {
        [
            AlikePerson(
                person: 1, handle: "bjmuc7k3q2aaaa", name: "Trần Thị An\(evil)",
                birth: PartialDate(year: 1990, month: 2, day: 1),
                told: AlikePerson.Told(probability: 0.93, evidence: pair(1, 1, units: []).evidence)),
            AlikePerson(person: 2, handle: nil, name: nil, birth: nil, told: nil),
        ]
    }

    private func duplicate(
        _ frame: PageFrame, _ listing: DuplicateListing, of persons: [PersonAnswer?], decided: Bool
    ) -> DuplicatePage {
        let actor = Actor(account: "pd-001\(evil)", role: Role.approver.rawValue, office: "xa-00097\(evil)")
        let decisions = [
            DuplicateDecision(
                verdict: .different, reason: "hai anh em\(evil)", actor: actor,
                decided: ConsoleSamples.at("2026-02-01T02:05:00Z"), holds: false, approval: nil),
            DuplicateDecision(
                verdict: .unclear, reason: "chưa gặp", actor: actor,
                decided: ConsoleSamples.at("2026-03-01T02:05:00Z"), holds: true, approval: nil),
        ]
        return DuplicatePage(
            frame: frame,
            answer: DuplicateAnswer(listing: listing, persons: persons, decisions: decided ? decisions : []),
            merges: decided, reason: decided ? "một người\(evil)" : "",
            problem: decided ? DuplicateRefusal.reasonNeeded.sentence : nil, units: units)
    }
}
