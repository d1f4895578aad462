import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Guided forms: filled in from the register, checked on one page, recorded as one act.
struct ActFormRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("persons/{handle}/acts/{form}") { request, context in
            let form = try form(context)
            let (subject, _) = try await subject(form, nil, context)
            return try await opened(form, subject, nil, request, context)
        }
        router.post("persons/{handle}/acts/{form}") { request, context in try await posted(request, context) }
        router.get("persons/{handle}/slips/{act}") { request, context in try await slipPage(request, context) }
    }

    private func form(_ context: WebContext) throws(WebRefusal) -> GuidedForm {
        guard let form = GuidedForm(rawValue: Asking.part("form", context)) else { throw .routeNotFound }
        return form
    }

    /// The form as the register fills it in, or as it was left.
    private func opened(
        _ form: GuidedForm, _ subject: FormSubject, _ naming: ExactNaming?, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let draft = try await desk.access.draft(at: path(form, subject), of: try context.officer().session)
        return try desk.answer(
            GuidedPage(
                frame: frame(form, request, context), form: form, subject: subject,
                input: FormInput(draft?.fields ?? [:]), draft: draft?.saved, naming: naming))
    }

    private func path(_ form: GuidedForm, _ subject: FormSubject) -> String { form.path(for: subject.answer.handle) }

    private func frame(
        _ form: GuidedForm, _ request: Request, _ context: WebContext, failed: Bool = false
    ) -> PageFrame {
        desk.frame(form.title, request, context, section: .people, failed: failed)
    }

    /// The person and household that the form is about: a look like every other.
    private func subject(
        _ form: GuidedForm, _ naming: ExactNaming?, _ context: WebContext
    ) async throws -> (subject: FormSubject, requester: Requester) {
        let admission = try context.officer()
        let requester = admission.requester(for: try SearchGround.ground(stated: naming?.purpose ?? ""))
        let register = desk.register
        let handle = try Asking.handle(context)
        let selector = form.bringsSomebody ? naming?.selector ?? .handle(handle) : .handle(handle)
        guard let answer = try await register.look(at: selector, asking: form.asks, by: requester),
            answer.handle == handle.text
        else {
            throw WebRefusal.personNotFound
        }
        desk.server.watch.looked()
        let household = try await register.look(atHouseholdOf: answer, by: requester)
        let names = try await desk.names(named: answer, in: household, by: requester)
        let subject = FormSubject(
            answer: answer, household: household, names: names, communes: communes(of: admission),
            units: register.units, today: register.surroundings.today,
            history: form == .annulment
                ? try await register.history(of: .handle(handle), asking: .all, by: requester) : nil)
        return (subject, requester)
    }

    /// The communes of today in the office's province; every commune would be a list of thousands.
    private func communes(of admission: Admission) -> [UnitCode] {
        let units = desk.register.units
        guard let unit = admission.office.unit, let province = units.ancestor(of: unit, at: .province) else {
            return []
        }
        return units.children(of: province.code).map { (Folding.key($0.bareName), $0.code) }.sorted { $0.0 < $1.0 }.map(
            \.1)
    }

    private func posted(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try form(context)
        guard let session = context.admission?.session else {
            return try await desk.kept(at: form.path(for: try Asking.handle(context).text), request, context)
        }
        let body = try await FormBody(request, context)
        let naming = ExactNaming(body)
        let (subject, requester) = try await subject(form, naming, context)
        if body["step"] == "open" { return try await opened(form, subject, naming, request, context) }
        let language = desk.language(request, context)
        if body["step"] == "discard" {
            try await desk.access.discardDraft(at: path(form, subject), of: session)
            return ConsoleDesk.redirect(to: path(form, subject))
        }
        if body["step"] != "record" {
            try await desk.access.keep(
                body.input.answers, at: path(form, subject), about: subject.answer.state.details.name, of: session)
        }
        if body["step"] == "edit" {
            return try desk.answer(
                GuidedPage(
                    frame: frame(form, request, context), form: form, subject: subject, input: body.input,
                    naming: naming))
        }
        let reading = form.read(body.input, for: subject, in: language)
        guard var act = reading.request, reading.errors.isEmpty else {
            return try again(form, subject, body, reading.errors, request, context)
        }
        let needsSecond = AccessPolicy.needsSecondPerson(form.kind, of: requester)
        act.anotherThan = body["another"].isEmpty ? nil : body["another"]
        var alike: [AlikePerson] = []
        let isUnconfirmed =
            body["step"] == "record" && form.isIrreversible
            && !TypedConfirmation(of: subject.state, in: language).isGiven(by: body[TypedConfirmation.field])
        do {
            if body["step"] == "record", !isUnconfirmed {
                return try await recorded(form, subject, reading, act, body, request, context)
            }
            // Whatever the register would refuse is said before the answers are checked.
            if needsSecond {
                try await desk.register.tryAsking(act, by: requester)
            } else {
                _ = try await desk.register.record(act, by: requester, dryRun: true)
            }
        } catch RecordingRefusal.maybeKnown(let persons) {
            alike = persons
        } catch RecordingRefusal.request(let refusal) {
            return try again(
                form, subject, body, [form.error(of: refusal, for: subject, in: language)], request, context)
        } catch RecordingRefusal.rule(let refusal) {
            return try again(
                form, subject, body, [FieldError(field: "main", text: language.of(refusal.sentence))], request, context)
        }
        let key = desk.newKey
        let isAskedAgain = body["step"] == "record"
        return try desk.answer(
            CheckPage(
                frame: frame(form, request, context, failed: isAskedAgain), form: form, subject: subject,
                input: body.input, reading: reading, key: key, version: subject.state.version,
                approver: needsSecond ? ActFormRoutes.approver : nil,
                alike: alike.isEmpty
                    ? nil
                    : AlikeBlock(
                        alike, ValueWords(language, units: subject.units), isAskedAgain: isAskedAgain),
                unconfirmed: isUnconfirmed, naming: naming),
            status: isAskedAgain ? .unprocessableContent : .ok)
    }

    /// Records the act, or asks the second person whom it needs.
    private func recorded(
        _ form: GuidedForm, _ subject: FormSubject, _ reading: GuidedReading, _ act: ActRequest, _ body: FormBody,
        _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let (session, requester) = (try context.officer().session, try context.officerOnDuty())
        guard let key = SentForm(key: body["key"]) else { throw WebRefusal.formMalformed }
        // A form that comes twice has been recorded once, and leads to the same slip.
        if AccessPolicy.needsSecondPerson(form.kind, of: requester) {
            if let approval = try await desk.register.approval(of: key) {
                return ConsoleDesk.redirect(to: "/approvals/\(approval.id)")
            }
        } else if let receipt = try await desk.register.receipt(of: key) {
            return slip(receipt, form, about: subject.answer.handle)
        }
        guard body["version"] == String(subject.state.version) else { throw RecordingRefusal.lostRace }
        let count = TypingCount(fromRegister: reading.count.fromRegister, typed: reading.count.typed)
        if AccessPolicy.needsSecondPerson(form.kind, of: requester) {
            let approval = try await desk.register.ask(act, by: requester, once: key)
            try await desk.access.finish(path(form, subject), count, of: session)
            try await AskedForm(approval: approval.id).keep(
                body.input.answers, from: path(form, subject), about: subject.answer.state.details.name, of: session,
                in: desk.access)
            return ConsoleDesk.redirect(to: "/approvals/\(approval.id)")
        }
        let receipt = try await desk.register.record(act, by: requester, once: key)
        desk.server.watch.recorded()
        try await desk.access.finish(path(form, subject), count, of: session)
        return slip(receipt, form, about: subject.answer.handle)
    }

    private static let approver = Sentence(
        "Người phê duyệt thứ hai của cơ quan, hoặc của cơ quan cấp trên, trong vòng \(Approval.days) ngày.",
        "Another approver of your office, or of the one above, within \(Approval.days) days.")

    private func again(
        _ form: GuidedForm, _ subject: FormSubject, _ body: FormBody, _ errors: [FieldError], _ request: Request,
        _ context: WebContext
    ) throws -> Response {
        try desk.answer(
            GuidedPage(
                frame: frame(form, request, context, failed: true), form: form, subject: subject,
                input: body.input, errors: errors, naming: ExactNaming(body)),
            status: .unprocessableContent)
    }

    /// To the slip of the act: of the child that a birth made, else of whom the form was about.
    private func slip(_ receipt: ActReceipt, _ form: GuidedForm, about handle: String) -> Response {
        let person = form == .birth ? receipt.created : nil
        let concerned = receipt.persons.contains(handle) ? handle : receipt.persons.first
        return ConsoleDesk.redirect(
            to: SlipPage.path(of: receipt.act.id, about: person ?? concerned ?? handle, isNew: true))
    }

    /// Phiếu kết quả: what one act says of the person, for whoever may see their history.
    private func slipPage(_ request: Request, _ context: WebContext) async throws -> Response {
        let (register, requester) = (desk.register, try context.officerOnDuty())
        let handle = try Asking.handle(context)
        let act = try Asking.id("act", context, orThrow: WebRefusal.entryNotLogged)
        guard let answer = try await register.look(at: .handle(handle), by: requester),
            let history = try await register.history(of: .handle(handle), by: requester)
        else { throw WebRefusal.personNotFound }
        desk.server.watch.looked()
        desk.server.watch.looked()
        let words = ValueWords(desk.language(request, context), units: register.units)
        let names = try await desk.names(named: answer, in: nil, by: requester)
        let facts = PersonFacts(
            words: words, names: names, persons: history.persons, households: history.households)
        let timeline = Timeline(history, of: answer.state.person, facts: facts)
        guard let entry = timeline.entries.first(where: { $0.act == String(act) }) else {
            throw WebRefusal.entryNotLogged
        }
        return try desk.answer(
            SlipPage(
                frame: desk.frame(SlipPage.title, request, context, section: .people),
                identity: IdentityBar(
                    handle: answer.handle, state: answer.state, words: words, shown: answer.allowance.groups),
                entry: entry,
                office: try await desk.access.officeNames(of: [entry.office])[entry.office] ?? entry.office,
                dossier: try await desk.access.dossier(ofAct: ActID(rawValue: act), by: requester),
                isNew: Asking.query("done", request) == "yes"))
    }
}
