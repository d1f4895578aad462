import Access
import Cards
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Đề nghị cấp thẻ cho một người: the form filled in from the register, the check of the answers, the application.
struct CardApplyRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("persons/{handle}/cards/new") { request, context in
            let form = try await form(context)
            return try desk.answer(CardApplyPage(frame: frame(request, context), form: form))
        }
        router.post("persons/{handle}/cards/new") { request, context in try await posted(request, context) }
    }

    private func frame(_ request: Request, _ context: WebContext, failed: Bool = false) -> PageFrame {
        desk.frame(CardApplyForm.title, request, context, section: .cards, failed: failed)
    }

    /// The person whom the form is about: a look like every other.
    private func form(_ context: WebContext) async throws -> CardApplyForm {
        let admission = try context.officer()
        let requester = try context.officerOnDuty()
        try AccessPolicy.require(requester, toUse: .applyForCard)
        guard
            let answer = try await desk.register.look(
                at: .handle(try Asking.handle(context)), by: requester.onDuty(.cardApplication))
        else { throw WebRefusal.personNotFound }
        desk.server.watch.looked()
        let known = try await desk.cards.cards(of: answer, by: requester)
        let subject = FormSubject(
            answer: answer, communes: [], units: desk.register.units, today: desk.register.surroundings.today)
        return CardApplyForm(
            subject: subject, isFirst: !known.cards.contains { $0.stage == .handedOver },
            offices: try await offices(of: admission))
    }

    /// The officer's own office, and those of the same province; for the ministry everywhere.
    private func offices(of admission: Admission) async throws -> [(code: String, name: String)] {
        let units = desk.register.units
        func province(_ office: Office) -> UnitCode? {
            office.unit.flatMap { units.ancestor(of: $0, at: .province)?.code ?? $0 }
        }
        let own = admission.office
        let home = province(own)
        let others = try await desk.access.offices().filter { office in
            office.code != own.code && office.unit != nil && (home == nil || province(office) == home)
        }
        return ([own] + others).map { ($0.code, "\($0.name) (\($0.code))") }
    }

    private func posted(_ request: Request, _ context: WebContext) async throws -> Response {
        let body = try await FormBody(request, context)
        let form = try await form(context)
        let requester = try context.officerOnDuty()
        let words = ValueWords(desk.language(request, context), units: desk.register.units)
        if body["step"] == "edit" {
            return try desk.answer(CardApplyPage(frame: frame(request, context), form: form, input: body.input))
        }
        let (reader, asked) = form.reading(body.input, words)
        guard let asked else { return try again(form, body.input, reader.errors, request, context) }
        let selector = PersonSelector.handle(try Asking.handle(context))
        let representative = CardApplyForm.representative(reader)
        do {
            if body["step"] == "record" {
                return try await recorded(selector, asked, representative, reader, body, context)
            }
            // Whatever the rules would refuse is said before the answers are checked.
            _ = try await desk.cards.apply(
                for: selector, asked, representative: representative, by: requester, dryRun: true)
        } catch let refusal as any ExplainedRefusal where !(refusal is SignInRefusal) {
            return try again(
                form, body.input, [CardApplyForm.error(refusal, in: words.language)], request, context)
        }
        let key = desk.newKey
        return try desk.answer(
            CardCheckPage(
                frame: frame(request, context), form: form, input: body.input, reader: reader, request: asked,
                key: key))
    }

    private func recorded(
        _ selector: PersonSelector, _ asked: CardRequest, _ representative: PersonSelector?, _ reader: FormReader,
        _ body: FormBody, _ context: WebContext
    ) async throws -> Response {
        guard let key = SentForm(key: body["key"]) else { throw WebRefusal.formMalformed }
        let application: CardApplication
        do {
            application = try await desk.cards.apply(
                for: selector, asked, representative: representative, once: key, by: try context.officerOnDuty())
        } catch  where SentForm.isSentTwice(error) {
            guard let made = try await desk.cards.application(of: key) else { throw WebRefusal.formMalformed }
            application = made
        }
        desk.server.watch.recorded()
        let count = TypingCount(fromRegister: reader.count.fromRegister, typed: reader.count.typed)
        try await desk.access.finish(
            CardApplyForm.path(try Asking.handle(context).text), count, of: try context.officer().session)
        return ConsoleDesk.redirect(to: CardWords.path(ofApplication: application.handle))
    }

    private func again(
        _ form: CardApplyForm, _ input: FormInput, _ errors: [FieldError], _ request: Request, _ context: WebContext
    ) throws -> Response {
        try desk.answer(
            CardApplyPage(frame: frame(request, context, failed: true), form: form, input: input, errors: errors),
            status: .unprocessableContent)
    }
}
