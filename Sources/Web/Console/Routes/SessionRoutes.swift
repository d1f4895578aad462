import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Phiên và khóa của tôi: ending sessions, naming and removing keys.
struct SessionRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("sessions") { request, context in try await page(request, context) }
        router.post("sessions/end") { request, context in
            let form = try await FormBody(request, context)
            let session = try context.officer().session
            // Nothing of what was sent may mean "all of them".
            guard let key = Digest32(hex: form["session"]) else { throw WebRefusal.formMalformed }
            try await desk.access.endOthers(than: session, only: key, address: context.address)
            return ConsoleDesk.redirect(to: "/sessions")
        }
        router.post("sessions/end-others") { request, context in
            _ = try await FormBody(request, context)
            try await desk.access.endOthers(than: try context.officer().session, address: context.address)
            return ConsoleDesk.redirect(to: "/sessions")
        }
        router.post("sessions/role") { request, context in try await changeRole(request, context) }
        router.post("sessions/password") { request, context in try await changePassword(request, context) }
        router.post("sessions/keys") { request, context in try await keep(request, context) }
    }

    /// Chuyển vai trò: a new session begins in the other role, and the browser gets its secret.
    private func changeRole(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        guard let grant = Int64(form["grant"]) else { throw WebRefusal.formMalformed }
        let started = try await desk.access.changeRole(
            to: grant, in: try context.officer().session, agent: request.headers[.userAgent] ?? "",
            address: context.address)
        var response = ConsoleDesk.redirect(to: OwnPath.first)
        desk.server.cookie.set(started.secret.text, in: &response)
        return response
    }

    private func changePassword(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        do {
            try await desk.access.changePassword(
                from: form["present"], to: form["new"], code: form["code"], in: try context.officer().session,
                address: context.address)
        } catch let refusal as PasswordRule.Refusal {
            return try await page(request, context, refusal.sentence, status: .unprocessableContent)
        } catch let refusal as SignInRefusal {
            return try await page(
                request, context, refusal.sentence, status: HTTPResponse.Status(code: max(422, refusal.status)))
        }
        return ConsoleDesk.redirect(to: "/sessions?password=changed")
    }

    private func keep(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let session = try context.officer().session
        do {
            let key = Int64(form["passkey"]) ?? 0
            switch form["step"] {
            case "rename": try await desk.access.renamePasskey(key, to: form["label"], in: session)
            case "remove": try await desk.access.removePasskey(key, in: session)
            default: throw WebRefusal.formMalformed
            }
            return ConsoleDesk.redirect(to: "/sessions")
        } catch let refusal as OwnPasskeyRefusal {
            return try await page(request, context, refusal.sentence, status: .unprocessableContent)
        } catch SignInRefusal.notRecent {
            return try await page(request, context, SignInRefusal.notRecent.sentence, status: .forbidden)
        }
    }

    private func page(
        _ request: Request, _ context: WebContext, _ problem: Sentence? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let session = try context.officer().session
        let officer = session.officer.id
        let content = SessionsPage.Content(
            own: session, roles: try await desk.access.roles(of: officer),
            sessions: try await desk.access.sessions(of: officer),
            keys: try await desk.access.passkeys(of: officer),
            hasPassword: try await desk.access.hasPassword(officer),
            entries: try await desk.access.signIns(of: officer))
        return try desk.answer(
            SessionsPage(
                frame: desk.frame(SessionsPage.title, request, context, failed: problem != nil), content: content,
                now: desk.register.surroundings.now(), party: desk.server.party, problem: problem,
                changedPassword: Asking.query("password", request) == "changed" && problem == nil,
                units: desk.register.units), status: status
        ).scripted()
    }
}
