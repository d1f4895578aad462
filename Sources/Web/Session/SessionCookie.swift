import HTTPTypes
import Hummingbird

/// The cookie that holds a session's secret: for this host alone, out of reach of scripts, never sent from another
/// site.
struct SessionCookie: Sendable {
    /// Whether browsers reach the server through TLS; then the name binds the cookie to the host (RFC 6265bis, §4.1.3).
    let isSecure: Bool

    var name: String { isSecure ? "__Host-dancu" : "dancu" }

    /// The secret that the browser sent, or nil.
    func secret(of request: Request) -> String? { SessionCookie.value(of: name, in: request) }

    /// The value of a cookie; at most a hundred characters of it.
    static func value(of name: String, in request: Request) -> String? {
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name else { continue }
                return String(parts[1].prefix(100))
            }
        }
        return nil
    }

    func set(_ secret: String, in response: inout Response) {
        response.headers[values: .setCookie].append("\(name)=\(secret); \(attributes)")
    }

    func clear(in response: inout Response) {
        response.headers[values: .setCookie].append("\(name)=; Max-Age=0; \(attributes)")
    }

    private var attributes: String { "Path=/; HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "") }
}
