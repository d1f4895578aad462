import Civil
import Ledger

@testable import Access
@testable import Web

/// The page of alarms, with some and without any.
extension ConsoleSamples {
    private func alarm(_ id: Int64, _ kind: GuessKind, _ answer: Alarm.Answer? = nil) -> Alarm {
        Alarm(
            id: id, kind: kind,
            actor: Actor(account: "cb-017\(evil)", role: Role.communeOfficer.rawValue, office: "xa-00097\(evil)"),
            first: ConsoleSamples.at("2026-03-01T02:05:00Z"), raised: ConsoleSamples.at("2026-03-01T02:31:00Z"),
            tries: kind.most + 3, answer: answer)
    }

    func alarms(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(AlarmsPage.title), language, section: .queues)
        let answer = Alarm.Answer(
            actor: Actor(account: "bv-001\(evil)", role: Role.dataProtectionOfficer.rawValue, office: "bo"),
            answered: ConsoleSamples.at("2026-03-02T02:05:00Z"), note: "Đã hỏi, nhập nhầm một tệp cũ.\(evil)")
        let open = [alarm(81, .misses), alarm(82, .exactNames), alarm(83, .misses)]
        return [
            (
                "alarms",
                AlarmsPage(
                    frame: frame, open: ListPage(open, limit: 2) { ListPlace(["\($0.id)"]) },
                    answered: [alarm(80, .misses, answer)], units: units, problem: AlarmRefusal.noteMissing.sentence,
                    typed: (81, "chưa rõ\(evil)"))
            ),
            (
                "alarms-nothing",
                AlarmsPage(
                    frame: frame, open: ListPage([], limit: 1) { _ in ListPlace([]) }, answered: [], units: units)
            ),
        ]
    }
}
