import HTTPTypes
import Hummingbird

/// Says where a request comes from and whether through TLS: as the connection shows it, or as the trusted proxy says.
///
/// A forwarding header counts from the trusted proxy alone; from anybody else it is only what somebody wrote.
struct Arriving: RouterMiddleware {
    let reach: WebReach

    /// What machines ask the server beside the proxy.
    static let watching: Set<String> = ["/health", "/metrics"]

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        switch reach {
        case .local: break
        case .tls: context.isSecure = true
        case .proxy(let address):
            let scheme = Arriving.values("X-Forwarded-Proto", of: request)
            if scheme.isEmpty, Arriving.watching.contains(request.uri.path),
                ForwardedAddress.isLoopback(context.address)
            {
                break
            }
            guard context.address == address, scheme == ["https"],
                let client = ForwardedAddress.client(of: Arriving.values("X-Forwarded-For", of: request))
            else { throw WebRefusal.notThroughProxy }
            context.address = client
            context.isSecure = true
        }
        return try await next(request, context)
    }

    private static func values(_ name: String, of request: Request) -> [String] {
        HTTPField.Name(name).map { request.headers[values: $0] } ?? []
    }
}

/// Network addresses as headers carry them.
enum ForwardedAddress {
    /// The address that the proxy itself saw: the last one.
    ///
    /// Those before it are what the client wrote.
    static func client(of headers: [String]) -> String? {
        guard let last = headers.last?.split(separator: ",", omittingEmptySubsequences: false).last else { return nil }
        let text = String(last.drop { $0 == " " })
        return isAddress(text) ? text : nil
    }

    /// Whether a text can be an IP address of either version.
    static func isAddress(_ text: String) -> Bool {
        (2...45).contains(text.utf8.count) && (text.contains(".") || text.contains(":"))
            && text.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (97...102).contains(byte) || (65...70).contains(byte) || byte == 46
                    || byte == 58
            }
    }

    static func isLoopback(_ address: String) -> Bool { address.hasPrefix("127.") || address == "::1" }
}
