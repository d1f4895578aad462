import Access
import Cards
import Civil
import Population

/// Phần của mục thẻ: one page of the section that a role has something to do on.
struct CardPart: Equatable, Sendable {
    let href: String
    let title: String
    let current: Bool

    /// The parts of a role, of which the page at `path` is one.
    static func parts(of role: Role, at path: String, _ language: PageLanguage) -> [CardPart] {
        all(of: role).map { part in
            CardPart(href: part.path, title: language.of(part.title), current: part.path == path)
        }
    }

    /// Where somebody of the role begins; nil for one who has nothing to do with cards.
    static func first(of role: Role) -> String? { all(of: role).first?.path }

    private static func all(of role: Role) -> [(path: String, title: Sentence)] {
        let makes =
            role.may(.produceCards) || role.may(.checkCardQuality) || role.may(.keepBlanks) || role.may(.suspendSeries)
        return [
            (role.may(.checkCardStatus), CardsPage.path, Sentence("Hồ sơ và trả thẻ", "Applications and hand-over")),
            (role.may(.checkCardStatus), CardStatusPage.path, CardStatusPage.title),
            (makes, FactoryPage.path, FactoryPage.title),
            (role.may(.checkCardQuality), FactoryCheckPage.path, FactoryCheckPage.title),
            (makes, StockPage.path, StockPage.title),
            (role.may(.seeCardFlow), CardFlowPage.path, CardFlowPage.title),
        ].filter { $0.0 }.map { ($0.1, $0.2) }
    }
}

/// Thẻ căn cước: the applications and cards that wait for the officer, the oldest first; nobody by name.
package struct CardsPage: ConsolePage {
    package static let template = "cards"
    package static let title = Sentence("Thẻ căn cước", "Identity cards")
    static let path = "/cards"

    struct Line: Equatable, Sendable {
        let href: String
        let name: String
        let code: String
        let badge: IdentityBar.Badge
        let since: String
        let due: String?
        let late: Bool
        let urgent: Bool
        let office: String
    }

    struct Queue: Equatable, Sendable {
        let id: String
        let name: String
        let what: String
        let lines: [Line]
        let hasLines: Bool
    }

    struct ParcelLine: Equatable, Sendable {
        let code: String
        let site: String
        let office: String
        let tracking: String?
        /// Serials and ranges of the blanks in it.
        let serials: String
        let action: String
        let field: String
        let missing: String

        init(_ parcel: Parcel, serials: [String]) {
            code = parcel.code
            site = parcel.site
            office = parcel.office
            tracking = parcel.tracking
            self.serials = serials.joined(separator: ", ")
            action = "/cards/parcels/\(parcel.code)"
            field = "counted-\(parcel.code)"
            missing = "missing-\(parcel.code)"
        }
    }

    /// What waits, as the register gives it.
    package struct Waiting: Sendable {
        package var toDecide: [CardApplication] = []
        package var toFinish: [CardApplication] = []
        package var underWay: [CardApplication] = []
        package var ready: [Card] = []
        package var parcels: [Parcel] = []
        /// Serials of the blanks in a parcel, by its code.
        package var serials: [String: [String]] = [:]

        package init() {}
    }

    package let frame: PageFrame
    let parts: [CardPart]
    let problem: String?
    let queues: [Queue]
    let hasParcels: Bool
    let parcels: [ParcelLine]

    package init(
        frame: PageFrame, role: Role, waiting: Waiting, problem: Sentence? = nil, today: CalendarDate,
        units: UnitDirectory
    ) {
        let language = frame.spoken
        let words = CardWords(words: ValueWords(language, units: units))
        func line(_ application: CardApplication) -> Line {
            Line(
                href: CardWords.path(ofApplication: application.handle), name: language.of(application.ground.title),
                code: CardWords.short(application.handle), badge: words.state(application),
                since: words.words.moment(application.opened), due: words.day(application.due),
                late: application.due.map { $0 < today } ?? false, urgent: application.isUrgent,
                office: application.office)
        }
        func line(_ card: Card) -> Line {
            Line(
                href: CardWords.path(ofCard: card.handle), name: language.of("Thẻ", "Card"),
                code: CardWords.short(card.handle), badge: words.state(card),
                since: words.words.moment(card.changed), due: nil, late: false, urgent: card.isUrgent,
                office: card.pickup)
        }
        func queue(_ id: String, _ title: Sentence, _ what: Sentence, _ lines: [Line]) -> Queue {
            Queue(
                id: id, name: "\(language.of(title)) (\(NumberText.grouped(lines.count)))",
                what: language.of(lines.isEmpty ? Sentence("Không có gì chờ.", "Nothing waits.") : what), lines: lines,
                hasLines: !lines.isEmpty)
        }
        self.frame = frame
        parts = CardPart.parts(of: role, at: CardsPage.path, language)
        self.problem = problem.map(language.of)
        let all = [
            (
                role.may(.decideOnCard),
                queue(
                    "decide", Sentence("Chờ duyệt", "Waiting for a decision"),
                    Sentence(
                        "Người tiếp nhận không duyệt hồ sơ của mình.", "Nobody decides on what they took themselves."),
                    waiting.toDecide.map(line))
            ),
            (
                role.may(.applyForCard),
                queue(
                    "finish", Sentence("Hồ sơ dở dang", "Begun and not submitted"),
                    Sentence("Mở để đi tiếp, hoặc rút.", "Open one to go on, or to withdraw it."),
                    waiting.toFinish.map(line))
            ),
            (
                role.may(.deliverCards),
                queue(
                    "ready", Sentence("Thẻ chờ trả", "Cards to hand over"),
                    Sentence("Đối chiếu người nhận trước khi trao.", "Check who receives it before you hand it over."),
                    waiting.ready.map(line))
            ),
            (
                role.may(.applyForCard),
                queue(
                    "under-way", Sentence("Đang duyệt, đang sản xuất", "Being decided or made"),
                    Sentence(
                        "Hồ sơ cơ quan đã tiếp nhận, chưa trả thẻ.", "The office's applications without their card."),
                    waiting.underWay.map(line))
            ),
        ]
        queues = all.filter { $0.0 }.map { $0.1 }
        parcels = waiting.parcels.map { ParcelLine($0, serials: waiting.serials[$0.code] ?? []) }
        hasParcels = !parcels.isEmpty
    }
}
