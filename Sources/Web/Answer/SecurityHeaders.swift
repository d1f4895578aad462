import HTTPTypes
import Hummingbird

/// What every answer tells the browser: nothing from elsewhere, no guessing of types, no frames, no referrer.
struct SecurityHeaders: RouterMiddleware {
    /// Pages take their one style sheet from here and nothing else; there is no script.
    static let policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; "
        + "frame-ancestors 'none'"

    /// Pages with the button for passkeys take its script from here too, and it asks this server alone.
    static let scriptedPolicy = policy + "; script-src 'self'; connect-src 'self'"

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = SecurityHeaders.policy
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        // Not "no-referrer": then browsers send a form of our own page with the origin "null".
        set("Referrer-Policy", "same-origin", in: &response)
        set("X-Frame-Options", "DENY", in: &response)
        set("Cross-Origin-Resource-Policy", "same-origin", in: &response)
        set("Cross-Origin-Opener-Policy", "same-origin", in: &response)
        return response
    }

    private func set(_ name: String, _ value: String, in response: inout Response) {
        guard let name = HTTPField.Name(name) else { return }
        response.headers[name] = value
    }
}

extension Response {
    /// The page with leave for the one script there is.
    func scripted() -> Response {
        var response = self
        response.headers[.contentSecurityPolicy] = SecurityHeaders.scriptedPolicy
        return response
    }
}

/// Refuses what a page of another site sends through this machine's browser (DNS rebinding, cross-site requests).
struct LocalRequestsOnly: RouterMiddleware {
    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        if let authority = request.head.authority, !authority.isEmpty, !isLocal(authority) {
            throw WebRefusal.requestFromElsewhere
        }
        if let name = HTTPField.Name("Origin"), let origin = request.headers[name] {
            let pieces = origin.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: true)
            guard pieces.count == 2, isLocal(pieces[1].drop { $0 == "/" }) else {
                throw WebRefusal.requestFromElsewhere
            }
        }
        return try await next(request, context)
    }

    /// Whether `host` or `host:port` names this machine.
    private func isLocal(_ authority: some StringProtocol) -> Bool {
        let text = authority.lowercased()
        if text == "[::1]" || text.hasPrefix("[::1]:") { return true }
        return WebServer.loopbackHosts.contains(String(text.prefix { $0 != ":" }))
    }
}
