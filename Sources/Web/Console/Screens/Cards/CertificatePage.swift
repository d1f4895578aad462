import Access
import Cards
import Civil
import Ledger
import Population

/// Trang một giấy chứng nhận căn cước: whether it holds, what can be done with it, and what was done.
package struct CertificatePage: ConsolePage {
    package static let template = "certificate"
    static let title = CardProduct.certificate.title

    /// What the officer can do with it.
    struct Panels: Equatable, Sendable {
        var prints = false
        var handsOver = false
        var losesIt = false
        var finds = false
        var revokes = false
    }

    package let frame: PageFrame
    let path: String
    let code: String
    let heading: String
    let badge: IdentityBar.Badge
    let outcome: String?
    let problem: String?
    let facts: [CardFact]
    let application: String
    let panels: Panels
    let checks: [CardOption]
    let oldOnes: [CardOption]
    let note: String
    let longest: Int
    let events: [CardEventLine]

    /// - Parameter application: the handle of the application that led to it.
    package init(
        frame: PageFrame, certificate: IdentityCertificate, application: String, events: [CardEvent],
        requester: Requester, today: CalendarDate, done: CertificateAction? = nil, problem: Sentence? = nil,
        note: String = "", units: UnitDirectory
    ) {
        let language = frame.spoken
        let words = CardWords(words: ValueWords(language, units: units))
        self.frame = frame
        path = CardWords.path(ofCertificate: certificate.handle)
        code = CardWords.short(certificate.handle)
        heading = language.of(CertificatePage.title)
        badge = IdentityBar.Badge(
            text: language.of(certificate.status.title), tone: certificate.isValid(on: today) ? "good" : "plain")
        outcome = done.map { language.of("Đã ghi: ", "Recorded: ") + language.of($0.title) }
        self.problem = problem.map(language.of)
        let rows: [(Sentence, String?)] = [
            (Sentence("Ngày cấp", "Issued"), words.day(certificate.issued)),
            (Sentence("Có giá trị đến", "Holds until"), words.expiry(certificate.expires)),
            (Sentence("Nơi trao", "Handed over at"), certificate.pickup),
        ]
        facts = rows.compactMap { label, value in value.map { CardFact(label: language.of(label), value: $0) } }
        self.application = CardWords.path(ofApplication: application)
        let ways = certificate.status.ways
        let isHere = requester.jurisdiction == .nation || requester.actor.office == certificate.pickup
        var panels = Panels()
        if requester.role.may(.deliverCards) {
            panels.prints = true
            panels.handsOver = ways[.handOver] != nil && isHere
            panels.losesIt = ways[.reportLost] != nil
            panels.finds = ways[.reportFound] != nil
        }
        panels.revokes = requester.role.may(.revokeCards) && ways[.revoke] != nil && certificate.status != .made
        self.panels = panels
        checks = CardOption.options(
            "check", IdentityCheck.allCases.filter { $0 != .fingers }.map { ($0.rawValue, $0.title) }, chosen: "",
            language)
        oldOnes = CardOption.options("old", OldCard.allCases.map { ($0.rawValue, $0.title) }, chosen: "none", language)
        self.note = note
        longest = 200
        self.events = events.reversed().map { CardEventLine($0, words) }
    }
}
