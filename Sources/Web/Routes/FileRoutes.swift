import Access
import Civil
import HTTPTypes
import Hummingbird
import Population

/// Hồ sơ qua API: the office's files, one with its steps and acts, a new one, its next step, and which of them the
/// session works in.
struct FileRoutes: Sendable {
    let register: PopulationRegister
    let access: AccessRegister

    func add(to api: RouterGroup<WebContext>, changes: RouterGroup<WebContext>) {
        api.get("files") { request, context in
            let (place, limit) = try Asking.page(request, of: 3)
            let (page, counts) = try await access.dossiers(
                in: try Asking.fileQueue(request), after: place, limit: limit, by: try context.requester())
            return JSONAnswer.response(
                .object([
                    "files": .array(page.lines.map(DossierJSON.line)), "next": CommonJSON.text(page.next?.text),
                    "queues": DossierJSON.counts(counts),
                ]))
        }
        api.post("files") { request, context in try await open(request, context) }
        api.get("files/{code}") { _, context in
            try await answer(try await access.dossier(try Asking.fileCode(context), by: try context.requester()))
        }
        changes.post("files/{code}/steps") { request, context in try await step(request, context) }
        api.post("files/{code}/choose") { _, context in
            try await answer(
                try await access.chooseDossier(try Asking.fileCode(context), in: try context.officer()))
        }
        api.post("purpose") { request, context in
            let form = try await JSONAnswer.body(PurposeForm.self, of: request)
            let purpose = try form.purpose.map { try SearchGround.stated($0) } ?? nil
            try await access.state(purpose, in: try context.officer().session)
            return Response(status: .noContent)
        }
        api.post("files/leave") { _, context in
            try await access.leaveDossier(try context.officer().session)
            return Response(status: .noContent)
        }
    }

    private func answer(_ dossier: Dossier, status: HTTPResponse.Status = .ok) async throws -> Response {
        JSONAnswer.response(DossierJSON.dossier(dossier, try await register.acts(in: dossier)), status: status)
    }

    /// What the session's looks without a file are for; none leaves it.
    private struct PurposeForm: RequestBody {
        var purpose: String?

        enum CodingKeys: CodingKey {
            case purpose
        }
    }

    private struct NewFile: RequestBody, Sendable {
        struct Applicant: Decodable, Sendable {
            var handle: String?
            var name: String?
        }

        var procedure: String
        var applicant: Applicant

        enum CodingKeys: CodingKey {
            case procedure, applicant
        }

        func request() throws -> DossierRequest {
            guard let procedure = Procedure(rawValue: procedure) else { throw DossierRefusal.procedureUnknown }
            switch (applicant.handle, applicant.name) {
            case (let text?, nil):
                guard let handle = Handle(parsing: text) else { throw WebRefusal.handleMalformed }
                return DossierRequest(procedure: procedure, applicant: .person(handle: handle.text))
            case (nil, let name?): return DossierRequest(procedure: procedure, applicant: .named(name))
            case (nil, nil), (_?, _?): throw DossierRefusal.applicantMissing
            }
        }
    }

    private func open(_ request: Request, _ context: WebContext) async throws -> Response {
        let requester = try context.requester()
        let (dossier, isRepeated) = try await SentRequest(NewFile.self, of: request, by: requester)
            .once(made: access.dossier(of:)) { form, key in
                try await access.openDossier(try form.request(), form: key, by: requester)
            }
        return try await answer(dossier, status: isRepeated ? .ok : .created)
    }

    private struct NextStep: RequestBody {
        /// A stage, `take` or `pass`.
        var step: String
        /// The version of the file as it was read; a step on another one is refused.
        var version: Int
        var note: String?
        /// To whom it is passed.
        var colleague: String?

        enum CodingKeys: CodingKey {
            case step, version, note, colleague
        }
    }

    private func step(_ request: Request, _ context: WebContext) async throws -> Response {
        let (code, requester) = (try Asking.fileCode(context), try context.requester())
        let form = try await JSONAnswer.body(NextStep.self, of: request)
        switch form.step {
        case "take":
            return try await answer(
                try await access.takeOverDossier(code, from: form.version, by: requester))
        case "pass":
            return try await answer(
                try await access.passDossier(
                    code, to: form.colleague ?? "", note: form.note ?? "", from: form.version, by: requester))
        default:
            guard let stage = DossierStage(rawValue: form.step) else { throw DossierRefusal.stageImpossible }
            return try await answer(
                try await access.moveDossier(
                    code, to: stage, note: form.note ?? "", from: form.version, by: requester))
        }
    }
}

extension Asking {
    /// Which of the office's files are asked for; all of them where a request does not say.
    static func fileQueue(_ request: Request) throws(WebRefusal) -> DossierQueue {
        guard let text = query("queue", request), !text.isEmpty else { return .all }
        guard let queue = DossierQueue(rawValue: text) else { throw .bodyMalformed(field: "queue") }
        return queue
    }

    /// The tracking code of a path; what is none is like a file that another office has.
    static func fileCode(_ context: WebContext) throws(DossierRefusal) -> DossierCode {
        guard let code = DossierCode(parsing: part("code", context)) else { throw .unknown }
        return code
    }
}
