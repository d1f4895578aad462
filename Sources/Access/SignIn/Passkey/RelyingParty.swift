import Ledger

/// Bên tin cậy: the site that passkeys are made for; a key made for one site works on no other.
package struct RelyingParty: Hashable, Sendable {
    /// The domain, such as `dancu.example.vn`, or `localhost`.
    package let id: String
    /// What the authenticator shows.
    package let name: String
    /// The addresses that pages are served from, such as `https://dancu.example.vn`, exactly as browsers write them.
    package let origins: Set<String>

    /// Nil unless each origin is `https` (or plain on `localhost`) and its host is the id or lies below it.
    package init?(id: String, name: String, origins: Set<String>) {
        guard !id.isEmpty, !origins.isEmpty, origins.allSatisfy({ RelyingParty.isOrigin($0, of: id) }) else {
            return nil
        }
        self.id = id
        self.name = name
        self.origins = origins
    }

    /// A server that only this machine reaches; nil while its port is not known.
    ///
    /// Browsers take `localhost` for a site and no bare network address.
    package static func local(port: Int) -> RelyingParty? {
        guard (1...65_535).contains(port) else { return nil }
        return RelyingParty(
            id: "localhost", name: "Dân cư", origins: ["http://localhost" + (port == 80 ? "" : ":\(port)")])
    }

    package var idHash: Digest32 { SignInHash.sha256(Array(id.utf8)) }

    private static func isOrigin(_ origin: String, of id: String) -> Bool {
        let isSecure = origin.hasPrefix("https://")
        guard isSecure || origin.hasPrefix("http://") else { return false }
        let rest = origin.dropFirst(isSecure ? 8 : 7)
        let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
        let port = parts.count == 2 ? parts[1] : "1"
        guard let host = parts.first, parts.count <= 2, UInt16(port) != nil, host == rest.prefix(host.count),
            !host.isEmpty,
            host.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46 })
        else { return false }
        let isLocal = host == "localhost" || host.hasSuffix(".localhost")
        return (isSecure || isLocal) && (host == id || host.hasSuffix(".\(id)"))
    }
}
