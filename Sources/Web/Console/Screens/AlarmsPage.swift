import Access
import Civil
import Ledger

/// Cảnh báo dò số: what the data-protection officer looks into; whose account, when, how many, and no citizen.
package struct AlarmsPage: ConsolePage {
    package static let template = "alarms"
    package static let title = Sentence("Cảnh báo dò số", "Alarms about guessing")

    struct Line: Equatable, Sendable {
        let number: String
        let title: String
        let officer: String
        let first: String
        let raised: String
        let tries: String
        /// Where the answer goes, while there is none.
        let action: String?
        let note: String
        let answer: String?
    }

    package let frame: PageFrame
    let heading: String
    let problem: String?
    let open: [Line]
    let hasOpen: Bool
    let answered: [Line]
    let hasAnswered: Bool
    let longest: Int
    /// Where the list goes on.
    let next: String?

    /// - Parameter typed: the note that was refused, with its alarm.
    package init(
        frame: PageFrame, open: ListPage<Alarm>, answered: [Alarm], units: UnitDirectory, problem: Sentence? = nil,
        typed: (alarm: Int64, note: String)? = nil
    ) {
        let words = ValueWords(frame.spoken, units: units)
        func line(_ alarm: Alarm) -> Line {
            Line(
                number: String(alarm.id), title: frame.spoken.of(alarm.kind.title),
                officer: "\(alarm.actor.account), \(Role.title(of: alarm.actor.role, in: frame.spoken)), "
                    + alarm.actor.office,
                first: words.moment(alarm.first), raised: words.moment(alarm.raised),
                tries: NumberText.grouped(alarm.tries), action: alarm.answer == nil ? "/alarms/\(alarm.id)" : nil,
                note: typed?.alarm == alarm.id ? typed?.note ?? "" : "",
                answer: alarm.answer.map { "\($0.actor.account), \(words.moment($0.answered)). \($0.note)" })
        }
        self.frame = frame
        heading = frame.spoken.of(AlarmsPage.title)
        self.problem = problem.map(frame.spoken.of)
        self.open = open.lines.map(line)
        hasOpen = !open.lines.isEmpty
        next = open.next.map { "/alarms?after=\($0.text)" }
        self.answered = answered.map(line)
        hasAnswered = !answered.isEmpty
        longest = Alarm.longestNote
    }
}

extension GuessKind {
    /// What an alarm is about.
    var title: Sentence {
        switch self {
        case .misses:
            Sentence("Nhiều lượt tra cứu không thấy trong một giờ", "Many look-ups that found nobody in one hour")
        case .exactNames:
            Sentence(
                "Nhiều lượt tra đúng số, họ tên và ngày sinh trong một giờ",
                "Many look-ups by number, name and date of birth in one hour")
        }
    }
}
