import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// What officers read to know how to work: the dated rules, and the help.
struct GuideRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("rules") { request, context in try rules(request, context) }
        router.get("help") { request, context in
            let admission = try context.officer()
            return try desk.answer(
                HelpPage(
                    frame: desk.frame(HelpPage.title, request, context),
                    sections: ConsoleDesk.sections(of: admission)))
        }
    }

    private func rules(_ request: Request, _ context: WebContext) throws -> Response {
        let requester = try context.officerOnDuty()
        try AccessPolicy.require(requester, toUse: .seeRules)
        let today = desk.register.surroundings.today
        var day = today
        var problem: Sentence?
        do {
            day = try PageDates.day("on", request) ?? today
        } catch {
            problem = error.sentence
        }
        return try desk.answer(
            RulesPage(
                frame: desk.frame(RulesPage.title, request, context, section: .rules, failed: problem != nil),
                rules: ListedRule.all(units: desk.register.units), on: day,
                typed: problem == nil ? nil : PageDates.typed("on", request), problem: problem),
            status: problem == nil ? .ok : .badRequest)
    }
}
