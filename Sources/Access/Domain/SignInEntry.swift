import Civil

/// Lượt đăng nhập: one sign-in, refusal or end of a session, as it stays on record; never a secret, never what was
/// typed.
package struct SignInEntry: Hashable, Sendable {
    package let id: Int64
    /// Whose account it was; nil when nobody's.
    package let officer: Int64?
    package let at: Instant
    package let event: Event
    package let method: Session.Method
    /// The stable code of the refusal, or why the session ended; nil for a sign-in.
    package let reason: String?
    /// The network that it came from, never the whole address.
    package let place: String

    package enum Event: String, CaseIterable, Hashable, Sendable {
        case signedIn = "signed_in"
        case refused
        case signedOut = "signed_out"
        /// A session was ended from elsewhere: another browser of the officer, or a new sign-in in the same one.
        case ended
    }

    /// Why a session ended without its own sign-out.
    package enum End: String, Sendable {
        /// Somebody signed in anew in the same browser.
        case replaced
        /// The officer ended it from another session.
        case byOwner = "by_owner"
        /// There were too many.
        case oldest
        /// The officer went on in another role.
        case roleChanged = "role_changed"
    }

    package init(
        id: Int64, officer: Int64?, at: Instant, event: Event, method: Session.Method, reason: String?, place: String
    ) {
        self.id = id
        self.officer = officer
        self.at = at
        self.event = event
        self.method = method
        self.reason = reason
        self.place = place
    }

    /// How long entries stay: two years, in microseconds; the program's own choice, which the database enforces.
    package static let kept: Int64 = 730 * 86_400_000_000
}

/// Mạng của trình duyệt: where somebody is, as coarse as it is still of use.
package enum NetworkPlace {
    /// `192.0.2.0/24`, `2001:db8:1::/48`, or `-` for what is no address.
    package static func truncated(_ address: String) -> String {
        let text = address.lowercased().prefix { $0 != "%" }
        // An IPv4 address may stand at the end of an IPv6 one.
        let bytes = (text.split(separator: ":").last ?? "").split(separator: ".", omittingEmptySubsequences: false)
        if bytes.count == 4, bytes.allSatisfy({ UInt8($0) != nil }) {
            return bytes.prefix(3).joined(separator: ".") + ".0/24"
        }
        guard text.contains(":"), text.utf8.count <= 39,
            text.utf8.allSatisfy({ (48...58).contains($0) || (97...102).contains($0) })
        else { return "-" }
        let head = text.firstRange(of: "::").map { text[..<$0.lowerBound] } ?? text
        return head.split(separator: ":").prefix(3).joined(separator: ":") + "::/48"
    }
}
