import Cards
import Civil

/// Vật tư trên trang kho: what each site has of ribbons, laminate and envelopes, and by when it must order.
struct SuppliesPart: Equatable, Sendable {
    struct Line: Equatable, Sendable {
        let site: String
        let name: String
        let left: String
        let perDay: String
        let days: String
        let orderBy: String
        let due: Bool
        /// More was used than there was: somebody must count.
        let wrong: Bool
    }

    let hasLines: Bool
    let lines: [Line]
    /// The keeper of a site that is there writes down what comes and what is counted.
    let keeps: Bool
    let sites: [CardOption]
    let kinds: [CardOption]
    let cards: String
    let leadDays: String
    let note: String

    init(
        _ supplies: [SupplyForecast], sites: [ProductionSite], keeps: Bool, input: FormInput, today: CalendarDate,
        _ language: PageLanguage
    ) {
        lines = supplies.map { forecast in
            Line(
                site: forecast.supply.site, name: language.of(forecast.supply.kind.title),
                left: NumberText.grouped(max(0, forecast.left)),
                perDay: NumberText.grouped(Int(forecast.perDay.rounded(.up))),
                days: NumberText.grouped(forecast.daysLeft), orderBy: DayText.vietnamese(forecast.orderBy(from: today)),
                due: forecast.isDue(on: today), wrong: forecast.left < 0)
        }
        hasLines = !lines.isEmpty
        self.keeps = keeps && !sites.isEmpty
        self.sites = CardOption.options(
            "supply-site", sites.map { ($0.code, Sentence("\($0.name) (\($0.code))", "\($0.name) (\($0.code))")) },
            chosen: input["site"], language)
        kinds = CardOption.options(
            "supply", SupplyKind.allCases.map { ($0.rawValue, $0.title) }, chosen: input["kind"], language)
        cards = input["cards"]
        leadDays = input["lead-days"].isEmpty ? String(Supply.usualLeadDays) : input["lead-days"]
        note = input["supply-note"]
    }
}
