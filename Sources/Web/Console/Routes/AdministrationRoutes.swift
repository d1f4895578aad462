import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Quản trị: offices, the accounts in them, and their roles.
struct AdministrationRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("administration") { request, context in try await offices(request, context) }
        router.post("administration/offices") { request, context in try await open(request, context) }
        router.post("administration/offices/{office}/end") { request, context in try await end(request, context) }
        router.get("administration/officers") { request, context in
            let account = Asking.query("account", request) ?? ""
            do {
                _ = try await desk.access.administered(account: account, by: try context.officerOnDuty())
            } catch let refusal as AdministrationRefusal {
                return try await offices(request, context, refusal, account: account)
            }
            return ConsoleDesk.redirect(to: OfficeWords.path(ofOfficer: account))
        }
        router.get("administration/offices/{office}") { request, context in try await office(request, context) }
        router.post("administration/offices/{office}") { request, context in try await enrol(request, context) }
        router.get("administration/officers/{account}") { request, context in try await officer(request, context) }
        router.post("administration/officers/{account}") { request, context in try await change(request, context) }
        router.post("administration/officers/{account}/roles") { request, context in
            try await give(request, context)
        }
        router.post("administration/officers/{account}/roles/{grant}") { request, context in
            try await take(request, context)
        }
    }

    // MARK: Pages

    private func offices(
        _ request: Request, _ context: WebContext, _ refusal: AdministrationRefusal? = nil, account: String = "",
        form: FormBody? = nil
    ) async throws -> Response {
        let below = refusal == nil ? Asking.query("below", request) : nil
        let offices = try await desk.access.administeredOffices(below: below, by: try context.officerOnDuty())
        let frame = desk.frame(
            AdministrationPage.title, request, context, section: .administration, failed: refusal != nil)
        return try desk.answer(
            AdministrationPage(
                frame: frame, offices: offices, showsBelow: below == nil, units: desk.register.units,
                input: form?.input ?? FormInput(), problem: refusal, account: account),
            status: form == nil && refusal != nil ? .notFound : ConsoleDesk.status(of: refusal))
    }

    private func office(
        _ request: Request, _ context: WebContext, _ form: FormBody? = nil, _ refusal: (any ExplainedRefusal)? = nil
    ) async throws -> Response {
        let found = try await desk.access.administered(
            office: Asking.part("office", context), by: try context.officerOnDuty())
        let title = found.periods.last?.name ?? ""
        let frame = desk.frame(
            Sentence(title, title), request, context, section: .administration, failed: refusal != nil)
        return try desk.answer(
            OfficePage(
                frame: frame, periods: found.periods, holders: found.holders, input: form?.input ?? FormInput(),
                problem: refusal, units: desk.register.units),
            status: ConsoleDesk.status(of: refusal))
    }

    private func officer(
        _ request: Request, _ context: WebContext, _ form: FormBody? = nil,
        _ refusal: (any ExplainedRefusal)? = nil, link: String? = nil
    ) async throws -> Response {
        let requester = try context.officerOnDuty()
        let account = Asking.part("account", context)
        let found = try await desk.access.administered(account: account, by: requester)
        let officer = found.entry.officer
        let content = OfficerPage.Content(
            entry: found.entry, isAdministered: found.isAdministered,
            isOwn: officer.account == requester.actor.account,
            sessions: found.isAdministered ? try await desk.access.sessions(of: officer.id) : [])
        let frame = desk.frame(
            Sentence(officer.account, officer.account), request, context, section: .administration,
            failed: refusal != nil)
        return try desk.answer(
            OfficerPage(
                frame: frame, content: content, now: desk.register.surroundings.now(),
                input: form?.input ?? FormInput(), problem: refusal, link: link, units: desk.register.units),
            status: ConsoleDesk.status(of: refusal))
    }

    // MARK: Changes

    /// A new office, or the next period of one that was closed.
    private func open(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let requester = try context.officerOnDuty()
        do {
            let since = try AdministrationForm.day(form.input)
            try await desk.access.open(
                Office(
                    code: form["code"], name: form["name"], level: try AdministrationForm.level(form.input),
                    unit: try unit(form["unit"], on: since), since: since), by: requester)
        } catch let refusal as AdministrationRefusal {
            return try await offices(request, context, refusal, form: form)
        }
        return ConsoleDesk.redirect(to: OfficeWords.path(ofOffice: form["code"]))
    }

    /// The unit of a name or a code as it was called on that day; nil where nothing was written.
    private func unit(_ text: String, on day: CalendarDate) throws(AdministrationRefusal) -> UnitCode? {
        guard !text.allSatisfy(\.isWhitespace) else { return nil }
        let units = desk.register.units
        if let set = units.set(on: day), let unit = units.unit(UnitCode(text, set)) { return unit.code }
        guard case .unit(let unit, _) = UnitResolver(directory: units).resolve(text, on: day) else {
            throw .unitUnknown
        }
        return unit.code
    }

    private func end(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let code = Asking.part("office", context)
        let requester = try context.officerOnDuty()
        do {
            try await desk.access.closeOffice(code, until: try AdministrationForm.day(form.input), by: requester)
        } catch let refusal as AdministrationRefusal {
            return try await office(request, context, form, refusal)
        }
        return ConsoleDesk.redirect(to: OfficeWords.path(ofOffice: code))
    }

    /// A new account, and the role in this office that is asked for it.
    private func enrol(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let requester = try context.officerOnDuty()
        let code = Asking.part("office", context)
        let role = try AdministrationForm.role(form.input)
        do {
            _ = try await desk.access.enrol(
                account: form["account"], name: form["name"], askingFor: role, in: code,
                until: try AdministrationForm.until(form.input), by: requester)
        } catch let refusal as any ExplainedRefusal where !(refusal is SignInRefusal) {
            return try await office(request, context, form, refusal)
        }
        return ConsoleDesk.redirect(to: OfficeWords.path(ofOfficer: form["account"]))
    }

    private func give(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let role = try AdministrationForm.role(form.input)
        do {
            _ = try await desk.access.ask(
                toGive: role, in: form["office"], to: Asking.part("account", context),
                until: try AdministrationForm.until(form.input), by: try context.officerOnDuty())
        } catch let refusal as any ExplainedRefusal where !(refusal is SignInRefusal) {
            return try await officer(request, context, form, refusal)
        }
        return ConsoleDesk.redirect(to: "/role-changes")
    }

    /// Alone where one person is enough, else asked of a second one.
    private func take(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let grant = try Asking.id("grant", context, orThrow: AdministrationRefusal.grantUnknown)
        let account = Asking.part("account", context)
        let requester = try context.officerOnDuty()
        do {
            let asked = try await desk.access.revokeOrAsk(
                grant, of: account, reason: form["reason"], by: requester)
            return ConsoleDesk.redirect(to: asked == nil ? OfficeWords.path(ofOfficer: account) : "/role-changes")
        } catch let refusal as any ExplainedRefusal where !(refusal is SignInRefusal) {
            return try await officer(request, context, form, refusal)
        }
    }

    private func change(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let requester = try context.officerOnDuty()
        let account = Asking.part("account", context)
        do {
            switch form["step"] {
            case "disable", "enable":
                try await desk.access.setDisabled(
                    form["step"] == "disable", account, reason: form["reason"], by: requester)
            case "end": try await desk.access.endSessions(of: account, reason: form["reason"], by: requester)
            case "link":
                let token = try await desk.access.issueEnrolment(for: account, by: requester)
                let origin = desk.server.party?.origins.sorted().first ?? ""
                return try await officer(request, context, link: "\(origin)/enrol/\(token)")
            default: throw WebRefusal.formMalformed
            }
        } catch let refusal as any ExplainedRefusal where refusal.standsOnThePage {
            return try await officer(request, context, form, refusal)
        }
        return ConsoleDesk.redirect(to: OfficeWords.path(ofOfficer: account))
    }
}
