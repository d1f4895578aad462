import Access
import Civil
import Ledger

/// Một tài khoản cán bộ: its roles, sessions, and what an administrator may do with it.
package struct OfficerPage: ConsolePage {
    package static let template = "administered-officer"

    /// What the page tells of the account.
    package struct Content: Sendable {
        package let entry: OfficerEntry
        package let isAdministered: Bool
        package let isOwn: Bool
        package let sessions: [(session: Session, agent: String, place: String)]

        package init(
            entry: OfficerEntry, isAdministered: Bool, isOwn: Bool,
            sessions: [(session: Session, agent: String, place: String)]
        ) {
            self.entry = entry
            self.isAdministered = isAdministered
            self.isOwn = isOwn
            self.sessions = sessions
        }
    }

    struct Line: Equatable, Sendable {
        let grant: String
        let role: String
        let office: String
        let since: String
        let until: String
        let isInForce: Bool
        let revoked: String?
    }

    struct Running: Equatable, Sendable {
        let browser: String
        let place: String
        let since: String
        let used: String
    }

    package let frame: PageFrame
    let account: String
    let name: String
    let action: String
    /// When it was disabled.
    let disabled: String?
    let problem: String?
    /// The link that was just made; shown this once.
    let link: String?
    let grants: [Line]
    let hasGrants: Bool
    let isAdministered: Bool
    let sessions: [Running]
    let hasSessions: Bool
    let longest: Int
    let form: Form?

    package init(
        frame: PageFrame, content: Content, now: Instant, input: FormInput = FormInput(),
        problem: (any ExplainedRefusal)? = nil, link: String? = nil, units: UnitDirectory
    ) {
        let words = ValueWords(frame.spoken, units: units)
        let officer = content.entry.officer
        self.frame = frame
        account = officer.account
        name = officer.name
        action = OfficeWords.path(ofOfficer: officer.account)
        disabled = officer.disabled.map(words.moment)
        self.problem =
            problem.flatMap { AdministrationForm.field(of: $0) == nil ? frame.spoken.of($0.sentence) : nil }
        self.link = link
        grants = content.entry.grants.reversed().map { grant in
            Line(
                grant: String(grant.id), role: frame.spoken.of(grant.role.title), office: grant.office,
                since: words.moment(grant.since), until: words.moment(grant.until),
                isInForce: grant.isInForce(at: now), revoked: grant.revoked.map(words.moment))
        }
        hasGrants = !content.entry.grants.isEmpty
        isAdministered = content.isAdministered
        sessions = content.sessions.reversed().map { running in
            Running(
                browser: SignInWords.browser(running.agent, frame.spoken),
                place: SignInWords.place(running.place, frame.spoken),
                since: words.moment(running.session.started), used: words.moment(running.session.used))
        }
        hasSessions = !content.sessions.isEmpty
        longest = Verdict.longestReason
        let drawing = AdministrationForm(language: frame.spoken, input: input, problem: problem)
        form =
            content.isOwn
            ? nil
            : drawing.form(
                Sentence("Đề nghị cấp vai trò", "Ask for a role"),
                [
                    drawing.role,
                    drawing.text(
                        "office", Sentence("Mã cơ quan", "Code of the office"),
                        hint: Sentence("Như trong danh sách cơ quan.", "As the list of offices shows it.")),
                    drawing.until,
                ], action: "\(action)/roles", csrf: frame.csrf, button: Sentence("Gửi đề nghị", "Ask"))
    }
}
