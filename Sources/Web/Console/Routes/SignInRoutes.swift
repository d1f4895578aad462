import Access
import Civil
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Signing in and out, and the language.
struct SignInRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("sign-in") { request, context in
            if context.admission != nil { return ConsoleDesk.redirect(to: next(of: request)) }
            return try await page(request, context, problem: problem(context))
        }
        router.post("sign-in/demonstration") { request, context in try await demonstration(request, context) }
        router.post("sign-in") { request, context in try await password(request, context) }
        router.post("sign-out") { request, context in try await signOut(request, context) }
        router.post("language") { request, context in try await language(request, context) }
    }

    /// A session that has ended is told; that there was none is no problem.
    private func problem(_ context: WebContext) -> Sentence? {
        context.signInRefusal.map(\.sentence)
    }

    private func next(of request: Request) -> String {
        OwnPath.of(Asking.query("next", request))
    }

    private func page(
        _ request: Request, _ context: WebContext, problem: Sentence?, account: String = ""
    ) async throws -> Response {
        let today = desk.register.surroundings.today
        var choices: [(account: String, role: Role, office: String)] = []
        if desk.signsInByClick {
            let offices = try await desk.access.offices()
            let names = Dictionary(offices.map { ($0.code, $0.name) }) { first, _ in first }
            let held = try await desk.access.officers()
            for demonstration in DemonstrationOfficer.all {
                let entry = held.first { $0.officer.account == demonstration.account }
                guard let grant = entry?.grants.last(where: { $0.until.dayInVietnam >= today }) else { continue }
                choices.append((demonstration.account, demonstration.role, names[grant.office] ?? grant.office))
            }
        }
        let frame = desk.frame(
            Sentence("Đăng nhập", "Sign in"), request, context, failed: problem != nil)
        return try desk.answer(
            SignInPage(
                frame: frame, account: account, problem: problem, demonstration: choices, next: next(of: request),
                party: desk.server.party)
        ).scripted()
    }

    private func password(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        do {
            let started = try await desk.access.signIn(
                account: form["account"], password: form.untrimmed("password"), code: form["code"],
                agent: Asking.agent(request), address: context.address,
                replacing: desk.server.cookie.secret(of: request))
            return signedIn(started, next: OwnPath.of(form["next"]))
        } catch let refusal as SignInRefusal {
            var response = try await page(request, context, problem: refusal.sentence, account: form["account"])
            response.status = HTTPResponse.Status(code: refusal.status)
            return response
        }
    }

    private func demonstration(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        guard desk.signsInByClick else { throw SignInRefusal.demonstrationOnly }
        let started = try await desk.access.signInForDemonstration(
            account: form["account"], agent: Asking.agent(request), address: context.address,
            replacing: desk.server.cookie.secret(of: request))
        return signedIn(started, next: OwnPath.of(form["next"]))
    }

    private func signedIn(_ started: StartedSession, next: String) -> Response {
        var response = ConsoleDesk.redirect(to: next)
        desk.server.cookie.set(started.secret.text, in: &response)
        return response
    }

    private func signOut(_ request: Request, _ context: WebContext) async throws -> Response {
        _ = try await FormBody(request, context)
        if let session = context.admission?.session {
            try await desk.access.signOut(session, address: context.address)
        }
        var response = ConsoleDesk.redirect(to: "/sign-in")
        // What the browser kept of pages is gone too, for whoever uses it next.
        if let name = HTTPField.Name("Clear-Site-Data") { response.headers[name] = #""cache", "storage""# }
        desk.server.cookie.clear(in: &response)
        return response
    }

    private func language(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        guard let language = PageLanguage(rawValue: form["language"]) else { throw WebRefusal.formMalformed }
        if let officer = context.admission?.session.officer {
            try await desk.access.setLanguage(.init(rawValue: language.rawValue) ?? .vietnamese, of: officer.id)
        }
        var response = ConsoleDesk.redirect(to: OwnPath.of(form["back"]))
        LanguageCookie(isSecure: desk.server.cookie.isSecure).set(language, in: &response)
        return response
    }
}
