import HTTPTypes
import Hummingbird

/// What every answer tells the browser: nothing from elsewhere, no guessing of types, no frames, TLS alone.
struct SecurityHeaders: RouterMiddleware {
    /// Whether browsers reach the server through TLS; then they are told to use nothing else for two years.
    let isSecure: Bool

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
        if isSecure {
            set("Strict-Transport-Security", "max-age=63072000; includeSubDomains", in: &response)
        }
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
