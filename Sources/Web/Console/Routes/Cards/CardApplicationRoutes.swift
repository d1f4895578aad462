import Access
import Cards
import Chip
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Population

/// Một hồ sơ cấp thẻ: its page with the record beside it, its portrait, and every step that an officer takes with it.
struct CardApplicationRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("cards/applications/{handle}") { request, context in
            let done = Asking.query("done", request).flatMap { ApplicationAction(rawValue: $0) }
            return try await page(request, context, done: done)
        }
        router.post("cards/applications/{handle}") { request, context in try await step(request, context) }
        router.get("cards/applications/{handle}/portrait") { _, context in
            let portrait = try await desk.cards.portrait(
                ofApplication: try Asking.handle(context).text, by: try context.officerOnDuty())
            desk.server.watch.looked()
            return PlainAnswer.bytes(portrait.image, type: "image/jpeg")
        }
        router.get("cards/applications/{handle}/papers/{form}") { _, context in try await paper(context) }
        router.post("cards/applications/{handle}/portrait") { request, context in try await upload(request, context) }
        router.post("cards/applications/{handle}/fingers") { request, context in
            try await uploadFingers(request, context)
        }
    }

    private func page(
        _ request: Request, _ context: WebContext, done: ApplicationAction? = nil,
        refusal: (any ExplainedRefusal)? = nil, reason: String = ""
    ) async throws -> Response {
        let requester = try context.officerOnDuty()
        let file = try await desk.cards.file(ofApplication: try Asking.handle(context).text, by: requester)
        desk.server.watch.looked()
        let frame = desk.frame(CardApplicationPage.title, request, context, section: .cards, failed: refusal != nil)
        let isUnfit = if case ApplicationRefusal.portraitUnfit? = refusal { true } else { false }
        let page = CardApplicationPage(
            frame: frame, file: file, requester: requester, isDemonstration: desk.isDemonstration,
            today: desk.register.surroundings.today, done: refusal == nil ? done : nil,
            problem: refusal?.sentence, reason: reason, unfit: isUnfit, units: desk.register.units)
        let answer = try desk.answer(page, status: ConsoleDesk.status(of: refusal))
        return page.takesPortrait ? answer.scripted() : answer
    }

    private func paper(_ context: WebContext) async throws -> Response {
        let requester = try context.officerOnDuty()
        guard let form = context.parameters.get("form").flatMap(ApplicationForm.init(rawValue:)) else {
            throw WebRefusal.routeNotFound
        }
        let record = try await desk.cards.record(of: try Asking.handle(context).text, for: form, by: requester)
        desk.server.watch.looked()
        let paper = ApplicationPaper(
            record, offices: try await desk.access.officeNames(of: record.offices), units: desk.register.units,
            today: desk.register.surroundings.today, isSpecimen: desk.isDemonstration)
        return PlainAnswer.bytes(try paper.pdf(form), type: "application/pdf")
    }

    private func upload(_ request: Request, _ context: WebContext) async throws -> Response {
        let handle = try Asking.handle(context).text
        do {
            let form = try await UploadForm(request, context)
            guard let file = form.file("file") else { throw ApplicationRefusal.portraitNeeded }
            let reason = form["reason"]
            try await desk.cards.capturePortrait(
                handle, try Capture.Portrait(photograph: file), accepting: reason.isEmpty ? nil : reason,
                by: try context.officerOnDuty())
        } catch let refusal as ApplicationRefusal where refusal != .unknown {
            return try await page(request, context, refusal: refusal)
        }
        return done(.capture, handle)
    }

    /// Ten fields of files, each with a reason beside it; a field that was left alone changes nothing.
    private func uploadFingers(_ request: Request, _ context: WebContext) async throws -> Response {
        let handle = try Asking.handle(context).text
        do {
            let form = try await UploadForm(request, context)
            var captured: [Finger: FingerCapture] = [:]
            for finger in Finger.allCases {
                if let file = form.file("file-\(finger.word)") {
                    captured[finger] = .taken(try FingerPrint(file, of: finger))
                } else if let reason = MissingFinger(rawValue: form["reason-\(finger.word)"]) {
                    captured[finger] = .missing(reason)
                }
            }
            let reason = form["accept"]
            try await desk.cards.captureFingers(
                handle, captured, accepting: reason.isEmpty ? nil : reason, by: try context.officerOnDuty())
        } catch let refusal as ApplicationRefusal where refusal != .unknown {
            return try await page(request, context, refusal: refusal)
        }
        return done(.capture, handle)
    }

    private func done(_ action: ApplicationAction, _ handle: String) -> Response {
        desk.server.watch.recorded()
        return ConsoleDesk.redirect(to: "\(CardWords.path(ofApplication: handle))?done=\(action.rawValue)")
    }

    private func step(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let handle = try Asking.handle(context).text
        do {
            return done(try await carriedOut(form, handle, try context.officerOnDuty()), handle)
        } catch let refusal as any ExplainedRefusal where refusal.standsOnThePage {
            if refusal as? ApplicationRefusal == .unknown { throw refusal }
            return try await page(request, context, refusal: refusal, reason: form["reason"])
        }
    }

    /// Orders the card, or issues the certificate of whoever has no nationality.
    private func order(_ handle: String, _ requester: Requester) async throws {
        switch try await desk.cards.application(handle, by: requester).product {
        case .card: _ = try await desk.cards.order(handle, by: requester)
        case .certificate: _ = try await desk.cards.issueCertificate(handle, by: requester)
        }
    }

    /// Carries out what a button of the page says.
    private func carriedOut(
        _ form: FormBody, _ handle: String, _ requester: Requester
    ) async throws -> ApplicationAction {
        let cards = desk.cards
        switch form["step"] {
        case "specimen", "nothing":
            let person = try await cards.application(handle, by: requester).person
            let face = form["step"] == "specimen" ? Capture.specimen(for: person) : nil
            try await cards.captureSpecimen(handle, face: face, by: requester)
            return .capture
        case "submit":
            _ = try await cards.goOn(handle, face: nil, by: requester)
            return .submit
        case "approve":
            try await cards.approve(
                handle, despite: form["despite"].isEmpty ? nil : form["despite"], by: requester)
            // What is approved is ordered at once; where that is refused, a button of its own is left.
            try await order(handle, requester)
            return .approve
        case "order":
            try await order(handle, requester)
            return .order
        case "refuse":
            let stated = form["reason"]
            guard let article = RefusalArticle(rawValue: form["article"]), !stated.isEmpty else {
                throw ApplicationRefusal.articleNeeded
            }
            try await cards.refuse(handle, article, reason: stated, by: requester)
            return .refuse
        case "send_back":
            try await cards.sendBack(handle, reason: form["reason"], by: requester)
            return .sendBack
        case let word:
            guard let action = ApplicationAction(rawValue: word) else { throw WebRefusal.formMalformed }
            try await cards.step(handle, action, reason: form["reason"], by: requester)
            return action
        }
    }
}
