import Access
import Cards
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Sản xuất thẻ: the floor, one batch, and the balance of the flow.
struct FactoryPageRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("factory") { request, context in try await floor(request, context) }
        router.post("factory") { request, context in try await act(request, context) }
        router.get("factory/batches/{code}") { request, context in try await batch(request, context) }
        router.post("factory/batches/{code}") { request, context in try await actOnBatch(request, context) }
        router.get("factory/flow") { request, context in try await flow(request, context) }
    }

    // MARK: The floor

    private func floor(
        _ request: Request, _ context: WebContext, refusal: (any ExplainedRefusal)? = nil
    ) async throws -> Response {
        let requester = try context.officerOnDuty()
        let floor = try await desk.cards.floor(by: requester)
        let frame = desk.frame(FactoryPage.title, request, context, section: .cards, failed: refusal != nil)
        return try desk.answer(
            FactoryPage(
                frame: frame, role: requester.role, floor: floor, key: desk.newKey, problem: refusal?.sentence,
                units: desk.register.units),
            status: ConsoleDesk.status(of: refusal))
    }

    private func act(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        do {
            let path = try await carriedOut(form, try context.officerOnDuty())
            desk.server.watch.recorded()
            return ConsoleDesk.redirect(to: path)
        } catch let refusal as any ExplainedRefusal where refusal.standsOnThePage {
            return try await floor(request, context, refusal: refusal)
        }
    }

    /// Carries out what a button of the page says; where to go then.
    private func carriedOut(_ form: FormBody, _ requester: Requester) async throws -> String {
        let cards = desk.cards
        switch form["step"] {
        case "site":
            try await cards.open(
                ProductionSite(code: form["code"], name: form["name"], capacity: Int(form["capacity"]) ?? 0),
                by: requester)
        case "batch": return FactoryBatchPage.path(try await openedBatch(form, requester).code)
        case "expire": _ = try await cards.expireLeases(by: requester)
        case "site_change", "site_stop", "site_resume":
            let stopped: Bool? = form["step"] == "site_change" ? nil : form["step"] == "site_stop"
            try await cards.change(
                site: form["code"], capacity: stopped == nil ? Int(form["capacity"]) ?? 0 : nil, stopped: stopped,
                reason: form["reason"], by: requester)
        case "pack": _ = try await cards.pack(at: form["site"], for: form["office"], by: requester)
        case "dispatch":
            try await cards.dispatch(form["parcel"], tracking: form["tracking"], by: requester)
        case "bring_back": try await cards.bringBack(serial: form["serial"], by: requester)
        case let word:
            guard let found = JobEvent(rawValue: word), let job = Int64(form["job"]) else {
                throw WebRefusal.formMalformed
            }
            try await cards.reconcile(job, found, by: requester)
            return OwnPath.of(form["back"])
        }
        return FactoryPage.path
    }

    private func openedBatch(_ form: FormBody, _ requester: Requester) async throws -> ProductionBatch {
        guard let key = SentForm(key: form["key"]) else { throw WebRefusal.formMalformed }
        do {
            return try await desk.cards.openBatch(
                at: form["site"], size: Int(form["size"]) ?? 0, priority: Int(form["priority"]) ?? 0, once: key,
                by: requester)
        } catch  where SentForm.isSentTwice(error) {
            guard let made = try await desk.cards.batch(of: key) else { throw WebRefusal.formMalformed }
            return made
        }
    }

    // MARK: One batch

    private func batch(
        _ request: Request, _ context: WebContext, refusal: (any ExplainedRefusal)? = nil
    ) async throws -> Response {
        let requester = try context.officerOnDuty()
        let code = Asking.part("code", context)
        let batch = try await desk.cards.batch(code, by: requester)
        let balance = try await desk.cards.balance(ofBatch: code, by: requester)
        let unknown = try await desk.cards.unknownJobs(ofBatch: code, by: requester)
        let title = Sentence("Lô \(batch.code)", "Batch \(batch.code)")
        let frame = desk.frame(title, request, context, section: .cards, failed: refusal != nil)
        return try desk.answer(
            FactoryBatchPage(
                frame: frame, role: requester.role, line: .init(batch: batch, balance: balance),
                sites: try await desk.cards.sites(), unknown: unknown, key: desk.newKey, problem: refusal?.sentence,
                units: desk.register.units),
            status: ConsoleDesk.status(of: refusal))
    }

    private func actOnBatch(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let code = Asking.part("code", context)
        do {
            try await carriedOut(form, code, try context.officerOnDuty())
            desk.server.watch.recorded()
            return ConsoleDesk.redirect(to: FactoryBatchPage.path(code))
        } catch let refusal as any ExplainedRefusal where refusal.standsOnThePage {
            if case ProductionRefusal.batchUnknown = refusal { throw refusal }
            return try await batch(request, context, refusal: refusal)
        }
    }

    private func carriedOut(_ form: FormBody, _ code: String, _ requester: Requester) async throws {
        let cards = desk.cards
        switch form["step"] {
        case "issue":
            guard let key = SentForm(key: form["key"]) else { throw WebRefusal.formMalformed }
            do {
                try await cards.issueBlanks(Int(form["count"]) ?? 0, to: code, once: key, by: requester)
            } catch  where SentForm.isSentTwice(error) {
                // The same form again: the blanks were issued the first time.
            }
        case "give_back": _ = try await cards.giveBackBlanks(of: code, by: requester)
        case "close": _ = try await cards.closeBatch(code, by: requester)
        case "cancel": try await cards.cancelBatch(code, by: requester)
        case "move": try await cards.move(code, to: form["site"], by: requester)
        default: throw WebRefusal.formMalformed
        }
    }

    // MARK: The flow

    private func flow(_ request: Request, _ context: WebContext) async throws -> Response {
        let requester = try context.officerOnDuty()
        let own = requester.actor.office
        // Sums of one's own office or of all; no other office is asked for.
        let office = Asking.query("office", request) == own ? own : nil
        let today = desk.register.surroundings.today
        let province = Asking.query("province", request).flatMap { desk.register.units.province($0, on: today) }
        let byPlace = try await desk.cards.flowByPlace(under: province, by: requester)
        let flow = office == nil ? byPlace.whole : try await desk.cards.flow(office: office, by: requester)
        let frame = desk.frame(CardFlowPage.title, request, context, section: .cards)
        return try desk.answer(
            CardFlowPage(
                frame: frame, role: requester.role, flow: flow,
                stock: try await desk.cards.stock(by: requester), byPlace: byPlace, under: province,
                office: office, own: own, today: today, units: desk.register.units))
    }
}
