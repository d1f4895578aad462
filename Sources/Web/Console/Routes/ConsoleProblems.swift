import Access
import HTTPTypes
import Hummingbird
import Ledger
import Logging
import Population

/// Trang lỗi: what programs get as problem details, people get as a page; whoever is not signed in is led to sign in.
struct ConsoleProblems: RouterMiddleware {
    let desk: ConsoleDesk
    let logger: Logger

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard ConsoleProblems.isForPeople(request) else { return try await next(request, context) }
        do {
            return try await next(request, context)
        } catch let refusal as SignInRefusal where refusal.leadsToSignIn && request.method == .get {
            return ConsoleDesk.redirect(to: "/sign-in?next=\(PathText.encoded(OwnPath.of(request)))")
        } catch AccessRefusal.purposeNeeded where request.method == .get && context.admission != nil {
            let frame = desk.frame(PurposePage.title, request, context)
            let files = try context.officer().session.grant.role.may(.openDossier)
            return try desk.answer(
                PurposePage(frame: frame, back: OwnPath.of(request), files: files),
                status: HTTPResponse.Status(code: Problem(AccessRefusal.purposeNeeded).status))
        } catch {
            let problem = Problem(error)
            let incident = Incident.number(desk.register.surroundings.random)
            Incident.log(problem, incident, context, logger)
            let frame = desk.frame(problem.sentence, request, context, failed: true)
            var response = try desk.answer(
                ErrorPage(
                    frame: frame, status: problem.status, sentence: problem.sentence, legalBasis: problem.legalBasis,
                    incident: ConsoleProblems.isIncident(problem) ? incident : nil,
                    again: request.method == .get ? nil : OwnPath.of(request)),
                status: HTTPResponse.Status(code: problem.status))
            if refusalEndsSession(error) { desk.server.cookie.clear(in: &response) }
            return response
        }
    }

    /// Whether somebody may have to ask about it: not where nothing is at an address, nor who has to sign in.
    static func isIncident(_ problem: Problem) -> Bool { problem.status != 404 && problem.status != 401 }

    private func refusalEndsSession(_ error: any Error) -> Bool {
        if case SignInRefusal.sessionEnded = error { true } else { false }
    }

    /// Whether the answer is read by a person: a browser says so, and the interface for programs never asks for pages.
    private static func isForPeople(_ request: Request) -> Bool {
        !request.uri.path.hasPrefix("/api/") && request.headers[.accept]?.contains("text/html") == true
    }
}

extension SignInRefusal {
    fileprivate var leadsToSignIn: Bool {
        switch self {
        case .sessionMissing, .sessionEnded, .noRole: true
        case .wrong, .tooManyTries, .demonstrationOnly, .enrolmentInvalid, .formTokenWrong, .notRecent: false
        }
    }
}

/// Mã sự cố: what finds the line in the program's log.
enum Incident {
    static func number(_ random: (_ count: Int) -> [UInt8]) -> String {
        random(8).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// Code, status and route; nothing of the request.
    static func log(_ problem: Problem, _ incident: String, _ context: WebContext, _ logger: Logger) {
        logger.log(
            level: problem.status >= 500 ? .error : ConsoleProblems.isIncident(problem) ? .info : .debug,
            "request refused",
            metadata: [
                "code": .string(problem.code), "status": .stringConvertible(problem.status),
                "incident": .string(incident), "route": .string(context.endpointPath ?? "unmatched"),
            ])
    }
}
