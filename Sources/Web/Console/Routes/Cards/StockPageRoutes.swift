import Access
import Cards
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Kho phôi thẻ: deliveries, single blanks, destruction by two persons, and the series of chips.
struct StockPageRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("factory/stock") { request, context in try await page(request, context) }
        router.post("factory/stock") { request, context in try await act(request, context) }
    }

    private func page(
        _ request: Request, _ context: WebContext, input: FormInput = FormInput(),
        refusal: (any ExplainedRefusal)? = nil
    ) async throws -> Response {
        let requester = try context.officerOnDuty()
        let cards = desk.cards
        let stock = try await cards.stock(by: requester)
        let spoiled = requester.role.may(.keepBlanks) ? try await cards.spoiledBlanksUnplanned(by: requester) : []
        let plans = requester.role.may(.keepBlanks) ? try await cards.destructionPlans(by: requester) : []
        let frame = desk.frame(StockPage.title, request, context, section: .cards, failed: refusal != nil)
        return try desk.answer(
            StockPage(
                frame: frame, requester: requester, stock: stock, plans: plans,
                spoiled: SerialRanges.texts(spoiled.compactMap { BlankSerial(canonical: $0) }),
                series: try await cards.allSeries(by: requester), supplies: try await cards.supplies(by: requester),
                sites: try await cards.sites(), today: desk.register.surroundings.today, input: input,
                problem: refusal?.sentence,
                units: desk.register.units),
            status: ConsoleDesk.status(of: refusal))
    }

    private func act(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        do {
            try await carriedOut(form, try context.officerOnDuty())
            desk.server.watch.recorded()
            return ConsoleDesk.redirect(to: StockPage.path)
        } catch let refusal as any ExplainedRefusal where refusal.standsOnThePage {
            return try await page(request, context, input: form.input, refusal: refusal)
        }
    }

    private func carriedOut(_ form: FormBody, _ requester: Requester) async throws {
        let cards = desk.cards
        switch form["step"] {
        case "receive":
            try await cards.receiveBlanks(
                first: form["first"], count: Int(form["count"]) ?? 0, series: form["series"], note: form["delivery"],
                by: requester)
            // What was counted goes into the vault, in pieces.
            while try await cards.vaultBlanks(limit: 5_000, by: requester) > 0 {}
        case "record":
            guard let move = BlankMove(rawValue: form["move"]), StockPage.moves.contains(move) else {
                throw WebRefusal.formMalformed
            }
            try AccessPolicy.require(requester, toUse: .keepBlanks)
            try await cards.record(move, of: try serials(form), reason: form["reason"], by: requester)
        case "destroy":
            let serials =
                form["all"] == "yes" ? try await cards.spoiledBlanksUnplanned(by: requester) : try serials(form)
            _ = try await cards.planDestruction(of: serials, note: form["note"], by: requester)
        case "confirm", "drop":
            guard let plan = Int64(form["plan"]) else { throw BlankRefusal.planUnknown }
            if form["step"] == "confirm" {
                try await cards.confirmDestruction(plan, by: requester)
            } else {
                try await cards.dropDestruction(plan, reason: form["reason"], by: requester)
            }
        case "supply_receive":
            try await cards.receive(
                try supply(form), at: form["site"], cards: Int(form["cards"]) ?? 0, note: form["supply-note"],
                by: requester)
        case "supply_count":
            try await cards.count(
                try supply(form), at: form["site"], cards: Int(form["cards"]) ?? -1,
                leadDays: Int(form["lead-days"]) ?? -1, note: form["supply-note"], by: requester)
        case "suspend": try await cards.suspend(series: form["code"], reason: form["reason"], by: requester)
        case "resume": try await cards.resume(series: form["code"], reason: form["reason"], by: requester)
        default: throw WebRefusal.formMalformed
        }
    }

    private func supply(_ form: FormBody) throws(WebRefusal) -> SupplyKind {
        guard let kind = SupplyKind(rawValue: form["kind"]) else { throw .formMalformed }
        return kind
    }

    /// Serials and ranges of serials, with blanks or commas between them.
    private func serials(_ form: FormBody) throws(BlankRefusal) -> [String] {
        try SerialRanges.serials(typed: form.words("serials"))
    }
}
