import Access
import Cards
import Chip
import Civil
import Ledger
import Population

/// Trang một hồ sơ cấp thẻ: how far it is, what is done next, the record beside it, and everything that was done.
package struct CardApplicationPage: ConsolePage {
    package static let template = "card-application"
    static let title = Sentence("Hồ sơ cấp thẻ", "Card application")

    /// Một bước của hồ sơ: done, under way, or still to come.
    struct Step: Equatable, Sendable {
        let name: String
        let done: Bool
        let current: Bool
    }

    struct Portrait: Equatable, Sendable {
        let href: String
        let about: String
    }

    /// Một ngón trong biểu mẫu thu nhận.
    struct FingerRow: Equatable, Sendable {
        let word: String
        let name: String
        let state: String
        let reasons: [CardOption]
    }

    struct FingerList: Equatable, Sendable {
        let rows: [CardFact]
    }

    /// Một giấy tờ in được: a paper of the application as PDF.
    struct PaperLink: Equatable, Sendable {
        let href: String
        let name: String
    }

    struct PaperList: Equatable, Sendable {
        let links: [PaperLink]
    }

    /// Giấy hẹn trả thẻ.
    struct Slip: Equatable, Sendable {
        let rows: [CardFact]
    }

    /// What the officer can do next with it.
    struct Panels: Equatable, Sendable {
        var identifies = false
        /// Nothing is taken at that age.
        var takesNothing = false
        var uploads = false
        var drawsSpecimen = false
        /// The portrait is there, and fingers can be taken.
        var takesFingers = false
        /// None was taken yet.
        var fingersWait = false
        var submits = false
        var withdraws = false
        var blocks = false
        var decides = false
        var sendsBack = false
        /// Whoever looks took it themselves.
        var isOwn = false
        var orders = false
        /// There is nothing for the officer to do.
        var nothing = false
    }

    /// Tìm trùng sinh trắc.
    struct Search: Equatable, Sendable {
        let by: String
        let found: Bool
        let candidates: [Candidate]

        struct Candidate: Equatable, Sendable {
            let href: String
            let handle: String
        }

        init(_ finding: BiometricFinding) {
            by = finding.by
            found = !finding.candidates.isEmpty
            candidates = finding.candidates.map { Candidate(href: "/persons/\($0)", handle: $0) }
        }
    }

    package let frame: PageFrame
    let identity: IdentityBar
    let path: String
    let code: String
    let heading: String
    let badge: IdentityBar.Badge
    let outcome: String?
    let problem: String?
    /// Why the record lets it go no further.
    let obstacle: String?
    /// The record has changed since the applicant confirmed it.
    let changed: Bool
    let facts: [CardFact]
    let steps: [Step]
    let slip: Slip?
    let papers: PaperList?
    let record: [CardFact]
    let portrait: Portrait?
    let fingers: [FingerRow]
    let fingerList: FingerList?
    let panels: Panels
    /// Why a portrait was taken that the checks refuse.
    let accepted: String?
    /// Whether the portrait that was just sent was refused by the checks.
    let unfit: Bool
    /// Whether a portrait can be taken here, with a camera too.
    var takesPortrait: Bool { panels.uploads }
    /// Who else may have this face or these fingers; nil where nobody has searched.
    let search: Search?
    let articles: [CardOption]
    let reason: String
    let longest: Int
    let card: String?
    let events: [CardEventLine]
    let receipt: String

    /// - Parameters:
    ///   - requester: whose page it is.
    ///   - done: the action that led here.
    package init(
        frame: PageFrame, file: CardFile, requester: Requester, isDemonstration: Bool, today: CalendarDate,
        done: ApplicationAction? = nil, problem: Sentence? = nil, reason: String = "",
        unfit: Bool = false, units: UnitDirectory
    ) {
        let language = frame.spoken
        let words = CardWords(words: ValueWords(language, units: units))
        let application = file.application
        self.frame = frame
        identity = IdentityBar(handle: file.person, state: file.state, words: words.words, shown: .listed)
        path = CardWords.path(ofApplication: application.handle)
        code = CardWords.short(application.handle)
        heading = language.of(application.ground.title)
        badge = words.state(application)
        outcome = done.map { language.of("Đã ghi: ", "Recorded: ") + language.of($0.title) }
        self.problem = problem.map(language.of)
        obstacle = application.status.isLiving ? file.obstacle.map { language.of($0.sentence) } : nil
        changed = application.status == .submitted && !file.isUnchanged
        facts = CardApplicationPage.facts(file, words)
        steps = CardApplicationPage.steps(file, language)
        slip = requester.role.may(.applyForCard) ? CardApplicationPage.slip(file, words) : nil
        papers = requester.role.may(.applyForCard) ? CardApplicationPage.papers(application, language) : nil
        record =
            CardRecord.facts(file.state, words.words)
            + [file.card == nil ? CardRecord.expiry(file.state, on: today, words) : nil].compactMap { $0 }
        portrait = file.portrait.map { portrait in
            let sides = "\(portrait.width) × \(portrait.height)"
            return Portrait(
                href: "\(CardWords.path(ofApplication: application.handle))/portrait",
                about: portrait.isSpecimen
                    ? language.of("Ảnh mẫu do chương trình vẽ, không phải của ai", "A specimen drawn by the program")
                    : language.of("Ảnh chân dung, \(sides) điểm ảnh", "Portrait, \(sides) pixels"))
        }
        fingers = CardApplicationPage.fingers(file, language)
        fingerList =
            file.fingers.isEmpty
            ? nil : FingerList(rows: fingers.map { CardFact(label: $0.name, value: $0.state) })
        panels = CardApplicationPage.panels(file, requester, isDemonstration)
        accepted = application.status.isLiving ? file.events.acceptedPortrait : nil
        self.unfit = unfit
        search =
            application.status.isLiving && requester.role.may(.decideOnCard)
            ? file.events.biometricFinding.map(Search.init) : nil
        articles = CardOption.options(
            "article", RefusalArticle.allCases.map { ($0.rawValue, $0.title) },
            chosen: "", language)
        self.reason = reason
        longest = 150
        card =
            file.card.map { CardWords.path(ofCard: $0.handle) }
            ?? file.certificate.map { CardWords.path(ofCertificate: $0) }
        events = file.events.reversed().map { CardEventLine($0, words) }
        receipt = String(file.receipt)
    }

    private static func fingers(_ file: CardFile, _ language: PageLanguage) -> [FingerRow] {
        Finger.allCases.map { finger in
            let note = file.fingers.first { $0.finger == finger }
            let state: Sentence =
                if let reason = note?.reason {
                    reason.title
                } else if let form = note?.form {
                    note?.isSpecimen ?? false
                        ? Sentence("\(form.title.vietnamese) (bịa)", "\(form.title.english) (invented)") : form.title
                } else {
                    Sentence("chưa thu", "not taken yet")
                }
            let accepted = note?.accepted.map { language.of(", nhận dù chưa đạt: ", ", taken all the same: ") + $0 }
            return FingerRow(
                word: finger.word, name: language.of(finger.title), state: language.of(state) + (accepted ?? ""),
                reasons: CardOption.options(
                    "reason-\(finger.word)", MissingFinger.allCases.map { ($0.rawValue, $0.title) }, chosen: "",
                    language))
        }
    }

    private static func facts(_ file: CardFile, _ words: CardWords) -> [CardFact] {
        let (language, application) = (words.words.language, file.application)
        let rows: [(Sentence, String?)] = [
            (Sentence("Giấy tờ", "Paper"), language.of(application.product.title)),
            (Sentence("Lệ phí", "Fee"), words.fee(application.fee, file.events.fee)),
            (Sentence("Hẹn đến", "Booked for"), words.day(file.events.booked)),
            (Sentence("Nộp", "Filed"), language.of(application.channel.title)),
            (Sentence("Tiếp nhận", "Taken"), words.words.moment(application.opened)),
            (Sentence("Người tiếp nhận", "Taken by"), "\(application.officer), \(application.office)"),
            (Sentence("Nơi trả thẻ", "Handed over at"), application.pickup),
            (Sentence("Hẹn trả", "Due"), words.day(application.due)),
            (
                Sentence("Ưu tiên", "Priority"),
                application.isUrgent ? language.of("làm trước", "before others") : nil
            ),
        ]
        return rows.compactMap { label, value in value.map { CardFact(label: language.of(label), value: $0) } }
    }

    /// The seven steps of every application, and where this one stands.
    private static func steps(_ file: CardFile, _ language: PageLanguage) -> [Step] {
        let names = [
            Sentence("Tiếp nhận", "Taken"), Sentence("Ảnh, sinh trắc", "Portrait"),
            Sentence("Công dân ký", "Confirmed"), Sentence("Trình duyệt", "Submitted"), Sentence("Duyệt", "Approved"),
            Sentence("Sản xuất", "Made"),
            Sentence("Trả thẻ", "Handed over"),
        ]
        let reached: Int? =
            switch file.application.status {
            case .booked, .blocked: 0
            case .opened: 1
            case .captured: 2
            case .confirmed: 3
            case .submitted: 4
            case .approved: 5
            case .ordered: file.card?.stage == .atOffice ? 6 : 5
            case .completed: 7
            case .refused, .withdrawn, .ended: nil
            }
        guard let reached else { return [] }
        return names.enumerated().map { place, name in
            Step(name: language.of(name), done: place < reached, current: place == reached)
        }
    }

    private static func slip(_ file: CardFile, _ words: CardWords) -> Slip? {
        let application = file.application
        switch application.status {
        case .submitted, .approved, .ordered: break
        case .booked, .opened, .blocked, .captured, .confirmed, .completed, .refused, .withdrawn, .ended: return nil
        }
        let language = words.words.language
        let rows: [(Sentence, String?)] = [
            (Sentence("Mã hồ sơ", "Application"), application.handle),
            (Sentence("Người được cấp", "For"), file.state.details.name),
            (Sentence("Trường hợp", "Ground"), language.of(application.ground.title)),
            (Sentence("Lệ phí", "Fee"), words.fee(application.fee, file.events.fee)),
            (Sentence("Nơi trả thẻ", "Handed over at"), application.pickup),
            (Sentence("Hẹn trả", "Due"), words.day(application.due)),
            (Sentence("Cán bộ, cơ quan", "Officer, office"), "\(application.officer), \(application.office)"),
        ]
        return Slip(
            rows: rows.compactMap { label, value in value.map { CardFact(label: language.of(label), value: $0) } })
    }

    private static func papers(_ application: CardApplication, _ language: PageLanguage) -> PaperList? {
        let links = ApplicationForm.allCases.filter { $0.isThere(at: application.status) }.map { form in
            PaperLink(
                href: "\(CardWords.path(ofApplication: application.handle))/papers/\(form.rawValue)",
                name: "\(form.rawValue.uppercased()) · \(language.of(form.title))")
        }
        return links.isEmpty ? nil : PaperList(links: links)
    }

    private static func panels(_ file: CardFile, _ requester: Requester, _ isDemonstration: Bool) -> Panels {
        let application = file.application
        let ways = application.status.ways
        let isTaker =
            requester.role.may(.applyForCard)
            && (requester.jurisdiction == .nation || requester.actor.office == application.office)
        var panels = Panels()
        if isTaker {
            panels.identifies = ways[.identify] != nil
            panels.takesNothing = application.status == .opened && !file.takesPortrait
            panels.uploads = ways[.capture] != nil && file.takesPortrait
            panels.drawsSpecimen = panels.uploads && isDemonstration
            panels.takesFingers = application.status == .captured && file.takesPortrait
            panels.fingersWait = file.fingers.allSatisfy { $0.reason == .noDevice }
            panels.submits = application.status == .captured || application.status == .confirmed
            panels.withdraws = ways[.withdraw] != nil
            panels.blocks = ways[.block] != nil
        }
        if requester.role.may(.decideOnCard) {
            panels.isOwn = application.officer == requester.actor.account
            panels.decides = application.status == .submitted && !panels.isOwn
            panels.sendsBack = application.status == .approved && !panels.isOwn
        }
        panels.orders = application.status == .approved && requester.role.may(.orderCards)
        panels.nothing = panels == Panels() && file.card == nil && file.certificate == nil
        return panels
    }
}
