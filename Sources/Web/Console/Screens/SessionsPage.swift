import Access
import Civil
import Ledger
import Population

/// Phiên và khóa của tôi: where the officer is signed in, with which keys, and the latest sign-ins.
package struct SessionsPage: ConsolePage {
    package static let template = "sessions"
    package static let title = Sentence("Phiên và khóa của tôi", "My sessions and keys")

    /// What the page tells of the officer.
    package struct Content: Sendable {
        package let own: Session
        package let roles: [(grant: Grant, office: Office)]
        package let sessions: [(session: Session, agent: String, place: String)]
        package let keys: [OwnPasskey]
        package let hasPassword: Bool
        package let entries: [SignInEntry]

        package init(
            own: Session, roles: [(grant: Grant, office: Office)] = [],
            sessions: [(session: Session, agent: String, place: String)], keys: [OwnPasskey],
            hasPassword: Bool, entries: [SignInEntry]
        ) {
            self.own = own
            self.roles = roles
            self.sessions = sessions
            self.keys = keys
            self.hasPassword = hasPassword
            self.entries = entries
        }
    }

    /// Một vai trò đang giữ.
    struct RoleLine: Equatable, Sendable {
        let grant: String
        let role: String
        let office: String
        let until: String
        let deputy: Bool
        let isOwn: Bool
    }

    struct Line: Equatable, Sendable {
        let session: String
        let browser: String
        let place: String
        let method: String
        let since: String
        let used: String
        let isOwn: Bool
    }

    struct Key: Equatable, Sendable {
        let passkey: String
        /// What its input is called in the page.
        let input: String
        let label: String
        let kind: String?
        let made: String
        let used: String?
        let removes: Bool
    }

    struct Entry: Equatable, Sendable {
        let moment: String
        let event: String
        let reason: String?
        let method: String
        let place: String
        let isRefusal: Bool
    }

    package let frame: PageFrame
    let heading: String
    let problem: String?
    let roles: [RoleLine]
    /// There is another role to go on in.
    let hasRoles: Bool
    let sessions: [Line]
    let hasOthers: Bool
    let keys: [Key]
    let hasKeys: Bool
    let hasPassword: Bool
    /// The password was changed a moment ago.
    let changedPassword: Bool
    /// Keys change only shortly after signing in.
    let mustSignInAgain: Bool
    let passkey: PasskeyBlock?
    let entries: [Entry]
    /// Whether the officer's role can have a deputy.
    let appointsDeputy: Bool

    package init(
        frame: PageFrame, content: Content, now: Instant, party: RelyingParty?, problem: Sentence? = nil,
        changedPassword: Bool = false, units: UnitDirectory
    ) {
        let words = ValueWords(frame.spoken, units: units)
        let isRecent = content.own.isRecent(at: now)
        let removes = isRecent && (content.keys.count > 1 || content.hasPassword)
        self.frame = frame
        appointsDeputy = content.own.grant.role.may(.appointDeputy) && content.own.grant.deputyFor == nil
        heading = frame.spoken.of(SessionsPage.title)
        self.problem = problem.map(frame.spoken.of)
        roles = content.roles.map { held in
            RoleLine(
                grant: String(held.grant.id), role: frame.spoken.of(held.grant.role.title), office: held.office.name,
                until: words.moment(held.grant.until), deputy: held.grant.deputyFor != nil,
                isOwn: held.grant.id == content.own.grant.id)
        }
        hasRoles = content.roles.count > 1
        sessions = content.sessions.reversed().map { SessionsPage.line($0, own: content.own, words) }
        hasOthers = content.sessions.contains { $0.session.key != content.own.key }
        keys = content.keys.enumerated().map { index, key in
            Key(
                passkey: String(key.id), input: "label-\(index + 1)", label: key.label,
                kind: key.kind.map(frame.spoken.of), made: words.moment(key.made),
                used: key.used.map(words.moment), removes: removes)
        }
        hasKeys = !keys.isEmpty
        hasPassword = content.hasPassword
        self.changedPassword = changedPassword
        mustSignInAgain = !isRecent
        passkey = isRecent ? PasskeyBlock(.add, at: party, in: frame.spoken) : nil
        entries = content.entries.map { entry in
            Entry(
                moment: words.moment(entry.at), event: frame.spoken.of(entry.event.title),
                reason: entry.reason.map { frame.spoken.of(SignInWords.reason($0)) },
                method: frame.spoken.of(entry.method.title), place: SignInWords.place(entry.place, frame.spoken),
                isRefusal: entry.event == .refused)
        }
    }

    private static func line(
        _ running: (session: Session, agent: String, place: String), own: Session, _ words: ValueWords
    ) -> Line {
        Line(
            session: running.session.key.hex, browser: SignInWords.browser(running.agent, words.language),
            place: SignInWords.place(running.place, words.language),
            method: words.language.of(running.session.method.title), since: words.moment(running.session.started),
            used: words.moment(running.session.used), isOwn: running.session.key == own.key)
    }
}
