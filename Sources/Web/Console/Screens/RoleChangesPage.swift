import Access
import Civil
import Ledger

/// Vai trò chờ phê duyệt: what the officer may decide, and what the officer asked of others.
package struct RoleChangesPage: ConsolePage {
    package static let template = "role-changes"
    package static let title = Sentence("Vai trò chờ phê duyệt", "Roles waiting for approval")

    struct Line: Equatable, Sendable {
        let number: String
        let title: String
        let asker: String
        let asked: String
        let expires: String
        /// The end of a role that is to be given.
        let until: String?
        /// Why a role is to be taken.
        let why: String?
        let state: String
        let action: String
        let typed: String
    }

    package let frame: PageFrame
    let heading: String
    let problem: String?
    let waiting: [Line]
    let hasWaiting: Bool
    let asked: [Line]
    let hasAsked: Bool
    let longest: Int

    /// - Parameter typed: the reason that was refused, with its change.
    package init(
        frame: PageFrame, waiting: [RoleChange], asked: [RoleChange], now: Instant, units: UnitDirectory,
        problem: Sentence? = nil, typed: (change: Int64, reason: String)? = nil
    ) {
        let words = ValueWords(frame.spoken, units: units)
        func line(_ change: RoleChange) -> Line {
            var until: String?
            var why: String?
            switch change.wish {
            case .give(let end, _): until = words.moment(end)
            case .take(_, let reason): why = reason
            }
            return Line(
                number: String(change.id), title: OfficeWords.wish(change, frame.spoken),
                asker: "\(change.asker.account), \(change.asker.office)", asked: words.moment(change.asked),
                expires: words.moment(change.expires), until: until, why: why,
                state: OfficeWords.state(change, at: now, words), action: "/role-changes/\(change.id)",
                typed: typed?.change == change.id ? typed?.reason ?? "" : "")
        }
        self.frame = frame
        heading = frame.spoken.of(RoleChangesPage.title)
        self.problem = problem.map(frame.spoken.of)
        self.waiting = waiting.map(line)
        hasWaiting = !waiting.isEmpty
        self.asked = asked.map(line)
        hasAsked = !asked.isEmpty
        longest = Verdict.longestReason
    }
}
