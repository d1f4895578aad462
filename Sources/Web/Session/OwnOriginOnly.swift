import HTTPTypes
import Hummingbird

/// Refuses what a page of another site sends through somebody's browser (cross-site requests, DNS rebinding).
///
/// A browser says where a request comes from in `Origin` and `Sec-Fetch-Site`; programs say neither.
struct OwnOriginOnly: RouterMiddleware {
    /// The names under which the server may be asked; nil: any, where a certificate says whose the name is.
    let hosts: Set<String>?

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let authority = request.head.authority ?? ""
        if let hosts, !authority.isEmpty {
            guard let host = WebOrigin.host(of: authority), hosts.contains(host) else {
                throw WebRefusal.requestFromElsewhere
            }
        }
        if let origin = OwnOriginOnly.value(OwnOriginOnly.origin, of: request) {
            let own = WebOrigin(isSecure: context.isSecure, authority: authority)
            guard let own, WebOrigin(origin) == own else { throw WebRefusal.requestFromElsewhere }
        }
        guard OwnOriginOnly.isOwn(request) else { throw WebRefusal.requestFromElsewhere }
        return try await next(request, context)
    }

    /// From our own pages or typed by somebody; from elsewhere only a link that is followed, which changes nothing.
    private static func isOwn(_ request: Request) -> Bool {
        switch value(fetchSite, of: request) {
        case nil, "same-origin", "none": true
        default:
            (request.method == .get || request.method == .head)
                && value(fetchMode, of: request) == "navigate" && !request.uri.path.hasPrefix("/api/")
        }
    }

    private static let origin = HTTPField.Name("Origin")
    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")
    private static let fetchMode = HTTPField.Name("Sec-Fetch-Mode")

    private static func value(_ name: HTTPField.Name?, of request: Request) -> String? {
        name.flatMap { request.headers[$0] }
    }
}

/// Nguồn của trang: scheme, host and port, as browsers compare them (RFC 6454).
struct WebOrigin: Equatable {
    private let text: String

    /// An origin as a browser sends it; nil for `null` and for what is none.
    init?(_ text: String) {
        let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, ["http", "https"].contains(parts[0].lowercased()) else { return nil }
        self.init(isSecure: parts[0].lowercased() == "https", authority: String(parts[1]))
    }

    /// The origin of a server that is asked under an authority.
    init?(isSecure: Bool, authority: String) {
        let usualPort = isSecure ? ":443" : ":80"
        let authority = authority.lowercased()
        guard let host = WebOrigin.host(of: authority), !host.isEmpty else { return nil }
        text =
            (isSecure ? "https://" : "http://")
            + (authority.hasSuffix(usualPort) ? String(authority.dropLast(usualPort.count)) : authority)
    }

    /// The host of `host`, `host:port` or `[address]:port`, in small letters; nil for anything else.
    static func host(of authority: String) -> String? {
        let text = authority.lowercased()
        let host: Substring
        let rest: Substring
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            host = text[text.index(after: text.startIndex)..<end]
            rest = text[text.index(after: end)...]
        } else {
            host = text.prefix { $0 != ":" }
            rest = text[host.endIndex...]
        }
        let isPort =
            rest.isEmpty || (rest.hasPrefix(":") && rest.dropFirst().utf8.allSatisfy { (48...57).contains($0) })
        let isHost = host.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (48...57).contains(byte) || [45, 46, 58, 95].contains(byte)
        }
        return isPort && isHost ? String(host) : nil
    }
}
