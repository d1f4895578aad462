import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger

/// Who may use the server without signing in: the local operator, and how it is known.
package enum LocalOperatorRule: Sendable {
    /// A demonstration register on the loopback address: whoever reaches it.
    case everybody
    /// Whoever can read the operator's file beside the keys and sends its text as a bearer token; its hash.
    case bearer(Digest32)
    case nobody

    /// The rule where others than this machine reach the server.
    var withoutEverybody: LocalOperatorRule {
        if case .everybody = self { .nobody } else { self }
    }
}

/// Finds out who asks, anew for every request, so that what was revoked a second ago is refused now.
struct Admitting: RouterMiddleware {
    let access: AccessRegister
    let cookie: SessionCookie
    let localOperator: LocalOperatorRule

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        guard let secret = cookie.secret(of: request) else {
            context.isLocalOperator = isLocalOperator(request)
            return try await next(request, context)
        }
        do {
            context.admission = try await access.admission(
                secret: secret, agent: request.headers[.userAgent] ?? "")
        } catch let refusal as SignInRefusal {
            context.signInRefusal = refusal
        }
        return try await next(request, context)
    }

    private func isLocalOperator(_ request: Request) -> Bool {
        switch localOperator {
        case .everybody: return true
        case .nobody: return false
        case .bearer(let hash):
            guard let text = request.headers[.authorization], text.hasPrefix("Bearer "),
                let token = Digest32(base64: text.dropFirst("Bearer ".count))
            else { return false }
            return SecretToken(random: token.bytes).hash.isEqualInConstantTime(to: hash)
        }
    }
}

/// Refuses whoever has not signed in before anything else of the request is looked at.
struct AdmittedOnly: RouterMiddleware {
    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        _ = try context.requester()
        return try await next(request, context)
    }
}

extension WebContext {
    /// Who asks, for a ground: the signed-in officer, or the local operator where nobody signs in.
    func requester(for ground: Requester.Ground) throws(SignInRefusal) -> Requester {
        if let admission { return admission.requester(for: ground) }
        if let signInRefusal { throw signInRefusal }
        guard isLocalOperator else { throw .sessionMissing }
        var requester = LocalOperator.requester
        requester.ground = ground
        return requester
    }

    /// Who asks a program's question: for a purpose that was stated, else in the everyday work of the account.
    func requester(stating purpose: Purpose? = nil) throws(SignInRefusal) -> Requester {
        try requester(for: .duty(admission == nil ? .operation : .counter)).stating(purpose)
    }

    /// The signed-in officer in the everyday work of the office, or in the file that the session works in.
    func officerOnDuty() throws(SignInRefusal) -> Requester {
        try officer().requester(for: SearchGround.duty)
    }

    /// The signed-in officer; the local operator is none.
    func officer() throws(SignInRefusal) -> Admission {
        if let admission { return admission }
        throw signInRefusal ?? .sessionMissing
    }

    /// What the officer's session is kept under.
    func sessionKey() throws(SignInRefusal) -> Digest32 { try officer().session.key }
}
