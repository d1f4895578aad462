import Access
import Cards
import Chip
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Một thẻ: its page, handing it over, and what happens to it in its life.
struct CardLifeRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("cards/{handle}") { request, context in
            let done = Asking.query("done", request).flatMap { CardAction(rawValue: $0) }
            return try await page(
                request, context, done: done, isMatched: Asking.query("matched", request) == "yes")
        }
        router.post("cards/{handle}") { request, context in try await change(request, context) }
        router.post("cards/{handle}/fingers") { request, context in try await compare(request, context) }
    }

    private func page(
        _ request: Request, _ context: WebContext, done: CardAction? = nil, isMatched: Bool = false,
        refusal: (any ExplainedRefusal)? = nil, note: String = ""
    ) async throws -> Response {
        let requester = try context.officerOnDuty()
        let file = try await desk.cards.file(ofCard: try Asking.handle(context).text, by: requester)
        guard let card = file.card else { throw ProductionRefusal.cardUnknown }
        desk.server.watch.looked()
        let frame = desk.frame(CardPage.title, request, context, section: .cards, failed: refusal != nil)
        return try desk.answer(
            CardPage(
                frame: frame, file: file, card: card, requester: requester, done: refusal == nil ? done : nil,
                isMatched: isMatched, problem: refusal?.sentence, note: note, units: desk.register.units),
            status: ConsoleDesk.status(of: refusal))
    }

    private func compare(_ request: Request, _ context: WebContext) async throws -> Response {
        let handle = try Asking.handle(context).text
        do {
            let form = try await UploadForm(request, context)
            guard let finger = Finger(word: form["finger"]), let file = form.file("file") else {
                throw ApplicationRefusal.fingersIncomplete
            }
            let isMatch = try await desk.cards.compareFinger(
                handle, with: try FingerPrint(file, of: finger), by: try context.officerOnDuty())
            desk.server.watch.recorded()
            guard isMatch else { throw CardLifeRefusal.fingersDiffer }
            return ConsoleDesk.redirect(to: CardWords.path(ofCard: handle) + "?matched=yes")
        } catch let refusal as any ExplainedRefusal where refusal.standsOnThePage {
            if case ProductionRefusal.cardUnknown = refusal { throw refusal }
            return try await page(request, context, refusal: refusal)
        }
    }

    private func change(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let handle = try Asking.handle(context).text
        do {
            let action = try await carriedOut(form, handle, try context.officerOnDuty())
            desk.server.watch.recorded()
            let query = action.map { "?done=\($0.rawValue)" } ?? ""
            return ConsoleDesk.redirect(to: CardWords.path(ofCard: handle) + query)
        } catch let refusal as any ExplainedRefusal where refusal.standsOnThePage {
            if case ProductionRefusal.cardUnknown = refusal { throw refusal }
            return try await page(request, context, refusal: refusal, note: form["note"])
        }
    }

    /// Carries out what a button of the page says; nil for what changes nothing of whether the card holds.
    private func carriedOut(
        _ form: FormBody, _ handle: String, _ requester: Requester
    ) async throws -> CardAction? {
        let cards = desk.cards
        let note = form["note"].isEmpty ? nil : form["note"]
        switch form["step"] {
        case "hand_over":
            try await cards.handOver(
                handle, check: IdentityCheck(rawValue: form["check"]),
                oldCard: OldCard(rawValue: form["old"]) ?? OldCard.none, activating: form["activate"] == "yes",
                by: requester)
            return .deliver
        case "send_back":
            try await cards.sendBack(card: handle, reason: form["note"], by: requester)
            return nil
        case "activate":
            try await cards.activate(handle, by: requester)
            return .activate
        case "hold":
            guard let ground = HoldGround(rawValue: form["ground-hold"]) else { throw CardLifeRefusal.groundNeeded }
            try await cards.hold(handle, ground, by: requester)
            return .hold
        case "give_back":
            try await cards.giveBack(handle, by: requester)
            return .giveBack
        case "report_lost":
            try await cards.reportLost(handle, note: note, by: requester)
            return .reportLost
        case "report_found":
            try await cards.reportFound(handle, by: requester)
            return .reportFound
        case "revoke":
            guard let ground = RevocationGround(rawValue: form["ground-revoke"]) else {
                throw CardLifeRefusal.groundNeeded
            }
            try await cards.revoke(handle, ground, note: note, by: requester)
            return .revoke
        default: throw WebRefusal.formMalformed
        }
    }
}
