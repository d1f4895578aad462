import Access
import Civil
import Ledger
import Population

/// Truy cập khẩn cấp: what the officer has, may approve, asks for and reviews; persons by the code of their record.
package struct EmergencyPage: ConsolePage {
    package static let template = "emergency"
    package static let title = Sentence("Truy cập khẩn cấp", "Emergency access")

    /// Which parts of the page a role has.
    package struct Rights: Equatable, Sendable {
        let asks: Bool
        let approves: Bool
        let reviews: Bool

        package init(_ role: Role) {
            asks = role.may(.askEmergency)
            approves = role.may(.approve)
            reviews = role.may(.reviewLooks)
        }

        /// Whether the role has anything to do with it.
        var isAny: Bool { asks || approves || reviews }
    }

    struct Line: Equatable, Sendable {
        let number: String
        let title: String
        let persons: [String]
        let asker: String
        let asked: String
        let expires: String
        let until: String?
        let minutes: Int
        let why: String
        let ground: String
        let approvers: String
        let state: String
        /// Where the review goes, once it has ended.
        let review: String?
        let typed: Typed
    }

    struct NoticeLine: Equatable, Sendable {
        let person: String
        let number: String
        let looked: String
        let due: String
        let overdue: Bool
        let how: String
    }

    /// What was typed into a form that was refused.
    struct Typed: Equatable, Sendable {
        var persons = ""
        var reason = ""
        var minutes = ""
        var note = ""
        var why = ""
        var day = ""
        var month = ""
        var year = ""

        init(_ input: FormInput?) {
            guard let input else { return }
            persons = input["persons"]
            reason = input["reason"]
            minutes = input["minutes"]
            note = input["note"]
            why = input["why"]
            day = input["put-off-day"]
            month = input["put-off-month"]
            year = input["put-off-year"]
        }
    }

    package let frame: PageFrame
    let heading: String
    let problem: String?
    let rights: Rights
    let running: [Line]
    let hasRunning: Bool
    let waiting: [Line]
    let hasWaiting: Bool
    let asked: [Line]
    let hasAsked: Bool
    let open: [Line]
    let hasOpen: Bool
    let notices: [NoticeLine]
    let hasNotices: Bool
    let reviewed: [Line]
    let hasReviewed: Bool
    let form: Typed
    let longestReason = BreakGlass.longestReason
    let longestNote = Emergency.longestNote
    let longestLine = Emergency.longestLine

    /// - Parameters:
    ///   - input: what was typed when it was refused, or what the form begins with.
    ///   - refused: the emergency access whose form was refused; nil: the form that asks for one.
    package init(
        frame: PageFrame, rights: Rights, answer: EmergencyAnswer, reviews: EmergencyReviews?, now: Instant,
        units: UnitDirectory, problem: Sentence? = nil, input: FormInput = FormInput(), refused: Int64? = nil
    ) {
        let words = ValueWords(frame.spoken, units: units)
        let handles = answer.handles.merging(reviews?.handles ?? [:]) { first, _ in first }
        func line(_ emergency: Emergency) -> Line {
            EmergencyPage.line(
                emergency, handles, now, words, Typed(refused == emergency.id ? input : nil))
        }
        self.frame = frame
        heading = frame.spoken.of(EmergencyPage.title)
        self.problem = problem.map(frame.spoken.of)
        self.rights = rights
        running = answer.running.map(line)
        hasRunning = !answer.running.isEmpty
        waiting = answer.waiting.map(line)
        hasWaiting = !answer.waiting.isEmpty
        asked = answer.asked.map(line)
        hasAsked = !answer.asked.isEmpty
        open = (reviews?.open ?? []).map(line)
        hasOpen = !open.isEmpty
        notices = (reviews?.notices ?? []).map { notice in
            let person = handles[notice.person] ?? "?"
            let isRefused = refused == notice.emergency && input["person"] == person
            return NoticeLine(
                person: person, number: String(notice.emergency), looked: words.moment(notice.looked),
                due: words.moment(notice.due), overdue: notice.due <= now, how: isRefused ? input["how"] : "")
        }
        hasNotices = !notices.isEmpty
        reviewed = (reviews?.reviewed ?? []).map(line)
        hasReviewed = !reviewed.isEmpty
        form = Typed(refused == nil ? input : nil)
    }

    private static func line(
        _ emergency: Emergency, _ handles: [Int64: String], _ now: Instant, _ words: ValueWords, _ typed: Typed
    ) -> Line {
        let approvers = emergency.decisions.filter { $0.rejection == nil }.map(\.actor)
        let isOver = emergency.grant != nil && !emergency.isRunning(at: now)
        return Line(
            number: String(emergency.id), title: "\(emergency.asker.account), \(words.moment(emergency.asked))",
            persons: emergency.persons.map { handles[$0] ?? "?" },
            asker: "\(emergency.asker.account), "
                + "\(Role.title(of: emergency.asker.role, in: words.language)), \(emergency.asker.office)",
            asked: words.moment(emergency.asked), expires: words.moment(emergency.expires),
            until: emergency.grant.map { words.moment($0.until) }, minutes: emergency.minutes, why: emergency.reason,
            ground: Purpose.emergency(emergency.id).text,
            approvers: approvers.map { "\($0.account), \($0.office)" }.joined(separator: "; "),
            state: state(of: emergency, at: now, words),
            review: isOver && emergency.review == nil ? "/emergency/\(emergency.id)/review" : nil, typed: typed)
    }

    private static func state(of emergency: Emergency, at now: Instant, _ words: ValueWords) -> String {
        let language = words.language
        if let review = emergency.review {
            let who = "\(review.actor.account), \(words.moment(review.reviewed)). \(review.note)"
            guard let putOff = review.putOff else { return who }
            let until = words.moment(putOff.until)
            return who + language.of(" · Hoãn báo đến \(until): ", " · Not told before \(until): ") + putOff.reason
        }
        if let rejection = emergency.rejection { return OfficeWords.state(rejection, isOpen: false, words) }
        if let grant = emergency.grant {
            return emergency.isRunning(at: now)
                ? language.of("Có hiệu lực đến \(words.moment(grant.until))", "Runs until \(words.moment(grant.until))")
                : language.of("Đã kết thúc lúc \(words.moment(grant.until))", "Ended at \(words.moment(grant.until))")
        }
        guard emergency.refusal(at: now) == nil else { return language.of("Quá hạn", "Expired") }
        let count = emergency.decisions.count
        return language.of("Đã có \(count) trong 2 phê duyệt", "\(count) of 2 approvals")
    }
}
