import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Phiếu DC01 tại quầy: the form, the check of the answers, and the sheet itself.
struct SheetRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("sheets/new") { request, context in
            let session = try context.officer().session
            let draft = try await desk.access.draft(at: SheetPage.path, of: session)
            return try page(FormInput(draft?.fields ?? [:]), request, context, draft: draft?.saved)
        }
        router.post("sheets/new") { request, context in try await posted(request, context) }
    }

    private func page(
        _ input: FormInput, _ request: Request, _ context: WebContext, errors: [FieldError] = [],
        draft: Instant? = nil
    ) throws -> Response {
        try AccessPolicy.require(try context.officerOnDuty(), toUse: .importBatch)
        let frame = desk.frame(SheetPage.title, request, context, section: .people, failed: !errors.isEmpty)
        let words = ValueWords(frame.spoken, units: desk.register.units)
        let key = input["key"].isEmpty ? desk.newKey : input["key"]
        return try desk.answer(
            SheetPage(
                frame: frame, key: key, input: input, errors: errors, draft: draft.map(words.moment),
                units: desk.register.units),
            status: errors.isEmpty ? .ok : .unprocessableContent)
    }

    private func posted(_ request: Request, _ context: WebContext) async throws -> Response {
        guard let session = context.admission?.session else {
            return try await desk.kept(at: SheetPage.path, request, context)
        }
        let body = try await FormBody(request, context)
        let requester = try context.officerOnDuty()
        if body["step"] == "discard" {
            try await desk.access.discardDraft(at: SheetPage.path, of: session)
            return ConsoleDesk.redirect(to: SheetPage.path)
        }
        try AccessPolicy.require(requester, toUse: .importBatch)
        guard let key = SentForm(key: body["key"]) else { throw WebRefusal.formMalformed }
        try await desk.access.keep(
            body.input.answers, at: SheetPage.path, about: body[SheetColumn.name.rawValue], of: session)
        if body["step"] == "edit" { return try page(body.input, request, context) }
        let language = desk.language(request, context)
        let missing = SheetPage.groups.flatMap(\.fields).filter { !$0.optional && body[$0.name].isEmpty }
            .map { FieldError(field: $0.name, text: language.of($0.missing)) }
        guard missing.isEmpty else { return try page(body.input, request, context, errors: missing) }
        let intake = SheetIntake(register: desk.register)
        let fields = intake.fields { body[$0.rawValue] }
        guard body["step"] == "record" else {
            let alike = try await desk.register.alike(toSheet: fields, seen: body["another"], by: requester)
            return try check(body, fields, alike, requester, request, context)
        }
        let outcome: SheetIntake.Outcome
        do {
            outcome = try await intake.record(fields, once: key, seen: body["another"], by: requester)
        } catch RecordingRefusal.maybeKnown(let alike) {
            return try check(body, fields, alike, requester, request, context)
        } catch let refusal as BatchRefusal {
            let error = FieldError(field: SheetColumn.name.rawValue, text: language.of(refusal.sentence))
            return try page(body.input, request, context, errors: [error])
        }
        let typed = SheetColumn.allCases.count { !body[$0.rawValue].isEmpty }
        try await desk.access.finish(SheetPage.path, TypingCount(fromRegister: 0, typed: typed), of: session)
        desk.server.watch.recorded()
        if let person = outcome.person { return ConsoleDesk.redirect(to: "/persons/\(person)") }
        return ConsoleDesk.redirect(to: "\(BatchPage.path(of: outcome.batch))/held/\(outcome.place)")
    }

    private func check(
        _ body: FormBody, _ fields: [SheetColumn: String], _ alike: [AlikePerson], _ requester: Requester,
        _ request: Request, _ context: WebContext
    ) throws -> Response {
        let isRecorded = body["step"] == "record"
        return try desk.answer(
            SheetCheckPage(
                frame: desk.frame(SheetPage.title, request, context, section: .people, failed: isRecorded),
                key: body["key"], input: body.input,
                reading: try desk.register.reading(ofSheet: fields, by: requester), alike: alike,
                isAskedAgain: isRecorded, units: desk.register.units),
            status: isRecorded ? .unprocessableContent : .ok)
    }
}
