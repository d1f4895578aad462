import Access
import Civil
import Ledger
import Population

/// Dòng thời gian: the acts of a person, newest first: who, in which role and office, when, on which basis, and what
/// changed.
package struct Timeline: Equatable, Sendable {
    struct Change: Equatable, Sendable {
        let label: String
        let before: String?
        let after: String?
    }

    struct Entry: Equatable, Sendable {
        let act: String
        let title: String
        let recorded: String
        let effective: String?
        let account: String
        let role: String
        let office: String
        let legalBasis: String
        let hasChanges: Bool
        let changes: [Change]
        /// The content was removed by a lawful rule of retention.
        let withheld: Bool
        let annulled: Bool
        /// Entered from a document, and not confirmed by the civil-status side yet.
        let provisional: Bool
        let receipt: String
    }

    let entries: [Entry]
    /// Whether one of them waits for the civil-status side.
    let provisional: Bool
    /// Acts before those shown; a life has few, and a damaged stream must not fill the page.
    let earlier: Int?

    /// More acts than these are not folded for one page.
    static let most = 200

    init(_ history: HistoryAnswer, of person: Int64, facts: PersonFacts) {
        let shown = history.entries.suffix(Timeline.most)
        let acts = history.recordedActs
        let annulled = RecordedAct.annulled(among: acts)
        var entries: [Entry] = []
        var before = Timeline.lines(of: person, acts, upTo: (shown.first?.version ?? 1) - 1, facts)
        for entry in shown {
            let after = Timeline.lines(of: person, acts, upTo: entry.version, facts)
            entries.append(
                Timeline.entry(
                    entry, before, after, facts.words, annulled: annulled.contains(entry.act.id),
                    provisional: history.provisional.contains(entry.act.id)))
            before = after
        }
        self.entries = entries.reversed()
        self.provisional = entries.contains(where: \.provisional)
        earlier = history.entries.count > shown.count ? history.entries.count - shown.count : nil
    }

    /// The record as it was known after an act, whatever day it is effective.
    private static func lines(
        of person: Int64, _ acts: [RecordedAct], upTo version: Int64, _ facts: PersonFacts
    ) -> [PersonFacts.Line] {
        let known = acts.filter { $0.version <= version }
        guard !known.isEmpty, let state = try? PersonFold.state(of: person, acts: known) else { return [] }
        return facts.lines(of: state)
    }

    private static func entry(
        _ entry: HistoryEntry, _ before: [PersonFacts.Line], _ after: [PersonFacts.Line], _ words: ValueWords,
        annulled: Bool, provisional: Bool
    ) -> Entry {
        let old = Dictionary(before.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        var changes = after.compactMap { line -> Change? in
            let was = old[line.key] ?? nil
            guard was != line.value else { return nil }
            return Change(label: words.language.of(line.label), before: was, after: line.value)
        }
        let remarks = entry.content.map(ActRemarks.init)?.lines ?? []
        changes += remarks.map { line in
            Change(label: words.language.of(line.label), before: nil, after: words.language.of(line.value))
        }
        if case .findingNoted(let finding) = entry.content, let rule = Refusal(code: finding.rule) {
            changes.append(
                Change(
                    label: words.language.of("Quy tắc", "Rule"), before: nil,
                    after: words.language.of(rule.sentence)))
        }
        let act = entry.act
        return Entry(
            act: String(act.id.rawValue), title: words.language.of(act.kind.title),
            recorded: words.moment(act.recorded),
            effective: words.date(act.effective), account: act.actor.account,
            role: Role.title(of: act.actor.role, in: words.language), office: act.actor.office,
            legalBasis: act.legalBasis, hasChanges: !changes.isEmpty, changes: changes, withheld: entry.content == nil,
            annulled: annulled, provisional: provisional,
            receipt: "/acts/\(act.id.rawValue)/receipt")
    }
}
