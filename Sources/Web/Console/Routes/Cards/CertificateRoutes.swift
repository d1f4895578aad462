import Access
import Cards
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Một giấy chứng nhận căn cước: its page, its paper, and what happens to it.
struct CertificateRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("cards/certificates/{handle}") { request, context in
            let done = Asking.query("done", request).flatMap { CertificateAction(rawValue: $0) }
            return try await page(request, context, done: done)
        }
        router.post("cards/certificates/{handle}") { request, context in try await change(request, context) }
        router.get("cards/certificates/{handle}/paper") { _, context in try await paper(context) }
    }

    private func page(
        _ request: Request, _ context: WebContext, done: CertificateAction? = nil,
        refusal: (any ExplainedRefusal)? = nil, note: String = ""
    ) async throws -> Response {
        let requester = try context.officerOnDuty()
        let handle = try Asking.handle(context).text
        let certificate = try await desk.cards.certificate(handle, by: requester)
        let events = try await desk.cards.history(ofCertificate: handle, by: requester)
        var application = ""
        for event in events {
            if case .certificateIssued(_, let origin, _, _, _, _) = event.change { application = origin }
        }
        let frame = desk.frame(CertificatePage.title, request, context, section: .cards, failed: refusal != nil)
        return try desk.answer(
            CertificatePage(
                frame: frame, certificate: certificate, application: application, events: events,
                requester: requester, today: desk.register.surroundings.today, done: refusal == nil ? done : nil,
                problem: refusal?.sentence, note: note, units: desk.register.units),
            status: ConsoleDesk.status(of: refusal))
    }

    private func paper(_ context: WebContext) async throws -> Response {
        let handle = try Asking.handle(context).text
        let file = try await desk.cards.file(ofCertificate: handle, by: try context.officerOnDuty())
        desk.server.watch.looked()
        let office = try await desk.access.office(file.certificate.pickup)?.name ?? file.certificate.pickup
        let pdf = try file.pdf(office: office, isSpecimen: desk.isDemonstration)
        return PlainAnswer.bytes(pdf, type: "application/pdf")
    }

    private func change(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let handle = try Asking.handle(context).text
        do {
            let action = try await carriedOut(form, handle, try context.officerOnDuty())
            desk.server.watch.recorded()
            return ConsoleDesk.redirect(to: CardWords.path(ofCertificate: handle) + "?done=\(action.rawValue)")
        } catch let refusal as any ExplainedRefusal where refusal.standsOnThePage {
            if case CertificateRefusal.unknown = refusal { throw refusal }
            return try await page(request, context, refusal: refusal, note: form["note"])
        }
    }

    private func carriedOut(
        _ form: FormBody, _ handle: String, _ requester: Requester
    ) async throws -> CertificateAction {
        guard let action = CertificateAction(rawValue: form["step"]) else { throw WebRefusal.formMalformed }
        if action == .handOver {
            try await desk.cards.handOver(
                certificate: handle, check: IdentityCheck(rawValue: form["check"]),
                oldOne: OldCard(rawValue: form["old"]) ?? OldCard.none, by: requester)
        } else {
            try await desk.cards.change(
                certificate: handle, action, note: form["note"].isEmpty ? nil : form["note"], by: requester)
        }
        return action
    }
}
