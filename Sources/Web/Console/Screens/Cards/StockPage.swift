import Access
import Cards
import Civil
import Ledger
import Population

/// Kho phôi thẻ: every blank has one fate; what came in is what is there and what went out.
package struct StockPage: ConsolePage {
    package static let template = "stock"
    package static let title = Sentence("Kho phôi thẻ", "Blank cards")
    static let path = "/factory/stock"

    struct Fate: Equatable, Sendable {
        let name: String
        let count: String
    }

    /// Đề nghị tiêu hủy.
    struct Plan: Equatable, Sendable {
        let id: String
        let what: String
        let about: String
        /// Somebody else planned it.
        let confirms: Bool
        let field: String
    }

    struct Series: Equatable, Sendable {
        let code: String
        let cards: String
        let suspended: String?
        let reason: String?
        let field: String
    }

    package let frame: PageFrame
    let parts: [CardPart]
    let problem: String?
    let received: String
    let fates: [Fate]
    let difference: String
    let differs: Bool
    let keeps: Bool
    let destroys: Bool
    let hasPlans: Bool
    let plans: [Plan]
    let hasSpoiled: Bool
    /// Serials that wait to be destroyed, as ranges.
    let spoiled: [String]
    let moves: [CardOption]
    let supplies: SuppliesPart
    let suspends: Bool
    let hasSeries: Bool
    let series: [Series]
    /// What was typed, shown again.
    let typed: Typed

    struct Typed: Equatable, Sendable {
        let first: String
        let count: String
        let series: String
        let delivery: String
        let serials: String
        let reason: String
        let note: String
    }

    package init(
        frame: PageFrame, requester: Requester, stock: StockBalance, plans: [DestructionPlan] = [],
        spoiled: [String] = [], series: [SeriesStanding] = [], supplies: [SupplyForecast] = [],
        sites: [ProductionSite] = [], today: CalendarDate,
        input: FormInput = FormInput(), problem: Sentence? = nil, units: UnitDirectory
    ) {
        let language = frame.spoken
        let words = ValueWords(language, units: units)
        let role = requester.role
        self.frame = frame
        parts = CardPart.parts(of: role, at: StockPage.path, language)
        self.problem = problem.map(language.of)
        received = NumberText.grouped(stock.received)
        fates = BlankFate.allCases.map { fate in
            Fate(name: language.of(fate.title), count: NumberText.grouped(stock.fates[fate] ?? 0))
        }
        difference = NumberText.grouped(stock.difference)
        differs = stock.difference != 0
        keeps = role.may(.keepBlanks)
        destroys = role.may(.destroyBlanks)
        self.plans = plans.enumerated().map { place, plan in
            Plan(
                id: String(plan.id),
                what: (SerialRanges.texts(plan.serials.compactMap { BlankSerial(canonical: $0) })
                    + [plan.card.map(CardWords.short)].compactMap { $0 }).joined(separator: ", "),
                about: "\(plan.note) · \(plan.plannedBy) · \(words.moment(plan.planned))",
                confirms: plan.plannedBy != requester.actor.account, field: "drop-\(place + 1)")
        }
        hasPlans = !plans.isEmpty
        self.spoiled = spoiled
        hasSpoiled = !spoiled.isEmpty
        moves = CardOption.options(
            "move", StockPage.moves.map { ($0.rawValue, $0.title) }, chosen: input["move"], language)
        self.supplies = SuppliesPart(
            supplies, sites: sites, keeps: role.may(.keepBlanks), input: input, today: today, language)
        suspends = role.may(.suspendSeries)
        self.series = series.enumerated().map { place, one in
            Series(
                code: one.series, cards: NumberText.grouped(one.cards), suspended: one.suspended.map(words.moment),
                reason: one.reason, field: "series-\(place + 1)")
        }
        hasSeries = !series.isEmpty
        typed = Typed(
            first: input["first"], count: input["count"], series: input["series"], delivery: input["delivery"],
            serials: input["serials"], reason: input["reason"], note: input["note"])
    }

    /// What happens to single blanks outside of a machine.
    static let moves: [BlankMove] = [.sample, .spoil, .lose, .find]
}

extension BlankMove {
    package var title: Sentence {
        switch self {
        case .vault: Sentence("Nhập kho", "Into the vault")
        case .issue: Sentence("Cấp cho lô", "Issued")
        case .giveBack: Sentence("Trả lại kho", "Given back")
        case .use: Sentence("Thành thẻ", "Made into a card")
        case .spoil: Sentence("Ghi hỏng", "Spoiled")
        case .sample: Sentence("Lấy mẫu", "Taken as a sample")
        case .lose: Sentence("Báo mất", "Lost")
        case .find: Sentence("Tìm thấy", "Found again")
        case .destroy: Sentence("Tiêu hủy", "Destroyed")
        }
    }
}
