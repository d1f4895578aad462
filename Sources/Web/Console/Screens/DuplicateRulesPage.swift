import Access
import Civil
import Ledger
import Population

/// Quy tắc hợp nhất tự động: the rule in force, what it merged, those that wait, and the form for another one.
package struct DuplicateRulesPage: ConsolePage {
    package static let template = "duplicate-rules"
    package static let title = Sentence("Hợp nhất tự động", "Automatic merging")
    package static let path = "/duplicate-rules"

    struct Rule: Equatable, Sendable {
        let id: String
        let threshold: String
        let reason: String
        let by: String
        let when: String
        let standing: String
        /// Whether this officer can be the second person.
        let isForMe: Bool
    }

    package let frame: PageFrame
    let heading: String
    let problem: String?
    let back: String
    let backTitle: String
    let path: String
    let inForce: String
    let merged: String
    let rules: [Rule]
    let hasRules: Bool
    /// Whether this officer may state one.
    let mayState: Bool
    let mayStop: Bool
    let threshold: String
    let reason: String
    let longest: Int

    package init(
        frame: PageFrame, rules: DuplicateRules, requester: Requester, now: Instant, threshold: String = "",
        reason: String = "", problem: Sentence? = nil, units: UnitDirectory
    ) {
        let language = frame.spoken
        let words = ValueWords(language, units: units)
        self.frame = frame
        heading = language.of(DuplicateRulesPage.title)
        self.problem = problem.map(language.of)
        back = DuplicateEstimatesPage.path
        backTitle = language.of(DuplicateEstimatesPage.title)
        path = DuplicateRulesPage.path
        inForce =
            rules.inForce?.perMillion.map { perMillion in
                let least = DuplicateRulesPage.text(perMillion)
                return language.of(
                    "Mỗi đợt rà soát hợp nhất các cặp có khả năng từ \(least) trở lên, khi hai bản ghi không mâu thuẫn "
                        + "và nhiều nhất một bản ghi có số định danh.",
                    "Every sweep merges the pairs from \(least) on whose records contradict each other in nothing and "
                        + "of which one at most has a personal number.")
            }
            ?? language.of("Không hợp nhất tự động.", "Nothing is merged automatically.")
        merged = language.of(
            "Đã hợp nhất tự động \(NumberText.grouped(rules.merged)) cặp, đã tách lại "
                + "\(NumberText.grouped(rules.undone)).",
            "Merged automatically: \(NumberText.grouped(rules.merged)); undone: \(NumberText.grouped(rules.undone)).")
        mayState =
            requester.jurisdiction == .nation && AccessPolicy.refusal(of: .mergedWith, to: requester) == nil
        mayStop = mayState && rules.inForce != nil
        let mayDecide = mayState && requester.role.may(.approve)
        self.rules = rules.rules.prefix(20).map { rule in
            Rule(
                id: String(rule.id),
                threshold: rule.perMillion.map(DuplicateRulesPage.text) ?? language.of("tắt", "off"),
                reason: rule.reason, by: "\(rule.actor.account) · \(rule.actor.office)",
                when: words.moment(rule.stated),
                standing: language.of(DuplicateRulesPage.standing(rule, of: rules, at: now)),
                isForMe: mayDecide && rule.waits(at: now) && rule.actor.account != requester.actor.account)
        }
        hasRules = !rules.rules.isEmpty
        self.threshold = threshold
        self.reason = reason
        longest = Verdict.longestReason
    }

    private static func standing(_ rule: DuplicateRule, of rules: DuplicateRules, at now: Instant) -> Sentence {
        if rule.id == rules.inForce?.id { return Sentence("đang có hiệu lực", "in force") }
        if rule.waits(at: now) { return Sentence("chờ người thứ hai", "waits for a second person") }
        if rule.since != nil { return Sentence("đã qua", "past") }
        return rule.decision == nil ? Sentence("hết hạn", "expired") : Sentence("bị từ chối", "rejected")
    }

    /// As a share with all its digits.
    private static func text(_ perMillion: Int64) -> String {
        guard perMillion < 1_000_000 else { return "1" }
        var digits = String(1_000_000 + perMillion).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "0,\(digits)"
    }
}
