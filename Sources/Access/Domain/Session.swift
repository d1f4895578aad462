import Civil
import Ledger

/// Phiên làm việc: a signed-in officer at one browser, in one role.
package struct Session: Hashable, Sendable {
    /// The hash of the secret that the browser holds; the secret itself is stored nowhere.
    package let key: Digest32
    package let officer: Officer
    package let grant: Grant
    /// What forms carry, so that no page of another site can send them.
    package let formToken: String
    package let method: Method
    package let started: Instant
    package let used: Instant

    /// Cách đăng nhập.
    package enum Method: String, CaseIterable, Hashable, Sendable {
        case passkey
        case passwordAndCode = "password_and_code"
        /// One click, in a demonstration register on the loopback address alone.
        case demonstration
    }

    package init(
        key: Digest32, officer: Officer, grant: Grant, formToken: String, method: Method, started: Instant,
        used: Instant
    ) {
        self.key = key
        self.officer = officer
        self.grant = grant
        self.formToken = formToken
        self.method = method
        self.started = started
        self.used = used
    }

    /// Without a request for so long a session ends: 30 minutes, in microseconds.
    package static let idle: Int64 = 30 * 60 * 1_000_000
    /// A session ends after a working day, whatever happens in it: 12 hours.
    package static let longest: Int64 = 12 * 3600 * 1_000_000
    /// How long after signing in somebody may change how they sign in: 10 minutes.
    package static let recent: Int64 = 10 * 60 * 1_000_000
    /// How many sessions an officer may have; one more ends the oldest.
    package static let most = 5

    /// How far a clock may run back without ending sessions: a minute, in microseconds, as corrections of clocks are.
    package static let clockTolerance: Int64 = 60_000_000

    /// Whether it still holds.
    ///
    /// One that began or was used in the future comes from another clock and ends: else a clock
    /// that ran ahead for a while would make it last longer.
    package func isAlive(at now: Instant) -> Bool {
        let sinceUse = now.microseconds - used.microseconds
        let sinceStart = now.microseconds - started.microseconds
        return (-Session.clockTolerance..<Session.idle).contains(sinceUse)
            && (-Session.clockTolerance..<Session.longest).contains(sinceStart)
    }

    /// Whether the officer has proved the account a short while ago.
    package func isRecent(at now: Instant) -> Bool {
        now >= started && now.microseconds - started.microseconds < Session.recent
    }

    /// The account with role and office, as acts and looks carry it.
    package var actor: Actor { Actor(account: officer.account, role: grant.role.rawValue, office: grant.office) }
}

/// Mã bí mật một lần: 32 random bytes that somebody outside holds; here only their hash is kept.
package struct SecretToken: Sendable {
    package let bytes: [UInt8]

    package init(random: [UInt8]) {
        bytes = random
    }

    /// A token as it came in; nil when it cannot be one.
    package init?(text: some StringProtocol) {
        guard let digest = Digest32(hex: text) else { return nil }
        bytes = digest.bytes
    }

    /// 64 hexadecimal digits.
    package var text: String { Digest32(bytes)?.hex ?? "" }

    package var hash: Digest32 { SecretHash.digest(of: bytes) }
}
