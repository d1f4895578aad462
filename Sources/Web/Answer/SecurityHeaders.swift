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

    /// Pages with the button for passkeys or for a camera take its script from here too, and it asks this server alone.
    static let scriptedPolicy = policy + "; script-src 'self'; connect-src 'self'"

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = SecurityHeaders.policy
        }
        for field in SecurityHeaders.always { response.headers[field.name] = field.value }
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=63072000; includeSubDomains" }
        return response
    }

    /// What every answer has, read once: reading the name of a field costs more than setting it.
    private static let always: [HTTPField] = [
        ("X-Content-Type-Options", "nosniff"),
        // Not "no-referrer": then browsers send a form of our own page with the origin "null".
        ("Referrer-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"), ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ].compactMap { name, value in HTTPField.Name(name).map { HTTPField(name: $0, value: value) } }
}

extension Response {
    /// The page with leave for the script that stands in it.
    func scripted() -> Response {
        var response = self
        response.headers[.contentSecurityPolicy] = SecurityHeaders.scriptedPolicy
        return response
    }
}
