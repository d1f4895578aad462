import Access
import Cards
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Mục thẻ căn cước: what waits for the officer, parcels that come, and whether a card holds.
struct CardRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("cards") { request, context in try await list(request, context) }
        router.post("cards/parcels/{code}") { request, context in try await receive(request, context) }
        router.get("cards/status") { request, context in
            try AccessPolicy.require(try context.officerOnDuty(), toUse: .checkCardStatus)
            return try status(FormInput(), request, context)
        }
        router.post("cards/status") { request, context in try await check(request, context) }
    }

    // MARK: Waiting

    private func list(
        _ request: Request, _ context: WebContext, problem: Sentence? = nil, status: Int = 200
    ) async throws -> Response {
        let requester = try context.officerOnDuty()
        let role = requester.role
        guard role.may(.checkCardStatus) else {
            guard let first = CardPart.first(of: role) else { throw AccessRefusal.roleMayNotDo }
            return ConsoleDesk.redirect(to: first)
        }
        let cards = desk.cards
        var waiting = CardsPage.Waiting()
        if role.may(.decideOnCard) {
            waiting.toDecide = try await cards.waiting(at: [.submitted, .approved], by: requester)
        }
        if role.may(.applyForCard) {
            waiting.toFinish = try await cards.waiting(at: CardRegister.unfinished, by: requester)
            waiting.underWay = try await cards.waiting(at: [.submitted, .approved, .ordered], by: requester)
        }
        if role.may(.deliverCards) {
            waiting.ready = try await cards.readyToHandOver(by: requester)
            waiting.parcels = try await cards.parcels(at: .inTransit, by: requester)
            waiting.serials = try await cards.contents(of: waiting.parcels, by: requester)
        }
        let frame = desk.frame(CardsPage.title, request, context, section: .cards, failed: problem != nil)
        return try desk.answer(
            CardsPage(
                frame: frame, role: role, waiting: waiting, problem: problem,
                today: desk.register.surroundings.today, units: desk.register.units),
            status: HTTPResponse.Status(code: status))
    }

    private func receive(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let requester = try context.officerOnDuty()
        let missing = form.words("missing")
        do {
            try await desk.cards.receive(
                Asking.part("code", context), counted: Int(form["counted"]) ?? -1,
                missing: missing.isEmpty ? [] : try SerialRanges.serials(typed: missing), by: requester)
        } catch let refusal as any ExplainedRefusal where refusal.standsOnThePage {
            return try await list(request, context, problem: refusal.sentence, status: Problem(refusal).status)
        }
        return ConsoleDesk.redirect(to: CardsPage.path)
    }

    // MARK: Status

    private func status(
        _ input: FormInput, _ request: Request, _ context: WebContext, errors: [FieldError] = [],
        found: CardStanding? = nil, nobody: Bool = false
    ) throws -> Response {
        let frame = desk.frame(CardStatusPage.title, request, context, section: .cards, failed: !errors.isEmpty)
        return try desk.answer(
            CardStatusPage(
                frame: frame, role: try context.officerOnDuty().role, input: input, errors: errors, found: found,
                nobody: nobody, units: desk.register.units),
            status: errors.isEmpty ? .ok : .unprocessableContent)
    }

    private func check(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let requester = try context.officerOnDuty()
        let language = desk.language(request, context)
        var errors: [FieldError] = []
        let number = try? PersonalIdentificationNumber(parsing: form["number"])
        if number == nil {
            errors.append(FieldError(field: "number", text: language.of(WebRefusal.numberMalformed.sentence)))
        }
        let parts = ["issued-year", "issued-month", "issued-day"].map { Int(form[$0]) ?? 0 }
        let issued = CalendarDate(year: parts[0], month: parts[1], day: parts[2])
        if issued == nil {
            errors.append(
                FieldError(
                    field: "issued-day",
                    text: language.of("Ghi ngày cấp in trên thẻ.", "Write the day of issue as printed on the card.")))
        }
        guard let number, let issued else { return try status(form.input, request, context, errors: errors) }
        let found = try await desk.cards.standing(number: number, issued: issued, by: requester)
        if found != nil { desk.server.watch.looked() }
        return try status(form.input, request, context, found: found, nobody: found == nil)
    }
}
