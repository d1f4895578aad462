import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Hồ sơ: the office's files, a new one, one with its steps, and which of them the session works in.
struct DossierRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("files") { request, context in try await list(request, context) }
        router.get("files/new") { request, context in
            let person = Asking.query("person", request).flatMap { Handle(parsing: $0) }
            return try new(person?.text, request, context)
        }
        router.post("files/new") { request, context in try await open(request, context) }
        router.post("files/leave") { request, context in
            _ = try await FormBody(request, context)
            try await desk.access.leaveDossier(try context.officer().session)
            return ConsoleDesk.redirect(to: "/files")
        }
        router.get("files/{code}") { request, context in
            let dossier = try await desk.access.dossier(try Asking.fileCode(context), by: try context.officerOnDuty())
            return try await page(dossier, request, context)
        }
        router.post("files/{code}") { request, context in try await move(request, context) }
    }

    private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let queue = try Asking.fileQueue(request)
        let (page, counts) = try await desk.access.dossiers(
            in: queue, after: try Asking.place(request, of: 3), by: try context.officerOnDuty())
        return try desk.answer(
            DossiersPage(
                frame: desk.frame(DossiersPage.title, request, context, section: .files), page: page, of: queue,
                counts: counts,
                today: desk.register.surroundings.today, units: desk.register.units))
    }

    // MARK: A new one

    private func new(
        _ person: String?, _ request: Request, _ context: WebContext, _ refusal: DossierRefusal? = nil,
        procedure: String = "", name: String = ""
    ) throws -> Response {
        try AccessPolicy.require(try context.officerOnDuty(), toUse: .openDossier)
        let frame = desk.frame(
            NewDossierPage.title, request, context, section: .files, failed: refusal != nil)
        return try desk.answer(
            NewDossierPage(
                frame: frame, key: desk.newKey, person: person, procedure: procedure, name: name,
                today: desk.register.surroundings.today, problem: refusal?.sentence),
            status: HTTPResponse.Status(code: refusal?.status ?? 200))
    }

    /// Opens the file and chooses it: whoever opens one begins to work in it.
    private func open(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let person = Handle(parsing: form["person"])?.text
        guard let key = SentForm(key: form["key"]) else { throw WebRefusal.formMalformed }
        do {
            guard let procedure = Procedure(rawValue: form["procedure"]) else { throw DossierRefusal.procedureUnknown }
            let dossier = try await desk.access.openDossier(
                DossierRequest(
                    procedure: procedure, applicant: person.map { .person(handle: $0) } ?? .named(form["name"])),
                form: key, by: try context.officerOnDuty())
            _ = try await desk.access.chooseDossier(dossier.code, in: try context.officer())
            return ConsoleDesk.redirect(to: DossierPage.path(dossier.code))
        } catch let refusal as DossierRefusal {
            return try new(person, request, context, refusal, procedure: form["procedure"], name: form["name"])
        } catch  where SentForm.isSentTwice(error) {
            return ConsoleDesk.redirect(to: "/files")
        }
    }

    // MARK: One

    private func move(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let (code, requester) = (try Asking.fileCode(context), try context.officerOnDuty())
        let version = Int(form["version"]) ?? 0
        do {
            switch form["step"] {
            case "choose":
                _ = try await desk.access.chooseDossier(code, in: try context.officer())
            case "take":
                _ = try await desk.access.takeOverDossier(code, from: version, by: requester)
            case "pass":
                _ = try await desk.access.passDossier(
                    code, to: form["colleague"], note: form["note"], from: version, by: requester)
            case let step:
                guard let stage = DossierStage(rawValue: step) else { throw WebRefusal.formMalformed }
                _ = try await desk.access.moveDossier(
                    code, to: stage, note: form["note"], from: version, by: requester)
            }
            return ConsoleDesk.redirect(to: DossierPage.path(code))
        } catch let refusal as DossierRefusal where refusal != .unknown {
            let dossier = try await desk.access.dossier(code, by: requester)
            return try await page(dossier, request, context, refusal, note: form["note"])
        }
    }

    private func page(
        _ dossier: Dossier, _ request: Request, _ context: WebContext, _ refusal: DossierRefusal? = nil,
        note: String = ""
    ) async throws -> Response {
        let admission = try context.officer()
        let frame = desk.frame(
            dossier.procedure.title, request, context, section: .files, failed: refusal != nil)
        return try desk.answer(
            DossierPage(
                frame: frame, dossier: dossier, acts: try await desk.register.acts(in: dossier),
                account: admission.session.officer.account,
                colleagues: try await desk.access.colleagues(of: try context.officerOnDuty()),
                chosen: admission.dossier?.id == dossier.id, today: desk.register.surroundings.today,
                units: desk.register.units, problem: refusal?.sentence, note: note),
            status: HTTPResponse.Status(code: refusal?.status ?? 200))
    }
}

extension DossierRefusal: StatusRefusal {
    /// The HTTP status that tells it.
    var status: Int {
        switch self {
        case .unknown: 404
        case .hasChanged, .ended, .stageImpossible, .alreadyYours, .full: 409
        case .notInYourHands, .ownReturn: 403
        case .applicantMissing, .procedureUnknown, .noteMissing, .colleagueUnknown: 422
        case .tooManyOpen: 429
        }
    }
}
