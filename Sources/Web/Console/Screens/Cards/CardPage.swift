import Access
import Cards
import Chip
import Civil
import Ledger
import Population

/// Trang một thẻ: where it is, whether it holds, what can be done with it, and its whole life.
package struct CardPage: ConsolePage {
    package static let template = "card"
    static let title = Sentence("Thẻ căn cước", "Identity card")

    /// What the officer can do with it.
    struct Panels: Equatable, Sendable {
        var handsOver = false
        /// There is a card before it, which is collected or lost.
        var hasOldCard = false
        /// The holder gave fingers, which can be compared.
        var compares = false
        var sendsBack = false
        var activates = false
        var holds = false
        var givesBack = false
        var losesCard = false
        var finds = false
        var revokes = false

        var changes: Bool { activates || holds || givesBack || losesCard || finds || revokes }
    }

    package let frame: PageFrame
    let identity: IdentityBar
    let path: String
    let code: String
    let heading: String
    let badge: IdentityBar.Badge
    let outcome: String?
    let problem: String?
    /// Why it must not leave.
    let stopped: String?
    let facts: [CardFact]
    let application: String
    let portrait: CardApplicationPage.Portrait?
    let panels: Panels
    let hasChanges: Bool
    let checks: [CardOption]
    let fingers: [CardOption]
    let oldCards: [CardOption]
    let holdGrounds: [CardOption]
    let revocationGrounds: [CardOption]
    let note: String
    let longest: Int
    let events: [CardEventLine]
    let receipt: String

    package init(
        frame: PageFrame, file: CardFile, card: Card, requester: Requester, done: CardAction? = nil,
        isMatched: Bool = false, problem: Sentence? = nil, note: String = "", units: UnitDirectory
    ) {
        let language = frame.spoken
        let words = CardWords(words: ValueWords(language, units: units))
        self.frame = frame
        identity = IdentityBar(handle: file.person, state: file.state, words: words.words, shown: .listed)
        path = CardWords.path(ofCard: card.handle)
        code = CardWords.short(card.handle)
        heading = language.of(CardPage.title)
        badge = words.state(card)
        outcome =
            isMatched
            ? language.of("Vân tay khớp; đã ghi.", "One finger; recorded.")
            : done.map { language.of("Đã ghi: ", "Recorded: ") + language.of($0.title) }
        self.problem = problem.map(language.of)
        stopped = card.stopped.map { language.of($0.title) }
        facts = CardPage.facts(card, words)
        application = CardWords.path(ofApplication: file.application.handle)
        portrait = file.portrait.map { portrait in
            CardApplicationPage.Portrait(
                href: "\(CardWords.path(ofApplication: file.application.handle))/portrait",
                about: portrait.isSpecimen
                    ? language.of("Ảnh mẫu do chương trình vẽ", "A specimen drawn by the program")
                    : language.of("Ảnh trên thẻ", "The portrait on the card"))
        }
        panels = CardPage.panels(file, card, requester)
        hasChanges = panels.changes
        checks = CardOption.options(
            "check", IdentityCheck.allCases.map { ($0.rawValue, $0.title) }, chosen: "", language)
        fingers = CardOption.options(
            "finger", file.fingers.filter { $0.reason == nil }.map { ($0.finger.word, $0.finger.title) }, chosen: "",
            language)
        oldCards = CardOption.options(
            "old", [OldCard.collected, .lost].map { ($0.rawValue, $0.title) }, chosen: "", language)
        holdGrounds = CardOption.options(
            "hold", HoldGround.allCases.map { ($0.rawValue, $0.title) }, chosen: "", language)
        revocationGrounds = CardOption.options(
            "revoke", RevocationGround.allCases.map { ($0.rawValue, $0.title) }, chosen: "", language)
        self.note = note
        longest = 200
        events = file.events.reversed().map { CardEventLine($0, words) }
        receipt = String(file.receipt)
    }

    private static func facts(_ card: Card, _ words: CardWords) -> [CardFact] {
        let language = words.words.language
        let rows: [(Sentence, String?)] = [
            (Sentence("Ngày cấp", "Issued"), words.day(card.issued)),
            (Sentence("Có giá trị đến", "Holds until"), words.expiry(card.expires)),
            (Sentence("Giá trị", "Status"), card.status.map { language.of($0.title) }),
            (Sentence("Công đoạn", "Stage"), language.of(card.stage.title)),
            (Sentence("Nơi trả thẻ", "Handed over at"), card.pickup),
            (Sentence("Hẹn trả", "Due"), words.day(card.due)),
            (Sentence("Nơi sản xuất", "Made at"), card.site), (Sentence("Loạt chip", "Series"), card.series),
            (Sentence("Số hiệu phôi", "Blank"), card.blank?.canonical),
        ]
        return rows.compactMap { label, value in value.map { CardFact(label: language.of(label), value: $0) } }
    }

    private static func panels(_ file: CardFile, _ card: Card, _ requester: Requester) -> Panels {
        var panels = Panels()
        let isHere = requester.jurisdiction == .nation || requester.actor.office == card.pickup
        if requester.role.may(.deliverCards) {
            panels.handsOver = card.stage == .atOffice && isHere && card.stopped == nil && card.status == .made
            panels.hasOldCard = file.heldCard != nil
            panels.compares = panels.handsOver && file.fingers.contains { $0.reason == nil }
            panels.sendsBack = card.stage == .atOffice && isHere
            let ways = card.status?.ways ?? [:]
            panels.activates = ways[.activate] != nil
            panels.holds = ways[.hold] != nil
            panels.givesBack = ways[.giveBack] != nil
            panels.losesCard = ways[.reportLost] != nil
            panels.finds = ways[.reportFound] != nil
        }
        panels.revokes =
            requester.role.may(.revokeCards) && card.stage == .handedOver && card.status?.ways[.revoke] != nil
        return panels
    }
}

/// Tra tình trạng thẻ: whether a card holds, by number and day of issue; nothing of its holder.
package struct CardStatusPage: ConsolePage {
    package static let template = "card-status"
    package static let title = Sentence("Tra tình trạng thẻ", "Does a card hold?")
    static let path = "/cards/status"

    struct Answer: Equatable, Sendable {
        let verdict: String
        let badge: IdentityBar.Badge
        let isValid: Bool
        let facts: [CardFact]
    }

    package let frame: PageFrame
    let parts: [CardPart]
    let heading: String
    let form: Form
    let answer: Answer?
    /// No such card is known.
    let nobody: Bool

    static let groups = [
        FormGroup(
            "Thẻ", "The card",
            [
                FieldPlan(
                    name: "number", label: Sentence("Số định danh", "Personal number"),
                    hint: Sentence("12 chữ số trên thẻ.", "The twelve digits on the card."), kind: .number),
                FieldPlan(
                    name: "issued", label: Sentence("Ngày cấp in trên thẻ", "Day of issue as printed"),
                    hint: Sentence("Xem mặt thẻ.", "See the face of the card."),
                    kind: .date(partial: false, future: false)),
            ])
    ]

    package init(
        frame: PageFrame, role: Role, input: FormInput = FormInput(), errors: [FieldError] = [],
        found: CardStanding? = nil, nobody: Bool = false, units: UnitDirectory
    ) {
        let language = frame.spoken
        let values = ValueWords(language, units: units)
        let words = CardWords(words: values)
        self.frame = frame
        parts = CardPart.parts(of: role, at: CardStatusPage.path, language)
        heading = language.of(CardStatusPage.title)
        form = FormDrawing(words: values, input: input, errors: errors).form(
            CardStatusPage.groups, action: CardStatusPage.path, csrf: frame.csrf,
            button: Sentence("Tra tình trạng", "Check"))
        self.nobody = nobody
        answer = found.map { found in
            let rows = [
                (Sentence("Ngày cấp", "Issued"), words.day(found.issued) ?? ""),
                (Sentence("Có giá trị đến", "Holds until"), words.expiry(found.expires)),
                (Sentence("Tình trạng", "Status"), language.of(found.status.title)),
            ]
            return Answer(
                verdict: found.isValid
                    ? language.of("Thẻ đang có giá trị", "The card holds")
                    : language.of("Thẻ không có giá trị", "The card does not hold"),
                badge: found.isSuspended
                    ? IdentityBar.Badge(text: language.of("loạt chip bị tạm dừng", "series suspended"), tone: "bad")
                    : IdentityBar.Badge(
                        text: language.of(found.status.title), tone: CardWords.tone(found.status)),
                isValid: found.isValid, facts: rows.map { CardFact(label: language.of($0.0), value: $0.1) })
        }
    }
}
