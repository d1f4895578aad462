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
        let queue = DuplicateQueue(listings: listings, next: ListPlace(["0", "3"]), sweep: sweep)
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
                    frame: frame, queue: DuplicateQueue(listings: [], next: nil, sweep: nil), units: units)
            ),
            ("duplicate", duplicate(frame, listings[0], of: [answer, other], decided: true)),
            ("duplicate-hidden", duplicate(frame, listings[1], of: [answer, nil], decided: false)),
            ("duplicate-estimates", estimates(language, sweep, home)),
            ("duplicate-estimates-none", estimates(language, nil, home)),
            ("duplicate-rules", rules(language, isFull: true)),
            ("duplicate-rules-none", rules(language, isFull: false)),
        ]
    }

    private func estimates(_ language: PageLanguage, _ sweep: DuplicateSweep?, _ home: UnitCode) -> any ConsolePage {
        let strata = zip(DuplicateStratum.starts, [0, 4, 8, 20, 90]).map { start, waiting in
            DuplicateStratum(
                from: start, waiting: sweep == nil ? 0 : waiting, below: start == 0 && sweep != nil ? 300 : 0,
                found: SampledShare(part: sweep == nil ? 0 : waiting / 2, whole: sweep == nil ? 0 : waiting / 2 + 1),
                told: sweep.map { _ in start + 0.01 })
        }
        return DuplicateEstimatesPage(
            frame: frame(language.of(DuplicateEstimatesPage.title), language, section: .queues),
            estimates: DuplicateEstimates(
                units: sweep == nil ? [] : [estimated(home)],
                strata: strata, sweeps: sweep.map { [$0] } ?? [], since: sweep?.started),
            progress: sweep.map { _ in ConsoleSamples.progress(home) }, units: units)
    }

    func estimated(_ unit: UnitCode?) -> UnitDuplicates {
        UnitDuplicates(
            unit: unit, pairs: 122, expected: 97.4, deviation: 3.1, precision: BoundedShare(0.95, 0.9, 0.98), before: 90
        )
    }

    private static func progress(_ home: UnitCode) -> DuplicateProgress {
        DuplicateProgress(
            started: at("2026-03-01T17:02:00Z"), parts: 3, partsDone: 1, persons: 12_345, personsDone: 8_000,
            provinces: [
                DuplicateProgress.Province(unit: UnitCode("01", home.set), persons: 12_300, compared: 8_000),
                DuplicateProgress.Province(unit: nil, persons: 45, compared: 0),
            ])
    }

    private func rules(_ language: PageLanguage, isFull: Bool) -> any ConsolePage {
        func rule(_ id: Int64, _ perMillion: Int64?, _ accepted: Bool?, _ when: String) -> DuplicateRule {
            DuplicateRule(
                id: id, perMillion: perMillion, reason: "quyết định 12\(evil)",
                actor: Actor(account: "bo-1\(evil)", role: Role.approver.rawValue, office: "bo\(evil)"),
                stated: ConsoleSamples.at(when), needsSecondPerson: perMillion != nil,
                decision: accepted.map {
                    DuplicateRule.Decision(
                        isAccepted: $0, actor: Actor(account: "bo-2", role: "approver", office: "bo"),
                        decided: ConsoleSamples.at("2026-03-01T17:05:00Z"))
                })
        }
        let all = [
            rule(4, 1_000_000, nil, "2026-03-01T18:00:00Z"), rule(3, 999_500, true, "2026-03-01T17:00:00Z"),
            rule(2, nil, nil, "2026-02-01T17:00:00Z"), rule(1, 999_000, false, "2026-01-01T17:00:00Z"),
        ]
        return DuplicateRulesPage(
            frame: frame(language.of(DuplicateRulesPage.title), language, section: .queues),
            rules: DuplicateRules(rules: isFull ? all : [], merged: isFull ? 1_204 : 0, undone: isFull ? 3 : 0),
            requester: Requester(
                actor: Actor(account: "bo-2", role: Role.approver.rawValue, office: "bo"), role: .approver,
                jurisdiction: isFull ? .nation : .places(of: UnitCode("00097", .fromJuly2025), []),
                ground: .duty(.dataQuality)),
            now: ConsoleSamples.at("2026-03-02T02:05:00Z"), threshold: isFull ? "0,9\(evil)" : "",
            reason: isFull ? "thử\(evil)" : "", problem: isFull ? DuplicateRefusal.ruleTooLow.sentence : nil,
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
