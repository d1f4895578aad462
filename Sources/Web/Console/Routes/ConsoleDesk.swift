import Access
import Cards
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Logging
import Population

/// Bàn làm việc: what every route of the console needs, and the frame around each of its pages.
struct ConsoleDesk: Sendable {
    let server: WebServer
    let pages: ConsolePages

    var register: PopulationRegister { server.register }
    var access: AccessRegister { server.access }
    var cards: CardRegister { server.cards }
    var isDemonstration: Bool { server.identity.kind == .demonstration }
    /// Whether one click signs in: never where others than this machine reach the server.
    var signsInByClick: Bool { isDemonstration && server.reach.isLocal }

    /// The frame of a page for whoever asks.
    func frame(
        _ title: Sentence, _ request: Request, _ context: WebContext, section: ConsoleSection? = nil,
        searched: String = "", failed: Bool = false
    ) -> PageFrame {
        let language = language(request, context)
        return PageFrame(
            title: language.of(title), language: language, today: register.surroundings.today,
            csrf: context.admission?.session.formToken ?? "", path: OwnPath.of(request), demonstration: isDemonstration,
            officer: context.admission.map { officer($0, language) },
            dossier: context.admission?.dossier.map { dossier($0, language) },
            purpose: context.admission?.purpose?.stated, section: section,
            sections: context.admission.map(ConsoleDesk.sections(of:)) ?? [], searched: searched, failed: failed)
    }

    /// The names of the people whom a record names: of its household and, as of today, of relatives who live elsewhere.
    func names(
        named answer: PersonAnswer, in household: HouseholdAnswer?, asOf: AsOf = AsOf(), by requester: Requester
    ) async throws -> [Int64: String] {
        let members = (household?.members ?? []).compactMap { member in
            member.person.details.name.map { (member.person.person, $0) }
        }
        let known = Dictionary(members) { first, _ in first }
        guard asOf == AsOf() else { return known }
        let others = try await register.relativeNames(of: answer, besides: Set(known.keys), by: requester)
        return known.merging(others) { first, _ in first }
    }

    private func officer(_ admission: Admission, _ language: PageLanguage) -> PageFrame.Officer {
        PageFrame.Officer(
            account: admission.session.officer.account, role: language.of(admission.session.grant.role.title),
            office: admission.office.name, hasOtherRoles: admission.hasOtherRoles)
    }

    private func dossier(_ dossier: Dossier, _ language: PageLanguage) -> PageFrame.Dossier {
        PageFrame.Dossier(
            code: dossier.code.description, procedure: language.of(dossier.procedure.title),
            path: DossierPage.path(dossier.code))
    }

    /// The sections that a role has something to do in, of those that have a page.
    static func sections(of admission: Admission) -> [ConsoleSection] {
        let role = admission.session.grant.role
        return ConsoleSection.allCases.filter { section in
            switch section {
            case .queues: true
            case .files: role.may(.openDossier)
            case .people: role.may(.searchPersons)
            case .quality: role.may(.seeQuality)
            case .rules: role.may(.seeRules)
            case .cards: CardPart.first(of: role) != nil
            case .batches: role.may(.reviewRows) || role.may(.importBatch)
            case .administration: role.may(.manageOfficers)
            }
        }
    }

    /// The officer's own choice; before sign-in that of the cookie.
    func language(_ request: Request, _ context: WebContext) -> PageLanguage {
        if let officer = context.admission?.session.officer {
            return PageLanguage(rawValue: officer.language.rawValue) ?? .vietnamese
        }
        return LanguageCookie(isSecure: server.cookie.isSecure).language(of: request) ?? .vietnamese
    }

    func answer(_ page: some ConsolePage, status: HTTPResponse.Status = .ok) throws -> Response {
        var response = PlainAnswer.text(try pages.html(page), type: "text/html; charset=utf-8")
        response.status = status
        return response
    }

    /// A key for one form, so that it is recorded once however often it is sent.
    var newKey: String { SecretToken(random: register.surroundings.random(32)).text }

    /// The status of a page that tells a refusal, or of one that tells none.
    static func status(of refusal: (any ExplainedRefusal)?) -> HTTPResponse.Status {
        HTTPResponse.Status(code: refusal.map { Problem($0).status } ?? 200)
    }

    /// What was typed while the session's time ran out is kept for its account, which is led to sign in.
    /// - Parameter path: where the form stands that was sent.
    func kept(at path: String, _ request: Request, _ context: WebContext) async throws -> Response {
        let refusal = context.signInRefusal ?? .sessionMissing
        guard refusal == .sessionEnded, let secret = server.cookie.secret(of: request) else { throw refusal }
        let body = try await FormBody(request, context)
        guard
            try await access.keep(
                body.input.answers, at: path, ofLapsed: secret, agent: request.headers[.userAgent] ?? "",
                formToken: body["csrf"])
        else { throw refusal }
        return ConsoleDesk.redirect(to: "/sign-in?next=\(PathText.encoded(path))")
    }

    /// A page of another address, got with GET whatever the request was.
    static func redirect(to path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path, .cacheControl: "no-store"])
    }
}

extension ExplainedRefusal {
    /// Whether the page that was filled in tells it; who has to sign in, or sent no form of ours, gets another page.
    var standsOnThePage: Bool { !(self is SignInRefusal || self is WebRefusal) }
}

/// The language that somebody chose before signing in.
struct LanguageCookie {
    let isSecure: Bool

    var name: String { isSecure ? "__Host-dancu-language" : "dancu_language" }

    func language(of request: Request) -> PageLanguage? {
        SessionCookie.value(of: name, in: request).flatMap { PageLanguage(rawValue: $0) }
    }

    func set(_ language: PageLanguage, in response: inout Response) {
        response.headers[values: .setCookie].append(
            "\(name)=\(language.rawValue); Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict"
                + (isSecure ? "; Secure" : ""))
    }
}
